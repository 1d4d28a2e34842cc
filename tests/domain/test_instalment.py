"""Which orders are instalments of one piece of work."""

import pytest

from domain.instalment import Instalment, instalment


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("2. Khảo sát học sinh; cập nhật dữ liệu phổ cập (đợt 1)", ("cap nhat du lieu pho cap", 1)),
        ("Tổng hợp kết quả; cập nhật dữ liệu phổ cập (đợt 2)", ("cap nhat du lieu pho cap", 2)),
        ("Tổ chức đợt II thi nghề phổ thông.", ("to chuc thi nghe pho thong", 2)),
        ("12. Kiểm tra bếp ăn đợt thứ 3", ("kiem tra bep an", 3)),
        ("Báo cáo đợt VIII", ("bao cao", 8)),
        ("Kiểm tra đợt 1 và đợt 2", None),  # one order for both: its own days tell them apart
        ("Đợt 1", None),  # nothing is left to link
        ("Chia làm nhiều đợt trong năm", None),
        ("Hưởng ứng đợt 20/11", None),  # a day, not a number
        ("Rà soát cơ sở vật chất", None),
    ],
)
def test_an_instalment_is_its_number_and_the_work_it_belongs_to(
    words: str, found: tuple[str, int] | None
) -> None:
    assert instalment(words) == (Instalment(*found) if found else None)
