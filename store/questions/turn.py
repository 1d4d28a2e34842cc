"""Long lists, some rows at a time: each time goes on from a row already shown, so the last cost as the first."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, Select, tuple_
from sqlmodel import Session

Place = tuple[Any, ...]
"""What a list is sorted by, of one of its rows: no two rows have the same."""


@dataclass(frozen=True, kw_only=True)
class Turn:
    """At most `most` rows right behind the place `after`, or right ahead of the place `before`; else the first."""

    most: int
    after: Place | None = None
    before: Place | None = None


def turned(
    session: Session, question: Select[Any], key: Sequence[Any], turn: Turn, *, falling: bool = False
) -> Sequence[Row[*tuple[Any, ...]]]:
    """Rows sorted by `key`, which is what a place is made of; `falling`: the greatest first."""
    back, place = turn.before is not None, turn.before or turn.after
    down = falling is not back
    if place is not None:
        here = tuple_(*key)
        question = question.where(here < place if down else here > place)
    rows = session.execute(
        question.order_by(*(one.desc() if down else one for one in key)).limit(turn.most)
    ).all()
    return rows[::-1] if back else rows
