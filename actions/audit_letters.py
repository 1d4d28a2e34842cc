"""Work out again, from ladders and calendar alone, what should have been told, and compare it with what was.

The sweep trusts the moment it stored; this does not. Nothing here mends anything, a person decides; only counts of
what is there are counted again where they are wrong.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from actions.audit_waits import missed_explanations, missed_waits
from actions.own_days import shares
from domain.assignment import OPEN
from domain.escalation import Fate, Ladder
from domain.incident import Check, Suspicion
from domain.instants import local_day
from domain.letter import LetterKind, MailState
from domain.office import Office
from domain.wording import say_day
from domain.workdays import Calendar
from store import audit
from store.standing_counts import recount
from store.tables import (
    AssignmentRow,
    DeliveryRow,
    DutyRow,
    NoticeLetterRow,
    NoticeRow,
    OccurrenceRow,
    OutboxRow,
)

LATE = timedelta(hours=1)
"""The clock ticks every five minutes; what is an hour late has been missed."""
STUCK = timedelta(hours=24)
KEPT_DAYS = 2
"""Working days a notice may wait for its reader's share of a day."""
INFORMS_WITHIN = 7
"""The same for one that only informs: its reader may want it with the next week's."""
LOOK_BACK = timedelta(days=3)
NIGHTLY_LINES = 2000
"""Lines of the trail looked at each night; `dondoc doctor` reads all of it."""


def suspicions(session: Session, at: datetime, *, office: Office, calendar: Calendar) -> list[Suspicion]:
    """Everything that does not hold at `at`, in a fixed order; empty is what one wants."""
    ladders, zone = _Ladders(session), office.tz
    return [
        *_missed_rungs(session, ladders, at, calendar, zone),
        *missed_waits(session, at, LATE, office=office, calendar=calendar),
        *missed_explanations(session, at, LATE, office=office, calendar=calendar),
        *_missing_notices(session, ladders),
        *_stuck_notices(session, at, calendar, zone),
        *_stuck_letters(session, at),
        *_out_of_order(session, at),
        *_broken_trail(session),
        *_miscounted(session),
    ]


class _Ladders:
    """Frozen ladders by occurrence, each duty's read once."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.known: dict[int, Ladder] = {}

    def of(self, occurrence_id: int) -> Ladder:
        duty_id = self.session.get_one(OccurrenceRow, occurrence_id).duty_id
        if duty_id not in self.known:
            self.known[duty_id] = self.session.get_one(DutyRow, duty_id).frozen_ladder()
        return self.known[duty_id]


def _missed_rungs(
    session: Session, ladders: _Ladders, at: datetime, calendar: Calendar, zone: ZoneInfo
) -> Iterator[Suspicion]:
    """Open work whose next rung, by ladder and calendar, fell more than an hour ago or has no moment stored."""
    a = AssignmentRow
    asleep = col(a.next_action_at).is_(None)
    rows = (
        (own, *row)
        for own, who in shares(calendar, col(a.unit_id))
        for row in session.execute(
            select(col(a.occurrence_id), col(a.due_on), col(a.step), asleep, func.count())
            .where(col(a.state).in_(OPEN), who)
            .group_by(col(a.occurrence_id), col(a.due_on), col(a.step), asleep)
            .order_by(col(a.occurrence_id), col(a.due_on), col(a.step))
        ).all()
    )
    for own, occurrence_id, due_on, step, no_moment, count in rows:
        moment = ladders.of(occurrence_id).moment(step, due_on, own, zone)
        if moment is not None and (no_moment or moment <= at - LATE):
            yield Suspicion(
                kind=Check.RUNG,
                subject=f"occurrence:{occurrence_id}",
                detail=f"{count} đơn vị, hạn {say_day(due_on)}: bậc nhắc {step + 1} đến lúc "
                f"{moment.astimezone(zone):%H:%M %d/%m/%Y} mà chưa được xử lý",
            )


def _missing_notices(session: Session, ladders: _Ladders) -> Iterator[Suspicion]:
    """Between the first rung taken for a deadline and the rung reached, every rung has a notice for each role."""
    a, n = AssignmentRow, NoticeRow
    taken = (
        select(
            col(a.occurrence_id), col(a.due_on), col(a.step),
            func.min(col(n.step)).label("first"), func.count().label("notices"),
        )
        .join(n, col(n.assignment_id) == col(a.id))
        .where(col(a.state).in_(OPEN), col(n.due_on) == col(a.due_on), col(n.step) < col(a.step))
        .group_by(col(a.id), col(a.occurrence_id), col(a.due_on), col(a.step))
        .subquery()
    )  # fmt: skip
    each = (taken.c.occurrence_id, taken.c.due_on, taken.c.step, taken.c.first, taken.c.notices)
    for occurrence_id, due_on, step, first, notices, count in session.execute(
        select(*each, func.count()).group_by(*each).order_by(*each)
    ):
        wanted = sum(len(rung.to) for rung in ladders.of(occurrence_id).rungs[first:step])
        if notices != wanted:
            yield Suspicion(
                kind=Check.NOTICE,
                subject=f"occurrence:{occurrence_id}",
                detail=f"{count} đơn vị, hạn {say_day(due_on)}: có {notices} lượt nhắc, đúng ra là {wanted}",
            )


def _stuck_notices(session: Session, at: datetime, calendar: Calendar, zone: ZoneInfo) -> Iterator[Suspicion]:
    """A notice is told, has a reason why not, or waits at most a few days for its reader's share."""
    told = (
        select(col(NoticeLetterRow.notice_id))
        .where(col(NoticeLetterRow.notice_id) == col(NoticeRow.id))
        .exists()
    )
    rows = session.execute(
        select(NoticeRow)
        .where(
            or_(
                col(NoticeRow.fate) == Fate.PENDING,
                and_(col(NoticeRow.fate) == Fate.MAILED, ~told),
            )
        )
        .order_by(col(NoticeRow.id))
    ).scalars()
    for notice in rows:
        waited = calendar.count(local_day(notice.at, zone), local_day(at, zone))
        if notice.fate is Fate.MAILED:
            detail = "lượt nhắc ghi là đã gửi nhưng không có thư nào"
        elif waited > (KEPT_DAYS if notice.binding else INFORMS_WITHIN):
            detail = f"lượt nhắc từ {say_day(local_day(notice.at, zone))} vẫn chờ soạn thư"
        else:
            continue
        yield Suspicion(kind=Check.NOTICE, subject=f"assignment:{notice.assignment_id}", detail=detail)


