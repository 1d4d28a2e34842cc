"""A long list read some rows at a time has each row once, in its order, from either end."""

from collections.abc import Callable, Sequence
from datetime import timedelta

import pytest

from actions.changes import By
from actions.follow import receive
from domain.duty import Kind
from store.database import Database
from store.questions.board import Line, lines
from store.questions.pick import Order, Pick
from store.questions.scope import Scope
from store.questions.turn import Turn
from tests.support.makers import BEGAN, an_issued_duty, an_office, monthly_terms, once, open_all

Ask = Callable[[Turn], Sequence[Line]]


def behind(ask: Ask, order: Order) -> list[int]:
    turn, seen = Turn(most=2), []
    while found := ask(turn):
        seen += [line.id for line in found]
        turn = Turn(most=2, after=found[-1].place(order))
    return seen


def ahead(ask: Ask, order: Order, last: Line) -> list[int]:
    turn, seen = Turn(most=2, before=last.place(order)), [last.id]
    while found := ask(turn):
        seen = [line.id for line in found] + seen
        turn = Turn(most=2, before=found[0].place(order))
    return seen


def test_each_row_comes_once_in_every_order_from_either_end(db: Database) -> None:
    an_office(db)
    for number in range(3):  # two of them on the same day
        terms = monthly_terms(
            ("hoa-sen", "song-xanh", "anh-duong"), title=f"Việc {number}", kind=Kind.ONE_OFF
        )
        day = BEGAN.date() + timedelta(days=20 + number // 2)
        an_issued_duty(db, terms.model_copy(update={"schedule": once(day)}))
    open_all(db, BEGAN)
    with db.transaction() as session:  # two at the same instant; the others nobody has touched
        for number, work in enumerate((8, 2, 5)):
            receive(session, work, By("binh", BEGAN + timedelta(hours=number // 2)))

    with db.read() as session:
        for order in Order:
            pick = Pick(order=order)

            def ask(turn: Turn, pick: Pick = pick) -> Sequence[Line]:
                return lines(session, Scope(everything=True), BEGAN, timedelta(days=3), pick, turn)

            whole = ask(Turn(most=99))
            assert len(whole) == 9
            assert behind(ask, order) == ahead(ask, order, whole[-1]) == [line.id for line in whole], order
            if order is Order.TOUCHED:
                assert [line.id for line in whole] == [5, 8, 2, 9, 7, 6, 4, 3, 1]


@pytest.mark.parametrize("most", [1, 2, 3])
def test_no_more_rows_come_than_were_asked_for(db: Database, most: int) -> None:
    an_office(db)
    an_issued_duty(db, monthly_terms(("hoa-sen", "song-xanh", "anh-duong")))
    open_all(db, BEGAN)
    with db.read() as session:
        found = lines(session, Scope(everything=True), BEGAN, timedelta(days=3), Pick(), Turn(most=most))
    assert len(found) == most
