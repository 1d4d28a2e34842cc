"""What will be sent to whom in the coming days when nobody does anything. Reads, and writes nothing."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache, partial

import sqlalchemy as sa
from sqlmodel import Session, col, select

from actions.open_occurrences import COLUMNS, new_assignments, still_to_open
from actions.preview_prompts import About, Prompt, prompts_to_come
from actions.write_letters import covered, letters_not_left, letters_of, paces
from domain.assignment import OPEN, Part
from domain.duty import BY_CALENDAR, Force
from domain.escalation import Fate, Ladder
from domain.foretelling import Climber, Foretold, Stage
from domain.instants import at_clock, local_day
from domain.letter import LetterKind
from domain.office import Office
from domain.recipients import Staff, addressed
from domain.workdays import Calendar
from store.questions.parts import delivered
from store.tables import AssignmentRow, DutyRow, NoticeLetterRow, NoticeRow, OccurrenceRow, OutboxRow, UnitRow

OPENING = time(0, 10)
"""When the schedule opens the day's occurrences."""


@dataclass(frozen=True)
class Preview:
    """One letter to come; `held`: why a person will have to release it."""

    day: date
    kind: LetterKind
    to_name: str
    to_address: str
    about: tuple[About, ...]
    held: str


def preview(
    session: Session, *, office: Office, calendar: Calendar, staff: Staff, at: datetime, days: int = 30
) -> list[Preview]:
    """Letters that will be written from `at` until `days` days later, in order of time, when nobody acts and no
    setting changes. Answers to what people do (returned work, declared situations) cannot be foretold; visits stay
    sealed until they open."""
    until, today = at + timedelta(days=days), local_day(at, office.tz)
    waiting = cache(partial(letters_not_left, session))  # asked once, whatever the number of days
    open_now, pending = _open(session, at, until)
    works = {**open_now, **_coming(session, office, calendar, at, until)}
    led = {c.matter for c, _ in works.values() if isinstance(c.matter, int)}
    stage = Stage(
        office=office, calendar=calendar, staff=staff, covered=set(covered(session, led)), paces=paces(session),
        posted=lambda people, day: letters_of(session, people, day, office) if day == today else waiting(),
    )  # fmt: skip
    _wait(session, stage, works, pending, office)
    climbers = [climber for climber, _ in works.values()]
    told = list(stage.play(climbers, at, until))
    units = dict(session.exec(select(UnitRow.id, UnitRow.name)).all())
    prompts = prompts_to_come(session, office=office, calendar=calendar, staff=staff, at=at, until=until)
    said = [(one.at, _said(one, works, units, office)) for one in told]
    said += [(one.at, _prompted(one, office)) for one in prompts]
    return [letter for _, letter in sorted(said, key=lambda one: one[0])]


Works = dict[object, tuple[Climber, tuple[str, str]]]
"""By key: the assignment on its ladder, with its duty's title and its period."""


def _said(one: Foretold, works: Works, units: dict[int, str], office: Office) -> Preview:
    about = set()
    for key in one.about:
        climber, (title, period) = works[key]
        about.add(About(climber.due_on, title, period, units[climber.unit_id]))
    holders = one.bundle.holders
    return Preview(
        day=local_day(one.at, office.tz),
        kind=one.bundle.kind,
        to_name=addressed(holders),
        to_address=holders[0].person.email or "",
        about=tuple(sorted(about)),
        held=one.held,
    )


def _prompted(one: Prompt, office: Office) -> Preview:
    holders = one.letter["holders"]
    return Preview(
        day=local_day(one.at, office.tz),
        kind=one.letter["kind"],
        to_name=addressed(holders),
        to_address=holders[0].person.email or "",
        about=(one.about,),
        held="",
    )


