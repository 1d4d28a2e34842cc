"""The words offices use for times: folding, numbers, and the fragments that the forms are built from.

Fragments match folded text: small letters, hàng→hằng, quí→quý, kì→kỳ, marks of emphasis as spaces; folding
keeps every offset. Every repetition is bounded, so matching is linear in the text.
"""

import re

_EMPHASIS = str.maketrans({"*": " ", "_": " ", "\u00a0": " ", "\u200b": " ", "–": "-", "—": "-", "‑": "-"})
_SPELLINGS = {"hàng": "hằng", "truớc": "trước", "quí": "quý", "qúi": "quý", "qúy": "quý", "kì": "kỳ"}
_SPELLING = re.compile(r"\b(?:" + "|".join(_SPELLINGS) + r")\b")

DIGITS = {
    "một": 1, "hai": 2, "ba": 3, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7, "tám": 8, "chín": 9,
    "mốt": 1, "tư": 4, "lăm": 5, "nhăm": 5, "bẩy": 7, "mười": 10,
}  # fmt: skip
ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
WEEKDAYS = {"hai": 1, "ba": 2, "tư": 3, "năm": 4, "sáu": 5, "bảy": 6, "bẩy": 6}
UNIT_RECURRENCE = {"w": "weekly", "m": "monthly", "q": "quarterly", "y": "yearly"}
EVERY = {"ngày": "daily", "tuần": "weekly", "tháng": "monthly", "quý": "quarterly", "năm": "yearly"}


_NUMERAL = (
    r"(?:một|mốt|hai|ba|bốn|tư|năm|lăm|nhăm|sáu|bảy|bẩy|tám|chín|mười|mươi|linh|lẻ|không|trăm|nghìn|ngàn)"
)
_NUMERALS = rf"{_NUMERAL}(?: {_NUMERAL}){{0,8}}"
_SAID_TWICE = re.compile(
    rf"(?<=\d)\s?\({_NUMERALS}\)|\b{_NUMERALS}\s?\((?P<figures>\d{{1,3}})\)(?= (?:ngày|giờ|tuần|tháng|quý|năm)\b)"
)


def fold(text: str) -> str:
    """Text of the same length, in which the patterns are sought. `text` must be NFC.

    Of a number said twice ("ngày 06 (sáu) tháng 06 (sáu)", "mười (10) ngày") the figures stay.
    """
    small = text.lower()
    if len(small) != len(text):  # a capital whose small letter is two characters keeps its shape
        small = "".join(low if len(low := one.lower()) == 1 else one for one in text)
    small = _SPELLING.sub(lambda found: _SPELLINGS[found[0]], small).translate(_EMPHASIS)
    return _SAID_TWICE.sub(lambda found: (found["figures"] or "").center(len(found[0])), small)


def number(text: str) -> int:
    """Of figures, or of words up to ninety-nine: "ba", "mười lăm", "hai mươi mốt"."""
    if text.isdigit():
        return int(text)
    tens, mark, ones = plain(text).rpartition("mươi")
    return (10 * DIGITS[tens.strip()] if mark else 0) + sum(DIGITS[word] for word in ones.split())


def ordinal(text: str) -> int:
    return ROMAN.get(text) or int(text)


_ONE = r"(?:một|hai|ba|bốn|tư|năm|sáu|bảy|bẩy|tám|chín)\b"
_AFTER_TEN = rf"(?: (?:{_ONE}|mốt\b|lăm\b|nhăm\b))?"
NUMBER = rf"(?:\d{{1,3}}|mười\b{_AFTER_TEN}|{_ONE}(?: mươi\b{_AFTER_TEN})?)"
NEXT = r"(?:sau|tới|tiếp theo|kế tiếp|tiếp sau|liền sau|liền kề)(?: (?:liền kề|sau\b))?"
THIS = r"(?:này|nay|báo cáo|thuộc kỳ báo cáo|đó)"
YEAR = r"(?:\d{4,5})(?![\d/])"
OF_YEAR = rf"(?:\s?[/-]\s?{YEAR}|,? (?:của )?năm (?:{YEAR}|{NEXT}|{THIS})| {YEAR})"
EACH = r"(?:\s*[,(]?\s*(?:của )?(?:hằng|mỗi|các) (?:tháng|quý|năm|tuần)\b\)?)"
TIME = (
    r"(?:\d{1,2}\s?(?:giờ|h|g)(?:\s?\d{2}(?!\d)(?:\s?(?:phút|['’′]))?)?|\d{1,2}:\d{2})"
    r"(?: (?:buổi )?(?:sáng|trưa|chiều|tối(?! (?:đa|thiểu))|đêm)\b)?"
)

