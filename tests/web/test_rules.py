"""The clerk writes a rule on the page, tries it on the past, publishes it, and switches it off."""

import pytest

from actions.changes import By
from actions.hand_in import hand_in
from runtime.works import Works
from tests.support.makers import BEGAN, Sample, an_issued_duty, monthly_terms, open_all, the_assignment
from tests.support.packs import PACK
from tests.support.visits import Moment, Visit

NEW = "/quy-tac/thu-hoc/moi"
EIGHTY = {
    "ten": "Trường công lập có ít nhất 80 %",
    "dieu_khoan": "Mục II.3",
    "muc_do": "minor",
    "xu_ly": "note",
    "pham_vi": "",
    "pham_vi.goc": "",
    "pham_vi.0.noi": "and",
    "pham_vi.0.so_lieu": "unit.ownership",
    "pham_vi.0.chia": "",
    "pham_vi.0.quan_he": "==",
    "pham_vi.0.gia_tri": "public",
    "dieu_kien": "",
    "dieu_kien.goc": "",
    "dieu_kien.0.noi": "and",
    "dieu_kien.0.so_lieu": "report.cashless",
    "dieu_kien.0.chia": "report.parents",
    "dieu_kien.0.quan_he": ">=",
    "dieu_kien.0.gia_tri": "80%",
    "ky": "2023-02",
    "phien_ban": "0",
}
"""The form without scripts: only the rows were filled."""

RULE = "/quy-tac/thu-hoc/truong-cong-lap-co-it-nhat-80"


@pytest.fixture
def past(works: Works, office: Sample) -> Works:
    """February 2023: Hoa Sen reported 412 of 560, Sông Xanh nothing yet."""
    folder = works.settings.home / "packs"
    folder.mkdir()
    (folder / "thu-hoc.yaml").write_text(PACK, encoding="utf-8")
    an_issued_duty(works.db, monthly_terms(("hoa-sen", "song-xanh"), pack="thu-hoc"))
    open_all(works.db, BEGAN)
    owed = the_assignment(works.db, office.units["hoa-sen"], "2023-02")
    with works.db.transaction() as session:
        hand_in(
            session, owed, figures={"parents": 560, "cashless": 412}, by=By("binh", BEGAN), key="k"
        )  # fmt: skip
    return works


def test_rows_without_scripts_are_written_out_and_tried_without_anything_being_kept(
    visit: Visit, past: Works
) -> None:
    answer = visit("mai").post(NEW, data=EIGHTY | {"lam": "thu"})
    assert answer.status_code == 200
    assert "report.cashless / report.parents &gt;= 80%" in answer.text
    assert "unit.ownership == &#39;public&#39;" in answer.text
    assert "<strong>1 không đạt</strong>" in answer.text
    assert "412 / 560 = 73,6 % &lt; 80 %" in answer.text
    assert "Trường THCS Sông Xanh" in answer.text, "who was silent is named"
    assert visit("mai").get(RULE).status_code == 404


def test_a_published_rule_has_its_page_its_version_and_its_place_in_the_list(
    visit: Visit, past: Works
) -> None:
    mai = visit("mai")
    answer = mai.post(NEW, data=EIGHTY | {"lam": "cong-bo"})
    assert (answer.status_code, answer.headers.get("location")) == (303, RULE)
    page = mai.get(RULE).text
    assert "phiên bản 1" in page
    assert "unit.ownership == &#39;public&#39;" in page
    assert RULE in mai.get("/quy-tac").text


def test_a_fault_is_told_with_its_line_and_column_and_the_word_is_marked(visit: Visit, past: Works) -> None:
    typed = {"dieu_kien": "report.cashless / report.parent >= 80%", "lam": "cong-bo"}
    answer = visit("mai").post(NEW, data=EIGHTY | typed)
    assert answer.status_code == 422
    assert "dòng 1, cột 19: không có &#39;report.parent&#39;" in answer.text
    assert "report.cashless / <mark>report.parent &gt;= 80%</mark>" in answer.text


def test_figures_of_two_units_of_measure_are_not_compared(visit: Visit, past: Works) -> None:
    typed = {"dieu_kien": "report.cashless >= 80%", "lam": "kiem"}
    answer = visit("mai").post(NEW, data=EIGHTY | typed)
    assert "không cùng đơn vị" in answer.text


def test_as_one_types_only_what_follows_from_it_comes_back(visit: Visit, past: Works) -> None:
    typed = {"dieu_kien": "report.cashless <= report.parents"}
    answer = (
        visit("mai")
        .post(NEW, data=EIGHTY | typed, headers={"HX-Request": "true", "HX-Target": "dieu_kien-loi"})
        .text
    )
    assert '<textarea class="govuk-textarea dd-rule__text" id="dieu_kien"' not in answer, (
        "what is typed stays"
    )
    assert 'value="Số cha mẹ nộp"' in answer, "the rows follow the text"
    assert 'id="pham_vi" name="pham_vi"' in answer, "the text of the scope follows its rows"


def test_a_condition_that_needs_brackets_is_text_only(visit: Visit, past: Works) -> None:
    typed = {"dieu_kien": "report.parents > 0 and (report.cashless > 0 or submission.on_time)"}
    answer = visit("mai").post(NEW, data=EIGHTY | typed | {"lam": "kiem"}).text
    assert "chỉ viết được bằng chữ" in answer


