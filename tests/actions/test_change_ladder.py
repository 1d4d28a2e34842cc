"""The office changes the ladder of a sort: new duties have it, issued ones keep theirs."""

from datetime import time

import pytest
from sqlmodel import select

from actions.change_ladder import change_ladder, preview_ladder
from actions.changes import By
from actions.errors import Refused, Stale
from domain.escalation import Rung
from domain.ladders import Sort, say
from domain.unit import Role
from store.tables import DutyRow
from tests.actions.conftest import World, actions_on, at
from tests.support.makers import an_issued_duty, monthly_terms

SHORT = (Rung(offset=0, to=(Role.OFFICER,)), Rung(offset=2, to=(Role.LEADER,)))


def ladders(world: World) -> list[list[int]]:
    with world.db.read() as session:
        duties = session.exec(select(DutyRow).order_by(DutyRow.id)).all()  # type: ignore[arg-type]
        return [[rung.offset for rung in duty.frozen_ladder().rungs] for duty in duties]


def test_only_duties_issued_afterwards_have_the_new_ladder(world: World) -> None:
    seen = say(world.sample.office.ladder_for(Sort.TASK))
    with world.db.transaction() as session:
        change_ladder(session, Sort.TASK, By("mai", at(2)), rungs=SHORT, at=time(7, 30), seen=seen)
    with world.db.transaction() as session, pytest.raises(Stale):
        change_ladder(session, Sort.TASK, By("ha", at(2)), rungs=(), at=time(8), seen=seen)
    an_issued_duty(world.db, monthly_terms(("hoa-sen",), title="Việc mới"))
    assert ladders(world) == [[-3, 0, 1, 3, 7], [0, 2]]
    assert actions_on(world, "office:ben-song") == ["change_ladder"]


@pytest.mark.parametrize(
    ("rungs", "why"),
    [
        ((Rung(offset=-1, to=(Role.LEADER,)), Rung(offset=0, to=(Role.HEAD,))), "bậc đầu tiên phải gửi"),
        ((Rung(offset=2, to=(Role.HEAD,)), Rung(offset=1, to=(Role.LEADER,))), "tăng dần"),
        ((Rung(offset=0, to=()),), "không có người nhận"),
        ((Rung(offset=0, to=(Role.HEAD,), binding=False),), "chỉ để biết"),
    ],
)
def test_a_ladder_that_would_tell_wrongly_is_refused_in_words(
    world: World, rungs: tuple[Rung, ...], why: str
) -> None:
    with pytest.raises(Refused, match=why):
        preview_ladder(Sort.REPORT, rungs, time(8))
    with pytest.raises(Refused, match=why), world.db.transaction() as session:
        change_ladder(session, Sort.REPORT, By("mai", at(2)), rungs=rungs, at=time(8), seen="")
    assert actions_on(world, "office:ben-song") == []


def test_what_a_ladder_would_do_is_said_before_it_counts() -> None:
    _, said = preview_ladder(Sort.REPORT, SHORT, time(7, 30))
    assert said == (
        "Lúc 07:30: đúng ngày hạn báo người phụ trách; sau hạn 2 ngày làm việc báo lãnh đạo phụ trách."
    )
