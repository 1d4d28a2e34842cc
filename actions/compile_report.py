"""Compile the synthesis report of a closed month: gather, sum, write the document, record it once.

Facts are those of the moment of compiling, which the report names. A unit that owes a report and has given
none is printed as such; nothing is estimated for it.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, and_, func
from sqlmodel import Session, col, select

from actions.changes import By, record
from domain.assignment import DELIVERED, OUT, OWING, Part, Standing, standing
from domain.attesting import holds
from domain.duty import Force, Kind
from domain.instants import end_of, local_day
from domain.office import Office
from domain.period import Period, containing, period, touching
from domain.report import DutyLine, Figure, StandingLine, Synthesis, UnitLine
from domain.verdict import Outcome
from domain.wording import say_period
from reports.synthesis import MEDIA_TYPE, render
from rules.form import Field, FieldType
from rules.pack import Pack
from store import audit
from store.evidence import EvidenceStore
from store.tables import (
    AssignmentRow,
    DutyRow,
    DutyUnitRow,
    OccurrenceRow,
    ReportRow,
    SubmissionRow,
    UnitRow,
    VerdictRow,
)
from store.writing import insert_new

MONTH = "month"
SUMMED = (FieldType.INTEGER, FieldType.NUMBER, FieldType.BOOLEAN)
"""Percentages, days and texts of several units have no sum."""


@dataclass(frozen=True)
class Owed:
    """One assignment with everything a report says of it."""

    assignment: AssignmentRow
    occurrence: OccurrenceRow
    duty: DutyRow
    unit: UnitRow

    @property
    def asked(self) -> bool:
        """Figures are asked of this unit and still owed or given."""
        return self.duty.asks_figures_of(self.assignment.part) and self.assignment.state not in OUT

    def standing(self, at: datetime) -> Standing:
        return standing(self.assignment, at, binding=self.duty.force is Force.BINDING)

    @property
    def delivered(self) -> bool:
        return self.assignment.state in DELIVERED


@dataclass(frozen=True)
class LastWord:
    """The last round a unit handed in, and the titles of the rules it does not meet."""

    submission: SubmissionRow
    broken: tuple[str, ...]


def periods_to_report(session: Session, at: datetime, zone: ZoneInfo) -> list[str]:
    """Keys of the calendar months that are over and have no report yet, from the first month in which
    something fell due."""
    first: date | None = session.exec(select(func.min(OccurrenceRow.due_on))).one()
    this_month = containing("month", local_day(at, zone)).first
    if first is None or first >= this_month:
        return []
    made = set(session.exec(select(ReportRow.period).where(col(ReportRow.kind) == MONTH)).all())
    closed = touching("month", first, this_month - timedelta(days=1))
    return [month.key for month in closed if month.key not in made]


def compile_report(
    session: Session, key: str, *, office: Office, packs: Mapping[str, Pack], evidence: EvidenceStore, by: By
) -> ReportRow | None:
    """Write the month's report and store its document. None when the month has one already: the first stands,
    a later change belongs to the next report."""
    synthesis = gather(session, key, office=office, packs=packs, at=by.at)
    file = evidence.put(render(synthesis), f"bao-cao-{key}.docx", MEDIA_TYPE)
    row = {
        "kind": MONTH,
        "period": key,
        "data": synthesis.model_dump(mode="json"),
        "sha256": file.sha256,
        "made_at": by.at,
    }
    if not insert_new(session, ReportRow, [row]):
        return None
    record(session, by, "compile_report", f"report:{MONTH}:{key}", sha256=file.sha256)
    return session.exec(
        select(ReportRow).where(col(ReportRow.kind) == MONTH, col(ReportRow.period) == key)
    ).one()


def gather(
    session: Session, key: str, *, office: Office, packs: Mapping[str, Pack], at: datetime
) -> Synthesis:
    """What is known at `at` of the work that fell due in the period. Writes nothing."""
    span = period(key)
    due_on = col(AssignmentRow.due_on)
    owed = _owed(session, due_on.between(span.first, span.last))
    carried = _owed(session, and_(due_on < span.first, col(AssignmentRow.state).in_(OWING)))
    asked = [o for o in owed if o.asked and o.duty.pack in packs]
    words = _last_words(session, [o.assignment.id for o in asked if o.delivered])
    return Synthesis(
        office=office.name,
        superior=office.superior,
        place=office.place,
        zone=office.zone,
        title=f"Kết quả thực hiện nhiệm vụ {say_period(key)}",
        period=key,
        closed_at=at,
        duties=_duty_lines(owed, at),
        carried=_duty_lines(carried, at),
        units=tuple(_unit_line(o, words.get(o.assignment.id), at) for o in asked),
        figures=tuple(_figures(asked, words, packs)),
        standing_duties=_standing_duties(session, owed, span, office.tz),
        audit_head=audit.head(session),
    )


def _owed(session: Session, which: ColumnElement[bool]) -> list[Owed]:
    """In order of deadline, duty and tree."""
    rows = session.exec(
        select(AssignmentRow, OccurrenceRow, DutyRow, UnitRow)
        .join(OccurrenceRow, col(AssignmentRow.occurrence_id) == col(OccurrenceRow.id))
        .join(DutyRow, col(OccurrenceRow.duty_id) == col(DutyRow.id))
        .join(UnitRow, col(AssignmentRow.unit_id) == col(UnitRow.id))
        .where(which)
        .order_by(col(AssignmentRow.due_on), col(DutyRow.id), col(OccurrenceRow.id), col(UnitRow.id))
    ).all()
    return [Owed(*row) for row in rows]


def _last_words(session: Session, assignment_ids: Sequence[int]) -> dict[int, LastWord]:
    rounds = session.exec(
        select(SubmissionRow)
        .where(col(SubmissionRow.assignment_id).in_(assignment_ids))
        .order_by(col(SubmissionRow.assignment_id), col(SubmissionRow.round))
    ).all()
    last = {submission.assignment_id: submission for submission in rounds}
    broken: dict[int, list[str]] = defaultdict(list)
    verdicts = session.exec(
        select(VerdictRow)
        .where(
            col(VerdictRow.submission_id).in_([submission.id for submission in last.values()]),
            col(VerdictRow.outcome) != Outcome.MET,
        )
        .order_by(col(VerdictRow.id))
    ).all()
    for row in verdicts:
        broken[row.submission_id].append(row.verdict["title"])
    return {key: LastWord(submission, tuple(broken[submission.id])) for key, submission in last.items()}


def _duty_lines(owed: Iterable[Owed], at: datetime) -> tuple[DutyLine, ...]:
    together: dict[int, list[Owed]] = defaultdict(list)
    for one in owed:
        together[one.occurrence.id].append(one)
    return tuple(_duty_line(members, at) for members in together.values())


def _duty_line(members: Sequence[Owed], at: datetime) -> DutyLine:
    first = members[0]
    leads = [m.unit.name for m in members if m.assignment.part is Part.LEAD] or [m.unit.name for m in members]
    return DutyLine(
        title=first.duty.title,
        clause=first.duty.clause,
        lead="; ".join(leads),
        due_on=first.occurrence.due_on,
        counts=dict(Counter(m.standing(at) for m in members)),
    )


def _unit_line(owed: Owed, word: LastWord | None, at: datetime) -> UnitLine:
    return UnitLine(
        unit=owed.unit.name,
        standing=owed.standing(at),
        sent_at=owed.assignment.handed_in_at if owed.delivered else None,
        rounds=word.submission.round if word else 0,
        broken=word.broken if word else (),
    )


def _figures(
    asked: Sequence[Owed], words: Mapping[int, LastWord], packs: Mapping[str, Pack]
) -> Iterable[Figure]:
    """One for each field of the forms in use that can be summed."""
    together: dict[str, list[Owed]] = defaultdict(list)
    for one in asked:
        together[one.duty.pack].append(one)
    for pack_id, members in together.items():
        yield from (_figure(f, members, words) for f in packs[pack_id].form.fields if f.type in SUMMED)


def _figure(field: Field, members: Sequence[Owed], words: Mapping[int, LastWord]) -> Figure:
    given = [
        (member.unit.name, word.submission.figures[field.code])
        for member in members
        if (word := words.get(member.assignment.id)) and word.submission.figures.get(field.code) is not None
    ]
    return Figure(
        code=field.code,
        label=field.label,
        unit="đơn vị xác nhận" if field.type is FieldType.BOOLEAN else field.unit,
        total=str(sum((Decimal(str(int(v) if isinstance(v, bool) else v)) for _, v in given), Decimal(0))),
        sources=tuple(name for name, _ in given),
        silent=len(members) - len(given),
    )


def _standing_duties(
    session: Session, owed: Sequence[Owed], span: Period, zone: ZoneInfo
) -> tuple[StandingLine, ...]:
    """Those in force in the period, with who attested them in reports of the period; each unit once. Silent is
    who owes one then: not the unit that has ended, but its successor."""
    units = {o.assignment.id: o.unit for o in owed if o.delivered}
    rounds = session.exec(
        select(SubmissionRow.assignment_id, SubmissionRow.attested)
        .where(col(SubmissionRow.assignment_id).in_(units))
        .order_by(col(SubmissionRow.id))
    ).all()
    said: dict[str, dict[int, str]] = defaultdict(dict)
    for assignment_id, attested in rounds:
        for one in attested:
            said[one["duty"]][units[assignment_id].id] = units[assignment_id].name
    every = session.exec(
        select(DutyRow)
        .where(col(DutyRow.kind) == Kind.STANDING, col(DutyRow.issued_at) < end_of(span.last, zone))
        .order_by(col(DutyRow.id))
    ).all()
    duties = {duty.id: duty for duty in every if duty.code in said or holds(duty, span.first, span.last)}
    asked = session.exec(
        select(DutyUnitRow.duty_id, DutyUnitRow.unit_id)
        .join(UnitRow, col(UnitRow.id) == col(DutyUnitRow.unit_id))
        .where(
            col(DutyUnitRow.duty_id).in_(duties),
            col(DutyUnitRow.until).is_(None),
            func.coalesce(col(DutyUnitRow.since), span.last) <= span.last,
            func.coalesce(col(UnitRow.valid_to), span.last) >= span.last,
        )
    ).all()
    silent = Counter(duty_id for duty_id, unit_id in asked if unit_id not in said[duties[duty_id].code])
    return tuple(
        StandingLine(title=duty.title, attested=tuple(said[duty.code].values()), silent=silent[duty.id])
        for duty in duties.values()
    )
