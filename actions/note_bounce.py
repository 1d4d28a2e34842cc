"""A letter that had left came back: note it, mark an address that refuses mail, and tell the office."""

from sqlmodel import Session, col, select

from actions.alarm import alarm
from actions.changes import By, record
from actions.errors import NotFound
from domain.instants import local_day
from domain.letter import MailState
from domain.office import Office
from domain.reach import Via
from domain.recipients import Staff
from notifications.bounce import Bounce
from store.tables import BounceRow, OutboxRow, RefusedAddressRow
from store.writing import insert_new

LEFT = (MailState.SENT, MailState.FAILED)


def note_bounce(session: Session, bounce: Bounce, by: By, *, office: Office, staff: Staff) -> bool:
    """Whether the report says anything new about a letter of ours that had left.

    A delay is only noted. A letter given up is shown as failed. The address is marked as refusing only where the
    report speaks of that very address: a forwarded letter may fail elsewhere. Whoever knows a letter's Message-ID
    can forge a report; all it does is undone by `trust_address` and `resend`, and stands in the trail."""
    letter = session.exec(
        select(OutboxRow)
        .where(
            col(OutboxRow.message_id) == bounce.message_id,
            col(OutboxRow.via) == Via.EMAIL,
            col(OutboxRow.state).in_(LEFT),
        )
        .with_for_update()
    ).first()
    if letter is None or not _is_new(session, letter, bounce, by):
        return False
    record(
        session, by, f"mail_bounce_{bounce.action}", f"outbox:{letter.id}",
        recipient=bounce.recipient, status=bounce.status, detail=bounce.detail,
    )  # fmt: skip
    if bounce.action == "delayed":
        return True
    letter.state, letter.reason = MailState.FAILED, f"bị trả lại: {bounce.detail or bounce.status}"
    if bounce.refuses and bounce.recipient == letter.to_address.lower():
        _mark(session, letter, bounce, by, office)
    today = local_day(by.at, office.tz)
    alarm(
        session,
        key=f"bounce:{letter.to_address.lower()}:{today}",
        lines=[f"Thư gửi {letter.to_name} ({letter.to_address}) bị trả lại: {bounce.detail or bounce.status}."],
        office=office, staff=staff, by=by,
    )  # fmt: skip
    return True


def trust_address(session: Session, address: str, by: By) -> None:
    """A person says that the address takes mail again: letters to it are sent from now on."""
    row = session.get(RefusedAddressRow, address.lower())
    if row is None:
        raise NotFound("Địa chỉ này không bị ghi là từ chối thư.")
    session.delete(row)
    record(session, by, "trust_address", f"address:{row.address}", since=row.since)


def _is_new(session: Session, letter: OutboxRow, bounce: Bounce, by: By) -> bool:
    row = {
        "outbox_id": letter.id, "at": by.at, "action": bounce.action, "status": bounce.status,
        "recipient": bounce.recipient, "detail": bounce.detail,
    }  # fmt: skip
    return insert_new(session, BounceRow, [row]) == 1


def _mark(session: Session, letter: OutboxRow, bounce: Bounce, by: By, office: Office) -> None:
    row = {
        "address": letter.to_address.lower(),
        "since": local_day(by.at, office.tz),
        "reason": bounce.detail or bounce.status,
        "outbox_id": letter.id,
    }
    if insert_new(session, RefusedAddressRow, [row]):
        record(session, by, "address_refuses", f"address:{row['address']}", reason=row["reason"])
