"""Files as text: what a file is by its bytes, and the reader of that format. Refusals are worded for people."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from domain.sentence import Sentence
from intake import archive
from intake.child import Unread, read_apart
from intake.readers import html, txt
from intake.refusal import IntakeError
from intake.text import fold

__all__ = ["IntakeError", "Loaded", "load", "load_bytes"]

MOST_BYTES = 20_000_000
MOST_CHARACTERS = 3_000_000
_SUFFIXES = {".txt": "txt", ".md": "txt", ".docx": "docx", ".pdf": "pdf", ".html": "html", ".htm": "html"}
_NAMES = {
    "txt": Sentence("văn bản thuần"),
    "docx": "Word (.docx)",
    "pdf": "PDF",
    "html": Sentence("trang web"),
}
# Binary formats are read in a limited process, words in this one.
_READERS: dict[str, Callable[[bytes], tuple[str, list[str]]]] = {
    "txt": txt.read,
    "html": html.read,
    "docx": partial(read_apart, "docx"),
    "pdf": partial(read_apart, "pdf"),
}
_REFUSALS = {
    "Locked": Sentence("tệp có mật khẩu. Hãy bỏ mật khẩu rồi nộp lại."),
    "Broken": Sentence("tệp hỏng, không đọc được. Hãy lưu lại từ chương trình gốc."),
    "Limits": Sentence("tệp quá lớn hoặc quá phức tạp để đọc an toàn. Hãy lưu lại hoặc tách nhỏ tệp."),
}
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_HTML = re.compile(
    rb"\s*(?:<!--.{0,500}?-->\s*)?<(?:!doctype\s+html|html|head|body|meta|title)\b", re.IGNORECASE | re.DOTALL
)
# The mark of a state secret (dấu độ mật) stands alone near the head of the first page.
_SECRET = re.compile(
    r"(?:^|\n)[\s|*_#\[]*(tuyệt mật|tối mật|mật)[\s|*_\].]*(?=\n|$)|độ mật\s*:\s*(tuyệt mật|tối mật|mật)\b"
)
_OTHERS = (b"MZ", b"\x7fELF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"Rar!", b"7z\xbc\xaf")
_FIRST_PAGE = 4_000
_LATIN = re.compile("[\x20-\u036f\u1e00-\u22ff\u2500-\u25ff]")
"""Latin letters with their marks, digits, punctuation, signs of lists and frames."""
_CONTROLS = dict.fromkeys((*range(9), *range(14, 32), 127), "�")
_HIDDEN = re.compile("[\u202a-\u202e\u2066-\u2069]")


@dataclass(frozen=True)
class Loaded:
    """The text of a file. For .txt its characters keep their places: what cannot be stored is replaced one
    for one."""

    text: str
    format: str
    warnings: tuple[str, ...] = ()


def load(path: Path | str) -> Loaded:
    """Reads a directive's file. Raises IntakeError, naming the file and what to do."""
    path = Path(path)
    try:
        if path.stat().st_size > MOST_BYTES:
            raise IntakeError(path.name, "tệp lớn hơn 20 MB. Hãy tách hoặc nén ảnh rồi nộp lại.")
        data = path.read_bytes()
    except FileNotFoundError as error:
        raise IntakeError(str(path), "không tìm thấy tệp. Hãy kiểm tra đường dẫn.") from error
    except IsADirectoryError as error:
        raise IntakeError(str(path), "đây là thư mục, không phải tệp.") from error
    except OSError as error:
        raise IntakeError(str(path), "không mở được tệp ({problem}).", problem=error.strerror) from error
    return load_bytes(data, path.name)


