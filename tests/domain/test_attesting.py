"""Which report attests a standing duty: the one that was named, by its rhythm."""

import pytest

from domain.attesting import attests


@pytest.mark.parametrize(
    ("named", "title", "key", "is_it"),
    [
        ("báo cáo tháng", "Báo cáo tháng về công tác giáo dục", "2023-02", True),
        ("báo cáo tháng", "Báo cáo kết quả hằng quý", "2023-Q1", False),
        ("Báo cáo QUÝ", "BÁO CÁO kết quả", "2023-Q1", True),
        ("báo cáo năm học", "Báo cáo tổng kết", "NH2022-2023", True),
        ("báo cáo định kỳ", "Báo cáo tuần", "2023-W07", True),
        ("báo cáo tháng", "Gửi báo cáo về Phòng", "2023-02", True),
        ("báo cáo tháng", "Rà soát bếp ăn", "2023-02", False),
        ("báo cáo tháng", "Báo cáo một lần", "once", False),
    ],
)
def test_it_is_the_one_of_that_rhythm(named: str, title: str, key: str, is_it: bool) -> None:
    assert attests(named, title, key) is is_it


def test_whatever_has_a_form_is_a_report() -> None:
    assert attests("báo cáo tháng", "Thu không dùng tiền mặt", "2023-02", "thu-hoc")
