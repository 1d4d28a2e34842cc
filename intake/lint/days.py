"""Days that cannot be, lie outside their period, or before the document itself (mechanism 88, bad input 31)."""

import re
from collections.abc import Iterator
from datetime import date

from domain.draft import DocumentFacts, LintFinding
from domain.stated import find_stated, latest
from intake.outline import Node
from intake.text import Source

_MONTH = re.compile(r"tháng\s+(\d{1,2})\s*(?:/|năm)\s*(\d{4})\s*[,:]")
_DAY = re.compile(r"(?<!\d)(\d{1,2})/(\d{1,2})/(\d{4})(?!\d)")
_CITED = re.compile(r"\d\s*[/-]\s*[^\W\d][\w&/ -]{0,30}$")
_STRANGE_YEARS = (1945, 2100)


def check(source: Source, facts: DocumentFacts, nodes: list[Node]) -> Iterator[LintFinding]:
    issued = date.fromisoformat(facts.date) if facts.date and len(facts.date) == 10 else None
    for node in nodes:
        start, end = node.block.start, node.block.end
        yield from _other_month(source, node.block.body, end)
        for one in find_stated(source.plain[start:end].replace("\t", " "), document_date=issued):
            last = latest(one, document_date=issued) if one.op in ("before", "by", "on") else None
            if one.problem:
                yield _finding(
                    "impossible-day", start + one.start, start + one.end, f"“{one.text}”: {one.problem}"
                )
            elif last and issued and last < issued and one.op in ("before", "by"):
                message = f"Hạn “{one.text}” đã qua trước ngày ký {issued:%d/%m/%Y}."
                yield _finding("deadline-before-document", start + one.start, start + one.end, message)
    for m in _DAY.finditer(source.flat):
        if not _STRANGE_YEARS[0] <= int(m[3]) <= _STRANGE_YEARS[1]:
            yield _finding("strange-year", m.start(), m.end(), f"Năm {m[3]} không hợp lý.")


def _other_month(source: Source, start: int, end: int) -> Iterator[LintFinding]:
    """An item that opens with "Tháng 10/2021," and speaks of days of another month."""
    opened = _MONTH.match(source.flat, start, end)
    if not opened:
        return
    for m in _DAY.finditer(source.flat, opened.end(), end):
        cited = _CITED.search(re.sub(r"\s*ngày\s*$", "", source.flat[max(start, m.start() - 60) : m.start()]))
        if not cited and (int(m[2]), int(m[3])) != (int(opened[1]), int(opened[2])):
            message = f"Mục của tháng {opened[1]}/{opened[2]} nhưng ghi ngày {m.group()}."
            yield _finding("day-outside-period", m.start(), m.end(), message)


def _finding(rule: str, start: int, end: int, message: str) -> LintFinding:
    return LintFinding(rule=rule, start=start, end=end, message=message)
