"""Put a letter into words at the moment it is claimed, from the facts as they are then."""

import logging
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import func, select, update
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session, col

from actions import inspection_letters
from domain import explanation
from domain.assignment import DELIVERED, OPEN, OUT, Part, State
from domain.duty import Force
from domain.escalation import Fate
from domain.explanation import Explanation
from domain.inspection import VisitPack
from domain.instants import local_day
from domain.letter import PRESSING, LetterKind
from domain.office import Office
from domain.waiting import Awaited
from domain.wording import say_clause
from domain.workdays import Calendar
from notifications import letters
from notifications.render import Rendered, render
from reports.reminder_letter import Owed
from store.questions.explanations import latest_explanations
from store.questions.parts import delivered, lacking_in, leads_in
from store.questions.told_before import Told, told_before
from store.questions.visits import visit_pack
from store.tables import (
    AssignmentRow,
    DirectiveRow,
    DutyRow,
    ExplanationRow,
    NoticeLetterRow,
    NoticeRow,
    OccurrenceRow,
    OutboxRow,
    PersonRow,
    SubmissionRow,
    UnitRow,
    WaitingRow,
)

log = logging.getLogger("dondoc.letters")


@dataclass(frozen=True)
class Worded(Rendered):
    """A letter with what its enclosures speak of: overdue work, or a visit that was opened. `optional`: nothing in
    it is more than information."""

    owed: tuple[Owed, ...] = ()
    visit: VisitPack | None = None
    optional: bool = False


CLASSES = {
    LetterKind.REMINDER: letters.Reminder,
    LetterKind.OVERDUE: letters.Overdue,
    LetterKind.DIGEST: letters.Digest,
}


@dataclass(frozen=True)
class Unwritable:
    """A letter whose words fail; `why` is for whoever mends it. `passing`: the machine was short of memory, the
    same words may do later."""

    why: str
    passing: bool = False


def write_all(
    session: Session,
    rows: Sequence[OutboxRow],
    *,
    office: Office,
    calendar: Calendar,
    base_url: str,
    at: datetime,
) -> Iterator[tuple[OutboxRow, "Rendered | Unwritable | None"]]:
    """Each letter's text, None when nothing is left to say, or why it cannot be written. Notices whose work is
    done are cancelled. One letter that cannot be written never keeps the others from leaving."""
    works, over = _open_work(session, [row.copy_of or row.id for row in rows], at)
    _cancel(session, over)
    today = local_day(at, office.tz)
    pressed = {row.person_id for row in rows if row.kind in PRESSING and row.person_id}
    before = told_before(session, pressed, at, today)
    for row in rows:
        say = Wording(office, calendar, base_url, row.to_name, today)
        mine = works[row.copy_of or row.id]
        yield row, _write_or_say_why(session, row, mine, say, before.get(row.person_id or 0, {}))


def as_of_now(
    session: Session, outbox_id: int, *, office: Office, calendar: Calendar, base_url: str, at: datetime
) -> "Rendered | Unwritable | None":
    """The text the letter would have if it were claimed now, to the reader it has; nothing is written or cancelled."""
    row = session.get_one(OutboxRow, outbox_id)
    works, _ = _open_work(session, [row.copy_of or row.id], at)
    pressing = {row.person_id} if row.kind in PRESSING and row.person_id else set()
    before = told_before(session, pressing, at, local_day(at, office.tz)).get(row.person_id or 0, {})
    say = Wording(office, calendar, base_url, row.to_name, local_day(at, office.tz))
    return _write_or_say_why(session, row, works[row.copy_of or row.id], say, before)


def _write_or_say_why(
    session: Session, row: OutboxRow, works: Sequence["Work"], say: "Wording", before: Told
) -> "Rendered | Unwritable | None":
    try:
        return _write(session, row, works, say, before)
    except DBAPIError:
        raise  # the database's trouble is not the letter's
    except MemoryError:
        return Unwritable("thiếu bộ nhớ", passing=True)
    except Exception as error:
        log.exception("letter %s cannot be written", row.key)
        return Unwritable(f"{type(error).__name__}: {error}")


