"""Who may be visited, by whom, and how often: nobody inspects their own, no unit gets two teams a month unasked."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest
from sqlmodel import select

from actions.changes import By
from actions.errors import NotFound, Refused
from actions.plan_inspections import Mate, cancel_visit, make_plan, plan_visit
from actions.publish_checklist import in_force, publish_checklist, publish_shipped
from domain.inspection import TeamPart, VisitKind
from rules.checklist_reader import SHIPPED
from store.database import Database
from store.inspection_tables import ChecklistRow
from store.questions.inspection_counts import standings
from store.questions.inspections import covered_units
from tests.support.inspections import (
    BEFORE,
    CHECKLIST,
    MORNING,
    PLAN,
    a_batch,
    a_plan,
    a_team,
    a_visit,
    an_answer,
    close,
    send,
)
from tests.support.makers import Sample, an_office

MAI = By("mai", BEFORE)
HEAD, SECRETARY, MEMBER = TeamPart.HEAD, TeamPart.SECRETARY, TeamPart.MEMBER


@pytest.fixture
def sample(db: Database) -> Sample:
    return an_office(db)


def planned(db: Database, sample: Sample, plan_id: int, unit: str = "hoa-sen", **changed: Any) -> int:
    given = {"day": date(2023, 2, 6), "opens_at": MORNING, "team": a_team(sample), "by": MAI} | changed
    with db.transaction() as session:
        return plan_visit(session, plan_id, sample.units[unit], **given).id


def mates(sample: Sample, *parts: tuple[str, TeamPart]) -> Sequence[Mate]:
    return [Mate(sample.people[code], part, sample.units["pgd"]) for code, part in parts]


TEAMS = [
    ("nobody", [], "đúng một trưởng đoàn"),
    ("no head", [("mai", MEMBER), ("dung", SECRETARY)], "đúng một trưởng đoàn"),
    ("two heads", [("mai", HEAD), ("dung", HEAD)], "đúng một trưởng đoàn"),
    ("two without a secretary", [("mai", HEAD), ("dung", MEMBER)], "đúng một thư ký"),
    ("one person twice", [("mai", HEAD), ("mai", SECRETARY)], "một vai"),
    (
        "a member of the unit",
        [("mai", HEAD), ("binh", SECRETARY)],
        "Nguyễn Văn Bình thuộc Trường Tiểu học Hoa Sen",
    ),
]


@pytest.mark.parametrize(("remark", "parts", "why"), TEAMS, ids=[remark for remark, *_ in TEAMS])
def test_a_team_that_is_none_or_would_inspect_its_own_is_refused(
    db: Database, sample: Sample, remark: str, parts: list[tuple[str, TeamPart]], why: str
) -> None:
    with pytest.raises(Refused, match=why):
        planned(db, sample, a_plan(db), team=mates(sample, *parts))


def test_a_self_inspection_is_done_by_the_units_own_people_and_nobody_else(
    db: Database, sample: Sample
) -> None:
    plan_id = a_plan(db, kind=VisitKind.SELF)
    with pytest.raises(Refused, match="chính người của đơn vị"):
        planned(db, sample, plan_id, team=mates(sample, ("mai", HEAD)))
    assert planned(db, sample, plan_id, team=mates(sample, ("binh", HEAD)))


def test_a_second_team_in_a_month_comes_only_with_the_leaders_reason(db: Database, sample: Sample) -> None:
    planned(db, sample, a_plan(db))
    other = a_plan(db, code="lan-hai", last=date(2023, 3, 31))
    with pytest.raises(Refused, match="một đoàn kiểm tra trong tháng này"):
        planned(db, sample, other, day=date(2023, 2, 27))
    assert planned(db, sample, other, day=date(2023, 2, 27), allowed="có phản ánh của cha mẹ học sinh")


def test_the_next_month_and_a_cancelled_visit_do_not_count(db: Database, sample: Sample) -> None:
    first = planned(db, sample, a_plan(db))
    assert planned(db, sample, a_plan(db, code="thang-3", last=date(2023, 3, 31)), day=date(2023, 3, 1))
    with db.transaction() as session:
        cancel_visit(session, first, MAI, reason="mưa bão")
    assert planned(db, sample, a_plan(db, code="lan-hai"), day=date(2023, 2, 28))


def test_planning_the_same_visit_twice_is_one_visit(db: Database, sample: Sample) -> None:
    plan_id = a_plan(db)
    assert planned(db, sample, plan_id) == planned(db, sample, plan_id)


REFUSED = [
    ("a unit outside", {"unit": "th"}, "không thuộc phạm vi"),
    ("the office itself", {"unit": "pgd"}, "không thuộc phạm vi"),
    ("a day outside", {"day": date(2023, 3, 1)}, "ngoài thời gian"),
]


@pytest.mark.parametrize(("remark", "changed", "why"), REFUSED, ids=[remark for remark, *_ in REFUSED])
def test_what_the_plan_does_not_cover_is_refused(
    db: Database, sample: Sample, remark: str, changed: dict[str, Any], why: str
) -> None:
    with pytest.raises(Refused, match=why):
        planned(db, sample, a_plan(db), **changed)


def test_a_plan_that_nobody_approved_sends_no_team(db: Database, sample: Sample) -> None:
    with db.transaction() as session:
        publish_checklist(session, CHECKLIST, MAI)
        plan_id = make_plan(session, PLAN, MAI).id
    with pytest.raises(Refused, match="chưa được duyệt"):
        planned(db, sample, plan_id)


COVERED = [
    ({}, {"hoa-sen", "song-xanh", "anh-duong"}),
    ({"levels": ["mầm non"]}, {"anh-duong"}),
    ({"ownerships": ["private"]}, {"anh-duong"}),
    ({"areas": ["hoa-sen"]}, {"hoa-sen"}),
    ({"areas": ["pgd"], "kinds": []}, {"th", "hoa-sen", "song-xanh", "anh-duong"}),
    ({"areas": ["unknown"]}, set()),
]


@pytest.mark.parametrize(("changed", "codes"), COVERED)
def test_a_plan_covers_by_level_ownership_and_area(
    db: Database, sample: Sample, changed: dict[str, Any], codes: set[str]
) -> None:
    with db.read() as session:
        units = covered_units(session, PLAN.model_copy(update=changed), "pgd")
    assert {unit.code for unit in units} == codes


def test_coverage_counts_units_reached_and_names_those_that_are_not(db: Database, sample: Sample) -> None:
    visit = a_visit(db, sample)
    send(db, visit.visit_id, a_batch("one", an_answer("K1", "missing", note="x")))
    close(db, visit.visit_id)
    with db.read() as session:
        [standing] = standings(session, date(2023, 1, 1), date(2023, 12, 31), "pgd", MORNING)
    assert (standing.to_visit, standing.visited, standing.covered) == (3, 1, 33)
    assert set(standing.silent) == {"Trường THCS Sông Xanh", "Trường Mầm non Ánh Dương"}
    assert (standing.open_findings, standing.late_findings) == (1, 0)


def test_a_sealed_surprise_names_nobody_in_the_counters(db: Database, sample: Sample) -> None:
    a_plan(db, kind=VisitKind.SURPRISE, count=2)
    with db.read() as session:
        [standing] = standings(session, date(2023, 1, 1), date(2023, 12, 31), "pgd", MORNING)
    assert (standing.to_visit, standing.visited, standing.silent) == (2, 0, ())


def test_shipped_checklists_are_published_once_and_never_over_the_offices_own(db: Database) -> None:
    texts = [path.read_text(encoding="utf-8") for path in SHIPPED]
    with db.transaction() as session:
        assert publish_shipped(session, texts, MAI) == 3
        own = texts[0].replace("title: An toàn thực phẩm bếp ăn bán trú", "title: Bếp ăn của phường")
        assert publish_checklist(session, own, MAI, after=1).version == 2
        assert publish_checklist(session, own, MAI, after=2).version == 2
        assert publish_shipped(session, texts, MAI) == 0
        assert in_force(session, "an-toan-thuc-pham").title == "Bếp ăn của phường"
        assert len(session.exec(select(ChecklistRow)).all()) == 4
        with pytest.raises(NotFound):
            in_force(session, "khong-co")
