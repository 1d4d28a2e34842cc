"""Record, notice and printed checklist: opened again, they say what the record says in the form of NĐ 30/2020."""

import io
import re
from datetime import UTC, date, datetime

import pypdfium2
import pytest
from docx import Document
from docx.document import Document as DocumentType
from docx.shared import Pt
from PIL import Image

from domain.checklist_answer import Mark, Score
from domain.inspection import (
    Member,
    PackedChecklist,
    PackedSignature,
    PackedVisit,
    Side,
    TeamPart,
    VisitKind,
    VisitPack,
    VisitState,
)
from domain.inspection_record import RecordLine, VisitRecord
from domain.verdict import Severity
from reports import as_docx, as_pdf
from reports.blocks import Paper
from reports.inspection_papers import checklist_paper, notice_paper, record_paper
from rules.checklist_reader import SHIPPED, load_checklist

MADE = datetime(2026, 11, 9, 1, 15, tzinfo=UTC)
URL = "https://dondoc.example.vn/kiem-tra/7"


def picture(kind: str) -> bytes:
    drawn = io.BytesIO()
    Image.new("RGB", (40, 30), (180, 90, 60)).save(drawn, kind)
    return drawn.getvalue()


KEPT = {"a" * 64: picture("JPEG"), "b" * 64: picture("PNG")}
TEAM = (
    Member(person_id=1, name="Trần Thị Mai", unit="Phòng GD&ĐT Bến Sông", part=TeamPart.HEAD),
    Member(person_id=2, name="Lê Thu Hà", unit="Trạm Y tế", part=TeamPart.SECRETARY, sections=("bep",)),
)
LINES = (
    RecordLine(
        id="K1", section="Bếp", text="Rác đậy kín", clause="Điều 3", severity=Severity.MINOR, mark=Mark.GOOD,
        answer="có",
    ),
    RecordLine(
        id="K2", section="Bếp", text="Không có hàng quá hạn", clause="Điều 5", severity=Severity.CRITICAL,
        mark=Mark.BAD, answer="không", note="2 gói <b>gia vị</b> & 1 hộp", action="Loại bỏ ngay", photos=("a" * 64,),
    ),
)  # fmt: skip
RECORD = VisitRecord(
    visit_id=7, office="UBND phường Bến Sông", superior="UBND tỉnh Sông Đào", office_place="Bến Sông",
    zone="Asia/Ho_Chi_Minh", unit="Trường Tiểu học Hoa Sen", plan="Kế hoạch tháng 11", title="An toàn thực phẩm",
    checklist_version=1, kind=VisitKind.SURPRISE, day=date(2026, 11, 9), place="Bếp ăn", started_at=MADE,
    finished_at=datetime(2026, 11, 9, 3, 5, tzinfo=UTC), team=TEAM, lines=LINES,
    papers=("b" * 64,),
    score=Score(good=1, bad=1, not_applicable=0, unanswered=0, share=None),
    signatures=(
        PackedSignature(side=Side.TEAM, name="Trần Thị Mai", sha256="b" * 64, signed_at=MADE),
        PackedSignature(side=Side.UNIT, name="Nguyễn Văn Bình", sha256="", signed_at=MADE),
    ),
)  # fmt: skip


def the_checklist() -> Paper:
    _, checklist = load_checklist(SHIPPED[0])
    visit = PackedVisit(
        id=7, unit=RECORD.unit, unit_id=1, theme=checklist.theme, title=checklist.title, kind=RECORD.kind,
        state=VisitState.OPEN, day=RECORD.day, place="", opens_at=MADE, finished_at=None, version=0, team=TEAM,
        sections=checklist.sections,
    )  # fmt: skip
    pack = VisitPack(
        visit=visit, checklist=PackedChecklist(version=1, items=checklist.items), answers=(), conflicts=(),
        signatures=(), findings=(), self_answers=(), self_on=None, differences=(), missing_photos=(),
    )  # fmt: skip
    return checklist_paper(pack, RECORD.office, URL, MADE)


