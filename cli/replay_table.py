"""The table a replay ends with."""

from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import TypeVar

from rich.console import Console
from rich.table import Table

from domain.checklist import SEVERITY_LABELS
from domain.duty import DraftStatus, Kind
from domain.escalation import Fate
from domain.inspection import KIND_LABELS
from domain.letter import MailState
from domain.unit import Role
from domain.verdict import Outcome
from store.questions.inspection_tally import InspectionTally
from store.questions.tally import Tally

Word = TypeVar("Word", bound=StrEnum)

KINDS = {
    Kind.ONE_OFF: "một lần",
    Kind.RECURRING: "định kỳ",
    Kind.STANDING: "thường xuyên",
    Kind.CORRECTIVE: "khắc phục",
}
OUTCOMES = {Outcome.MET: "đạt", Outcome.NOT_MET: "không đạt", Outcome.UNKNOWN: "chưa kết luận được"}
ROLES = {
    Role.OFFICER: "người phụ trách",
    Role.HEAD: "thủ trưởng đơn vị",
    Role.CLERK: "văn phòng",
    Role.LEADER: "lãnh đạo phụ trách",
    Role.CHAIR: "người đứng đầu",
}
MAILS = {
    MailState.SENT: "đã gửi",
    MailState.SKIPPED: "không gửi (việc đã xong, thiếu địa chỉ)",
    MailState.FAILED: "gửi không được",
    MailState.PENDING: "chờ gửi",
    MailState.SENDING: "đang gửi",
    MailState.HELD: "giữ lại",
}
FATES = {
    Fate.CANCELLED: "bậc không nhắc nữa vì việc đã nộp",
    Fate.SKIPPED: "bậc không có người nhận",
    Fate.SUPERSEDED: "bậc gộp vào bậc sau",
    Fate.PENDING: "bậc đang chờ soạn thư",
}


def print_tally(console: Console, tally: Tally) -> None:
    table = Table("Mục", "Số lượng", show_lines=False)
    table.columns[1].justify = "right"
    for what, count in lines(tally):
        table.add_row(what, str(count))
    console.print(table)
    console.print(f"Mã nhật ký: {tally.audit_head}", highlight=False, soft_wrap=True)


def lines(tally: Tally) -> Iterator[tuple[str, int]]:
    yield "Việc đã giao", sum(tally.duties.values())
    yield from _each(KINDS, tally.duties)
    yield "Nội dung còn chờ người quyết định", tally.drafts.get(DraftStatus.PROPOSED, 0)
    yield "Kỳ thực hiện", tally.occurrences
    yield "Lượt giao cho đơn vị", tally.assignments
    yield "  nộp đúng hạn", tally.on_time
    yield "  nộp muộn", tally.late
    yield "  không nộp", tally.never
    yield "  chưa đến hạn", tally.not_due
    yield "  được miễn hoặc thu hồi", tally.out
    yield "Lần nộp", tally.rounds
    yield "  bị trả lại", tally.returned
    yield "Kết luận của quy tắc", sum(tally.verdicts.values())
    yield from _each(OUTCOMES, tally.verdicts)
    yield "Nhắc việc", sum(count for (offset, _), count in tally.told.items() if offset <= 0)
    yield from _rungs(tally, late=False)
    yield "Đôn đốc", sum(count for (offset, _), count in tally.told.items() if offset > 0)
    yield from _rungs(tally, late=True)
    yield from ((what, tally.fates[fate]) for fate, what in FATES.items() if tally.fates.get(fate))
    yield "Thư", sum(tally.mails.values())
    yield from _each(MAILS, tally.mails)
    yield "Báo cáo tháng", tally.reports
    if tally.inspections.visits:
        yield from _inspections(tally.inspections)


def _inspections(found: InspectionTally) -> Iterator[tuple[str, int]]:
    yield "Lượt bốc thăm đơn vị kiểm tra", found.draws
    yield "  đã công bố mã bí mật để kiểm lại", found.shown
    yield "Cuộc kiểm tra đã kết thúc", sum(found.visits.values())
    yield from _each(KIND_LABELS, found.visits)
    yield "Nội dung chưa đạt", sum(found.findings.values())
    yield from _each(SEVERITY_LABELS, found.findings)
    yield "  lặp lại tại cùng đơn vị", found.repeated
    yield "Việc khắc phục", found.corrective
    yield "  đã được duyệt", found.put_right
    yield "  phải báo lãnh đạo vì quá hạn", found.escalated
    yield "Đề xuất hướng dẫn chung", found.guidance


def _rungs(tally: Tally, *, late: bool) -> Iterator[tuple[str, int]]:
    for (offset, role), count in tally.told.items():
        if (offset > 0) == late:
            yield f"  {offset:+d} ngày làm việc: {ROLES.get(role, role)}", count


def _each(words: Mapping[Word, str], counts: Mapping[Word, int]) -> Iterator[tuple[str, int]]:
    return ((f"  {said}", counts[word]) for word, said in words.items() if counts.get(word))
