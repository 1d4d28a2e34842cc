"""Statements of heads: zero is said aloud, silence stays visible, and figures may speak against them."""

from datetime import date

import pytest
from sqlmodel import select

from actions.changes import By
from actions.errors import Refused
from actions.grade_field import grade_field
from actions.hand_in import hand_in
from actions.name_fields import name_fields
from actions.read_statements import read_statements
from actions.sign_statement import open_register, sign_statement
from domain.emulation import EmulationField, Grade
from domain.statement import Kind, Register, Stated
from store.compliance_tables import GradedRow, RegisterRow, StatementRow
from store.database import Database
from store.office import load_staff
from store.questions.emulation import board
from store.questions.requests import already_asked, over_budget, weekly_load
from tests.actions.conftest import World, at
from tests.support.makers import an_issued_duty, an_office, monthly_terms, the_assignment
from tests.support.own_rules import PACK

NO_CASH = Register(
    code="khong-tien-mat", kind=Kind.PROHIBITION, title="Không thu tiền mặt", clause="mục 6", pack="thu-hoc",
    contradicted_if="report.cashless < report.parents",
)  # fmt: skip
SCHOOLS = ("hoa-sen", "song-xanh", "anh-duong")


@pytest.fixture
def world(db: Database) -> World:
    """February: Hoa Sen reported 412 of 560 without cash."""
    made = World(db, an_office(db))
    an_issued_duty(db, monthly_terms(SCHOOLS, pack="thu-hoc"))
    made.open(at(1))
    with db.transaction() as session:
        open_register(session, NO_CASH, PACK, By("mai", at(1)))
        owed = the_assignment(db, made.sample.units["hoa-sen"], "2023-02")
        hand_in(session, owed, figures={"parents": 560, "cashless": 412}, by=By("binh", at(10)), key="k")
    return made


def sign(
    world: World, unit: str, count: int, who: str = "binh", note: str = "", period: str = "2023-02"
) -> None:
    with world.db.transaction() as session:
        sign_statement(
            session, NO_CASH.code, world.sample.units[unit], period, count, By(who, at(20)),
            staff=load_staff(session), today=date(2023, 2, 20), note=note,
        )  # fmt: skip


def positions(world: World, period: str = "2023-02") -> dict[str, tuple[Stated, str]]:
    with world.db.read() as session:
        register = session.exec(select(RegisterRow)).one()
        units = [world.sample.units[code] for code in SCHOOLS]
        found = read_statements(session, register, units, period, PACK)
    return {one.unit.rpartition(" ")[2]: (one.stated, one.why) for one in found}


def test_who_has_not_said_zero_is_silent(world: World) -> None:
    assert {stated for stated, _ in positions(world).values()} == {Stated.SILENT}


def test_a_signed_zero_against_the_units_own_figures_is_a_contradiction_with_its_reason(world: World) -> None:
    sign(world, "hoa-sen", 0)
    stated, why = positions(world)["Sen"]
    assert stated is Stated.CONTRADICTED
    assert "412 < " in why
    assert "560" in why


def test_what_happened_is_said_with_a_word_about_it_and_corrects_the_zero(world: World) -> None:
    sign(world, "hoa-sen", 0)
    with pytest.raises(Refused, match="phải ghi rõ"):
        sign(world, "hoa-sen", 3)
    sign(world, "hoa-sen", 3, note="thu tiền mặt 3 phụ huynh, đã trả lại")
    assert positions(world)["Sen"][0] is Stated.HAPPENED
    assert world.count(StatementRow) == 2


def test_a_signed_zero_with_nothing_against_it_is_kept_in_its_own_period(world: World) -> None:
    sign(world, "hoa-sen", 0, period="2023-03")
    assert positions(world, "2023-03")["Sen"] == (Stated.KEPT, "")


@pytest.mark.parametrize(("unit", "who"), [("hoa-sen", "mai"), ("song-xanh", "binh"), ("song-xanh", "ha")])
def test_only_the_head_of_the_unit_signs(world: World, unit: str, who: str) -> None:
    with pytest.raises(Refused, match="thủ trưởng"):
        sign(world, unit, 0, who)


def test_a_figure_asked_before_is_named_with_how_many_units_and_when(world: World) -> None:
    units = [world.sample.units[code] for code in SCHOOLS]
    figures = {"thu-hoc": ("Số cha mẹ nộp",)}
    with world.db.read() as session:
        [asked] = already_asked(session, figures, ("Số cha mẹ nộp", "Số bể bơi"), units, date(2022, 9, 1))
        assert (asked.figure, asked.units, asked.last_on) == ("Số cha mẹ nộp", 3, date(2023, 2, 1))
        assert already_asked(session, figures, ("Số cha mẹ nộp",), units, date(2023, 3, 1)) == []


def test_a_week_has_a_budget_of_requests(world: World) -> None:
    units = [world.sample.units[code] for code in (*SCHOOLS, "th")]
    with world.db.read() as session:
        load = weekly_load(session, units, date(2023, 2, 16))  # Thursday; the report is due on Tuesday 14
        assert [load[unit] for unit in units] == [1, 1, 1, 0]
        assert weekly_load(session, units, date(2023, 2, 20)) == dict.fromkeys(units, 0)
    assert over_budget(load, new=2, budget=2) == dict.fromkeys(units[:3], 3)


def test_the_board_shows_each_field_beside_the_year_before_and_needs_evidence(db: Database) -> None:
    an_office(db)
    by = By("mai", at(1))
    with db.transaction() as session:
        name_fields(session, [EmulationField(code="pc", title="PCGD", place=1)], by)
        name_fields(
            session,
            [
                EmulationField(code="dh", title="Dạy và học", place=1),
                EmulationField(code="pc", title="Phổ cập", place=2),
            ],
            by,
        )
        grade_field(session, "dh", "NH2021-2022", Grade.GOOD, ["TB 12"], by)
        grade_field(session, "dh", "NH2022-2023", Grade.GOOD, ["TB 30"], by)
        grade_field(session, "dh", "NH2022-2023", Grade.EXCELLENT, ["TB 45"], by)
        with pytest.raises(Refused, match="minh chứng"):
            grade_field(session, "pc", "NH2022-2023", Grade.GOOD, [" "], by)
        rows = [(row.title, row.grade, row.before, row.evidence) for row in board(session, "NH2022-2023")]
        assert len(session.exec(select(GradedRow)).all()) == 2
    assert rows == [
        ("Dạy và học", Grade.EXCELLENT, Grade.GOOD, ("TB 45",)),
        ("Phổ cập", None, None, ()),
    ]
