"""Ask once: what the units of a new request were asked for already, and whose week it would fill. Writes nothing."""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlmodel import Session, col, select

from actions.preview_issue import Planned
from domain.office import Office
from domain.recurrence import occurrences
from domain.workdays import Calendar
from store.office import load_calendar
from store.questions.requests import Asked, already_asked, over_budget, weekly_load
from store.tables import UnitRow

REMEMBERED = timedelta(days=366)
"""How far back a question is still the same question."""


@dataclass(frozen=True)
class FullWeek:
    """The week from that Monday in which the unit (code) would owe `load` pieces of work, over the office's budget."""

    monday: date
    unit: str
    load: int


@dataclass(frozen=True)
class Asking:
    asked: tuple[Asked, ...] = ()
    full: tuple[FullWeek, ...] = ()


def ask_once(
    session: Session,
    planned: Sequence[Planned],
    office: Office,
    figures: Mapping[str, Collection[str]],
    today: date,
) -> Asking:
    """`figures`: the names of what each pack asks for. Looked at are the weeks in which a new duty falls due for the
    first time: filled by what is open in them and by every deadline of the new duties there. Work of other duties
    that is not opened yet is not counted."""
    codes = sorted({assignee.unit for one in planned for assignee in one.terms.assignees})
    ids = {
        unit.code: unit.id for unit in session.exec(select(UnitRow).where(col(UnitRow.code).in_(codes))).all()
    }
    asked: dict[tuple[str, str], Asked] = {}
    for one in planned:
        wanted = figures.get(one.terms.pack, ())
        units = [ids[a.unit] for a in one.terms.assignees if a.unit in ids]
        for known in already_asked(session, figures, wanted, units, today - REMEMBERED) if wanted else ():
            asked.setdefault((known.figure, known.duty), known)
    return Asking(tuple(asked.values()), tuple(_full(session, planned, ids, office, today)))


def _full(
    session: Session, planned: Sequence[Planned], ids: Mapping[str, int], office: Office, today: date
) -> list[FullWeek]:
    if not office.weekly_requests:
        return []
    calendar = load_calendar(session, office.calendar)
    weeks = {one.next.due_on - timedelta(days=one.next.due_on.weekday()) for one in planned if one.next}
    new: dict[date, Counter[str]] = defaultdict(Counter)
    for monday in sorted(weeks):
        for one in planned:
            times = _times(one, monday, calendar, today)
            new[monday].update({a.unit: times for a in one.terms.assignees if a.unit in ids and times})
    found: list[FullWeek] = []
    for monday, counts in sorted(new.items()):
        load = weekly_load(session, [ids[code] for code in counts], monday)
        for code, more in sorted(counts.items()):
            over = over_budget({ids[code]: load[ids[code]]}, more, office.weekly_requests)
            found.extend(FullWeek(monday, code, total) for total in over.values())
    return found


def _times(one: Planned, monday: date, calendar: Calendar, today: date) -> int:
    """How often the new duty falls due in the week of that Monday, from its next deadline on."""
    if one.next is None:
        return 0
    sunday = monday + timedelta(days=6)
    coming = occurrences(one.terms.schedule, calendar, since=today, until=sunday)
    return sum(max(monday, one.next.due_on) <= due.due_on <= sunday for due in coming)
