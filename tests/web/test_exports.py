"""Tables to take away: the same rows as the page, for the same readers."""

import csv
import io
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

import web.exports
import web.tables
from domain.unit import Role
from runtime.works import Works
from store.tables import UnitRow
from tests.support.makers import BEGAN, Sample, a_person, an_issued_duty, monthly_terms, open_all
from tests.support.visits import Visit
from web.exports import TABLES


@pytest.fixture(autouse=True)
def work(works: Works, office: Sample) -> None:
    an_issued_duty(works.db, monthly_terms(("hoa-sen", "song-xanh", "anh-duong")))
    open_all(works.db, BEGAN)


def rows(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def test_the_board_as_a_workbook_and_as_csv_has_the_pages_rows(visit: Visit, office: Sample) -> None:
    clerk = visit("mai")
    answer = clerk.get("/xuat/bang-theo-doi.xlsx")
    assert answer.headers["content-disposition"] == 'attachment; filename="bang-theo-doi-2023-02-01.xlsx"'
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(answer.content)).get_sheet_by_index(0).to_python()
    listed = rows(clerk.get("/xuat/bang-theo-doi.csv").content)
    assert [row[0] for row in sheet] == [row[0] for row in listed]
    assert listed[0][:5] == ["Đơn vị", "Việc", "Mục", "Kỳ", "Hạn"]
    assert listed[1][4] == "14/02/2023"
    assert len(listed) == 4
    one = rows(clerk.get(f"/xuat/bang-theo-doi.csv?don_vi={office.units['hoa-sen']}").content)
    assert [row[0] for row in one[1:]] == ["Trường Tiểu học Hoa Sen"]
    assert len(rows(clerk.get("/xuat/bang-theo-doi.csv?loc=qua-han").content)) == 1


@pytest.mark.parametrize(
    ("reader", "table", "lines"),
    [
        ("mai", "bang-theo-doi", 3),
        ("dung", "bang-theo-doi", 3),
        ("khac", "bang-theo-doi", 1),
        ("binh", "viec", 1),
        ("mai", "thu", 0),
        ("dung", "don-vi-qua-han", 0),
        ("mai", "chi-tieu", 0),
        ("binh", "bang-theo-doi", None),
        ("binh", "thu", None),
        ("dung", "thu", None),
        ("mai", "khong-co", None),
        ("khac", "viec", None),
    ],
)
def test_a_reader_takes_what_the_page_shows_and_no_more(
    visit: Visit, works: Works, office: Sample, reader: str, table: str, lines: int | None
) -> None:
    a_person(works.db, "khac", "Vũ Minh Khắc", office.units["song-xanh"], Role.LEADER)
    for ending in ("csv", "xlsx"):
        answer = visit(reader).get(f"/xuat/{table}.{ending}")
        assert answer.status_code == (404 if lines is None else 200)
    if lines is not None:
        assert len(rows(visit(reader).get(f"/xuat/{table}.csv").content)) == lines + 1


NOT_TAKEN = {
    "account/security.html": "one's own sessions and keys",
    "account/settings.html": "what the machine was started with",
    "inspections/draws.html": "a draw is taken as the JSON that its checker reads",
    "inspections/parts.html": "tables of other pages, which offer them",
    "inspections/plan.html": "its visits and findings are among all visits and findings",
    "inspections/visit.html": "taken as the record, a document",
    "office/calendar.html": "a month's sheet; its days are in the table of the year",
    "office/issue.html": "what would happen, before it does",
    "office/ladders.html": "how the office reminds, not its work",
    "office/units_import.html": "the reader's own workbook, looked at",
    "unit/week.html": "paper; the same work is the table “viec”",
}


def test_every_table_is_offered_on_a_page_and_every_page_with_a_table_offers_it(visit: Visit) -> None:
    templates = Path(web.exports.__file__).parent / "templates"
    pages = {str(path.relative_to(templates)): path.read_text("utf-8") for path in templates.rglob("*.html")}
    written = "".join(pages.values())
    assert {name for name in TABLES if f'exports("{name}"' in written} == set(TABLES)
    without = {name for name, page in pages.items() if "<table" in page and 'exports("' not in page}
    assert without == NOT_TAKEN.keys()
    assert '/xuat/bang-theo-doi.xlsx?loc=qua-han"' not in visit("mai").get("/van-phong").text
    found = visit("mai").get("/van-phong?loc=dang-lam&tim=sen").text
    assert "/xuat/bang-theo-doi.xlsx?loc=dang-lam&amp;tim=sen" in found


NAMED = "?chi_tieu=1&nhiem_vu=1&van_ban=1&bo=bao-cao-thang&quy_tac=khong-bo-hoc"


def test_every_table_comes_with_its_columns(visit: Visit) -> None:
    """Of a thing nobody asked for a table is empty; of one that is not there too."""
    clerk, unit = visit("mai"), visit("binh")
    for name, table in TABLES.items():
        reader = unit if name == "viec" else clerk
        for query in ("", NAMED, "?nhiem_vu=x&nam=x&ky=x&chi_tieu=99"):
            listed = rows(reader.get(f"/xuat/{name}.csv{query}").content)
            assert listed[0] == list(table.columns)
            assert all(len(row) == len(listed[0]) for row in listed)


def test_a_name_that_begins_as_a_formula_leaves_as_text(visit: Visit, works: Works, office: Sample) -> None:
    with works.db.transaction() as session:
        session.get_one(UnitRow, office.units["hoa-sen"]).name = "=HYPERLINK(A1)"
    listed = rows(visit("mai").get("/xuat/bang-theo-doi.csv").content)
    assert "'=HYPERLINK(A1)" in [row[0] for row in listed]


def test_a_table_without_end_says_where_it_was_cut(visit: Visit, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(web.exports, "MOST", 2)
    monkeypatch.setattr(web.tables, "BATCH", 1)
    listed = rows(visit("mai").get("/xuat/bang-theo-doi.csv").content)
    assert len(listed) == 4
    assert listed[3][0].startswith("Chỉ xuất")
