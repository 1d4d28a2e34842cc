"""How a text words a time: deadlines (thời hạn), recurrences, terms, found with their places.

`find_stated` reads any Vietnamese text; it guesses nothing. Dates of cited documents ("Quyết định số ... ngày
...") are left out; starts ("từ ngày 01/7") and cut-offs of data ("số liệu tính đến ngày 14") come without a
value; a date that cannot exist comes without a value and with a `problem`.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from domain import moment
from domain.anchoring import in_year
from domain.times import days, feasts, near, repeats, spans, terms
from domain.times.dates import Impossible
from domain.times.form import Said
from domain.times.words import compiled, fold
from domain.workdays import Calendar

FORMS = (*terms.FORMS, *near.FORMS, *days.FORMS, *feasts.FORMS, *repeats.FORMS, *spans.FORMS)


@dataclass(frozen=True)
class Stated:
    """A time as worded. `start`, `end` are character offsets; `value` is spelled as in `domain.moment`.

    `op`: before (trước), by (chậm nhất, hết, đến), on (ngày), within (trong). `recurrence`: none, daily,
    weekly, monthly, quarterly, semester, twice_yearly, yearly, continuous, periodic, event. `pattern` names
    the form; `year-bare` is a year without any operator, `start` and `cut-off` are no deadlines. `anchor`:
    the event a term runs from: received (nhận), document (ký, ban hành), period (hết kỳ), cut-off (chốt số
    liệu), event (another).
    """

    start: int
    end: int
    text: str
    op: str | None
    value: str | None
    recurrence: str
    pattern: str
    anchor: str | None = None
    problem: str | None = None


_SYMBOL = r"\d[\w.]*\s?[/-]\s?[A-ZĐ][\w&/.Đ-]*"
_ACT = r"(?:Luật|Bộ luật|Pháp lệnh|Hiến pháp)\b[^.;,\n]{0,80}"
_NAMED = (
    r"\b(?:Nghị định|Nghị quyết|Quyết định|Thông tư|Chỉ thị|Kế hoạch|Công văn|Kết luận|Thông báo|Tờ trình|Công điện)"
    r"\s+\d[^.;\n]{0,40}"
)
_NUMBERED = r"\b(?:[Ss]ố|số:)[^.;\n]{0,30}"
_CITED_BEFORE = re.compile(rf"(?:{_SYMBOL}|{_ACT}|{_NAMED}|{_NUMBERED})[ \t,(]*\n?[ \t,(]*\Z")
_CITED_AFTER = compiled(r"\s*(?:của|về việc|ban hành|quy định|hướng dẫn|phê duyệt|sửa đổi)\b")
_DATE_LINE = re.compile(r"(?:^|[\n|\t])[\s*_]*[A-ZĐÀ-Ỹ][^\n|,.;]{1,40},[\s*_]*$")
_OWN_DAY = compiled(r"\bngày[\s.…]*$")
_CUT_OFF = compiled(
    r"(?:(?:chốt|khóa|lấy) (?:số liệu|dữ liệu|sổ)|(?:số liệu|dữ liệu)(?: \w+){0,4}? (?:tính|chốt|lấy)"
    r"|(?:số liệu|kỳ báo cáo) (?:được )?tính)(?:(?!gửi|nộp)[^.;,\n]){0,110}$"
)
_AFTER_END = compiled(r"\bsau (?:khi|ngày) $")
_DATA = compiled(r"(?:số liệu|dữ liệu)(?: \w+){0,4}? $")
_REPORTED = compiled(
    r"báo cáo (?:đánh giá )?(?:kết quả|tình hình|số liệu)[^.;\n]{0,110}$"
)  # the time reported on
_REVOLUTION = compiled(r"\bcách mạng $")  # "Cách mạng Tháng Tám"
# "chào mừng ngày 20/11" is what a day is called; "vào ngày 20/11" is a day.
_CELEBRATED = compiled(r"(?:chào mừng|kỷ niệm|hưởng ứng|truyền thống|thành lập)[^.;,\n]{0,80}$")
_OCCASION = compiled(r"\bdịp [^.;,\n]{0,80}$")  # as a phrase "nhân dịp kỷ niệm ngày …" is when, and no reason
_SET = compiled(r"\s*(?:vào|trong|trước|từ|đến|hết|chậm)\b")
# "sinh ngày 15/3/2015", "ký ngày 15/3": what was done on that day, not what is to be.
_HAPPENED = compiled(r"\b(?:sinh|(?<!trình\s)(?<!đăng\s)ký|ban hành|phát hành|có hiệu lực)[\s:,(]{1,3}$")
# "trước ngày tựu trường (28/8/2023)", "trước ngày thi 25/6": the word before a day's name holds for the day.
_NAMED_DAY = compiled(
    r"\b(?P<op>trước|chậm nhất) (?:ngày |lễ |thứ |(?:khi|kỳ|đợt) (?=[^(]*\($))(?:[^\W\d]+ ){1,6}\(?$"
)
# In a phrase also before what takes place then: "trước kỳ họp tháng 12/2026", "trước đợt kiểm tra ngày 10/10".
_BEFORE_THEN = compiled(r"\btrước (?:khi |kỳ |đợt |hội nghị |cuộc )(?:[^\W\d]+ ){0,6}$")
_SESSION = compiled(r"\bkỳ họp[^.;,\n]{0,40}$")  # "kỳ họp giữa năm 2026" is the name of a session
# What only sounds like a time: "Cách mạng Tháng Tám", "kỳ họp giữa năm", "Ba Đình, ngày   tháng 9 năm 2022".
_NAMES = (("period", _REVOLUTION), ("point", _SESSION), ("period", _OWN_DAY))
_AS_OF = compiled(r"(?:so với(?: cùng kỳ)?|tính đến(?: thời điểm)?|tại thời điểm) (?:hết )?$")
# "Từ tháng 4/2026, hằng tuần …": how often, from then on.
_OWN_RHYTHM = compiled(r", (?:hằng|mỗi) \w+\Z")


def find_stated(
    text: str, *, document_date: date | None = None, year: int | None = None, phrase: bool = False
) -> list[Stated]:
    """Every time the text states, in order, none overlapping. The text must be NFC.

    A date without a year takes `year` (said by a heading), else the first such day not before
    `document_date`; with neither it keeps its yearless spelling (`--11-15`). `phrase`: the whole text is a
    time phrase, so common words that mean nothing in running text ("trong năm", "thứ Sáu") count too.
    """
    found = list(_without_overlaps(_matches(text, fold(text), phrase)))
    return [_in_year(one, document_date, year) for one in _linked(found, text)]


def _matches(text: str, folded: str, phrase: bool) -> Iterator[tuple[int, int, int, Stated | None]]:
    """(start, preference, end, what): None where the words are spoken for but say no time."""
    for preference, (name, pattern, make) in enumerate(FORMS):
        for match in pattern.finditer(folded):
            start, end = match.span()
            try:
                said = make(match)
            except Impossible as why:
                said = Said(pattern=name)
                yield start, preference, end, _stated(text, start, end, said, str(why))
                continue
            if said and said.op == "start":
                own = _OWN_RHYTHM.search(folded, start, end)
                said = Said(pattern="start", reach=own.start() - end if own else 0)
            if said is None or (said.loose and not phrase):
                continue
            end += said.reach
            said = replace(said, pattern=said.pattern or name)
            yield start, preference, end, _read(text, folded, start, end, said, phrase)


def _read(text: str, folded: str, start: int, end: int, said: Said, phrase: bool) -> Stated | None:
    if said.value is None and said.recurrence == "none" and said.pattern != "start":
        return None
    lead = folded[max(0, start - 150) : start]
    on_day = said.pattern == "date" and said.op == "on"
    if any(said.pattern == form and name.search(lead) for form, name in _NAMES):
        return None
    if said.pattern == "range" and not phrase and _REPORTED.search(lead):
        return None
    if on_day and (named := _NAMED_DAY.search(lead)):
        said = replace(said, op="before" if named["op"] == "trước" else "by")
    elif on_day and (
        _cited(text, start, end) or (_remembered(lead, phrase) and not _SET.match(folded, start))
    ):
        return None
    if (
        phrase
        and said.pattern in ("date", "period")
        and said.op in ("on", "within")
        and _BEFORE_THEN.search(lead)
    ):
        said = replace(said, op="before")
    if said.pattern in ("period", "point") and _AFTER_END.search(lead):
        said = Said(pattern="start")
    if _CUT_OFF.search(lead) or (folded.startswith("tính", start) and _DATA.search(lead)):
        kept = said if phrase else Said()
        said = replace(kept, pattern="cut-off")
    elif _AS_OF.search(lead):
        return None
    return _stated(text, start, end, said)


def _remembered(lead: str, phrase: bool) -> bool:
    """Whether the words before a day say what it is known for."""
    celebrated = _CELEBRATED.search(lead) and not (phrase and _OCCASION.search(lead))
    return bool(celebrated or _HAPPENED.search(lead))


def _cited(text: str, start: int, end: int) -> bool:
    """Whether the day is of another document, or of this one's own head."""
    before, after = text[max(0, start - 120) : start], text[end : end + 40]
    return bool(_CITED_BEFORE.search(before) or _CITED_AFTER.match(after) or _DATE_LINE.search(before))


