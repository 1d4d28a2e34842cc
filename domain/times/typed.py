"""A time as people type it, rewritten in the words offices use: marks left out, numerals, dates year first.

Only whole phrases come through here (`dondoc when`, the deadline pages); a directive is read as it stands.
"""

import re
from collections.abc import Callable

from domain.folding import fold
from domain.times.words import MONTH_WORD, NUMBER, number

_OFFICE_WORDS = """
    trước ngày tháng năm quý tuần giờ phút chậm nhất muộn trễ hết đến tới hạn cuối đầu giữa hằng mỗi kỳ làm việc
    kể từ nhận vòng thời định tiếp cùng tiên của thứ kết thúc học báo cáo liệu chốt và không quá nửa một bốn bảy
    tám chín mười lần mùng Tết Nguyên đán hành văn được hoàn thành các chiều sáng liền
"""
_MARKS = {fold(word): word for word in re.findall(r"\w+", _OFFICE_WORDS)}
_TOGETHER = {
    "ngay ky": "ngày ký", "chu nhat": "chủ nhật", "thu tu": "thứ tư", "thu sau": "thứ sáu", "ke tiep": "kế tiếp",
    "lien ke": "liền kề", "toi da": "tối đa", "toi thieu": "tối thiểu", "thoi diem": "thời điểm",
    "so lieu": "số liệu", "so voi": "so với", "it nhat": "ít nhất", "qui": "quý",
}  # fmt: skip
_WORD = re.compile("|".join(rf"\b{words}\b" for words in _TOGETHER) + r"|\b[a-z]+\b", re.IGNORECASE)
_UNMARKED = re.compile(
    r"(?i)\bngay(?=\s+(?:\d|làm việc|cuối|đầu|nhận|ký|ban hành))|\b(?:thang|nam|quy)(?=\s+(?:\d|[ivx]+\b))"
    r"|(?:(?<=h[ằà]ng\s)|(?<=mỗi\s)|(?<=cuối\s))(?:thang|nam|quy|tuan)\b"
)
_LETTERS = re.compile(r"\b[^\W\d_]+\b")
_SLIPS = {
    fold(word): word for word in ("trước", "chậm", "nhất", "hết", "việc", "cuối", "hằng", "tháng", "ngày")
}
"""Words whose slips of a mark would turn the answer: "trươc ngày 15" is not the 15th."""
_OTHER_WORDS = re.compile(
    r"(?i)ch(?:ăm|âm|ấm|àm)|nh(?:ật|ạt|át)|hệt|c(?:ưới|ười|uội|ưỡi)|h(?:à|a|á|ã|ạ|ă)ng|th(?:a|ă|ắ|ằ|ẳ)ng"
    r"|ng(?:ay|áy|ây|ấy|ậy)"
)


