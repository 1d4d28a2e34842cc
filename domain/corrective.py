"""The notice (thông báo) that orders corrective work (khắc phục): after a visit, or after a report was judged."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from domain.checklist import SEVERITY_LABELS
from domain.inspection_record import RecordLine, VisitRecord
from domain.verdict import Verdict
from domain.wording import say_day


@dataclass(frozen=True)
class Order:
    """One thing to put right. `about` is its name, `said` what is wrong, in whole sentences; `wanted`: what is to be
    handed in, where that is known."""

    id: str
    about: str
    said: str
    due: date
    wanted: str = ""


@dataclass(frozen=True)
class CorrectiveNotice:
    """`unit` and `office` are names, `subject` what was looked at, `source` the paper it rests on, `name` the file
    name that keeps notices apart."""

    unit: str
    office: str
    subject: str
    source: str
    name: str
    day: date
    orders: tuple[Order, ...]

    def text(self) -> tuple[str, list[tuple[int, int]]]:
        """The notice, and where in it each order stands."""
        text = (
            f"THÔNG BÁO\n{self.subject}\n({self.source})\nYêu cầu {self.unit} khắc phục các nội dung sau:\n"
        )
        places = []
        for number, order in enumerate(self.orders, start=1):
            said = f"{number}. {order.said} Hoàn thành chậm nhất ngày {say_day(order.due)}."
            places.append((len(text), len(text) + len(said)))
            text += f"{said}\n"
        return text, places


def after_visit(record: VisitRecord, lines: Sequence[tuple[RecordLine, date]]) -> CorrectiveNotice:
    """What a visit found, each to be put right by its day."""
    return CorrectiveNotice(
        unit=record.unit, office=record.office, name=f"ket-qua-kiem-tra-{record.visit_id}", day=record.day,
        subject=f"Kết quả kiểm tra {record.title} tại {record.unit} ngày {say_day(record.day)}",
        source=f"theo biên bản kiểm tra số {record.visit_id}",
        orders=tuple(
            Order(line.id, line.text, " ".join(_found(line)), due, line.action or line.guidance)
            for line, due in lines
        ),
    )  # fmt: skip


def _found(line: RecordLine) -> Iterator[str]:
    yield f"{line.text}: không đạt, mức {SEVERITY_LABELS[line.severity]} ({line.clause})."
    if line.note:
        yield f"Tình trạng: {line.note.rstrip('.')}."
    if wanted := line.action or line.guidance:
        yield f"Biện pháp: {wanted.rstrip('.')}."


def after_judgement(
    verdicts: Sequence[tuple[Verdict, date]],
    *,
    submission_id: int,
    report: str,
    unit: str,
    office: str,
    day: date,
) -> CorrectiveNotice:
    """Rules that a report did not meet, each to be put right by its day. `report`: its title and period."""
    return CorrectiveNotice(
        unit=unit, office=office, name=f"ket-qua-tham-dinh-{submission_id}", day=day,
        subject=f"Kết quả thẩm định {report} của {unit}",
        source=f"theo số liệu đơn vị nộp, lần nộp số {submission_id}",
        orders=tuple(
            Order(verdict.rule_id, verdict.title, f"{' '.join(verdict.why.split()).rstrip('.')}.", due)
            for verdict, due in verdicts
        ),
    )  # fmt: skip
