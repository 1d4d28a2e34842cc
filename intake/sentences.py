"""Sentences and clauses of a stretch of text, by offsets."""

import re
from collections.abc import Iterator

from intake.lines import Span
from intake.text import Source

_END = re.compile(r"(?<![\s.(])[.!?…]+[\"”)]*\s+(?=[^\W\d_]|[“\"(*\d-])")
_ABBREVIATION = re.compile(r"(?:\b(?:tp|tx|tt|đ/c|ths|ts|pgs|gs|tm|kt|tl|q|p|st|v\.v|vd|k)|\b[a-zđ])$")
_CLAUSE = re.compile(r";\s*|:\s+(?=[-–+])")


def sentences(source: Source, start: int, end: int) -> Iterator[Span]:
    """The sentences between two offsets, trimmed."""
    at = start
    for mark in _END.finditer(source.plain, start, end):
        before = source.folded[max(at, mark.start() - 5) : mark.start()]
        if _ABBREVIATION.search(before) or source.plain[mark.end()].islower():
            continue
        yield source.trim(at, mark.end())
        at = mark.end()
    if source.plain[at:end].strip():
        yield source.trim(at, end)


def clauses(source: Source, start: int, end: int) -> Iterator[Span]:
    """The parts of a sentence between semicolons, trimmed."""
    at = start
    for mark in _CLAUSE.finditer(source.plain, start, end):
        yield source.trim(at, mark.end())
        at = mark.end()
    if source.plain[at:end].strip():
        yield source.trim(at, end)
