"""Aims without a figure: more than the year before, above the average of others, a better rank."""

import re
from typing import Literal

from domain.draft import WordedAim
from intake.text import Source

_YEAR = r"năm (?:học )?(?:trước|ngoái|\d{4}(?:\s?-\s?\d{4})?)"
_BEFORE = rf"(?:cùng kỳ(?: {_YEAR})?|{_YEAR}|(?:tháng|quý|kỳ) trước)"
_LESS = r"giảm|hạ|thấp hơn|ít hơn"
_MORE = r"tăng|nâng(?: cao)?|cải thiện|cao hơn|nhiều hơn"
_AVERAGE = (
    r"(?:mức |điểm |tỷ lệ )?(?:trung bình|bình quân)(?: chung)?"
    r"(?: (?:của )?(?:(?:toàn|cả|các) )?(?:tỉnh|thành phố|huyện|quận|nước|quốc gia|khu vực|ngành|cụm))?"
)
_AIMS: tuple[tuple[Literal["direction", "relative", "rank"], re.Pattern[str]], ...] = (
    (
        "direction",
        re.compile(
            rf"(?<!không )\b(?P<verb>{_LESS}|{_MORE})\b(?: hơn)?(?P<what>[^.,;:%\d]{{0,90}}?) so với {_BEFORE}"
            rf"|\b(?P<than>cao hơn|thấp hơn|nhiều hơn|ít hơn)(?: so với)? {_BEFORE}"
        ),
    ),
    ("relative", re.compile(rf"\b(?P<than>(?:bằng hoặc )?cao hơn|trên|không thấp hơn|thấp hơn) {_AVERAGE}")),
    (
        "rank",
        re.compile(
            r"\b(?:nâng(?: cao)?|tăng|cải thiện|duy trì|giữ vững) (?:thứ hạng|vị trí xếp hạng|xếp hạng|thứ bậc)\b"
            r"(?P<what>[^.;,:]{0,80})"
            r"|\b(?:nằm|đứng|thuộc|lọt vào|duy trì)(?: trong)? (?:nhóm|tốp|top) (?:\d+|đầu|dẫn đầu)\b"
            r"[^.;,:]{0,60}"
        ),
    ),
)
_LEADS_IN = re.compile(
    r"(?:(?:[-+•]|\w\)|và|tiếp tục|phấn đấu|phần đầu|bảo đảm|đảm bảo|có|đạt|chỉ tiêu)(?:\s+|$))+"
)
_FIGURED = re.compile(r"\W*\d+\s*%")  # "100% các trường có tỷ lệ cao hơn trung bình": the figure is the aim


def aims_in(source: Source, start: int, end: int) -> tuple[WordedAim, ...]:
    """The aims without a figure between two offsets, in order of the text."""
    found = []
    for aim, pattern in _AIMS:
        for m in pattern.finditer(source.flat, start, end):
            clause = _clause(source, start, m.start())
            if _FIGURED.match(clause):
                continue
            said = m.groupdict()
            less = re.match(_LESS, said.get("verb") or said.get("than") or "") is not None
            words = source.say(*m.span())
            metric = source.say(*m.span("what")) if (said.get("what") or "").strip() else _bare(clause)
            aimed = WordedAim(text=words, metric=metric, aim=aim, comparator="<" if less else ">")
            found.append((m.start(), aimed))
    return tuple(aim for _, aim in sorted(found, key=lambda pair: pair[0]))


def _clause(source: Source, start: int, at: int) -> str:
    return " ".join(re.split(r"[.;,:]\s", source.plain[start:at])[-1].split())


def _bare(clause: str) -> str:
    """What is compared, named before "cao hơn": without "phấn đấu" and the like."""
    lead_in = _LEADS_IN.match(clause.lower())
    return clause[lead_in.end() :] if lead_in else clause
