"""The record of a visit as it stands now."""

from collections.abc import Mapping

from sqlalchemy import select
from sqlmodel import Session, col

from domain.checklist import Given, Item, Mark, lacking, marks, say_answer, score
from domain.inspection import PackedAnswer, PackedSignature
from domain.inspection_record import RecordLine, VisitRecord
from store.inspection_tables import PhotoRow, PlanRow, VisitRow
from store.office import load_office
from store.questions.visits import checklist_of, named_photos, visit_pack
from store.tables import UnitRow


def visit_record(session: Session, visit_id: int) -> VisitRecord | None:
    """None for a visit that is sealed, cancelled or not there. Photos that have not arrived are not in the lines."""
    pack = visit_pack(session, visit_id)
    if pack is None:
        return None
    visit = session.get_one(VisitRow, visit_id)
    version, checklist = checklist_of(session, visit)
    said = {answer.item: answer for answer in pack.answers}
    given = {item: answer.given() for item, answer in said.items()}
    found = marks(checklist, given)
    kept = _kept(session, visit_id)
    named = named_photos(session, visit_id)
    titles = {section.code: section.title for section in checklist.sections}
    office = load_office(session)
    return VisitRecord(
        visit_id=visit_id,
        office=office.name,
        superior=office.superior,
        office_place=office.place,
        zone=office.zone,
        unit=session.get_one(UnitRow, visit.unit_id).name,
        plan=session.get_one(PlanRow, visit.plan_id).title,
        title=checklist.title,
        checklist_version=version,
        kind=visit.kind,
        day=visit.day,
        place=visit.place,
        started_at=visit.started_at,
        finished_at=visit.finished_at,
        team=pack.visit.team,
        lines=tuple(
            _line(item, titles[item.section], found[item.id], said.get(item.id), given.get(item.id), kept)
            for item in checklist.items
        ),
        score=score(checklist, given),
        signatures=tuple(_with_stored(signature, kept) for signature in pack.signatures),
        papers=tuple(stored for sent, stored in kept.items() if sent not in named),
        contested=tuple(conflict.item for conflict in pack.conflicts),
        missing_photos=pack.missing_photos,
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


def _kept(session: Session, visit_id: int) -> Mapping[str, str]:
    """The hash of the stored bytes, by the hash the device named."""
    rows = session.execute(
        select(col(PhotoRow.sha256), col(PhotoRow.stored))
        .where(col(PhotoRow.visit_id) == visit_id)
        .order_by(col(PhotoRow.id))
    )
    return dict(rows.all())


def _with_stored(signature: PackedSignature, kept: Mapping[str, str]) -> PackedSignature:
    return signature.model_copy(update={"sha256": kept.get(signature.sha256, "")})
