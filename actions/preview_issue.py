"""What issuing a directive's approved drafts would do: nothing is written.

The days come from the functions that later act: `domain.recurrence.occurrences` opens the work and
`Ladder.moment` sends the letters.
"""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from sqlmodel import Session, col, select

from actions.errors import Refused
from actions.issue_duties import approved_drafts, frozen_ladder
from actions.objections import object_to
from actions.own_days import deadlines
from domain.assignment import Part
from domain.chain import Plan, plan
from domain.duty import DutyTerms, Given, Kind, given_by
from domain.instants import local_day
from domain.ladders import say
from domain.office import Office
from domain.recurrence import Due, Schedule, occurrences
from domain.scenario import Situation
from domain.unit import Role
from domain.workdays import Calendar
from store.questions.situations import state_now
from store.tables import DraftRow, DutyRow, DutyUnitRow, PersonRow, PositionRow, UnitRow

ONE_DAY = timedelta(days=1)
AHEAD = timedelta(days=400)
"""How far two schedules are compared: every yearly period comes round once."""
NAMED = 1_000
"""Units that a question names one by one."""


@dataclass(frozen=True)
class Overlap:
    """A unit that already owes the same form, or some of its figures, in the same periods."""

    unit: str
    title: str
    duty: str
    figures: tuple[str, ...]
    periods: tuple[str, ...]


@dataclass(frozen=True)
class Planned:
    """One approved draft as the duty it would become. `over`: occurrences that would open although their day
    has passed, overdue at once; `next`: the first whose day is still ahead; `said`: warnings about its chain
    and bans; `refused`: why it would not be issued at all; `ladder`: who would be told when, in words; `remark`:
    that the calendar of the next deadline's year is only expected; `chain`: the days of the steps before `next`.
    `letters`: day of the first letter → units it is about. `asleep`: the situation it waits for, without a day."""

    draft_id: int
    version: int
    terms: DutyTerms
    over: tuple[Due, ...]
    next: Due | None
    letters: Mapping[date, int]
    said: tuple[str, ...] = ()
    refused: str = ""
    ladder: str = ""
    remark: str = ""
    chain: Plan | None = None
    asleep: Situation | None = None

    @property
    def letter(self) -> date | None:
        """The day of the first letter of all."""
        return min(self.letters, default=None)

    @property
    def starts(self) -> list[tuple[date, Due]]:
        """The first periods a person may choose for a duty that comes round: the day to begin with, and the
        occurrence that is then the first."""
        if not self.over or self.terms.kind is not Kind.RECURRING:
            return []
        coming = [*self.over, *([self.next] if self.next else [])]
        days = [self.terms.schedule.first, *(due.stated_on + ONE_DAY for due in coming)]
        return list(zip(days, coming, strict=False))


@dataclass(frozen=True)
class Preview(Given):
    """`letters`: day of the first letters about a duty → units they are about; `planned`: each duty in the order of
    the text; `unmanned`: codes of units where nobody would be told."""

    overlaps: tuple[Overlap, ...]
    letters: Mapping[date, int]
    planned: tuple[Planned, ...] = ()
    unmanned: tuple[str, ...] = ()


def preview_issue(
    session: Session,
    directive_id: int,
    *,
    office: Office,
    calendar: Calendar,
    figures: Mapping[str, Collection[str]],
    at: datetime,
) -> Preview:
    """`figures`: names of the figures each pack asks for."""
    today = local_day(at, office.tz)
    drafts = [
        (draft, DutyTerms.model_validate(draft.terms)) for draft in approved_drafts(session, directive_id)
    ]
    asked = {a.unit for _, terms in drafts for a in terms.assignees}
    units = _units(session, asked)
    planned = [_planned(session, draft, terms, units, office, calendar, today) for draft, terms in drafts]
    terms = [one.terms for one in planned]
    letters: Counter[date] = Counter()
    for one in planned:
        letters.update(one.letters)
    return Preview(
        **vars(given_by(terms)),
        overlaps=tuple(_overlaps(session, terms, calendar, figures, today)),
        letters=dict(sorted(letters.items())),
        planned=tuple(planned),
        unmanned=tuple(_unmanned(session, sorted(asked & units.keys()), today)),
    )


def _unmanned(session: Session, codes: Collection[str], today: date) -> Iterator[str]:
    """Those without anybody who does the work or heads the unit."""
    named = [col(UnitRow.code).in_(codes)] if len(codes) <= NAMED else []
    since, until = col(PositionRow.valid_from), col(PositionRow.valid_to)
    manned = set(
        session.exec(
            select(UnitRow.code)
            .join(PositionRow, col(PositionRow.unit_id) == col(UnitRow.id))
            .join(PersonRow, col(PersonRow.id) == col(PositionRow.person_id))
            .where(
                col(PositionRow.role).in_((Role.OFFICER, Role.HEAD)),
                col(PersonRow.active),
                *named,
                since.is_(None) | (since <= today),
                until.is_(None) | (until >= today),
            )
        )
    )
    return (code for code in codes if code not in manned)


