"""What every page shows or notes beside its own subject, in one question."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlmodel import Session, col

from store.access_tables import SessionRow
from store.questions.followed import news
from store.questions.health import CLOCK
from store.questions.notices import told
from store.tables import HeartbeatRow, OutboxRow


@dataclass(frozen=True)
class Glance:
    """`last_tick`: None if the clock never ticked; `seen`: when the session was last known to be in use, None
    without a session (`domain.access.SEEN_EVERY`); `unread`: notices the person has not read, and
    cases they follow that changed since they looked."""

    last_tick: datetime | None
    seen: datetime | None
    unread: int


def glance(session: Session, person_id: int, token_hash: str) -> Glance:
    tick = select(col(HeartbeatRow.at)).where(col(HeartbeatRow.name) == CLOCK)
    seen = select(col(SessionRow.seen_at)).where(col(SessionRow.token_hash) == token_hash)
    waiting = (
        select(func.count()).select_from(OutboxRow).where(told(person_id), col(OutboxRow.read_at).is_(None))
    )
    row = session.execute(
        select(
            tick.scalar_subquery(),
            seen.scalar_subquery(),
            waiting.scalar_subquery() + news(person_id).scalar_subquery(),
        )
    ).one()
    return Glance(*row)
