"""The synthesis report (báo cáo tổng hợp) as a .docx in the form of Nghị định 30/2020/NĐ-CP, mẫu 1.4.

Says only what `Synthesis` says. Every figure names the units it was summed from; a unit that has not reported
stands in the text as "chưa báo cáo".
"""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from docx.document import Document

from domain.assignment import STANDING_LABELS, Standing
from domain.report import DutyLine, Figure, StandingLine, Synthesis, UnitLine
from domain.wording import say_clause, say_day
from reports import document as form

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
SILENT = "chưa báo cáo"
NAMED = 10
"""So many units are named; of more the number says it."""
DONE = (Standing.DONE, Standing.DONE_LATE)


def render(synthesis: Synthesis) -> bytes:
    """The document's bytes; the same synthesis always gives the same ones."""
    closed = synthesis.closed_at.astimezone(ZoneInfo(synthesis.zone))
    document = form.new_document(f"Báo cáo {synthesis.title}", synthesis.office, synthesis.closed_at)
    form.heading(
        document, form.Heading(synthesis.superior, synthesis.office, "/BC-", synthesis.place, closed.date())
    )
    form.title(document, "Báo cáo", synthesis.title)
    _overview(document, synthesis, closed)
    _work(document, "II. KẾT QUẢ TỪNG VIỆC ĐẾN HẠN TRONG KỲ", synthesis.duties)
    if synthesis.carried:
        _work(document, "Việc quá hạn từ các kỳ trước", synthesis.carried)
    _figures(document, synthesis.figures)
    _standing(document, synthesis)
    _closing(document, synthesis)
    _annex(document, synthesis.units, ZoneInfo(synthesis.zone))
    return form.to_bytes(document)


def _overview(document: Document, synthesis: Synthesis, closed: datetime) -> None:
    form.section(document, "I. TÌNH HÌNH CHUNG")
    counts = _total(synthesis.duties)
    owed = sum(line.owed for line in synthesis.duties)
    said = "; ".join(
        f"{STANDING_LABELS[standing].lower()}: {counts[standing]}"
        for standing in Standing
        if counts[standing]
    )
    form.body(
        document,
        f"Tính đến {closed:%H} giờ {closed:%M} {form.say_full_day(closed.date())}, trong kỳ có "
        f"{len(synthesis.duties)} việc đến hạn với {owed} lượt đơn vị phải thực hiện"
        + (f" ({said})." if said else "."),
    )
    if owed:
        form.body(document, f"Tỷ lệ hoàn thành đúng hạn: {share(counts[Standing.DONE], owed)}.")
    silent = [line.unit for line in synthesis.units if line.sent_at is None]
    if synthesis.units:
        named = f": {'; '.join(silent)}" if silent else ""
        form.body(document, f"Đơn vị {SILENT} ({len(silent)}){named}.")


def _work(document: Document, title: str, lines: Sequence[DutyLine]) -> None:
    form.section(document, title)
    if not lines:
        form.body(document, "Trong kỳ không có việc nào đến hạn.")
        return
    rows = [
        (
            str(number),
            f"{line.title}{_in_brackets(say_clause(line.clause))}",
            line.lead,
            say_day(line.due_on),
            f"{sum(line.counts.get(s, 0) for s in DONE)}/{line.owed}",
            _rest(line),
        )
        for number, line in enumerate(lines, start=1)
    ]
    heads = ("TT", "Nội dung công việc", "Chủ trì", "Thời hạn", "Hoàn thành", "Ghi chú")
    form.table(document, heads, rows, (10, 57, 34, 25, 18, 21))


def _rest(line: DutyLine) -> str:
    """What a reader must know beyond the share: late, overdue, waiting."""
    return "; ".join(
        f"{STANDING_LABELS[standing].lower()}: {count}"
        for standing in Standing
        if standing is not Standing.DONE and (count := line.counts.get(standing, 0))
    )


