"""Word: paragraphs with the numbers Word makes itself, tables as tab-separated rows, footnotes after their
paragraph, old fonts converted."""

import io
from collections.abc import Iterator

from docx import Document
from docx.document import Document as WordFile
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.table import Table
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from intake import legacy
from intake.numbering import Numbering

NAME = "docx"
_DIGITS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
# Words stand in links, in text somebody added with changes tracked, and in fields to fill, too.
_RUNS = "./w:r | ./w:hyperlink//w:r | ./w:ins/w:r | ./w:smartTag//w:r | ./w:fldSimple//w:r | ./w:sdt/w:sdtContent//w:r"
_BLOCKS = "./w:p | ./w:tbl | ./w:sdt/w:sdtContent/w:p | ./w:sdt/w:sdtContent/w:tbl"
_NOTES = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"


class Broken(Exception):
    """The parts of the document do not fit together."""


def read(data: bytes) -> tuple[str, list[str]]:
    """The words of the document and warnings. Raises Broken."""
    try:
        word = _Word(Document(io.BytesIO(data)))
        text = "\n\n".join(part for part in word.parts() if part.strip())
    except Exception as error:
        raise Broken(str(error)) from error
    return text, sorted(word.warnings)


class _Word:
    def __init__(self, document: WordFile) -> None:
        self.document = document
        self.numbering = Numbering(document)
        self.notes = _footnotes(document)
        self.warnings: set[str] = set()
        external = [r for r in document.part.rels.values() if r.is_external]
        if any(
            not r.target_ref.startswith(("http://", "https://", "mailto:")) or "image" in r.reltype
            for r in external
        ):
            self.warnings.add("Tệp trỏ tới tài nguyên bên ngoài: không tải về.")

    def parts(self) -> Iterator[str]:
        body = self.document._body
        for element in self.document.element.body.xpath(_BLOCKS):
            if element.tag == qn("w:p"):
                yield from self._paragraph(Paragraph(element, body))
            else:
                yield "\n".join(self._rows(Table(element, body)))

    def _paragraph(self, paragraph: Paragraph) -> Iterator[str]:
        text, refs = self._text(paragraph)
        yield self.numbering.label(paragraph) + text if text.strip() else text
        for ref in refs:
            if note := self.notes.get(ref):
                yield f"{_mark(ref)} {note}"

    def _text(self, paragraph: Paragraph) -> tuple[str, list[str]]:
        words, refs = [], []
        for run in (Run(element, paragraph) for element in paragraph._p.xpath(_RUNS)):
            encoding = legacy.font_encoding(run.font.name)
            text = run.text
            if encoding and text.strip():
                text = legacy.to_unicode(text, encoding)
                self.warnings.add(
                    "Tệp dùng phông chữ cũ (TCVN3/VNI): đã chuyển sang Unicode, cần rà lại chữ."
                )
            words.append(text)
            for ref in run._element.findall(qn("w:footnoteReference")):
                number = ref.get(qn("w:id")) or ""
                refs.append(number)
                words.append(_mark(number))
        return "".join(words), refs

    def _rows(self, table: Table) -> Iterator[str]:
        for row in table.rows:
            seen: list[object] = []
            cells = []
            for cell in row.cells:
                if any(cell._tc is other for other in seen):
                    continue
                seen.append(cell._tc)
                cells.append(" ".join(" ".join(self._text(p)[0] for p in cell.paragraphs).split()))
            yield "\t".join(cells)


def _mark(number: str) -> str:
    return number.translate(_DIGITS)


def _footnotes(document: WordFile) -> dict[str, str]:
    for relation in document.part.rels.values():
        if relation.reltype == _NOTES:
            root = parse_xml(relation.target_part.blob)
            notes = {n.get(qn("w:id")): "".join(n.itertext()).strip() for n in root.findall(qn("w:footnote"))}
            return {k: v for k, v in notes.items() if k and v}
    return {}
