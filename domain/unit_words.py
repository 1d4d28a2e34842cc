"""How documents put names of units into words: posts, groups, counts, lists. No unit is named here.

"Giám đốc các sở: A, B", "UBND 14 phường", "các trường mầm non, tiểu học, THCS", "các đơn vị trực thuộc".
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from domain.folding import fold

_POST = re.compile(
    r"(?:(?:đồng chí|đ/c)\s+)?(?:phó\s+)?(?:thủ trưởng|giám đốc|hiệu trưởng|chủ tịch|chánh(?=\s+văn phòng|\s+thanh tra)"
    r"|người đứng đầu|lãnh đạo|đại diện|trưởng(?=\s+(?:phòng|ban|công an|các)\b))\s+",
    re.IGNORECASE,
)
_MANY = re.compile(
    r"\b(?:(?:tất cả|toàn bộ|toàn thể)\s+)?(?:các|những|mỗi|từng)\s+(?:(?P<counted>\d{1,4})\s+)?"
    r"|(?<!số )\b(?P<count>\d{1,4})\s+(?=[^\W\d])",
    re.IGNORECASE,
)
_BELONGING = re.compile(r"\s+(?:trực thuộc|thuộc|trên địa bàn|của)(?:\s+\S.*)?$", re.IGNORECASE)
_COLON = re.compile(r"(?:các|những)\s+(?P<head>[^:;,]+?)\s*:\s*", re.IGNORECASE)
_APART = re.compile(r"\s*(?:[,;/]|\bvà\b|\bhoặc\b)\s*", re.IGNORECASE)
_EVERY_UNIT = frozenset({"don vi", "co quan don vi"})
MOST_JOINED = 6
"""Parts between commas and 'và' that one name may take up."""


class Many(NamedTuple):
    """A group worded by what its members' names begin with; `named`: how many the document says."""

    beginning: str
    named: int | None


def without_post(wording: str) -> str:
    """A post stands for its unit: 'Chủ tịch UBND phường' → 'UBND phường' (mechanism 21)."""
    found = _POST.match(wording)
    return wording[found.end() :] if found else wording


def without_belonging(wording: str) -> str:
    """'các trường trực thuộc', 'các trường trên địa bàn phường' → 'các trường'."""
    return _BELONGING.sub("", wording)


def many(wording: str) -> Many | None:
    """'UBND 14 phường' → ('UBND phường', 14); None where one unit is meant."""
    found = _MANY.search(wording)
    if found is None:
        return None
    count = found["counted"] or found["count"]
    return Many(wording[: found.start()] + wording[found.end() :], int(count) if count else None)


def every_unit(wording: str) -> bool:
    """'các đơn vị trực thuộc', 'các cơ quan, đơn vị thuộc quận': whatever stands directly below the office."""
    group = many(wording)
    if group is None or without_belonging(group.beginning) == group.beginning:
        return False
    return fold(without_belonging(group.beginning)) in _EVERY_UNIT


def listed(wording: str) -> tuple[str, str, list[tuple[int, int]]]:
    """A list as the head its parts share, its text, and the spans of the parts: "Các phòng: A, B" gives "phòng",
    "A, B"."""
    head = ""
    if colon := _COLON.match(wording):
        head, wording = colon["head"], wording[colon.end() :]
    spans: list[tuple[int, int]] = []
    at = 0
    for comma in _APART.finditer(wording):
        spans.append((at, comma.start()))
        at = comma.end()
    spans.append((at, len(wording)))
    return head, wording, [span for span in spans if span[0] < span[1]]


def goes_on(group: str, part: str) -> bool:
    """Whether a part of a list is no name of its own but more of the group before it: "UBND các xã, phường"."""
    return many(group) is not None and part.islower() and part.count(" ") < 2


def is_list(wording: str) -> bool:
    return _APART.search(wording) is not None


def shared_beginnings(first: str) -> Iterator[str]:
    """What the later parts of a list may leave out, longest first: 'Các trường Mầm non' → 'Các trường Mầm', …"""
    while " " in first:
        first = first.rsplit(" ", 1)[0]
        yield first
