"""What the preview says is what the schedule then sends when nobody acts."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import col, select

from actions.changes import By
from actions.demand_explanation import demand_explanation
from actions.hand_in import hand_in
from actions.preview_letters import Preview, preview
from actions.reassign import reassign
from actions.wait import wait_for
from domain.assignment import Part
from domain.duty import Assignee, DutyTerms, Force, Kind
from domain.escalation import Ladder, Rung
from domain.letter import MailState
from domain.unit import Role
from domain.waiting import Awaited
from flows.schedule import TABLE
from notifications.channel import Sent, Tell
from notifications.message import Mail
from runtime.settings import Settings
from runtime.tick import tick
from runtime.works import Works
from store.database import Database
from store.evidence import EvidenceStore
from store.tables import (
    AssignmentRow,
    DutyRow,
    ExplanationRow,
    NoticeLetterRow,
    NoticeRow,
    OccurrenceRow,
    OutboxRow,
    PersonRow,
    UnitRow,
    WaitingRow,
)
from tests.support.makers import OFFICE, a_database, a_person, an_issued_duty, an_office, monthly, once

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
START = datetime(2023, 2, 1, 9, 0, tzinfo=HANOI)
DAYS = 21
SCHOOLS = ("hoa-sen", "song-xanh", "anh-duong")

PROMPTS = ("awaited", "explanation")

Line = tuple[date, str, str, tuple[tuple[date, str, str, str], ...]]


class Wire:
    """Stands for the network: takes every letter."""

    async def send(self, mails: Iterable[Mail], tell: Tell) -> None:
        for mail in mails:
            tell(Sent(mail.id, "sent", "250 OK"))


@contextmanager
def an_installation(terms: Sequence[DutyTerms], cap: int, chair: bool) -> Iterator[Works]:
    with TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/dondoc.sqlite3"
        a_database(url).dispose()
        db = Database(url)
        sample = an_office(db, OFFICE.model_copy(update={"daily_letters": cap}))
        a_person(db, "an", "Vũ Thị An", sample.units["song-xanh"], Role.HEAD)
        if chair:
            a_person(db, "chu", "Hoàng Văn Chủ", sample.units["pgd"], Role.CHAIR)
        for number, one in enumerate(terms, start=1):
            title = f"{one.title} ({number})"  # a text of its own for each directive
            an_issued_duty(db, one.model_copy(update={"title": title}), at=START)
        yield Works(Settings(home=Path(folder)), db, EvidenceStore(Path(folder) / "evidence"), Wire())
        db.dispose()


def work_that_waits(works: Works) -> None:
    """Before the start: one school waits for a unit, one has put its work before the superior, one owes an
    explanation, and a second demand goes to it with work that was another's."""
    before = START - timedelta(hours=1)
    tick(works, TABLE, before)
    with works.db.transaction() as session:
        c, by = works.circumstances(session), By("mai", before)
        units = dict(session.execute(sa.select(col(UnitRow.code), col(UnitRow.id))).all())
        rows = session.exec(select(AssignmentRow).order_by(col(AssignmentRow.id))).all()
        hoa_sen, song_xanh, anh_duong, moved = (row.id for row in rows)
        dung = session.exec(select(PersonRow.id).where(col(PersonRow.code) == "dung")).one()
        wait = partial(wait_for, session, by=by, reason="chờ danh mục", office=c.office, calendar=c.calendar)
        wait(hoa_sen, kind=Awaited.UNIT, unit_id=units["th"])
        wait(song_xanh, kind=Awaited.SUPERIOR, unit_id=units["pgd"])
        ask = partial(
            demand_explanation, session, by=by, question="Vì sao?", office=c.office, calendar=c.calendar,
            staff=c.staff, person_id=dung,
        )  # fmt: skip
        ask(anh_duong)
        ask(moved, days=9)
        reassign(session, moved, "anh-duong", by, reason="nhầm", office=c.office, later=False)


def a_unit(works: Works, code: str) -> int:
    with works.db.read() as session:
        return session.exec(select(UnitRow.id).where(col(UnitRow.code) == code)).one()


def foretold(works: Works, at: datetime = START) -> list[Line]:
    with works.db.read() as session:
        c = works.circumstances(session)
        letters = preview(session, office=c.office, calendar=c.calendar, staff=c.staff, at=at, days=DAYS)
    return sorted(map(line, letters))


def line(one: Preview) -> Line:
    about = tuple(sorted((a.due_on, a.title, a.period, a.unit) for a in one.about))
    return one.day, one.kind.value, one.to_address, about


