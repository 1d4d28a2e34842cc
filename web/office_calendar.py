"""The office's calendar (Lịch): a month with its due days and days off, the year as a line, and the editor, which
says which open deadlines will move before anything is stored."""

from calendar import Calendar as Weeks
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from hashlib import sha256
from typing import Annotated, Any

from fastapi import APIRouter, Depends
from fastapi.responses import RedirectResponse, Response
from sqlmodel import Session, col, select

from actions.change_calendar import change_calendar
from actions.changes import By
from actions.errors import Refused
from actions.reproject import Moved
from domain.fields import canonical
from domain.sentence import Sentence
from domain.workdays import WEEKDAYS, CalendarDay, SchoolYear
from reports.year_line import year_line
from store.office import load_calendar
from store.questions.due_days import due_days, own_days, school_years
from store.tables import DutyRow, UnitRow
from web.desk import Desk, desk_for
from web.faults import Faulty, Reading, Sent
from web.forms import Posted, Word, word
from web.named_units import offered, one_code
from web.policy import Act
from web.words import _, say

router = APIRouter()

Clerk = Annotated[Desk, Depends(desk_for(Act.DECIDE))]
FIRST_YEAR, LAST_YEAR = 2000, 2100
MOST_DAYS = 31


@router.get("/lich")
def month(at: Clerk, thang: Word = "") -> Response:
    """`thang`: "2026-02"; what is none is this month."""
    return _month(at, _first(thang, at.today))


@router.post("/lich")
def edit(at: Clerk, form: Posted) -> Response:
    """With `luu` the change is stored, if it still moves what was shown; without, it is only shown."""
    shown = _first(word(form, "thang"), at.today)
    try:
        wanted = Change.of(at, form)
        moved = wanted.tried(at)
        if not word(form, "luu") or word(form, "da_xem") != moves_seen(moved):
            changed = bool(word(form, "luu"))
            return _month(at, shown, 409 if changed else 200, _kept(form), moved=moved, changed=changed)
        wanted.made(at)
    except Refused as refused:
        return _month(at, shown, 422, Sent(form, refused), str(refused))
    first = wanted.days[0].day if wanted.days else shown
    return RedirectResponse(f"/lich?thang={first:%Y-%m}", 303)


@router.get("/lich/nam")
def year(at: Clerk, nam: Word = "") -> Response:
    chosen = year_of(nam, at.today)
    with at.works.db.read() as session:
        found = due_days(session, date(chosen, 1, 1), date(chosen, 12, 31))
        calendar = load_calendar(session, at.office.calendar)
    duties: dict[int, tuple[str, list[tuple[date, bool]]]] = {}
    for one in found:
        duties.setdefault(one.duty_id, (one.title, []))[1].append((one.day, one.unfinished > 0))
    named = Sentence("Các ngày đến hạn trong năm {year}", year=chosen)
    return at.page(
        "office/year.html", year=chosen, line=year_line(chosen, _titled(duties), at.today, say(named)), duties=duties,
        entered=calendar.status(chosen), off=calendar.off_between(date(chosen, 1, 1), date(chosen, 12, 31)),
    )  # fmt: skip


def year_of(typed: str, today: date) -> int:
    """What is no year is this one."""
    known = typed.isascii() and typed.isdigit() and len(typed) == len(str(LAST_YEAR))
    return int(typed) if known and FIRST_YEAR <= int(typed) <= LAST_YEAR else today.year


class _OnlyTried(Exception):
    """The change was made to see what it moves; leaving the transaction by this undoes it."""


@dataclass(frozen=True)
class Change:
    """What a form asks of the calendar. `unit_id`: days of one unit's own."""

    days: Sequence[CalendarDay]
    years: Sequence[SchoolYear]
    unit_id: int | None
    by: By

    @classmethod
    def of(cls, at: Desk, form: Posted) -> "Change":
        """Raises `Faulty`."""
        read = Reading(form)
        days, years = _days(read), _years(read)
        unit_id = _unit_id(at, read)
        if not days and not years and not read.faults:
            read.wrong("tu_ngay", _("Hãy ghi ngày thay đổi và văn bản thông báo."))
        source = read.word("nguon", _("Hãy ghi văn bản thông báo: thay đổi lịch cần căn cứ."))
        read.done()
        return cls(days, years, unit_id, at.because(source))

    def tried(self, at: Desk) -> list[Moved]:
        """What it would move; nothing is kept."""
        moved: list[Moved] = []
        try:
            with at.works.db.transaction() as session:
                moved = self._change(at, session)
                raise _OnlyTried
        except _OnlyTried:
            return moved

    def made(self, at: Desk) -> list[Moved]:
        with at.works.db.transaction() as session:
            return self._change(at, session)

    def _change(self, at: Desk, session: Session) -> list[Moved]:
        return change_calendar(
            session, self.days, self.by, office=at.office, unit_id=self.unit_id, years=self.years
        )


