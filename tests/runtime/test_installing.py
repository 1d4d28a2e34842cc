"""An installed office has the calendar that ships, its school years included."""

from datetime import date
from pathlib import Path

from runtime.installing import SAMPLE, install_folder
from runtime.settings import Settings
from runtime.works import Works
from store.office import load_calendar


def test_the_school_years_that_ship_are_in_the_database_and_in_its_calendar(tmp_path: Path) -> None:
    works = Works.of(Settings(home=tmp_path))
    install_folder(works, SAMPLE)
    install_folder(works, SAMPLE)
    with works.db.read() as session:
        known = load_calendar(session, "VN").school_year(2025)
    works.db.dispose()
    assert (known.first_semester_ends, known.ends) == (date(2026, 1, 17), date(2026, 5, 30))
    assert known.status == "official"
