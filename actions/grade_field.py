"""Enter the grade of one field of the emulation board, with its evidence."""

from collections.abc import Sequence

from sqlmodel import Session, col, select

from actions.changes import By, record
from actions.errors import NotFound, Refused
from domain.emulation import Grade
from domain.period import BadPeriod, period
from store.compliance_tables import EmulationFieldRow, GradedRow


def grade_field(
    session: Session, code: str, year: str, grade: Grade, evidence: Sequence[str], by: By
) -> GradedRow:
    """`year` is a year's key (NH2022-2023, 2023); `evidence` names where the grade is written (a decision, a
    notice). A later grade replaces the earlier; the audit trail keeps both."""
    field = session.exec(select(EmulationFieldRow).where(col(EmulationFieldRow.code) == code)).first()
    if field is None:
        raise NotFound("Không có lĩnh vực thi đua này.")
    named = [one.strip() for one in evidence if one.strip()]
    if not named:
        raise Refused("Hãy ghi minh chứng: văn bản hoặc thông báo ghi kết quả này.")
    _year(year)
    row = session.exec(
        select(GradedRow)
        .where(col(GradedRow.field_id) == field.id, col(GradedRow.year) == year)
        .with_for_update()
    ).first()
    before = row.grade if row else None
    if row is None:
        row = GradedRow(field_id=field.id, year=year, grade=grade, evidence=named)
    row.grade, row.evidence = grade, named
    session.add(row)
    session.flush()
    record(
        session, by, "grade_field", f"emulation:{code}", year=year, grade=grade, was=before, evidence=named
    )
    return row


def _year(key: str) -> None:
    try:
        found = period(key)
    except BadPeriod:
        raise Refused("“{key}” không phải là một năm.", key=key) from None
    if found.unit not in {"year", "school_year"}:
        raise Refused("Thi đua xếp theo năm hoặc năm học.")
