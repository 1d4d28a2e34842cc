"""Who is told what in which letter, as a pure function: one digest, a daily share, parts silent under their lead."""

from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from domain.assignment import Part
from domain.escalation import Fate
from domain.grouping import Bundle, Case, Closed, allot, join
from domain.letter import LetterKind
from domain.reach import Pace
from domain.recipients import Holder, Staff
from domain.unit import Person, Position, Role

TODAY = date(2023, 2, 17)
NOW = datetime(2023, 2, 17, 1, 0, tzinfo=UTC)
DUE = datetime(2023, 2, 14, 17, 0, tzinfo=UTC)
OFFICE, SCHOOL, OTHER = 1, 2, 3
HEAD, LEADER, OTHER_LEADER = 10, 20, 30


def holder(person_id: int, unit_id: int, role: Role) -> Holder:
    return Holder(
        person_id, Person(code=f"p{person_id}", name=f"Người {person_id}"), unit_id, Position(role=role)
    )


STAFF = Staff(
    holders={
        OFFICE: [holder(LEADER, OFFICE, Role.LEADER)],
        SCHOOL: [holder(HEAD, SCHOOL, Role.HEAD)],
        OTHER: [holder(OTHER_LEADER, OTHER, Role.LEADER)],
    },
    parents={OFFICE: None, SCHOOL: OFFICE, OTHER: None},
)

LEAD = Case(key="lead", matter="m", unit_id=SCHOOL, role=Role.LEADER, part=Part.LEAD, due_at=DUE)
PART = replace(LEAD, key="part", part=Part.COORDINATOR)


def told(*cases: Case, covered: tuple[tuple[str, int], ...] = ()) -> tuple[list[Bundle], list[Closed]]:
    return join(cases, staff=STAFF, at=NOW, today=TODAY, covered=covered)


def keys(bundles: list[Bundle]) -> list[list[object]]:
    return [[case.key for case in bundle.cases] for bundle in bundles]


def test_a_part_is_not_told_to_whoever_is_told_of_the_whole() -> None:
    bundles, closed = told(PART, LEAD)
    assert keys(bundles) == [["lead"]]
    assert closed == [(PART, Fate.SUPERSEDED, "đã nằm trong việc của đơn vị chủ trì")]


def test_nobody_hears_of_a_part_once_its_lead_has_delivered_the_whole() -> None:
    mine = replace(PART, key="mine", role=Role.HEAD)
    bundles, closed = told(
        *(replace(one, moot=True) for one in (PART, mine)), replace(LEAD, key="b", matter="n")
    )
    assert keys(bundles) == [["b"]]
    assert [(case.key, fate) for case, fate, _ in closed] == [
        ("part", Fate.SUPERSEDED),
        ("mine", Fate.SUPERSEDED),
    ]


def test_a_part_stays_silent_while_the_whole_told_earlier_is_open() -> None:
    bundles, [(case, fate, _)] = told(PART, covered=(("m", LEADER),))
    assert (bundles, case.key, fate) == ([], "part", Fate.SUPERSEDED)


def test_a_part_late_before_the_whole_is_told() -> None:
    assert keys(told(PART)[0]) == [["part"]]


def test_a_part_under_another_leader_is_told_to_that_leader() -> None:
    bundles, closed = told(LEAD, replace(PART, unit_id=OTHER))
    assert [bundle.person_id for bundle in bundles] == [LEADER, OTHER_LEADER]
    assert closed == []


def test_a_part_of_another_matter_is_told() -> None:
    assert keys(told(LEAD, replace(PART, matter="n"))[0]) == [["lead", "part"]]


def test_the_unit_itself_hears_of_its_part_whatever_its_leader_hears() -> None:
    mine = replace(PART, key="mine", role=Role.HEAD)
    bundles, _ = told(LEAD, mine)
    assert [(b.kind, b.person_id) for b in bundles] == [
        (LetterKind.DIGEST, LEADER),
        (LetterKind.OVERDUE, HEAD),
    ]


def a_bundle(kind: LetterKind, person_id: int = LEADER) -> Bundle:
    return Bundle(kind, [holder(person_id, OFFICE, Role.LEADER)], [LEAD])


def test_a_second_digest_of_the_day_is_kept() -> None:
    digest = a_bundle(LetterKind.DIGEST)
    assert allot([digest], {}, 5) == ([digest], [])
    assert allot([digest], {LEADER: Counter({LetterKind.DIGEST: 1})}, 5) == ([], [digest])


def test_letters_above_a_persons_share_of_the_day_are_kept_and_others_go() -> None:
    reminder, overdue = a_bundle(LetterKind.REMINDER), a_bundle(LetterKind.OVERDUE)
    elsewhere = a_bundle(LetterKind.OVERDUE, HEAD)
    had = {LEADER: Counter({LetterKind.REMINDER: 4})}
    assert allot([reminder, overdue, elsewhere], had, 5) == ([reminder, elsewhere], [overdue])


INFORMS = replace(LEAD, key="informs", binding=False, since=date(2023, 2, 17))


@pytest.mark.parametrize(
    ("pace", "since", "now", "later", "fate"),
    [
        (Pace.DAILY, date(2023, 2, 17), True, False, None),
        (Pace.WEEKLY, date(2023, 2, 13), False, True, None),  # the Monday of the same week
        (Pace.WEEKLY, date(2023, 2, 12), True, False, None),  # the Sunday before it
        (Pace.OFF, date(2023, 2, 17), False, False, Fate.SKIPPED),
    ],
)
def test_what_only_informs_comes_at_the_pace_its_reader_chose(
    pace: Pace, since: date, now: bool, later: bool, fate: Fate | None
) -> None:
    case = replace(INFORMS, since=since)
    bundles, closed = join(
        [case], staff=STAFF, at=NOW, today=TODAY, covered=(), paces={LEADER: pace}
    )  # fmt: skip
    told_now, kept = allot(bundles, {}, 5)
    assert (bool(told_now), bool(kept)) == (now, later)
    assert [one for _, one, _ in closed] == ([fate] if fate else [])


@pytest.mark.parametrize("pace", [Pace.WEEKLY, Pace.OFF])
def test_an_escalation_is_told_whatever_its_reader_chose(pace: Pace) -> None:
    bundles, _ = join([LEAD, INFORMS], staff=STAFF, at=NOW, today=TODAY, covered=(), paces={LEADER: pace})
    told_now, _ = allot(bundles, {}, 5)
    assert keys(told_now) == [["lead"]]
