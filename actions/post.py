"""Put letters into the outbox, once for each key and channel. Their text is written when they are claimed."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, NotRequired, TypedDict, Unpack

from sqlmodel import Session

from domain.letter import LetterKind, MailState, first_state, message_id
from domain.reach import Via, routes
from domain.recipients import Holder, addressed
from domain.wording import say_day
from store.questions.reach import DEFAULT, Reach, reach_of, refused_addresses
from store.tables import OutboxRow, RefusedAddressRow
from store.writing import insert_keyed

Refused = Mapping[str, RefusedAddressRow]


class Envelope(TypedDict):
    """What is known of a letter before it has words. `holders`: one person, once for each position in whose
    place the letter reaches them."""

    key: str
    kind: LetterKind
    holders: Sequence[Holder]
    mail_domain: str
    at: datetime
    assignment_id: NotRequired[int | None]
    waiting_id: NotRequired[int | None]
    explanation_id: NotRequired[int | None]
    facts: NotRequired[dict[str, Any]]


def post(session: Session, **letter: Unpack[Envelope]) -> int | None:
    """The letter's id, or None when its key is written already."""
    return post_all(session, [letter]).get(letter["key"])


def post_all(session: Session, letters: Sequence[Envelope]) -> dict[str, int]:
    """The ids, by key, of the letters whose key was not written yet; copies over further channels have none here."""
    reach = reach_of(session, {letter["holders"][0].person_id for letter in letters})
    refused = refused_addresses(session)
    ways = {letter["key"]: _ways(letter, reach, refused) for letter in letters}
    ids = insert_keyed(session, OutboxRow, [_row(one, ways[one["key"]][0], None, refused) for one in letters])
    copies = [
        _row(one, via, ids[one["key"]], refused)
        for one in letters
        if one["key"] in ids
        for via in ways[one["key"]][1:]
    ]
    insert_keyed(session, OutboxRow, copies)
    return ids


def _ways(letter: Envelope, reach: Mapping[int, Reach], refused: Refused) -> tuple[Via, ...]:
    first = letter["holders"][0]
    address = first.person.email
    unreachable = not address or address.lower() in refused
    return routes(reach.get(first.person_id, DEFAULT).channels, mail_refused=unreachable)


def _row(letter: Envelope, via: Via, copy_of: int | None, refused: Refused) -> dict[str, Any]:
    """Somebody without an address, or with one that refuses, is on record as not written to. What is no mail goes
    to the person's code."""
    first = letter["holders"][0]
    address = (first.person.email or "") if via is Via.EMAIL else first.person.code
    state, reason = first_state(first.person.name, address)
    if refusal := via is Via.EMAIL and refused.get(address.lower()):
        state = MailState.FAILED
        reason = f"địa chỉ từ chối thư từ ngày {say_day(refusal.since)}: {refusal.reason}"
    key = letter["key"] if copy_of is None else f"{letter['key']}:{via}"
    return {
        "key": key,
        "kind": letter["kind"],
        "via": via,
        "copy_of": copy_of,
        "person_id": first.person_id,
        "assignment_id": letter.get("assignment_id"),
        "waiting_id": letter.get("waiting_id"),
        "explanation_id": letter.get("explanation_id"),
        "to_name": addressed(letter["holders"]),
        "to_address": address,
        "message_id": message_id(key, letter["mail_domain"]),
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