# A date, by its separators; two-digit years only inside one separator.
DAY_MONTH = (
    r"\d{1,2}(?:"
    r"\s?/\s?\d{1,2}(?:\s?/\s?\d{2,5}|,? (?:của )?năm \d{2,5})?"
    r"|-\d{1,2}-\d{2,5}|\s?-\s?\d{1,2}\s?-\s?\d{4,5}|\.\d{1,2}\.\d{2,5}|\s?\. \d{1,2}\s?\. \d{4}"
    r"| (?:của )?tháng \d{1,2}(?:,? (?:của )?năm \d{2,5}|\s?/\s?\d{4,5})?"
    r")(?![\w/]|\s?[/.-]\d| (?:lần|ngày|tuần)\b)"
)
MONTH_WORD = r"(?:\d{1,2}|mười một|mười hai|mười|chín|tám|bảy|sáu|năm(?= năm\b|\s?/)|tư|một|hai|ba)"
QUARTER = r"(?:iii|ii|iv|i|0?[1-4])(?!\w)"

OP_WORD = (
    r"(?:(?:chậm|muộn|trễ|sớm) nhất|hạn (?:cuối(?: cùng)?|chót|nộp|gửi|hoàn thành)|thời (?:hạn|gian|điểm)"
    r"(?: (?:hoàn thành|gửi|nộp|thực hiện|báo cáo))?|không (?:quá|trước|sau|(?:muộn|chậm|trễ|sớm) hơn)"
    r"|trước (?:hoặc|và) (?:trong|vào|đúng)|trong (?:hoặc|và) trước"
    r"|trước(?: (?:sáng|hôm|hạn|đợt|khi (?:sang|bước sang|bắt đầu)|mốc(?: thời gian)?|thời (?:điểm|hạn)))?"
    r"(?! (?:đến|tới))"
    r"|(?:cho )?đến|tới|hết|trong|là|vào|lúc|hồi|xong|hoàn thành"
    r"|kết thúc|(?:nhân )?dịp|từ (?:nay|giờ)|(?:kể |tính )?từ|bắt đầu|sau|khoảng)"
)
OP = rf"(?P<op>(?:\b{OP_WORD}[\s:,]{{1,4}}){{0,5}})"
WEEKDAY = r"(?:thứ (?:hai|ba|tư|năm|sáu|bảy|bẩy|[2-7])|chủ nhật)(?!\w|\s?/)"
AT = rf"(?:(?P<time>{TIME})[\s,(]{{0,3}}(?:của )?)?(?:(?:ngày )?{WEEKDAY}[\s,)]{{1,3}})?"
UNIT = r"(?:ngày \(?làm việc\)?|ngày(?! \(?làm việc)|giờ|tiếng|phút|tuần|tháng|quý|năm)"


YEAR_TAIL = rf"{EACH}| (?:của )?năm (?:{NEXT}|{THIS}|trước(?! ngày| khi))"


def compiled(pattern: str) -> re.Pattern[str]:
    """A pattern in which a blank stands for any white space."""
    return re.compile(pattern.replace(" ", r"\s+"))


def plain(text: str) -> str:
    """Words one blank apart."""
    return " ".join(text.split())


def op_of(words: str) -> str | None:
    """before, by, within, start (from which time, no deadline), or None where no such word stands."""
    words = re.sub(r"từ (?:nay|giờ)", "đến", plain(words))
    if re.search("hoặc|và ", words):
        return "by"
    if re.search(r"không (?:trước|sớm|sau)|sớm nhất", words):
        return "by" if "không sau" in words else "start"
    if re.search(r"trước (?:kết thúc|hết)", words):
        return "by"  # before the end, which is at 24:00 of the last day (BLDS 148.6)
    if "trước" in words:
        return "before"
    if re.search(r"\b(?:từ|sau|bắt đầu)\b", words) and not re.search(r"\b(?:đến|tới|hết)\b", words):
        return "start"
    if re.search(r"đến|tới|hết|nhất|hạn|không|xong|hoàn|kết", words):
        return "by"
    return "within" if "trong" in words else None
