"""One letter as bytes for a mail server (RFC 5322, MIME).

Written directly and in 7 bits: human words become base64 encoded-words, bodies base64. Python's own
`email.message` turns `=?utf-8?q?a=0d=0aBcc:_evil@e.vn?=` in a title into a Bcc line (CVE-2024-6923, open on
3.11.7), so it is not used here. What was written is read again: a block of headers must be lines of visible ASCII in
which nobody can read another header than was meant; a body must be base64, which can open no part and no header.
The writer refuses what is unsafe; cleaning is the renderer's work.
"""

import re
import unicodedata
from base64 import b64encode
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime
from functools import cached_property, lru_cache
from hashlib import sha256
from pathlib import PurePath

from domain.address import BadAddress, bare_address, is_local
from notifications.render import LONGEST_SUBJECT


class MessageRefused(ValueError):
    """This letter cannot become a safe message, today or tomorrow. Worded for the office."""


@dataclass(frozen=True)
class Attachment:
    name: str
    media_type: str
    content: bytes


@dataclass(frozen=True)
class Sender:
    """Where letters come from. A sender `@localhost` or `.test` may write to such addresses, no other may."""

    address: str
    name: str
    reply_to: str = ""


def always() -> bool:
    return True


@dataclass(frozen=True)
class Mail:
    """A letter to one person. `id` is the caller's; `date` is aware; `message_id` has its angle brackets.
    `unsubscribe`: the https address that stops such letters at a post (RFC 8058), empty where they are owed.
    `ours`: asked right before it is handed over; where it is no more, another sender may have taken it."""

    id: int
    message_id: str
    sender: Sender
    to_address: str
    to_name: str
    subject: str
    text: str
    html: str
    date: datetime
    attachments: tuple[Attachment, ...] = ()
    unsubscribe: str = ""
    ours: Callable[[], bool] = always


@dataclass(frozen=True)
class _Part:
    headers: tuple[tuple[str, str], ...]
    body: bytes = b""
    children: tuple["_Part", ...] = ()
    boundary: str = ""

    def walk(self) -> Iterator["_Part"]:
        yield self
        for child in self.children:
            yield from child.walk()

    @cached_property
    def head(self) -> bytes:
        return "".join(f"{name}: {value}\r\n" for name, value in self.headers).encode("ascii") + b"\r\n"

    def bytes(self) -> bytes:
        if not self.children:
            return self.head + self.body
        line = f"--{self.boundary}".encode("ascii")
        inner = b"".join(line + b"\r\n" + child.bytes() + b"\r\n" for child in self.children)
        return self.head + inner + line + b"--\r\n"


def build(mail: Mail) -> bytes:
    """The message, CRLF line ends, ASCII only; the same mail gives the same bytes. Raises MessageRefused."""
    content = _content(mail)
    message = _Part((*_headers(mail), *content.headers), content.body, content.children, content.boundary)
    for part in message.walk():
        prove_head(part.head, tuple(name for name, _ in part.headers))
        prove_body(part.body)
    return message.bytes()


def prove_head(head: bytes, names: tuple[str, ...]) -> None:
    """Raises MessageRefused unless `head` is these headers and the empty line, and no more: each line is visible ASCII
    and begins with a name, or with the blank that continues the line before."""
    read = _HEAD.fullmatch(head) and [name.decode("ascii") for name in _NAME.findall(head)]
    if read != list(names):
        raise MessageRefused("Thư đọc lại không khớp với thư đã viết; có thể nội dung chứa mã lạ.")


def prove_body(body: bytes) -> None:
    """Raises MessageRefused unless `body` is lines of base64: among its letters there is none that begins a
    boundary, and no line of it is a dot."""
    if not _BASE64.fullmatch(body):
        raise MessageRefused("Thân thư không ở dạng base64.")


_LINE = 76
"""Letters of base64 (RFC 2045, 6.8)."""
_HEAD = re.compile(rb"(?:[A-Za-z-]+: [!-~][ -~]*\r\n(?: [!-~][ -~]*\r\n)*)+\r\n")
_NAME = re.compile(rb"^([A-Za-z-]+):", re.MULTILINE)
_BASE64 = re.compile(rb"(?:[A-Za-z0-9+/=]{1,76}\r\n)*")


def wire_address(mail: Mail) -> str:
    """The one recipient, checked. Raises MessageRefused."""
    return _address(mail.to_address, mail.sender)


def _headers(mail: Mail) -> Iterator[tuple[str, str]]:
    sender = mail.sender
    if len(mail.subject) > LONGEST_SUBJECT:
        raise MessageRefused(f"Tiêu đề thư dài quá {LONGEST_SUBJECT} ký tự.")
    if mail.date.tzinfo is None:
        raise ValueError("naive date: give it a time zone")
    yield "From", _mailbox(sender.name, _address(sender.address, sender))
    yield "To", _mailbox(mail.to_name, wire_address(mail))
    if sender.reply_to:
        yield "Reply-To", _address(sender.reply_to, sender)
    yield "Subject", _words(mail.subject, "Tiêu đề thư")
    yield "Date", format_datetime(mail.date)
    yield "Message-ID", _message_id(mail.message_id)
    yield "Auto-Submitted", "auto-generated"  # RFC 3834: out-of-office programs must not answer
    if mail.unsubscribe:
        yield "List-Unsubscribe", f"<{_link(mail.unsubscribe)}>"
        yield "List-Unsubscribe-Post", "List-Unsubscribe=One-Click"
    yield "MIME-Version", "1.0"


