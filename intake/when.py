"""Until when and how often: which of the times a stretch of text states is its deadline."""

import re
from dataclasses import dataclass, field, replace
from datetime import date

from domain.stated import Stated, find_stated, latest
from intake.text import Source

_SLOT = re.compile(r"(?P<from>\d{1,2}\s?[h:g]\s?\d{0,2})\s*[-–]\s*(?P<h>\d{1,2})\s?[h:g]\s?(?P<m>\d{2})?")
_DAY = r"(\d{1,2}/\d{1,2}(?:/\d{4})?)"
# What a cell may say without the words a sentence needs, and how the sentence would say it.
_BARE = [
    (re.compile(rf"{_DAY}"), r"ngày \1"),
    (re.compile(rf"{_DAY}\s*[-–]\s*{_DAY}"), r"từ ngày \1 đến ngày \2"),
    (re.compile(r"[tT]?(\d{1,2}/\d{4})"), r"tháng \1"),
    (re.compile(r"[tT]?(?:háng )?(\d{1,2})\s*[-–]\s*(\d{1,2}/\d{4})"), r"từ tháng \1 đến tháng \2"),
    (re.compile(r"[qQ]([1-4])/(\d{4})"), r"quý \1/\2"),
    (re.compile(r"(\d{4})"), r"năm \1"),
    (re.compile(r"(\d{4})\s*[-–]\s*(\d{4})"), r"giai đoạn \1-\2"),
]
_WEAK = {"year-bare": 1, "years": 2, "school": 3}  # names of programmes and years more often than deadlines
_NOT_CONTINUOUS = re.compile(
    r"(?:giáo dục|bồi dưỡng|đào tạo|chi|nhiệm vụ|học|công tác|hoạt động|ban|thường vụ|lớp)\s+$"
)
_OPENS_CLAUSE = re.compile(r"(?:^|[.;:,)\n-]\s*|(?:phấn đấu|phần đầu|mục tiêu|hoàn thành|từ nay)\s+)$")
_SEASON = re.compile(r"\bmùa\b[^.,;]*$")
_APPROVAL = re.compile(r"sau khi (?:được )?(?:phê duyệt|ban hành|có (?:hướng dẫn|chỉ đạo))")
_MONTHLY_WEEKLY = re.compile(r"\btháng/tuần\b")
_HALF_YEARLY = re.compile(r"\b(?:6|06|sáu) tháng\b[^.;]{0,80}\bnăm\b")
_BESIDE = 20  # "trước ngày 05/6 (6 tháng …": letters between a day and what it is the day of
# "mẫu báo cáo hằng ngày", "7 tiết mỗi ngày": what is laid out comes every day, not the laying out.
_DESCRIBED = re.compile(
    r"\b(?:quy trình|biểu mẫu|mẫu (?:báo cáo|sổ|phiếu)|sổ theo dõi)\b[^,;.]*$|\d tiết(?: [^\W\d]+)? $"
)
# "báo cáo tình hình sinh hoạt chào cờ đầu tuần", "dự sinh hoạt …": the gathering comes every week, not the duty.
_GATHERING = re.compile(r"(?:chào cờ|giao ban|hội ý|họp|sinh hoạt|tổng vệ sinh)\b")
_ABOUT = re.compile(r"\b(?:tình hình|kết quả)(?: [^\W\d]+){0,4} $|\bdự $")
_OF_MONTH = re.compile(r" tháng \d")  # "sinh hoạt chi bộ định kỳ tháng 6/2026": one of them
_VAGUE = {"periodic": 1, "event": 2, "continuous": 3}  # how often, where nothing says it better
_TELLS = re.compile(r"\b(?:báo cáo|thông tin|cung cấp|gửi|phản ánh|cập nhật)\b[^.;]*$")
_BARE_PERIOD = re.compile(r"(?:quý|tháng|năm|học kỳ)\b")
_STRIVES = re.compile(r"[;.]\s*phấn đấu\b[^.;]*$")
_YEAR = re.compile(r"\b\d{4}\b")


def _first_dated(one: Stated) -> Stated | None:
    """ "trước ngày 15/9/2025 và 15/12 hằng năm": the day of this year is when the duty is first due."""
    first, _, later = (one.value or "").partition(",")
    mixed = _YEAR.match(first) and later.startswith("--")
    return replace(one, value=first, recurrence="none") if mixed else None


@dataclass(frozen=True)
class Due:
    """A deadline with its words; `latest` is ISO, a day or a minute."""

    value: str | None = None
    op: str | None = None
    latest: str | None = None
    start: int = 0
    end: int = 0
    pattern: str = ""


@dataclass(frozen=True)
class Repeat:
    recurrence: str
    start: int
    end: int
    pattern: str


