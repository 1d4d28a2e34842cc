"""A long list page after page: how a place in it is written in an address, and the links around what is shown."""

import base64
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Annotated, Any, Generic, TypeVar
from urllib.parse import urlencode

from fastapi import Depends

from store.questions.turn import Place, Turn
from web.forms import PageNumber, Word

T = TypeVar("T")
Kinds = Sequence[Callable[[Any], Any]]


class NoPlace(Exception):
    """What came is no place of that list."""


def written(place: Place) -> str:
    """As opaque text."""
    return base64.urlsafe_b64encode(json.dumps(place, default=str).encode()).decode().rstrip("=")


def place_in(text: str, kinds: Kinds) -> Place | None:
    """The place that was written; None for no text. Raises `NoPlace` for what is none of that list."""
    if not text:
        return None
    try:
        place = json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
        return tuple(kind(part) for kind, part in zip(kinds, place, strict=True))
    except (ValueError, TypeError, RecursionError, OverflowError) as error:
        raise NoPlace(text) from error


def a_number(part: Any) -> int:
    if type(part) is not int or not 0 <= part < 2**31:
        raise ValueError(part)
    return part


def a_day(part: Any) -> date:
    return date.fromisoformat(part)


def a_moment(part: Any) -> datetime:
    moment = datetime.fromisoformat(part)
    if moment.tzinfo is None:
        raise ValueError(part)
    return moment.astimezone(UTC)


BY_ID: Kinds = (a_number,)


def by_id(row: Any) -> Place:
    return (row.id,)


@dataclass(frozen=True)
class Leafing:
    """What an address asks of a list: from behind a row, or up to one. `number`: only said, of no effect."""

    after: str
    before: str
    number: int


FIRST = Leafing("", "", 1)


def _leafing(sau: Word = "", truoc: Word = "", trang: PageNumber = 1) -> Leafing:
    return Leafing(sau, truoc, trang)


AsLeafing = Annotated[Leafing, Depends(_leafing)]


@dataclass(frozen=True)
class Leaf(Generic[T]):
    """`earlier`, `later`: what the links beside it add to the list's address; None where nothing is."""

    rows: Sequence[T]
    number: int
    earlier: str | None
    later: str | None


def leaf(
    asked: Leafing,
    size: int,
    ask: Callable[[Turn], Sequence[T]],
    place: Callable[[T], Place] = by_id,
    kinds: Kinds = BY_ID,
) -> Leaf[T]:
    """What is no place of the list, or has nothing behind it any more, is the beginning."""
    after, before = _or_none(asked.after, kinds), _or_none(asked.before, kinds)
    found = ask(Turn(after=after, before=before, most=size + 1))
    if not found and (after or before):
        after = before = None
        found = ask(Turn(most=size + 1))
    over = len(found) > size
    rows = found[-size:] if before else found[:size]
    number = 1 if (before and not over) or not (before or after) else max(asked.number, 2)
    earlier = None if number == 1 else "" if number == 2 else _link("truoc", place(rows[0]), number - 1)
    later = _link("sau", place(rows[-1]), number + 1) if before or over else None
    return Leaf(rows, number, earlier, later)


def _or_none(text: str, kinds: Kinds) -> Place | None:
    try:
        return place_in(text, kinds)
    except NoPlace:
        return None


def _link(word: str, place: Place, number: int) -> str:
    return "&" + urlencode({word: written(place), "trang": number})
