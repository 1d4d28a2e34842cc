"""What a phrase comes to: the last acceptable day as said, the day due, and why (tính thời hạn).

A fixed date is kept even where nobody works that day; a term (thời hạn) that ends on such a day ends with the
next working day (Bộ luật Dân sự 2015 Điều 148 khoản 5). The office may choose otherwise with `shift`.
"""

import re
import unicodedata
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import islice

from domain.anchoring import in_year
from domain.facts import Facts, data_closes, days_meant
from domain.period import BadPeriod, Period, Unit, containing
from domain.period import period as period_of
from domain.reasons import (
    MISSING,
    NO_MIDDLE,
    NO_TIME,
    NO_YEAR,
    ONLY_REPEATS,
    OPEN_END,
    STARTS,
    VAGUE,
    because,
    closing_reason,
)
from domain.recurrence import Shift, moved_because, shifted
from domain.sentence import Sentence
from domain.stated import Stated, find_stated
from domain.times.dates import Impossible
from domain.times.typed import as_written
from domain.times.words import NUMBER, WEEKDAY
from domain.weekday_said import clashes
from domain.workdays import Calendar


@dataclass(frozen=True)
class Answer:
    """`stated`: the last acceptable day as said; `due`: the same after the shift; `others`: further such pairs.

    `stated` is None where the text says no time, an impossible one, or one that lacks a fact; `why` says which.
    """

    text: str
    stated: date | None = None
    due: date | None = None
    why: tuple[str, ...] = ()
    op: str | None = None
    value: str | None = None
    recurrence: str = "none"
    others: tuple[tuple[date, date], ...] = ()


def answer(
    text: str, *, calendar: Calendar, document_date: date | None = None,
    received: datetime | date | None = None, period: Period | None = None, shift: Shift | None = None,
) -> Answer:  # fmt: skip
    """When the work a phrase speaks of is due.

    `received` counts for terms from receipt (nhận), `document_date` for terms from signing (ký, ban hành) and
    for dates without a year; `period` for what comes round each month, quarter or year. Without `shift` fixed
    dates are kept and terms move to the next working day.
    """
    text = as_written(unicodedata.normalize("NFC", text).strip())
    text = _with_its_period(text, period, bare_term=received is None)
    found = _found_in(text)
    timed = _deadlines_among(text, [one for one in found if not _names(one, text)], every=period is not None)
    if _ABOUT_CLOSING.search(text) and (not timed or _WHOLE.match(timed[0].value or "")):
        return _closing(text, _reported(text, document_date, period), shift or Shift.KEEP, calendar)
    if not timed:
        return Answer(text, why=_no_deadline(text, found))
    known = Facts(calendar, document_date, received, period)
    answers, naming = [], _periods_named(found, document_date, None)
    for said in timed:
        named = next((beside for one, beside in naming if one is not said), None)
        if named and document_date and document_date < named.first and _PLAN.search(text):
            named = None  # the plan of a year is made before it
        meant = _the_one_before(said, period) if period else named
        if said.anchor == "cut-off":
            meant = _reported(text, document_date, period)
        answers.append(_answer(text, said, replace(known, period=meant), shift))
    chosen = _with_the_others(_chosen(answers, known), answers, period)
    return replace(chosen, why=(*chosen.why, *clashes(text, chosen.stated))) if chosen.stated else chosen


def _with_the_others(chosen: Answer, answers: list[Answer], asked: Period | None) -> Answer:
    """Beside the day that is answered the other deadlines a text sets: none is lost in silence."""
    further = {
        (one.stated, one.due)
        for one in answers
        if one.stated
        and one.due
        and one.op != "on"
        and (not asked or asked.first <= one.stated <= asked.last)
    }
    others = (further | set(chosen.others)) - {(chosen.stated, chosen.due)}
    return replace(chosen, others=tuple(sorted(others))) if chosen.stated else chosen


def _the_one_before(said: Stated, asked: Period) -> Period:
    """ "17 giờ thứ Sáu tuần trước", asked about a week, is in the week before it; the plan of a month is sent in on
    "ngày 25 tháng trước"."""
    before = _IN_THE_ONE_BEFORE.search(said.text)
    if before is None or asked.unit != _UNITS[before[1].lower()]:
        return asked
    return containing(asked.unit, asked.first - timedelta(days=1))


def _chosen(answers: list[Answer], facts: Facts) -> Answer:
    """Of several times the first that is asked about; of days each year the next one. What the first lacks is said
    before another day is taken."""
    asked = [one for one in answers if _is_asked(one, facts)] or answers[:1]
    if facts.period:
        return asked[0]
    if answers[0].stated and all(_DAY_OF_SOME_YEAR.match(one.value or "") for one in asked):
        return min(asked, key=lambda one: (one.op == "on", one.stated))
    return asked[0] if answers[0].stated else answers[0]