def sent(works: Works, hours: Sequence[time], since: datetime = START) -> list[Line]:
    """Play every moment at which something can happen, and read what left."""
    for n in range(DAYS + 1):
        day = since.date() + timedelta(days=n)
        for hour in sorted({time(0, 10), time(8, 0), *hours}):
            at = datetime.combine(day, hour, HANOI)
            if since <= at < since + timedelta(days=DAYS):
                tick(works, TABLE, at)
        if n == 0:
            tick(works, TABLE, since)
    return left(works, since)


def left(works: Works, since: datetime = START) -> list[Line]:
    """Letters written from the start on, each with the work it speaks of."""
    work = sa.func.coalesce(
        col(NoticeRow.assignment_id), col(WaitingRow.assignment_id), col(ExplanationRow.assignment_id)
    )
    with works.db.read() as session:
        rows = session.execute(
            sa.select(
                OutboxRow,
                *map(col, (AssignmentRow.due_on, DutyRow.title, OccurrenceRow.period, UnitRow.name)),
            )
            .outerjoin(NoticeLetterRow, col(NoticeLetterRow.outbox_id) == col(OutboxRow.id))
            .outerjoin(NoticeRow, col(NoticeRow.id) == col(NoticeLetterRow.notice_id))
            .outerjoin(WaitingRow, col(WaitingRow.id) == col(OutboxRow.waiting_id))
            .outerjoin(ExplanationRow, col(ExplanationRow.id) == col(OutboxRow.explanation_id))
            .join(AssignmentRow, col(AssignmentRow.id) == work)
            .join(OccurrenceRow, col(OccurrenceRow.id) == col(AssignmentRow.occurrence_id))
            .join(DutyRow, col(DutyRow.id) == col(OccurrenceRow.duty_id))
            .join(UnitRow, col(UnitRow.id) == col(AssignmentRow.unit_id))
            .where(col(OutboxRow.created_at) >= since)
        ).all()
    letters: dict[int, tuple[OutboxRow, set[tuple[date, str, str, str]]]] = {}
    for row, *about in rows:
        assert row.state is MailState.SENT
        letters.setdefault(row.id, (row, set()))[1].add(tuple(about))
    return sorted(
        (sent_day(row), row.kind.value, row.to_address, tuple(sorted(about)))
        for row, about in letters.values()
    )


def sent_day(row: OutboxRow) -> date:
    assert row.sent_at is not None
    return row.sent_at.astimezone(HANOI).date()


ROLES = st.sampled_from([(Role.OFFICER,), (Role.HEAD,), (Role.LEADER,), (Role.LEADER, Role.CHAIR)])


@st.composite
def ladders(draw: st.DrawFn) -> Ladder:
    offsets = sorted(draw(st.sets(st.integers(-4, 8), min_size=1, max_size=4)))
    rungs = [Rung(offset=offsets[0], to=(Role.OFFICER, Role.HEAD))]
    rungs += [Rung(offset=offset, to=draw(ROLES)) for offset in offsets[1:]]
    return Ladder(rungs=tuple(rungs), at=draw(st.sampled_from([time(8, 0), time(14, 0)])))


@st.composite
def duties(draw: st.DrawFn) -> DutyTerms:
    shared = draw(st.booleans())
    units = draw(st.lists(st.sampled_from(SCHOOLS), min_size=1, unique=True))
    parts = [Part.LEAD, *[Part.COORDINATOR] * 2] if shared else [Part.EXECUTOR] * 3
    schedule = draw(
        st.one_of(
            st.builds(monthly, st.sampled_from([date(2023, 2, 1), date(2023, 3, 1)])),
            st.builds(once, st.dates(date(2023, 2, 3), date(2023, 2, 24)), st.just(date(2023, 2, 1))),
        )
    )
    return DutyTerms(
        title=draw(st.sampled_from(["Báo cáo tháng", "Rà soát bếp ăn", "Kiểm kê thiết bị"])),
        kind=Kind.RECURRING if schedule.repeat == "monthly" else Kind.ONE_OFF,
        force=draw(st.sampled_from(Force)),
        assignees=tuple(Assignee(unit=unit, part=part) for unit, part in zip(units, parts, strict=False)),
        schedule=schedule,
        ladder=draw(ladders()),
    )


