"""A person lets go of the letters that were held: an unusual run, or the first after a long silence."""

from sqlalchemy import update
from sqlmodel import Session, col, select

from actions.changes import By, record
from domain.letter import MailState
from store.tables import OutboxRow


def release_held(session: Session, by: By, reason: str | None = None) -> int:
    """The letters held for this reason, or every held one, may be sent from now on. Returns how many. Each is written
    when it is claimed: what was handed in meanwhile is left out, and a letter with nothing left to say is not sent."""
    meant = [col(OutboxRow.state) == MailState.HELD]
    if reason is not None:
        meant.append(col(OutboxRow.reason) == reason)
    held = session.exec(
        select(OutboxRow.id).where(*meant).order_by(col(OutboxRow.id)).with_for_update()
    ).all()
    if held:
        session.execute(
            update(OutboxRow).where(*meant).values(state=MailState.PENDING, reason="", not_before=by.at)
        )
        record(session, by, "release_held", "outbox", letters=len(held), first=held[0], last=held[-1])
    return len(held)
