"""One clock at a time. A lease has an epoch; whoever takes it over raises the epoch, and the old holder finds
at its next tick that it is no longer the holder. In the middle of a tick nothing stops it: there the unique
keys keep what both do from happening twice."""

from datetime import datetime, timedelta

from sqlmodel import Session

from store.tables import LeaseRow

FAR = timedelta(days=1)
"""A lease that reaches so far was taken by a clock that was wrong."""


def hold(session: Session, name: str, holder: str, now: datetime, ttl: timedelta) -> int | None:
    """Take or renew the lease until `now + ttl`. Returns its epoch, or None while another holds it."""
    row = session.get(LeaseRow, name, with_for_update=True)
    if row is None:
        row = LeaseRow(name=name, holder=holder, epoch=1, until=now + ttl)
    elif row.holder == holder:
        row.until = now + ttl
    elif not now <= row.until <= now + FAR:
        row.holder, row.epoch, row.until = holder, row.epoch + 1, now + ttl
    else:
        return None
    session.add(row)
    return row.epoch


def release(session: Session, name: str, holder: str, now: datetime) -> None:
    """Give the lease up, so that a successor need not wait for it to run out."""
    row = session.get(LeaseRow, name, with_for_update=True)
    if row is not None and row.holder == holder:
        row.until = now - timedelta(seconds=1)
        session.add(row)
