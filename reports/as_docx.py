"""A paper as .docx, which the office can still change."""

import io
from collections.abc import Callable, Mapping
from typing import Any

from docx.document import Document
from docx.enum.section import WD_SECTION
from docx.shared import Mm
from docx.table import _Cell

from reports import document as form
from reports.blocks import Annex, Block, Body, Closing, Fine, Grid, Paper, Part, Picture, Sign, Signs, Title

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def render(paper: Paper) -> bytes:
    document = form.new_document(paper.title, paper.author, paper.made_at)
    for block in paper.blocks:
        _PUT[type(block)](document, block)
    return form.to_bytes(document)


def _picture(document: Document, picture: Picture) -> None:
    drawn = document.add_picture(io.BytesIO(picture.data), width=Mm(picture.width))
    drawn._inline.docPr.set("descr", picture.caption)
    document.paragraphs[-1].alignment = form.CENTRE
    document.paragraphs[-1].paragraph_format.keep_with_next = True
    form.paragraph(document, picture.caption, size=12, italic=True, align=form.CENTRE)


def _signs(document: Document, signs: Signs) -> None:
    for cell, sign in zip(_side_by_side(document), (signs.left, signs.right), strict=True):
        _sign(cell, sign)


def _side_by_side(document: Document) -> tuple[_Cell, ...]:
    form.paragraph(document, "", size=6)
    block = document.add_table(rows=1, cols=2)
    form.whole(block.rows[0])
    form.widths(block, (78, 87))
    cells: tuple[_Cell, ...] = block.rows[0].cells
    return cells


def _sign(cell: _Cell, sign: Sign) -> None:
    form.line(cell, sign.title, size=13, bold=True)
    form.line(cell, sign.hint, size=13, italic=True)
    space: Any = cell.add_paragraph()
    space.alignment = form.CENTRE
    if sign.drawn:
        space.add_run().add_picture(io.BytesIO(sign.drawn), height=Mm(18))
    else:
        space.paragraph_format.space_before = Mm(16)
    form.line(cell, sign.name, size=13, bold=True)


def _closing(document: Document, closing: Closing) -> None:
    to, signed = _side_by_side(document)
    form.line(to, "Nơi nhận:", size=12, bold=True, italic=True, align=form.LEFT)
    for number, name in enumerate(closing.to, start=1):
        end = "." if number == len(closing.to) else ";"
        form.line(to, f"- {name}{end}", size=11, align=form.LEFT)
    _sign(signed, closing.sign)


def _annex(document: Document, annex: Annex) -> None:
    if document.paragraphs or document.tables:
        section = document.add_section(WD_SECTION.NEW_PAGE)
        section.different_first_page_header_footer = True
        form.number_from_one(section)
    form.paragraph(document, "Phụ lục", size=14, bold=True, align=form.CENTRE)
    form.paragraph(document, annex.title.upper(), size=14, bold=True, align=form.CENTRE)
    form.paragraph(document, f"({annex.attached})", size=14, italic=True, align=form.CENTRE)


_PUT: Mapping[type[Block], Callable[[Document, Any], object]] = {
    form.Heading: form.heading,
    Title: lambda document, title: form.title(document, title.kind, title.subject),
    Part: lambda document, part: form.section(document, part.text),
    Body: lambda document, body: form.body(document, body.text),
    Fine: lambda document, fine: form.paragraph(document, fine.text, size=10, before=12),
    Grid: lambda document, grid: form.table(document, grid.heads, grid.rows, grid.widths),
    Picture: _picture,
    Signs: _signs,
    Closing: _closing,
    Annex: _annex,
}