def _write(
    session: Session, row: OutboxRow, works: Sequence["Work"], say: "Wording", before: Told
) -> Rendered | None:
    if row.kind is LetterKind.NOT_MET:
        return _not_met(session, row, say)
    if row.kind is LetterKind.RETURNED:
        return _returned(session, row, say)
    if row.kind is LetterKind.AWAITED:
        return _awaited(session, row, say)
    if row.kind is LetterKind.EXPLANATION:
        return _explanation(session, row, say)
    if row.kind is LetterKind.ALARM:
        return _alarm(row, say)
    if row.kind is LetterKind.VISIT:
        return _visit(session, row, say)
    if row.kind is LetterKind.FINDINGS:
        letter = inspection_letters.findings(session, row.facts, say.frame)
        return render(letter) if letter else None
    parts = {work.occurrence_id for work in works if work.part is Part.COORDINATOR}
    led = leads_in(session, parts) if parts and row.kind is LetterKind.DIGEST else {}
    return _of_works(row, works, say, before, led)


def _of_works(
    row: OutboxRow, works: Sequence["Work"], say: "Wording", before: Told, led: Mapping[int, Sequence[str]]
) -> Rendered | None:
    """`led`: by occurrence who waits for the parts."""
    if not works:
        return None
    said = [(say.item(work), work) for work in works]
    said.sort(key=lambda one: (-one[0].late, one[0].unit, one[0].title))
    told = {"earlier": say.earlier(before, {work.id for work in works})} if row.kind in PRESSING else {}
    rendered = render(
        CLASSES[row.kind](
            office=say.office.name,
            to_name=row.to_name,
            today=say.today,
            home_url=say.base_url,
            items=tuple(item for item, _ in said),
            **told,
        )
    )
    if row.kind is not LetterKind.DIGEST:
        return rendered
    return Worded(
        **vars(rendered),
        owed=tuple(
            _owed(item, tuple(led.get(work.occurrence_id, ())) if work.part is Part.COORDINATOR else ())
            for item, work in said
            if item.late > 0
        ),
        optional=not any(work.binding for work in works),
    )


def _owed(item: letters.Item, leads: tuple[str, ...]) -> Owed:
    source = ", ".join(filter(None, (say_clause(item.clause), item.directive)))
    key = f"viec-{item.url.rpartition('/')[2]}"
    return Owed(key, item.unit, item.title, source, item.due_on, item.late, item.url, leads)


class Work(NamedTuple):
    """One assignment with everything a letter says about it."""

    id: int
    part: Part
    state: State
    due_on: date
    due_at: datetime
    occurrence_id: int
    period: str
    title: str
    clause: str
    force: Force
    directive: str
    unit_id: int
    unit: str
    lacking: tuple[str, ...] = ()
    binding: bool = True
    explanation: Explanation | None = None


@dataclass(frozen=True)
class Wording:
    office: Office
    calendar: Calendar
    base_url: str
    to_name: str
    today: date

    @property
    def frame(self) -> dict[str, Any]:
        """What every letter carries."""
        return {
            "office": self.office.name,
            "to_name": self.to_name,
            "today": self.today,
            "home_url": self.base_url,
        }

    def explained(self, one: Explanation | None) -> str:
        if one is None:
            return ""
        answered_on = local_day(one.answered_at, self.office.tz) if one.answered_at else None
        return explanation.say(one, answered_on, self.today)

    def earlier(self, told: Told, now: Collection[int]) -> letters.Earlier | None:
        """What was told before and is not told `now`."""
        rest = [one for id_, one in told.items() if id_ not in now]
        if not rest:
            return None
        late = max(self.calendar.for_unit(unit_id).count(due_on, self.today) for unit_id, due_on in rest)
        return letters.Earlier(count=len(rest), late=late)

    def item(self, work: Work) -> letters.Item:
        return letters.Item(
            title=work.title,
            clause=work.clause,
            directive=work.directive,
            unit=work.unit,
            period=work.period,
            due_on=work.due_on,
            late=self.calendar.for_unit(work.unit_id).count(work.due_on, self.today),
            url=f"{self.base_url}/viec/{work.id}",
            request=work.force is Force.REQUEST,
            lacking=work.lacking,
            explanation=self.explained(work.explanation),
            remark=self.calendar.remark(work.due_on) if work.due_on >= self.today else "",
        )


