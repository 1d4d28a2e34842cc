"""Whether the machinery lives: the database answers, the clock ticks, letters leave."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlmodel import Session

from domain.letter import MailState
from store.questions.letters import letter_counts
from store.tables import HeartbeatRow, LeaseRow, WatermarkRow

CLOCK = "clock"


@dataclass(frozen=True)
class Health:
    """`beats`: name, moment and state of every process that has shown itself; `through`: how far each job is."""

    beats: Sequence[HeartbeatRow]
    leases: Sequence[LeaseRow]
    through: Mapping[str, datetime]
    letters: Mapping[MailState, int]


def health(session: Session) -> Health:
    return Health(
        session.scalars(select(HeartbeatRow)).all(),
        session.scalars(select(LeaseRow)).all(),
        {row.job: row.through for row in session.scalars(select(WatermarkRow))},
        letter_counts(session),
    )


def furthest(session: Session) -> datetime | None:
    """The latest instant that any job has done; None if none ever ran."""
    return session.scalar(select(func.max(WatermarkRow.through)))


def last_tick(session: Session) -> datetime | None:
    """When the clock last ticked; None if it never has."""
    beat = session.get(HeartbeatRow, CLOCK)
    return beat.at if beat else None
