"""Bans are stronger than situations, and a ban that refuses is stronger than one that warns."""

import pytest

from domain.scenario import Ban, Situation, Stance, forbidden, situation_in
from domain.unit import Unit

COMPLICATED = Situation(name="dịch bệnh", state="phức tạp")
NURSERY = Unit(code="anh-duong", name="Trường Mầm non Ánh Dương", kind="trường", level="mầm non")
PRIMARY = Unit(code="hoa-sen", name="Trường Tiểu học Hoa Sen", kind="trường", level="tiểu học")
NEVER = Ban(
    name="dịch bệnh", state="phức tạp", levels=["mầm non"], words="không dạy trực tuyến",
    source="Chỉ thị mẫu, mục II.3",
)  # fmt: skip


@pytest.mark.parametrize(
    ("situation", "unit", "kept_out"),
    [
        (COMPLICATED, NURSERY, True),
        (COMPLICATED, PRIMARY, False),
        (Situation(name="dịch bệnh", state="kiểm soát"), NURSERY, False),
        (Situation(name="mưa bão", state="phức tạp"), NURSERY, False),
    ],
)
def test_a_ban_keeps_out_the_units_it_names_in_its_situation_only(
    situation: Situation, unit: Unit, kept_out: bool
) -> None:
    assert (forbidden([NEVER], situation, unit) is NEVER) is kept_out


@pytest.mark.parametrize(
    ("order", "said"),
    [
        (
            "Khi dịch bệnh diễn biến phức tạp, các trường báo cáo hằng tuần vào thứ Sáu.",
            "dịch bệnh: phức tạp",
        ),
        ("- Trường hợp dịch diễn biến rất phức tạp thì dạy học trực tuyến", "dịch bệnh: phức tạp"),
        ("Phương án chỉ áp dụng khi dịch bệnh được kiểm soát", "dịch bệnh: được kiểm soát"),
        ("Nếu thiên tai diễn biến phức tạp, trực 24/24 giờ", "thiên tai: phức tạp"),
        ("Trong tình hình dịch bệnh diễn biến phức tạp hiện nay, yêu cầu các trường báo cáo", None),
        ("Trong điều kiện dịch bệnh diễn biến phức tạp, các trường báo cáo", None),
        ("4. Khi dịch bệnh diễn biến phức tạp, các trường dạy trực tuyến", "dịch bệnh: phức tạp"),
        ("2.1. a) Nếu dịch bệnh bùng phát, các trường dạy trực tuyến", "dịch bệnh: bùng phát"),
        ("Khi có dịch bệnh xảy ra, báo cáo ngay", None),
        ("Dạy học trực tiếp khi dịch bệnh được kiểm soát", None),
        ("Phòng, chống dịch bệnh diễn biến phức tạp", None),
    ],
)
def test_an_order_says_that_it_is_only_for_a_situation(order: str, said: str | None) -> None:
    found = situation_in(order)
    assert (f"{found.name}: {found.state}" if found else None) == said


def test_a_refusal_goes_before_a_warning() -> None:
    warning = Ban(**NEVER.model_dump(exclude={"stance"}), stance=Stance.WARN)
    assert forbidden([warning, NEVER], COMPLICATED, NURSERY) is NEVER


def test_a_ban_speaks_in_the_directives_words_and_names_its_source() -> None:
    assert NEVER.say(NURSERY) == "Trường Mầm non Ánh Dương: không dạy trực tuyến (Chỉ thị mẫu, mục II.3)"
