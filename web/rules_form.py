"""The form a rule is written in: its conditions as rows and as text beside them, kept in step.

Rows and text are sent together with the text as it was when the page was made (`goc`), so that without scripts too
the server knows which of both was changed: a changed text wins, else the rows are written out.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from domain.folding import fold
from domain.sentence import Sentence
from domain.verdict import Consequence, Severity
from rules.check import check
from rules.errors import RuleError
from rules.own_rule import OwnText, read_own
from rules.pack import Pack, PackError
from rules.parser import parse
from rules.rows import BadRow, Row, rows_of, text_of
from rules.tree import Kind
from web.words import _

MOST_ROWS = 20
LONGEST = 20_000
PLAIN = {
    "title": "ten", "clause": "dieu_khoan", "document": "van_ban", "first": "tu", "last": "den",
    "severity": "muc_do", "then": "xu_ly", "days": "so_ngay", "watch_list": "danh_sach",
}  # fmt: skip
"""The rule's texts, under the names their fields are sent by."""


@dataclass(frozen=True)
class Fault:
    """What is wrong with one field. For a condition: the line of its text, cut where the fault begins."""

    said: str
    before: str = ""
    after: str = ""


@dataclass(frozen=True)
class Condition:
    """`rows` None: it can only be said as text. `changed`: which of both the other was brought into step with."""

    name: str
    text: str
    rows: Sequence[Row] | None
    fault: Fault | None = None
    changed: str = ""


@dataclass(frozen=True)
class Written:
    """A form as sent, its conditions brought into step. `faults` by field name."""

    rule: OwnText
    scope: Condition
    check: Condition
    faults: Mapping[str, Fault] = field(default_factory=dict)

    @property
    def is_sound(self) -> bool:
        return not self.faults and self.scope.fault is None and self.check.fault is None

    def with_row(self, name: str) -> "Written":
        """One more empty row."""
        grown = {
            part.name: replace(part, rows=[*part.rows, Row()])
            for part in (self.scope, self.check)
            if part.name == name and part.rows is not None and len(part.rows) < MOST_ROWS
        }
        return replace(self, scope=grown.get("pham_vi", self.scope), check=grown.get("dieu_kien", self.check))


def opened(rule: OwnText, pack: Pack) -> Written:
    """The form at first: nothing is wrong yet with what nobody has filled."""
    scope, checked = (_from_text(name, text, pack) for name, text in _conditions(rule))
    return Written(rule, scope, checked if rule.check else replace(checked, fault=None))


def sent(form: Mapping[str, Any], pack: Pack, rule_id: str) -> Written:
    """`rule_id` empty: a new rule, named after its title. A rule that is off stays off, whatever is changed in it."""
    said = {name: str(form.get(key, ""))[:LONGEST].strip() for name, key in PLAIN.items()}
    scope, checked = (_brought_into_step(name, form, pack) for name in ("pham_vi", "dieu_kien"))
    said |= {name: _iso(said[name]) for name in ("first", "last")}
    for name, then in (("days", Consequence.CORRECTIVE), ("watch_list", Consequence.WATCH)):
        if said["then"] != then:  # typed for a consequence that was not chosen in the end
            said[name] = ""
    off = next((rule.off for rule in pack.rules if rule.id == rule_id), "")
    rule = OwnText(**said, id=rule_id or _named(said["title"]), scope=scope.text, check=checked.text, off=off)
    faults = {
        PLAIN[name]: Fault(asked)
        for name, asked in (
            ("title", _("Hãy ghi tên quy tắc.")),
            ("clause", _("Hãy ghi điều khoản mà quy tắc thực hiện.")),
        )
        if not said[name]
    }
    if not checked.text and checked.fault is None:
        checked = replace(checked, fault=Fault(_("Hãy viết điều kiện.")))
    return Written(rule, scope, checked, faults or _of_the_rest(rule, scope, checked, pack))


def _iso(typed: str) -> str:
    """14/02/2026 as the rule keeps it; anything else is left for the reader of the rule to refuse."""
    parts = typed.split("/")
    return "-".join((parts[2], parts[1].zfill(2), parts[0].zfill(2))) if len(parts) == 3 else typed


def _named(title: str) -> str:
    """The id of a new rule: its title without marks; never the word that stands for a new rule in an address."""
    words = fold(title.replace("&", " ")).split()
    return "-".join(words if words != ["moi"] else ["quy", "tac", "moi"])[:60].strip("-")


