"""A document taken in is compared with those the office has."""

from pathlib import Path

import pytest

from actions.changes import By
from runtime.directives import take_in_text
from runtime.settings import Settings
from runtime.works import Works
from store.database import Database
from store.tables import DirectiveRow
from tests.support.makers import BEGAN, an_office

FIRST = "Công văn\n\nThực hiện chủ đề năm học 2022-2023 là “Đoàn kết, sáng tạo, đổi mới, chất lượng”.\n"
SECOND = "Kế hoạch\n\nThực hiện chủ đề năm học 2022-2023 là “Đoàn kết, kỷ cương, đổi mới, chất lượng”.\n"


@pytest.fixture
def works(sqlite: Database, tmp_path: Path) -> Works:
    an_office(sqlite)
    made = Works.of(Settings(home=tmp_path, database_url=str(sqlite.url)))
    made.db.dispose()
    made.db = sqlite
    return made


def test_a_theme_of_the_year_worded_otherwise_than_before_is_shown_with_the_document_taken_in(
    works: Works,
) -> None:
    first, _new = take_in_text(works, FIRST, "cong-van.txt", By("mai", BEGAN))
    second, _new = take_in_text(works, SECOND, "ke-hoach.txt", By("mai", BEGAN))
    with works.db.read() as session:
        said = [session.get_one(DirectiveRow, number).lint for number in (first, second)]
    assert [[doubt["rule"] for doubt in doubts if doubt["rule"] == "theme-of-year"] for doubts in said] == [
        [],
        ["theme-of-year"],
    ]
    assert "cong-van.txt" in next(doubt["message"] for doubt in said[1] if doubt["rule"] == "theme-of-year")
