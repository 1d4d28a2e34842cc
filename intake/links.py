"""Orders of one document that belong together: told twice in body and annex, or one waiting for another."""

import re
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise

from domain.draft import Because
from intake.filling import Draft
from intake.lines import Span
from intake.text import Source

_OPENING = 40  # letters in which two orders of the same work agree
_WORDS = 30  # words of an order that are compared
_LEAST_SHARED = 4  # neighbouring pairs of words two orders of the same work share
_LEAST_MEANT = 3  # pairs by which words about another order mean it
_SHARE = 0.6  # of the shorter order's pairs
_COMMON = 12  # orders a pair may stand in and still tell them apart
_WORD = re.compile(r"[^\W\d_]+|\d+")
_AFTER = re.compile(
    r"\b(?:ngay )?sau khi\s+(?P<what>[^.;,()]{6,160}?)\s+(?:được|đã được|hoàn thành|có hiệu lực)\b(?:\s+[^\W\d]+){0,2}"
    r"|\b(?:ngay )?sau khi (?:hoàn thành|kết thúc|có)\s+(?P<done>[^.;,()]{4,160})"
    r"|\btrên cơ sở kết quả(?: thực hiện)?\s+(?P<based>[^.;,()]{4,160})"
)
_ITEM = re.compile(
    r"(?:mục|khoản|điểm|nhiệm vụ(?: số)?|nội dung(?: số)?)\s+(?P<clause>[ivx]+\.\d+|[ivx]+|\d+(?:\.\d+)*|[a-zđ])\b"
)


@dataclass(frozen=True)
class Link:
    """To which draft, counted from 0, and why; None where it waits for something outside the document."""

    other: int | None
    because: Because


class Links:
    """Compares orders by their neighbouring words, each pair looked up once: linear in the length of the text."""

    def __init__(self, source: Source, drafts: list[Draft]) -> None:
        self.source = source
        self.drafts = drafts
        self.words = [_words(source, *_work(draft)) for draft in drafts]
        self.places: dict[tuple[str, str], list[int]] = {}
        for i, words in enumerate(self.words):
            for pair in dict.fromkeys(_pairs(words)):
                self.places.setdefault(pair, []).append(i)

    def same(self) -> dict[int, Link]:
        """Rows that order what an item before them ordered: row → item."""
        items: dict[str, int] = {}
        rows: dict[int, Link] = {}
        for i, draft in enumerate(self.drafts):
            opening = _opening(self.source, draft)
            if draft.node.block.kind != "row":
                items.setdefault(opening, i)
            elif len(opening) == _OPENING and opening in items:
                rows[i] = Link(items[opening], self._because(items[opening], "same-opening"))
            elif (other := self._alike(self.words[i], i)) is not None:
                rows[i] = Link(other, self._because(other, "same-words"))
        return rows

    def waits(self) -> dict[int, Link]:
        """Orders that begin when another is done: "sau khi Đề án được phê duyệt", "sau khi hoàn thành mục 2"."""
        found: dict[int, Link] = {}
        for i, draft in enumerate(self.drafts):
            said = _AFTER.search(self.source.flat, max(draft.start, draft.node.block.body), draft.end)
            if not said:
                continue
            name = next(key for key in ("what", "done", "based") if said[key])
            text = self.source.say(*said.span())
            because = Because(start=said.start(), end=said.end(), text=text, pattern=f"after:{name}")
            found[i] = Link(self._meant(i, said.span(name)), because)
        return found

    def _meant(self, i: int, span: Span) -> int | None:
        """The earlier order those words speak of: by its number, else by the words themselves."""
        if item := _ITEM.search(self.source.flat, *span):
            return next((j for j in range(i) if _numbered(self.drafts[j].clause, item["clause"])), None)
        pairs = list(dict.fromkeys(_pairs(_words(self.source, *span))))
        votes = Counter(j for p in pairs for j in self.places.get(p, [])[:_COMMON] if j < i)
        best = max(votes.items(), key=lambda vote: (vote[1], -vote[0]), default=(0, 0))
        return best[0] if best[1] >= _LEAST_MEANT and best[1] >= _SHARE * len(pairs) else None

    def _alike(self, words: list[str], i: int) -> int | None:
        """The earlier item whose words are these in the main; None where no other shares enough."""
        pairs = list(dict.fromkeys(_pairs(words)))
        votes: Counter[int] = Counter()
        for pair in pairs:
            places = self.places[pair]
            if len(places) <= _COMMON:
                votes.update(j for j in places if j < i and self.drafts[j].node.block.kind != "row")
        best = max(votes.items(), key=lambda vote: (vote[1], -vote[0]), default=(0, 0))
        least = _SHARE * min(len(pairs), max(len(self.words[best[0]]) - 1, 1))
        return best[0] if best[1] >= max(_LEAST_SHARED, least) else None

    def _because(self, other: int, pattern: str) -> Because:
        start, end = self.drafts[other].start, self.drafts[other].end
        return Because(
            start=start, end=end, text=self.source.say(start, min(end, start + 120)), pattern=pattern
        )


def _work(draft: Draft) -> Span:
    start = draft.start if draft.node.block.kind == "row" else max(draft.start, draft.node.block.body)
    return start, draft.end


def _words(source: Source, start: int, end: int) -> list[str]:
    return [m.group() for m in _WORD.finditer(source.flat, start, min(end, start + 12 * _WORDS))][:_WORDS]


def _pairs(words: list[str]) -> list[tuple[str, str]]:
    return list(pairwise(words))


def _opening(source: Source, draft: Draft) -> str:
    """The first letters of an order, spaces and marks left out."""
    start, _ = _work(draft)
    return "".join(filter(str.isalnum, source.folded[start : start + 3 * _OPENING]))[:_OPENING]


def _numbered(clause: str, said: str) -> bool:
    """Whether "II.1.a" is what "mục 1", "mục II.1" or "điểm a" says."""
    parts = clause.lower().replace("#", ".").split(".")
    wanted = said.split(".")
    return parts[-len(wanted) :] == wanted
