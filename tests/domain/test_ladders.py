"""Which ladder a new duty begins with, and how it reads."""

import pytest

from domain.duty import DutyTerms, Force, Kind
from domain.escalation import DEFAULT, TO_UNIT, Ladder, Rung
from domain.ladders import LADDERS, Sort, say
from domain.unit import Role
from tests.support.makers import OFFICE, monthly_terms


@pytest.mark.parametrize(
    ("changed", "sort"),
    [
        ({}, Sort.TASK),
        ({"report": True}, Sort.REPORT),
        ({"pack": "bao-cao-thang"}, Sort.REPORT),
        ({"inspection": True}, Sort.INSPECTION),
        ({"kind": Kind.STANDING}, Sort.STANDING),
        ({"for_superior": True, "report": True}, Sort.SUPERIOR),
        ({"kind": Kind.CORRECTIVE}, Sort.CORRECTIVE),
        ({"force": Force.REQUEST, "for_superior": True}, Sort.REQUEST),  # it binds nobody, whatever it is
    ],
)
def test_the_sort_of_a_duty(changed: dict[str, object], sort: Sort) -> None:
    terms: DutyTerms = monthly_terms(("hoa-sen",), **changed)
    assert terms.sort is sort


@pytest.mark.parametrize("sort", list(Sort))
def test_every_sort_has_a_ladder_whose_unit_hears_first(sort: Sort) -> None:
    ladder = LADDERS[sort]
    assert TO_UNIT & set(ladder.rungs[0].to)
    assert sort is not Sort.REQUEST or all(
        set(rung.to) <= TO_UNIT and rung.offset <= 0 for rung in ladder.rungs
    )


def test_what_the_office_set_counts_before_what_we_ship() -> None:
    own = Ladder(rungs=(Rung(offset=0, to=(Role.HEAD,)),))
    for_all = OFFICE.model_copy(update={"ladder": own})
    for_reports = OFFICE.model_copy(update={"ladders": {Sort.REPORT: own}})
    assert OFFICE.ladder_for(Sort.SUPERIOR) == LADDERS[Sort.SUPERIOR]
    assert OFFICE.ladder_for(Sort.TASK) == DEFAULT
    assert {for_all.ladder_for(sort).rungs for sort in Sort} == {own.rungs}
    assert for_reports.ladder_for(Sort.REPORT) == own
    assert for_reports.ladder_for(Sort.TASK) == DEFAULT


def test_a_ladder_is_one_sentence() -> None:
    assert say(LADDERS[Sort.CORRECTIVE]) == (
        "Lúc 08:00: trước hạn 3 ngày làm việc báo người phụ trách; đúng ngày hạn báo người phụ trách và thủ trưởng "
        "đơn vị; sau hạn 1 ngày làm việc báo thủ trưởng đơn vị và lãnh đạo phụ trách; sau hạn 5 ngày làm việc báo "
        "người đứng đầu cơ quan."
    )
    assert "báo lãnh đạo phụ trách (để biết)" in say(LADDERS[Sort.SUPERIOR])
    assert say(Ladder(rungs=())) == "Không nhắc ai."
