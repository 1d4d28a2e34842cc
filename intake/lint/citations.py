"""References to other documents that contradict themselves (mechanisms 23 and 82)."""

import re
from collections.abc import Iterator

from domain.draft import LintFinding
from intake.text import Source

_CITED = re.compile(
    r"(?P<symbol>\d+(?:/(?P<year>(?:19|20)\d{2}))?\s?[/-]\s?[^\W\d][\w&]*(?:\s?[-/]\s?[^\W\d][\w&]*)*)"
    r"\s*,?\s*ngày\s*(?P<day>\d{1,2})\s*(?:[/.-]|tháng)\s*(?P<month>\d{1,2})\s*(?:[/.-]|năm)\s*(?P<said>\d{4})"
)


def check(source: Source) -> Iterator[LintFinding]:
    dates: dict[str, tuple[str, str]] = {}  # symbol without tone of đ → its spelling and date
    for cited in _CITED.finditer(source.flat):
        start, end = cited.span()
        symbol = re.sub(r"\s", "", source.plain[cited.start("symbol") : cited.end("symbol")])
        day = f"{int(cited['day']):02d}/{int(cited['month']):02d}/{cited['said']}"
        if cited["year"] and cited["year"] != cited["said"]:
            yield LintFinding(
                rule="citation-year", start=start, end=end,
                message=f"Số {symbol} là của năm {cited['year']} nhưng ghi ngày {day}.",
            )  # fmt: skip
        key = symbol.lower().replace("đ", "d")
        spelled, before = dates.setdefault(key, (symbol, day))
        if before != day:
            yield LintFinding(
                rule="citation-two-dates", start=start, end=end,
                message=f"Văn bản số {symbol} có hai ngày khác nhau: {before} và {day}.",
            )  # fmt: skip
        if spelled.lower() != symbol.lower():
            yield LintFinding(
                rule="citation-spelling", start=start, end=end,
                message=f"Một văn bản viết hai cách: {spelled} và {symbol}.",
            )  # fmt: skip
