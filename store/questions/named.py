"""What the lines of the trail are about, by name: one question for all of them."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Integer, String, cast, func, literal, null, select, union_all
from sqlmodel import Session, col

from store.compliance_tables import MeasureRow, RegisterRow, TargetRow, WatchListRow
from store.inspection_tables import ChecklistRow, PlanRow, VisitRow
from store.tables import (
    AssignmentRow,
    BanRow,
    DeclarationRow,
    DirectiveRow,
    DraftRow,
    DutyRow,
    HandoverRow,
    OccurrenceRow,
    OutboxRow,
    PassageRow,
    PersonRow,
    SubmissionRow,
    UnitRow,
    WaitingRow,
)

LONGEST = 120
DIGITS = 10


@dataclass(frozen=True)
class Named:
    """`place`: the kind of page it is read on, "" for a thing without one; `id`: of that page."""

    words: str
    place: str = ""
    id: int | None = None


@dataclass(frozen=True)
class _Kind:
    """How the things of one kind are found and called: `key` is what stands behind the colon in the trail."""

    source: Any
    key: Any
    words: Any
    place: str = ""
    id: Any = None
    joins: Sequence[tuple[Any, Any]] = ()

    @property
    def numbered(self) -> bool:
        return isinstance(self.key.type, Integer)

    def may_be(self, key: str) -> bool:
        """Whoever looks for a subject types what they like: what is no number is the number of nothing."""
        return not self.numbered or (key.isascii() and key.isdecimal() and len(key) < DIGITS)

    def asked(self, kind: str, wanted: set[str]) -> Any:
        question = select(
            literal(kind).label("kind"),
            cast(self.key, String).label("key"),
            self.words.label("words"),
            cast(null() if self.id is None else self.id, Integer).label("id"),
        ).select_from(self.source)
        for target, on in self.joins:
            question = question.join(target, on)
        return question.where(self.key.in_([int(one) for one in wanted] if self.numbered else wanted))


def named(session: Session, subjects: Collection[str]) -> Mapping[str, Named]:
    """By subject as it stands in the trail ("duty:12", "unit:hoa-sen"); what is not found, has no name, or may be one
    or another, is left out."""
    meant = {subject: _meant(subject) for subject in subjects}
    wanted: dict[str, set[str]] = {}
    for kind, key in {one for several in meant.values() for one in several}:
        if kind in KINDS and KINDS[kind].may_be(key):
            wanted.setdefault(kind, set()).add(key)
    if not wanted:
        return {}
    rows = session.execute(union_all(*(KINDS[kind].asked(kind, keys) for kind, keys in wanted.items())))
    found = {(kind, key): Named(words, KINDS[kind].place, id_) for kind, key, words, id_ in rows if words}
    known = {subject: {found[one] for one in several if one in found} for subject, several in meant.items()}
    return {subject: things.pop() for subject, things in known.items() if len(things) == 1}


def _meant(subject: str) -> Sequence[tuple[str, str]]:
    """A person stands in the trail by code, or by number where they act on themselves; a code may be a number too."""
    kind, _, key = subject.partition(":")
    return [(kind, key), ("person_id", key)] if kind == "person" else [(kind, key)]


_OF_OCCURRENCE = ((DutyRow, col(DutyRow.id) == col(OccurrenceRow.duty_id)),)
_WORK = (
    (OccurrenceRow, col(OccurrenceRow.id) == col(AssignmentRow.occurrence_id)),
    *_OF_OCCURRENCE,
    (UnitRow, col(UnitRow.id) == col(AssignmentRow.unit_id)),
)
_WORK_SAID = col(DutyRow.title) + literal(" – ") + col(UnitRow.name)
_DOCUMENT = func.coalesce(col(DirectiveRow.symbol), col(DirectiveRow.file_name))


def _of_work(row: Any) -> _Kind:
    work = (AssignmentRow, col(AssignmentRow.id) == row.assignment_id)
    return _Kind(row, row.id, _WORK_SAID, "assignment", col(AssignmentRow.id), (work, *_WORK))


def _by_id(row: Any, words: Any, place: str = "", *joins: tuple[Any, Any]) -> _Kind:
    return _Kind(row, row.id, words, place, row.id, joins)


def _by_code(row: Any, words: Any, place: str = "", *joins: tuple[Any, Any]) -> _Kind:
    return _Kind(row, row.code, words, place, row.id, joins)


KINDS: Mapping[str, _Kind] = {
    "assignment": _by_id(AssignmentRow, _WORK_SAID, "assignment", *_WORK),
    "submission": _of_work(SubmissionRow),
    "waiting": _of_work(WaitingRow),
    "handover": _of_work(HandoverRow),
    "occurrence": _Kind(
        OccurrenceRow, col(OccurrenceRow.id), col(DutyRow.title), "duty", col(DutyRow.id), _OF_OCCURRENCE
    ),
    "duty": _by_id(DutyRow, col(DutyRow.title), "duty"),
    "directive": _by_id(DirectiveRow, _DOCUMENT, "directive"),
    "draft": _by_id(DraftRow, func.substr(col(DraftRow.quote), 1, LONGEST), "draft"),
    "passage": _by_id(
        PassageRow,
        func.substr(col(DirectiveRow.text), col(PassageRow.start) + 1, LONGEST),
        "passage",
        (DirectiveRow, col(DirectiveRow.id) == col(PassageRow.directive_id)),
    ),
    "unit": _by_code(UnitRow, col(UnitRow.name), "unit"),
    "unit_id": _by_id(UnitRow, col(UnitRow.name), "unit"),
    "person": _by_code(PersonRow, col(PersonRow.name), "person"),
    "person_id": _by_id(PersonRow, col(PersonRow.name), "person"),
    "outbox": _by_id(OutboxRow, col(OutboxRow.to_name), "outbox"),
    "visit": _by_id(
        VisitRow, col(UnitRow.name), "visit", (UnitRow, col(UnitRow.id) == col(VisitRow.unit_id))
    ),
    "plan": _by_code(PlanRow, col(PlanRow.title), "plan"),
    "checklist": _Kind(ChecklistRow, col(ChecklistRow.theme), col(ChecklistRow.title), "checklists"),
    "declaration": _by_id(
        DeclarationRow, col(DeclarationRow.name) + literal(": ") + col(DeclarationRow.state), "situations"
    ),
    "ban": _by_id(BanRow, col(BanRow.words), "situations"),
    "measure": _by_code(MeasureRow, col(MeasureRow.name)),
    "target": _by_code(
        TargetRow,
        col(MeasureRow.name),
        "target",
        (MeasureRow, col(MeasureRow.id) == col(TargetRow.measure_id)),
    ),
    "watch": _by_code(WatchListRow, col(WatchListRow.title), "watch"),
    "register": _by_code(RegisterRow, col(RegisterRow.title), "registers"),
}
