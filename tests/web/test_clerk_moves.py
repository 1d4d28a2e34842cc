"""What the clerk decides about one person, one letter, one address, one group, one piece of work."""

from datetime import date
from html import unescape

import pytest
from sqlmodel import select

from domain.letter import LetterKind, MailState
from runtime.works import Works
from store.office import load_office
from store.tables import AssignmentRow, OutboxRow, RefusedAddressRow
from tests.support.makers import BEGAN, Sample, an_issued_duty, monthly_terms, open_all, the_assignment
from tests.support.visits import Visit


@pytest.fixture
def letter(works: Works, office: Sample) -> int:
    with works.db.transaction() as session:
        row = OutboxRow(
            key="l", kind=LetterKind.REMINDER, message_id="<l@x>", state=MailState.PENDING, to_name="Bình",
            to_address="Binh@x.vn", person_id=office.people["binh"], not_before=BEGAN, created_at=BEGAN,
        )  # fmt: skip
        session.add(row)
        session.add(RefusedAddressRow(address="binh@x.vn", since=date(2023, 1, 5), reason="550 đầy hộp"))
        session.flush()
        return row.id


def state(works: Works, letter: int) -> MailState:
    with works.db.read() as session:
        return session.get_one(OutboxRow, letter).state


def test_a_person_locked_out_is_signed_out_everywhere_and_let_in_again(
    visit: Visit, works: Works, office: Sample, letter: int
) -> None:
    clerk, binh, place = visit("mai"), visit("binh"), f"/nguoi/{office.people['binh']}"
    refused = clerk.post(f"{place}/khoa", data={"ly_do": " "})
    assert (refused.status_code, '<a href="#ly_do">' in refused.text) == (422, True)
    assert clerk.post(f"{place}/khoa", data={"ly_do": "nghỉ hưu"}).status_code == 303
    assert binh.get("/viec").status_code == 303
    assert state(works, letter) is MailState.SKIPPED
    assert "Tài khoản đã khóa" in clerk.get(place).text
    assert "đã khóa tài khoản của <a" in clerk.get("/nhat-ky?ve=person:binh").text
    assert clerk.post(f"{place}/mo-khoa").status_code == 303
    assert visit("binh").get("/viec").status_code == 200


def test_one_letter_is_held_with_a_reason_and_sent_on(visit: Visit, works: Works, letter: int) -> None:
    clerk, place = visit("mai"), f"/hop-thu-di/{letter}"
    assert clerk.post(f"{place}/giu", data={"ly_do": ""}).status_code == 422
    assert clerk.post(f"{place}/giu", data={"ly_do": "hỏi lại"}).status_code == 303
    assert state(works, letter) is MailState.HELD
    assert "Gửi thư này" in clerk.get(place).text
    assert clerk.post(f"{place}/gui-lai").status_code == 303
    assert state(works, letter) is MailState.PENDING


def test_an_address_that_refused_mail_is_said_to_work(visit: Visit, works: Works, letter: int) -> None:
    clerk = visit("mai")
    for place in ("/hop-thu-di", f"/hop-thu-di/{letter}"):
        assert "550 đầy hộp" in clerk.get(place).text
    assert clerk.post("/hop-thu-di/dia-chi", data={"dia_chi": "binh@x.vn"}).status_code == 303
    assert "550 đầy hộp" not in clerk.get("/hop-thu-di").text
    assert clerk.post("/hop-thu-di/dia-chi", data={"dia_chi": "binh@x.vn"}).status_code == 404


def test_a_group_is_made_by_hand_or_by_rule_and_not_overwritten(visit: Visit, works: Works) -> None:
    clerk = visit("mai")
    nothing = clerk.post("/nhom-don-vi", data={"tu": "mai sau"})
    assert nothing.status_code == 422
    for field in ("ten", "tu", "gom"):
        assert f'<a href="#{field}">' in nothing.text
    assert '<a href="#ten">' in clerk.post("/nhom-don-vi", data={"ten": " ; ", "loai": "trường"}).text
    form = {"ten": "các trường bán trú", "gom": "hoa-sen; anh-duong", "den": "31/05/2023"}
    made = clerk.post("/nhom-don-vi", data=form)
    assert made.headers["location"] == "/nhom-don-vi?ma=cac-truong-ban-tru"
    page = clerk.get(made.headers["location"]).text
    assert "Hôm nay gồm 2 đơn vị" in page
    seen = unescape(page.split('name="da_xem" value="')[1].split('"')[0])
    ruled = {
        "ma": "cac-truong-ban-tru",
        "da_xem": seen,
        "ten": "các trường bán trú",
        "loai": "trường",
        "cap": "THCS",
    }
    assert clerk.post("/nhom-don-vi", data=ruled).status_code == 303
    assert clerk.post("/nhom-don-vi", data=ruled).status_code == 409
    again = clerk.post("/nhom-don-vi", data=form)
    assert (again.status_code, "là của một nhóm khác" in again.text) == (422, True)
    with works.db.read() as session:
        group = load_office(session).groups[-1]
    assert (group.kinds, group.levels, group.members) == (("trường",), ("THCS",), ())
    assert "các trường bán trú" in clerk.get("/don-vi").text


def test_work_goes_to_another_unit_and_to_a_person_of_it(visit: Visit, works: Works, office: Sample) -> None:
    an_issued_duty(works.db, monthly_terms(("hoa-sen",)))
    open_all(works.db, BEGAN)
    work, clerk = the_assignment(works.db, office.units["hoa-sen"], "2023-02"), visit("mai")
    refused = clerk.post(f"/viec/{work}/chuyen", data={"don_vi": "khong-co", "ly_do_chuyen": "nhầm"})
    assert (refused.status_code, "Không có đơn vị nào mang mã" in refused.text) == (409, True)
    moved = clerk.post(
        f"/viec/{work}/chuyen",
        data={"don_vi": "trường THCS sông xanh", "ly_do_chuyen": "nhầm", "ve_sau": "1"},
    )
    assert moved.status_code == 303
    assert visit("binh").get(f"/viec/{work}").status_code == 404
    said = visit("ha").get(f"/viec/{work}").text
    assert "đã bàn giao sang đơn vị khác (Trường Tiểu học Hoa Sen → Trường THCS Sông Xanh): nhầm" in said
    assert (
        clerk.post(f"/viec/{work}/chuyen-nguoi", data={"nguoi": str(office.people["ha"])}).status_code == 303
    )
    with works.db.read() as session:
        assert session.exec(select(AssignmentRow.person_id)).one() == office.people["ha"]
