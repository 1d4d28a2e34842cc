"""Draft of the letter that urges units on (công văn đôn đốc), in the form of Nghị định 30/2020/NĐ-CP, Phụ lục I.

A draft for the leader to change and sign: number, signature and seal stay empty. A People's Committee is a
collective: its letters are signed in its name (TM.), and its own short form stands in their symbol (Phụ lục I,
phần I, mục II.3 and II.7).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from docx.document import Document as DocumentType

from domain.folding import fold
from domain.wording import say_day
from reports import document as form


@dataclass(frozen=True)
class Owed:
    """One piece of overdue work. `source`: clause and document; `late`: working days after the deadline; `leads`: of
    a coordinator's part, the units that wait for it."""

    key: str
    unit: str
    title: str
    source: str
    due_on: date
    late: int
    url: str
    leads: tuple[str, ...] = ()


@dataclass(frozen=True)
class From:
    """Who writes (names as in the office's settings)."""

    office: str
    superior: str
    place: str

    @property
    def is_committee(self) -> bool:
        return fold(self.office).startswith(("uy ban nhan dan", "ubnd"))

    @property
    def symbol(self) -> str:
        return "/UBND-" if self.is_committee else "/"

    @property
    def authority(self) -> Sequence[str]:
        return ("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH") if self.is_committee else ("THỦ TRƯỞNG CƠ QUAN",)


def render(sender: From, owed: Sequence[Owed], made_at: datetime, today: date, asked: date) -> bytes:
    """The .docx; `owed`: at least one, worst first; `asked`: the last day it proposes. The same content gives the
    same bytes."""
    subject = f"V/v đôn đốc thực hiện {len(owed)} việc quá hạn"
    document = form.new_document(subject, sender.office, made_at)
    form.heading(document, form.Heading(sender.superior, sender.office, sender.symbol, sender.place, today))
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
    form.table(document, heads, rows, (10, 43, 63, 26, 23))
    form.body(
        document,
        f"{sender.office} yêu cầu các đơn vị hoàn thành và báo cáo kết quả, nêu rõ lý do chậm, chậm nhất "
        f"{form.say_full_day(asked)}./.",
    )
    _closing(document, sender, [lead for one in owed for lead in one.leads])
    return form.to_bytes(document)


def _closing(document: DocumentType, sender: From, leads: Sequence[str]) -> None:
    block = document.add_table(rows=1, cols=2)
    form.widths(block, (80, 85))
    to, signed = block.rows[0].cells
    form.line(to, "Nơi nhận:", size=12, bold=True, italic=True, align=form.LEFT)
    for one in ("Như trên", *(f"{lead} (chủ trì, theo dõi)" for lead in dict.fromkeys(leads))):
        form.line(to, f"- {one};", size=11, align=form.LEFT)
    form.line(to, "- Lưu: VT.", size=11, align=form.LEFT)
    for authority in sender.authority:
        form.line(signed, authority, size=13, bold=True)
    form.line(signed, "(Ký, ghi rõ họ tên)", size=13, italic=True)
    if sender.is_committee:
        form.line(signed, "(Cấp phó ký: KT. CHỦ TỊCH, PHÓ CHỦ TỊCH)", size=11, italic=True)
