"""A unit hands in figures, a note and files."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import or_
from sqlmodel import Session, col, select

from actions.assignments import duty_of, locked, touched
from actions.changes import By, record
from actions.errors import Refused
from domain.assignment import Event, Part, move
from domain.attesting import Attested
from domain.evidence import Evidence
from store.questions.parts import lacking
from store.tables import EvidenceRow, SubmissionRow


def hand_in(
    session: Session,
    assignment_id: int,
    *,
    figures: Mapping[str, Any],
    by: By,
    key: str,
    note: str = "",
    files: Sequence[Evidence] = (),
    attested: Sequence[Attested] = (),
    person_id: int | None = None,
) -> SubmissionRow:
    """Record one round. `key` is the id of the form that was sent: sent again, it answers with the round
    already recorded. The bytes of `files` are stored by the caller before the transaction.

    The lead's hand-in names the coordinators whose parts are still lacking. Raises `NotFound` for an unknown
    assignment, `NotAllowed` when nothing is owed any more or the work waits for somebody (resume it first, so
    that the deadline is right), `Refused` for a cascading duty without the unit's own plan.
    """
    s = SubmissionRow
    before = session.exec(
        select(s).where(or_(col(s.key) == key, col(s.assignment_id) == assignment_id))
    ).all()
    if known := next((one for one in before if one.key == key), None):
        return known
    row = locked(session, assignment_id)
    if not files and duty_of(session, row).cascade:
        raise Refused("Việc này yêu cầu kế hoạch của chính đơn vị; hãy đính kèm tệp kế hoạch.")
    row.state = move(row.state, Event.HAND_IN)
    row.handed_in_at = by.at
    row.next_action_at = None
    touched(row, by.at)
    submission = SubmissionRow(
        assignment_id=assignment_id,
        person_id=person_id,
        round=len(before) + 1,
        key=key,
        figures=dict(figures),
        note=note,
        lacking=lacking(session, row.occurrence_id) if row.part is Part.LEAD else [],
        attested=[one.model_dump() for one in attested if one.said],
        handed_in_at=by.at,
    )
    session.add(submission)
    session.flush()
    session.add_all(EvidenceRow(submission_id=submission.id, **file.model_dump()) for file in files)
    record(
        session,
        by,
        "hand_in",
        f"assignment:{assignment_id}",
        round=submission.round,
        figures=dict(figures),
        files=[file.sha256 for file in files],
        lacking=submission.lacking,
        attested=submission.attested,
    )
    return submission
