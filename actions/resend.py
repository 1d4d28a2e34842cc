"""A person decides that a letter which failed or was held is to be tried again."""

from sqlmodel import Session

from actions.changes import By, record
from actions.errors import NotFound, Refused
from domain.letter import MailState
from store.tables import OutboxRow

AGAIN = (MailState.FAILED, MailState.HELD)


def resend(session: Session, outbox_id: int, by: By) -> None:
    """The letter keeps its key and Message-ID; it is written anew when it is claimed, so it speaks of the
    facts as they are then. Raises `NotFound`, and `Refused` for a letter on its way or sent."""
    row = session.get(OutboxRow, outbox_id, with_for_update=True)
    if row is None:
        raise NotFound("Không có thư này.")
    if row.state not in AGAIN:
        raise Refused("Chỉ gửi lại được thư gửi không được hoặc đang giữ lại.")
    row.state, row.reason, row.not_before = MailState.PENDING, "", by.at
    record(session, by, "resend", f"outbox:{outbox_id}", key=row.key)
