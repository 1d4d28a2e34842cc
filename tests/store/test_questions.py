"""Named questions answer the same on both databases."""

from datetime import date, timedelta

import pytest
from sqlalchemy import update
from sqlmodel import select

from domain.unit import Role
from store.access_tables import SessionRow
from store.database import Database
from store.questions.leader import Latest, late_units, late_works, latest_units
from store.questions.people import credentials, officers, signed_in
from store.questions.scope import Scope, widest, within
from store.tables import PositionRow, UnitRow
from tests.support.makers import BEGAN, a_person, an_issued_duty, an_office, monthly_terms, open_all

SOON_LATE = BEGAN + timedelta(days=20)


def codes(db: Database, scope: Scope) -> set[str]:
    with db.read() as session:
        return set(session.exec(select(UnitRow.code).where(within(scope, UnitRow.id))).all())


def test_a_scope_holds_its_units_and_all_below_its_roots(db: Database) -> None:
    units = an_office(db).units
    everything = set(units)
    assert codes(db, Scope(everything=True)) == everything
    assert codes(db, Scope()) == set()
    assert codes(db, Scope(units=(units["th"],))) == {"th"}
    assert codes(db, Scope(roots=(units["pgd"],))) == everything
    assert codes(db, Scope(units=(units["th"],), roots=(units["hoa-sen"],))) == {"th", "hoa-sen"}


def test_a_circle_in_the_tree_ends(db: Database) -> None:
    units = an_office(db).units
    with db.transaction() as session:
        session.execute(update(UnitRow).where(UnitRow.id == units["pgd"]).values(parent_id=units["th"]))  # type: ignore[arg-type]
    assert codes(db, Scope(roots=(units["th"],))) == set(units)
    with db.read() as session:
        assert widest(session, Scope(roots=(units["hoa-sen"],))) == Scope(roots=(units["hoa-sen"],)), "no top"


def test_whoever_stands_above_every_tree_sees_everything_and_nobody_else_does(db: Database) -> None:
    units = an_office(db).units
    above, branch = Scope(roots=(units["pgd"],)), Scope(roots=(units["hoa-sen"],), units=(units["th"],))
    with db.read() as session:
        assert widest(session, above) == Scope(everything=True)
        assert [widest(session, scope) for scope in (branch, Scope())] == [branch, Scope()]
    with db.transaction() as session:
        session.add(UnitRow(code="khac", name="Cơ quan khác"))
    with db.read() as session:
        assert widest(session, above) == above


def test_late_units_and_works_are_counted_once_and_the_longest_wait_comes_first(db: Database) -> None:
    units = an_office(db).units
    an_issued_duty(db, monthly_terms(("hoa-sen", "song-xanh")))
    an_issued_duty(db, monthly_terms(("hoa-sen",), title="Báo cáo khác"))
    open_all(db, BEGAN)
    with db.read() as session:
        late = late_units(session, Scope(everything=True), SOON_LATE)
        works = late_works(session, Scope(everything=True), SOON_LATE)
        own = late_works(session, Scope(units=(units["song-xanh"],)), SOON_LATE)
        before = late_units(session, Scope(everything=True), BEGAN)
        first = latest_units(session, Scope(everything=True), SOON_LATE, 1)
        many = latest_units(session, Scope(everything=True), SOON_LATE, walked=2)
    day = date(2023, 2, 14)
    assert [(u.unit, u.late, u.oldest) for u in late] == [
        ("Trường Tiểu học Hoa Sen", 2, day),
        ("Trường THCS Sông Xanh", 1, day),
    ]
    assert [(w.title[:12], w.units, w.due_on) for w in works] == [
        ("Báo cáo thán", 2, day),
        ("Báo cáo khác", 1, day),
    ]
    assert [w.units for w in own] == [1]
    assert before == []
    assert first == Latest(late[:1], 2)
    assert many == Latest(late[:1], 2, at_least=True), "one duty alone is late with two units"


def test_the_officer_does_the_work_and_the_head_where_there_is_none(db: Database) -> None:
    units = an_office(db).units
    a_person(db, "head", "Đỗ Văn Nam", units["song-xanh"], Role.HEAD)
    a_person(db, "gone", "Vũ Thị Lan", units["anh-duong"], Role.OFFICER, active=False)
    with db.read() as session:
        found = officers(session, list(units.values()), BEGAN.date())
    assert found == {units["song-xanh"]: "Lê Thu Hà", units["hoa-sen"]: "Nguyễn Văn Bình"}


@pytest.mark.parametrize("name", ["mai", "mai@bensong.example.vn", "MAI@BENSONG.EXAMPLE.VN"])
def test_somebody_is_known_by_code_or_address(db: Database, name: str) -> None:
    an_office(db)
    with db.read() as session:
        known = credentials(session, name)
        assert known is not None
        assert known.code == "mai"
        assert credentials(session, "%") is None


@pytest.mark.parametrize(
    ("valid_from", "valid_to", "held"),
    [
        (None, None, True),
        (date(2023, 2, 1), date(2023, 2, 1), True),
        (date(2023, 2, 2), None, False),
        (None, date(2023, 1, 31), False),
    ],
)
def test_a_position_counts_while_it_is_held(
    db: Database, valid_from: date | None, valid_to: date | None, held: bool
) -> None:
    office = an_office(db)
    with db.transaction() as session:
        position = session.exec(
            select(PositionRow).where(PositionRow.person_id == office.people["mai"])
        ).one()
        position.valid_from, position.valid_to = valid_from, valid_to
        session.add(
            SessionRow(
                token_hash="h", person_id=office.people["mai"], created_at=BEGAN, seen_at=BEGAN,
                expires_at=BEGAN + timedelta(hours=1),
            )
        )  # fmt: skip
    with db.read() as session:
        who = signed_in(session, "h", now=BEGAN, today=BEGAN.date(), office_unit="pgd")
    assert who is not None
    assert [(post.role, post.at_office) for post in who.posts] == ([(Role.CLERK, True)] if held else [])
