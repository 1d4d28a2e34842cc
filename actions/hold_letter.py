"""A person keeps one letter back before it leaves; `actions.resend` lets it go."""

from sqlmodel import Session

from actions.changes import By, record
from actions.errors import NotFound, Refused, given
from domain.letter import MailState
from store.tables import OutboxRow


def hold_letter(session: Session, outbox_id: int, by: By, *, reason: str) -> None:
    """Raises `NotFound`, and `Refused` for a letter that does not wait to be sent, or without a reason."""
    row = session.get(OutboxRow, outbox_id, with_for_update=True)
    if row is None:
        raise NotFound("Không có thư này.")
    because = given(reason)
    if row.state is not MailState.PENDING:
        raise Refused("Chỉ giữ lại được thư đang chờ gửi.")
    row.state, row.reason = MailState.HELD, because
    record(session, by, "hold_letter", f"outbox:{outbox_id}", reason=because)
