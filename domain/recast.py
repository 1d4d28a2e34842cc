"""One draft made two, or two made one: which of the fields each part keeps, told from where they were read.

A lead governs everything that was one order. Of the other fields, what was read inside the order goes with
the part that holds its words; what was read above it (a heading, a label) stays with both.
"""

import re
from datetime import date
from typing import Any

from domain.draft import DutyDraft
from domain.sentence import WordedError
from domain.stated import find_stated, latest

QUOTE = 200
_CUT = re.compile(r"(?:(?<=[.;:,])[^\S\n]+|\n)(?=\S)|\s(?=(?:và|đồng thời|đồng thời,) )")
FIELDS = {
    "coordinators": ("coordinators",),
    "deadline": ("deadline", "deadline_text", "deadline_op", "deadline_latest"),
    "recurrence": ("recurrence", "recurrence_text"),
    "product": ("product",),
    "condition": ("condition",),
}


class CannotRecast(WordedError, ValueError):
    """The parts would not be orders of their own, or not one order. The message is Vietnamese."""


def quoted(text: str, start: int, end: int) -> str:
    """The words of a span, white space collapsed, at most 200 characters."""
    return " ".join(text[start:end].split())[:QUOTE]


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def places(text: str, start: int, end: int) -> list[int]:
    """Offsets where the words of a span may be cut in two: behind a line, a sentence or a clause; with words on
    both sides."""
    found = (start + cut.end() for cut in _CUT.finditer(text[start:end]))
    return [at for at in found if _reads(text[start:at]) and _reads(text[at:end])]


def _reads(text: str) -> bool:
    """More than a number or a bullet (1., a), –)."""
    return sum(map(str.isalpha, text)) > 1


def _has_words(text: str) -> bool:
    return any(map(str.isalnum, text))


def split(draft: DutyDraft, text: str, at: int, issued_on: date | None) -> tuple[DutyDraft, DutyDraft]:
    """The draft cut at a character offset of the text. Raises CannotRecast."""
    at = min(max(at, draft.start), draft.end)
    spans = trimmed(text, draft.start, at), trimmed(text, at, draft.end)
    if not all(_has_words(text[start:end]) for start, end in spans):
        raise CannotRecast("Chỗ tách phải nằm giữa nội dung: cả hai phần đều phải có chữ.")
    first, second = (
        _part(draft, text, span, f"{draft.id}.{n}", issued_on) for n, span in enumerate(spans, 1)
    )
    return first, second


def _part(draft: DutyDraft, text: str, span: tuple[int, int], name: str, issued_on: date | None) -> DutyDraft:
    start, end = span
    blank = DutyDraft(id=name, clause=draft.clause, quote="", start=start, end=end)
    lost = [field for field in FIELDS if _elsewhere(draft, field, start, end)]
    inside = tuple(one for one in draft.stages if start <= one.start < end)
    words = quoted(text, start, end)
    whole = " ".join(text[start:end].split())
    changes: dict[str, Any] = {
        "id": name, "quote": words, "start": start, "end": end,
        "targets": tuple(t for t in draft.targets if " ".join(t.text.split()) in whole),
        "aims": tuple(a for a in draft.aims if a.text in whole),
        "why": {field: because for field, because in draft.why.items() if field not in lost},
        "stages": inside if len(inside) > 1 else (),
    }  # fmt: skip
    changes |= {name: getattr(blank, name) for field in lost for name in FIELDS[field]}
    part = draft.model_copy(update=changes)
    return part.model_copy(update=times_in(text, start, end, issued_on) or {})


def _elsewhere(draft: DutyDraft, field: str, start: int, end: int) -> bool:
    """Read inside the order, but not in this part of it."""
    because = draft.why.get(field)
    return (
        because is not None and draft.start <= because.start < draft.end and not start <= because.start < end
    )


def times_in(text: str, start: int, end: int, issued_on: date | None) -> dict[str, Any]:
    """Deadline and recurrence as the words of a span say them; nothing where they say none. A bare year or
    school year is no deadline here: a person reads beside it."""
    for said in find_stated(text[start:end], document_date=issued_on):
        if said.recurrence == "none" and (said.op is None or said.value is None):
            continue
        last = latest(said, document_date=issued_on)
        return {
            "deadline": said.value,
            "deadline_text": said.text,
            "deadline_op": said.op,
            "deadline_latest": last.isoformat() if last else None,
            "recurrence": said.recurrence,
        }
    return {}


def merge(one: DutyDraft, other: DutyDraft, text: str) -> DutyDraft:
    """Two drafts as one, in the order of the text; neighbours are quoted together. Raises CannotRecast when
    they have different deadlines: then they are two duties."""
    first, second = sorted((one, other), key=lambda draft: draft.start)
    if first.deadline and second.deadline and first.deadline != second.deadline:
        raise CannotRecast(
            "Hai nội dung có hạn khác nhau (“{first}”, “{second}”) nên là hai việc.",
            first=first.deadline_text,
            second=second.deadline_text,
        )
    near = not any(map(str.isalnum, text[first.end : second.start]))
    timed = first if first.deadline or first.recurrence != "none" else second
    changes: dict[str, Any] = {
        "id": f"{first.id}+{second.id}",
        "end": second.end if near else first.end,
        "quote": quoted(text, first.start, second.end) if near else first.quote,
        "lead": _both(first.lead, second.lead),
        "coordinators": _both(first.coordinators, second.coordinators),
        "targets": _both(first.targets, second.targets),
        "aims": _both(first.aims, second.aims),
        "product": first.product or second.product,
        "condition": first.condition or second.condition,
        "why": {**second.why, **first.why},
    }
    changes |= {name: getattr(timed, name) for field in ("deadline", "recurrence") for name in FIELDS[field]}
    return first.model_copy(update=changes)


def _both(one: tuple[Any, ...], other: tuple[Any, ...]) -> tuple[Any, ...]:
    return (*one, *(item for item in other if item not in one))
