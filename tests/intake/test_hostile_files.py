"""Files made to hurt: what they say is read or refused in words, and nothing they ask for is done."""

import io
import struct
import unicodedata
import zipfile

import pytest
from docx import Document

from intake.archive import VIRUS_SAMPLE
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


def pdf(extra: bytes = b"", catalog: bytes = b"") -> bytes:
    """A page with words; `extra` are more objects, from number 6 on, `catalog` goes into the root."""
    words = b"BT /F1 12 Tf 72 720 Td (Bao cao truoc ngay 15/12/2025) Tj ET"
    return (
        b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R " + catalog + b">>\nendobj\n"
        b"2 0 obj\n<< /Type /Pages /Kids [3 0 R] /Count 1 >>\nendobj\n"
        b"3 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R"
        b" /Resources << /Font << /F1 5 0 R >> >> >>\nendobj\n"
        b"4 0 obj\n<< /Length %d >>\nstream\n" % len(words) + words + b"\nendstream\nendobj\n"
        b"5 0 obj\n<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>\nendobj\n" + extra
    )


def test_a_pdf_under_a_password_is_refused() -> None:  # 22
    lock = b"<< /Filter /Standard /V 1 /R 2 /P -4 /O <%s> /U <%s> >>" % (b"ab" * 32, b"cd" * 32)
    tail = b"trailer\n<< /Size 7 /Root 1 0 R /Encrypt 6 0 R /ID [<01><01>] >>\n%%EOF"
    with pytest.raises(IntakeError, match="có mật khẩu"):
        load_bytes(pdf(b"6 0 obj\n" + lock + b"\nendobj\n" + tail), "khoa.pdf")


ACTIVE = [
    (b"6 0 obj\n<< /S /JavaScript /JS (app.alert\\(1\\)) >>\nendobj\n", b"/OpenAction 6 0 R "),
    (b"6 0 obj\n<< /S /Launch /F (calc.exe) >>\nendobj\n", b"/OpenAction 6 0 R "),
    (
        (
            b"6 0 obj\n<< /Names [(a.exe) 7 0 R] >>\nendobj\n"
            b"7 0 obj\n<< /Type /Filespec /F (a.exe) /EF << /F 8 0 R >> >>\nendobj\n"
            b"8 0 obj\n<< /Type /EmbeddedFile /Length 2 >>\nstream\nMZ\nendstream\nendobj\n"
        ),
        b"/Names << /EmbeddedFiles 6 0 R >> ",
    ),
]


@pytest.mark.parametrize(("extra", "catalog"), ACTIVE, ids=["script", "program", "file"])
def test_a_pdf_with_scripts_or_files_gives_its_words_and_is_flagged(
    extra: bytes, catalog: bytes
) -> None:  # 26
    data = pdf(extra + b"trailer\n<< /Size 9 /Root 1 0 R >>\n%%EOF", catalog)
    loaded = load_bytes(data, "co-ma.pdf")
    assert "15/12/2025" in loaded.text
    assert "mã nhúng" in loaded.warnings[0]


def test_what_scanners_take_for_a_virus_is_refused_bare_and_packed() -> None:  # 35
    packed = rewritten(word(), "docProps/core.xml", change=VIRUS_SAMPLE)
    for data, name in ((VIRUS_SAMPLE, "mau.txt"), (packed, "mau.docx")):
        with pytest.raises(IntakeError, match="mã độc"):
            load_bytes(data, name)


@pytest.mark.parametrize("name", ["hòa", "hoà"])
def test_both_ways_to_write_a_tone_mark_name_the_same_unit_shape(name: str) -> None:  # 6
    text = f"KẾ HOẠCH\n\nII. NHIỆM VỤ\n\n- Uỷ ban nhân dân huyện {name.title()} An báo cáo."
    assert len(read_text(text).tasks[0].lead) == 1


NAMES = [
    "=?utf-8?q?a=0d=0aX:_1?=.txt",
    "../../etc/passwd",
    'a"b.txt',
    "a" * 5_000,
    "CON.txt",
    "a.txt...",
    "📄.txt",
]


@pytest.mark.parametrize("name", NAMES, ids=[n[:12] for n in NAMES])
def test_no_name_keeps_a_file_from_being_read_and_none_is_opened(name: str) -> None:  # 34
    assert load_bytes(PLAN.encode(), name).text == PLAN


def test_a_deadline_before_the_document_and_a_year_of_five_digits_are_doubted_and_not_guessed() -> None:  # 31
    head = "Số: 1/KH-UBND\n\nHòa An, ngày 05 tháng 3 năm 2026\n\nKẾ HOẠCH\n\nII. NHIỆM VỤ\n\n"
    reading = read_text(
        head + "- Sở Y tế báo cáo trước ngày 15/12/2025.\n\n- Sở Nội vụ báo cáo trước ngày 12/10/20266."
    )
    assert {f.rule for f in reading.lint} == {"deadline-before-document", "impossible-day"}
    assert reading.tasks[1].deadline_latest is None


def test_words_in_links_tracked_changes_and_fields_of_a_word_file_are_not_lost() -> None:
    inside = (
        '<w:p><w:r><w:t xml:space="preserve">Gửi </w:t></w:r>'
        "<w:hyperlink><w:r><w:t>vp@hoaan.vn</w:t></w:r></w:hyperlink>"
        '<w:ins><w:r><w:t xml:space="preserve"> trước 15/5</w:t></w:r></w:ins></w:p>'
        "<w:sdt><w:sdtContent><w:p><w:r><w:t>Ngày ký</w:t></w:r></w:p></w:sdtContent></w:sdt>"
    )
    with zipfile.ZipFile(io.BytesIO(word())) as file:
        xml = file.read("word/document.xml").decode()
    changed = xml.replace("<w:sectPr", inside + "<w:sectPr", 1).encode()
    text = load_bytes(rewritten(word(), "word/document.xml", change=changed), "a.docx").text
    assert "Gửi vp@hoaan.vn trước 15/5" in text
    assert "Ngày ký" in text


def test_a_web_page_that_calls_itself_a_pdf_is_refused() -> None:  # 27
    polyglot = b"%PDF-1.4\n<html><script>alert(1)</script></html>\n"
    with pytest.raises(IntakeError, match=r"hai-mat\.pdf"):
        load_bytes(polyglot, "hai-mat.pdf")