def _units(session: Session, codes: Collection[str]) -> Mapping[str, UnitRow]:
    """By code; nearly all of a large office are read as all, for a question names only so many."""
    named = [col(UnitRow.code).in_(codes)] if len(codes) <= NAMED else []
    return {unit.code: unit for unit in session.exec(select(UnitRow).where(*named)).all()}


def _planned(
    session: Session,
    draft: DraftRow,
    terms: DutyTerms,
    units: Mapping[str, UnitRow],
    office: Office,
    calendar: Calendar,
    today: date,
) -> Planned:
    if (bound := terms.situation) and state_now(session, bound.name) != bound.state:
        return _objected(
            session, Planned(draft.id, draft.version, terms, (), None, {}, asleep=bound), units, office, today
        )
    first, times = terms.schedule.first, _times(terms)
    over = [due for due in occurrences(times, calendar, since=first, until=today) if due.due_on < today]
    ahead = (due for due in _coming(times, calendar, today) if due.due_on >= today)
    coming = next(ahead, None)
    planned = Planned(
        draft.id, draft.version, terms, tuple(over), coming,
        first_letters(terms, coming, office, calendar, today) if coming else {},
        ladder=say(frozen_ladder(terms, office)) if coming else "",
        remark=calendar.remark(coming.due_on) if coming else "",
        chain=_steps(terms, coming, calendar, today) if coming else None,
    )  # fmt: skip
    return _objected(session, planned, units, office, today)


def _objected(
    session: Session, planned: Planned, units: Mapping[str, UnitRow], office: Office, today: date
) -> Planned:
    terms = planned.terms
    try:
        known = [units[a.unit] for a in terms.assignees if a.unit in units]
        given, said = object_to(session, terms, known, office, today)
        return replace(planned, terms=given, said=tuple(said))
    except Refused as refusal:
        return replace(planned, refused=str(refusal))


def _steps(terms: DutyTerms, due: Due, calendar: Calendar, today: date) -> Plan | None:
    """As what is said of a chain too short: nothing begins before the duty is issued."""
    if terms.chain is None:
        return None
    return plan(terms.chain, due.due_on, calendar, not_before=max(due.opens_on, today))


def first_letters(
    terms: DutyTerms, due: Due, office: Office, calendar: Calendar, today: date
) -> Mapping[date, int]:
    """Days the first rung is told, with the units it is about: of a chain whoever gives a part hears of a deadline of
    their own. Never before the work opens."""
    ladder = frozen_ladder(terms, office)
    told: Counter[date] = Counter()
    for due_on, parts in deadlines(terms.chain, due, calendar):
        moment = ladder.moment(0, due_on, calendar, office.tz)
        units = sum(one.part in parts for one in terms.assignees)
        if moment and units:
            told[max(moment.date(), due.opens_on, today)] += units
    return dict(told)


def _times(terms: DutyTerms) -> Schedule:
    """A term from an event to come is no day yet."""
    return terms.schedule.model_copy(update={"stated": ""}) if terms.kind is Kind.DORMANT else terms.schedule


def _coming(schedule: Schedule, calendar: Calendar, today: date) -> list[Due]:
    since = max(today, schedule.first)
    return occurrences(schedule, calendar, since=since, until=since + AHEAD)


def _overlaps(
    session: Session,
    terms: Sequence[DutyTerms],
    calendar: Calendar,
    figures: Mapping[str, Collection[str]],
    today: date,
) -> Iterator[Overlap]:
    if not any(duty.pack for duty in terms):
        return
    running = session.exec(select(DutyRow).where(col(DutyRow.pack) != "").order_by(col(DutyRow.id))).all()
    for new in terms:
        for duty in running:
            shared = _shared(new, duty, figures)
            periods = _both(new, duty, calendar, today) if shared else ()
            owing = _owing(session, duty) if periods else ()
            for one in new.assignees:
                if one.unit in owing:
                    yield Overlap(one.unit, new.title, duty.title, shared, periods)


def _both(new: DutyTerms, duty: DutyRow, calendar: Calendar, today: date) -> tuple[str, ...]:
    """Periods in which both come round."""
    theirs = {due.period for due in _coming(duty.terms_of_time(), calendar, today)}
    return tuple(due.period for due in _coming(new.schedule, calendar, today) if due.period in theirs)


def _shared(new: DutyTerms, duty: DutyRow, figures: Mapping[str, Collection[str]]) -> tuple[str, ...]:
    """Figures both ask for, in the order of the new form; the form's own name where it has no figures."""
    known = figures.get(duty.pack, ())
    same = tuple(name for name in figures.get(new.pack, ()) if name in known)
    return same or ((new.pack,) if new.pack and new.pack == duty.pack else ())


def _owing(session: Session, duty: DutyRow) -> Collection[str]:
    """Codes of the units that owe the duty's figures."""
    rows = session.exec(
        select(UnitRow.code, DutyUnitRow.part)
        .join(DutyUnitRow, col(DutyUnitRow.unit_id) == col(UnitRow.id))
        .where(col(DutyUnitRow.duty_id) == duty.id)
    )
    return {code for code, part in rows if duty.asks_figures_of(Part(part))}
