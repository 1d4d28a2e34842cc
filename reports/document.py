"""The look of an administrative document (thể thức) by Nghị định 30/2020/NĐ-CP, Phụ lục I, for python-docx.

A4 portrait; margins 20 mm top and bottom, 30 left, 15 right; Times New Roman; page numbers centred in the top
margin from page 2 on. The same content gives the same bytes: the archive carries no time of its own.
"""

import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from docx import Document
from docx.document import Document as DocumentType
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.table import Table, _Cell, _Row
from docx.text.paragraph import Paragraph

FONT = "Times New Roman"
EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest time a zip archive can name
CENTRE, LEFT, RIGHT, JUSTIFY = (
    WD_ALIGN_PARAGRAPH.CENTER,
    WD_ALIGN_PARAGRAPH.LEFT,
    WD_ALIGN_PARAGRAPH.RIGHT,
    WD_ALIGN_PARAGRAPH.JUSTIFY,
)


@dataclass(frozen=True)
class Heading:
    """The block at the top: who issues, under which symbol, where and when. `symbol` such as "/BC-UBND"."""

    superior: str
    office: str
    symbol: str
    place: str
    day: date


def new_document(title: str, author: str, made_at: datetime) -> DocumentType:
    document = Document()
    properties = document.core_properties
    properties.title, properties.author, properties.last_modified_by = title, author, author
    properties.created = properties.modified = made_at.replace(tzinfo=None)
    properties.comments, properties.revision = "", 1
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin = section.bottom_margin = Mm(20)
    section.left_margin, section.right_margin = Mm(30), Mm(15)
    section.header_distance = Mm(10)
    section.different_first_page_header_footer = True
    _page_number(section.header.paragraphs[0])
    style = document.styles["Normal"]
    style.font.name, style.font.size = FONT, Pt(13)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), FONT)
    style.paragraph_format.space_after = Pt(0)
    return document


def to_bytes(document: DocumentType) -> bytes:
    """The .docx with every time in the archive fixed: same content, same hash."""
    drawn, fixed = io.BytesIO(), io.BytesIO()
    document.save(drawn)
    with zipfile.ZipFile(drawn) as source, zipfile.ZipFile(fixed, "w") as target:
        for name in source.namelist():
            entry = zipfile.ZipInfo(name, EPOCH)
            target.writestr(entry, source.read(name), zipfile.ZIP_DEFLATED, compresslevel=6)
    return fixed.getvalue()


