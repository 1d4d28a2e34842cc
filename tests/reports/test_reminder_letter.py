"""The draft công văn đôn đốc: in the form of whoever signs it, with a day, and known to whoever waits."""

from dataclasses import replace
from datetime import UTC, date, datetime
from io import BytesIO

import docx
import pytest

from reports.reminder_letter import From, Owed, render

AT = datetime(2026, 11, 5, 1, 30, tzinfo=UTC)
LATE = Owed(
    "viec-3", "Trường Mầm non Hoa Sen", "Nộp số liệu", "mục II.1", date(2026, 11, 2), 3, "https://d.vn/viec/3"
)


def letter(office: str, *owed: Owed) -> tuple[str, str]:
    """The paragraphs, and what stands in the tables."""
    made = render(From(office, "", "Mai Thanh"), owed, AT, date(2026, 11, 5), date(2026, 11, 10))
    document = docx.Document(BytesIO(made))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join(p.text for p in document.paragraphs), "\n".join(cells)


@pytest.mark.parametrize(
    ("office", "symbol", "signed"),
    [
        ("Ủy ban nhân dân phường Mai Thanh", "/UBND-", "TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\n"),
        ("UBND xã Bến Sông", "/UBND-", "TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\n"),
        ("Sở Giáo dục và Đào tạo", "/", "THỦ TRƯỞNG CƠ QUAN\n"),
    ],
)
def test_number_and_signature_have_the_form_of_the_office(office: str, symbol: str, signed: str) -> None:
    _, cells = letter(office, LATE)
    assert f"Số:      {symbol}\n" in cells
    assert signed in cells


def test_a_day_is_asked_for() -> None:
    words, _ = letter("UBND xã Bến Sông", LATE)
    assert "chậm nhất ngày 10 tháng 11 năm 2026./." in words


def test_whoever_waits_for_a_part_gets_the_letter_too_once() -> None:
    part = replace(LATE, leads=("Phòng Văn hóa – Xã hội",))
    _, cells = letter("UBND xã Bến Sông", LATE, part, part)
    assert cells.count("- Phòng Văn hóa – Xã hội (chủ trì, theo dõi);") == 1