def _stated(text: str, start: int, end: int, said: Said, problem: str | None = None) -> Stated:
    words = text[start:end]
    start += len(words) - len(words.lstrip(" \t\n*_,:"))
    end -= len(words) - len(words.rstrip(" \t\n*_,:("))
    op = said.op if said.value else None
    return Stated(
        start, end, text[start:end], op, said.value, said.recurrence, said.pattern, said.anchor, problem
    )


def _without_overlaps(matches: Iterator[tuple[int, int, int, Stated | None]]) -> Iterator[Stated]:
    reached = 0
    for start, _, end, one in sorted(matches, key=lambda match: (match[0], -match[2], match[1])):
        if start >= reached:
            reached = end
            if one:
                yield one


_SENTENCE = re.compile(r"[.;](?=\s)|\n\s*\n")
_PARTS = {"daily", "weekly", "monthly", "quarterly", "yearly", "twice_yearly"}


def _linked(found: list[Stated], text: str) -> list[Stated]:
    """Join what one clause says in two places: "Hằng tháng, ... trước ngày 25", "Năm 2023 (tháng 8)"."""
    linked: list[Stated] = []
    for one in found:
        last = linked[-1] if linked else None
        near = (
            last is not None
            and one.start - last.end <= 90
            and not _SENTENCE.search(text[last.end : one.start])
        )
        if last and near and (joined := _joined(last, one, text[last.end : one.start])):
            linked[-1] = joined
        else:
            linked.append(one)
    return linked


