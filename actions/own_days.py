"""Who keeps which calendar: most units the office's; some have days of their own beside it (lịch riêng)."""

from collections.abc import Collection
from dataclasses import replace
from datetime import date, timedelta

from sqlalchemy import ColumnElement, true
from sqlalchemy.orm import Mapped

from domain.assignment import Part
from domain.chain import Chain, parts_due
from domain.duty import Kind
from domain.recurrence import Due, occurrences
from domain.workdays import Calendar
from store.tables import DutyRow

Deadlines = list[tuple[date, tuple[Part, ...]]]
AROUND = timedelta(days=31)
"""By another calendar a period may open or fall due earlier or later; a holiday is never as long as this."""


def shares(
    calendar: Calendar, unit: Mapped[int], apart: Collection[int] = ()
) -> list[tuple[Calendar, ColumnElement[bool]]]:
    """Each calendar with the condition on `unit` that picks those who keep it, the office's own first. Where no
    unit has days of its own that is the only one, and it picks everybody. `apart`: further units the office's
    own is not for."""
    special = sorted({*calendar.unit_days, *apart})
    common = unit.not_in(special) if special else true()
    return [(calendar, common), *((own, unit.in_(units)) for own, units in calendar.apart)]


def deadlines(chain: Chain | None, due: Due, calendar: Calendar) -> Deadlines:
    """Each deadline of an occurrence, with the parts whose it is."""
    if chain is None:
        return [(due.due_on, tuple(Part))]
    return [
        (parts_due(chain, due, calendar), (Part.COORDINATOR,)),
        (due.due_on, (Part.LEAD, Part.EXECUTOR)),
    ]


def deadlines_by(own: Calendar, duty: DutyRow, due: Due, calendar: Calendar) -> Deadlines:
    """The same for units that keep `own`: their last day is worked out from the period anew. Nothing where
    they owe nothing in it (a daily report on a day they do not work). Parts that others wait for are never
    later than everybody's."""
    chain = duty.frozen_chain()
    if own is calendar:
        return deadlines(chain, due, calendar)
    theirs = _own_due(own, duty, due, calendar)
    if theirs is None:
        return []
    if chain is None:
        return deadlines(None, theirs, own)
    parts = own.previous_working(parts_due(chain, due, calendar))
    return [(max(parts, due.opens_on), (Part.COORDINATOR,)), (theirs.due_on, (Part.LEAD, Part.EXECUTOR))]


def _own_due(own: Calendar, duty: DutyRow, due: Due, calendar: Calendar) -> Due | None:
    common = projected(duty, due, calendar)
    if common is None or common.due_on != due.due_on:
        return due  # a day that a person gave is everybody's
    return projected(duty, due, own)


def projected(duty: DutyRow, due: Due, calendar: Calendar) -> Due | None:
    """The same period by another calendar; None where it has no deadline any more. The deadline a person gave
    when a dormant duty woke stays."""
    terms = duty.terms_of_time()
    if duty.kind is not Kind.DORMANT:
        found = occurrences(terms, calendar, since=due.opens_on - AROUND, until=due.due_on + AROUND)
        return next((one for one in found if one.period == due.period), None)
    woken = terms.model_copy(update={"first": due.opens_on})
    found = occurrences(woken, calendar, since=due.opens_on, until=date.max)
    return replace(found[0], period=due.period) if found else due
