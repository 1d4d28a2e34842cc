"""Plain text: UTF-8, UTF-16, and the TCVN3 or VNI of old files."""

from intake import legacy

NAME = "txt"


def read(data: bytes) -> tuple[str, list[str]]:
    """The text and warnings. Text in UTF-8 or UTF-16 comes as it is; older encodings are converted."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16", "replace"), []
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        text = data.decode("cp1252", "replace") if _western(data) else data.decode("latin-1")
        return legacy.to_unicode(text), [
            "Tệp không phải Unicode: đã chuyển từ bảng mã cũ (TCVN3/VNI), cần rà lại chữ."
        ]
    if legacy.looks_legacy(text):
        return legacy.to_unicode(text), [
            "Chữ thuộc bảng mã cũ (TCVN3/VNI): đã chuyển sang Unicode, cần rà lại."
        ]
    return text, []


def _western(data: bytes) -> bool:
    return any(0x80 <= byte < 0xA0 for byte in data[:20_000])
