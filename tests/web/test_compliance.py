"""The ledger's pages: targets with their figures, watch lists, statements of heads, the emulation board."""

import pytest

from actions.changes import By
from actions.hand_in import hand_in
from runtime.works import Works
from store.questions.watched import duties_with_rhythm
from tests.support.makers import BEGAN, Sample, an_issued_duty, monthly_terms, open_all, the_assignment
from tests.support.packs import PACK
from tests.support.visits import Moment, Visit

RATE = {
    "ten": "Cha mẹ nộp không tiền mặt", "don_vi_tinh": "%", "kieu": "level", "so_sanh": ">=", "muc": "80",
    "tu": "01/01/2023", "den": "31/12/2023", "dieu_khoan": "II.3",
}  # fmt: skip


@pytest.fixture
def month(works: Works, office: Sample) -> Works:
    """February: Hoa Sen reported 412 of 560 without cash."""
    folder = works.settings.home / "packs"
    folder.mkdir()
    (folder / "thu-hoc.yaml").write_text(PACK, encoding="utf-8")
    an_issued_duty(works.db, monthly_terms(("hoa-sen", "song-xanh"), pack="thu-hoc"))
    open_all(works.db, BEGAN)
    owed = the_assignment(works.db, office.units["hoa-sen"], "2023-02")
    figures = {"parents": 560, "cashless": 412}
    with works.db.transaction() as session:
        hand_in(session, owed, figures=figures, by=By("binh", BEGAN), key="k")
    return works


def test_a_target_is_set_gets_figures_and_says_how_it_stands(visit: Visit, works: Works) -> None:
    mai = visit("mai")
    place = mai.post("/chi-tieu/moi", data=RATE).headers["location"]
    assert "chưa có số liệu" in mai.get("/chi-tieu").text
    for period, above, below in (("2023-01", "300", "400"), ("2023-02", "412", "560")):
        said = {"ky": period, "tu_so": above, "mau_so": below, "nguon": "Báo cáo 45/BC"}
        assert mai.post(f"{place}/so-lieu", data=said).status_code == 303
    page = mai.get(place).text
    assert '<svg xmlns="http://www.w3.org/2000/svg"' in page
    assert "73,57 %" in page
    assert "75 %" in page
    assert "Báo cáo 45/BC" in page
    assert "style=" not in page, "the policy of the pages drops inline style"


def test_a_breakdown_that_does_not_add_up_is_refused_with_what_was_typed(visit: Visit, works: Works) -> None:
    mai = visit("mai")
    place = mai.post("/chi-tieu/moi", data=RATE | {"ten": "Học bơi", "don_vi_tinh": "học sinh"}).headers[
        "location"
    ]
    said = {"ky": "2023", "so": "1.234", "trong_do": "tiểu học: 1.000\nTHCS: 200", "nguon": "BC 1"}
    refused = mai.post(f"{place}/so-lieu", data=said)
    assert refused.status_code == 422
    assert "các phần cộng lại 1.200 học sinh, tổng ghi 1.234 học sinh" in refused.text
    assert "THCS: 200" in refused.text
    assert mai.post(f"{place}/so-lieu", data=said | {"so": "1.200"}).status_code == 303
    assert "1.000 học sinh" in mai.get(place).text


def test_a_dot_before_one_figure_is_no_thousand(visit: Visit) -> None:
    mai = visit("mai")
    place = mai.post("/chi-tieu/moi", data=RATE).headers["location"]
    mai.post(f"{place}/so-lieu", data={"ky": "2023-01", "so": "73.6", "nguon": "BC 1"})
    assert "73,6 %" in mai.get(place).text


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"ten": ""}, "tên chỉ số"),
        ({"muc": "nhiều"}, "Mức phải là số"),
        ({"tu": "1/2"}, "viết ngày như"),
        ({"tu": ""}, "ngày bắt đầu"),
        ({"kieu": "x"}, "kiểu chỉ tiêu"),
    ],
)
def test_what_is_missing_in_a_target_is_asked_for(
    visit: Visit, works: Works, wrong: dict[str, str], said: str
) -> None:
    answer = visit("mai").post("/chi-tieu/moi", data=RATE | wrong)
    assert answer.status_code == 422
    assert said in answer.text


def test_a_watch_list_is_made_and_its_condition_is_read_first(
    visit: Visit, month: Works, moment: Moment
) -> None:
    mai = visit("mai")
    rate = "report.cashless / report.parents"
    said = {"ten": "Dưới 75 %", "bo": "thu-hoc", "vao": f"{rate} < 75%", "ra": f"{rate} >= 75%", "sau": "2"}
    wrong = mai.post("/theo-doi", data=said | {"vao": "report.gone < 1"})
    assert (wrong.status_code, "không có &#39;report.gone&#39;" in wrong.text) == (422, True)
    assert mai.post("/theo-doi", data=said).status_code == 303
    assert "Không có đơn vị nào" in mai.get("/theo-doi").text


