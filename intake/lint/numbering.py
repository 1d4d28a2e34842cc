"""Sections out of order: III, VII, V, VI (mechanism 88). Letters may follow either alphabet."""

import re
from collections.abc import Iterator

from domain.draft import LintFinding
from intake.outline import Node
from intake.text import Source

_ROMAN = {"i": 1, "v": 5, "x": 10}
_COUNTED = ("roman", "arabic", "article")


def check(source: Source, nodes: list[Node]) -> Iterator[LintFinding]:
    before: dict[tuple[int, str], tuple[int, str]] = {}
    for node in nodes:
        if node.style not in _COUNTED:
            continue
        mark = source.say(node.block.start, node.block.body).strip(" .)#*:-/")
        number = _number(node.style, mark)
        key = (id(node.parent), node.style)
        last = before.get(key)
        before[key] = (number, mark)
        restarts = node.style == "arabic" and number == 1
        if last and number not in (last[0] + 1, 0) and not restarts:
            yield LintFinding(
                rule="numbering", start=node.block.start, end=max(node.block.body, node.block.start + 1),
                message=f"Đánh số không liền: sau mục {last[1]} là mục {mark}.",
            )  # fmt: skip


def _number(style: str, mark: str) -> int:
    if style != "roman":
        found = re.search(r"\d+", mark)
        return int(found.group()) if found else 0
    values = [_ROMAN.get(c, 0) for c in mark.lower()]
    pairs = zip(values, [*values[1:], 0], strict=True)
    return sum(-a if a < b else a for a, b in pairs)