def heading(document: DocumentType, given: Heading) -> None:
    """Agency on the left, national title (Quốc hiệu, Tiêu ngữ) on the right, symbol and date below them."""
    block = document.add_table(rows=2, cols=2)
    block.autofit = False
    widths(block, (70, 95))
    agency, nation = block.rows[0].cells
    if given.superior:
        line(agency, given.superior.upper(), size=12)
    line(agency, given.office.upper(), size=12, bold=True)
    rule(agency, indent=22)
    line(nation, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", size=12, bold=True)
    line(nation, "Độc lập - Tự do - Hạnh phúc", size=13, bold=True)
    rule(nation, indent=19)
    number, where = block.rows[1].cells
    line(number, f"Số:      {given.symbol}", size=13)
    place = f"{given.place}, " if given.place else ""
    line(where, f"{place}{say_full_day(given.day)}", size=13, italic=True)


def title(document: DocumentType, kind: str, subject: str) -> None:
    """Name of the type in capitals, what it is about, and the short rule below (tên loại, trích yếu)."""
    paragraph(document, kind.upper(), size=14, bold=True, align=CENTRE, before=12)
    paragraph(document, subject, size=14, bold=True, align=CENTRE)
    rule(document, indent=62)


def section(document: DocumentType, text: str) -> None:
    paragraph(document, text, bold=True, before=6)


def body(document: DocumentType, text: str, *, first_line: float = 10) -> None:
    """Justified, first line in by 1 cm, at least 6 pt apart."""
    written = paragraph(document, text, align=JUSTIFY, before=6)
    written.paragraph_format.first_line_indent = Mm(first_line)


def paragraph(
    document: DocumentType,
    text: str,
    *,
    size: float = 13,
    bold: bool = False,
    italic: bool = False,
    align: WD_ALIGN_PARAGRAPH = LEFT,
    before: float = 0,
) -> Paragraph:
    written = document.add_paragraph()
    _run(written, text, size, bold, italic)
    written.alignment = align
    written.paragraph_format.space_before = Pt(before)
    return written


def line(cell: _Cell, text: str, *, size: float = 13, bold: bool = False, italic: bool = False,
         align: WD_ALIGN_PARAGRAPH = CENTRE) -> Paragraph:  # fmt: skip
    """One more line in a cell; the empty paragraph a cell is born with is used first."""
    first = cell.paragraphs[0]
    written: Paragraph = first if len(cell.paragraphs) == 1 and not first.runs else cell.add_paragraph()
    _run(written, text, size, bold, italic)
    written.alignment = align
    return written


def rule(where: Any, *, indent: float) -> None:
    """A short horizontal rule, `indent` millimetres in from both sides."""
    drawn = where.add_paragraph()
    drawn.paragraph_format.left_indent = drawn.paragraph_format.right_indent = Mm(indent)
    drawn.paragraph_format.line_spacing = Pt(4)
    borders = _element("w:pBdr")
    borders.append(_element("w:bottom", val="single", sz="6", space="0", color="000000"))
    drawn._p.get_or_add_pPr().append(borders)


def table(
    document: DocumentType, heads: Sequence[str], rows: Sequence[Sequence[str]], millimetres: Sequence[float]
) -> Table:
    """A ruled table whose head is repeated on every page; first column centred, the rest to the left."""
    drawn: Table = document.add_table(rows=1, cols=len(heads))
    drawn.style, drawn.alignment = "Table Grid", WD_TABLE_ALIGNMENT.CENTER
    drawn.autofit = False
    for cell, head in zip(drawn.rows[0].cells, heads, strict=True):
        line(cell, head, size=12, bold=True)
    drawn.rows[0]._tr.get_or_add_trPr().append(_element("w:tblHeader", val="true"))
    for row in rows:
        added: _Row = drawn.add_row()  # type: ignore[no-untyped-call]
        whole(added)
        for column, (cell, text) in enumerate(zip(added.cells, row, strict=True)):
            line(cell, text, size=12, align=LEFT if column else CENTRE)
    widths(drawn, millimetres)
    return drawn


def whole(row: _Row) -> None:
    """A row that is not torn between two pages."""
    row._tr.get_or_add_trPr().append(_element("w:cantSplit", val="true"))


def number_from_one(section: Any) -> None:
    """The pages of a section (an annex) are numbered on their own."""
    section._sectPr.append(_element("w:pgNumType", start="1"))


def widths(drawn: Table, millimetres: Sequence[float]) -> None:
    for column, width in zip(drawn.columns, millimetres, strict=True):
        column.width = Mm(width)
    for row in drawn.rows:
        for cell, width in zip(row.cells, millimetres, strict=True):
            cell.width = Mm(width)


def say_full_day(day: date) -> str:
    """ngày 01 tháng 02 năm 2023: days below 10 and the months 1 and 2 with a leading zero."""
    month = f"{day.month:02d}" if day.month < 3 else str(day.month)
    return f"ngày {day.day:02d} tháng {month} năm {day.year}"


def _run(where: Paragraph, text: str, size: float, bold: bool, italic: bool) -> None:
    run = where.add_run(text)
    run.font.size, run.font.bold, run.font.italic = Pt(size), bold or None, italic or None


def _page_number(where: Paragraph) -> None:
    where.alignment = CENTRE
    run = where.add_run()
    run.font.size = Pt(13)
    for kind in ("begin", "instruction", "end"):
        if kind == "instruction":
            element = _element("w:instrText")
            element.text = "PAGE"
        else:
            element = _element("w:fldChar", fldCharType=kind)
        run._r.append(element)


def _element(tag: str, **attributes: str) -> Any:
    element = OxmlElement(tag)
    for name, value in attributes.items():
        element.set(qn(f"w:{name}"), value)
    return element
