"""The standing duties a unit attests with a report."""

from collections.abc import Sequence

from sqlmodel import Session, col, select

from domain.attesting import Attested, attests
from domain.duty import Duty, Kind
from store.tables import DutyRow, DutyUnitRow


def to_attest(session: Session, unit_id: int, report: Duty, key: str) -> Sequence[Attested]:
    """With this report of the period `key`; nothing is said of them yet."""
    if not attests("", report.title, key, report.pack):
        return ()
    rows = session.exec(
        select(DutyRow.code, DutyRow.title, DutyRow.attested_in)
        .join(DutyUnitRow, col(DutyUnitRow.duty_id) == col(DutyRow.id))
        .where(
            DutyRow.kind == Kind.STANDING,
            DutyRow.attested_in != "",
            DutyUnitRow.unit_id == unit_id,
            col(DutyUnitRow.until).is_(None),
        )
        .order_by(col(DutyRow.id))
    ).all()
    return [
        Attested(duty=code, title=title)
        for code, title, where in rows
        if attests(where, report.title, key, report.pack)
    ]
