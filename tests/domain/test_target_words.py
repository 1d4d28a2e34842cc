"""What a figure read in a directive counts."""

import pytest

from domain.draft import Target as Read
from domain.target_words import measure_of


@pytest.mark.parametrize(
    ("metric", "name"),
    [
        ("học sinh học bơi trong năm 2027", "học sinh học bơi"),
        ("học sinh học bơi, đến hết năm 2028", "học sinh học bơi"),
        ("học sinh học bơi năm học 2026-2027", "học sinh học bơi"),
        ("học sinh học bơi so với năm học trước", "học sinh học bơi so với năm học trước"),
        (
            "trường dạy Chương trình giáo dục phổ thông 2018",
            "trường dạy Chương trình giáo dục phổ thông 2018",
        ),
        ("trường lập năm 2020 đạt chuẩn", "trường lập năm 2020 đạt chuẩn"),
    ],
)
def test_the_year_at_the_end_is_no_part_of_what_is_counted(metric: str, name: str) -> None:
    measure = measure_of(Read(text="80%", metric=metric, comparator=">=", value="80", unit="%"), "1.1.1")
    assert measure.name == name
    assert measure.code.startswith("ty-le-")


def test_a_figure_whose_words_are_only_a_year_has_no_name() -> None:
    read = Read(text="80%", metric="trong năm 2027", comparator=">=", value="80", unit="%")
    assert measure_of(read, "1.1.1").code == "ty-le-1.1.1"
