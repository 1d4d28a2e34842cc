"""The source text cut into pieces: what kind of passage each is, which drafts it belongs to, what is doubtful.

The pieces joined are the text, so a page that shows them all has lost no word.
"""

from collections import Counter, deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from domain.sentence import Sentence
from store.questions.review import ReviewedPassage

KINDS: Mapping[str, str] = {
    "task": Sentence("việc"),
    "standing": Sentence("việc thường xuyên"),
    "target": Sentence("chỉ tiêu"),
    "prohibition": Sentence("điều cấm"),
    "condition": Sentence("điều kiện"),
    "background": Sentence("bối cảnh, nhận định"),
    "heading": Sentence("đề mục"),
    "basis": Sentence("căn cứ"),
    "addressee": Sentence("nơi gửi đến"),
    "recipient": Sentence("nơi nhận"),
    "signature": Sentence("chữ ký"),
    "footnote": Sentence("chú thích"),
    "table-head": Sentence("đầu bảng"),
    "page-furniture": Sentence("đầu trang, số trang"),
    "foreign": Sentence("chữ lạ"),
}
"""What a passage may be, in the order a person is asked."""


class Tone(StrEnum):
    """What a reviewer needs to know of a passage at a glance."""

    ORDER = "order"  # việc đã đọc thành nội dung
    OPEN = "open"  # chưa phân loại, hoặc là việc mà chưa có nội dung
    CONTEXT = "context"  # bối cảnh, căn cứ
    FRAME = "frame"  # thể thức: đề mục, nơi nhận, chữ ký…


_TONES = {
    **dict.fromkeys(("task", "standing", "target", "prohibition", "condition"), Tone.ORDER),
    **dict.fromkeys(("background", "basis", "foreign"), Tone.CONTEXT),
}


def tone(passage: ReviewedPassage) -> Tone:
    return _TONES.get(passage.kind, Tone.FRAME) if passage.settled else Tone.OPEN


@dataclass(frozen=True)
class Piece:
    """`start` is its offset. `begins`: drafts whose words start here; `inside`: drafts it belongs to; `doubts`:
    numbers of the findings that start here. Without a passage nobody has said what it is."""

    text: str
    start: int
    begins: tuple[int, ...] = ()
    inside: tuple[int, ...] = ()
    passage: ReviewedPassage | None = None
    doubts: tuple[int, ...] = ()

    @property
    def tone(self) -> Tone:
        if self.passage is None:
            return Tone.OPEN if self.text.strip() else Tone.FRAME
        return tone(self.passage)


Span = tuple[int, int, int]
"""Id, start, end."""


def pieces(
    text: str,
    drafts: Iterable[Span],
    passages: Sequence[ReviewedPassage] = (),
    doubts: Iterable[Span] = (),
) -> list[Piece]:
    """Drafts may overlap as they like; passages stand in the order of the text and never overlap."""
    known = [(i, _inside(start, text), _inside(end, text)) for i, start, end in drafts]
    found = [(i, _inside(start, text)) for i, start, end in doubts if start < end]
    cuts = {0, len(text), *(start for _, start in found)}
    for spans in (known, [(p.id, _inside(p.start, text), _inside(p.end, text)) for p in passages]):
        cuts |= {cut for _, *span in spans for cut in span}
    begin, end = _by(known, 1), _by(known, 2)
    made, active, waiting = list[Piece](), list[int](), deque(passages)
    for a, b in pairwise(sorted(cuts)):
        active = [i for i in active if i not in end.get(a, ())] + begin.get(a, [])
        while waiting and waiting[0].end <= a:
            waiting.popleft()
        passage = waiting[0] if waiting and waiting[0].start <= a else None
        starting = tuple(begin.get(a, ()))
        doubtful = tuple(i for i, at in found if at == a)
        made.append(Piece(text[a:b], a, starting, tuple(sorted(active)), passage, doubtful))
    return made


def _by(spans: Iterable[Span], place: int) -> dict[int, list[int]]:
    grouped: dict[int, list[int]] = {}
    for span in spans:
        if span[1] < span[2]:
            grouped.setdefault(span[place], []).append(span[0])
    return grouped


def _inside(offset: int, text: str) -> int:
    return min(max(offset, 0), len(text))


@dataclass(frozen=True)
class Share:
    """So many of a text's words have this tone; `before` is the percentage of the tones before it."""

    tone: Tone
    words: int
    percent: float
    before: float


def coverage(made: Iterable[Piece]) -> list[Share]:
    """Every word of the text in one of the shares, which add up to 100 percent."""
    words = Counter[Tone]()
    for piece in made:
        words[piece.tone] += len(piece.text.split())
    return list(_shares(words))


def _shares(words: Mapping[Tone, int]) -> Iterator[Share]:
    total, before = sum(words.values()), 0.0
    for one in Tone:
        percent = 100 * words.get(one, 0) / total if total else 0.0
        yield Share(one, words.get(one, 0), percent, before)
        before += percent
