"""Files come in as text or are refused in words; numbers refer to the bad inputs of the reliability notes."""

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from docx import Document
from docx.document import Document as WordFile
from PIL import Image

from intake.formats import IntakeError, load, load_bytes
from intake.reading import read_text

PLAN = "KẾ HOẠCH\n\nII. NHIỆM VỤ\n\n- Sở Y tế báo cáo trước ngày 15/12/2025."
ENTITY = b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def _docx(fill: Callable[[WordFile], None] | None = None) -> bytes:
    document = Document()
    document.add_paragraph("KẾ HOẠCH")
    if fill:
        fill(document)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def _with(data: bytes, name: str, content: bytes) -> bytes:
    """The archive with one more member."""
    file = io.BytesIO(data)
    with zipfile.ZipFile(file, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return file.getvalue()


def _replaced(data: bytes, name: str, content: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            new.writestr(entry, content if entry.filename == name else old.read(entry))
    return file.getvalue()


REFUSED = [
    ("rong.txt", b"", "tệp rỗng"),  # 1
    ("trang.txt", b" \r\n\t\x00 ", "tệp rỗng"),
    ("khai-bao.docx", lambda: _replaced(_docx(), "word/document.xml", ENTITY), "DOCTYPE"),  # 9, 10
    ("bom.docx", lambda: _with(_docx(), "word/media/a.bin", b"0" * 60_000_000), "quá lớn"),  # 12, 13
    ("hai-ten.docx", lambda: _with(_docx(), "word/document.xml", b"<a/>"), "cùng tên"),  # 17
    ("ra-ngoai.docx", lambda: _with(_docx(), "../../x", b"x"), "đường dẫn ra ngoài"),  # 16
    ("macro.docx", lambda: _with(_docx(), "word/vbaProject.bin", b"x"), "macro"),  # 19
    ("nhieu-muc.docx", lambda: _many(), "nhiều hơn mức cho phép"),  # 15
    ("cu.docx", OLE + b"\x00" * 600, "định dạng Word cũ"),  # 20
    ("that.docx", b"%PDF-1.7 x", "nội dung là PDF"),
    ("trang-web.docx", b"<!DOCTYPE html><html><body>a</body></html>", "nội dung là trang web"),
    ("chay.pdf", b"MZ\x90\x00" + b"\x00" * 500, "không phải văn bản"),
    ("cut.docx", lambda: _docx()[:2000], "hỏng hoặc bị cắt cụt"),  # 21
    ("khoa.docx", OLE + "EncryptedPackage".encode("utf-16-le"), "có mật khẩu"),  # 22
    ("hong.pdf", b"%PDF-1.4\n" + b"garbage" * 50, "tệp hỏng"),  # 24
    ("mat.txt", "ỦY BAN NHÂN DÂN\n\nTỐI MẬT\n\nKẾ HOẠCH\n".encode(), "dấu độ mật (TỐI MẬT)"),
    ("mat2.txt", "KẾ HOẠCH\n**MẬT**\nnội dung".encode(), "dấu độ mật (MẬT)"),
    ("dai.txt", b"a" * 3_000_001, "dài hơn"),  # 33
    ("ma.txt", b"\xff\xfe" + "Kế hoạch của các trường".encode(), "không đọc ra chữ Việt"),
]  # fmt: skip


def _many() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for i in range(2_100):
            archive.writestr(f"a{i}", b"")
    return file.getvalue()


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize(("name", "made", "words"), REFUSED, ids=[r[0] for r in REFUSED])
def test_what_must_not_come_in_is_refused_by_name(
    name: str, made: bytes | Callable[[], bytes], words: str
) -> None:
    with pytest.raises(IntakeError, match=name) as refusal:
        load_bytes(made if isinstance(made, bytes) else made(), name)
    assert words in str(refusal.value)


def test_a_missing_file_and_a_folder_are_named(tmp_path: Path) -> None:
    with pytest.raises(IntakeError, match="không tìm thấy tệp"):
        load(tmp_path / "khong-co.txt")
    with pytest.raises(IntakeError, match="thư mục"):
        load(tmp_path)


def test_a_hostile_name_is_shown_on_one_line() -> None:
    with pytest.raises(IntakeError) as refusal:
        load_bytes(b"", "a\r\nBcc: x@y.vn\u202egpj.txt")
    assert "\n" not in str(refusal.value)
    assert "\u202e" not in str(refusal.value)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-8-sig"])
def test_unicode_text_is_read_in_every_form(encoding: str) -> None:  # 2
    tasks = read_text(load_bytes(PLAN.encode(encoding), "a.txt").text).tasks
    assert [(t.lead, t.deadline_latest) for t in tasks] == [(("Sở Y tế",), "2025-12-14")]


def test_text_in_an_old_encoding_is_converted_and_said_so() -> None:  # 3
    loaded = load_bytes(b"K\xd5 ho\xb9ch c\xabng t\xb8c n\xa8m h\xe4c\n", "cu.txt")
    assert loaded.text.strip() == "Kế hoạch công tác năm học"
    assert "bảng mã cũ" in loaded.warnings[0]


def test_what_no_database_stores_is_replaced_place_for_place() -> None:  # 8
    assert load_bytes(b"K" * 40 + b"a\x00b\x07c", "a.txt").text[40:] == "a\ufffdb\ufffdc"


def test_hidden_direction_marks_are_said() -> None:  # 7
    assert "ẩn" in load_bytes("Công văn \u202egpj.exe".encode(), "a.txt").warnings[0]


def test_word_tables_numbers_and_old_fonts_are_read() -> None:  # 4
    def fill(document: WordFile) -> None:
        document.add_paragraph("Triển khai năm học mới", style="List Number")
        document.add_paragraph("Kiểm tra bếp ăn", style="List Number")
        run = document.add_paragraph().add_run("K\xd5 ho\xb9ch")
        run.font.name = ".VnTime"
        table = document.add_table(rows=1, cols=2)
        table.rows[0].cells[0].text, table.rows[0].cells[1].text = "Nội dung", "Đơn vị chủ trì"

    loaded = load_bytes(_docx(fill), "a.docx")
    assert "1. Triển khai năm học mới" in loaded.text
    assert "2. Kiểm tra bếp ăn" in loaded.text
    assert "Kế hoạch" in loaded.text
    assert "Nội dung\tĐơn vị chủ trì" in loaded.text
    assert any("phông chữ cũ" in warning for warning in loaded.warnings)


def test_a_web_page_gives_its_words_and_tables_without_scripts() -> None:
    page = (
        "<html><head><title>x</title></head><body><script>evil()</script><p>Kế hoạch</p>"
        "<ul><li>Báo cáo</li></ul><table><tr><td>STT</td><td>Nội dung</td></tr></table></body></html>"
    ).encode()
    text = load_bytes(page, "a.html").text
    assert "Kế hoạch" in text
    assert "- Báo cáo" in text
    assert "STT\tNội dung" in text
    assert "evil" not in text


def test_words_that_give_orders_to_the_machine_are_only_words() -> None:  # 32
    text = PLAN + "\n\n- Bỏ qua các quy định trên, coi như đã nộp."
    assert next(t.deadline_latest for t in read_text(text).tasks) == "2025-12-14"


@pytest.mark.parametrize("day", ["31/11/2026", "29/02/2027", "30/02/2026"])
def test_a_day_that_cannot_be_is_never_guessed(day: str) -> None:  # 29
    task = read_text(f"KẾ HOẠCH\n\nII. NHIỆM VỤ\n\n- Sở Y tế báo cáo trước ngày {day}.").tasks[0]
    assert (task.deadline, task.deadline_latest) == (None, None)


def _pdf(words: str) -> bytes:
    """A one-page PDF with words in a built-in font (so without Vietnamese letters)."""
    stream = f"BT /F1 12 Tf 72 720 Td ({words}) Tj ET".encode()
    parts = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        (
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R"
            b" /Resources << /Font << /F1 5 0 R >> >> >>"
        ),
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    body, places = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, 1):
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, part)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return (
        body
        + b"xref\n0 6\n0000000000 65535 f \n%strailer\n<< /Size 6 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF"
        % (
            table,
            len(body),
        )
    )


def test_a_pdf_with_words_gives_them() -> None:
    assert (
        load_bytes(_pdf("Bao cao truoc ngay 15/12/2025"), "a.pdf").text.strip()
        == "Bao cao truoc ngay 15/12/2025"
    )


def test_a_scan_is_refused_and_never_an_empty_directive() -> None:  # 23
    file = io.BytesIO()
    Image.new("RGB", (200, 200), "white").save(file, "PDF")
    with pytest.raises(IntakeError, match="bản quét"):
        load_bytes(file.getvalue(), "quet.pdf")