def load_bytes(data: bytes, name: str) -> Loaded:
    """The same for bytes already in hand; `name` is only shown and compared with what the bytes are."""
    if not data.strip(b"\x00 \t\r\n"):
        raise IntakeError(name, "tệp rỗng. Hãy chọn lại tệp có nội dung.")
    if len(data) > MOST_BYTES:
        raise IntakeError(name, "tệp lớn hơn 20 MB. Hãy tách hoặc nén ảnh rồi nộp lại.")
    if archive.VIRUS_SAMPLE in data:
        raise IntakeError(name, archive.INFECTED)
    found = _format(data, name)
    _same_as_name(found, name)
    text, warnings = _read(found, data, name)
    if len(text) > MOST_CHARACTERS:
        raise IntakeError(name, "văn bản dài hơn 3 triệu ký tự. Hãy tách thành nhiều tệp.")
    if not text.strip():
        raise IntakeError(
            name, "tệp không có chữ, có thể là bản quét. Hãy nhận dạng chữ hoặc nhập tay nội dung."
        )
    _legible(text, name)
    _not_secret(text, name)
    if _HIDDEN.search(text):
        warnings.append(
            Sentence("Văn bản có ký tự điều khiển ẩn (đảo chiều chữ), hãy rà lại tiêu đề và tên tệp.")
        )
    return Loaded(text.translate(_CONTROLS), found, tuple(warnings))


def _format(data: bytes, name: str) -> str:
    """The format by the first bytes, whatever the name says."""
    if data.startswith(_OLE):
        if _ENCRYPTED in data:
            raise IntakeError(name, "tệp có mật khẩu. Hãy bỏ mật khẩu rồi nộp lại.")
        raise IntakeError(name, "định dạng Word cũ (.doc) chưa đọc được. Hãy lưu lại thành .docx.")
    if data.startswith(b"PK"):
        return "docx"
    if data[:1024].lstrip().startswith(b"%PDF"):
        return "pdf"
    if _HTML.match(data[:2048].removeprefix(b"\xef\xbb\xbf")):
        return "html"
    start = data[:4096]
    wordy = data[:2] in (b"\xff\xfe", b"\xfe\xff") or start.count(0) * 20 < len(start)
    if wordy and not data.startswith(_OTHERS):
        return "txt"
    raise IntakeError(name, "không phải văn bản. Chỉ nhận .txt, .docx, .pdf và trang web lưu lại (.html).")


def _same_as_name(found: str, name: str) -> None:
    suffix = Path(name).suffix.lower()
    said = _SUFFIXES.get(suffix)
    if suffix in (".docm", ".dotm"):
        raise IntakeError(name, "tệp Word có macro (.docm). Hãy lưu lại thành .docx không có macro.")
    if said and said != found and not (said == "txt" and found == "html"):
        raise IntakeError(
            name,
            "tên tệp là {said} nhưng nội dung là {found}. Hãy kiểm tra lại tệp.",
            said=_NAMES[said],
            found=_NAMES[found],
        )


def _read(found: str, data: bytes, name: str) -> tuple[str, list[str]]:
    if found == "docx":
        try:
            archive.check(data)
        except archive.Unfit as why:
            raise IntakeError(name, str(why)) from why
    try:
        return _READERS[found](data)
    except Unread as why:
        raise IntakeError(name, _REFUSALS[str(why)]) from why


def _legible(text: str, name: str) -> None:
    """Bytes taken for letters (a wrong UTF-16 mark, a font of its own in a PDF) come out as signs of other scripts."""
    signs = "".join(text[:_FIRST_PAGE].split())
    if 2 * len(_LATIN.findall(signs)) < len(signs):
        raise IntakeError(
            name,
            "tệp không đọc ra chữ Việt (sai bảng mã). Hãy mở tệp, lưu lại dạng UTF-8 hoặc .docx rồi nộp lại.",
        )


def _not_secret(text: str, name: str) -> None:
    if found := _SECRET.search(fold(text[:_FIRST_PAGE])):
        mark = (found.group(1) or found.group(2)).upper()
        raise IntakeError(
            name,
            "văn bản có dấu độ mật ({mark}). Không đưa tài liệu mật vào hệ thống này; nội dung không được lưu.",
            mark=mark,
        )
