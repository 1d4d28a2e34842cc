"""What a table to take away is: who may, its columns, its rows."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from sqlmodel import Session

from reports.spreadsheet import Cell
from store.questions.turn import Place, Turn
from web.desk import Desk
from web.leaves import by_id
from web.office_board import Asked
from web.policy import Act

MOST = 50_000
BATCH = 1000

T = TypeVar("T")
Rows = Iterator[Sequence[Cell]]


@dataclass(frozen=True)
class Table:
    """`rows`: of what the address asks for, within what the reader may see."""

    title: str
    act: Act
    columns: tuple[str, ...]
    rows: Callable[[Desk, Session, Asked], Rows]


def asked_for(at: Desk, name: str) -> str:
    """A word of the address that only this table's page knows."""
    return at.request.query_params.get(name, "").replace("\0", "")[:200].strip()


def number_for(at: Desk, name: str) -> int:
    """The number of a thing; 0 for none."""
    typed = asked_for(at, name)
    return int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 10 else 0


def whole(ask: Callable[[Turn], Sequence[T]], place: Callable[[T], Place] = by_id) -> Iterator[T]:
    """A list from its first row to its last."""
    turn = Turn(most=BATCH)
    while found := ask(turn):
        yield from found
        turn = Turn(after=place(found[-1]), most=BATCH)


def local(at: Desk, instant: datetime | None) -> datetime | None:
    return None if instant is None else wall(at, instant)


def wall(at: Desk, instant: datetime) -> datetime:
    """The office's clock, as a spreadsheet keeps it: without a zone."""
    return instant.astimezone(at.office.tz).replace(tzinfo=None)
