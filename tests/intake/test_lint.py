"""Doubts about a document are shown with their figures; a sound document raises none."""

import pytest

from intake.reading import read_text

DOUBTS = [
    (
        "citation-two-dates",
        "Chỉ thị số 12/CT-BGDĐT ngày 19/8/2022; Chỉ thị số 12/CT-BGDĐT ngày 18/8/2022.",
        "19/08/2022 và 18/08/2022",
    ),
    ("citation-year", "Nghị quyết 54/2014/NQ-HĐND ngày 09/12/2019.", "năm 2014"),
    (
        "citation-spelling",
        "Thông tư 51/2020/TT-BGDDT ngày 31/12/2020; Thông tư 51/2020/TT-BGDĐT ngày 31/12/2020.",
        "hai cách",
    ),
    ("percentage", "Tỷ lệ là $26/39 = 66.6\\%$.", "66,67"),
    ("percentage", "Có 40/49 trường đạt chuẩn, đạt tỉ lệ 83%.", "81,6"),
    (
        "sum",
        "Có 66 trường, trong đó 32 trường mầm non, 20 trường tiểu học, 15 trường THCS.",
        "32 + 20 + 15 = 67",
    ),
    ("broken-number", "Bố trí 1.5.23.758 triệu đồng.", "1.5.23.758"),
    ("day-outside-period", "- Tháng 10/2021, tổ chức tập huấn từ ngày 6/8/2021.", "tháng 10/2021"),
    ("impossible-day", "- Báo cáo trước ngày 31/11/2026.", "31/11/2026"),
    ("strange-year", "- Báo cáo trước ngày 12/10/2926.", "2926"),
    ("numbering", "III. KẾT QUẢ\n\nVII. ĐÁNH GIÁ", "sau mục III là mục VII"),
]


@pytest.mark.parametrize(("rule", "text", "words"), DOUBTS)
def test_a_doubt_names_what_it_saw(rule: str, text: str, words: str) -> None:
    found = [f for f in read_text(text).lint if f.rule == rule]
    assert len(found) == 1
    assert words in found[0].message


def test_parts_listed_below_a_whole_are_added_up() -> None:
    text = (
        "Tổ chức 54 chuyên đề, cụ thể:\n\n+ Tháng 8/2021, tổ chức 23 chuyên đề;\n\n"
        "+ Tháng 9/2021, tổ chức 8 chuyên đề. Trong đó, 03 chuyên đề online."
    )
    assert [f.message for f in read_text(text).lint] == [
        "Cộng không khớp: ghi 54 chuyên đề nhưng 23 + 8 = 31."
    ]


def test_a_deadline_that_was_over_before_the_document_was_signed_is_doubted() -> None:
    text = "Hà Nội, ngày 05 tháng 3 năm 2024\n\nKẾ HOẠCH\n\nII. NHIỆM VỤ\n\n- Báo cáo trước ngày 01/3/2024."
    assert [f.rule for f in read_text(text).lint] == ["deadline-before-document"]


@pytest.mark.parametrize(
    "text",
    [
        "Có 40/49 trường đạt chuẩn, đạt tỉ lệ 82%.",
        "Toàn quận có 66 trường, trong đó 32 trường mầm non, 20 trường tiểu học, 14 trường THCS.",
        "1. A\n\n2. B\n\n1. A lại từ đầu",
        "Nghị định số 24/2021/NĐ-CP ngày 23/3/2021.",
    ],
)
def test_a_sound_document_raises_no_doubt(text: str) -> None:
    assert read_text(text).lint == ()
