"""The synthesis report as a document: opened again, it says what the synthesis says, in the form of NĐ 30/2020."""

import io
import zipfile
from datetime import UTC, date, datetime

import pytest
from docx import Document
from docx.document import Document as DocumentType

from domain.assignment import Standing
from domain.report import DutyLine, Figure, StandingLine, Synthesis, UnitLine
from reports.synthesis import render, say_number, share

SENT = datetime(2023, 2, 10, 3, 15, tzinfo=UTC)
HEAD = "ab" * 32
HOA_SEN = "Trường Tiểu học Hoa Sen"

SYNTHESIS = Synthesis(
    office="Phòng GD&ĐT Bến Sông",
    superior="UBND thị xã Bến Sông",
    place="Bến Sông",
    zone="Asia/Ho_Chi_Minh",
    title="Kết quả thực hiện nhiệm vụ tháng 02/2023",
    period="2023-02",
    closed_at=datetime(2023, 2, 28, 23, 0, tzinfo=UTC),
    duties=(
        DutyLine(
            title="Xây dựng báo cáo tháng",
            clause="V.1#2(2)",
            lead="Tổ Tổng hợp",
            due_on=date(2023, 2, 14),
            counts={Standing.DONE: 1, Standing.DONE_LATE: 1, Standing.OVERDUE: 1, Standing.OUT: 1},
        ),
    ),
    carried=(
        DutyLine(
            title="Nộp hồ sơ thi đua",
            clause="",
            lead="Trường THCS Sông Xanh",
            due_on=date(2023, 1, 31),
            counts={Standing.OVERDUE: 1},
        ),
    ),
    units=(
        UnitLine(unit=HOA_SEN, standing=Standing.DONE, sent_at=SENT, rounds=2, broken=("100% học 2 buổi",)),
        UnitLine(unit="Trường THCS Sông Xanh", standing=Standing.OVERDUE, sent_at=None, rounds=0),
    ),
    figures=(
        Figure(code="hs", label="Số học sinh", unit="học sinh", total="1234.5", sources=(HOA_SEN,), silent=1),
        Figure(code="su_co", label="Số sự cố", unit="vụ", total="0", sources=(), silent=2),
    ),
    standing_duties=(
        StandingLine(title="Duy trì nền nếp dạy học", attested=(HOA_SEN,), silent=1),
        StandingLine(title="Giữ gìn cảnh quan"),
    ),
    audit_head=HEAD,
)


@pytest.fixture(scope="module")
def document() -> DocumentType:
    return Document(io.BytesIO(render(SYNTHESIS)))


@pytest.fixture(scope="module")
def text(document: DocumentType) -> str:
    """Everything a reader sees, in no particular order: paragraphs, then cells."""
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


@pytest.mark.parametrize(
    "said",
    [
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "UBND THỊ XÃ BẾN SÔNG",
        "PHÒNG GD&ĐT BẾN SÔNG",
        "Bến Sông, ngày 01 tháng 3 năm 2023",  # closed at 06:00 of the office's own day
        "Kết quả thực hiện nhiệm vụ tháng 02/2023",
        "Tính đến 06 giờ 00 ngày 01 tháng 3 năm 2023, trong kỳ có 1 việc đến hạn với 3 lượt đơn vị",
        "Tỷ lệ hoàn thành đúng hạn: 1/3 (33,3%).",
        "Đơn vị chưa báo cáo (1): Trường THCS Sông Xanh.",
        "Xây dựng báo cáo tháng (mục V.1)",
        "Nộp hồ sơ thi đua",
        "1.234,5",
        "Nguồn 1; chưa báo cáo: 1",
        "Nguồn 1 (1 đơn vị): Trường Tiểu học Hoa Sen.",
        "Nguồn 2 (0 đơn vị): không có đơn vị nào.",
        f"- Duy trì nền nếp dạy học: 1 đơn vị đã xác nhận ({HOA_SEN}); 1 đơn vị chưa xác nhận.",
        "- Giữ gìn cảnh quan: trong kỳ không có đơn vị nào phải thực hiện.",
        "10:15 10/02/2023",
        "100% học 2 buổi",
        f"Mã kiểm nhật ký khi lập báo cáo: {HEAD}",
    ],
)
def test_the_document_says(text: str, said: str) -> None:
    assert said in text


def test_a_figure_nobody_gave_has_no_total(document: DocumentType) -> None:
    figures = next(table for table in document.tables if table.cell(0, 1).text == "Số liệu")
    assert [cell.text for cell in figures.rows[2].cells][1:4] == ["Số sự cố", "vụ", ""]


def test_the_page_is_that_of_decree_30(document: DocumentType) -> None:
    """Nghị định 30/2020/NĐ-CP, Phụ lục I: A4; margins 20–25, 20–25, 30–35, 15–20 mm; Times New Roman 13–14."""
    (page,) = document.sections
    measures = (page.page_width, page.page_height, page.top_margin, page.bottom_margin)
    sides = (page.left_margin, page.right_margin)
    assert [round(m.mm) for m in (*measures, *sides) if m is not None] == [210, 297, 20, 20, 30, 15]
    assert page.different_first_page_header_footer  # no number on page 1
    assert "PAGE" in page.header.paragraphs[0]._p.xml
    style = document.styles["Normal"].font  # type: ignore[attr-defined]
    assert (style.name, style.size.pt) == ("Times New Roman", 13)


def test_the_same_synthesis_gives_the_same_bytes() -> None:
    assert render(SYNTHESIS) == render(SYNTHESIS)
    with zipfile.ZipFile(io.BytesIO(render(SYNTHESIS))) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_an_empty_month_says_that_nothing_was_due() -> None:
    empty = SYNTHESIS.model_copy(
        update={"duties": (), "carried": (), "units": (), "figures": (), "standing_duties": ()}
    )
    said = "\n".join(paragraph.text for paragraph in Document(io.BytesIO(render(empty))).paragraphs)
    assert "Trong kỳ không có việc nào đến hạn." in said
    assert "Tỷ lệ" not in said


@pytest.mark.parametrize(
    ("plain", "said"),
    [("0", "0"), ("100", "100"), ("1234567.50", "1.234.567,5"), ("0.25", "0,25"), ("-1200", "-1.200")],
)
def test_numbers_are_written_the_vietnamese_way(plain: str, said: str) -> None:
    assert say_number(plain) == said


@pytest.mark.parametrize(
    ("part", "whole", "said"), [(35, 40, "35/40 (87,5%)"), (1, 3, "1/3 (33,3%)"), (40, 40, "40/40 (100%)")]
)
def test_a_share_shows_both_numbers(part: int, whole: int, said: str) -> None:
    assert share(part, whole) == said