def _stuck_letters(session: Session, at: datetime) -> Iterator[Suspicion]:
    o = OutboxRow
    rows = session.execute(
        select(o)
        .where(
            or_(
                and_(col(o.state) == MailState.PENDING, col(o.not_before) <= at - STUCK),
                and_(col(o.state) == MailState.SENDING, col(o.lease_until) <= at - STUCK),
                and_(col(o.state) == MailState.HELD, col(o.created_at) <= at - STUCK),
            )
        )
        .order_by(col(o.id))
    ).scalars()
    words = {MailState.PENDING: "chờ gửi", MailState.SENDING: "gửi dở", MailState.HELD: "bị giữ lại"}
    for letter in rows:
        yield Suspicion(
            kind=Check.LETTER,
            subject=f"outbox:{letter.id}",
            detail=f"thư cho {letter.to_name} {words[letter.state]} đã quá một ngày",
        )


def _out_of_order(session: Session, at: datetime) -> Iterator[Suspicion]:
    """A leader's letter that left before anybody tried to send an earlier rung's letter of the same work."""
    letter, other = aliased(OutboxRow), aliased(OutboxRow)
    link, other_link = aliased(NoticeLetterRow), aliased(NoticeLetterRow)
    mine, earlier = aliased(NoticeRow), aliased(NoticeRow)
    tried = (
        select(col(DeliveryRow.id))
        .where(col(DeliveryRow.outbox_id) == col(other.id), col(DeliveryRow.at) <= col(letter.sent_at))
        .exists()
    )
    rows = session.execute(
        select(col(letter.id), col(letter.to_name), col(mine.assignment_id))
        .join(link, col(link.outbox_id) == col(letter.id))
        .join(mine, col(mine.id) == col(link.notice_id))
        .join(
            earlier,
            and_(
                col(earlier.assignment_id) == col(mine.assignment_id),
                col(earlier.due_on) == col(mine.due_on),
                col(earlier.step) < col(mine.step),
            ),
        )
        .join(other_link, col(other_link.notice_id) == col(earlier.id))
        .join(other, col(other.id) == col(other_link.outbox_id))
        .where(
            col(letter.kind) == LetterKind.DIGEST,
            col(letter.sent_at) >= at - LOOK_BACK,
            col(other.id) != col(letter.id),
            col(other.state) != MailState.SKIPPED,
            ~tried,
        )
        .distinct()
        .order_by(col(letter.id), col(mine.assignment_id))
    )
    for outbox_id, name, assignment_id in rows:
        yield Suspicion(
            kind=Check.ORDER,
            subject=f"outbox:{outbox_id}",
            detail=f"{name} được báo về việc {assignment_id} trước khi đơn vị được nhắc",
        )


def _broken_trail(session: Session) -> Iterator[Suspicion]:
    if broken := audit.verify(session, NIGHTLY_LINES):
        yield Suspicion(kind=Check.TRAIL, subject="audit", detail=broken)


def _miscounted(session: Session) -> Iterator[Suspicion]:
    if wrong := recount(session):
        detail = f"{wrong} số đếm của bảng theo dõi sai với việc đã giao; đã đếm lại"
        yield Suspicion(kind=Check.COUNT, subject="standing_count", detail=detail)
