"""Situations: what is declared now, what was before, and what the declaration means for the duties."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import false
from sqlmodel import Session, col, select

from domain.assignment import Part, State
from domain.scenario import Ban, Declaration
from store.tables import (
    AssignmentRow,
    BanRow,
    DeclarationRow,
    DutyRow,
    DutyUnitRow,
    OccurrenceRow,
    UnitRow,
)  # fmt: skip


def state_now(session: Session, name: str) -> str | None:
    """The state in force; None where nobody has declared one."""
    d = DeclarationRow
    return session.exec(
        select(d.state)
        .where(d.name == name, col(d.applied_at).is_not(None))
        .order_by(col(d.applied_at).desc(), col(d.id).desc())
        .limit(1)
    ).first()


@dataclass(frozen=True)
class Bound:
    """A duty that runs in one state only."""

    duty_id: int
    title: str
    state: str
    asleep: bool


@dataclass(frozen=True)
class Scenario:
    """A duty whose product is the plan of one state; `lacking`: names of the units that owe it and have none
    approved. Only the leads owe it where there are any; who is excused owes nothing."""

    duty_id: int
    title: str
    name: str
    state: str
    lacking: Sequence[str]


@dataclass(frozen=True)
class Known:
    """A situation: `history` newest first, declarations to come included; `bans` hold whatever is declared."""

    name: str
    now: str | None
    history: Sequence[Declaration]
    duties: Sequence[Bound]
    bans: Sequence[Ban]
    plans: Sequence[Scenario]


def scenarios(session: Session) -> Sequence[Scenario]:
    duties = session.exec(select(DutyRow).where(DutyRow.plans_for != "").order_by(col(DutyRow.id))).all()
    return [Scenario(d.id, d.title, d.plans_for, d.plans_for_state, _lacking(session, d.id)) for d in duties]


def _lacking(session: Session, duty_id: int) -> Sequence[str]:
    """By the work there is, with whichever unit it is now; before any is opened, by the units it is asked of."""
    u, a = DutyUnitRow, AssignmentRow
    work = session.exec(
        select(UnitRow.name, a.part, col(a.state).in_((State.ACCEPTED, State.WAIVED)))
        .join(OccurrenceRow, col(OccurrenceRow.id) == col(a.occurrence_id))
        .join(UnitRow, col(UnitRow.id) == col(a.unit_id))
        .where(OccurrenceRow.duty_id == duty_id, a.part != Part.COORDINATOR, a.state != State.WITHDRAWN)
        .order_by(col(a.unit_id))
    ).all()
    asked = (
        select(UnitRow.name, u.part, false())
        .join(UnitRow, col(UnitRow.id) == col(u.unit_id))
        .where(u.duty_id == duty_id, col(u.until).is_(None), u.part != Part.COORDINATOR)
        .order_by(col(u.unit_id))
    )
    opened = session.exec(select(OccurrenceRow.id).where(OccurrenceRow.duty_id == duty_id).limit(1)).first()
    owing = work if opened is not None else session.exec(asked).all()
    leads = [row for row in owing if row[1] == Part.LEAD]
    approved = {name for name, _, done in owing if done}
    return list(dict.fromkeys(name for name, *_ in leads or owing if name not in approved))


def situations(session: Session) -> Sequence[Known]:
    """Every situation that somebody declared, bound a duty to or forbade something in, by name."""
    history = session.exec(select(DeclarationRow).order_by(col(DeclarationRow.id).desc())).all()
    bans = session.exec(select(BanRow).order_by(col(BanRow.id))).all()
    duties = session.exec(select(DutyRow).where(DutyRow.situation != "").order_by(col(DutyRow.id))).all()
    plans = scenarios(session)
    names = {one.name for one in history} | {one.name for one in bans}
    names |= {one.name for one in plans} | {one.situation for one in duties}
    return [
        Known(
            name,
            state_now(session, name),
            [one for one in history if one.name == name],
            [Bound(d.id, d.title, d.situation_state, d.asleep) for d in duties if d.situation == name],
            [one for one in bans if one.name == name],
            [one for one in plans if one.name == name],
        )
        for name in sorted(names)
    ]
