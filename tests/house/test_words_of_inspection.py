"""The word is kiểm tra: a ward or a school has no inspectorate (Luật Thanh tra 84/2025/QH15), so no text of ours
calls what it does by the other word. Code that reads other people's documents knows the word; ours never says it."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SAYING = (
    "actions",
    "domain",
    "notifications",
    "reports",
    "rules/checklists",
    "rules/packs",
    "runtime",
    "web",
    "cli",
)
SUFFIXES = {".py", ".html", ".txt", ".yaml", ".js", ".typ", ".json"}
WORD = re.compile("thanh tra", re.IGNORECASE)
KNOWING = {
    "domain/inspection.py",  # names the law
    "domain/products.py",  # reads what documents of others say
    "domain/unit_words.py",  # the same
}


def texts(room: str) -> list[Path]:
    return sorted(
        path
        for path in (ROOT / room).rglob("*")
        if path.suffix in SUFFIXES and not {"vendor", "__pycache__"} & set(path.parts)
    )


@pytest.mark.parametrize("room", SAYING)
def test_no_text_of_ours_calls_an_inspection_by_the_inspectorates_word(room: str) -> None:
    paths = texts(room)
    assert paths
    said = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in paths
        if str(path.relative_to(ROOT)) not in KNOWING
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if WORD.search(line)
    ]
    assert said == []