def _open(session: Session, at: datetime, until: datetime) -> tuple[Works, list[NoticeRow]]:
    """Assignments with a rung before `until`, and those of which a notice waits to be told; these notices, oldest
    first."""
    a = AssignmentRow
    n = NoticeRow
    waits = select(n.assignment_id).where(col(n.fate) == Fate.PENDING)
    rows = session.execute(
        sa.select(a, OccurrenceRow, DutyRow, n)
        .join(OccurrenceRow, col(OccurrenceRow.id) == col(a.occurrence_id))
        .join(DutyRow, col(DutyRow.id) == col(OccurrenceRow.duty_id))
        .outerjoin(n, sa.and_(col(n.assignment_id) == col(a.id), col(n.fate) == Fate.PENDING))
        .where(col(a.state).in_(OPEN), (col(a.next_action_at) < until) | col(a.id).in_(waits))
        .order_by(col(a.occurrence_id), col(a.due_on), col(a.step), col(a.id))
    ).all()
    ladders: dict[int, Ladder] = {}
    found: Works = {}
    pending: list[NoticeRow] = []
    moot = delivered(session, {row.occurrence_id for row, *_ in rows if row.part is Part.COORDINATOR})
    for row, occurrence, duty, notice in rows:
        if notice is not None and notice.due_on == row.due_on:
            pending.append(notice)
        ladder = ladders.setdefault(duty.id, duty.frozen_ladder())
        climber = Climber(
            key=row.id, matter=row.occurrence_id, unit_id=row.unit_id, part=row.part, due_on=row.due_on,
            due_at=row.due_at, ladder=ladder, step=row.step, opens_at=at, person_id=row.person_id,
            request=duty.force is Force.REQUEST, moot=row.part is Part.COORDINATOR and row.occurrence_id in moot,
        )  # fmt: skip
        found[row.id] = (climber, (duty.title, occurrence.period))
    return found, sorted(pending, key=lambda notice: notice.id)


def _coming(session: Session, office: Office, calendar: Calendar, at: datetime, until: datetime) -> Works:
    """Assignments that the schedule will open by itself."""
    last = local_day(until, office.tz)
    duties = session.exec(
        select(DutyRow)
        .where(col(DutyRow.kind).in_(BY_CALENDAR), col(DutyRow.asleep).is_(False))
        .order_by(col(DutyRow.id))
    )
    found: Works = {}
    for duty in duties:
        for climber, period in _opened(session, duty, office, calendar, local_day(at, office.tz), last):
            climber.opens_at = max(climber.opens_at, at)
            found[climber.key] = (climber, (duty.title, period))
    return found


def _opened(
    session: Session, duty: DutyRow, office: Office, calendar: Calendar, today: date, last: date
) -> Iterator[tuple[Climber, str]]:
    ladder = duty.frozen_ladder()
    for due in still_to_open(duty, last, calendar):
        for question in new_assignments(session, duty, due, 0, today, calendar=calendar, zone=office.tz):
            for row in session.execute(question):
                new = dict(zip(COLUMNS, row, strict=True))
                yield (
                    Climber(
                        key=(duty.id, due.period, new["unit_id"]),
                        matter=(duty.id, due.period),
                        unit_id=new["unit_id"],
                        part=Part(new["part"]),
                        due_on=new["due_on"],
                        due_at=new["due_at"],
                        ladder=ladder,
                        step=0,
                        opens_at=at_clock(due.opens_on, OPENING, office.tz),
                        request=duty.force is Force.REQUEST,
                    ),
                    due.period,
                )


def _wait(session: Session, stage: Stage, works: Works, pending: Sequence[NoticeRow], office: Office) -> None:
    """Notices that wait now, with whoever has been told of them."""
    told = _told(session) if pending else {}
    for notice in pending:
        stage.wait(
            works[notice.assignment_id][0], notice.role, notice.binding, local_day(notice.at, office.tz),
            told=told.get(notice.id, ()),
        )  # fmt: skip


def _told(session: Session) -> dict[int, set[int]]:
    """Persons written to already, by notice that waits for more."""
    rows = session.execute(
        sa.select(col(NoticeLetterRow.notice_id), col(OutboxRow.person_id))
        .join(OutboxRow, col(OutboxRow.id) == col(NoticeLetterRow.outbox_id))
        .join(NoticeRow, col(NoticeRow.id) == col(NoticeLetterRow.notice_id))
        .where(col(NoticeRow.fate) == Fate.PENDING, col(OutboxRow.person_id).is_not(None))
    )
    told: dict[int, set[int]] = {}
    for notice_id, person_id in rows:
        told.setdefault(notice_id, set()).add(person_id)
    return told
