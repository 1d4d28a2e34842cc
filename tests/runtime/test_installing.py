"""An installed office has the calendar that ships, its school years included."""

from datetime import date
from pathlib import Path

import pytest

from actions.errors import Refused
from cli.main import COMMANDS
from runtime.installing import SAMPLE, install_folder
from runtime.settings import Settings
from runtime.works import Works
from store.office import NoOffice, load_calendar, load_office


def test_the_school_years_that_ship_are_in_the_database_and_in_its_calendar(tmp_path: Path) -> None:
    works = Works.of(Settings(home=tmp_path))
    install_folder(works, SAMPLE)
    install_folder(works, SAMPLE)
    with works.db.read() as session:
        known = load_calendar(session, "VN").school_year(2025)
    works.db.dispose()
    assert (known.first_semester_ends, known.ends) == (date(2026, 1, 17), date(2026, 5, 30))
    assert known.status == "official"


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
