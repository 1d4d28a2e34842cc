"""Enter a figure in the ledger. A correction is a later revision; the earlier one stays readable."""

from sqlmodel import Session, col, func, select

from actions.changes import By, record
from actions.errors import Refused, Stale
from domain.measure import Count
from domain.period import BadPeriod, period
from domain.sentence import joined
from store.compliance_tables import MeasureRow, ReportedRow
from store.writing import insert_new


def report_figure(
    session: Session, measure: MeasureRow, unit_id: int, count: Count, by: By, *, source: str
) -> ReportedRow:
    """`count.definition` is filled with the measure's. `source`: where the figure stands ("Báo cáo 45/BC, mục
    II.2", "submission:12"). Raises `Refused` for what does not add up, is no figure, or names no period, `Stale`
    when another entered the same figure at the same moment."""
    said = count.model_copy(update={"definition": measure.definition, "unit": measure.unit})
    _acceptable(said)
    known = (
        col(ReportedRow.measure_id) == measure.id,
        col(ReportedRow.unit_id) == unit_id,
        col(ReportedRow.period) == said.period,
    )
    last = session.exec(select(func.max(col(ReportedRow.revision))).where(*known)).one()
    entered = ReportedRow(
        **said.model_dump(exclude={"unit", "units"}), measure_id=measure.id, unit_id=unit_id, revision=(last or 0) + 1,
        source=source, reported_at=by.at, reported_by=by.actor,
    )  # fmt: skip
    if not insert_new(session, ReportedRow, [entered.model_dump(exclude={"id"})]):
        raise Stale
    record(
        session, by, "report_figure", f"measure:{measure.code}", unit=unit_id, period=said.period,
        revision=entered.revision, source=source,
    )  # fmt: skip
    newest = select(ReportedRow).where(*known).order_by(col(ReportedRow.revision).desc()).limit(1)
    return session.exec(newest).one()


def _acceptable(count: Count) -> None:
    try:
        period(count.period)
    except BadPeriod:
        raise Refused(
            "“{period}” không phải là một kỳ; viết như 2023-02, 2023-Q1, NH2022-2023.", period=count.period
        ).about("period") from None
    if count.amount is None:
        raise Refused("Số liệu phải là số, hoặc tử số và mẫu số khác 0.").about("amount")
    if faults := count.faults():
        raise Refused("Số liệu chưa khớp: {faults}.", faults=joined("; ", faults)).about("faults")
