"""Labels in running text: "Đơn vị chủ trì: Sở A; thời gian hoàn thành: quý II/2025"."""

import re
from dataclasses import dataclass

from intake.grammar.labels import Label, column_of, leading_label
from intake.lines import Span
from intake.text import Source

_START = re.compile(r"\s*(?:[-–+•]\s*)?")
_EDGE = re.compile(r"(?:[.;,(\n]|\s[-–+]\s)\s*(?:[-–+•]\s*)?(?:[a-zđ]\)\s*)?")
# An assignment with each role before its brackets: "…: chủ trì (Phòng A), phối hợp (Phòng B)".
_BRACKETED = re.compile(r"[:;,.]\s+(?P<label>[^\W\d][^\W\d]*(?: [^\W\d]+){1,5})\s*\((?P<who>[^()]{3,240})\)")
# "Đơn vị chủ trì: Phòng A. | Báo cáo hằng quý.": names end with their sentence.
_FULL_STOP = re.compile(r"\.\s+(?=\S)")
_NAMED: frozenset[Label] = frozenset({"lead", "with", "doer"})
_LABELS: frozenset[Label] = frozenset({"lead", "with", "doer", "due", "product"})


@dataclass(frozen=True)
class Labelled:
    label: Label
    start: int  # of the label's words
    value: Span


def labels_in(source: Source, start: int, end: int) -> list[Labelled]:
    """The labels between two offsets with the words each governs, up to the next label."""
    found: list[tuple[Label, int, int]] = []
    flat = source.flat
    for edge in [_START.match(flat, start), *_EDGE.finditer(flat, start, end)]:
        at = edge.end() if edge else start
        if found and at < found[-1][2]:
            continue
        label = leading_label(flat[at : min(end, at + 90)])
        if label and label[0] in _LABELS:
            found.append((label[0], at, at + label[1]))
    found = found or _bracketed_labels(flat, start, end)
    edges = [*(at for _, at, _ in found[1:]), end]
    return [
        Labelled(label, at, _value(source, value, _sentence_end(source, label, value, stop)))
        for (label, at, value), stop in zip(found, edges, strict=False)
    ]


def _bracketed_labels(flat: str, start: int, end: int) -> list[tuple[Label, int, int]]:
    said = [(column_of(m["label"]), m) for m in _BRACKETED.finditer(flat, start, end)]
    return [
        (label, m.start("label"), m.start("who")) for label, m in said if label in ("lead", "with", "doer")
    ]


def _sentence_end(source: Source, label: Label, start: int, end: int) -> int:
    plain = source.plain
    for stop in _FULL_STOP.finditer(plain, start, end) if label in _NAMED else ():
        if plain[stop.start() - 1].islower() and plain[stop.end()].isupper():
            return stop.start()
    return end


def _value(source: Source, start: int, end: int) -> Span:
    closing = source.plain.find(")", start, end)
    if closing >= 0 and "(" not in source.plain[start:closing]:
        end = closing  # "(chủ trì: Phòng A; phối hợp: Phòng B), xong trong tháng 6"
    start, end = source.trim(start, end)
    bracket = "(" in source.plain[start:end]
    while end > start and source.plain[end - 1] in (" .;,(-–+" if bracket else " .;,(-–+)"):
        end -= 1
    return start, end
