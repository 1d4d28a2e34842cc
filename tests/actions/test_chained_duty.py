"""A duty with a chain: units owe their parts earlier, and a chain that cannot be kept is said when issued."""

from datetime import date

import pytest
from sqlmodel import col, select

from actions.errors import Refused
from domain.assignment import Part
from domain.chain import Chain, Step
from domain.duty import Assignee, DutyTerms
from store.questions.chains import chain_dates
from store.tables import AssignmentRow, DutyRow, OccurrenceRow, OfficeRow
from tests.actions.conftest import World, at
from tests.support.makers import an_issued_duty, monthly, monthly_terms

STEPS = Chain(
    steps=(
        Step(name="Các đơn vị gửi", days=2, parts=True),
        Step(name="Tổng hợp", days=2),
        Step(name="Lãnh đạo ký"),
    )
)
LONG = Chain(steps=(Step(name="Các đơn vị gửi", days=9, parts=True), Step(name="Tổng hợp", days=2)))


def synthesis(chain: Chain, first: date = date(2023, 2, 1)) -> DutyTerms:
    """Tổ Tổng hợp writes the monthly report, the schools give their parts."""
    schools = (Assignee(unit=code, part=Part.COORDINATOR) for code in ("hoa-sen", "song-xanh"))
    return monthly_terms(
        (), title="Báo cáo tổng hợp", chain=chain, schedule=monthly(first),
        assignees=(Assignee(unit="th", part=Part.LEAD), *schools),
    )  # fmt: skip


def deadlines(world: World, duty_id: int, period: str) -> list[tuple[Part, date]]:
    with world.db.read() as session:
        rows = session.exec(
            select(AssignmentRow)
            .join(OccurrenceRow, col(OccurrenceRow.id) == col(AssignmentRow.occurrence_id))
            .where(OccurrenceRow.duty_id == duty_id, OccurrenceRow.period == period)
            .order_by(col(AssignmentRow.due_on), col(AssignmentRow.id))
        ).all()
    return [(row.part, row.due_on) for row in rows]


def test_schools_owe_their_parts_before_the_lead_owes_the_report(world: World) -> None:
    duty = an_issued_duty(world.db, synthesis(STEPS))
    world.open(at(1))
    assert deadlines(world, duty, "2023-02") == [
        (Part.COORDINATOR, date(2023, 2, 9)),
        (Part.COORDINATOR, date(2023, 2, 9)),
        (Part.LEAD, date(2023, 2, 14)),
    ]


def test_each_unit_is_reminded_of_its_own_deadline(world: World) -> None:
    duty = an_issued_duty(world.db, synthesis(STEPS))
    world.open(at(1))
    with world.db.read() as session:
        rows = session.exec(
            select(AssignmentRow.part, AssignmentRow.next_action_at)
            .join(OccurrenceRow, col(OccurrenceRow.id) == col(AssignmentRow.occurrence_id))
            .where(OccurrenceRow.duty_id == duty)
            .distinct()
        ).all()
    assert set(rows) == {(Part.COORDINATOR, at(6, hour=8)), (Part.LEAD, at(9, hour=8))}


def test_the_real_dates_of_every_open_period_can_be_shown(world: World) -> None:
    duty = an_issued_duty(world.db, synthesis(STEPS))
    world.open(at(1, month=3))
    with world.db.read() as session:
        shown = chain_dates(session, duty, world.calendar())
    assert [(one.period, [f"{step.ends:%d/%m}" for step in one.plan.steps]) for one in shown] == [
        ("2023-02", ["09/02", "13/02", "14/02"]),
        ("2023-03", ["09/03", "13/03", "14/03"]),
    ]


def test_an_impossible_chain_is_said_on_the_duty_and_on_the_period(world: World) -> None:
    duty = an_issued_duty(world.db, synthesis(LONG))
    world.open(at(1))
    with world.db.read() as session:
        warnings = session.get_one(DutyRow, duty).warnings
        why = session.exec(select(OccurrenceRow.why).where(OccurrenceRow.duty_id == duty)).one()
    assert warnings[0] == (
        "Hạn 14/02/2023: các bước cần 11 ngày làm việc, phải bắt đầu từ 31/01/2023, "
        "nhưng từ 01/02/2023 chỉ có 10 ngày làm việc."
    )
    assert warnings[-1].startswith("Còn ")
    assert why == warnings[0]


def test_a_chain_with_enough_days_warns_of_nothing(world: World) -> None:
    duty = an_issued_duty(world.db, synthesis(STEPS))
    with world.db.read() as session:
        assert session.get_one(DutyRow, duty).warnings == []


def test_an_office_that_wants_it_refuses_the_impossible_chain(world: World) -> None:
    with world.db.transaction() as session:
        row = session.exec(select(OfficeRow)).one()
        row.settings = {**row.settings, "short_chain": "refuse"}
    with pytest.raises(Refused, match=r"“Báo cáo tổng hợp”[.] Hạn 14/02/2023"):
        an_issued_duty(world.db, synthesis(LONG))
