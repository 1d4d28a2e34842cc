"""PDF with text. Ruled tables come as tab-separated rows; a scan has no text and is refused by the caller."""

import io
from typing import Any

import pdfplumber
import pypdfium2
from pypdfium2 import raw

NAME = "pdf"
MOST_PAGES = 500


class Locked(Exception):
    """The file asks for a password."""


class Broken(Exception):
    """The file cannot be parsed; the message says what the library found."""


def read(data: bytes) -> tuple[str, list[str]]:
    """The words of all pages. Raises Locked, Broken."""
    try:
        pages = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise (Locked if "password" in str(error).lower() else Broken)(str(error)) from error
    if len(pages) > MOST_PAGES:
        raise Broken(f"{len(pages)} trang, nhiều hơn {MOST_PAGES}")
    warnings = ["Tệp PDF có mã nhúng hoặc tệp đính kèm: chỉ đọc chữ."] if _active(data, pages) else []
    try:
        with pdfplumber.open(io.BytesIO(data)) as plumbed:
            parts = [_page(pages[i], plumbed.pages[i]) for i in range(len(pages))]
    except Exception as error:
        raise Broken(str(error)) from error
    return "\n\n".join(parts), warnings


def _active(data: bytes, pages: pypdfium2.PdfDocument) -> bool:
    """Whether the file carries scripts, programs to start or other files; some hide in compressed objects."""
    marks = (b"/JavaScript", b"/Launch", b"/EmbeddedFile")
    scripts, files = raw.FPDFDoc_GetJavaScriptActionCount(pages), raw.FPDFDoc_GetAttachmentCount(pages)
    return scripts > 0 or files > 0 or any(mark in data for mark in marks)


def _page(page: Any, plumbed: Any) -> str:
    """Words above, between and below the tables, and the tables' rows, from top to bottom."""
    text = page.get_textpage()
    height = page.get_height()
    tables = [t for t in plumbed.find_tables() if len(t.rows) > 1]
    parts, top = [], 0.0
    for table in sorted(tables, key=lambda t: t.bbox[1]):
        parts.append(_between(text, height, top, table.bbox[1], page.get_width()))
        parts.append("\n".join(_row(cells) for cells in table.extract()))
        top = max(top, table.bbox[3])
    parts.append(_between(text, height, top, height, page.get_width()))
    return "\n\n".join(part for part in parts if part.strip())


def _between(text: Any, height: float, top: float, bottom: float, width: float) -> str:
    """Words in a band of the page; y grows upwards in PDF and downwards here."""
    words: str = text.get_text_bounded(left=0, bottom=height - bottom, right=width, top=height - top)
    lines = words.replace("\r\n", "\n").replace("\ufffe", "-").split("\n")
    return "\n".join(line.rstrip() for line in lines)


def _row(cells: list[str | None]) -> str:
    return "\t".join(" ".join((cell or "").split()) for cell in cells)