def moves_seen(moved: Sequence[Moved]) -> str:
    """Another word when other deadlines move: what somebody agrees to."""
    return sha256(canonical([asdict(one) for one in moved]).encode()).hexdigest()[:16]


def _days(read: Reading) -> list[CalendarDay]:
    if not word(read.form, "tu_ngay") and word(read.form, "nam_hoc"):
        return []
    first = read.day("tu_ngay", _("Hãy ghi ngày thay đổi, như 14/02/2026."))
    last = read.day("den_ngay") or first
    reason = read.word("ly_do", _("Hãy ghi lý do, như “Nghỉ Tết Nguyên đán” hoặc “Làm bù”."))
    if first is None or last is None:
        return []
    length = (last - first).days + 1
    if not 1 <= length <= MOST_DAYS:
        read.wrong("den_ngay", _("Ngày cuối phải từ ngày đầu trở đi, nhiều nhất 31 ngày một lần."))
        return []
    kind, official = word(read.form, "loai"), word(read.form, "muc") != "expected"
    return [
        CalendarDay(
            first + timedelta(days=n), "work" if kind == "work" else "off", reason, word(read.form, "nguon"),
            "official" if official else "expected",
        )
        for n in range(length)
    ]  # fmt: skip


def _years(read: Reading) -> list[SchoolYear]:
    if not word(read.form, "nam_hoc"):
        return []
    start = word(read.form, "nam_hoc")[:4]
    known = start.isascii() and start.isdigit() and FIRST_YEAR <= int(start) <= LAST_YEAR
    if not known:
        read.wrong("nam_hoc", _("Hãy ghi năm bắt đầu của năm học, như 2026."))
    half = read.day("hoc_ky_1", _("Hãy ghi ngày cuối học kỳ I."))
    end = read.day("ket_thuc", _("Hãy ghi ngày cuối năm học."))
    if not known or half is None or end is None:
        return []
    if not date(int(start), 9, 1) < half < end <= date(int(start) + 1, 8, 31):
        read.wrong("hoc_ky_1", _("Hai ngày phải nằm trong năm học, học kỳ I kết thúc trước."))
        return []
    return [SchoolYear(int(start), half, end, word(read.form, "nguon"))]


def _unit_id(at: Desk, read: Reading) -> int | None:
    try:
        with at.works.db.read() as session:
            code = one_code(session, at, word(read.form, "don_vi"), "don_vi")
            return session.exec(select(UnitRow.id).where(UnitRow.code == code)).first()
    except Faulty as faulty:
        read.faults |= faulty.faults
        return None


def _first(typed: str, today: date) -> date:
    try:
        found = date.fromisoformat(f"{typed}-01")
    except ValueError:
        found = today.replace(day=1)
    return found if FIRST_YEAR <= found.year <= LAST_YEAR else today.replace(day=1)


def _kept(form: Any) -> dict[str, str]:
    return {name: str(value) for name, value in form.items()}


def _titled(duties: dict[int, tuple[str, list[tuple[date, bool]]]]) -> dict[str, list[tuple[date, bool]]]:
    """By title; what is called alike is on one line."""
    lines: dict[str, list[tuple[date, bool]]] = defaultdict(list)
    for title, days in duties.values():
        lines[title] += days
    return lines


def _month(
    at: Desk,
    first: date,
    status: int = 200,
    sent: dict[str, str] | None = None,
    refusal: str = "",
    moved: list[Moved] | None = None,
    changed: bool = False,
) -> Response:
    weeks = Weeks().monthdatescalendar(first.year, first.month)
    with at.works.db.read() as session:
        calendar = load_calendar(session, at.office.calendar)
        due: dict[date, list[Any]] = defaultdict(list)
        for one in due_days(session, weeks[0][0], weeks[-1][-1]):
            due[one.day].append(one)
        return at.page(
            "office/calendar.html", status, first=first, weeks=weeks, weekdays=WEEKDAYS, calendar=calendar,
            due=due, own=own_days(session, at.office.calendar, weeks[0][0], weeks[-1][-1]),
            years=school_years(session, at.office.calendar), before=first - timedelta(days=1),
            after=first + timedelta(days=32), sent=sent or {}, refusal=refusal, moved=moved, changed=changed,
            seen=moves_seen(moved) if moved is not None else "", titles=_titles(session, moved or []),
            offered_names=offered(session, at),
        )  # fmt: skip


def _titles(session: Session, moved: Sequence[Moved]) -> dict[str, str]:
    codes = {one.duty for one in moved}
    return dict(session.exec(select(DutyRow.code, DutyRow.title).where(col(DutyRow.code).in_(codes))).all())