def _is_asked(one: Answer, facts: Facts) -> bool:
    """Of several times the one asked about: in the period asked for, else one not over, or of a year that is said."""
    if one.stated is None or one.value is None:
        return False
    if asked := facts.period:
        return asked.first <= one.stated <= asked.last
    return facts.since is None or one.stated >= facts.since or one.value[0].isdigit()


def _with_its_period(text: str, period: Period | None, *, bare_term: bool) -> str:
    """What is left out because the period asked for says it: "ngày làm việc thứ 3", "9 tháng" of a year."""
    if period and bare_term and period.unit in ("year", "half") and _PART_OF_YEAR.fullmatch(text):
        return f"{text} đầu năm"
    if not _PLACE_IN_NOTHING.search(text):
        return text
    every = re.search(r"(?i)(?:h[ằà]ng|mỗi) (tháng|quý|năm)\b", text)
    asked = {"quarter": "quý", "year": "năm"}.get(period.unit, "tháng") if period else "tháng"
    return _PLACE_IN_NOTHING.sub(rf"\g<0> của {every[1] if every else asked}", text)


def _answer(text: str, said: Stated, facts: Facts, shift: Shift | None) -> Answer:
    known = Answer(text, op=said.op, value=said.value, recurrence=said.recurrence)
    try:
        days = days_meant(said, facts)
    except Impossible as impossible:
        return replace(known, why=(str(impossible),))
    if not days:
        return replace(known, why=(_missing(said),))
    how = shift or (Shift.NEXT if is_term(said.value or "") else Shift.KEEP)
    pairs = [(day, shifted(day, how, facts.calendar, not_before=facts.document_date)) for day in days]
    chosen = _first_open(pairs, facts)
    why = because(
        said, *chosen, event=facts.event(said.anchor), by_law=shift is None, calendar=facts.calendar,
        document_date=facts.document_date, placed_after=None if facts.period else facts.document_date or facts.since,
    )  # fmt: skip
    others = tuple(pair for pair in pairs if pair != chosen)
    return replace(known, stated=chosen[0], due=chosen[1], why=tuple(why), others=others)


def _closing(text: str, of: Period | None, shift: Shift, calendar: Calendar) -> Answer:
    """A phrase about the closing of data that names no day itself: the decree does, from the month up."""
    if of is None or of.unit == "week":
        return Answer(text, why=(MISSING["cut-off"],))
    day = data_closes(of)
    due = shifted(day, shift, calendar)
    why = (closing_reason(of, day), *moved_because(day, due, calendar))
    return Answer(text, day, due, why, op="by", value=day.isoformat())


def _first_open(pairs: list[tuple[date, date]], facts: Facts) -> tuple[date, date]:
    """Of several days the first that lies in the period asked for and is not over when the office knows of it."""
    asked = facts.period
    inside = [pair for pair in pairs if asked and asked.first <= pair[0] <= asked.last] or pairs
    return next((pair for pair in inside if facts.since is None or pair[0] >= facts.since), inside[0])


def is_term(value: str) -> bool:
    """A stretch that runs from an event or a day, as against a date that was fixed (BLDS 144, 147)."""
    return bool(re.search(r"\+\d+[dwmy]$", value)) and not re.match(r"--.*[+-]1y$", value)


_STRETCHES = ("period", "point", "school", "year-bare", "half-year")  # forms that name no day of their own
_WHOLE = re.compile(r"(?:(?:\d{4}|-)(?:-(?:\d\d|Q\d|H\d))?|[mqy])$")  # values of a whole period
_HALF_YEAR = re.compile(r"(?i)\b(?:0?[69]|sáu|chín) tháng\b(?! (?:đầu|cuối))")
_DAY_OF_SOME_YEAR = re.compile(r"--\d\d-\d\d")
_NAMED = re.compile(
    r"(?i)\btháng[\s.…]*$|\b(?:kế hoạch|báo cáo|kỳ (?:thi|họp)|hội (?:thi|nghị)|chương trình|dự toán|phương hướng"
    r"|kết quả|nhiệm vụ|đề án|luật|nghị quyết|nghị định|thông tư|quyết định|chỉ thị)\b[^,;:.\n]*$"
)
_UNITS: dict[str, Unit] = {"tuần": "week", "tháng": "month", "quý": "quarter", "năm": "year"}
_REPORT_OF = re.compile(r"(?i)\bbáo cáo (?:định kỳ )?(?:h[ằà]ng )?(tháng|quý|năm)\b")
_IN_THE_ONE_BEFORE = re.compile(r"(?i)\b(tuần|tháng|quý) trước$")
_EXCEPT = re.compile(r"(?i)\b(?:riêng|(?:lần|năm|kỳ|đợt) đầu)\b[^.;\n]*$")
_THING = re.compile(
    r"(?i)\b(?:lớp|phòng|tổ|đường|phố|ấp|thôn|nhà|số|tỷ lệ|điểm|đạt|dây nóng|trực|trường(?: [^\W\d]+){0,2})\s+$"
)
_OF_ALL = re.compile(r"(?i)\s+(?:tổng )?(?:số|thành viên|đại biểu|học sinh|giáo viên|phiếu)\b")
_PLAN = re.compile(r"(?i)\b(?:kế hoạch|dự toán|phương hướng|chương trình)\b")
_PART_OF_YEAR = re.compile(r"(?i)(?:trong |hết )?(?:0?[69]|sáu|chín) tháng")
_PLACE_IN_NOTHING = re.compile(
    rf"(?i)(?:\bngày (?:làm việc )?(?:đầu tiên|cuối cùng)|\bngày làm việc thứ {NUMBER}"
    rf"|\b{WEEKDAY} (?:đầu tiên|cuối cùng))(?=\s*(?:$|[,;.(]))"
)
_ABOUT_CLOSING = re.compile(r"(?i)(?:chốt|khóa) (?:số|dữ) liệu|09/2019/NĐ-CP")


