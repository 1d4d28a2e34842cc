"""Names as documents write them → units of the office."""

import pytest

from domain.directory import Directory
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
DIRECTORY = Directory(UNITS, GROUPS, aliases={fold("TTYT"): "ttyt"})


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
        ("TTYT", ("ttyt",)),
        ("Phòng Nội vụ", ()),
        ("Chuyên môn TH, Phòng Nội vụ", ()),
        ("", ()),
    ],
)
def test_a_wording_means_units_or_nothing(wording: str, codes: tuple[str, ...]) -> None:
    assert DIRECTORY.find(wording) == codes
