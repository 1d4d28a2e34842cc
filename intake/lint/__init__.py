"""Doubts about a document itself: shown to people, never corrected. One file a kind of doubt."""

from domain.draft import DocumentFacts, LintFinding
from intake.lint import citations, days, numbering, sums
from intake.outline import Node
from intake.text import Source


def lint(source: Source, facts: DocumentFacts, nodes: list[Node]) -> tuple[LintFinding, ...]:
    """All findings in order of the text; none is raised twice for the same words."""
    found = [
        *citations.check(source),
        *sums.check(source, nodes),
        *days.check(source, facts, nodes),
        *numbering.check(source, nodes),
    ]
    unique = {(f.rule, f.start): f for f in found}
    return tuple(sorted(unique.values(), key=lambda f: (f.start, f.rule)))
