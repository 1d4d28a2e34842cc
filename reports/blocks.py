"""What an official document is made of, said once; `reports.as_docx` and `reports.as_pdf` give it its two forms.

Millimetres and points are those of Nghị định 30/2020/NĐ-CP, Phụ lục I, and live with the two forms.
"""

from dataclasses import dataclass, field
from datetime import datetime

from reports.document import Heading


@dataclass(frozen=True)
class Title:
    """Name of the type, and what it is about (tên loại, trích yếu)."""

    kind: str
    subject: str


@dataclass(frozen=True)
class Part:
    text: str


@dataclass(frozen=True)
class Body:
    text: str


@dataclass(frozen=True)
class Fine:
    """Small print: a hash, a hint."""

    text: str


@dataclass(frozen=True)
class Grid:
    """A ruled table; `widths` in millimetres, 165 together."""

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[int, ...]


@dataclass(frozen=True)
class Picture:
    """JPEG or PNG bytes. `width` in millimetres; `caption` also serves who cannot see it."""

    data: bytes
    caption: str
    width: int = 120


@dataclass(frozen=True)
class Sign:
    """A signature block: title in capitals, the drawing if there is one, the name."""

    title: str
    name: str = ""
    hint: str = "(Ký, ghi rõ họ tên)"
    drawn: bytes | None = None


@dataclass(frozen=True)
class Signs:
    """Two side by side."""

    left: Sign
    right: Sign


@dataclass(frozen=True)
class Closing:
    """Nơi nhận on the left, who signs on the right."""

    to: tuple[str, ...]
    sign: Sign


@dataclass(frozen=True)
class Annex:
    """Begins a page of its own, numbered from 1, unless the paper begins with it. `attached`: to which document."""

    title: str
    attached: str


Block = Heading | Title | Part | Body | Fine | Grid | Picture | Signs | Closing | Annex


@dataclass(frozen=True)
class Paper:
    """`made_at` aware; with the same blocks it gives the same bytes."""

    title: str
    author: str
    made_at: datetime
    blocks: tuple[Block, ...] = field(default=())