def test_a_list_is_made_with_the_duty_its_members_owe_and_left_to_rules(visit: Visit, month: Works) -> None:
    mai = visit("mai")
    with month.db.read() as session:
        [(duty_id, title)] = duties_with_rhythm(session)
    assert title in mai.get("/theo-doi").text
    assert (
        mai.post("/theo-doi", data={"ten": "Ba quy tắc", "bo": "thu-hoc", "viec": str(duty_id)}).status_code
        == 303
    )
    page = mai.get("/theo-doi").text
    assert "không đạt quy tắc của danh sách" in page
    assert "đơn vị báo cáo dày hơn" in page


def test_who_is_on_a_list_is_shown_with_the_reason_and_the_way_out(
    visit: Visit, month: Works, office: Sample, moment: Moment
) -> None:
    mai, rate = visit("mai"), "report.cashless / report.parents"
    mai.post(
        "/theo-doi",
        data={
            "ten": "Dưới 75 %",
            "bo": "thu-hoc",
            "vao": f"{rate} < 75%",
            "ra": f"{rate} >= 75%",
            "sau": "2",
        },
    )
    moment.is_on(9)
    owed = the_assignment(month.db, office.units["song-xanh"], "2023-02")
    visit("ha").post(f"/viec/{owed}/nop", data={"so.parents": "100", "so.cashless": "60", "khoa": "a"})
    page = visit("mai").get("/theo-doi").text
    assert "Trường THCS Sông Xanh" in page
    assert "60 / 100 = 60 % &lt; 75 %" in page
    assert "còn 2 báo cáo tốt nữa thì ra" in page


def test_a_head_signs_zero_and_the_report_speaks_against_it(visit: Visit, month: Works) -> None:
    mai, binh, ha = visit("mai"), visit("binh"), visit("ha")
    asked = {
        "ten": "Không thu tiền mặt", "loai": "prohibition", "bo": "thu-hoc", "trai": "report.cashless < report.parents",
    }  # fmt: skip
    assert mai.post("/cam-ket/noi-dung", data=asked).status_code == 303
    assert "Chưa nói gì về kỳ này" in binh.get("/cam-ket").text
    assert "Chỉ thủ trưởng đơn vị" in ha.get("/cam-ket").text

    signed = {"noi_dung": "khong-thu-tien-mat", "don_vi": "3", "so": "0"}
    assert binh.post("/cam-ket", data=signed).headers["location"] == "/cam-ket?ky=2023-02"
    assert "Đã cam kết: không có vụ nào." in binh.get("/cam-ket").text
    page = mai.get("/cam-ket/tong-hop").text
    assert "cam kết, nhưng số liệu nói khác" in page
    assert "412 &lt; Số cha mẹ nộp = 560" in page
    assert "chưa nói gì" in page, "Sông Xanh has not said zero"


def test_an_officer_cannot_sign_for_the_head_and_what_happened_needs_words(
    visit: Visit, month: Works
) -> None:
    mai, binh = visit("mai"), visit("binh")
    mai.post("/cam-ket/noi-dung", data={"ten": "Tai nạn", "loai": "incident"})
    refused = visit("ha").post("/cam-ket", data={"noi_dung": "tai-nan", "don_vi": "4", "so": "0"})
    assert "Chỉ thủ trưởng" in refused.text
    assert (
        visit("ha").post("/cam-ket", data={"noi_dung": "tai-nan", "don_vi": "3", "so": "0"}).status_code
        == 404
    )
    one = {"noi_dung": "tai-nan", "don_vi": "3", "so": "1"}
    untold = binh.post("/cam-ket", data=one).text
    assert "ghi rõ việc gì" in untold
    assert 'id="ghi_chu-3-tai-nan-loi"' in untold, "beside its field, of this unit and this statement"
    uncounted = binh.post("/cam-ket", data=one | {"so": "", "ghi_chu": "ngã"}).text
    assert 'id="so-3-tai-nan-loi"' in uncounted
    assert ">ngã</textarea>" in uncounted
    binh.post("/cam-ket", data=one | {"ghi_chu": "ngã ở sân, đã đưa đi khám"})
    assert "Đã báo 1 vụ: ngã ở sân" in binh.get("/cam-ket").text


