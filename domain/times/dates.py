"""Days and periods read from a short stretch of folded text, and how they are spelled (domain.moment)."""

import re
from calendar import monthrange
from itertools import pairwise

from domain.sentence import WordedError
from domain.times.words import EVERY, MONTH_WORD, NEXT, NUMBER, compiled, number, ordinal, plain

_DATE = compiled(
    r"(?P<d>\d{1,2})(?:(?:\s?/\s?| (?:của )?tháng )(?P<m>\d{1,2})(?:(?:\s?/\s?|,? (?:của )?năm )(?P<y>\d{2,5}))?"
    r"|\s?(?P<sign>[-.])\s?(?P<signed_m>\d{1,2})\s?(?P=sign)\s?(?P<signed_y>\d{2,5}))?"
)
_NEXT = compiled(NEXT)
_FEASTS = {
    r"nhà giáo(?: việt nam)?": "--11-20", r"văn hóa việt nam": "--11-24", r"quốc khánh": "--09-02",
    r"quốc tế lao động": "--05-01", r"tết dương lịch": "--01-01", r"quốc tế phụ nữ": "--03-08",
    r"phụ nữ việt nam": "--10-20", r"quốc tế thiếu nhi": "--06-01", r"thương binh": "--07-27",
    r"(?:giải phóng|thống nhất|chiến thắng)": "--04-30", r"pháp luật(?: việt nam)?": "--11-09",
    r"chuyển đổi số(?: quốc gia)?": "--10-10", r"khai giảng": "--09-05",
}  # fmt: skip
FEASTS = "|".join(_FEASTS)
TET = (
    r"(?P<tet>(?:ngày )?(?:m[ùồ]ng (?:1|một) |dịp |(?:kỳ |khi )?nghỉ )?tết(?! (?:dương|trung|độc|đoan|hàn))"
    r"(?: (?:nguyên đán|cổ truyền|âm lịch))?(?!\w)"
    r"(?: [^\W\d]+ [^\W\d]+(?=[\s,-]+(?:năm )?\d{4}))?(?:[\s,-]+(?:năm )?(?P<tet_year>\d{4,5}(?![\d/])))?)"
)  # mùng 1 of the lunar year
LETTER = {"tuần": "w", "tháng": "m", "quý": "q", "năm": "y"}


_COUNTED_FROM_NOON = {"trưa": range(1, 4), "chiều": range(1, 12), "tối": range(1, 12), "đêm": range(7, 12)}


class Impossible(WordedError, ValueError):
    """A date that no calendar has; the message is for the reader, in Vietnamese."""


def checked_year(text: str) -> int:
    """Years of four digits between 1990 and 2100; of two digits in this century. Raises Impossible."""
    year = int(text) + (2000 if len(text) == 2 else 0)
    if len(text) not in (2, 4) or not 1990 <= year <= 2100:
        raise Impossible("Năm {text} không hợp lý; đề nghị kiểm tra lại văn bản.", text=text)
    return year


def year_or_any(text: str | None) -> str:
    """The head of a value: the year, or "-" of one not said. Raises Impossible."""
    return str(checked_year(text)) if text else "-"


def spell_day(day: int, month: int, year: int | None) -> str:
    """`2025-12-15`, or `--12-15` of a year not said. Raises Impossible ("31 tháng 11")."""
    if not 1 <= month <= 12 or not 1 <= day <= monthrange(year or 2000, month)[1]:
        said = f"{day:02d}/{month:02d}" + (f"/{year}" if year else "")
        raise Impossible("Không có ngày {said} trong lịch; đề nghị hỏi lại nơi ban hành.", said=said)
    return f"{year}-{month:02d}-{day:02d}" if year else f"--{month:02d}-{day:02d}"


def feast(name: str) -> str:
    """The yearly day of a named feast."""
    return next(day for names, day in _FEASTS.items() if re.fullmatch(names, plain(name)))


