"""The tree on pages: a workbook is shown before it is stored, as a whole or not at all; people come and go by day."""

import io
import re
from datetime import date

import pytest
from python_calamine import CalamineWorkbook
from sqlmodel import select

from domain.unit import Role
from runtime.works import Works
from store.tables import AssignmentRow, AuditRow, HandoverRow, PersonRow, PositionRow, UnitRow
from tests.intake.test_tree_sheet import PERSON_HEAD, UNIT_HEAD, a_book
from tests.support.makers import BEGAN, Sample, an_issued_duty, monthly_terms, open_all, the_assignment
from tests.support.visits import Moment, Visit
from web import office_units

NEW = a_book(
    A=[
        UNIT_HEAD,
        ("binh-minh", "Trường THPT Bình Minh", "pgd"),
        ("hoa-sen", "Trường Tiểu học Hoa Sen 2", "pgd"),
    ],
    B=[PERSON_HEAD, ("lan", "Vũ Lan", "lan@bm.example.vn", "binh-minh", "thủ trưởng đơn vị")],
)


def sends(browser: object, data: bytes, name: str = "x.xlsx") -> object:
    return browser.post("/don-vi/nhap", files={"tep": (name, data)})  # type: ignore[attr-defined]


def hidden(page: str) -> dict[str, str]:
    return dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', page))


def names(works: Works) -> list[str]:
    with works.db.read() as session:
        return list(session.exec(select(UnitRow.name).order_by(UnitRow.id)))  # type: ignore[arg-type]


def test_a_workbook_is_shown_then_stored_as_a_whole(visit: Visit, works: Works) -> None:
    clerk, before = visit("mai"), names(works)
    shown = sends(clerk, NEW)
    assert shown.status_code == 200  # type: ignore[attr-defined]
    page = shown.text  # type: ignore[attr-defined]
    assert "tên: “Trường Tiểu học Hoa Sen” → “Trường Tiểu học Hoa Sen 2”" in page
    assert "Trường THPT Bình Minh" in page
    assert names(works) == before
    assert clerk.post("/don-vi/nhap/ap-dung", data=hidden(page)).status_code == 303
    assert names(works)[-1] == "Trường THPT Bình Minh"
    assert "Hoa Sen 2" in clerk.get("/don-vi?tim=hoa+sen+2").text
    assert "Bình Minh" in clerk.get("/don-vi?tim=binh+minh").text
    with works.db.read() as session:
        assert (
            session.exec(select(PersonRow.email).where(PersonRow.code == "lan")).one() == "lan@bm.example.vn"
        )
    again = clerk.post("/don-vi/nhap/ap-dung", data=hidden(page))
    assert again.status_code == 409
    assert "không có gì khác" in again.text


def test_one_broken_row_stores_nothing_of_the_others(visit: Visit, works: Works) -> None:
    before = names(works)
    answer = sends(visit("mai"), a_book(A=[UNIT_HEAD, ("a", "Trường A", "pgd"), ("b", "", "pgd")]))
    assert answer.status_code == 422  # type: ignore[attr-defined]
    for said in ('<td data-label="Dòng">3</td>', "Tên đơn vị", "để trống; hãy điền", "chưa có gì được lưu"):
        assert said in answer.text  # type: ignore[attr-defined]
    assert names(works) == before


def test_what_somebody_changed_meanwhile_is_shown_anew_and_not_overwritten(
    visit: Visit, works: Works, office: Sample
) -> None:
    clerk = visit("mai")
    page = sends(clerk, NEW).text  # type: ignore[attr-defined]
    with works.db.transaction() as session:
        session.get_one(UnitRow, office.units["hoa-sen"]).name = "Trường Hoa Sen Xanh"
    answer = clerk.post("/don-vi/nhap/ap-dung", data=hidden(page))
    assert answer.status_code == 409
    assert "“Trường Hoa Sen Xanh” → “Trường Tiểu học Hoa Sen 2”" in answer.text
    assert "Trường Hoa Sen Xanh" in names(works)
    assert clerk.post("/don-vi/nhap/ap-dung", data=hidden(answer.text)).status_code == 303