def test_the_board_counts_fields_beside_the_year_before(visit: Visit, works: Works) -> None:
    mai = visit("mai")
    mai.post("/thi-dua/linh-vuc", data={"ten": "Giáo dục tiểu học\nThể thao"})
    before = {"linh_vuc": "the-thao", "nam": "NH2021-2022", "muc": "fair", "minh_chung": "QĐ 12"}
    assert mai.post("/thi-dua", data=before).status_code == 303
    now = {"linh_vuc": "the-thao", "nam": "NH2022-2023", "muc": "good", "minh_chung": ""}
    assert "ghi minh chứng" in mai.post("/thi-dua", data=now).text
    mai.post("/thi-dua", data=now | {"minh_chung": "QĐ 30"})
    page = mai.get("/thi-dua").text
    assert "1 lĩnh vực tốt hơn năm trước" in page
    assert "1 chưa có kết quả" in page
    assert "QĐ 30" in page


def figures(mai: Visit, place: str, *said: dict[str, str]) -> str:
    """The target's page after these figures are entered."""
    for one in said:
        assert mai.post(f"{place}/so-lieu", data={"nguon": "BC 45"} | one).status_code == 303
    return str(mai.get(place).text)


NATIONAL = RATE | {"ten": "Trường chuẩn quốc gia", "don_vi_tinh": "trường", "kieu": "grow", "muc": "03"}


def test_three_more_and_one_at_each_level_is_asked_and_judged(visit: Visit) -> None:
    mai = visit("mai")
    wanted = NATIONAL | {"tung_loai": "mầm non: 01\ntiểu học: 01\nTHCS: 01", "den": ""}
    place = mai.post("/chi-tieu/moi", data=wanted).headers["location"]
    parts = "mầm non: {}\ntiểu học: {}\nTHCS: {}"
    page = figures(
        mai, place,
        {"ky": "2023", "so": "28", "trong_do": parts.format(13, 9, 6)},
        {"ky": "2022", "so": "25", "trong_do": parts.format(10, 9, 6)},  # the start, entered late
    )  # fmt: skip
    assert "thêm 3, cần thêm 3 trường; " in page
    assert "tiểu học thêm 0, cần 01" in page
    assert "mầm non thêm" not in page
    assert "25 trường" in page
    page = figures(mai, place, {"ky": "2023", "so": "28", "trong_do": parts.format(11, 10, 7)})
    assert "dd-tag--done" in page


def test_a_path_of_several_years_is_typed_a_station_a_line(visit: Visit) -> None:
    mai = visit("mai")
    wanted = RATE | {"muc": "", "den": "31/12/2030", "lo_trinh": "2030: 50–55\n31/12/2023: 45"}
    place = mai.post("/chi-tieu/moi", data=wanted).headers["location"]
    page = figures(mai, place, {"ky": "2023", "so": "45,5"})
    assert "31/12/2023: 45 %; 31/12/2030: 50–55 %" in page
    assert "45,5 %, cần ít nhất 45 %" in page
    assert "50 đến 55" in figures(mai, place, {"ky": "2024", "so": "49"})


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"lo_trinh": "sang năm: 45"}, "một mốc và mức"),
        ({"lo_trinh": "2030: 50-55-60"}, "một mốc và mức"),
        ({"lo_trinh": "2030: nhiều"}, "một mốc và mức"),
        ({"lo_trinh": "2030: 50\n31/12/2030: 55"}, "Mỗi ngày chỉ ghi một mốc"),
        ({"tung_loai": "mầm non"}, "một loại và số"),
        ({"tung_loai": "mầm non: 1\nMầm non: 2"}, "Mỗi loại chỉ ghi một dòng"),
        ({"muc": "", "muc_tren": "55"}, "cả hai mức"),
    ],
)
def test_a_station_or_a_class_that_is_none_is_asked_for_again(
    visit: Visit, wrong: dict[str, str], said: str
) -> None:
    answer = visit("mai").post("/chi-tieu/moi", data=RATE | wrong)
    assert answer.status_code == 422
    assert said in answer.text


def test_a_target_set_already_is_not_quietly_another(visit: Visit) -> None:
    mai = visit("mai")
    place = mai.post("/chi-tieu/moi", data=RATE).headers["location"]
    assert mai.post("/chi-tieu/moi", data=RATE).headers["location"] == place
    refused = mai.post("/chi-tieu/moi", data=RATE | {"muc": "85"})
    assert "đã có trong sổ từ 01/01/2023 với mức khác" in refused.text
    grows = mai.post("/chi-tieu/moi", data=RATE | {"kieu": "direction", "so_sanh": ">", "muc": ""})
    assert grows.headers["location"] != place
