"""What is kept of the tree is what is there."""

from collections.abc import Callable
from datetime import date

import pytest
from sqlalchemy import event
from sqlmodel import Session, col, select

from domain.unit import UnitGroup
from store.database import Database
from store.tables import UnitAliasRow, UnitRow, UnitSuccessionRow
from store.tree import load_directory, names
from tests.support.makers import OFFICE, an_office

DAY = date(2023, 2, 1)


def means(session: Session, wording: str, on: date = DAY) -> tuple[str, ...]:
    return load_directory(session, OFFICE, named_on=on, given_on=on).find(wording)


def unit(session: Session, code: str) -> UnitRow:
    return session.exec(select(UnitRow).where(col(UnitRow.code) == code)).one()


def rename(session: Session) -> None:
    unit(session, "hoa-sen").name = "Trường Tiểu học Hoa Cúc"


def teach(session: Session) -> None:
    session.add(UnitAliasRow(folded="truong tieu hoc hoa cuc", unit_id=unit(session, "hoa-sen").id))


def add(session: Session) -> None:
    session.add(UnitRow(code="hoa-cuc", name="Trường Tiểu học Hoa Cúc", kind="trường"))


@pytest.mark.parametrize(("change", "code"), [(rename, "hoa-sen"), (teach, "hoa-sen"), (add, "hoa-cuc")])
def test_the_next_reader_sees_a_changed_name_and_the_same_one_reads_nothing_again(
    db: Database, change: Callable[[Session], None], code: str
) -> None:
    an_office(db)
    with db.read() as session:
        assert means(session, "Trường Tiểu học Hoa Cúc") == ()
        before = names(session)
    with db.read() as session:
        assert names(session) is before
    with db.transaction() as session:
        change(session)
        session.flush()
        assert means(session, "Trường Tiểu học Hoa Cúc") == (code,), "a writer sees its own change"
    with db.read() as session:
        assert means(session, "Trường Tiểu học Hoa Cúc") == (code,)


def break_off(db: Database) -> None:
    with db.transaction() as session:
        rename(session)
        session.flush()
        assert means(session, "Trường Tiểu học Hoa Cúc") == ("hoa-sen",)
        raise ZeroDivisionError


def test_what_never_came_to_be_is_not_kept(db: Database) -> None:
    an_office(db)
    with pytest.raises(ZeroDivisionError):
        break_off(db)
    with db.transaction() as session:
        unit(session, "song-xanh").name = "Trường THCS Sông Lam"
    with db.read() as session:
        assert means(session, "Trường Tiểu học Hoa Cúc") == ()
        assert means(session, "Trường THCS Sông Lam") == ("song-xanh",)


def test_one_directory_serves_all_days_on_which_the_same_units_are_valid(sqlite: Database) -> None:
    an_office(sqlite)
    with sqlite.transaction() as session:
        unit(session, "hoa-sen").valid_to = date(2023, 6, 30)
        session.add(
            UnitRow(code="sen-xanh", name="Trường Sen Xanh", kind="trường", valid_from=date(2023, 7, 1))
        )
        session.flush()
        ended, heir = unit(session, "hoa-sen").id, unit(session, "sen-xanh").id
        session.add(UnitSuccessionRow(unit_id=ended, successor_id=heir, since=date(2023, 7, 1)))
    schools = UnitGroup(code="tat-ca", names=("mọi trường",), kinds=("trường",))
    office = OFFICE.model_copy(update={"groups": (schools,)})
    with sqlite.read() as session:
        known = names(session)
        found = {
            (named, given): known.directory(office, named, given).find("mọi trường")
            for named in (date(2023, 6, 29), date(2023, 6, 30), date(2023, 7, 1))
            for given in (date(2023, 6, 30), date(2023, 7, 1))
        }
    old, then = ("hoa-sen", "song-xanh", "anh-duong"), ("sen-xanh", "song-xanh", "anh-duong")
    new = ("song-xanh", "anh-duong", "sen-xanh")
    assert list(found.values()) == [old, then, old, then, new, new]


def test_a_unit_that_comes_with_its_name_while_the_names_are_read_breaks_nothing(db: Database) -> None:
    an_office(db)
    late: list[None] = []

    def between(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if not late and "FROM unit" in statement:
            late.append(None)
            with db.transaction() as other:
                add(other)
                other.flush()
                other.add(UnitAliasRow(folded="hoa cuc", unit_id=unit(other, "hoa-cuc").id))

    event.listen(db.engine, "after_cursor_execute", between)
    with db.read() as session:
        names(session)
    event.remove(db.engine, "after_cursor_execute", between)
    assert late
    with db.read() as session:
        assert names(session).aliases["hoa cuc"] == ["hoa-cuc"]
