"""Whether a zip archive (a .docx) is fit to open: sizes as streamed, names, macros, entities."""

import io
import stat
import zipfile
from collections.abc import Iterator

from domain.sentence import Sentence, WordedError

MOST_ENTRIES = 2_000
MOST_BYTES = 50_000_000  # of all members together, unpacked
MOST_RATIO = 200  # unpacked over packed, of a member above _SMALL
_SMALL = 1_000_000
_CHUNK = 65_536
# What scanners agree to take for a virus, so that the way of an infected file can be tried (EICAR, 1996); in two
# parts, or this file would be one.
VIRUS_SAMPLE = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}" + b"$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!"
INFECTED = Sentence("tệp chứa mã độc (mẫu thử EICAR). Tệp không được lưu; hãy quét máy gửi tệp này.")


class Unfit(WordedError):
    """Says in Vietnamese what is wrong with the archive."""


def check(data: bytes) -> None:
    """Raises Unfit for a bomb, a lying or colliding directory, macros, a password or an XML entity."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise Unfit("tệp hỏng hoặc bị cắt cụt.") from error
    with archive:
        entries = archive.infolist()
        _names(entries)
        total = 0
        for entry in entries:
            total += _size(archive, entry, MOST_BYTES - total)


def _names(entries: list[zipfile.ZipInfo]) -> None:
    if len(entries) > MOST_ENTRIES:
        raise Unfit(
            "tệp nén có {count} mục, nhiều hơn mức cho phép ({most}).", count=len(entries), most=MOST_ENTRIES
        )
    names = [entry.filename for entry in entries]
    if len(set(names)) != len(names):
        raise Unfit("tệp nén có hai mục cùng tên, không rõ mục nào là nội dung.")
    for entry in entries:
        name = entry.filename.replace("\\", "/")
        if name.startswith("/") or ".." in name.split("/") or stat.S_ISLNK(entry.external_attr >> 16):
            raise Unfit("tệp nén chứa đường dẫn ra ngoài.")
        if name.lower().endswith("vbaproject.bin"):
            raise Unfit("tệp chứa macro. Hãy lưu lại thành .docx không có macro.")
        if entry.flag_bits & 1:
            raise Unfit("tệp có mật khẩu. Hãy bỏ mật khẩu rồi nộp lại.")


def _size(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, left: int) -> int:
    """Bytes the member really unpacks to; what the directory says is not believed."""
    size = 0
    head = b""
    try:
        for chunk in _chunks(archive, entry):
            size += len(chunk)
            head = head or chunk[:2048]
            if VIRUS_SAMPLE in chunk:
                raise Unfit(INFECTED)
            if size > left or (size > _SMALL and size > MOST_RATIO * max(entry.compress_size, 1)):
                raise Unfit("tệp nén bung ra quá lớn so với mức cho phép.")
    except (zipfile.BadZipFile, EOFError, OSError, NotImplementedError, RuntimeError) as error:
        raise Unfit("tệp hỏng hoặc bị cắt cụt.") from error
    if entry.filename.lower().endswith((".xml", ".rels")) and b"<!doctype" in head.lower():
        raise Unfit("tệp chứa khai báo DOCTYPE trong XML, không được phép.")
    return size


def _chunks(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> Iterator[bytes]:
    with archive.open(entry) as member:
        while chunk := member.read(_CHUNK):
            yield chunk