def _figures(document: Document, figures: Sequence[Figure]) -> None:
    """Figures of the same units share one numbered source, spelled out below the table."""
    form.section(document, "III. SỐ LIỆU TỔNG HỢP")
    if not figures:
        form.body(document, "Trong kỳ không có số liệu nào phải báo cáo.")
        return
    distinct = dict.fromkeys(figure.sources for figure in figures)
    sources = {given: number for number, given in enumerate(distinct, start=1)}
    rows = [
        (str(n), f.label, f.unit, say_number(f.total) if f.sources else "", _source(f, sources[f.sources]))
        for n, f in enumerate(figures, start=1)
    ]
    form.table(document, ("TT", "Số liệu", "Đơn vị tính", "Tổng số", "Nguồn"), rows, (10, 72, 25, 25, 33))
    for given, number in sources.items():
        named = "; ".join(given) if given else "không có đơn vị nào"
        form.body(document, f"Nguồn {number} ({len(given)} đơn vị): {named}.")


def _source(figure: Figure, number: int) -> str:
    silent = f"; {SILENT}: {figure.silent}" if figure.silent else ""
    return f"Nguồn {number}{silent}"


def _standing(document: Document, synthesis: Synthesis) -> None:
    form.section(document, "IV. NHIỆM VỤ THƯỜNG XUYÊN")
    if not synthesis.standing_duties:
        form.body(document, "Không có nhiệm vụ thường xuyên nào đang được giao.")
        return
    form.body(document, "Đơn vị xác nhận bằng lời khi nộp báo cáo trong kỳ:")
    for duty in synthesis.standing_duties:
        form.body(document, f"- {duty.title}: {_attested(duty)}.")


def _attested(duty: StandingLine) -> str:
    if not duty.attested and not duty.silent:
        return "trong kỳ không có đơn vị nào phải thực hiện"
    names = f" ({'; '.join(duty.attested)})" if 0 < len(duty.attested) <= NAMED else ""
    return f"{len(duty.attested)} đơn vị đã xác nhận{names}; {duty.silent} đơn vị chưa xác nhận"


def _closing(document: Document, synthesis: Synthesis) -> None:
    form.body(document, f"Trên đây là báo cáo {_lower(synthesis.title)}./.")
    block = document.add_table(rows=1, cols=2)
    form.widths(block, (80, 85))
    to, signed = block.rows[0].cells
    form.line(to, "Nơi nhận:", size=12, bold=True, italic=True, align=form.LEFT)
    for name in (synthesis.superior, "Các đơn vị thực hiện", "Lưu: VT"):
        if name:
            form.line(to, f"- {name}{'.' if name.startswith('Lưu') else ';'}", size=11, align=form.LEFT)
    form.line(signed, "THỦ TRƯỞNG CƠ QUAN", size=13, bold=True)
    form.line(signed, "(Ký, ghi rõ họ tên)", size=13, italic=True)
    form.paragraph(
        document,
        f"Mã kiểm nhật ký khi lập báo cáo: {synthesis.audit_head}",
        size=10,
        before=12,
    )


def _annex(document: Document, units: Sequence[UnitLine], zone: ZoneInfo) -> None:
    if not units:
        return
    annex = form.paragraph(document, "Phụ lục", size=14, bold=True, align=form.CENTRE)
    annex.paragraph_format.page_break_before = True
    form.paragraph(document, "TÌNH HÌNH BÁO CÁO CỦA CÁC ĐƠN VỊ", size=14, bold=True, align=form.CENTRE)
    rows = [
        (
            str(number),
            line.unit,
            f"{line.sent_at.astimezone(zone):%H:%M %d/%m/%Y}" if line.sent_at else SILENT,
            STANDING_LABELS[line.standing],
            str(line.rounds) if line.rounds else "",
            "; ".join(line.broken),
        )
        for number, line in enumerate(units, start=1)
    ]
    heads = ("TT", "Đơn vị", "Nộp lúc", "Tình trạng", "Số lần nộp", "Quy tắc chưa đạt")
    form.table(document, heads, rows, (10, 50, 28, 28, 15, 34))


def say_number(text: str) -> str:
    """1234567.5 → 1.234.567,5, the way a Vietnamese document writes it."""
    plain = f"{Decimal(text).normalize():,f}"
    return plain.translate(str.maketrans(",.", ".,"))


def share(part: int, whole: int) -> str:
    """35/40 (87,5%)."""
    per_mille = (Decimal(part) * 1000 / whole).quantize(Decimal(1))
    return f"{part}/{whole} ({say_number(str(per_mille / 10))}%)"


def _total(lines: Sequence[DutyLine]) -> Counter[Standing]:
    return sum((Counter(line.counts) for line in lines), Counter())


def _in_brackets(text: str) -> str:
    return f" ({text})" if text else ""


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]
