"""Several days of one order, orders told twice, and orders that wait for another."""

import pytest

from domain.draft import DutyDraft
from intake.reading import read_text

HEAD = "Số: 1/KH-UBND\n\nHòa An, ngày 05 tháng 3 năm 2025\n\nKẾ HOẠCH\n\nII. NHIỆM VỤ\n\n"


def _tasks(body: str) -> tuple[DutyDraft, ...]:
    return read_text(HEAD + body).tasks


STAGES = [
    (
        "1. Phòng Nội vụ giải phóng mặt bằng đợt 1 trước ngày 15/5/2025, đợt 2 trước ngày 30/6/2025.",
        ["2025-05-14", "2025-06-29"],
    ),
    (
        "1. Sơ kết học kỳ I chậm nhất ngày 20/5/2025, tổng kết năm học trước ngày 15/6/2025.",
        ["2025-05-20", "2025-06-14"],
    ),
    ("1. Khởi công trong quý II/2025, hoàn thành trước tháng 12/2025.", ["2025-06-30", "2025-11-30"]),
    ("1. Báo cáo trước ngày 15/9/2025 và ngày 15/12 hằng năm.", ["2025-09-14", None]),
    ("1. Báo cáo trước ngày 15/5/2025.", []),
    ("1. Báo cáo trước ngày 15/6 và ngày 15/12 hằng năm.", []),
    ("1. Báo cáo số liệu quý I/2025 trước ngày 05/4/2025.", []),
]


@pytest.mark.parametrize(("order", "days"), STAGES)
def test_every_day_an_order_sets_is_kept_with_its_words(order: str, days: list[str]) -> None:
    task = _tasks(order)[0]
    assert [stage.deadline_latest for stage in task.stages] == days
    assert [(HEAD + order)[s.start : s.end] for s in task.stages] == [s.text for s in task.stages]


FIGURES = [
    ("1. Giải ngân đến 30/6/2025 tối thiểu 45% và đến 31/12/2025 trên 95%.", ["2025-06-30", "2025-12-31"]),
    ("1. Đạt 40% trước ngày 15/5/2025, đạt 90% trước ngày 30/6/2025.", ["2025-05-14", "2025-06-29"]),
    ("1. Đến năm 2026 có 80% xã, đến năm 2028 có 95% xã đạt chuẩn.", ["2026-12-31", "2028-12-31"]),
    ("1. Thực hiện Đề án đến năm 2030, đạt 90% trước ngày 30/6/2025.", [None]),
]


@pytest.mark.parametrize(("order", "days"), FIGURES)
def test_a_figure_of_an_order_with_several_days_says_which_is_its_own(
    order: str, days: list[str | None]
) -> None:
    assert [target.deadline_latest for target in _tasks(order)[0].targets] == days


TABLE = "\n\nPHỤ LỤC\n\nSTT\tNội dung\tChủ trì\tThời gian\n1\t{row}\tPhòng Nội vụ\tQuý II/2025\n"
TWICE = [
    (
        "Tổ chức xúc tiến đầu tư, mời gọi các nhà đầu tư trong và ngoài nước",
        "Xúc tiến đầu tư, thu hút, mời gọi các nhà đầu tư trong và ngoài nước",
        "same-words",
    ),
    ("Rà soát quy hoạch mạng lưới trường lớp trên địa bàn",) * 2 + ("same-opening",),
    ("Rà soát quy hoạch mạng lưới trường lớp trên địa bàn", "Tập huấn giáo viên tiểu học", None),
]


@pytest.mark.parametrize(("item", "row", "pattern"), TWICE)
def test_a_row_is_linked_to_the_item_it_repeats_and_says_by_what(
    item: str, row: str, pattern: str | None
) -> None:
    first, last = _tasks(f"1. {item}.\n" + TABLE.format(row=row))
    assert last.same_as == (first.id if pattern else None)
    assert (last.why["same_as"].pattern if last.same_as else None) == pattern


WAITING = [
    ("2. Triển khai tuyển dụng sau khi hoàn thành mục 1.", True),
    ("2. Bố trí kinh phí sau khi Đề án sắp xếp mạng lưới trường lớp được phê duyệt.", True),
    ("2. Bố trí kinh phí sau khi Luật Nhà giáo được ban hành.", False),
]


@pytest.mark.parametrize(("order", "inside"), WAITING)
def test_an_order_says_what_it_waits_for(order: str, inside: bool) -> None:
    first, second = _tasks("1. Xây dựng Đề án sắp xếp mạng lưới trường lớp.\n\n" + order)
    assert second.after is not None
    assert second.after.startswith("sau khi")
    assert second.after_task == (first.id if inside else None)
