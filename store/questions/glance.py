"""What every page shows or notes beside its own subject, in one question."""

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Integer, Select, bindparam, func, select
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
    return Glance(*session.execute(_question(), {"person": person_id, "token": token_hash}).one())


@cache
def _question() -> Select[Any]:
    """Put together once: every page asks it."""
    person: Any = bindparam("person", type_=Integer)
    tick = select(col(HeartbeatRow.at)).where(col(HeartbeatRow.name) == CLOCK)
    seen = select(col(SessionRow.seen_at)).where(col(SessionRow.token_hash) == bindparam("token"))
    waiting = (
        select(func.count()).select_from(OutboxRow).where(told(person), col(OutboxRow.read_at).is_(None))
    )
    return select(
        tick.scalar_subquery(),
        seen.scalar_subquery(),
        waiting.scalar_subquery() + news(person).scalar_subquery(),
    )
