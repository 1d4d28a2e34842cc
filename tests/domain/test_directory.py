"""Names as documents write them → units of the office."""

from datetime import date

import pytest

from domain.directory import Directory, Tree
from domain.folding import fold
from domain.unit import Unit, UnitGroup

UNITS = [
    Unit(code="cm-mn", name="Chuyên môn MN", kind="tổ"),
    Unit(code="cm-th", name="Chuyên môn TH", kind="tổ"),
    Unit(code="cm-thcs", name="Chuyên môn THCS", kind="tổ"),
    Unit(code="td-th", name="Thi đua, tổng hợp", short_names=["Bộ phận thi đua, tổng hợp"], kind="tổ"),
    Unit(code="ttyt", name="Trung tâm Y tế và Dân số", kind="trung tâm"),
    Unit(code="th-01", name="Trường Tiểu học Hòa Bình", kind="trường", level="tiểu học"),
    Unit(code="mn-01", name="Trường Mầm non Đống Đa", kind="trường", level="mầm non"),
]
GROUPS = [
    UnitGroup(code="truong", names=("Các cơ sở giáo dục trực thuộc", "Các trường"), kinds=("trường",)),
    UnitGroup(code="mam-non", names=("các trường mầm non",), kinds=("trường",), levels=("mầm non",)),
]
DIRECTORY = Directory(Tree(UNITS), GROUPS, {fold("Trạm y tế cũ"): ["ttyt"]})


@pytest.mark.parametrize(
    ("wording", "codes"),
    [
        ("Chuyên môn THCS", ("cm-thcs",)),
        ("CHUYÊN MÔN  thcs.", ("cm-thcs",)),
        ("Chuyên môn TH, THCS", ("cm-th", "cm-thcs")),
        ("Chuyên môn MN, TH, THCS", ("cm-mn", "cm-th", "cm-thcs")),
        ("Thi đua, tổng hợp", ("td-th",)),
        ("Bộ phận thi đua, tổng hợp", ("td-th",)),
        ("Trung tâm Y tế và Dân số", ("ttyt",)),
        ("Trường Tiểu học Hoà Bình", ("th-01",)),
        ("trường mầm non Dống Da", ("mn-01",)),
        ("các cơ sở giáo dục trực thuộc", ("th-01", "mn-01")),
        ("Các trường mầm non", ("mn-01",)),
        ("trạm Y tế cũ", ("ttyt",)),
        ("Phòng Nội vụ", ()),
        ("Chuyên môn TH, Phòng Nội vụ", ()),
        ("", ()),
    ],
)
def test_a_wording_means_units_or_nothing(wording: str, codes: tuple[str, ...]) -> None:
    assert DIRECTORY.find(wording) == codes


QUAN = [
    "UBND quận Bến Sông", "Phòng Giáo dục và Đào tạo quận Bến Sông", "Phòng Nội vụ", "Phòng Tài chính - Kế hoạch",
    "Phòng Lao động - Thương binh và Xã hội", "Phòng Văn hóa và Thông tin", "Phòng Y tế", "Trung tâm Y tế",
    "Công an quận", "Trường Mầm non Hoa Sen", "Trường Tiểu học Kim Liên", "Trường THCS Sông Xanh",
    "Trường TH&THCS Nam Khê", "UBND phường Cống Vị", "UBND phường Điện Biên", "Tổ Tổng hợp",
    "Bộ Văn hóa, Thể thao và Du lịch", "Bộ Y tế",
]  # fmt: skip
INSIDE = len(QUAN) - 2
DISTRICT = Directory(
    Tree(
        [Unit(code=name, name=name) for name in QUAN],
        parents=dict.fromkeys(QUAN[1:INSIDE], QUAN[0]),
        root=QUAN[0],
        place="Bến Sông",
    ),
    named_on=date(2022, 9, 1),
)
WARDS = ["UBND phường Cống Vị", "UBND phường Điện Biên"]
SCHOOLS = QUAN[9:13]


@pytest.mark.parametrize(
    ("wording", "names"),
    [
        # Abbreviations are worked out from the names, whichever side is abbreviated.
        ("Phòng GD&ĐT", [QUAN[1]]),
        ("Phòng GDĐT quận", [QUAN[1]]),
        ("PGDĐT", [QUAN[1]]),
        ("PHÒNG GIÁO DỤC VÀ ĐÀO TẠO", [QUAN[1]]),
        ("Phòng TC-KH", [QUAN[3]]),
        ("Phòng LĐ-TBXH", [QUAN[4]]),
        ("Phòng LĐ, TB & XH", [QUAN[4]]),
        ("Ủy ban nhân dân phường Cống Vị", ["UBND phường Cống Vị"]),
        ("Trường Tiểu học và Trung học cơ sở Nam Khê", ["Trường TH&THCS Nam Khê"]),
        ("TTYT", ["Trung tâm Y tế"]),
        # The office's own place may be named or not; so may the kind of the office.
        ("Phòng Nội vụ quận Bến Sông", ["Phòng Nội vụ"]),
        ("Công an", ["Công an quận"]),
        ("Nội vụ", ["Phòng Nội vụ"]),
        ("Văn hóa Thông tin", ["Phòng Văn hóa và Thông tin"]),
        # A post stands for its unit.
        ("Trưởng phòng Nội vụ", ["Phòng Nội vụ"]),
        ("Chủ tịch UBND các phường", WARDS),
        # Lists, with commas inside names and shared beginnings.
        ("Bộ Văn hóa, Thể thao và Du lịch và Bộ Y tế", QUAN[16:18]),
        ("Các phòng: Nội vụ, Tài chính - Kế hoạch, Y tế", [QUAN[2], QUAN[3], QUAN[6]]),
        # Groups by what the names of their members begin with.
        ("các trường THCS", ["Trường THCS Sông Xanh", "Trường TH&THCS Nam Khê"]),
        ("Các trường Mầm non, Tiểu học, THCS", [QUAN[9], QUAN[10], QUAN[12], QUAN[11]]),
        ("Hiệu trưởng các trường trên địa bàn quận", SCHOOLS),
        ("các cơ quan, đơn vị trực thuộc", QUAN[1:INSIDE]),
    ],
)
def test_a_wording_is_understood_from_the_names_of_the_tree(wording: str, names: list[str]) -> None:
    assert sorted(DISTRICT.find(wording)) == sorted(names)