@settings(max_examples=8, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(terms=st.lists(duties(), min_size=1, max_size=4), cap=st.sampled_from([2, 5]), chair=st.booleans())
def test_the_preview_says_what_a_month_then_sends(terms: list[DutyTerms], cap: int, chair: bool) -> None:
    with an_installation(terms, cap, chair) as works:
        said = foretold(works)
        assert said == sent(works, [time(8, 0), time(14, 0)])


def test_the_preview_writes_nothing_and_names_person_day_and_work() -> None:
    report = DutyTerms(
        title="Báo cáo tháng",
        kind=Kind.RECURRING,
        assignees=(Assignee(unit="hoa-sen", part=Part.EXECUTOR),),
        schedule=monthly(),
    )
    with an_installation([report], cap=5, chair=False) as works:
        said = foretold(works)
        assert left(works) == []
    name = "Trường Tiểu học Hoa Sen"
    binh, dung = "binh@bensong.example.vn", "dung@bensong.example.vn"
    about = ((date(2023, 2, 14), "Báo cáo tháng (1)", "2023-02", name),)
    assert [(day, kind, to) for day, kind, to, _ in said] == [
        (date(2023, 2, 9), "reminder", binh),
        (date(2023, 2, 14), "reminder", binh),
        (date(2023, 2, 15), "overdue", binh),
        (date(2023, 2, 17), "digest", dung),
    ]
    assert said[0][3] == about


def test_reminders_of_what_is_waited_for_and_demanded_are_foretold() -> None:
    survey = DutyTerms(
        title="Kiểm kê thiết bị",
        kind=Kind.ONE_OFF,
        assignees=tuple(Assignee(unit=code, part=Part.EXECUTOR) for code in SCHOOLS),
        schedule=once(date(2023, 2, 27)),
    )
    moved = survey.model_copy(update={"assignees": survey.assignees[1:2]})
    with an_installation([survey, moved], cap=5, chair=False) as works:
        a_person(works.db, "lan", "Vũ Thị Lan", a_unit(works, "th"), Role.OFFICER)
        a_person(works.db, "duong", "Ngô Thái Dương", a_unit(works, "anh-duong"), Role.HEAD)
        work_that_waits(works)
        said = foretold(works)
        assert said == sent(works, [time(8, 0), time(14, 0)])
    prompts = [(day.day, kind, to.partition("@")[0]) for day, kind, to, _ in said if kind in PROMPTS]
    waits = [(6, "lan"), (6, "mai"), (9, "lan"), (9, "mai"), (15, "dung"), (15, "dung")]
    demands = [
        (1, "duong"),
        (6, "duong"),
        (7, "dung"),
        (7, "duong"),
        (14, "duong"),
        (15, "dung"),
        (15, "duong"),
    ]
    assert prompts == sorted(
        [(day, "awaited", who) for day, who in waits] + [(day, "explanation", who) for day, who in demands]
    )


def test_what_was_kept_for_another_day_is_foretold_with_the_rest() -> None:
    late, due = (
        DutyTerms(
            title="Kiểm kê thiết bị",
            kind=Kind.ONE_OFF,
            assignees=(Assignee(unit="hoa-sen", part=Part.EXECUTOR),),
            schedule=once(date(2023, 2, day)),
        )
        for day in (14, 15)
    )
    began = datetime(2023, 2, 14, 9, 0, tzinfo=HANOI)
    now = datetime(2023, 2, 15, 9, 0, tzinfo=HANOI)  # one is late, the other due: two letters, one a day
    with an_installation([late, due], cap=1, chair=False) as works:
        for at in (began, now - timedelta(hours=1)):
            tick(works, TABLE, at)
        said = foretold(works, now)
        assert said == sent(works, [time(8, 0), time(14, 0), time(20, 0)], now)  # a clock that seldom stops
    assert [(day.day, kind) for day, kind, *_ in said] == [(16, "overdue"), (17, "digest"), (20, "digest")]


def test_parts_of_what_the_lead_has_delivered_are_not_foretold() -> None:
    led = DutyTerms(
        title="Báo cáo chung",
        kind=Kind.ONE_OFF,
        assignees=(Assignee(unit="th", part=Part.LEAD), Assignee(unit="hoa-sen", part=Part.COORDINATOR)),
        schedule=once(date(2023, 2, 14)),
    )
    now = datetime(2023, 2, 6, 9, 0, tzinfo=HANOI)
    with an_installation([led], cap=5, chair=False) as works:
        tick(works, TABLE, now)
        with works.db.transaction() as session:
            whole = session.exec(select(AssignmentRow.id).where(AssignmentRow.part == Part.LEAD)).one()
            hand_in(session, whole, figures={}, by=By("mai", now), key="k")
        said = foretold(works, now)
        assert said == sent(works, [time(8, 0), time(14, 0)], now) == []
