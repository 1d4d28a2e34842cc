"""Doubts about a document itself, shown to people and never corrected."""

from domain.draft import DocumentFacts, LintFinding
from intake.outline import Node
from intake.text import Source


def lint(source: Source, facts: DocumentFacts, nodes: list[Node]) -> tuple[LintFinding, ...]:
    return ()
