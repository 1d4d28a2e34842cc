"""What letters about inspections say, from the facts of the moment they leave."""

from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from domain.checklist import SEVERITY_LABELS
from domain.inspection import KIND_LABELS, PART_LABELS, Member, PackedVisit, VisitPack, VisitState
from domain.inspection_record import RecordLine
from domain.verdict import Severity
from notifications.letters import FindingLine, Findings, VisitOpened
from store.inspection_tables import FindingRow, VisitRow
from store.questions.records import visit_record

Frame = dict[str, Any]
"""Office, name, day and address that every letter carries (`notifications.letters.Letter`)."""


def opened(pack: VisitPack, person_id: int, frame: Frame) -> VisitOpened | None:
    """To one member; None for somebody who has left the team, and once the visit is over."""
    mine = next((member for member in pack.visit.team if member.person_id == person_id), None)
    if mine is None or pack.visit.state is not VisitState.OPEN:
        return None
    return VisitOpened(
        **frame,
        unit=pack.visit.unit,
        title=pack.visit.title,
        kind=KIND_LABELS[pack.visit.kind],
        day=pack.visit.day,
        place=pack.visit.place,
        part=PART_LABELS[mine.part],
        mates=tuple(_mate(member, pack.visit) for member in pack.visit.team),
        url=address(frame["home_url"], pack.visit.id),
    )


def findings(session: Session, facts: dict[str, Any], frame: Frame) -> Findings | None:
    """To the leader; None when what was critical has been answered otherwise since."""
    record = visit_record(session, facts["visit"])
    if record is None:
        return None
    before = _before(session, record.visit_id)
    repeated = facts["occasion"] == "repeated"
    told = [line for line in record.bad if (line.id in before if repeated else _critical(line))]
    if not told:
        return None
    return Findings(
        **frame,
        unit=record.unit,
        title=record.title,
        day=record.day,
        repeated=repeated,
        lines=tuple(
            FindingLine(
                text=line.text,
                clause=line.clause,
                severity=SEVERITY_LABELS[line.severity],
                note=line.note,
                before=before.get(line.id),
            )
            for line in told
        ),
        again_on=_again_on(session, record.visit_id),
        url=f"{frame['home_url']}/cuoc-kiem-tra/{record.visit_id}",
    )


def _mate(member: Member, visit: PackedVisit) -> str:
    own = member.answers_for(visit.sections)
    return f"{member.name} ({PART_LABELS[member.part]}{f', phụ trách {own}' if own else ''})"


def address(base_url: str, visit_id: int) -> str:
    return f"{base_url}/kiem-tra/{visit_id}"


def _critical(line: RecordLine) -> bool:
    return line.severity is Severity.CRITICAL


def _before(session: Session, visit_id: int) -> dict[str, date]:
    """When each of the visit's findings was found the last time."""
    now, last = aliased(FindingRow), aliased(FindingRow)
    rows = session.execute(
        select(col(now.item), col(last.found_on))
        .join(last, col(last.id) == col(now.repeats_id))
        .where(col(now.visit_id) == visit_id)
    )
    return dict(rows.all())


def _again_on(session: Session, visit_id: int) -> date | None:
    """A leader may know of it: somebody with need."""
    return session.scalars(select(col(VisitRow.day)).where(col(VisitRow.repeats_id) == visit_id)).first()
