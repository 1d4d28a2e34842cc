"""Gather the words of the pages, and the sentences said on them by the rooms below, into web/locale/en.po.

`python -m tools.words` keeps the English that is there and says how many words have none yet. A word that no page
says any more is taken out.
"""

import sys
from collections.abc import Iterator, Mapping
from enum import Enum
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

from web import render, trail_words
from web.words import CATALOGUES

ROOT = Path(__file__).resolve().parents[1]
ROOMS = ("domain", "store", "rules", "intake", "actions", "runtime", "web")
METHODS = [("templates/**.html", "jinja2"), ("static/inspector/*.js", "javascript"), ("**.py", "python")]
OPTIONS = {"templates/**.html": {"trim_blocks": "true", "lstrip_blocks": "true", "silent": "false"}}
HEADER = "# The pages in English. Written by hand; kept whole by python -m tools.words."
WORDED = (
    "BadAddress", "BadAnswer", "BadJson", "BadRow", "CannotRecast", "Impossible", "NotADay", "NotAllowed", "NotFound",
    "Refused", "Sentence", "Unfit", "UnknownCalendar", "WordedError",
)  # fmt: skip
"""What takes a sentence with its blanks first (`domain.sentence`)."""
PLACED = ("IntakeError", "RuleError")
"""What takes it second, after the place."""
KEYWORDS = (
    {"_": None, "gettext": None, "ngettext": (1, 2), "plural": (1, 2)}
    | dict.fromkeys(WORDED)
    | dict.fromkeys(PLACED, (2,))
)


def tables() -> Iterator[str]:
    """What the tables of labels in `web.render` and `web.trail_words`, ours and the domain's, say."""
    for name, table in sorted((vars(render) | vars(trail_words)).items()):
        if name[0] != "_" and name.isupper() and isinstance(table, Mapping):
            yield from (value for value in table.values() if _is_words(value))


def _is_words(value: Any) -> bool:
    return isinstance(value, str) and not isinstance(value, Enum)


def gathered(known: Catalog) -> Catalog:
    """All words said today, each with the English it had."""
    fresh = Catalog(locale="en", project="dondoc", charset="utf-8", header_comment=HEADER, fuzzy=False)
    said = [
        (message, f"{room}/{file}")
        for room in ROOMS
        for file, _line, message, _comments, _context in extract_from_dir(
            str(ROOT / room),
            method_map=METHODS,
            options_map=OPTIONS,
            keywords=KEYWORDS,
            directory_filter=None,
        )
        if any(letter.isalpha() for letter in str(message))
    ]
    said += [(words, "web/render.py") for words in tables()]
    for words, place in said:
        old = known.get(words[0] if isinstance(words, tuple) else words)
        fresh.add(words, old.string if old else None, locations=[(place, 0)])
    return fresh


def untranslated(catalogue: Catalog) -> list[str]:
    return [str(message.id) for message in catalogue if message.id and not _has_english(message.string)]


def _has_english(string: Any) -> bool:
    return all(string) if isinstance(string, (tuple, list)) else bool(string)


def main() -> None:
    path = CATALOGUES / "en.po"
    known = Catalog(locale="en")
    if path.exists():
        with path.open("rb") as source:
            known = read_po(source, locale="en")
    fresh = gathered(known)
    path.parent.mkdir(exist_ok=True)
    with path.open("wb") as out:
        write_po(out, fresh, width=110, sort_output=True, include_lineno=False, omit_header=False)
    missing = untranslated(fresh)
    print(f"{len(fresh)} words, {len(missing)} without English", file=sys.stderr)


if __name__ == "__main__":
    main()