def _whole_work() -> Any:
    """The columns of `Work`, in its order: of a directive the text is long, and rows cost more than what they say."""
    a, duty, directive, unit = AssignmentRow, DutyRow, DirectiveRow, UnitRow
    named = [func.nullif(col(one), "") for one in (directive.symbol, directive.subject)]
    return (
        select(
            *(
                col(one)
                for one in (a.id, a.part, a.state, a.due_on, a.due_at, OccurrenceRow.id, OccurrenceRow.period)
            ),
            *(col(one) for one in (duty.title, duty.clause, duty.force)),
            func.coalesce(*named, directive.file_name),
            *(col(one) for one in (unit.id, unit.name)),
        )
        .select_from(a)
        .join(OccurrenceRow, col(a.occurrence_id) == col(OccurrenceRow.id))
        .join(duty, col(OccurrenceRow.duty_id) == col(duty.id))
        .join(directive, col(duty.directive_id) == col(directive.id))
        .join(unit, col(a.unit_id) == col(unit.id))
    )


def _open_work(
    session: Session, outbox_ids: Sequence[int], at: datetime
) -> tuple[Mapping[int, Sequence[Work]], Collection[int]]:
    """For each letter the work it speaks of that is still open, each once, in order of deadline; and the notices of
    the rest, about which nothing is to be said any more."""
    told = (NoticeRow.id, NoticeRow.due_on, NoticeRow.fate, NoticeRow.binding, NoticeLetterRow.outbox_id)
    rows = session.execute(
        _whole_work()
        .add_columns(*map(col, told))
        .join(NoticeRow, col(NoticeRow.assignment_id) == col(AssignmentRow.id))
        .join(NoticeLetterRow, col(NoticeLetterRow.notice_id) == col(NoticeRow.id))
        .where(col(NoticeLetterRow.outbox_id).in_(outbox_ids))
        .order_by(col(AssignmentRow.due_on), col(AssignmentRow.id))
    ).all()
    found = [(Work(*row[: -len(told)]), *row[-len(told) :]) for row in rows]
    led = {work.occurrence_id for work, *_ in found if work.part is Part.LEAD}
    lacking = lacking_in(session, led) if led else {}
    explained = latest_explanations(session, {work.id for work, *_ in found})
    moot = delivered(session, {work.occurrence_id for work, *_ in found if work.part is Part.COORDINATOR})
    open_work: dict[int, dict[int, Work]] = {outbox_id: {} for outbox_id in outbox_ids}
    over: set[int] = set()
    for work, notice_id, due_on, fate, binding, outbox_id in found:
        asked_in_vain = work.force is Force.REQUEST and work.due_at <= at  # nobody is pressed for it
        in_vain = asked_in_vain or (work.part is Part.COORDINATOR and work.occurrence_id in moot)
        if work.state in OPEN and work.due_on == due_on and not in_vain:
            before = open_work[outbox_id].get(work.id)
            open_work[outbox_id][work.id] = work._replace(
                lacking=tuple(lacking[work.occurrence_id]) if work.part is Part.LEAD else (),
                binding=binding or (before is not None and before.binding),
                explanation=explained.get(work.id),
            )
        elif fate is Fate.MAILED:
            over.add(notice_id)
    return {outbox_id: list(works.values()) for outbox_id, works in open_work.items()}, over


def _cancel(session: Session, notice_ids: Collection[int]) -> None:
    if notice_ids:
        reason = "đã nộp, đang chờ hoặc đã đổi hạn trước khi gửi"
        session.execute(
            update(NoticeRow)
            .where(col(NoticeRow.id).in_(notice_ids))
            .values(fate=Fate.CANCELLED, reason=reason)
        )