def test_a_rule_nobody_can_meet_is_published_only_with_a_reason(visit: Visit, past: Works) -> None:
    hopeless = EIGHTY | {
        "dieu_kien": "report.cashless > 5 and report.cashless < 3", "pham_vi.0.so_lieu": "",
        "lam": "cong-bo",
    }  # fmt: skip
    mai = visit("mai")
    answer = mai.post(NEW, data=hopeless)
    assert answer.status_code == 409
    assert "không đơn vị nào đạt được" in answer.text
    assert "Vẫn công bố, vì" in answer.text
    assert mai.post(NEW, data=hopeless | {"bat_chap": "diễn tập"}).status_code == 303


def test_a_new_rule_never_takes_the_place_of_one_with_the_same_name(visit: Visit, past: Works) -> None:
    mai = visit("mai")
    mai.post(NEW, data=EIGHTY | {"lam": "cong-bo"})
    again = mai.post(NEW, data=EIGHTY | {"dieu_kien.0.gia_tri": "90%", "lam": "cong-bo"})
    assert again.status_code == 409
    assert "Đã có quy tắc cùng tên" in again.text


def test_editing_is_a_new_version_and_who_saw_an_older_one_is_told(visit: Visit, past: Works) -> None:
    mai = visit("mai")
    mai.post(NEW, data=EIGHTY | {"lam": "cong-bo"})
    ninety = EIGHTY | {"dieu_kien.0.gia_tri": "90%", "lam": "cong-bo"}
    stale = mai.post(f"{RULE}/sua", data=ninety)
    assert stale.status_code == 409
    assert "Người khác vừa công bố" in stale.text
    assert mai.post(f"{RULE}/sua", data=ninety | {"phien_ban": "1"}).status_code == 303
    page = mai.get(RULE).text
    assert "phiên bản 2" in page
    assert "90%" in page


def test_a_rule_is_switched_off_with_a_reason_and_on_again(visit: Visit, past: Works) -> None:
    mai = visit("mai")
    rule = "/quy-tac/thu-hoc/phan-khong-qua-tong"
    assert mai.post(f"{rule}/tat", data={"ly_do": " "}).status_code == 409
    assert mai.post(f"{rule}/tat", data={"ly_do": "chờ \x97hướng dẫn"}).status_code == 303, (
        "a pasted mark YAML bars"
    )
    assert "Đang tắt:</strong> chờ hướng dẫn" in mai.get(rule).text
    mai.post(f"{rule}/tat")
    assert "Đang tắt" not in mai.get(rule).text


def test_a_rule_of_the_form_itself_opens_in_the_form(visit: Visit, past: Works) -> None:
    page = visit("mai").get("/quy-tac/thu-hoc/so-lieu-trong-khoang/sua").text
    assert "report.parents &gt;= 0" in page


def test_the_page_of_a_rule_counts_verdicts_and_names_who_failed(
    visit: Visit, past: Works, office: Sample, moment: Moment
) -> None:
    wrong = {"so.parents": "1.200", "so.cashless": "1.300", "khoa": "a"}
    owed = the_assignment(past.db, office.units["song-xanh"], "2023-02")
    moment.is_on(9)
    visit("ha").post(f"/viec/{owed}/nop", data=wrong)
    page = visit("mai").get("/quy-tac/thu-hoc/phan-khong-qua-tong").text
    assert "Không đạt, tháng 02/2023" in page
    assert "1.300" in page


def test_days_are_typed_as_people_write_them_and_a_day_that_is_none_is_refused(
    visit: Visit, past: Works
) -> None:
    mai = visit("mai")
    wrong = mai.post(NEW, data=EIGHTY | {"tu": "31/2/2023", "lam": "cong-bo"})
    assert (wrong.status_code, "2023-02-31" in wrong.text) == (422, True)
    mai.post(NEW, data=EIGHTY | {"tu": "1/1/2023", "den": "31/12/2023", "lam": "cong-bo"})
    assert "submission.due_on &gt;= 2023-01-01" in mai.get(RULE).text


def test_editing_a_rule_that_is_off_leaves_it_off_and_the_page_names_who_published(
    visit: Visit, past: Works
) -> None:
    mai = visit("mai")
    mai.post(NEW, data=EIGHTY | {"lam": "cong-bo"})
    mai.post(f"{RULE}/tat", data={"ly_do": "chờ văn bản mới"})
    assert "Sửa xong quy tắc vẫn tắt" in mai.get(f"{RULE}/sua").text
    ninety = EIGHTY | {"lam": "cong-bo", "dieu_kien.0.gia_tri": "90%", "phien_ban": "2"}
    assert mai.post(f"{RULE}/sua", data=ninety).status_code == 303
    page = mai.get(RULE).text
    assert "chờ văn bản mới" in page
    assert "phiên bản 3, Trần Thị Mai công bố" in page


def test_the_days_and_the_list_of_a_consequence_are_kept_and_those_of_another_are_not(
    visit: Visit, past: Works
) -> None:
    mai = visit("mai")
    wanted = {"lam": "cong-bo", "xu_ly": "corrective", "so_ngay": "7", "danh_sach": "duoi-75"}
    assert mai.post(NEW, data=EIGHTY | wanted).status_code == 303
    assert "yêu cầu khắc phục trong 7 ngày làm việc" in mai.get(RULE).text
    assert 'value="7"' in mai.get(f"{RULE}/sua").text