def _of_the_rest(rule: OwnText, scope: Condition, checked: Condition, pack: Pack) -> Mapping[str, Fault]:
    """Days and words of the rule as a whole; its conditions have said already what is wrong with them."""
    if scope.fault or checked.fault:
        return {}
    try:
        read_own(rule.text, pack)
    except PackError as error:
        return {"quy_tac": Fault(error.message)}
    return {}


def _conditions(rule: OwnText) -> Sequence[tuple[str, str]]:
    return (("pham_vi", rule.scope), ("dieu_kien", rule.check))


def _from_text(name: str, text: str, pack: Pack) -> Condition:
    if not text:
        return Condition(name, "", [Row()])
    try:
        tree = check(parse(text), pack.vocabulary)
    except RuleError as error:
        return Condition(name, text, None, _placed(text, error))
    return Condition(name, text, rows_of(tree, pack.vocabulary))


def _placed(text: str, error: RuleError) -> Fault:
    line = text.splitlines()[error.place.line - 1] if error.place.line <= text.count("\n") + 1 else ""
    cut = error.place.column - 1
    return Fault(str(error), line[:cut], line[cut:])


def _brought_into_step(name: str, form: Mapping[str, Any], pack: Pack) -> Condition:
    text = str(form.get(name, ""))[: LONGEST + 1].strip()
    origin = str(form.get(f"{name}.goc", "")).strip()
    rows = _rows(name, form)
    if " ".join(text.split()) != " ".join(origin.split()) or not rows:
        return replace(_from_text(name, text, pack), changed="text")
    try:
        written = text_of(rows, pack.vocabulary)
    except BadRow as error:
        return Condition(name, text, rows, Fault(str(error)), "rows")
    if written == text or _same(written, text, pack):
        found = _from_text(name, text, pack)
        return replace(found, rows=rows if found.rows is not None else None)
    return replace(_from_text(name, written, pack), rows=rows, changed="rows")


def _same(written: str, text: str, pack: Pack) -> bool:
    """The rows still say what the text says, only in other words (`report.kitchen` is `report.kitchen == true`)."""
    found = _from_text(name="", text=text, pack=pack)
    return found.rows is not None and text_of(found.rows, pack.vocabulary) == written


def _rows(name: str, form: Mapping[str, Any]) -> list[Row]:
    found = []
    for number in range(MOST_ROWS):
        place = f"{name}.{number}."
        if f"{place}so_lieu" not in form:
            break
        said = [
            str(form.get(place + key, ""))[:500] for key in ("so_lieu", "quan_he", "gia_tri", "chia", "noi")
        ]
        found.append(Row(*said))
    return found


def options(pack: Pack) -> Sequence[tuple[str, Sequence[tuple[str, str]]]]:
    """What a condition may speak of, in groups: (group, ((path, name with its unit), ...)). Lists are left to text."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for path, meaning in pack.vocabulary.items():
        if meaning.kind not in {Kind.NUMBER, Kind.TEXT, Kind.DATE, Kind.BOOLEAN}:
            continue
        unit = (
            "/".join(name for name, _power in meaning.unit)
            if meaning.unit
            else "%"
            if meaning.unit == ()
            else ""
        )
        named = Sentence("{label} ({unit})", label=meaning.label, unit=unit) if unit else meaning.label
        groups.setdefault(path.partition(".")[0], []).append((path, named))
    return [(group, groups[group]) for group in GROUPS if group in groups]


GROUPS = {
    "report": Sentence("Báo cáo kỳ này"), "previous": Sentence("Kỳ trước"), "unit": Sentence("Đơn vị"),
    "targets": Sentence("Chỉ tiêu"),
    "submission": Sentence("Lần nộp"), "period": Sentence("Kỳ báo cáo"), "findings": Sentence("Phát hiện kiểm tra"),
}  # fmt: skip
SEVERITIES = {
    Severity.CRITICAL: Sentence("nghiêm trọng"), Severity.MAJOR: Sentence("lớn"), Severity.MINOR: Sentence("nhỏ"),
}  # fmt: skip
CONSEQUENCES = {
    Consequence.RETURN: Sentence("trả lại báo cáo"), Consequence.CORRECTIVE: Sentence("yêu cầu khắc phục"),
    Consequence.WATCH: Sentence("theo dõi"), Consequence.MAIL: Sentence("gửi thư"),
    Consequence.NOTE: Sentence("chỉ ghi nhận"),
}  # fmt: skip