def _one_work(session: Session, assignment_id: int | None) -> Work:
    return Work(*session.execute(_whole_work().where(col(AssignmentRow.id) == assignment_id)).one())


def _returned(session: Session, row: OutboxRow, say: Wording) -> Rendered | None:
    work = _one_work(session, row.assignment_id)
    if work.state is not State.RETURNED:
        return None
    return render(
        letters.Returned(
            office=say.office.name,
            to_name=say.to_name,
            today=say.today,
            home_url=say.base_url,
            item=say.item(work),
            findings=tuple(row.facts["findings"]),
            round=row.facts["round"],
        )
    )


def _not_met(session: Session, row: OutboxRow, say: Wording) -> Rendered | None:
    """A report that has gone back meanwhile, or was handed in anew, is judged anew."""
    work = _one_work(session, row.assignment_id)
    last = session.scalars(
        select(func.max(SubmissionRow.round)).where(col(SubmissionRow.assignment_id) == row.assignment_id)
    ).one()
    if work.state not in DELIVERED or last != row.facts["round"]:
        return None
    return render(
        letters.NotMet(
            **say.frame,
            item=say.item(work),
            findings=tuple(row.facts["findings"]),
            round=row.facts["round"],
        )
    )


def _visit(session: Session, row: OutboxRow, say: Wording) -> Rendered | None:
    pack = visit_pack(session, row.facts["visit"])
    if pack is None or row.person_id is None:
        return None
    letter = inspection_letters.opened(pack, row.person_id, say.frame)
    return Worded(**vars(render(letter)), visit=pack) if letter else None


def _alarm(row: OutboxRow, say: Wording) -> Rendered:
    return render(
        letters.Alarm(
            office=say.office.name,
            to_name=say.to_name,
            today=say.today,
            home_url=say.base_url,
            lines=tuple(
                said if times == 1 else f"{said} ({times} lần)"
                for said, times in Counter(row.facts["lines"]).items()
            ),
        )
    )


def _awaited(session: Session, row: OutboxRow, say: Wording) -> Rendered | None:
    waiting = session.get_one(WaitingRow, row.waiting_id)
    if waiting.ended_at is not None:
        return None
    item = say.item(_one_work(session, waiting.assignment_id))
    above, superior = row.facts["above"], waiting.kind is Awaited.SUPERIOR
    return render(
        letters.Awaited(
            office=say.office.name,
            to_name=say.to_name,
            today=say.today,
            home_url=say.base_url,
            item=item,
            since=local_day(waiting.started_at, say.office.tz),
            who=waiting.who,
            reason=waiting.reason,
            url=item.url
            if above or superior
            else f"{say.base_url}/viec",  # another unit's work is not theirs
            above=above,
            superior=superior,
        )
    )


def _explanation(session: Session, row: OutboxRow, say: Wording) -> Rendered | None:
    """A demand that was answered meanwhile is not sent any more; nor is one about work that has ended."""
    demand = session.get_one(ExplanationRow, row.explanation_id)
    work = _one_work(session, demand.assignment_id)
    answered = row.facts["stage"] == "answered"
    if work.state in OUT or bool(demand.answered_at) is not answered:
        return None
    asker = session.get(PersonRow, demand.demanded_by) if demand.demanded_by else None
    zone = say.office.tz
    return render(
        letters.Explanation(
            office=say.office.name,
            to_name=say.to_name,
            today=say.today,
            home_url=say.base_url,
            item=say.item(work),
            question=demand.question,
            asked_by=asker.name if asker else say.office.name,
            asked_on=local_day(demand.asked_at, zone),
            answer_by=demand.answer_by,
            answer=demand.answer,
            answered_on=local_day(demand.answered_at, zone) if demand.answered_at else None,
            silent=row.facts["stage"] == "silent",
        )
    )
