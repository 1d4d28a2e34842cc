"""Aims without a figure, and what is none."""

import pytest

from intake.reading import read_text

AIMS = [
    ("Phấn đấu tăng tỷ lệ huy động trẻ so với năm học trước.", [("direction", ">", "tỷ lệ huy động trẻ")]),
    ("Giảm số vụ tai nạn so với cùng kỳ năm 2024.", [("direction", "<", "số vụ tai nạn")]),
    ("Phấn đấu số học sinh giỏi cao hơn năm trước.", [("direction", ">", "số học sinh giỏi")]),
    ("Tỷ lệ thu phí cao hơn mức trung bình của tỉnh.", [("relative", ">", "Tỷ lệ thu phí")]),
    ("Nâng cao thứ hạng cải cách hành chính.", [("rank", ">", "cải cách hành chính")]),
    (
        "Điểm thi cao hơn bình quân chung, giảm nợ thuế so với năm trước.",
        [("relative", ">", "Điểm thi"), ("direction", "<", "nợ thuế")],
    ),
    ("Tăng ít nhất 5% số hộ so với năm 2024.", []),
    ("100% trường có điểm thi cao hơn trung bình khu vực.", []),
    ("Không tăng học phí so với năm học 2024-2025.", []),
    ("Nâng cao chất lượng dạy học.", []),
]


@pytest.mark.parametrize(("order", "aims"), AIMS)
def test_an_aim_without_a_figure_says_what_it_compares_and_is_no_target(
    order: str, aims: list[tuple[str, str, str]]
) -> None:
    [task] = read_text(f"KẾ HOẠCH\n\nII. CHỈ TIÊU\n\n- {order}").tasks
    assert [(a.aim, a.comparator, a.metric) for a in task.aims] == aims
    assert len(task.targets) == (1 if "%" in order else 0)
