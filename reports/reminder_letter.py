"""Draft of the letter that urges units on (công văn đôn đốc), in the form of Nghị định 30/2020/NĐ-CP, Phụ lục I.

A draft for the leader to change and sign: number, signature and seal stay empty.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from docx.document import Document as DocumentType

from domain.wording import say_day
from reports import document as form


@dataclass(frozen=True)
class Owed:
    """One piece of overdue work. `source`: clause and document; `late`: working days after the deadline."""

    key: str
    unit: str
    title: str
    source: str
    due_on: date
    late: int
    url: str


@dataclass(frozen=True)
class From:
    """Who writes (names as in the office's settings)."""

    office: str
    superior: str
    place: str


def render(sender: From, owed: Sequence[Owed], made_at: datetime, today: date) -> bytes:
    """The .docx; `owed`: at least one, worst first. The same content gives the same bytes."""
    subject = f"V/v đôn đốc thực hiện {len(owed)} việc quá hạn"
    document = form.new_document(subject, sender.office, made_at)
    form.heading(document, form.Heading(sender.superior, sender.office, "/CV", sender.place, today))
    form.paragraph(document, subject, size=12, before=6)
    units = list(dict.fromkeys(one.unit for one in owed))
    form.paragraph(document, f"Kính gửi: {'; '.join(units)}", size=14, align=form.CENTRE, before=12)
    form.body(
        document,
        f"Qua theo dõi, tính đến {form.say_full_day(today)}, các việc sau đã quá hạn mà chưa hoàn thành:",
    )
    rows = [
        (str(number), one.unit, f"{one.title} ({one.source})", say_day(one.due_on), str(one.late))
        for number, one in enumerate(owed, start=1)
    ]
    heads = ("TT", "Đơn vị", "Việc", "Thời hạn", "Quá hạn (ngày làm việc)")
    form.table(document, heads, rows, (10, 45, 65, 23, 22))
    form.body(
        document,
        f"{sender.office} yêu cầu các đơn vị khẩn trương hoàn thành và báo cáo kết quả, nêu rõ lý do chậm./.",
    )
    _closing(document)
    return form.to_bytes(document)


def _closing(document: DocumentType) -> None:
    block = document.add_table(rows=1, cols=2)
    form.widths(block, (80, 85))
    to, signed = block.rows[0].cells
    form.line(to, "Nơi nhận:", size=12, bold=True, italic=True, align=form.LEFT)
    form.line(to, "- Như trên;", size=11, align=form.LEFT)
    form.line(to, "- Lưu: VT.", size=11, align=form.LEFT)
    form.line(signed, "THỦ TRƯỞNG CƠ QUAN", size=13, bold=True)
    form.line(signed, "(Ký, ghi rõ họ tên)", size=13, italic=True)
