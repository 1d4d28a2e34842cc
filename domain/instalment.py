"""Instalments (đợt 1, đợt 2): one piece of work ordered in several places, so that results are comparable."""

import re
from typing import NamedTuple

from domain.folding import fold

_NUMBER = re.compile(r"\bđợt\s+(?:thứ\s+)?(?P<number>\d{1,2}|IX|IV|VI{0,3}|I{1,3}|X)\b(?!/)", re.IGNORECASE)
_APART = re.compile(r"[;\n]|\.\s")
_ROMAN = {"I": 1, "II": 2, "III": 3, "IV": 4, "V": 5, "VI": 6, "VII": 7, "VIII": 8, "IX": 9, "X": 10}


class Instalment(NamedTuple):
    """`series` is the same for all instalments of one piece of work."""

    series: str
    number: int


def instalment(words: str) -> Instalment | None:
    """'Khảo sát; cập nhật dữ liệu PCGD-XMC (đợt 2)' is the second of 'cap nhat du lieu pcgd xmc': only the
    order that names the instalment counts. None where no single one is named ("đợt 1 và đợt 2")."""
    found = [(order, number) for order in _APART.split(words) for number in _NUMBER.finditer(order)]
    if len(found) != 1:
        return None
    order, match = found[0]
    number = match["number"].upper()
    series = fold(order[: match.start()] + " " + order[match.end() :]).lstrip("0123456789 ")
    return Instalment(series, int(number) if number.isdigit() else _ROMAN[number]) if series else None
