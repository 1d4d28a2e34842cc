"""One visit and what stands beside it: each thing is read once, when it is first asked for."""

from collections.abc import Mapping, Sequence
from functools import cached_property

from sqlalchemy import select
from sqlmodel import Session, col

from domain.checklist import Checklist
from domain.inspection import Member, PackedAnswer, PackedSignature, TeamPart, VisitState
from domain.visit_answers import Conflict, Standing, Told, standings
from store.inspection_tables import (
    AnswerRow,
    ChecklistRow,
    PhotoRow,
    PlanRow,
    SignatureRow,
    TeamMemberRow,
    VisitRow,
)
from store.tables import PersonRow, UnitRow

OPENED = (VisitState.OPEN, VisitState.CLOSED)


class Visited:
    """`published`: the version of the checklist the visit began with."""

    def __init__(
        self, session: Session, row: VisitRow, unit: UnitRow, plan: PlanRow, published: ChecklistRow
    ) -> None:
        self._session = session
        self.row, self.unit, self.plan, self.version = row, unit, plan, published.version
        self._list = published.body

    @classmethod
    def of(cls, session: Session, visit_id: int) -> "Visited | None":
        """In whatever state; None when it is not there."""
        found = session.execute(
            select(VisitRow, UnitRow, PlanRow, ChecklistRow)
            .join(UnitRow, col(UnitRow.id) == col(VisitRow.unit_id))
            .join(PlanRow, col(PlanRow.id) == col(VisitRow.plan_id))
            .join(ChecklistRow, col(ChecklistRow.id) == col(VisitRow.checklist_id))
            .where(col(VisitRow.id) == visit_id)
        ).one_or_none()
        return cls(session, *found) if found else None

    @property
    def opened(self) -> bool:
        return self.row.state in OPENED

    @cached_property
    def checklist(self) -> Checklist:
        """Cut down to the items the visit looks at."""
        return Checklist.model_validate(self._list).only(self.row.only_items)

    @cached_property
    def _answers(self) -> Sequence[tuple[AnswerRow, str]]:
        return answers(self._session, self.row.id)

    @cached_property
    def stands(self) -> Mapping[str, Standing[AnswerRow]]:
        """What stands of each item, by item."""
        return standings(row for row, _name in self._answers)

    @property
    def said(self) -> tuple[PackedAnswer, ...]:
        return said(self._answers)

    @property
    def conflicts(self) -> tuple[Conflict, ...]:
        return conflicts(self._answers)

    @cached_property
    def team(self) -> tuple[Member, ...]:
        """Those who have not left: head, secretary, members."""
        rows = self._session.execute(
            select(TeamMemberRow, col(PersonRow.name), col(UnitRow.name))
            .join(PersonRow, col(PersonRow.id) == col(TeamMemberRow.person_id))
            .join(UnitRow, col(UnitRow.id) == col(TeamMemberRow.unit_id))
            .where(col(TeamMemberRow.visit_id) == self.row.id, col(TeamMemberRow.left_at).is_(None))
            .order_by(col(TeamMemberRow.id))
        )
        members = [
            Member(person_id=m.person_id, name=name, unit=unit, part=m.part, sections=tuple(m.sections))
            for m, name, unit in rows
        ]
        return tuple(sorted(members, key=lambda member: list(TeamPart).index(member.part)))

    def part_of(self, person_id: int) -> TeamPart | None:
        """The person's part in the opened visit; None for a stranger, for who has left, and while it is sealed."""
        parts = (member.part for member in self.team if member.person_id == person_id)
        return next(parts, None) if self.opened else None

    @cached_property
    def signatures(self) -> tuple[PackedSignature, ...]:
        """In the order given."""
        rows = self._session.scalars(
            select(SignatureRow)
            .where(col(SignatureRow.visit_id) == self.row.id)
            .order_by(col(SignatureRow.id))
        )
        return tuple(PackedSignature.model_validate(row, from_attributes=True) for row in rows)

    @cached_property
    def photos(self) -> Mapping[str, str]:
        """The hash of the stored bytes, by the hash the device named; in the order of arrival."""
        rows = self._session.execute(
            select(col(PhotoRow.sha256), col(PhotoRow.stored))
            .where(col(PhotoRow.visit_id) == self.row.id)
            .order_by(col(PhotoRow.id))
        )
        return dict(rows.all())

    @property
    def named_photos(self) -> tuple[str, ...]:
        """Hashes that any answer ever named, standing or not, then those of signatures."""
        named = [photo for row, _name in self._answers for photo in row.photos]
        return tuple(dict.fromkeys([*named, *(one.sha256 for one in self.signatures if one.sha256)]))

    @property
    def missing_photos(self) -> tuple[str, ...]:
        """Those that answers and signatures name and that have not arrived, in the order of naming."""
        return tuple(sha256 for sha256 in self.named_photos if sha256 not in self.photos)


def answers(session: Session, visit_id: int) -> Sequence[tuple[AnswerRow, str]]:
    """Every answer ever given, and who gave it."""
    rows = session.execute(
        select(AnswerRow, col(PersonRow.name))
        .join(PersonRow, col(PersonRow.id) == col(AnswerRow.person_id))
        .where(col(AnswerRow.visit_id) == visit_id)
        .order_by(col(AnswerRow.id))
    )
    return [(row, name) for row, name in rows]


def said(given: Sequence[tuple[AnswerRow, str]]) -> tuple[PackedAnswer, ...]:
    """What stands of each item, where something does."""
    names = {row.person_id: name for row, name in given}
    return tuple(
        PackedAnswer(
            item=item,
            by=names[one.answer.person_id],
            answered_at=one.answer.answered_at,
            **one.answer.given().model_dump(exclude={"photos"}),
            photos=one.photos,
        )
        for item, one in sorted(standings(row for row, _name in given).items())
        if one.answer
    )


def conflicts(given: Sequence[tuple[AnswerRow, str]]) -> tuple[Conflict, ...]:
    names = {row.person_id: name for row, name in given}
    return tuple(
        Conflict(
            item=item,
            answers=tuple(
                Told(
                    id=told.id,
                    by=names[told.person_id],
                    answered_at=told.answered_at,
                    **told.given().model_dump(),
                )
                for told in one.contested
            ),
        )
        for item, one in sorted(standings(row for row, _name in given).items())
        if one.contested
    )
