"""Who has not delivered: parts of coordinators, plans of units, and instalments side by side."""

from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import select

from actions.changes import By
from actions.decide_draft import approve_draft
from actions.errors import Refused
from actions.follow import accept, give_back, waive
from actions.hand_in import hand_in
from actions.issue_duties import issue_duties
from domain.assignment import Part, Standing
from domain.duty import Assignee, DutyTerms
from domain.evidence import Evidence
from domain.proposal import Proposal
from store.questions.child_plans import child_plans
from store.questions.instalments import instalments
from store.questions.parts import parts
from store.questions.scope import Scope
from store.tables import AssignmentRow, DraftRow, DutyRow, SubmissionRow
from tests.actions.conftest import World, at
from tests.support.makers import (
    a_directive,
    a_draft,
    an_issued_duty,
    monthly_terms,
    once,
    the_assignment,
)

SOON = timedelta(days=3)
PLAN = Evidence(sha256="cd" * 32, file_name="ke-hoach.docx", size=9)


def send(world: World, work: int, key: str, **what: Any) -> SubmissionRow:
    with world.db.transaction() as session:
        return hand_in(session, work, by=By("ai", at(8)), key=key, **({"figures": {}} | what))


def of(world: World, unit: str, period: str = "2023-02") -> int:
    return the_assignment(world.db, world.sample.units[unit], period)


# --- parts by coordinators --------------------------------------------------------------------------------


@pytest.fixture
def shared(world: World) -> World:
    """Tổ Tổng hợp leads in March, three schools give their parts; due on 14 March 2023."""
    schools = (Assignee(unit=code, part=Part.COORDINATOR) for code in ("hoa-sen", "song-xanh", "anh-duong"))
    an_issued_duty(
        world.db,
        monthly_terms(
            (), title="Báo cáo chung", assignees=(Assignee(unit="th", part=Part.LEAD), *schools),
            schedule=once(at(14, month=3).date()),
        ),
    )  # fmt: skip
    world.open(at(1))
    return world


def test_the_lead_sees_who_has_not_delivered_first(shared: World) -> None:
    send(shared, of(shared, "hoa-sen", "once"), "a")
    with shared.db.read() as session:
        seen = parts(session, of(shared, "th", "once"), at(15, month=3), SOON)
    assert [(one.unit, one.handed_in_at, one.standing) for one in seen] == [
        ("Trường THCS Sông Xanh", None, Standing.OVERDUE),
        ("Trường Mầm non Ánh Dương", None, Standing.OVERDUE),
        ("Trường Tiểu học Hoa Sen", at(8), Standing.RUNNING),
    ]


def test_the_leads_own_hand_in_lists_them_and_leaves_out_who_is_exempt(shared: World) -> None:
    send(shared, of(shared, "hoa-sen", "once"), "a")
    with shared.db.transaction() as session:
        waive(session, of(shared, "anh-duong", "once"), By("mai", at(8)), reason="trường đang sửa chữa")
    assert send(shared, of(shared, "th", "once"), "lead").lacking == ["Trường THCS Sông Xanh"]


def test_a_coordinators_hand_in_lists_nobody(shared: World) -> None:
    assert send(shared, of(shared, "hoa-sen", "once"), "a").lacking == []


# --- each unit's own plan ---------------------------------------------------------------------------------


@pytest.fixture
def cascade(world: World) -> int:
    """Each of two schools makes a plan of its own by 3 March 2023. Returns the directive."""
    terms = monthly_terms(
        ("hoa-sen", "song-xanh"),
        title="Xây dựng kế hoạch",
        cascade=True,
        schedule=once(at(3, month=3).date()),
    )
    duty_id = an_issued_duty(world.db, terms)
    world.open(at(1))
    with world.db.read() as session:
        return session.get_one(DutyRow, duty_id).directive_id


def lacking_plans(world: World, directive_id: int) -> list[tuple[str, list[str]]]:
    with world.db.read() as session:
        return [
            (plan.unit, [file.file_name for _, file in plan.files])
            for plan in child_plans(session, directive_id, Scope(everything=True))
        ]


