"""The papers of a visit, ready to be given either form (`reports.as_docx`, `reports.as_pdf`)."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlmodel import Session, col

from actions.visits import known_record
from domain.inspection_plan import PlanState
from domain.inspection_report import InspectionReport, PlannedLine, YearPlan
from domain.instants import local_day
from reports.blocks import Paper
from reports.inspection_papers import notice_paper, record_paper
from reports.inspection_plan_paper import plan_paper
from reports.inspection_report import report_paper
from store.evidence import EvidenceStore
from store.inspection_tables import FindingRow, PlanRow, VisitRow
from store.office import load_office
from store.questions.inspection_counts import common_findings, standings
from store.questions.inspections import covered_units
from store.tables import AssignmentRow


def record_of(session: Session, evidence: EvidenceStore, visit_id: int, at: datetime) -> Paper:
    """The record (biên bản) as it stands, dated by the hour the visit ended so that it is the same whenever it is
    asked for; `at` only while it goes on. Raises `NotFound`, and `ValueError` when a photo no longer matches its
    hash."""
    record = known_record(session, visit_id)
    return record_paper(record, evidence.get, record.finished_at or at)


def notice_of(session: Session, visit_id: int, at: datetime) -> Paper:
    """The notice of the result (thông báo kết quả), with each finding's deadline as it is now. Raises `NotFound`."""
    record = known_record(session, visit_id)
    rows = session.execute(
        select(col(FindingRow.item), col(AssignmentRow.due_on))
        .join(AssignmentRow, col(AssignmentRow.id) == col(FindingRow.assignment_id))
        .where(col(FindingRow.visit_id) == visit_id)
    )
    due = dict(rows.all())
    return notice_paper(record, due, at, local_day(at, ZoneInfo(record.zone)))


def report_of(session: Session, first: date, last: date, at: datetime) -> Paper:
    """The report on inspections from the first day to the last, both included: coverage, findings, what is common."""
    office = load_office(session)
    plans = standings(session, first, last, office.unit, at)
    themes = session.scalars(
        select(col(VisitRow.theme)).where(col(VisitRow.day).between(first, last)).distinct()
    )
    common = [one for theme in sorted(themes) for one in common_findings(session, theme, first, last)]
    report = InspectionReport(
        office=office.name,
        superior=office.superior,
        place=office.place,
        first=first,
        last=last,
        today=local_day(at, office.tz),
        made_at=at,
        plans=plans,
        common=[one for one in common if one.units > 1],
    )
    return report_paper(report)


def plan_of(session: Session, year: int, at: datetime) -> Paper:
    """The plan of a year as it stands, drafts among it marked as such."""
    office = load_office(session)
    rows = session.scalars(
        select(PlanRow).where(col(PlanRow.year) == year).order_by(col(PlanRow.first), col(PlanRow.id))
    ).all()
    lines = [
        PlannedLine(
            title=row.title,
            kind=row.kind,
            first=row.first,
            last=row.last,
            to_visit=row.count or len(covered_units(session, row, office.unit)),
            approved=row.state is PlanState.APPROVED,
        )
        for row in rows
    ]
    return plan_paper(
        YearPlan(
            office=office.name,
            superior=office.superior,
            place=office.place,
            year=year,
            today=local_day(at, office.tz),
            made_at=at,
            lines=lines,
        )
    )