@pytest.mark.parametrize("kept", ["", "0" * 64, "../../../etc/passwd", "x" * 64])
def test_a_file_that_was_never_shown_is_not_stored(visit: Visit, kept: str) -> None:
    answer = visit("mai").post("/don-vi/nhap/ap-dung", data={"tep": kept, "ten": "x.xlsx", "da_xem": ""})
    assert answer.status_code == 409
    assert "Tệp không còn" in answer.text


def test_the_workbook_taken_away_says_kinds_in_words_and_brought_back_changes_nothing(
    visit: Visit, works: Works, office: Sample
) -> None:
    with works.db.transaction() as session:
        session.get_one(UnitRow, office.units["anh-duong"]).level = "mam_non"
    clerk = visit("mai")
    book = clerk.get("/don-vi/mau.xlsx").content
    levels = [
        row[4]
        for row in CalamineWorkbook.from_filelike(io.BytesIO(book)).get_sheet_by_name("Đơn vị").to_python()
    ]
    assert "mầm non" in levels
    assert "mam_non" not in levels
    answer = sends(clerk, book)
    assert "không có gì khác với dữ liệu đang có" in answer.text  # type: ignore[attr-defined]


def test_more_units_under_one_than_a_page_shows_are_a_page_away(
    visit: Visit, office: Sample, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(office_units, "PAGE", 2)
    clerk, place = visit("mai"), f"/don-vi/{office.units['pgd']}"
    first = clerk.get(place).text
    later = re.search(r'rel="next" href="([^"]+)"', first)
    assert later
    second = clerk.get(later[1].replace("&amp;", "&")).text
    link = "Trường Tiểu học Hoa Sen</a>"
    assert (link in first, link in second) == (True, False)


def test_a_change_of_what_another_has_changed_is_refused_and_keeps_what_was_typed(
    visit: Visit, works: Works, office: Sample
) -> None:
    clerk, place = visit("mai"), f"/don-vi/{office.units['hoa-sen']}"
    page = clerk.get(place).text
    seen = hidden(page)["da_xem"].replace("&#34;", '"')
    form = {"da_xem": seen, "ten": "Trường Hoa Sen Mới", "loai": "trường", "ten_khac": "HSM; Sen"}
    assert clerk.post(place, data=form).status_code == 303
    late = clerk.post(place, data={**form, "ten": "Trường Hoa Sen Khác"})
    assert late.status_code == 409
    assert "Trường Hoa Sen Khác" in late.text
    assert "Trường Hoa Sen Mới" in names(works)


@pytest.mark.parametrize(
    ("form", "says"),
    [
        ({"ma": "", "chuc_vu": "head"}, "Hãy ghi mã người"),
        ({"ma": "moi", "chuc_vu": "head"}, "hãy ghi họ tên"),
        ({"ma": "binh", "ho_ten": "Ai Đó", "chuc_vu": "head"}, "là của Nguyễn Văn Bình"),
        ({"ma": "binh", "chuc_vu": "head"}, "đang giữ chức vụ này"),
        ({"ma": "moi", "ho_ten": "Vũ Mới", "thu": "x", "chuc_vu": "head"}, "không dùng được"),
        ({"ma": "moi", "ho_ten": "Vũ Mới", "chuc_vu": "vua"}, "Hãy chọn chức vụ"),
        ({"ma": "moi", "ho_ten": "Vũ Mới", "chuc_vu": "head", "tu": "hôm nay"}, "Hãy viết ngày"),
    ],
)
def test_a_person_wrongly_entered_is_refused_in_words_beside_what_was_typed(
    visit: Visit, works: Works, office: Sample, form: dict[str, str], says: str
) -> None:
    answer = visit("mai").post(f"/don-vi/{office.units['hoa-sen']}/nguoi", data=form)
    assert answer.status_code == 422
    assert says in answer.text
    with works.db.read() as session:
        assert len(session.exec(select(PositionRow)).all()) == 4


def test_who_leaves_keeps_the_days_held_and_who_comes_signs_for_the_rest(
    visit: Visit, works: Works, office: Sample
) -> None:
    clerk, place = visit("mai"), f"/don-vi/{office.units['hoa-sen']}"
    with works.db.read() as session:
        held = session.exec(
            select(PositionRow.id).where(PositionRow.person_id == office.people["binh"])
        ).one()
    assert clerk.post(f"/chuc-vu/{held}/ket-thuc", data={"den": "31/01/2023"}).status_code == 303
    new = {"ma": "lan", "ho_ten": "Vũ Lan", "chuc_vu": "head", "tu": "01/02/2023"}
    assert clerk.post(f"{place}/nguoi", data=new).status_code == 303
    again = clerk.post(f"/chuc-vu/{held}/ket-thuc", data={"den": "31/01/2023"})
    assert (again.status_code, "đã kết thúc" in again.text) == (422, True)
    with works.db.read() as session:
        assert session.get_one(PositionRow, held).valid_to == date(2023, 1, 31)
        roles = session.exec(
            select(PositionRow.role).where(PositionRow.unit_id == office.units["hoa-sen"])
        ).all()
        assert roles == [Role.HEAD, Role.HEAD]
        assert {"appoint", "end_position"} <= set(session.exec(select(AuditRow.action)))


def test_open_work_goes_to_the_successor_with_a_receipt(
    visit: Visit, works: Works, office: Sample, moment: Moment
) -> None:
    an_issued_duty(works.db, monthly_terms(("hoa-sen",)))
    open_all(works.db, BEGAN)
    work = the_assignment(works.db, office.units["hoa-sen"], "2023-02")
    clerk, place = visit("mai"), f"/don-vi/{office.units['hoa-sen']}"
    assert '<option value="Trường THCS Sông Xanh">' in clerk.get(place).text
    refused = clerk.post(f"{place}/ban-giao", data={"ke_thua": "Trường Hoa Hồng", "tu_ngay": "01/02/2023"})
    assert (refused.status_code, "không có đơn vị nào tên là: Trường Hoa Hồng" in refused.text) == (422, True)
    done = clerk.post(f"{place}/ban-giao", data={"ke_thua": "trường thcs sông xanh", "tu_ngay": "01/02/2023"})
    assert done.status_code == 303
    page = clerk.get(place).text
    assert "chưa ký nhận" in page
    visit("ha").post(f"/viec/{work}/nhan")
    receipts = clerk.get(place).text.split("Biên nhận bàn giao")[1]
    assert "Trường THCS Sông Xanh, từ 01/02/2023: đã nhận" in receipts
    with works.db.read() as session:
        assert session.get_one(AssignmentRow, work).unit_id == office.units["song-xanh"]
        assert None not in session.exec(select(HandoverRow.received_at)).all()


def test_of_several_successors_one_is_chosen_for_each_duty_that_asks_more(
    visit: Visit, works: Works, office: Sample
) -> None:
    duty = an_issued_duty(works.db, monthly_terms(("hoa-sen",)))  # nothing of it is open yet
    clerk, place = visit("mai"), f"/don-vi/{office.units['hoa-sen']}/ban-giao"
    heirs = {"ke_thua": "Trường THCS Sông Xanh; Trường Mầm non Ánh Dương", "tu_ngay": "01/02/2023"}
    asked = clerk.post(place, data=heirs)
    assert asked.status_code == 422
    chosen = re.search(rf'<select [^>]*name="nhan-{duty}".*?</select>', asked.text, re.DOTALL)
    assert chosen
    assert re.findall(r'value="([^"]*)"', chosen[0]) == ["", "song-xanh", "anh-duong"]
    assert clerk.post(place, data={**heirs, f"nhan-{duty}": "song-xanh"}).status_code == 303
