"""The links around a page of a long list lead through all of it and back, and never to a page without rows."""

from collections.abc import Sequence
from types import SimpleNamespace
from typing import Any
from urllib.parse import parse_qs

import pytest

from store.questions.turn import Turn
from web.leaves import Leaf, Leafing, NoPlace, a_day, a_moment, a_number, leaf, place_in, written

FIRST = Leafing("", "", 1)


def ask(turn: Turn, rows: int = 10) -> Sequence[Any]:
    """Rows 1 to `rows`, as a question of the database answers."""
    found = list(range(1, rows + 1))
    if turn.before:
        found = [n for n in found if n < turn.before[0]][-turn.most :]
    elif turn.after:
        found = [n for n in found if n > turn.after[0]]
    return [SimpleNamespace(id=n) for n in found[: turn.most]]


def follow(link: str) -> Leafing:
    asked = {name: value[0] for name, value in parse_qs(link.lstrip("&")).items()}
    return Leafing(asked.get("sau", ""), asked.get("truoc", ""), int(asked.get("trang", "1")))


def ids(page: Leaf[Any]) -> list[int]:
    return [row.id for row in page.rows]


def test_the_links_lead_through_the_list_and_back() -> None:
    shown = [leaf(FIRST, 3, ask)]
    while (later := shown[-1].later) is not None:
        shown.append(leaf(follow(later), 3, ask))
    assert [ids(page) for page in shown] == [[1, 2, 3], [4, 5, 6], [7, 8, 9], [10]]
    assert [page.number for page in shown] == [1, 2, 3, 4]
    back = [shown[-1]]
    while (earlier := back[-1].earlier) is not None:
        back.append(leaf(follow(earlier), 3, ask))
    assert [(ids(page), page.number) for page in back] == [(ids(page), page.number) for page in shown[::-1]]


def test_a_list_of_one_page_has_no_links() -> None:
    page = leaf(FIRST, 10, ask)
    assert (page.number, page.earlier, page.later) == (1, None, None)
    assert len(page.rows) == 10


@pytest.mark.parametrize(
    "asked",
    [
        Leafing(written((10,)), "", 4),  # nothing is behind the last row any more
        Leafing("", written((1,)), 2),
        Leafing("xyz", "", 7),
        Leafing(written(("2023-02-14", 1)), "", 7),
        Leafing("", "", 7),
    ],
)
def test_where_nothing_is_the_list_begins_again(asked: Leafing) -> None:
    page = leaf(asked, 3, ask)
    assert (ids(page), page.number, page.earlier) == ([1, 2, 3], 1, None)


@pytest.mark.parametrize(
    "text",
    ["%%%", "W10", written(("2023-02-14", {})), written(("0001-01-01T00:00:00+14:00", 1)),
     written(("2023-02-01T00:00:00", 1)), written((5, 1)), written((None, 1)),
     written(("2023-02-14T00:00:00+00:00", 2**31)), "A" * 200],
)  # fmt: skip
def test_what_is_no_place_is_not_taken_for_one(text: str) -> None:
    with pytest.raises(NoPlace):
        place_in(text, (a_moment, a_number))


def test_a_place_is_read_as_it_was_written() -> None:
    place = (a_day("2023-02-14"), 5, 12)
    assert place_in(written(place), (a_day, a_number, a_number)) == place
    moment = (a_moment("2023-02-14T08:00:00.25+07:00"), 12)
    assert place_in(written(moment), (a_moment, a_number)) == moment
    assert place_in("", (a_number,)) is None
