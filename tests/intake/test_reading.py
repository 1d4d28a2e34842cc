"""Whatever text comes in, a reading comes out whose offsets, passages and quotes hold together."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.draft import Reading
from intake.reading import read_text
from intake.text import squeeze

# What directives are made of, so that random texts reach the grammar and not only its edges.
PIECES = st.sampled_from(
    [
        "\n", "\n\n", "\r\n", "\t", " ", "|", "| ", "|\n", "**", "- ", "+ ", "1. ", "1.2. ", "a) ", "(1) ",
        "II. ", "Điều 3. ",
        "# ", "² ", "¹", "...", "…", ";", ".", ":", ",", "“", ")", "(", "_", "<i>", "$26/39 = 66.6\\%$",
        "\u200b", "\ufeff",
        "KẾ HOẠCH", "QUYẾT ĐỊNH:", "Số: 12/KH-UBND", "Kính gửi: ", "Nơi nhận:", "TM. ỦY BAN NHÂN DÂN",
        "PHỤ LỤC", "CÔNG ĐIỆN",
        "Hà Nội, ngày 03 tháng 12 năm 2025", "Căn cứ Luật Giáo dục ngày 14/6/2019;",
        "STT\tNội dung\tĐơn vị chủ trì\tThời hạn",
        "Sở Giáo dục và Đào tạo", "Uỷ ban nhân dân các xã, phường", "Các phòng: Nội vụ, Y tế", "yêu cầu ",
        "đề nghị ", "giao ",
        "chủ trì, phối hợp với ", "thực hiện ", "báo cáo ", "trước ngày 15/12/2025", "hằng tháng",
        "quý I/2023", "100%", "13/13 chỉ tiêu",
        "MỤC ĐÍCH, YÊU CẦU", "NHIỆM VỤ", "Đơn vị phối hợp: ", "Thời gian hoàn thành: ", "như sau:",
        "Trường hợp ", "không được ",
        "đã ban hành Công văn 12/SGDĐT-VP ", "Theo khoản 1 Điều 2 ", "ra sao?", "Mức học phí",
        "e\u0302\u0301", "hoà", "\u202e", "đ",
    ]
)  # fmt: skip
TEXTS = st.one_of(
    st.text(max_size=400), st.lists(st.one_of(PIECES, st.text(max_size=6)), max_size=80).map("".join)
)


def _uncovered(text: str, reading: Reading) -> list[int]:
    times = [0] * len(text)
    for passage in reading.passages:
        for i in range(passage.start, passage.end):
            times[i] += 1
    return [i for i, c in enumerate(text) if not c.isspace() and times[i] != 1]


@settings(max_examples=100, deadline=None)
@given(TEXTS)
def test_every_character_lies_in_exactly_one_passage(text: str) -> None:
    assert not _uncovered(text, read_text(text))


@settings(max_examples=100, deadline=None)
@given(TEXTS)
def test_offsets_point_at_the_quotes(text: str) -> None:
    reading = read_text(text)
    for task in reading.tasks:
        assert 0 <= task.start < task.end <= len(text)
        said = squeeze(_composed(text[task.start : task.end]))
        assert said.startswith(task.quote), (said, task.quote)
        assert len(task.quote) <= 200
        assert all(0 <= why.start <= why.end <= len(text) for why in task.why.values())


@settings(max_examples=60, deadline=None)
@given(TEXTS)
def test_reading_twice_is_equal(text: str) -> None:
    assert read_text(text) == read_text(text)


@settings(max_examples=60, deadline=None)
@given(TEXTS)
def test_every_task_has_its_passage_and_a_name_of_its_own(text: str) -> None:
    reading = read_text(text)
    ids = [task.id for task in reading.tasks]
    assert len(set(ids)) == len(ids)
    assert {p.task for p in reading.passages if p.task} <= set(ids)


def test_offsets_of_decomposed_letters_point_into_the_text_as_given() -> None:
    text = _decomposed("KẾ HOẠCH\n\nII. NHIỆM VỤ\n\n- Sở Y tế báo cáo trước ngày 15/12/2025.")
    task = read_text(text).tasks[0]
    assert text[task.start : task.end] == _decomposed("- Sở Y tế báo cáo trước ngày 15/12/2025.")
    assert task.lead == ("Sở Y tế",)


@pytest.mark.parametrize("end", ["\n", " \n", "   \r\n", "\n    "])
def test_margins_of_lines_wrapped_by_hand_hide_no_wording(end: str) -> None:
    words = f"- Trường Tiểu học Hòa Bình chủ trì, phối{end}hợp với Sở Y tế kiểm tra hằng{end}tháng."
    text = f"KẾ HOẠCH\n\nII. NHIỆM VỤ\n\n{words}"
    [task] = read_text(text).tasks
    assert (task.coordinators, task.recurrence) == (("Sở Y tế",), "monthly")
    assert text[task.start : task.end] == words


def test_an_empty_text_reads_as_nothing() -> None:
    reading = read_text("")
    assert (reading.passages, reading.tasks) == ((), ())


def _composed(text: str) -> str:
    return unicodedata.normalize("NFC", text)


def _decomposed(text: str) -> str:
    return unicodedata.normalize("NFD", text)
