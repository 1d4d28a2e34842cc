"""Duty drafts of one document, taken node by node in the order of the text."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from domain.draft import Because, DocumentFacts, DutyDraft, DutyKind, Force, PassageKind, Role, Target
from intake.blocks import Block
from intake.context import Context
from intake.figures import targets_in
from intake.grammar import verbs
from intake.grammar.headings import Topic
from intake.grammar.labels import column_of, leading_label
from intake.grammar.markers import FOOTNOTE_REF
from intake.labelled import Labelled, labels_in
from intake.lines import Span
from intake.outline import INTRO, Node
from intake.orders import Order, Orders
from intake.rows import Row, Table
from intake.text import Source, fold
from intake.units import Name
from intake.when import Due, Repeat, Times
from intake.who import Who

_YEAR_PLAN = re.compile(r"\bnăm\s+(\d{4})\s*$")
_ROW_LEAD = "table-column"


@dataclass
class Draft:
    """A draft being filled; `why` grows with every field."""

    node: Node
    start: int
    end: int
    clause: str
    topic: Topic | None
    lead: tuple[Name, ...] = ()
    coordinators: tuple[Name, ...] = ()
    role: Role = "thuc_hien"
    force: Force = "binding"
    due: Due | None = None
    due_text: str | None = None
    repeat: Repeat | None = None
    targets: tuple[Target, ...] = ()
    kind: DutyKind = "task"
    optional: bool = False
    product: str | None = None
    condition: str | None = None
    same_as: str | None = None
    why: dict[str, Because] = field(default_factory=dict)
    own_lead: bool = False


@dataclass(frozen=True)
class Claim:
    """A stretch of the text whose kind is known; `draft` counts from 0."""

    start: int
    end: int
    kind: PassageKind
    draft: int | None = None


class Drafts:
    def __init__(self, source: Source, facts: DocumentFacts, blocks: list[Block]) -> None:
        self.source = source
        self.facts = facts
        self.who = Who(source)
        day = date.fromisoformat(facts.date) if facts.date and len(facts.date) == 10 else None
        day = day or (
            date(int(facts.date[:4]), int(facts.date[5:7] or 1), 1)
            if facts.date and len(facts.date) >= 7
            else None
        )
        self.times = Times(source, day, timetable=facts.type == "Báo cáo" or _has_timetable(source, blocks))
        self.context = Context(self.who, self.times)
        self.orders = Orders(source, self.who, self.times, reports=facts.type == "Báo cáo")
        self.table = Table(source)
        self.notes = {_ref(source, b): b for b in blocks if b.kind == "note"}
        self.drafts: list[Draft] = []
        self.claims: list[Claim] = []
        self.leads: dict[int, tuple[Name, ...]] = {}  # of nodes that are orders themselves
        self.siblings: dict[int, tuple[Name, ...]] = {}  # last lead named under a heading
        self.pending: list[int] = []  # drafts a label may still speak of
        self.counts: dict[str, int] = {}

    # --- taking nodes --------------------------------------------------------------------------------------

    def take(self, node: Node, zone: str) -> None:
        if zone == "annex-title":
            return
        if node.block.kind == "row":
            self._take_row(node)
        elif labels := self._label_lines(node):
            self._apply_labels(node, labels)
        else:
            self._take_paragraph(node, opening=zone == "opening")

    def _take_paragraph(self, node: Node, opening: bool) -> None:
        topic = self.context.topic(node)
        if opening and node.words.endswith(":"):
            self.context.ordered = self.who.ordered(node.block.body, node.block.end) or self.context.ordered
        found = self.orders.of(node, topic, opening)
        if not found and node.is_heading:
            self.claims.append(Claim(node.block.start, node.block.end, "heading"))
        previous: Draft | None = None
        for order in found:
            draft = self._draft(node, order, topic, previous)
            self._add(draft)
            previous = draft
        if found and self.drafts[-1].lead and not self.drafts[-1].optional:
            self.leads[id(node)] = self.drafts[-1].lead

    def _add(self, draft: Draft) -> None:
        if (
            self.pending
            and draft.node.block is not self.drafts[self.pending[-1]].node.block
            and self._labelled_since
        ):
            self.pending = []
        self._labelled_since = False
        self.pending.append(len(self.drafts))
        self.claims.append(Claim(draft.start, draft.end, _passage_kind(self.source, draft), len(self.drafts)))
        self.drafts.append(draft)

    _labelled_since = False
    predicate = 0

    # --- labels --------------------------------------------------------------------------------------------

    def _label_lines(self, node: Node) -> list[Labelled]:
        """The labels of a paragraph that is nothing but labels."""
        label = leading_label(self.source.flat[node.block.body : node.block.end][:100])
        if not label or label[0] in ("work", "activity"):
            return []
        return labels_in(self.source, node.block.body, node.block.end) or [
            Labelled(label[0], node.block.body, (0, 0))
        ]

    def _apply_labels(self, node: Node, labels: list[Labelled]) -> None:
        owner = node.parent
        while (
            owner
            and leading_label(owner.folded[:100])
            and (leading_label(owner.folded[:100]) or ("", 0))[0] != "work"
        ):
            owner = owner.parent
        inside = [i for i in self.pending if _under(self.drafts[i].node, owner)]
        for i in inside:
            self._speak(self.drafts[i], labels)
        self._labelled_since = True
        self.claims.append(
            Claim(
                node.block.start,
                node.block.end,
                "task" if inside else "background",
                inside[-1] if inside else None,
            )
        )

    def _speak(self, draft: Draft, labels: Iterable[Labelled]) -> None:
        """Puts what labels say into a draft; a label outweighs running text."""
        for one in labels:
            s, e = one.value
            if s >= e:
                continue
            if one.label in ("lead", "doer"):
                self._set_lead(
                    draft,
                    tuple(self.who.units.split(s, e)),
                    "label",
                    "chu_tri" if one.label == "lead" else None,
                )
            elif one.label == "with":
                self._set_with(draft, tuple(self.who.units.split(s, e)), "label")
            elif one.label == "due":
                self._set_times(draft, s, e)
            else:
                draft.product = self.source.say(s, e)
                self._because(draft, "product", s, e, "label")

    def _set_times(self, draft: Draft, start: int, end: int) -> None:
        found = self.times.find(start, end, phrase=True)
        draft.due = self.times.deadline(found) or self.times.weak_deadline(found, "")
        if not draft.due and (valued := [s for s in found if s.value]):
            draft.due = self.times.due(valued[0])
        draft.repeat = self.times.repeat(found, start, end, label=True)
        draft.due_text = self.source.say(start, end)

    # --- tables --------------------------------------------------------------------------------------------

    def _take_row(self, node: Node) -> None:
        row = self.table.read(node)
        if not isinstance(row, Row):
            kinds: dict[str, PassageKind] = {
                "head": "table-head",
                "group": "heading",
                "empty": "page-furniture",
            }
            self.claims.append(Claim(node.block.start, node.block.end, kinds.get(row, "background")))
            return
        topic = self.context.topic(node.parent)
        draft = Draft(node, *row.work, clause=self._clause(node.parent, row.number), topic=topic)
        self._row_who(draft, row)
        self._row_when(draft, row)
        for s, e in row.cells.get("product", [])[:1]:
            draft.product = self.source.say(s, e)
        words = row.cells.get("work", [row.work])
        draft.targets = targets_in(self.source, words[0][0], words[-1][1], counting=topic == "targets")
        draft.kind = (
            "schedule"
            if draft.due and draft.due.pattern == "slot"
            else self._kind(draft, words[0][0], words[-1][1])
        )
        draft.end = max(draft.end, draft.start)
        self._labelled_since = False
        self.claims.append(Claim(node.block.start, node.block.end, "task", len(self.drafts)))
        self.drafts.append(draft)
        self.pending = []

    def _row_who(self, draft: Draft, row: Row) -> None:
        leads = [
            n
            for s, e in row.cells.get("lead", []) or row.cells.get("doer", [])
            for n in self.who.units.split(s, e)
        ]
        partners = [n for s, e in row.cells.get("with", []) for n in self.who.units.split(s, e)]
        if leads:
            self._set_lead(draft, tuple(leads), _ROW_LEAD, "chu_tri")
        else:
            self._inherit(draft)
        if partners:
            self._set_with(draft, tuple(partners), _ROW_LEAD)

    def _row_when(self, draft: Draft, row: Row) -> None:
        above = self._group_due(row) or self.context.due(draft.node)
        for s, e in row.cells.get("due", [])[:1]:
            self._set_times(draft, s, e)
            draft.due = self.times.slot(s, e, above) or draft.due
        if not draft.due and not draft.repeat:
            own = self.times.find(row.work[0], row.work[1]) if "due" not in row.cells else []
            draft.due = above or self.times.deadline(own)
            draft.repeat = self.times.repeat(own, *row.work) or self.context.repeat(draft.node)

    def _group_due(self, row: Row) -> Due | None:
        if not row.group:
            return None
        found = self.times.find(*row.group, phrase=True)
        return self.times.deadline(found)

    # --- one order -----------------------------------------------------------------------------------------

    def _draft(self, node: Node, order: Order, topic: Topic | None, previous: Draft | None) -> Draft:
        draft = Draft(node, order.start, order.end, self._clause(node, ""), topic, optional=order.closing)
        body = max(order.start, node.block.body) if not order.carried else order.start
        if label := leading_label(self.source.flat[body : order.end][:100]):
            body += label[1]
        self._who(draft, body, order, previous)
        self._times(draft, body, order.end)
        counting = topic == "targets" or bool(
            re.search(
                r"phấn đấu|phần đầu|chỉ tiêu|không quá|ít nhất|tối thiểu|công nhận|nhân rộng|duy trì|tuần thực học|\bcó \d",
                self.source.flat[body : order.end],
            )
        )
        draft.targets = targets_in(self.source, body, order.end, counting)
        self._yearly_targets(draft, body, order.end)
        draft.kind = self._kind(draft, self.predicate, order.end)
        self._year_of_targets(draft)
        inline = [one for one in labels_in(self.source, body, order.end) if one.start > body]
        if bracket := self.who.bracketed(body, order.end):
            inline += self._bracket(draft, *bracket)
        self._speak(draft, inline)
        return draft

    def _who(self, draft: Draft, body: int, order: Order, previous: Draft | None) -> None:
        subject = self.who.subjects(body, order.end)
        if subject:
            self._set_lead(draft, subject.names, subject.pattern, None)
            draft.force, draft.own_lead = subject.force, True
        elif previous and order.carried:
            draft.lead, draft.force = previous.lead, previous.force
        elif order.carried and (first := self.who.subject(draft.node.block.body, order.start)):
            self._set_lead(draft, first.names, first.pattern, None)
        else:
            self._inherit(draft)
        self._coordinators(draft, body, order.end)
        self.predicate = subject.end if subject else body
        self._role(draft, subject.end if subject else body, order.end)
        if draft.own_lead or previous:
            self.siblings[_home(draft.node)] = draft.lead

    def _inherit(self, draft: Draft) -> None:
        names, subject = self.context.inherited(draft.node, self.leads)
        if not names and (names := self.siblings.get(_home(draft.node), ())):
            self._set_lead(draft, names, "previous-item", None)
        elif names:
            self._set_lead(draft, names, subject.pattern if subject else "item-above", None)
        if subject:
            draft.force = subject.force

    def _coordinators(self, draft: Draft, body: int, end: int) -> None:
        own = self.who.with_whom(body, end)
        names = own or self.context.coordinators(draft.node)
        if names:
            self._set_with(draft, tuple(names), "phối hợp với" if own else "heading")

    def _role(self, draft: Draft, at: int, end: int) -> None:
        first = self.source.flat[at : min(end, at + 160)].lstrip(" ,:")
        if re.match(
            r"(?:(?:chủ động|tăng cường|có trách nhiệm|căn cứ [^,]{0,80}|tiếp tục)\s+)*phối hợp", first
        ):
            draft.role = "phoi_hop"
        elif re.search(r"\bchủ trì\b", first):
            draft.role = "chu_tri"

    def _times(self, draft: Draft, body: int, end: int) -> None:
        found = self.times.find(body, end)
        folded = self.source.flat[body:end]
        above = self.context.due(draft.node)
        weak = self.times.weak_deadline(found, folded)
        school = above and above.pattern == "stated:school" and weak
        draft.due = self.times.deadline(found) or (weak if school else above) or weak
        draft.repeat = self.times.repeat(found, body, end) or self.context.repeat(draft.node)
        if twice := self.times.half_yearly(found, body, end):
            draft.due, draft.repeat = twice
        if event := verbs.EVENT.match(folded):
            draft.condition = self.source.say(body, body + len(re.split(r"[,;.]", folded, maxsplit=1)[0]))
            self._because(draft, "condition", body + event.start(), body + event.end(), "event")
            if re.search(r"báo cáo|phản ánh|đề xuất", folded) and not draft.repeat and not _has_figure(draft):
                draft.repeat = Repeat("event", body + event.start(), body + event.end(), "event")
        elif draft.optional and verbs.OBSTACLES.match(folded):
            draft.repeat = Repeat("event", body, body + 20, "obstacles")

    def _yearly_targets(self, draft: Draft, start: int, end: int) -> None:
        """ "3.000 học sinh/năm học" is reached every year."""
        if not draft.repeat and any("/năm" in t.unit for t in draft.targets):
            draft.repeat = Repeat("yearly", start, end, "per-year")

    def _year_of_targets(self, draft: Draft) -> None:
        """The targets of a year plan are due in its year; a footnote may name the month (mechanism 43)."""
        year = _YEAR_PLAN.search(fold(self.facts.subject or ""))
        if (
            draft.due
            or draft.topic != "targets"
            or not year
            or self.facts.type not in ("Kế hoạch", "Chương trình")
        ):
            return
        draft.due = Due(year[1], "within", f"{year[1]}-12-31", draft.start, draft.end, "year-of-plan")
        for ref in FOOTNOTE_REF.findall(self.source.plain[draft.start : draft.end]):
            note = self.notes.get(ref)
            if note is None:
                continue
            found = self.times.find(note.start, min(note.end, note.start + 40), year=int(year[1]))
            finer = [s for s in found if s.value and s.value.startswith(f"{year[1]}-") and s.op]
            if finer:
                draft.due = self.times.due(finer[0])

    def _bracket(self, draft: Draft, start: int, end: int) -> list[Labelled]:
        """An assignment in brackets at the end: "(Sở A chủ trì, phối hợp với Sở B; xong trước 30/6)"."""
        if labels := labels_in(self.source, start, end):
            return labels
        names, stop = self.who.units.list_at(start, end)
        rest = self.source.flat[stop:end].strip(" .;")
        if names and not rest and not draft.own_lead:
            self._set_lead(draft, tuple(names), "brackets", None)
        elif names and re.match(
            r"(?:chủ trì|thực hiện|phụ trách|tham mưu|triển khai|chịu trách nhiệm)", rest
        ):
            self._set_lead(draft, tuple(names), "brackets", "chu_tri" if rest.startswith("chủ trì") else None)
        return []

    # --- fields --------------------------------------------------------------------------------------------

    def _set_lead(self, draft: Draft, names: tuple[Name, ...], pattern: str, role: Role | None) -> None:
        if not names:
            return
        draft.lead = names
        draft.role = role or draft.role
        self._because(draft, "lead", names[0].start, names[-1].end, pattern)

    def _set_with(self, draft: Draft, names: tuple[Name, ...], pattern: str) -> None:
        draft.coordinators = names
        self._because(draft, "coordinators", names[0].start, names[-1].end, pattern)

    def _because(self, draft: Draft, name: str, start: int, end: int, pattern: str) -> None:
        draft.why[name] = Because(
            start=start, end=end, text=self.source.say(start, min(end, start + 300)), pattern=pattern
        )

    def _kind(self, draft: Draft, start: int, end: int) -> DutyKind:
        folded = self.source.flat[start:end].strip()
        begin = folded[:60]
        if draft.topic == "targets" or (
            draft.targets and re.search(r"phấn đấu|phần đầu|chỉ tiêu|bảo đảm \d|không quá", folded)
        ):
            return "target"
        if (
            draft.due
            and draft.due.pattern.endswith("date")
            and self.facts.type == "Quyết định"
            and not draft.lead
        ):
            return "milestone"
        if re.search(r"\b(?:báo cáo|tổng hợp|chế độ (?:thông tin|báo cáo))\b", begin) or re.search(
            r"\b(?:gửi|nộp) (?:\w+ ){0,3}báo cáo|báo cáo kết quả", folded
        ):
            return "report"
        if re.search(r"\b(?:kiểm tra|thanh tra|giám sát)\b", begin):
            return "inspection"
        return "training" if re.search(r"\b(?:tập huấn|bồi dưỡng|đào tạo)\b", begin) else "task"

    def _clause(self, node: Node | None, number: str) -> str:
        marks = [self._mark(n) for n in reversed([node, *node.ancestors()])] if node else []
        base = ".".join(m for m in marks if m) or "mở đầu"
        if number:
            return f"{base} #{number}"
        if (
            node
            and node.style in ("roman", "arabic", "letter", "decimal2", "article", "(1)")
            and not self.counts.get(base)
        ):
            self.counts[base] = 1
            return base
        self.counts[base] = self.counts.get(base, 0) + 1
        return f"{base}#{self.counts[base]}"

    def _mark(self, node: Node) -> str:
        block = node.block
        if node.style in ("", ":", "-", "+", "•", "*") or node.style.startswith("#"):
            return ""
        return self.source.say(block.start, block.body).strip(" .)(:#*-")

    # --- result --------------------------------------------------------------------------------------------

    def finish(self) -> tuple[DutyDraft, ...]:
        return tuple(self._finished(i, draft) for i, draft in enumerate(self.drafts))

    def _finished(self, i: int, draft: Draft) -> DutyDraft:
        due, repeat = draft.due, draft.repeat
        if due and due.pattern:
            self._because(draft, "deadline", due.start, due.end, due.pattern)
        if repeat:
            self._because(draft, "recurrence", repeat.start, repeat.end, repeat.pattern)
        words = self.source.say(due.start, due.end) if due and due.value else draft.due_text
        return DutyDraft(
            id=task_id(i), clause=draft.clause, quote=self.source.quote(draft.start, draft.end), start=draft.start,
            end=draft.end, lead=_texts(draft.lead), coordinators=_texts(draft.coordinators), role=draft.role,
            force=draft.force, deadline=due.value if due else None, deadline_text=words, deadline_op=due.op if due else None,
            deadline_latest=due.latest if due and not (repeat and repeat.recurrence not in ("none", "event")) else None,
            recurrence=repeat.recurrence if repeat else "none",
            recurrence_text=self.source.say(repeat.start, repeat.end) if repeat else None, targets=draft.targets,
            kind=draft.kind, optional=draft.optional, product=draft.product, condition=draft.condition,
            same_as=draft.same_as, why=draft.why,
        )  # fmt: skip


def task_id(i: int) -> str:
    return f"T{i + 1:02d}"


def _texts(names: tuple[Name, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(n.text for n in names))


def _has_figure(draft: Draft) -> bool:
    return bool(draft.targets)


def _ref(source: Source, block: Block) -> str:
    found = FOOTNOTE_REF.match(source.plain, block.start)
    return found.group() if found else ""


def _home(node: Node) -> int:
    """The heading a node is listed under, introductions between them left out."""
    return next((id(above) for above in node.ancestors() if above.style != INTRO), 0)


def _under(node: Node, owner: Node | None) -> bool:
    return owner is None or node is owner or owner in node.ancestors()


def _passage_kind(source: Source, draft: Draft) -> PassageKind:
    body = source.flat[max(draft.start, draft.node.block.body) : draft.end]
    if verbs.FORBIDDING.match(body):
        return "prohibition"
    if draft.kind == "target":
        return "target"
    if draft.condition:
        return "condition"
    return "standing" if draft.repeat and draft.repeat.recurrence == "continuous" else "task"


def _has_timetable(source: Source, blocks: list[Block]) -> bool:
    """A table column, or more than one label, for times."""
    columns = any(
        column_of(source.say(*cell)) == "due" for b in blocks if b.kind == "row" for cell in b.cells[:12]
    )
    labels = sum((leading_label(source.flat[b.body : b.body + 80]) or ("", 0))[0] == "due" for b in blocks)
    groups = sum(b.kind == "row" and len([c for c in b.cells if c[0] < c[1]]) == 1 for b in blocks)
    return columns or labels > 1 or groups > 2
