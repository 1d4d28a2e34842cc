"""Put letters into the outbox, once for each key. Their text is written when they are claimed for sending."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NotRequired, TypedDict, Unpack

from sqlmodel import Session

from domain.letter import LetterKind, first_state, message_id
from domain.recipients import Holder, addressed
from store.tables import OutboxRow
from store.writing import insert_keyed


class Envelope(TypedDict):
    """What is known of a letter before it has words. `holders`: one person, once for each position in whose
    place the letter reaches them. `held`: why the letter is kept until a person releases it."""

    key: str
    kind: LetterKind
    holders: Sequence[Holder]
    mail_domain: str
    at: datetime
    assignment_id: NotRequired[int | None]
    waiting_id: NotRequired[int | None]
    explanation_id: NotRequired[int | None]
    facts: NotRequired[dict[str, Any]]
    held: NotRequired[str]


def post(session: Session, **letter: Unpack[Envelope]) -> int | None:
    """The letter's id, or None when its key is written already."""
    return post_all(session, [letter]).get(letter["key"])


def post_all(session: Session, letters: Sequence[Envelope]) -> dict[str, int]:
    """The ids, by key, of the letters whose key was not written yet."""
    return insert_keyed(session, OutboxRow, [_row(letter) for letter in letters])


def _row(letter: Envelope) -> dict[str, Any]:
    """Somebody without an address is on record as not written to."""
    first = letter["holders"][0]
    address = first.person.email or ""
    state, reason = first_state(first.person.name, address, letter.get("held", ""))
    return {
        "key": letter["key"],
        "kind": letter["kind"],
        "person_id": first.person_id,
        "assignment_id": letter.get("assignment_id"),
        "waiting_id": letter.get("waiting_id"),
        "explanation_id": letter.get("explanation_id"),
        "to_name": addressed(letter["holders"]),
        "to_address": address,
        "message_id": message_id(letter["key"], letter["mail_domain"]),
        "state": state,
        "reason": reason,
        "not_before": letter["at"],
        "created_at": letter["at"],
        "facts": letter.get("facts", {}),
        "subject": "",
        "body_text": "",
        "body_html": "",
        "tries": 0,
    }