def test_a_unit_without_its_own_plan_is_refused_and_stays_on_the_list(world: World, cascade: int) -> None:
    with pytest.raises(Refused, match="đính kèm tệp kế hoạch"):
        send(world, of(world, "hoa-sen", "once"), "a")
    send(world, of(world, "hoa-sen", "once"), "b", files=[PLAN])
    assert lacking_plans(world, cascade) == [
        ("Trường THCS Sông Xanh", []),
        ("Trường Tiểu học Hoa Sen", ["ke-hoach.docx"]),
    ]


def test_a_returned_plan_is_lacking_again_and_the_last_round_counts(world: World, cascade: int) -> None:
    work = of(world, "hoa-sen", "once")
    send(world, work, "a", files=[PLAN])
    with world.db.transaction() as session:
        give_back(
            session, work, By("mai", at(9)), reason="chưa sát",
            office=world.sample.office, calendar=world.calendar(),
        )  # fmt: skip
    assert lacking_plans(world, cascade)[0] == ("Trường Tiểu học Hoa Sen", [])
    send(world, work, "b", files=[PLAN.model_copy(update={"sha256": "ef" * 32, "file_name": "lan-2.docx"})])
    assert lacking_plans(world, cascade)[1] == ("Trường Tiểu học Hoa Sen", ["lan-2.docx"])


# --- instalments ------------------------------------------------------------------------------------------


def two_instalments(world: World) -> list[int]:
    """đợt 1 by 28 February, đợt 2 by 31 March 2023, ordered in two places of one directive."""
    text = "KẾ HOẠCH\nĐiều tra phổ cập (đợt 1)\nĐiều tra phổ cập (đợt 2)\n"

    def terms(number: int, month: int, day: int) -> DutyTerms:
        return monthly_terms(
            ("hoa-sen", "song-xanh"), title=f"Điều tra phổ cập (đợt {number})", series="dieu tra pho cap",
            instalment=number, schedule=once(at(day, month=month).date()),
        )  # fmt: skip

    drafts = [
        (a_draft(quote, text.index(quote)), Proposal(terms(number, month, day), (), ()))
        for number, month, day in ((1, 2, 28), (2, 3, 31))
        for quote in [f"Điều tra phổ cập (đợt {number})"]
    ]
    directive = a_directive(world.db, drafts, text=text)
    with world.db.transaction() as session:
        for row in session.exec(select(DraftRow).where(DraftRow.directive_id == directive)).all():
            approve_draft(session, row.id, By("mai", at(1)), terms=DutyTerms.model_validate(row.terms))
        issued = issue_duties(session, directive, world.sample.office, By("mai", at(1)))
        return [duty.id for duty in issued]


def test_instalments_are_linked_and_compared_unit_by_unit(world: World) -> None:
    first, second = two_instalments(world)
    world.open(at(1))
    for duty, figures in ((first, {"pho_cap": 92}), (second, {"pho_cap": 97})):
        work = the_work(world, duty, "hoa-sen")
        send(world, work, f"{duty}", figures=figures)
        with world.db.transaction() as session:
            accept(session, work, By("mai", at(9)))
    with world.db.read() as session:
        turns, compared = instalments(session, second)
    assert [(turn.number, turn.title) for turn in turns] == [
        (1, "Điều tra phổ cập (đợt 1)"), (2, "Điều tra phổ cập (đợt 2)"),
    ]  # fmt: skip
    assert [(one.unit, one.figures) for one in compared] == [
        ("Trường Tiểu học Hoa Sen", [{"pho_cap": 92}, {"pho_cap": 97}]),
        ("Trường THCS Sông Xanh", [None, None]),
    ]


def the_work(world: World, duty_id: int, unit: str) -> int:
    with world.db.read() as session:
        turns, _ = instalments(session, duty_id)
        [occurrence] = [turn.occurrence_id for turn in turns if turn.duty_id == duty_id]
        return session.exec(
            select(AssignmentRow.id).where(
                AssignmentRow.occurrence_id == occurrence,
                AssignmentRow.unit_id == world.sample.units[unit],
            )
        ).one()
