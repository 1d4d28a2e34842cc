"""Which report attests a standing duty: the one that was named, by its rhythm."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from domain.attesting import attests, holds
from domain.duty import Duty, Kind


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


@pytest.mark.parametrize(
    ("terms", "fields", "in_force"),
    [
        ({}, {}, True),
        ({"first": "2023-02-28"}, {}, True),
        ({"first": "2023-03-01"}, {}, False),
        ({"last": "2023-02-01"}, {}, True),
        ({"last": "2023-01-31"}, {}, False),
        ({}, {"asleep": True}, False),
        ({}, {"awake_since": date(2023, 2, 20)}, True),
        ({}, {"awake_since": date(2023, 3, 1)}, False),
    ],
)
def test_it_is_asked_for_the_months_in_which_it_is_in_force(
    terms: dict[str, str], fields: dict[str, Any], in_force: bool
) -> None:
    schedule = {"repeat": "continuous", "first": "2023-01-05", **terms}
    duty = Duty(
        code="1", title="Giữ sạch", quote="", kind=Kind.STANDING, schedule=schedule,
        issued_at=datetime(2023, 1, 5, tzinfo=UTC), **fields,
    )  # fmt: skip
    assert holds(duty, date(2023, 2, 1), date(2023, 2, 28)) is in_force
