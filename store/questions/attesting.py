"""The standing duties in force, and those a unit attests with a report."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, func, select

from domain.attesting import Attested, attests, holds
from domain.duty import Duty, Kind
from domain.period import period
from store.questions.scope import Scope, within
from store.tables import DutyRow, DutyUnitRow


def to_attest(session: Session, unit_id: int, report: Duty, key: str) -> Sequence[Attested]:
    """With this report of the period `key`; nothing is said of them yet."""
    if not attests("", report.title, key, report.pack):
        return ()
    span = period(key)
    rows = session.exec(
        select(DutyRow)
        .join(DutyUnitRow, col(DutyUnitRow.duty_id) == col(DutyRow.id))
        .where(DutyRow.attested_in != "", DutyUnitRow.unit_id == unit_id, *_standing(span.last))
        .order_by(col(DutyRow.id))
    ).all()
    return [
        Attested(duty=duty.code, title=duty.title)
        for duty in rows
        if holds(duty, span.first, span.last) and attests(duty.attested_in, report.title, key, report.pack)
    ]


@dataclass(frozen=True)
class StandingDuty:
    """A duty without a day of its own (nhiệm vụ thường xuyên): attested in a report, never ticked off."""

    id: int
    title: str
    clause: str
    attested_in: str
    units: int


def standing_duties(session: Session, scope: Scope, today: date) -> Sequence[StandingDuty]:
    rows = session.exec(
        select(DutyRow, func.count(col(DutyUnitRow.id)))
        .join(DutyUnitRow, col(DutyUnitRow.duty_id) == col(DutyRow.id))
        .where(within(scope, DutyUnitRow.unit_id), *_standing(today))
        .group_by(col(DutyRow.id))
        .order_by(col(DutyRow.id))
    ).all()
    return [
        StandingDuty(duty.id, duty.title, duty.clause, duty.attested_in, units)
        for duty, units in rows
        if holds(duty, today, today)
    ]


def _standing(day: date) -> Sequence[ColumnElement[bool]]:
    """Of whom it is asked on that day: a successor from its own first day on."""
    return (
        col(DutyRow.kind) == Kind.STANDING,
        col(DutyUnitRow.until).is_(None),
        func.coalesce(col(DutyUnitRow.since), day) <= day,
    )
