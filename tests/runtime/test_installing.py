"""An installed office has the calendar that ships, its school years included."""

import shutil
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlmodel import col, select

from actions.change_group import change_group
from actions.changes import By
from actions.errors import Refused
from cli.main import COMMANDS
from domain.unit import UnitGroup
from runtime.installing import SAMPLE, install_folder
from runtime.settings import Settings
from runtime.works import Works
from store.office import NoOffice, load_calendar, load_office
from store.tables import CalendarDayRow, UnitRow

SCHOOL = "th-mai-thanh-a"


def test_the_school_years_that_ship_are_in_the_database_and_in_its_calendar(tmp_path: Path) -> None:
    works = Works.of(Settings(home=tmp_path))
    install_folder(works, SAMPLE)
    install_folder(works, SAMPLE)
    with works.db.read() as session:
        known = load_calendar(session, "VN").school_year(2025)
    works.db.dispose()
    assert (known.first_semester_ends, known.ends) == (date(2026, 1, 17), date(2026, 5, 30))
    assert known.status == "official"


def test_a_group_that_the_office_named_on_a_page_outlasts_another_import(tmp_path: Path) -> None:
    works = Works.of(Settings(home=tmp_path))
    install_folder(works, SAMPLE)
    named = UnitGroup(code="ban-tru", names=("các trường bán trú",), members=(SCHOOL,))
    with works.db.transaction() as session:
        shipped = load_office(session).groups
        change_group(session, named, By("mai", datetime(2026, 1, 5, tzinfo=UTC)), seen=None)
    install_folder(works, SAMPLE)
    with works.db.read() as session:
        assert load_office(session).groups == (*shipped, named)
    works.db.dispose()


def test_days_of_the_office_and_of_one_unit_come_from_its_folder(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(SAMPLE, tmp_path / "office"))
    (folder / "calendar.csv").write_text(
        "day,kind,reason,source,status,unit\n"
        "2026-01-02,work,Trực,KH 1,,\n"  # the calendar that ships says off: the office knows better
        f"2026-03-02,off,Truyền thống trường,KH 2,,{SCHOOL}\n",
        "utf-8",
    )
    works = Works.of(Settings(home=tmp_path / "home"))
    for _ in range(2):
        install_folder(works, folder)
    with works.db.read() as session:
        calendar = load_calendar(session, "VN")
        school = session.exec(select(UnitRow.id).where(UnitRow.code == SCHOOL)).one()
        ours = select(CalendarDayRow.day).where(col(CalendarDayRow.source).in_(["KH 1", "KH 2"]))
        days = session.exec(ours.order_by(col(CalendarDayRow.day))).all()
    works.db.dispose()
    assert days == [date(2026, 1, 2), date(2026, 3, 2)]
    assert calendar.is_working(date(2026, 1, 2))
    assert calendar.is_working(date(2026, 3, 2))
    assert not calendar.for_unit(school).is_working(date(2026, 3, 2))


def test_the_database_of_one_office_takes_no_other(tmp_path: Path) -> None:
    works = Works.of(Settings(home=tmp_path))
    install_folder(works, SAMPLE, password="known-to-everybody")
    kept = (tmp_path / "policy.yaml").read_bytes()
    with pytest.raises(Refused, match="DONDOC_HOME"):
        install_folder(works, SAMPLE.parent / "uong-bi")
    with works.db.read() as session:
        assert load_office(session).code == "ubnd-mai-thanh"
    works.db.dispose()
    assert (tmp_path / "policy.yaml").read_bytes() == kept


def test_whoever_has_no_office_is_told_a_command_that_exists() -> None:
    command = str(NoOffice()).partition("dondoc ")[2].split()[0]
    assert command in COMMANDS