def _found_in(text: str) -> list[Stated]:
    found = find_stated(text, phrase=True)
    if re.match(r"\d{1,2}\s?[-/.]\s?\d", text) and not any(one.value or one.problem for one in found):
        return find_stated(as_written(f"ngày {text}"), phrase=True)
    return found


def _names(one: Stated, text: str) -> bool:
    """ "Kế hoạch năm 2026", "kỳ thi năm 2026": the year is in the name of the thing, or in a date left blank;
    "lớp 5/3", "đường 3/2", "2/3 số phiếu" are no days."""
    if one.value and one.pattern == "date" and re.fullmatch(r"\d{1,2}/\d{1,2}", one.text):
        return bool(_THING.search(text, 0, one.start) or _OF_ALL.match(text, one.end))
    return one.pattern == "year-bare" and bool(_NAMED.search(text, 0, one.start))


def _deadlines_among(text: str, found: list[Stated], *, every: bool) -> list[Stated]:
    """The times that are deadlines: no cut-off of data if there is another, days rather than whole periods, of which
    the first counts unless `every` one does; an exception ("riêng năm 2026 …") before what comes round."""
    timed = [one for one in found if one.value]
    timed = [one for one in timed if one.pattern != "cut-off"] or timed
    if any(
        one.pattern == "next-day" for one in timed
    ):  # "trong ngày, chậm nhất là trong ngày làm việc tiếp theo"
        timed = [one for one in timed if one.pattern != "same-day"]
    timed = [
        one for one in timed if one.value not in ("w", "m", "q", "y")
    ] or timed  # "hai đợt trong năm: tháng 4, …"
    timed = [one for one in timed if one.pattern not in _STRETCHES] or (timed if every else timed[:1])
    comes_round = any(one.recurrence != "none" for one in timed)
    return sorted(
        timed,
        key=lambda one: (
            one.op == "on",  # "họp ngày 20/3, gửi tài liệu trước ngày 15/3"
            not (comes_round and one.recurrence == "none" and _EXCEPT.search(text, 0, one.start)),
        ),
    )


def _periods_named(
    found: list[Stated], document_date: date | None, asked: Period | None
) -> list[tuple[Stated, Period]]:
    """The first two periods a text names, one of which may be its deadline: "báo cáo quý III/2026 trước ngày 20
    tháng cuối quý"."""
    return list(islice(_named(found, document_date, asked.last.year if asked else None), 2))


def _reported(text: str, document_date: date | None, asked: Period | None) -> Period | None:
    """The period whose data are spoken of: the one the text names ("báo cáo 9 tháng"), else the one asked about, else
    the first month, quarter or year ("báo cáo quý") whose data are not closed at the document's date."""
    naming = _periods_named(_found_in(_HALF_YEAR.sub(r"\g<0> đầu năm", text)), document_date, asked)
    if naming or asked or document_date is None or not (said := _REPORT_OF.search(text)):
        return naming[0][1] if naming else asked
    now = containing(_UNITS[said[1].lower()], document_date)
    return now if data_closes(now) >= document_date else now.next


def _named(
    found: list[Stated], document_date: date | None, year: int | None
) -> Iterator[tuple[Stated, Period]]:
    for one in found:
        if one.value and not _DAY_OF_SOME_YEAR.match(one.value):
            with suppress(BadPeriod, Impossible):
                yield one, period_of(in_year(one.value, document_date, year))


def _no_deadline(text: str, found: list[Stated]) -> tuple[str, ...]:
    if problems := tuple(one.problem for one in found if one.problem):
        return problems
    if vague := VAGUE.search(text):
        return (Sentence("“{words}” không ấn định ngày nào; cần ghi một ngày cụ thể.", words=vague[0]),)
    if any(one.pattern == "start" for one in found):
        return (STARTS,)
    return (ONLY_REPEATS if any(one.recurrence != "none" for one in found) else NO_TIME,)


def _missing(said: Stated) -> str:
    if said.pattern == "school":
        return MISSING["school"]
    if said.value and said.value.endswith("/.."):
        return OPEN_END
    if said.value and said.value.endswith(":middle"):
        return NO_MIDDLE
    if said.value and said.value.startswith("event"):
        return MISSING[said.anchor or "received"]
    return NO_YEAR
