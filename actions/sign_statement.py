"""The head of a unit states how often something happened in a period; zero has to be stated too."""

from datetime import date

from sqlmodel import Session, col, func, select

from actions.changes import By, record
from actions.errors import NotFound, Refused, Stale
from domain.period import BadPeriod, period
from domain.recipients import Staff
from domain.statement import Register
from domain.unit import Role
from rules.condition import read_condition
from rules.pack import Pack
from store.compliance_tables import RegisterRow, StatementRow
from store.writing import insert_new


def open_register(session: Session, wanted: Register, pack: Pack | None, by: By) -> RegisterRow:
    """`pack` is the one the contradicting condition speaks of. Raises PackError where it cannot be read."""
    if wanted.contradicted_if and pack is not None:
        read_condition(wanted.contradicted_if, pack, {})
    row = RegisterRow(**wanted.model_dump())
    session.add(row)
    session.flush()
    record(session, by, "open_register", f"register:{row.code}", **wanted.model_dump())
    return row


def sign_statement(
    session: Session,
    register_code: str,
    unit_id: int,
    key: str,
    count: int,
    by: By,
    *,
    staff: Staff,
    today: date,
    note: str = "",
) -> StatementRow:
    """Only the unit's head signs (`by.actor`, a person's code), or who acts for the head under a mandate. What
    happened needs a word about it. A later statement of the same period is a correction."""
    register = session.exec(select(RegisterRow).where(col(RegisterRow.code) == register_code)).first()
    if register is None:
        raise NotFound("Không có nội dung cam kết này.")
    _acceptable(key, count, note)
    heads = staff.find(unit_id, Role.HEAD, today)
    if by.actor not in {head.person.code for head in heads}:
        raise Refused("Chỉ thủ trưởng đơn vị được ký cam kết của đơn vị.")
    same = (
        col(StatementRow.register_id) == register.id,
        col(StatementRow.unit_id) == unit_id,
        col(StatementRow.period) == key,
    )
    last = session.exec(select(func.max(col(StatementRow.revision))).where(*same)).one() or 0
    row = StatementRow(
        register_id=register.id, unit_id=unit_id, period=key, count=count, note=note.strip(), revision=last + 1,
        signed_by=by.actor, signed_at=by.at,
    )  # fmt: skip
    if not insert_new(session, StatementRow, [row.model_dump(exclude={"id"})]):
        raise Stale
    record(session, by, "sign_statement", f"register:{register.code}", unit=unit_id, period=key, count=count)
    return session.exec(select(StatementRow).where(*same, col(StatementRow.revision) == last + 1)).one()


def _acceptable(key: str, count: int, note: str) -> None:
    try:
        period(key)
    except BadPeriod:
        raise Refused("“{key}” không phải là một kỳ.", key=key) from None
    if count < 0:
        raise Refused("Số vụ việc không thể âm.").about("count")
    if count and not note.strip():
        raise Refused("Có vụ việc thì phải ghi rõ việc gì và đã xử lý ra sao.").about("note")