def read_dates(text: str) -> list[str]:
    """The days of "5, 6/12" or "01/6 và 15/11/2026"; a month or year said once serves those before it.

    Raises Impossible. Days whose month nobody says are spelled `day=5`.
    """
    found = [
        (int(one["d"]), one["m"] or one["signed_m"], one["y"] or one["signed_y"])
        for one in _DATE.finditer(text)
    ]
    spelled: list[str] = []
    month: int | None = None
    year: int | None = None
    later = (13, 32)
    for day, own_month, own_year in reversed(found):
        month = int(own_month) if own_month else month
        if own_year:
            year = checked_year(own_year)
        elif (
            year and month and (month, day) > later
        ):  # "15/12 và 15/01/2027": the first is of the year before
            year -= 1
        later = (month or 13, day)
        spelled.append(f"day={day}" if month is None else spell_day(day, month, year))
    return spelled[::-1]


def read_time(text: str) -> tuple[int, int]:
    """Hour and minute of "16h00", "17 giờ 30 phút", "5 giờ chiều"; "12 giờ đêm" is 24:00. Raises Impossible."""
    numbers = [int(one) for one in re.findall(r"\d+", text)]
    hour, minute = numbers[0], numbers[1] if len(numbers) > 1 else 0
    part = text.split()[-1]
    if hour in _COUNTED_FROM_NOON.get(part, ()) or (hour == 12 and part in ("tối", "đêm")):
        hour += 12
    if hour > 24 or minute > 59 or (hour == 24 and minute):
        raise Impossible("Không có giờ “{text}”.", text=text.strip())
    return hour, minute


def read_period(text: str) -> tuple[str, str]:
    """Value and recurrence of "tháng 8/2026", "quý I, II năm 2026", "hằng tháng", "năm sau", "quý".

    Raises Impossible.
    """
    text = plain(text)
    every = re.search(r"(?:hằng|mỗi) (tuần|tháng|quý|năm)", text)
    year = re.search(r"(?<!\d)\d{4,5}(?!\d)", text)
    head = text[: year.start()] if year else text
    next_year = bool(re.search(rf"năm {NEXT}", text))
    if found := re.match(rf"({NUMBER}) (tháng|quý) (?:đầu|(cuối))", text):
        months = min(number(found[1].lstrip("0")) * (3 if found[2] == "quý" else 1), 12)
        value = part_of_year(months, year[0] if year else None, last=bool(found[3]))
        return value + ("+1y" if next_year else ""), "yearly" if every else "none"
    if found := re.match(rf"(tháng|quý)\s*(?=[ivx]|{MONTH_WORD})", text):
        numbers = _numbers(head[found.end() :], found[1])
        if numbers:
            through = bool(re.search(r"-|đến", head))
            value = _numbered(numbers, found[1], checked_year(year[0]) if year else None, next_year, through)
            if every and not through and len(numbers) > 1:  # "tháng 6 và tháng 12 hằng năm"
                return value.replace("/", ","), "twice_yearly"
            return value, "yearly" if every else "none"
    if year:
        return str(checked_year(year[0])), "none"
    if every:
        return LETTER[every[1]], EVERY[every[1]]
    return LETTER[text.split()[0]] + ("+1" if _NEXT.search(text) else ""), "none"


def part_of_year(months: int, year: str | None, *, last: bool) -> str:
    """The first or last months of a year, said or not, as long as that part is. Raises Impossible."""
    return year_or_any(year) + (f"-H{1 + last}" if months == 6 else f"-{12 if last else months:02d}")


def _numbers(text: str, unit: str) -> list[int]:
    words = re.findall(rf"\b(?:iii|ii|iv|i|{MONTH_WORD})\b", text)
    if unit == "quý":
        return [
            ordinal(word)
            for word in words
            if word.lstrip("0") in ("1", "2", "3", "4", "i", "ii", "iii", "iv")
        ]
    return [number(word) for word in words if word.strip("i")]


def _numbered(numbers: list[int], unit: str, year: int | None, next_year: bool, through: bool) -> str:
    """One period, the stretch from the first to the last, or a list of some that do not follow each other."""
    if unit == "tháng" and not all(1 <= month <= 12 for month in numbers):
        raise Impossible("Không có tháng {month}.", month=max(numbers))
    ahead = "+1y" if next_year else ""
    keys = [f"{n:02d}" if unit == "tháng" else f"Q{n}" for n in numbers]
    spelled = [(f"{year}-{key}" if year else f"--{key}") + ahead for key in keys]
    if not through and any(b != a + 1 for a, b in pairwise(numbers)):
        return ",".join(spelled)
    return spelled[0] if len(spelled) == 1 else f"{spelled[0]}/{spelled[-1]}"
