"""The standing duties a unit attests with a report."""

from collections.abc import Sequence

from sqlmodel import Session, col, select

from domain.attesting import Attested, attests
from domain.duty import Kind
from store.tables import DutyRow, DutyUnitRow


def to_attest(session: Session, unit_id: int, title: str, key: str) -> Sequence[Attested]:
    """With the report of this title and period (`key`); nothing is said of them yet."""
    if not attests("", title, key):
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
    return [Attested(duty=code, title=duty) for code, duty, where in rows if attests(where, title, key)]