def _content(mail: Mail) -> _Part:
    both = _multipart("alternative", mail, _text("plain", mail.text), _text("html", mail.html))
    if not mail.attachments:
        return both
    return _multipart("mixed", mail, both, *(_file(attachment) for attachment in mail.attachments))


def _multipart(subtype: str, mail: Mail, *children: _Part) -> _Part:
    # "=_" cannot occur in base64, so no body can contain the boundary.
    boundary = f"=_{subtype}_{sha256(mail.message_id.encode()).hexdigest()[:24]}"
    return _Part(
        (("Content-Type", f'multipart/{subtype};\r\n boundary="{boundary}"'),),
        children=children,
        boundary=boundary,
    )


def _text(subtype: str, text: str) -> _Part:
    lines = "\r\n".join(text.splitlines()) + "\r\n"
    return _base64(f"text/{subtype}; charset=utf-8", _utf8(lines, "Nội dung thư"))


def _file(attachment: Attachment) -> _Part:
    if not re.fullmatch(r"[a-z]+/[a-z0-9.+-]+", attachment.media_type):
        raise MessageRefused(f"Kiểu tệp đính kèm {attachment.media_type!r} không hợp lệ.")
    disposition = ("Content-Disposition", f'attachment;\r\n filename="{file_slug(attachment.name)}"')
    return _base64(attachment.media_type, attachment.content, disposition)


def _base64(media_type: str, content: bytes, *more: tuple[str, str]) -> _Part:
    letters = b64encode(content)
    lines = [letters[at : at + _LINE] for at in range(0, len(letters), _LINE)]
    return _Part(
        (("Content-Type", media_type), ("Content-Transfer-Encoding", "base64"), *more),
        b"\r\n".join([*lines, b""]),
    )


def file_slug(name: str) -> str:
    """An attachment's name in plain ASCII: `Công văn đôn đốc.docx` is `Cong-van-don-doc.docx`."""
    path = PurePath(name.replace("\\", "/").replace("đ", "d").replace("Đ", "D"))

    def plain(text: str) -> str:
        ascii_only = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode("ascii")
        return re.sub(r"[^A-Za-z0-9]+", "-", ascii_only).strip("-")

    extension = plain(path.suffix)[:10]
    return (plain(path.stem)[:80] or "tep-dinh-kem") + (f".{extension}" if extension else "")


def _mailbox(name: str, address: str) -> str:
    return f"{_words(name, 'Tên người nhận hoặc người gửi')}\r\n <{address}>" if name else address


UNSAFE = {"Cc", "Cs", "Zl", "Zp"}
_PLAIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9 ]{0,50}")
_CHUNK = 39
"""Bytes an encoded-word carries: with `Subject: ` before it, the line stays within 76 (RFC 2047, 2)."""


@lru_cache(maxsize=256)  # our own name, and a title that many letters have
def _words(text: str, what: str) -> str:
    """Human words as a header value: plain where nothing can be misread, else encoded-words, folded."""
    text = unicodedata.normalize("NFC", text).replace("=?", "= ?")  # some readers decode twice
    if not text.isprintable() and (unsafe := {c for c in text if unicodedata.category(c) in UNSAFE}):
        shown = ", ".join(sorted(f"U+{ord(c):04X}" for c in unsafe))
        raise MessageRefused(f"{what} có ký tự điều khiển ({shown}): {text[:80]!r}")
    if _PLAIN.fullmatch(text):
        return text
    return "\r\n ".join(f"=?utf-8?b?{b64encode(chunk).decode('ascii')}?=" for chunk in _chunks(text))


def _chunks(text: str) -> Iterator[bytes]:
    """Cut between letters, never before a combining mark: each word must be whole (RFC 2047, 5)."""
    whole = text.encode("utf-8")
    if len(whole) <= _CHUNK:
        yield whole
        return
    chunk = b""
    for letter in re.findall(r".[\u0300-\u036f]{0,8}", text):
        more = letter.encode("utf-8")
        if len(chunk) + len(more) > _CHUNK:
            yield chunk
            chunk = b""
        chunk += more
    yield chunk


def _utf8(text: str, what: str) -> bytes:
    try:
        return text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise MessageRefused(f"{what} có ký tự hỏng ở vị trí {error.start}.") from error


def _address(text: str, sender: Sender) -> str:
    try:
        return bare_address(text, local=is_local(sender.address))
    except BadAddress as error:
        raise MessageRefused(str(error)) from error


def _link(text: str) -> str:
    if not re.fullmatch(r"https?://[A-Za-z0-9.:\[\]-]+/[A-Za-z0-9._/-]{1,300}", text):
        raise MessageRefused(f"Đường dẫn {text[:80]!r} không hợp lệ.")
    return text


def _message_id(text: str) -> str:
    if not re.fullmatch(r"<[A-Za-z0-9._-]+@[A-Za-z0-9.-]+>", text):
        raise MessageRefused(f"Mã thư {text!r} không hợp lệ.")
    return text