def _joined(a: Stated, b: Stated, between: str) -> Stated | None:
    if a.value and a.value.isdigit() and b.value and b.value.startswith("--") and between.strip() == "(":
        return replace(b, value=f"{a.value}{b.value[1:]}", recurrence="none")
    for repeat, timed in ((a, b), (b, a)):
        if repeat.value or repeat.recurrence not in _PARTS or not timed.value or timed.recurrence != "none":
            continue
        if value := _repeated(timed.value, repeat.recurrence):
            return replace(timed, value=value, recurrence=repeat.recurrence)
    return None


def _repeated(value: str, recurrence: str) -> str | None:
    """The value as it reads under a repetition said elsewhere in its sentence, if it can be under it."""
    unit = moment.unit_of(value)
    if value.startswith("day") and recurrence == "quarterly":
        return ",".join(f"q.3:{one[4:]}" for one in value.split(","))
    fits = {
        "week": {"weekly"},
        "month": {"monthly"},
        "quarter": {"quarterly"},
        "year": {"yearly", "twice_yearly"},
    }
    return value if unit and recurrence in fits.get(unit, set()) else None


def _in_year(one: Stated, document_date: date | None, year: int | None) -> Stated:
    """Give a one-off yearless date its year; leap days are checked there."""
    if one.value is None or one.recurrence != "none":
        return one
    try:
        return replace(
            one, value=",".join(in_year(value, document_date, year, one.op) for value in one.value.split(","))
        )
    except Impossible as why:
        return replace(one, value=None, op=None, problem=str(why))


def latest(
    stated: Stated,
    *,
    document_date: date | None = None,
    received: date | None = None,
    calendar: Calendar | None = None,
) -> date | None:
    """Last acceptable calendar day as said: "trước ngày 15/12/2025" gives 14/12/2025; of a list the first.

    Terms need the event they run from (`received`, `document_date`); working days and school years need the
    calendar. None where it cannot be computed, also for what recurs.
    """
    if stated.value is None or stated.recurrence not in ("none", "event"):
        return None
    if stated.value.endswith("..") or (stated.pattern == "school" and stated.op == "within"):
        return None
    value = in_year(stated.value.split(",")[0], document_date, None, stated.op)
    event = {"received": received, "document": document_date, None: received or document_date}
    return moment.last_day(value, stated.op, event=event.get(stated.anchor), calendar=calendar)