@dataclass(frozen=True)
class Times:
    """The times of one document: its date, and whether it has a timetable of its own."""

    source: Source
    document_date: date | None
    timetable: bool = False
    found: dict[tuple[int, int, int | None, bool], list[Stated]] = field(default_factory=dict)

    def find(self, start: int, end: int, *, year: int | None = None, phrase: bool = False) -> list[Stated]:
        key = (start, end, year, phrase)
        if key not in self.found:
            text = self.source.plain[start:end].replace("\t", " ")
            said = find_stated(text, document_date=self.document_date, year=year, phrase=phrase)
            placed = [replace(one, start=one.start + start, end=one.end + start) for one in said]
            self.found[key] = [one for one in placed if phrase or not self._described(one)]
        return self.found[key]

    def _described(self, one: Stated) -> bool:
        before = self.source.flat[max(0, one.start - 60) : one.start]
        if _GATHERING.match(one.text.lower()) and _ABOUT.search(before):
            return True
        if one.recurrence == "periodic" and _OF_MONTH.match(self.source.flat, one.end):
            return True
        return one.recurrence != "none" and not one.value and bool(_DESCRIBED.search(before))

    def cell(self, start: int, end: int) -> list[Stated]:
        """The times of a cell or a label, where "05/9", "9/2023" and "2025" need no word beside them."""
        said = self.source.plain[start:end].strip()
        for pattern, sentence in _BARE:
            if bare := pattern.fullmatch(said):
                found = find_stated(bare.expand(sentence), document_date=self.document_date)
                return [replace(one, start=start, end=end) for one in found]
        return self.find(start, end, phrase=True)

    def past(self, due: Due) -> bool:
        """A day before the document itself: when a meeting was, not when a duty ends."""
        return bool(due.latest and self.document_date and due.latest < self.document_date.isoformat())

    def due(self, one: Stated) -> Due:
        one = _first_dated(one) or one
        waits = bool(one.value and one.value.startswith("event")) and one.anchor not in (
            "received",
            "document",
        )
        ends = replace(one, value=one.value.split(",")[-1]) if one.value and one.op == "on" else one
        day = None if waits else latest(ends, document_date=self.document_date)
        said = day.isoformat() if day else None
        if said and one.value and "T" in one.value and one.op in ("on", "by", "before"):
            said = one.value.split(",")[0]
        return Due(one.value, one.op, said, one.start, one.end, f"stated:{one.pattern}")

    def deadline(self, found: list[Stated]) -> Due | None:
        """The strongest deadline among the times of an order itself; years and programmes do not count."""
        real = [
            s
            for s in found
            if s.value
            and s.pattern not in ("start", "cut-off", *_WEAK)
            and not self._horizon(s)
            and not self._long_ago(s)
        ]
        real = [s for s in real if s.op]
        if any(s.recurrence != "none" and s.op in ("before", "by") for s in real):
            # "trước ngày 25 hằng tháng (từ tháng 5 đến tháng 11)": the period says how long it comes
            real = [s for s in real if s.op != "within" or s.recurrence != "none"]
        return self.due(min(real, key=self._weight)) if real else None

    def _weight(self, one: Stated) -> tuple[bool, ...]:
        """Weaker is greater: "trước ngày 5/6", "hết quý II", "trong quý II", a bare "quý II", which may only be
        reported on; what comes again and again; and weakest the day of what is striven for."""
        flat = self.source.flat
        ends = one.op in ("before", "by")
        strives = bool(_STRIVES.search(flat[max(0, one.start - 60) : one.start]))
        period = one.pattern in ("period", "point", "half-year")
        return (
            strives,
            one.recurrence != "none",
            not ends,
            period,
            period and bool(_BARE_PERIOD.match(flat, one.start, one.end)),
        )

    def half_yearly(self, found: list[Stated], start: int, end: int) -> tuple[Due, Repeat] | None:
        """ "báo cáo 6 tháng (trước ngày 10/6) và năm (trước ngày 10/12)": two days of every year."""
        said = _HALF_YEARLY.search(self.source.flat, start, end)
        days = [
            s for s in found if s.value and s.pattern == "date" and said and s.end > said.start() - _BESIDE
        ]
        days = days or self._two_days(found)
        if len(days) != 2 or any(_YEAR.search(self.source.flat[s.start : s.end]) for s in days):
            return None
        value = ",".join("-" + (s.value or "")[4:] if s.recurrence == "none" else s.value or "" for s in days)
        span = (days[0].start, days[1].end)
        return Due(value, "before", None, *span, "half-yearly"), Repeat("twice_yearly", *span, "half-yearly")

    def _two_days(self, found: list[Stated]) -> list[Stated]:
        """ "sơ kết trước ngày 10/01 và tổng kết trước ngày 25/5 hằng năm": the rhythm is said of both."""
        days = [s for s in found if s.value and s.op == "before"]
        if len(days) != 2 or not re.fullmatch(r"--\d\d-\d\d", days[1].value or ""):
            return []
        between = self.source.flat[days[0].end : days[1].start]
        return days if re.search(r" và\b", between) and not re.search(r"[.;]", between) else []

    def weak_deadline(self, found: list[Stated], folded: str) -> Due | None:
        """A year, school year or programme period, where nothing stronger is said anywhere.

        A document with a timetable of its own names programmes, not deadlines; so does an order that waits
        for approval or names several periods.
        """
        weak = [s for s in found if s.value and s.pattern in _WEAK and not self._horizon(s)]
        weak = [s for s in weak if not s.text.lower().startswith("nhiệm kỳ")]  # the name of a term of office
        periods = {s.value for s in weak if s.pattern == "years"}
        current = self.document_date.year if self.document_date else 0
        for one in sorted(weak, key=lambda s: _WEAK[s.pattern]):
            if one.pattern == "years" and (self.timetable or len(periods) > 1 or _APPROVAL.search(folded)):
                continue
            if one.pattern == "year-bare" and (
                self.timetable or int((one.value or "0")[:4]) < max(current, 1)
            ):
                continue
            return self.due(one)
        return None

    def _horizon(self, one: Stated) -> bool:
        """ "phát triển giáo dục đến năm 2025": how far a programme looks, unless it opens the clause.

        Nor is "trước mùa mưa lũ năm 2024" the year's end.
        """
        flat = self.source.flat
        if one.pattern == "year-bare" and _SEASON.search(flat[max(0, one.start - 30) : one.start]):
            return True
        if not re.match(r"(?:đến|tới) năm\s+\d{4}$", flat[one.start : one.end]):
            return False
        return not _OPENS_CLAUSE.search(flat[max(0, one.start - 30) : one.start])

    def _long_ago(self, one: Stated) -> bool:
        """ "xây dựng trước năm 1995" says which houses, not until when."""
        day = self.document_date
        return bool(day and one.value and re.fullmatch(r"\d{4}", one.value) and int(one.value) < day.year)

    def slot(self, start: int, end: int, day: Due | None) -> Due | None:
        """A timetable's "7h00 - 7h15" on the day of its heading: due when the slot ends."""
        found = _SLOT.fullmatch(self.source.folded[start:end].strip())
        if not found or day is None or not day.value or len(day.value) != 10:
            return None
        at = f"{day.value}T{int(found['h']):02d}:{int(found['m'] or 0):02d}"
        return Due(at, "on", at, day.start, day.end, "slot")

    def repeat(
        self,
        found: list[Stated],
        start: int,
        end: int,
        label: bool = False,
        predicates: tuple[int, ...] = (),
    ) -> Repeat | None:
        """How often, by the words of an order; "thường xuyên" counts where it opens a clause or the predicate, or
        stands in a label."""
        flat = self.source.flat
        for one in sorted(found, key=lambda s: (_VAGUE.get(s.recurrence, 0), not s.value, s.start)):
            if one.recurrence == "none" or _first_dated(one):
                continue
            before = flat[max(start, one.start - 40) : one.start]
            after = flat[one.end : one.end + 1]
            manner = flat.startswith(" với", one.end)  # "phối hợp chặt chẽ, thường xuyên với Phòng A"
            opens = one.start - 1 in predicates or self._opens(before, after)
            if one.recurrence == "continuous" and not label and (manner or not opens):
                continue
            if one.recurrence == "event" and not label and not self._on_event(found, one, before):
                continue
            return Repeat(one.recurrence, one.start, one.end, f"stated:{one.pattern}")
        if found_pair := _MONTHLY_WEEKLY.search(flat, start, end):
            return Repeat("monthly/weekly", found_pair.start(), found_pair.end(), "monthly/weekly")
        return None

    def _on_event(self, found: list[Stated], one: Stated, before: str) -> bool:
        """An event opens the order, or an order to tell something waits for it and for no day."""
        each = re.match(r"(?:sau|trước) (?:mỗi|từng)", self.source.flat[one.start : one.end])
        if each or self.source.flat.startswith(" khi ", one.end):
            return True  # "xử lý đột xuất khi có phản ánh"
        if re.search(r"^\s*(?:báo cáo\s+)?$", before):
            return True
        dated = any(s.value and s.op for s in found)
        return not dated and bool(_TELLS.search(before))

    def _opens(self, before: str, after: str) -> bool:
        """ "thường xuyên" opens a clause or closes one."""
        edge = after in ",;." or re.search(r"(?:^|[.;,:]\s*|thực hiện\s+|duy trì\s+|và\s+)$", before)
        return bool(edge) and not _NOT_CONTINUOUS.search(before)
