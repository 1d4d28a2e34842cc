"""A photo as it arrives: what it is by its bytes, and without what it tells about its author.

A camera writes the place, the time and the device into the file (EXIF, XMP, IPTC); a phone of ours has taken that out
already, any other may not have. Segments are cut out and nothing is drawn anew: a clean photo keeps its bytes and
its hash.
"""

import struct
from collections.abc import Iterator

from intake.refusal import IntakeError

JPEG, PNG = "image/jpeg", "image/png"
LARGEST = 12_000_000

_JPEG_START, _PNG_START = b"\xff\xd8", b"\x89PNG\r\n\x1a\n"
_SCAN = 0xDA
_BARE = {0x01, *range(0xD0, 0xD8)}  # markers without a length
_KEPT = {0xE0, 0xEE}  # JFIF; Adobe, which says how the colours are to be read
_COLOURS = b"ICC_PROFILE\0"  # what a canvas writes, and says only how the colours are to be read
_TELLING = {*range(0xE0, 0xF0), 0xFE} - _KEPT
_PNG_TELLING = {b"eXIf", b"tEXt", b"zTXt", b"iTXt", b"tIME"}


def clean(data: bytes, name: str) -> tuple[bytes, str]:
    """The bytes to keep and their media type. Raises IntakeError for what is no JPEG or PNG, is cut off, or is
    larger than `LARGEST` bytes."""
    if len(data) > LARGEST:
        raise IntakeError(name, "ảnh quá lớn. Tối đa {most} MB một ảnh.", most=LARGEST // 1_000_000)
    try:
        if data.startswith(_JPEG_START):
            return b"".join(_jpeg(data)), JPEG
        if data.startswith(_PNG_START):
            return b"".join(_png(data)), PNG
    except (IndexError, struct.error):
        raise IntakeError(name, "ảnh bị cắt cụt hoặc hỏng. Hãy chụp lại.") from None
    raise IntakeError(name, "không phải là ảnh JPEG hoặc PNG. Hãy chụp lại bằng ứng dụng.")


def _jpeg(data: bytes) -> Iterator[bytes]:
    """Segments up to the first scan, then everything to the end of the picture; what hangs on behind it goes too."""
    yield _JPEG_START
    at = 2
    while True:
        if data[at] != 0xFF:
            raise IndexError
        marker = data[at + 1]
        if marker == _SCAN:
            end = data.rindex(b"\xff\xd9", at) + 2 if b"\xff\xd9" in data[at:] else len(data) + 1
            if end > len(data):
                raise IndexError
            yield data[at:end]
            return
        if marker in _BARE or marker == 0xFF:
            yield data[at : at + 1 + (marker != 0xFF)]
            at += 1 + (marker != 0xFF)
            continue
        (length,) = struct.unpack_from(">H", data, at + 2)
        if at + 2 + length > len(data) or length < 2:
            raise IndexError
        if marker not in _TELLING or data.startswith(_COLOURS, at + 4):
            yield data[at : at + 2 + length]
        at += 2 + length


def _png(data: bytes) -> Iterator[bytes]:
    yield _PNG_START
    at = len(_PNG_START)
    while True:
        length, kind = struct.unpack_from(">I4s", data, at)
        end = at + 12 + length
        if end > len(data):
            raise IndexError
        if kind not in _PNG_TELLING:
            yield data[at:end]
        if kind == b"IEND":
            return
        at = end
