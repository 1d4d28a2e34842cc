"""The office names a group of units (nhóm đơn vị), by what they are or by hand, and for how long. None is deleted:
a group that is used no more ends."""

from collections.abc import Sequence
from itertools import chain, count

from sqlmodel import Session, col, select

from actions.changes import By, record
from actions.errors import Refused, Stale
from domain.folding import fold
from domain.office import Office
from domain.unit import UnitGroup
from store.office import NoOffice
from store.tables import OfficeRow, UnitRow


def group_code(name: str) -> str:
    return fold(name).replace(" ", "-")[:60]


def change_group(session: Session, group: UnitGroup, by: By, *, seen: UnitGroup | None) -> UnitGroup:
    """`seen`: the group as it was when somebody changed it, None for a new one, which has another code where its own
    is taken (by a group that was called so once). Returns it as it is kept. Raises `Stale` when somebody else was
    first, `Refused` for a name another group has, a day or a unit that cannot be."""
    row = session.exec(select(OfficeRow).with_for_update()).first()
    if row is None:
        raise NoOffice
    office = Office.model_validate(row.settings)
    if seen is not None and seen not in office.groups:
        raise Stale
    _check(session, group, [one for one in office.groups if one != seen])
    if seen is None:
        taken = {one.code for one in office.groups}
        others = (f"{group.code}-{n}" for n in count(2))
        code = next(code for code in chain((group.code,), others) if code not in taken)
        group = group.model_copy(update={"code": code})
    groups = [group if one.code == group.code else one for one in office.groups]
    changed = office.model_copy(update={"groups": tuple(groups if seen else [*groups, group])})
    row.settings = changed.model_dump(mode="json")
    session.add(row)
    before = seen.model_dump(mode="json") if seen else {}
    record(
        session, by, "change_group", f"group:{group.code}", before=before, after=group.model_dump(mode="json")
    )
    return group


def _check(session: Session, group: UnitGroup, others: Sequence[UnitGroup]) -> None:
    if not group.code or not group.names:
        raise Refused("Hãy ghi tên gọi của nhóm.").about("names")
    if group.valid_from and group.valid_to and group.valid_to < group.valid_from:
        raise Refused("Ngày kết thúc phải từ ngày bắt đầu trở đi.").about("valid_to")
    wanted = {fold(name) for name in group.names}
    for other in others:
        if shared := [name for name in other.names if fold(name) in wanted]:
            raise Refused("Tên gọi “{name}” là của một nhóm khác.", name=shared[0]).about("names")
    known = session.exec(select(UnitRow.code).where(col(UnitRow.code).in_(group.members))).all()
    if unknown := [code for code in group.members if code not in set(known)]:
        raise Refused("Không có đơn vị với mã: {unknown}.", unknown=", ".join(unknown)).about("members")
