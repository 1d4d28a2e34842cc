"""The record of a visit as it stands now."""

from collections.abc import Mapping

from sqlmodel import Session

from domain.checklist import Item
from domain.checklist_answer import Given, Mark, lacking, marks, say_answer, score
from domain.inspection import PackedAnswer, PackedSignature
from domain.inspection_record import RecordLine, VisitRecord
from domain.office import Office
from store.office import load_office
from store.questions.visited import Visited


def visit_record(session: Session, visit_id: int) -> VisitRecord | None:
    """None for a visit that is sealed, cancelled or not there. Photos that have not arrived are not in the lines."""
    found = Visited.of(session, visit_id)
    return record_of_visit(found, load_office(session)) if found and found.opened else None


def record_of_visit(visited: Visited, office: Office) -> VisitRecord:
    """Of one that has begun."""
    visit, checklist, kept = visited.row, visited.checklist, visited.photos
    said = {answer.item: answer for answer in visited.said}
    given = {item: answer.given() for item, answer in said.items()}
    found = marks(checklist, given)
    named = visited.named_photos
    titles = {section.code: section.title for section in checklist.sections}
    return VisitRecord(
        visit_id=visit.id,
        office=office.name,
        superior=office.superior,
        office_place=office.place,
        zone=office.zone,
        unit=visited.unit.name,
        plan=visited.plan.title,
        title=checklist.title,
        checklist_version=visited.version,
        kind=visit.kind,
        day=visit.day,
        place=visit.place,
        started_at=visit.started_at,
        finished_at=visit.finished_at,
        team=visited.team,
        lines=tuple(
            _line(item, titles[item.section], found[item.id], said.get(item.id), given.get(item.id), kept)
            for item in checklist.items
        ),
        score=score(checklist, given),
        signatures=tuple(_with_stored(signature, kept) for signature in visited.signatures),
        papers=tuple(stored for sent, stored in kept.items() if sent not in named),
        contested=tuple(conflict.item for conflict in visited.conflicts),
        missing_photos=visited.missing_photos,
        reservation=visit.reservation,
    )


def _line(
    item: Item,
    section: str,
    mark: Mark,
    said: PackedAnswer | None,
    given: Given | None,
    kept: Mapping[str, str],
) -> RecordLine:
    line = RecordLine(
        section=section,
        mark=mark,
        **item.model_dump(include={"id", "text", "clause", "severity", "guidance"}),
    )
    if given is None or said is None or mark is Mark.SKIPPED:
        return line
    answered = {
        "answer": say_answer(item, given),
        "note": given.note.strip(),
        "action": given.action.strip(),
        "by": said.by,
        "photos": tuple(kept[photo] for photo in given.photos if photo in kept),
        "lacking": lacking(item, given),
    }
    return line.model_copy(update=answered)


def _with_stored(signature: PackedSignature, kept: Mapping[str, str]) -> PackedSignature:
    return signature.model_copy(update={"sha256": kept.get(signature.sha256, "")})