_END_OF_HOURS = (
    r"\b(?:trước (?:khi )?|đến )?(?:hết|kết thúc|cuối) (?:giờ|buổi)(?: (?:làm việc|hành chính|sáng|chiều)){0,2}"
    r"(?: của)? (?=ngày \d|thứ)"
)
_AT_FIRST = r"(^|\b(?:trước|nhất|đến|hết|vào|là|trong|tới|xong|hoàn thành) )"
_REWRITTEN: tuple[tuple[str, str | Callable[[re.Match[str]], str]], ...] = (
    (
        r"^(?:[-+•*]\s*(?=[^\d\s])|[-+•*] |\d{1,2}\. (?!\d{1,2}\s?\.)|\d{1,2}\) |(?:[a-zđ]|[ivx]+)[.)] )",
        "",
    ),  # in a list
    (r"[.;,!\s]+$", ""),
    (r"^\(([^()]*)\)$", r"\1"),
    (r"^(?:(?:thời )?hạn|thời gian|thời điểm)(?: [^\W\d]+){0,3}\s*:\s*", ""),
    (r"\bT([2-7])(?=[,\s]+(?:ngày )?\d{1,2}[/.-]\d)", r"thứ \1"),
    (_END_OF_HOURS, "đến hết "),
    (r"\s*\((?:qua|theo|gửi|kèm|đối với) [^()]*\)$", ""),
    (r"\s*&\s*", " và "),
    (r"\b(\d{1,2}/\d{1,2}(?:/\d{4})?)\s?-\s?(?=\d{1,2}/\d{1,2})", r"\1 - "),
    (r"\btháng sau (?=năm \d{4})", "tháng sáu "),
    (r"\btháng từ (?=năm \d{4})", "tháng tư "),
    (r"(?<!ngày\s)\btháng năm(?=\s*(?:$|[.,;:()])|\sđể\b)", "tháng 5"),
    (r"\b(ngày \d{1,2} tháng )năm\b(?! \d| nay| này| sau| trước| học)", r"\g<1>5"),
    (r"\b(tối đa|trong|trong vòng|không quá) sau (?=(?:giờ|ngày|tuần|tháng)\b)", r"\1 sáu "),
    (r"\b(trước|nhất|đến|hết)ngày\b", r"\1 ngày"),
    (r"\bngày\s*:?\s*(?=\d)", "ngày "),
    (r"^(\d{4})\s?-\s?(\d{4})$", r"giai đoạn \1-\2"),
    (rf"{_AT_FIRST}(\d{{4}})$", r"\1năm \2"),
    (rf"{_AT_FIRST}(\d{{4}})-(0[1-9]|1[0-2])$", r"\1tháng \3/\2"),
    (rf"{_AT_FIRST}(1[0-2]|0?[1-9])[/-](\d{{4}})$", r"\1tháng \2/\3"),
    (r"\b(\d{4})\s?-\s?q([1-4])\b", r"quý \2/\1"),
    (r"\b((?:trước|chậm nhất|đến|hết) )(\d{1,2})$", r"\1ngày \2"),
    (
        rf"\bnăm hai (?:nghìn|ngàn) không trăm ({NUMBER})",
        lambda found: f"năm {2000 + number(found[1].lower())}",
    ),
    (
        rf"\b(một|hai|ba) trăm(?: (?:linh |lẻ )?({NUMBER}))?(?= (?:ngày|giờ))",
        lambda found: f"{100 * number(found[1].lower()) + number((found[2] or '0').lower())}",
    ),
    (r"\b(\d{4})[-/](\d{1,2})[-/](\d{1,2})\b", r"\3/\2/\1"),
    (r"\bq\.?\s?(iii|ii|iv|i|[1-4])(?=\s?[-/]\s?\d{4}|$)", r"quý \1"),
    (r"\b(trước|trong|hết|đến|đầu|giữa|cuối) t\.?(1[0-2]|0?[1-9])$", r"\1 tháng \2"),
    (r"\bt\.?(1[0-2]|0?[1-9])(?=\s?/\s?\d{4})", r"tháng \1"),
    (r"\b(quý) (một|hai|ba|bốn|tư)\b", lambda found: f"{found[1]} {number(found[2].lower())}"),
    (
        rf"\b(ngày )({NUMBER})(?= (?:của )?(?:tháng|hằng|hàng|mỗi)\b)",
        lambda found: f"{found[1]}{number(found[2].lower())}",
    ),
    (
        rf"\bngày (làm việc )?thứ ({NUMBER}) (?=(?:kể |tính )?từ\b|sau (?:khi|ngày)\b)",
        lambda found: f"{number(found[2].lower())} ngày {found[1] or ''}",
    ),
    (rf"{_AT_FIRST}(\d{{1,2}}) (?=(?:hằng|hàng|mỗi|của) tháng\b)", r"\1ngày \2 "),
    (
        rf"\b(\d{{1,2}} (?:của )?tháng )({MONTH_WORD})\b",
        lambda found: f"{found[1]}{number(found[2].lower())}",
    ),
    (r"\b(tháng \d{1,2}|quý (?:iii|ii|iv|i|[1-4])),? (\d{4})\b", r"\1/\2"),
    (r"\b(quý (?:iii|ii|i|[123]))\s?\+\s?(iii|ii|iv|[234])\b", r"\1, \2"),
    (r"\b(ngày \d{1,2})\.(\d{1,2})(?![\d./-])", r"\1/\2"),
    (r"\b(trước (?:ngày )?\d{1,2})-(\d{1,2})(?![\d./-])", r"\1/\2"),
    (r"\b(ngày (?:2\d|3[01]|1[3-9]))-(1[0-2]|0?[1-9])(?![\d./-])", r"\1/\2"),
    (r"\b(\d{1,2}:\d{2}):\d{2}\b", r"\1"),
    (r"\b(\d{1,2})\.(\d{2})(?= ngày\b)", r"\1:\2"),
)
_RULES = tuple(
    (re.compile(pattern.replace(" ", r"\s+"), re.IGNORECASE), said) for pattern, said in _REWRITTEN
)


def as_written(phrase: str) -> str:
    """The phrase with its marks and in office spelling: "cham nhat ngay 25/12", "2026-12-25", "Q4/2026"."""
    if phrase.isascii():
        phrase = _WORD.sub(_marked, phrase)
    else:
        phrase = _UNMARKED.sub(lambda found: _MARKS[fold(found[0])], _LETTERS.sub(_without_slip, phrase))
    for pattern, said in _RULES:
        phrase = pattern.sub(said, phrase)
    return phrase


def _without_slip(found: re.Match[str]) -> str:
    word = found[0]
    return word if _OTHER_WORDS.fullmatch(word) else _SLIPS.get(fold(word), word)


def _marked(found: re.Match[str]) -> str:
    words = " ".join(found[0].lower().split())
    return _TOGETHER.get(words) or ("ngày" if words == "ngay" else _MARKS.get(words, found[0]))
