"""What an inspector takes along: the list of visits, and everything about one of them.

A sealed visit is in no answer here: who has not opened it does not find it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import or_, select
from sqlmodel import Session, col

from domain.assignment import CLOSED
from domain.checklist import Checklist
from domain.checklist_answer import Mark, marks
from domain.inspection import (
    PackedAnswer,
    PackedChecklist,
    PackedVisit,
    PastFinding,
    TeamPart,
    VisitKind,
    VisitPack,
    VisitState,
)
from domain.visit_answers import Conflict, Standing, standings
from store.inspection_tables import AnswerRow, ChecklistRow, FindingRow, TeamMemberRow, VisitRow
from store.questions.visited import OPENED, Visited, answers, conflicts, said
from store.tables import AssignmentRow, UnitRow

SHOWN_AFTER = timedelta(days=30)
"""A closed visit stays in its team's list that long."""


@dataclass(frozen=True)
class VisitLine:
    id: int
    unit: str
    title: str
    kind: VisitKind
    state: VisitState
    day: date
    place: str
    part: TeamPart
    finished: bool
    version: int


def visits_of(session: Session, person_id: int, now: datetime) -> Sequence[VisitLine]:
    """The person's visits that are open, and those closed lately; next day first."""
    rows = session.execute(
        select(VisitRow, col(UnitRow.name), col(ChecklistRow.title), col(TeamMemberRow.part))
        .join(TeamMemberRow, col(TeamMemberRow.visit_id) == col(VisitRow.id))
        .join(UnitRow, col(UnitRow.id) == col(VisitRow.unit_id))
        .join(ChecklistRow, col(ChecklistRow.id) == col(VisitRow.checklist_id))
        .where(
            col(TeamMemberRow.person_id) == person_id,
            col(TeamMemberRow.left_at).is_(None),
            or_(
                col(VisitRow.state) == VisitState.OPEN,
                (col(VisitRow.state) == VisitState.CLOSED) & (col(VisitRow.closed_at) > now - SHOWN_AFTER),
            ),
        )
        .order_by(col(VisitRow.state).desc(), col(VisitRow.day), col(VisitRow.id))
    )
    return [
        VisitLine(
            v.id, unit, title, v.kind, v.state, v.day, v.place, part, v.finished_at is not None, v.version
        )
        for v, unit, title, part in rows
    ]  # fmt: skip


def team_part(session: Session, visit_id: int, person_id: int) -> TeamPart | None:
    """The person's part in an opened visit; None for a stranger, for who has left, and for a sealed visit."""
    return session.execute(
        select(col(TeamMemberRow.part))
        .join(VisitRow, col(VisitRow.id) == col(TeamMemberRow.visit_id))
        .where(
            col(TeamMemberRow.visit_id) == visit_id,
            col(TeamMemberRow.person_id) == person_id,
            col(TeamMemberRow.left_at).is_(None),
            col(VisitRow.state).in_(OPENED),
        )
    ).scalar_one_or_none()


def visit_pack(session: Session, visit_id: int) -> VisitPack | None:
    """Everything for days without network; None for a visit that is sealed, cancelled or not there. The caller
    has asked whether the reader is of the team (`team_part`)."""
    found = Visited.of(session, visit_id)
    if found is None or not found.opened:
        return None
    checklist = found.checklist
    self_on, self_answers = _self_answers(session, found.row, checklist)
    return VisitPack(
        visit=_packed(found),
        checklist=PackedChecklist(version=found.version, items=checklist.items),
        answers=found.said,
        conflicts=found.conflicts,
        signatures=found.signatures,
        findings=past_findings(session, found.row, [item.id for item in checklist.items]),
        self_answers=self_answers,
        self_on=self_on,
        differences=differences(checklist, found.stands, self_answers),
        missing_photos=found.missing_photos,
    )


def _packed(found: Visited) -> PackedVisit:
    return PackedVisit(
        unit=found.unit.name,
        title=found.checklist.title,
        team=found.team,
        sections=found.checklist.sections,
        **found.row.model_dump(
            include={
                "id", "unit_id", "theme", "kind", "state", "day", "place", "opens_at", "finished_at", "version"
            }
        ),
    )  # fmt: skip


def checklist_of(session: Session, visit: VisitRow) -> tuple[int, Checklist]:
    """The version the visit began with, cut down to the items it looks at."""
    row = session.get_one(ChecklistRow, visit.checklist_id)
    return row.version, Checklist.model_validate(row.body).only(visit.only_items)


def stands_of(session: Session, visit_id: int) -> Mapping[str, Standing[AnswerRow]]:
    """What stands of each item, by item."""
    return standings(row for row, _name in answers(session, visit_id))


def conflicts_of(session: Session, visit_id: int) -> tuple[Conflict, ...]:
    return conflicts(answers(session, visit_id))


def missing_photos(session: Session, visit_id: int) -> tuple[str, ...]:
    found = Visited.of(session, visit_id)
    return found.missing_photos if found else ()


def past_findings(session: Session, visit: VisitRow, items: Sequence[str]) -> tuple[PastFinding, ...]:
    """What was found at the unit in this theme before, newest first; what is still open comes before the rest."""
    rows = session.execute(
        select(FindingRow, AssignmentRow)
        .outerjoin(AssignmentRow, col(AssignmentRow.id) == col(FindingRow.assignment_id))
        .where(
            col(FindingRow.unit_id) == visit.unit_id,
            col(FindingRow.theme) == visit.theme,
            col(FindingRow.item).in_(items),
            col(FindingRow.visit_id) != visit.id,
        )
        .order_by(col(FindingRow.found_on).desc(), col(FindingRow.id).desc())
    ).all()
    past = [
        PastFinding(
            id=f.id, item=f.item, found_on=f.found_on, severity=f.severity, note=f.note, action=f.action,
            due_on=work.due_on if work else f.due_on, open=work is not None and work.state not in CLOSED,
        )
        for f, work in rows
    ]  # fmt: skip
    return tuple(sorted(past, key=lambda one: not one.open))


def _self_answers(
    session: Session, visit: VisitRow, checklist: Checklist
) -> tuple[date | None, tuple[PackedAnswer, ...]]:
    """Of the unit's last finished self-inspection in this theme."""
    last = session.scalars(
        select(VisitRow)
        .where(
            col(VisitRow.unit_id) == visit.unit_id,
            col(VisitRow.theme) == visit.theme,
            col(VisitRow.kind) == VisitKind.SELF,
            col(VisitRow.id) != visit.id,
            col(VisitRow.finished_at).is_not(None),
        )
        .order_by(col(VisitRow.finished_at).desc())
        .limit(1)
    ).one_or_none()
    if last is None:
        return None, ()
    answered = said(answers(session, last.id))
    return last.day, tuple(answer for answer in answered if answer.item in checklist.by_id)


def differences(
    checklist: Checklist, stands: Mapping[str, Standing[AnswerRow]], own_words: Iterable[PackedAnswer]
) -> tuple[str, ...]:
    """Items that the unit called good and the team did not, or the other way round."""
    own = marks(checklist, {one.item: one.given() for one in own_words})
    found = marks(checklist, {item: given for item, one in stands.items() if (given := one.given())})
    judged = (Mark.GOOD, Mark.BAD)
    return tuple(i for i in found if own[i] in judged and found[i] in judged and own[i] is not found[i])
