"""Files people send: read within limits, named safely, never believed about what they are."""

import unicodedata
from dataclasses import dataclass

from starlette.datastructures import FormData, UploadFile

from actions.errors import Refused

MAX_FILE = 20 * 1024 * 1024
MAX_FILES = 10
NAME_LENGTH = 150


@dataclass(frozen=True)
class Sent:
    name: str
    data: bytes


async def files_of(form: FormData, field: str) -> list[Sent]:
    """The non-empty files of a form field. Raises Refused naming the file that is too large."""
    sent = [one for one in form.getlist(field) if isinstance(one, UploadFile) and one.filename]
    if len(sent) > MAX_FILES:
        raise Refused("Mỗi lần gửi nhiều nhất {most} tệp.", most=MAX_FILES)
    found = []
    for one in sent:
        name = safe_name(one.filename or "")
        data = await one.read(MAX_FILE + 1)
        if len(data) > MAX_FILE:
            raise Refused(
                "Tệp “{name}” lớn hơn {most} MB. Hãy nén hoặc chia nhỏ rồi gửi lại.",
                name=name,
                most=MAX_FILE // 2**20,
            )
        found.append(Sent(name, data))
    return found


def safe_name(name: str) -> str:
    """What people see as the file's name: no folders, no control or direction marks, at most 150 characters
    with the ending kept. The bytes are stored under their hash, so a name can never reach the disk."""
    last = unicodedata.normalize("NFC", name).replace("\\", "/").rpartition("/")[2]
    shown = "".join(c for c in last if unicodedata.category(c)[0] != "C").strip(" .")
    stem, dot, ending = shown.rpartition(".")
    if len(shown) > NAME_LENGTH:
        shown = f"{stem[: NAME_LENGTH - 12]}{dot}{ending[:10]}"
    return shown or "tep"
