"""Blocks, outline, tables, labels: how a text is put together before its orders are read."""

import pytest

from intake.blocks import blocks_of
from intake.grammar.labels import column_of
from intake.grammar.markers import marker
from intake.outline import outline
from intake.reading import read_text
from intake.text import Source

COLUMNS = [
    ("STT", "number"), ("Nội dung công việc", "work"), ("Tên nhiệm vụ", "work"), ("Chủ trì tham mưu", "lead"),
    ("Đơn vị/ cá nhân phụ trách", "lead"), ("Cơ quan chủ trì", "lead"), ("Chủ trì tham mưu thực hiện", "lead"),
    ("Cơ quan phối hợp", "with"), ("Đơn vị thực hiện", "doer"), ("Người thực hiện", "doer"),
    ("Thời gian hoàn thành", "due"), ("Tiến độ, thời gian", "due"), ("Sản phẩm dự kiến", "product"),
    ("Nhiệm vụ, đề án, dự án", "work"), ("Chỉ tiêu", "work"), ("Ghi chú", "note"), ("Tên trường", None),
    ("Sĩ số", None),
]  # fmt: skip

MARKERS = [
    ("NHIỆM VỤ VÀ GIẢI PHÁP", "section"),
    ("NHIỆM VỤ NĂM HỌC", ""),
    ("I. MỤC ĐÍCH", "roman"), ("Điều 2. Giao", "article"), ("1.2. Triển khai", "decimal2"), ("1. Mục đích", "arabic"),
    ("đ) Đến hết năm", "letter"), ("(1) Theo dõi", "(1)"), ("- + Hoàn thành", "+"), ("-Xây dựng", "-"),
    ("1- Nhiệm vụ", "arabic"), ("2.1- Các cấp ủy", "decimal2"), ("20-11 là ngày", ""),
    ("71/NQ-CP ngày 01/5/2025", ""), ("V/v tổ chức", ""), ("2025. Sở", ""), ("100% giáo viên", ""),
    ("Bước 2. Chấm bài", "step"), ("Hai là, rà soát", "nth"), ("Thứ nhất, rà soát", "nth"), ("Thứ Hai, 07/6", ""),
]  # fmt: skip


def test_a_short_line_ends_a_heading_where_lines_are_full() -> None:
    wrapped = (
        "1. Phòng Nội vụ chủ trì rà soát, sắp xếp lại đội ngũ công chức làm công tác văn\n"
        "thư của các xã sau khi hợp nhất, hướng dẫn cách lập hồ sơ công việc, giao nộp tài\n"
        "liệu vào kho lưu trữ của huyện, tiêu hủy tài liệu hết giá trị theo đúng trình tự\n"
        "đã quy định và báo cáo kết quả.\n"
        "2. Chế độ báo cáo\nCác xã gửi báo cáo về Phòng Nội vụ trước ngày 30/6/2025."
    )
    _, last = read_text(f"KẾ HOẠCH\n\nII. NHIỆM VỤ\n\n{wrapped}").tasks
    assert (last.quote[:6], last.lead) == ("Các xã", ("Các xã",))


@pytest.mark.parametrize(("head", "label"), COLUMNS)
def test_a_column_is_known_by_its_words(head: str, label: str | None) -> None:
    assert column_of(head) == label


@pytest.mark.parametrize(("line", "style"), MARKERS)
def test_an_item_is_known_by_its_marker(line: str, style: str) -> None:
    assert marker(line)[0] == style


def _paragraphs(text: str) -> list[str]:
    source = Source(text)
    return [source.say(b.body, b.end) for b in blocks_of(source) if b.kind == "paragraph"]


def test_a_sentence_cut_by_a_page_is_put_together() -> None:
    text = "- Thường xuyên kiểm\n\ntra, đôn đốc các đơn vị.\n\n- Báo cáo kết quả."
    assert _paragraphs(text) == ["Thường xuyên kiểm tra, đôn đốc các đơn vị.", "Báo cáo kết quả."]


def test_a_footnote_thrown_into_a_sentence_does_not_end_it() -> None:
    source = Source("- Phân công rõ. Thường xuyên kiểm\n\n¹ Chủ đề năm học là “Đoàn kết”.\n\ntra, đôn đốc.")
    blocks = blocks_of(source)
    assert [b.kind for b in blocks] == ["paragraph", "note"]
    assert [source.say(*span) for span in blocks[0].tail] == ["tra, đôn đốc."]


def test_a_heading_keeps_apart_from_its_first_sentence() -> None:
    assert _paragraphs("1. Về kết quả đạt được\n\nNgành đã cố gắng.") == [
        "Về kết quả đạt được",
        "Ngành đã cố gắng.",
    ]


def test_numbering_may_begin_anywhere_and_skip() -> None:
    source = Source("III. A\n\n1. b\n\na) c\n\nVII. D\n\ne) f")
    nodes = outline(source, blocks_of(source))
    assert [(n.words, n.parent.words if n.parent else None) for n in nodes] == [
        ("A", None), ("b", "A"), ("c", "b"), ("D", None), ("f", "D"),
    ]  # fmt: skip


