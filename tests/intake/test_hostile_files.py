"""Files made to hurt: what they say is read or refused in words, and nothing they ask for is done."""

import io
import struct
import unicodedata
import zipfile

import pytest
from docx import Document

from intake.formats import IntakeError, load_bytes
from intake.reading import read_text

PLAN = "KẾ HOẠCH\n\nII. NHIỆM VỤ\n\n- Sở Y tế chủ trì, báo cáo trước ngày 15/12/2025."
RELATION = (
    b'<Relationship Id="rId99" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/'
    b'attachedTemplate" Target="http://127.0.0.1:9/x.dotm" TargetMode="External"/></Relationships>'
)


def word(text: str = "KẾ HOẠCH") -> bytes:
    document = Document()
    document.add_paragraph(text)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def rewritten(data: bytes, name: str, change: bytes | None = None, ending: bytes | None = None) -> bytes:
    """The archive with one member replaced, or with its closing tag replaced by `ending`."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            content = old.read(entry)
            if entry.filename == name:
                content = (
                    change if change is not None else content.replace(b"</Relationships>", ending or b"")
                )
            new.writestr(entry.filename, content)
    return file.getvalue()


def test_decomposed_letters_are_read_like_composed_ones() -> None:  # 5
    composed, decomposed = read_text(PLAN), read_text(unicodedata.normalize("NFD", PLAN))
    assert [task.lead for task in decomposed.tasks] == [task.lead for task in composed.tasks]
    assert decomposed.tasks[0].deadline_latest == "2025-12-14"


def test_a_template_elsewhere_is_not_fetched_and_the_words_are_read() -> None:  # 11
    data = rewritten(word("Triển khai kế hoạch"), "word/_rels/document.xml.rels", ending=RELATION)
    assert "Triển khai kế hoạch" in load_bytes(data, "mau-ngoai.docx").text


def test_a_directory_that_lies_about_sizes_does_not_deceive() -> None:  # 14
    file = io.BytesIO(word())
    with zipfile.ZipFile(file, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/media/big.bin", b"0" * 60_000_000)
    data = bytearray(file.getvalue())
    for mark, place in ((b"PK\x01\x02", 24), (b"PK\x03\x04", 22)):
        at = data.rfind(
            mark, 0, data.rfind(b"word/media/big.bin") + 1 if mark == b"PK\x01\x02" else len(data)
        )
        data[at + place : at + place + 4] = struct.pack("<I", 10)
    with pytest.raises(IntakeError, match=r"noi-doi\.docx"):
        load_bytes(bytes(data), "noi-doi.docx")


def test_a_document_nested_fifty_thousand_deep_is_refused() -> None:  # 18
    deep = b"<a>" * 50_000 + b"</a>" * 50_000
    with pytest.raises(IntakeError, match=r"sau\.docx"):
        load_bytes(rewritten(word(), "word/document.xml", change=deep), "sau.docx")


def test_a_pdf_of_ten_thousand_empty_pages_ends_soon_and_in_words() -> None:  # 25
    kids = b" ".join(b"%d 0 R" % (number + 3) for number in range(10_000))
    parts = [b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [%s] /Count 10000 >>" % kids]
    parts += [b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] >>"] * 10_000
    body, places = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, 1):
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, part)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(parts) + 1
    tail = b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % (size, len(body))
    with pytest.raises(IntakeError, match=r"nghin-trang\.pdf"):
        load_bytes(body + b"xref\n0 %d\n0000000000 65535 f \n" % size + table + tail, "nghin-trang.pdf")


def test_a_web_page_that_calls_itself_a_pdf_is_refused() -> None:  # 27
    polyglot = b"%PDF-1.4\n<html><script>alert(1)</script></html>\n"
    with pytest.raises(IntakeError, match=r"hai-mat\.pdf"):
        load_bytes(polyglot, "hai-mat.pdf")
