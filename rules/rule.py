"""A rule as judged, and what any rule may speak of."""

from dataclasses import dataclass

from domain.sentence import Sentence
from domain.verdict import Consequence, Severity
from rules.tree import Kind, Node

STANDARD: dict[str, tuple[Kind, str]] = {
    "unit.code": (Kind.TEXT, Sentence("mã đơn vị")),
    "unit.name": (Kind.TEXT, Sentence("tên đơn vị")),
    "unit.kind": (Kind.TEXT, Sentence("loại đơn vị")),
    "unit.level": (Kind.TEXT, Sentence("cấp học")),
    "unit.ownership": (Kind.TEXT, Sentence("loại hình")),
    "period.key": (Kind.TEXT, Sentence("kỳ báo cáo")),
    "period.start": (Kind.DATE, Sentence("ngày đầu kỳ")),
    "period.end": (Kind.DATE, Sentence("ngày cuối kỳ")),
    "submission.handed_in_on": (Kind.DATE, Sentence("ngày nộp")),
    "submission.due_on": (Kind.DATE, Sentence("hạn nộp")),
    "submission.on_time": (Kind.BOOLEAN, Sentence("nộp đúng hạn")),
    "submission.round": (Kind.NUMBER, Sentence("lần nộp")),
    "submission.files": (Kind.NUMBER, Sentence("số tệp kèm theo")),
    "findings.open": (Kind.NUMBER, Sentence("phát hiện chưa khắc phục")),
    "findings.open_critical": (Kind.NUMBER, Sentence("phát hiện nghiêm trọng chưa khắc phục")),
    "findings.overdue": (Kind.NUMBER, Sentence("phát hiện quá hạn khắc phục")),
    "findings.year": (Kind.NUMBER, Sentence("phát hiện trong 12 tháng")),
    "findings.repeated": (Kind.NUMBER, Sentence("phát hiện lặp lại trong 12 tháng")),
    "findings.visits": (Kind.NUMBER, Sentence("lần kiểm tra trong 12 tháng")),
}
"""What every case may tell, besides the report: see docs/rules.md."""


@dataclass(frozen=True, slots=True)
class Rule:
    """`scope` and `check` are checked trees; the rule says nothing of a case outside its scope. `off` is the
    reason a rule is switched off, empty for a rule in force. `version` is a hash of all it says. `days`: working days
    for corrective work, None as the office has it for the severity; `watch_list`: the code of the list that `then:
    watch` puts a unit on, empty for the rule's own."""

    id: str
    title: str
    clause: str
    document: str
    severity: Severity
    then: Consequence
    check: Node
    check_text: str
    scope: Node | None
    scope_text: str
    off: str
    version: str
    days: int | None = None
    watch_list: str = ""
