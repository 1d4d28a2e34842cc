"""Figures that do not add up: parts and whole, fractions and percentages, broken numbers (mechanisms 47, 87)."""

import re
from collections.abc import Iterator
from decimal import Decimal

from domain.draft import LintFinding
from intake.figures import value_of
from intake.grammar.counts import NOUN
from intake.outline import Node
from intake.text import Source

_NUMBER = r"\d{1,3}(?:\.\d{3})+(?!\d)|\d+"
_COUNTED = re.compile(rf"(?<![\d/.,\w-])({_NUMBER})\s+(?=[^\W\d])")
_FRACTION = re.compile(
    r"(?<![\d/])(\d{1,6})\s*/\s*(\d{1,6})(?![\d/])(?:[^.;:()%]{0,60}?(?:t[ỷỉ] lệ|đạt)\s*|"
    r"\s*=\s*)(\d{1,3}(?:[.,]\d{1,2})?)\s*%"
)
_BROKEN = re.compile(r"(?<![\d./-])\d{1,3}(?:\.\d{1,3}){2,}(?![\d./-])")
_WHOLE_PARTS = re.compile(r"\b(?:trong đó|gồm|bao gồm)\b\s*:?")
_OWN_END = re.compile(r"[.;](?:\s|$)|\btrong đó\b|:")
_LEAST_PARTS = 2


def check(source: Source, nodes: list[Node]) -> Iterator[LintFinding]:
    for node in nodes:
        yield from _listed(source, node)
        if node.block.kind == "paragraph":
            yield from _inline(source, node)
    yield from _percentages(source)
    yield from _broken(source)


def _counts(source: Source, start: int, end: int) -> list[tuple[int, str, int]]:
    """(number, what is counted, offset) for every count between two offsets."""
    pairs = [(m, NOUN.match(source.flat, m.end(), end)) for m in _COUNTED.finditer(source.flat, start, end)]
    return [(int(value_of(m.group(1))), noun.group().split("/")[0], m.start()) for m, noun in pairs if noun]


def _listed(source: Source, node: Node) -> Iterator[LintFinding]:
    """ "… 54 chuyên đề …, cụ thể:" with the parts as items below."""
    if not node.words.endswith(":") or len(node.children) < _LEAST_PARTS:
        return
    wholes = {noun: (n, at) for n, noun, at in _counts(source, node.block.body, node.block.end)}
    parts: dict[str, list[int]] = {}
    for child in node.children:
        own: dict[str, int] = {}
        for n, noun, _ in _counts(source, child.block.body, _first_sentence(source, child)):
            own[noun] = own.get(noun, 0) + n
        for noun, n in own.items():
            parts.setdefault(noun, []).append(n)
    for noun, (whole, at) in wholes.items():
        listed = parts.get(noun, [])
        if len(listed) == len(node.children) and all(n < whole for n in listed) and sum(listed) != whole:
            yield _wrong_sum(at, whole, noun, listed)


def _first_sentence(source: Source, node: Node) -> int:
    """Where an item stops saying its own figure: at its first sentence end or its breakdown."""
    stop = _OWN_END.search(source.flat, node.block.body, node.block.end)
    return stop.start() if stop else node.block.end


def _inline(source: Source, node: Node) -> Iterator[LintFinding]:
    """ "66 trường, gồm 32 trường A, 20 trường B …" within one sentence."""
    for whole_parts in _WHOLE_PARTS.finditer(source.flat, node.block.body, node.block.end):
        before = _counts(source, max(node.block.body, whole_parts.start() - 120), whole_parts.start())
        stop = re.compile(r"[.;](?:\s|$)|\(").search(source.flat, whole_parts.end(), node.block.end)
        after = _counts(source, whole_parts.end(), stop.start() if stop else node.block.end)
        if not before:
            continue
        whole, noun, at = before[-1]
        parts = [n for n, other, _ in after if other == noun]
        complete = len(parts) == len(after) and len(parts) >= _LEAST_PARTS
        if complete and all(n < whole for n in parts) and sum(parts) != whole:
            yield _wrong_sum(at, whole, noun, parts)


def _wrong_sum(at: int, whole: int, noun: str, parts: list[int]) -> LintFinding:
    said = " + ".join(map(str, parts))
    end = at + len(str(whole))
    return LintFinding(
        rule="sum",
        start=at,
        end=end,
        message=f"Cộng không khớp: ghi {whole} {noun} nhưng {said} = {sum(parts)}.",
    )


def _percentages(source: Source) -> Iterator[LintFinding]:
    for m in _FRACTION.finditer(source.flat):
        part, whole, said = int(m[1]), int(m[2]), Decimal(m[3].replace(",", "."))
        if not whole or part > whole:
            continue
        exact = Decimal(part) * 100 / Decimal(whole)
        digits = max(0, -int(said.as_tuple().exponent))
        if round(exact, digits) != said:
            shown = f"{round(exact, digits + 1)}".replace(".", ",")
            yield LintFinding(
                rule="percentage", start=m.start(), end=m.end(),
                message=f"{part}/{whole} = {shown} %, văn bản ghi {m[3].replace('.', ',')} %.",
            )  # fmt: skip


def _broken(source: Source) -> Iterator[LintFinding]:
    """ "1.5.23.758": thousands that are not groups of three."""
    for m in _BROKEN.finditer(source.flat):
        groups = m.group().split(".")
        at_line_start = not source.plain[
            max(0, source.plain.rfind("\n", 0, m.start()) + 1) : m.start()
        ].strip(" #*")
        if any(len(g) != 3 for g in groups[1:]) and not at_line_start:
            yield LintFinding(
                rule="broken-number",
                start=m.start(),
                end=m.end(),
                message=f"Số “{m.group()}” viết không đúng nhóm ba chữ số.",
            )
