"""The source text cut where drafts begin and end, so that each is marked and can be linked to."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise


@dataclass(frozen=True)
class Piece:
    """`begins`: drafts whose quote starts here; `inside`: drafts that this text belongs to."""

    text: str
    begins: tuple[int, ...]
    inside: tuple[int, ...]


def pieces(text: str, spans: Iterable[tuple[int, int, int]]) -> list[Piece]:
    """`spans`: (draft id, start, end), in any order and overlapping as they like. The pieces joined are the
    text."""
    known = [(i, _inside(start, text), _inside(end, text)) for i, start, end in spans]
    cuts = sorted({0, len(text), *(start for _, start, _ in known), *(end for *_, end in known)})
    return [
        Piece(
            text[a:b],
            tuple(i for i, start, _ in known if start == a),
            tuple(i for i, start, end in known if start <= a and b <= end),
        )
        for a, b in pairwise(cuts)
    ]


def _inside(offset: int, text: str) -> int:
    return min(max(offset, 0), len(text))
