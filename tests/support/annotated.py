"""Directives of our own writing with what must be read from them marked in the text itself.

The first line gives the head (`%% type: …; symbol: …; basis: a | b`). An order stands between « and », and after it
in braces what it says: `lead`, `with` (units parted by ";"), `due` (last acceptable day), `rep` (recurrence), `tgt`
("100 %, 2 lớp"), `opt` (may be listed or not). The result has the shape of the annotations the scorer reads.
"""

import re
from typing import Any

_ORDER = re.compile(r"«(.*?)»\{(.*?)\}", re.DOTALL)
_QUOTE = 200


def annotated(marked: str) -> tuple[str, dict[str, Any]]:
    """The text as an office would send it, and its annotation."""
    head, _, body = marked.partition("\n")
    tasks = [_task(order[1], order[2]) for order in _ORDER.finditer(body)]
    return _ORDER.sub(r"\1", body), {"document": _document(head), "tasks": tasks}


def _document(head: str) -> dict[str, Any]:
    said = dict(_pair(part, ":") for part in head.removeprefix("%%").split(";"))
    facts: dict[str, Any] = {key: said[key] for key in ("type", "symbol", "place", "date") if key in said}
    if "signer" in said:
        facts["signer"] = {"name": said["signer"]}
    if "basis" in said:
        facts["legal_basis"] = _parts(said["basis"], "|")
    return facts


def _task(words: str, marks: str) -> dict[str, Any]:
    said = dict(_pair(part, "=") for part in marks.split("|"))
    return {
        "quote": " ".join(words.split())[:_QUOTE].rstrip(),
        "lead": _parts(said.get("lead", ""), ";"),
        "coordinators": _parts(said.get("with", ""), ";"),
        "deadline_latest": said.get("due"),
        "recurrence": said.get("rep", "none"),
        "targets": [_target(one) for one in _parts(said.get("tgt", ""), ",")],
        "optional": "opt" in said,
    }


def _target(words: str) -> dict[str, str]:
    value, _, unit = words.partition(" ")
    return {"value": value, "unit": unit}


def _pair(part: str, sign: str) -> tuple[str, str]:
    key, _, value = part.partition(sign)
    return key.strip(), value.strip()


def _parts(words: str, sign: str) -> list[str]:
    return [part.strip() for part in words.split(sign) if part.strip()]