@pytest.mark.parametrize(
    ("wording", "unknown", "suggested"),
    [
        ("Phòng Kế hoạch - Tài chính", ["Phòng Kế hoạch - Tài chính"], ["Phòng Tài chính - Kế hoạch"]),
        ("Sở Y tế", ["Sở Y tế"], ["Bộ Y tế"]),
        ("phòng Giáo dục", ["phòng Giáo dục"], [QUAN[1]]),
        ("Y tế", ["Y tế"], ["Phòng Y tế", "Bộ Y tế"]),
        ("TH", ["TH"], ["Tổ Tổng hợp"]),
        ("Phòng Nội vụ, Phòng Tư phap", ["Phòng Tư phap"], []),
        ("UBND huyện", ["UBND huyện"], [QUAN[0], *WARDS]),
        ("UBND huyện Bình An", ["UBND huyện Bình An"], []),  # it says which place it means
        ("các cơ quan, tổ chức có liên quan", ["các cơ quan", "tổ chức có liên quan"], []),
        ("Quỹ X các xã, phường, thị trấn; Quỹ Y", ["Quỹ X các xã, phường, thị trấn", "Quỹ Y"], []),
        ("các doanh nghiệp viễn thông", ["các doanh nghiệp viễn thông"], []),
    ],
)
def test_what_only_resembles_a_name_is_suggested_with_its_reason_and_never_taken(
    wording: str, unknown: list[str], suggested: list[str]
) -> None:
    found = DISTRICT.resolve(wording)
    assert found.codes == ()
    assert list(found.unknown) == unknown
    assert [one.code for one in found.suggestions] == suggested
    assert all(one.name in one.reason for one in found.suggestions)


@pytest.mark.parametrize(
    ("wording", "note"),
    [
        ("UBND 2 phường", ()),
        (
            "UBND 14 phường",
            ("Văn bản nêu “UBND 14 phường”; cơ quan có 2 đơn vị như vậy vào ngày 01/09/2022.",),
        ),
        ("UBND các xã, phường", ("Cơ quan không có đơn vị nào là “UBND các xã” vào ngày 01/09/2022.",)),
    ],
)
def test_a_count_that_differs_from_the_tree_is_said(wording: str, note: tuple[str, ...]) -> None:
    found = DISTRICT.resolve(wording)
    assert list(found.codes) == WARDS
    assert found.notes == note


OLD, NEW = date(2025, 6, 30), date(2025, 7, 1)
REFORM = Tree(
    [
        Unit(code="pgd", name="Phòng Giáo dục và Đào tạo", valid_to=OLD),
        Unit(code="cu-a", name="UBND phường Cống Vị", valid_to=OLD),
        Unit(code="cu-b", name="UBND phường Điện Biên", valid_to=OLD),
        Unit(code="thanh-tra", name="Thanh tra quận", valid_to=OLD),
        Unit(code="moi", name="UBND phường Ba Đình", valid_from=NEW),
        Unit(code="vh", name="Phòng Văn hóa - Xã hội phường Ba Đình", valid_from=NEW),
    ],
    successors={"pgd": ["vh"], "cu-a": ["moi"], "cu-b": ["moi"]},
)


@pytest.mark.parametrize(
    ("wording", "given_on", "codes"),
    [
        ("Phòng GD&ĐT", OLD, ("pgd",)),
        ("Phòng GD&ĐT", NEW, ("vh",)),
        ("UBND các phường", OLD, ("cu-a", "cu-b")),
        ("UBND các phường", NEW, ("moi",)),
        ("Thanh tra quận", NEW, ()),
    ],
)
def test_new_work_for_a_unit_that_has_ended_goes_to_its_successors_with_a_note(
    wording: str, given_on: date, codes: tuple[str, ...]
) -> None:
    found = Directory(REFORM, named_on=date(2025, 5, 5), given_on=given_on).resolve(wording)
    assert found.codes == codes
    assert bool(found.notes) is (given_on == NEW)
    assert all("đã kết thúc ngày 30/06/2025" in note for note in found.notes)


def test_a_long_list_is_understood_to_its_end() -> None:
    schools = [Unit(code=f"t{n}", name=f"Trường Tiểu học số {n}") for n in range(1, 127)]
    wording = ", ".join(school.name for school in schools)
    assert len(Directory(Tree(schools)).find(wording)) == 126
    assert Directory(Tree(schools)).resolve(f"{wording} và Sở Y tế").unknown == ("Sở Y tế",)


def test_a_unit_is_found_under_its_old_name_after_it_ended() -> None:
    found = Directory(REFORM, named_on=date(2026, 1, 5), given_on=date(2026, 1, 5)).resolve("Phòng GD&ĐT")
    assert found.codes == ("vh",)
    assert "Phòng Văn hóa - Xã hội phường Ba Đình" in found.notes[0]