PAPERS = {
    "record": record_paper(RECORD, KEPT.__getitem__, MADE),
    "notice": notice_paper(RECORD, {"K2": date(2026, 11, 12)}, MADE, date(2026, 11, 10)),
    "checklist": the_checklist(),
}


@pytest.fixture(scope="module", params=PAPERS)
def document(request: pytest.FixtureRequest) -> DocumentType:
    return opened(request.param)


def opened(name: str) -> DocumentType:
    return Document(io.BytesIO(as_docx.render(PAPERS[name])))


def said(document: DocumentType) -> str:
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([paragraph.text for paragraph in document.paragraphs] + cells)


def runs(document: DocumentType) -> list[object]:
    inside = [
        p for table in document.tables for row in table.rows for cell in row.cells for p in cell.paragraphs
    ]
    return [run for paragraph in [*document.paragraphs, *inside] for run in paragraph.runs if run.text]


def test_the_page_is_a4_with_the_margins_of_the_decree(document: DocumentType) -> None:
    for section in document.sections:
        assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
        assert 20 <= round(section.top_margin.mm) <= 25
        assert 20 <= round(section.bottom_margin.mm) <= 25
        assert 30 <= round(section.left_margin.mm) <= 35
        assert 15 <= round(section.right_margin.mm) <= 20
        assert section.different_first_page_header_footer, "the first page carries no number"


def test_letters_are_times_new_roman_in_the_sizes_of_the_decree(document: DocumentType) -> None:
    assert document.styles["Normal"].font.name == "Times New Roman"
    for run in runs(document):
        assert run.font.name in (None, "Times New Roman")  # type: ignore[attr-defined]
        assert Pt(10) <= run.font.size <= Pt(14), run.text  # type: ignore[attr-defined]


@pytest.mark.parametrize("name", ["record", "notice"])
def test_agency_nation_number_and_date_stand_at_the_top(name: str) -> None:
    head = opened(name).tables[0]
    agency, nation = (cell.text.strip().splitlines() for cell in head.rows[0].cells)
    assert agency == ["UBND TỈNH SÔNG ĐÀO", "UBND PHƯỜNG BẾN SÔNG"]
    assert nation == ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"]
    number, where = (cell.text for cell in head.rows[1].cells)
    assert re.fullmatch(r"Số: +/(BB|TB)-", number)
    assert re.fullmatch(r"Bến Sông, ngày (09|10) tháng 11 năm 2026", where)


def test_body_text_is_justified_and_indented(document: DocumentType) -> None:
    body = [p for p in document.paragraphs if p.paragraph_format.first_line_indent]
    assert body
    for paragraph in body:
        assert paragraph.alignment is not None
        assert paragraph.alignment.name == "JUSTIFY"
        assert round(paragraph.paragraph_format.first_line_indent.mm) == 10
        assert paragraph.paragraph_format.space_before == Pt(6)


BLOCKS = [
    "BIÊN BẢN", "Kiểm tra an toàn thực phẩm tại Trường Tiểu học Hoa Sen",
    "Thời gian bắt đầu: 08 giờ 15, ngày 09 tháng 11",
    "Địa điểm: Bếp ăn.", "Thành phần đoàn kiểm tra: Trần Thị Mai, Phòng GD&ĐT Bến Sông (trưởng đoàn)",
    "Chủ trì: Trần Thị Mai. Thư ký: Lê Thu Hà.", "Nội dung:", "2 gói <b>gia vị</b> & 1 hộp", "Yêu cầu: Loại bỏ ngay.",
    "Cuộc kiểm tra kết thúc vào 10 giờ 05, ngày 09 tháng 11 năm 2026./.", "THƯ KÝ", "TRƯỞNG ĐOÀN",
    "ĐẠI DIỆN ĐƠN VỊ ĐƯỢC KIỂM TRA", "Nguyễn Văn Bình", "(Đã ký trên thiết bị lúc 08:15 09/11/2026)", "Nơi nhận:",
    "- Lưu: VT, Hồ sơ.", f"Mã kiểm biên bản (SHA-256): {RECORD.hash}", "Phụ lục", "ẢNH CHỤP TẠI ĐƠN VỊ",
    "Ảnh 1. K2", "Ảnh 2. Phiếu ghi tay",
    "Ảnh 2. Phiếu ghi tay",
]  # fmt: skip


