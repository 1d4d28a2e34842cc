"""What a phrase about time comes to (tra thời hạn): for everybody, and live beside the field of a draft."""

from datetime import date, datetime
from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import Response

from domain.deadline import Answer, answer
from domain.period import Period
from domain.recurrence import Shift
from domain.sentence import WordedError
from domain.wording import read_day, read_period
from store.office import load_calendar
from web.desk import AtDesk
from web.forms import Id
from web.review_desk import Clerk, Reviewing
from web.terms import EXAMPLES

router = APIRouter()

SHIFTS = {"giu": Shift.KEEP, "truoc": Shift.PREVIOUS, "sau": Shift.NEXT}
"""What to do with a day off (`ngay-nghi`), in words of the address bar."""
LONGEST = 300
MOMENTS = ("%d/%m/%Y %H:%M", "%H:%M %d/%m/%Y", "%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M")

Words = Annotated[str, Query(max_length=LONGEST)]


class NotADay(WordedError, ValueError):
    """What was typed as a day or a period is none; the message is for the reader."""


@router.get("/tra-thoi-han")
def look_up(
    at: AtDesk,
    cum_tu: Annotated[str, Query(alias="cum-tu", max_length=LONGEST)] = "",
    ngay_van_ban: Annotated[str, Query(alias="ngay-van-ban", max_length=20)] = "",
    ngay_nhan: Annotated[str, Query(alias="ngay-nhan", max_length=20)] = "",
    ky: Annotated[str, Query(max_length=20)] = "",
    ngay_nghi: Annotated[str, Query(alias="ngay-nghi", max_length=10)] = "",
) -> Response:
    """As `dondoc when`: `cum-tu` is the phrase, days are written 03/02/2026, with their hour where
    it counts, periods 02/2026, quý III/2026, 2026."""
    asked = {
        "cum_tu": cum_tu,
        "ngay_van_ban": ngay_van_ban,
        "ngay_nhan": ngay_nhan,
        "ky": ky,
        "ngay_nghi": ngay_nghi,
    }
    found, error = None, ""
    try:
        signed, received, period = _day(ngay_van_ban), _moment(ngay_nhan), _period(ky)
        if cum_tu.strip():
            with at.works.db.read() as session:
                calendar = load_calendar(session, at.office.calendar)
            found = answer(
                cum_tu, calendar=calendar, document_date=signed, received=received, period=period,
                shift=SHIFTS.get(ngay_nghi),
            )  # fmt: skip
    except NotADay as fault:
        error = str(fault)
    template = "when_answer.html" if at.is_htmx else "when.html"
    return at.page(template, 422 if error else 200, asked=asked, found=found, error=error, examples=EXAMPLES)


@router.get("/noi-dung/{draft_id}/thoi-han")
def answer_live(at: Clerk, draft_id: Id, deadline: Words = "") -> Response:
    """What a deadline typed beside a draft would come to, by the date of its document and of its receipt."""
    with at.works.db.read() as session:
        desk, _ = Reviewing.of_draft(at, session, draft_id)
        found: Answer | None = None
        if deadline.strip():
            found = answer(
                deadline,
                calendar=desk.calendar,
                document_date=desk.found.directive.issued_on,
                received=desk.received,
            )
        over = found is not None and found.recurrence == "none" and (found.due or at.today) < at.today
        return at.page("when_answer.html", found=found, error="", over=over)


def _day(typed: str) -> date | None:
    if (day := read_day(typed)) is None and typed.strip():
        raise NotADay("“{typed}” không phải là ngày; hãy viết như 03/02/2026.", typed=typed)
    return day


def _moment(typed: str) -> datetime | date | None:
    """A day, or an hour of it: a term of hours runs from that."""
    for form in MOMENTS:
        try:
            return datetime.strptime(typed.strip(), form)
        except ValueError:
            continue
    return _day(typed)


def _period(typed: str) -> Period | None:
    if (found := read_period(typed)) is None and typed.strip():
        raise NotADay("Không có kỳ “{key}”; hãy viết như 02/2026, quý III/2026 hoặc 2026.", key=typed)
    return found
