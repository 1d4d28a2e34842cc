"""Put one letter into the outbox, once for its key. Its text is written when it is claimed for sending."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from domain.letter import LetterKind, first_state, message_id
from domain.recipients import Holder, addressed
from store.tables import OutboxRow
from store.writing import insert_new


def post(
    session: Session,
    *,
    key: str,
    kind: LetterKind,
    holders: Sequence[Holder],
    mail_domain: str,
    at: datetime,
    assignment_id: int | None = None,
    waiting_id: int | None = None,
    facts: dict[str, Any] | None = None,
    held: str = "",
) -> int | None:
    """The letter's id, or None when its key is written already. `holders`: one person, once for each position
    in whose place the letter reaches them. Somebody without an address is on record as not written to.
    `held`: why the letter is kept until a person releases it."""
    person, name = holders[0].person, addressed(holders)
    address = person.email or ""
    state, reason = first_state(person.name, address, held)
    letter = {
        "key": key,
        "kind": kind,
        "person_id": holders[0].person_id,
        "assignment_id": assignment_id,
        "waiting_id": waiting_id,
        "to_name": name,
        "to_address": address,
        "message_id": message_id(key, mail_domain),
        "state": state,
        "reason": reason,
        "not_before": at,
        "created_at": at,
        "facts": facts or {},
        "subject": "",
        "body_text": "",
        "body_html": "",
        "tries": 0,
    }
    if not insert_new(session, OutboxRow, [letter]):
        return None
    return session.exec(select(OutboxRow.id).where(col(OutboxRow.key) == key)).one()