@pytest.mark.parametrize("block", BLOCKS)
def test_the_record_has_every_block_of_its_form(block: str) -> None:
    assert block in said(opened("record"))


def test_no_signature_is_torn_between_two_pages() -> None:
    signed = [
        table for table in opened("record").tables if "(Ký" in table.cell(0, 1).text + table.cell(0, 0).text
    ]
    assert signed
    assert all(row._tr.xpath("./w:trPr/w:cantSplit") for table in signed for row in table.rows)


def test_the_annex_begins_a_page_of_its_own_numbered_from_one_and_holds_the_photos() -> None:
    record = opened("record")
    [numbered] = record.sections[-1]._sectPr.xpath("./w:pgNumType/@w:start")
    assert (len(record.sections), numbered) == (2, "1")
    kept = {part.blob for part in record.part.package.image_parts}
    assert kept == set(KEPT.values())


def test_the_notice_names_each_finding_its_deadline_and_the_record_it_rests_on() -> None:
    text = said(opened("notice"))
    for words in (
        "THÔNG BÁO",
        "Không có hàng quá hạn (Điều 5)",
        "nghiêm trọng",
        "12/11/2026",
        RECORD.hash,
        "./.",
    ):
        assert words in text


def test_the_printed_checklist_has_every_item_and_a_code_that_leads_to_the_visit() -> None:
    paper = opened("checklist")
    text = said(paper)
    assert text.startswith("Phụ lục\nPHIẾU KIỂM TRA AN TOÀN THỰC PHẨM")
    assert len(paper.sections) == 1
    assert "Nhiệt độ: ……… °C" in text, "a table has its columns to fill in"
    _, checklist = load_checklist(SHIPPED[0])
    assert all(item.id in text and item.text in text for item in checklist.items)
    assert URL in text
    [code] = paper.part.package.image_parts
    assert code.blob.startswith(b"\x89PNG")


@pytest.mark.parametrize("name", PAPERS)
def test_the_pdf_is_tagged_archive_pdf_with_only_our_font_in_it(name: str) -> None:
    made = as_pdf.render(PAPERS[name])
    assert made == as_pdf.render(PAPERS[name])
    assert b"<pdfaid:part>2</pdfaid:part>" in made
    assert b"<pdfaid:conformance>A</pdfaid:conformance>" in made
    assert b"<pdfuaid:part>1</pdfuaid:part>" in made
    fonts = set(re.findall(rb"/FontName\s*/([^\s/]+)", made))
    assert fonts
    assert all(re.fullmatch(rb"[A-Z]{6}\+Tinos.*", font) for font in fonts)


def test_both_forms_say_the_same() -> None:
    pdf = pypdfium2.PdfDocument(as_pdf.render(PAPERS["record"]))
    text = " ".join(page.get_textpage().get_text_range() for page in pdf)
    flat = " ".join(text.replace("\ufffe", "").split())
    for words in (
        "Rác đậy kín",
        "2 gói <b>gia vị</b> & 1 hộp",
        "Nguyễn Văn Bình",
        "Ảnh 1. K2",
        RECORD.hash[:20],
    ):
        assert words in flat


def test_a_changed_note_changes_the_hash_and_the_same_record_does_not() -> None:
    other = LINES[1].model_copy(update={"note": "3 gói"})
    assert RECORD.model_copy(update={"lines": (LINES[0], other)}).hash != RECORD.hash
    assert VisitRecord.model_validate_json(RECORD.model_dump_json()).hash == RECORD.hash
