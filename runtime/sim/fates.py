"""What befalls work in the simulated office besides being handed in: it waits for somebody, an explanation of it is
demanded, it comes back, it moves to another unit, and a unit ends. Each by the action behind the page.
"""

from collections.abc import Callable
from datetime import time
from random import Random

from sqlmodel import Session, col, select

from actions.changes import By
from actions.demand_explanation import demand_explanation, explain
from actions.follow import accept
from actions.hand_over import Succession, hand_over_unit
from actions.reassign import reassign
from actions.return_work import return_work
from actions.wait import resume, wait_for
from domain.assignment import State
from domain.instants import at_clock, local_day
from domain.waiting import Awaited
from runtime.sim.office import OFFICE, SCHOOLS
from store.office import load_calendar, load_staff
from store.questions.open_work import OpenWork
from store.tables import AssignmentRow, ExplanationRow, PersonRow, UnitRow, WaitingRow

Do = Callable[[Session, By], object]
ZONE = OFFICE.tz
CLUSTER = "dong"
FEWEST = 4
"""Schools that are left, however many end."""


def of_work(chance: Random, one: OpenWork) -> tuple[str, Do] | None:
    """What befalls open work today, and by whom; seldom anything."""
    luck = chance.random()
    if luck < 0.03:
        return f"unit:{one.unit}", _waiting(one.assignment_id, chance.choice((*SCHOOLS, "")))
    if luck < 0.05:
        return "khang", _demanding(one.assignment_id)
    if luck < 0.08:
        return "thuy", _moving(one, chance.randrange(100), later=chance.random() < 0.2)
    return None


def goes_on(seed: int) -> Do:
    """Some of what waits goes on, and some of what was demanded is explained."""

    def do(s: Session, by: By) -> None:
        chance, calendar = Random(f"{seed}|{by.at}|goes on"), load_calendar(s, OFFICE.calendar)
        w, e = WaitingRow, ExplanationRow
        waits = select(w.assignment_id).where(col(w.ended_at).is_(None)).order_by(col(w.id))
        for one in s.exec(waits).all():
            if chance.random() < 0.3:
                resume(s, one, by, calendar=calendar, zone=ZONE)
        staff = load_staff(s)
        asked = select(e.id).where(col(e.answered_at).is_(None)).order_by(col(e.id))
        for one in s.exec(asked).all():
            if chance.random() < 0.2:
                explain(s, one, by, answer="máy hỏng", office=OFFICE, staff=staff)

    return do


def desk_is_cleared(seed: int) -> Do:
    """What came in before today and waits for a person is accepted, and some of it comes back."""

    def do(s: Session, by: By) -> None:
        chance, today = Random(f"{seed}|{by.at}|desk"), at_clock(local_day(by.at, ZONE), time(), ZONE)
        a = AssignmentRow
        came_in = select(a.id).where(col(a.state) == State.HANDED_IN, col(a.handed_in_at) < today)
        calendar, staff = load_calendar(s, OFFICE.calendar), load_staff(s)
        for one in s.exec(came_in.order_by(col(a.id))).all():
            if chance.random() < 0.15:
                return_work(
                    s, one, by, findings=["thiếu phụ lục"], office=OFFICE, calendar=calendar, staff=staff
                )
            else:
                accept(s, one, by)

    return do


def a_unit_ends(which: int) -> Do:
    """One school goes on in another."""

    def do(s: Session, by: By) -> None:
        schools = _schools(s)
        if len(schools) > FEWEST:
            ends, heir = (schools[(which + n) % len(schools)].id for n in range(2))
            plan = Succession(ends, (heir,), local_day(by.at, ZONE))
            hand_over_unit(s, plan, by, office=OFFICE)

    return do


def _waiting(assignment_id: int, school: str) -> Do:
    """For a school of ours, or for an authority outside."""

    def do(s: Session, by: By) -> None:
        unit = next((one.id for one in _schools(s) if one.code == school), None)
        wait_for(
            s, assignment_id, by, kind=Awaited.UNIT if unit else Awaited.OUTSIDE, reason="thiếu số liệu",
            office=OFFICE, calendar=load_calendar(s, OFFICE.calendar), unit_id=unit, who="Công an tỉnh",
        )  # fmt: skip

    return do


def _demanding(assignment_id: int) -> Do:
    def do(s: Session, by: By) -> None:
        demand_explanation(
            s, assignment_id, by, question="vì sao chậm?", office=OFFICE,
            calendar=load_calendar(s, OFFICE.calendar), staff=load_staff(s),
            person_id=s.exec(select(PersonRow.id).where(PersonRow.code == by.actor)).one(),
        )  # fmt: skip

    return do


def _moving(one: OpenWork, which: int, *, later: bool) -> Do:
    """To a school that does not owe the same, or to the cluster above; where that has it, the work ends with it."""

    def do(s: Session, by: By) -> None:
        a = AssignmentRow
        same = select(a.occurrence_id).where(col(a.id) == one.assignment_id).scalar_subquery()
        owing = set(s.exec(select(a.unit_id).where(col(a.occurrence_id) == same)))
        places = [CLUSTER, *(school.code for school in _schools(s) if school.id not in owing)]
        to = places[which % len(places)]
        reassign(s, one.assignment_id, to, by, reason="trường sửa chữa", office=OFFICE, later=later)

    return do


def _schools(s: Session) -> list[UnitRow]:
    """Those that have not ended."""
    here = select(UnitRow).where(col(UnitRow.code).in_(SCHOOLS), col(UnitRow.valid_to).is_(None))
    return list(s.exec(here.order_by(col(UnitRow.id))).all())
