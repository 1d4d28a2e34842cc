"""What the documents tell a newcomer to do or open is there."""

import re
from pathlib import Path

import pytest

from tests.support.tree import ROOT, rooms

DOCUMENTS = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]


def named(documents: list[Path], pattern: str) -> set[tuple[str, str]]:
    return {
        (str(document.relative_to(ROOT)), match)
        for document in documents
        for match in re.findall(pattern, document.read_text(encoding="utf-8"), flags=re.MULTILINE)
    }


def test_every_make_command_in_the_documents_is_a_target() -> None:
    targets = set(
        re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), flags=re.MULTILINE)
    )
    commands = named(DOCUMENTS, r"(?:^|`)make ([a-z]+)")
    assert commands
    assert {(document, target) for document, target in commands if target not in targets} == set()


def test_every_target_says_what_it_does() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    [phony] = re.findall(r"^\.PHONY: (.*)$", makefile, flags=re.MULTILINE)
    assert set(phony.split()) == set(re.findall(r"^([a-z]+):.*  ## \w", makefile, flags=re.MULTILINE))


def test_every_link_in_the_documents_leads_somewhere() -> None:
    links = named(DOCUMENTS, r"\]\((?!https?:|#)([^)#\s]+)")
    assert [(at, link) for at, link in links if not ((ROOT / at).parent / link).exists()] == []


@pytest.mark.parametrize("document", ["README.md", "CONTRIBUTING.md"])
def test_every_path_a_newcomer_is_sent_to_exists(document: str) -> None:
    paths = {path for _, path in named([ROOT / document], r"`([\w.-]+/[\w./-]*)`")}
    assert paths
    assert [path for path in sorted(paths) if not (ROOT / path).exists()] == []


def test_the_map_names_every_room() -> None:
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    assert [room for room in rooms() if f"`{room}/`" not in text] == []