TABLES = {
    "tabs": "STT\tNội dung\tChủ trì\tThời hạn\n\tQuý I/2024\n1\tKiểm tra bếp ăn\tPhòng Y tế\t\n",
    "pipes": "| STT | Nội dung | Chủ trì | Thời hạn |\n|---|---|---|---|\n| Quý I/2024 ||||\n| 1 |"
    " Kiểm tra bếp ăn | Phòng Y tế | |\n",
    "bars": "|\nSTT\n|\nNội dung\n|\nChủ trì\n|\nThời hạn\n|\n|\nQuý I/2024\n|\n|\n1\n|\nKiểm tra bếp ăn\n|"
    "\nPhòng Y tế\n|\n|\n",
}  # fmt: skip


@pytest.mark.parametrize("shape", TABLES)
def test_one_table_in_three_shapes_gives_one_duty(shape: str) -> None:
    tasks = read_text("KẾ HOẠCH\n\nII. NHIỆM VỤ\n\n" + TABLES[shape]).tasks
    assert [(t.lead, t.deadline, t.deadline_latest) for t in tasks] == [
        (("Phòng Y tế",), "2024-Q1", "2024-03-31")
    ]
    assert "Kiểm tra bếp ăn" in tasks[0].quote


def test_labels_below_tasks_speak_of_all_tasks_since_the_last_labels() -> None:
    text = (
        "KẾ HOẠCH\n\nII. NHIỆM VỤ\n\n1. Về dữ liệu\n\na) Nhiệm vụ:\n\n- Rà soát dữ liệu.\n\n- Số hóa hồ sơ.\n\n"
        "b) Cơ quan thực hiện:\n\n- Đơn vị chủ trì: Sở Nội vụ.\n\n- Đơn vị phối hợp: UBND xã, phường.\n\n"
        "c) Thời gian: Hoàn thành trong năm 2025.\n\n2. Về nhân lực\n\na) Nhiệm vụ: Cử cán bộ tập huấn.\n\n"
        "b) Đơn vị chủ trì: Sở Tài chính."
    )
    made = [(t.lead, t.coordinators, t.deadline_latest) for t in read_text(text).tasks]
    assert made == [
        (("Sở Nội vụ",), ("UBND xã, phường",), "2025-12-31"),
        (("Sở Nội vụ",), ("UBND xã, phường",), "2025-12-31"),
        (("Sở Tài chính",), (), None),
    ]


def test_labels_above_the_work_speak_of_what_stands_below_them_in_their_section() -> None:
    text = (
        "KẾ HOẠCH\n\nII. NHIỆM VỤ\n\n1. Kho học liệu\n\n"
        "- Chủ trì: Phòng Nội vụ.\n\n- Thời gian: trước ngày 30/6/2026.\n\n"
        "- Nội dung: Xây dựng kho học liệu dùng chung.\n\n2. Hồ sơ\n\n- Số hóa toàn bộ hồ sơ lưu trữ."
    )
    made = [(t.lead, t.deadline_latest) for t in read_text(text).tasks]
    assert made == [(("Phòng Nội vụ",), "2026-06-29"), ((), None)]


def test_a_cell_may_name_leads_and_partners_by_labels_of_its_own() -> None:
    text = (
        "| Nội dung | Phân công nhiệm vụ | Tiến độ |\n| --- | --- | --- |\n"
        "| Kiểm kê mỏ đá | Chủ trì: Sở Công Thương. Phối hợp: Sở Tài chính, Công an tỉnh. | Quý II/2027 |\n"
    )
    [task] = read_text(text).tasks
    assert (task.lead, task.coordinators) == (("Sở Công Thương",), ("Sở Tài chính", "Công an tỉnh"))


def test_the_title_over_a_piece_of_a_directive_is_no_duty() -> None:
    text = "Tăng cường kiểm tra bếp ăn bán trú\n\nYêu cầu các trường lưu mẫu thức ăn đủ 24 giờ.\n"
    assert [t.lead for t in read_text(text).tasks] == [("các trường",)]


def test_a_web_pages_wrong_title_and_pop_up_are_foreign() -> None:
    text = (
        "# Tra cứu văn bản\n\nSố: 12/KH-UBND\n\nKẾ HOẠCH\n\nII. NHIỆM VỤ\n\n- Rà soát.\n\n"
        "Nơi nhận:\n- Lưu: VT.\n\nKính gửi: Quý Thành viên"
    )
    kinds = {text[p.start : p.end]: p.kind for p in read_text(text).passages}
    assert kinds["# Tra cứu văn bản"] == "foreign"
    assert kinds["Kính gửi: Quý Thành viên"] == "foreign"


def test_law_that_a_page_quotes_after_the_directive_gives_no_duty() -> None:
    text = (
        "Số: 12/KH-UBND\n\nKẾ HOẠCH\n\nII. NHIỆM VỤ\n\n- Rà soát các khoản thu.\n\n"
        "Mức thu học phí ra sao?\n\nTheo khoản 1 Điều 9 Nghị định 81/2021/NĐ-CP:\n\n- Nhà trường công khai mức thu."
    )
    assert [t.quote for t in read_text(text).tasks] == ["- Rà soát các khoản thu."]
