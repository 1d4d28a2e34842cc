"""Duty drafts of one document, taken node by node in the order of the text."""

from dataclasses import dataclass
from datetime import date

from domain.draft import DocumentFacts, DutyDraft, PassageKind
from intake.aims import aims_in
from intake.blocks import Block
from intake.context import Context
from intake.figures import targets_in
from intake.filling import Draft, Filling
from intake.grammar import verbs
from intake.grammar.headings import Topic
from intake.grammar.labels import column_of, leading_label
from intake.grammar.markers import BULLETS, FOOTNOTE_REF, marker
from intake.labelled import Labelled, labels_in
from intake.links import Link, Links
from intake.orders import LABEL_REACH, Order, Orders, of_meeting
from intake.outline import INTRO, Node
from intake.rows import Row, Table
from intake.text import Source
from intake.units import Name
from intake.when import Due, Times
from intake.who import Subject, Who

_MARK = 8  # characters a marker may take
_NUMBERED = ("roman", "arabic", "letter", "decimal2", "article", "(1)")
_ROW_KINDS: dict[str, PassageKind] = {"head": "table-head", "group": "heading", "empty": "page-furniture"}


@dataclass(frozen=True)
class Claim:
    """A stretch of the text whose kind is known; `draft` counts from 0."""

    start: int
    end: int
    kind: PassageKind
    draft: int | None = None


class Drafts:
    def __init__(
        self, source: Source, facts: DocumentFacts, blocks: list[Block], without: frozenset[str]
    ) -> None:
        self.source = source
        self.who = Who(source)
        times = Times(
            source, _first_day(facts.date), facts.type == "Báo cáo" or _has_timetable(source, blocks)
        )
        self.times = times
        self.context = Context(self.who, times)
        self.orders = Orders(source, self.who, times, reports=facts.type == "Báo cáo")
        notes = {_ref(source, b): (b.start, b.end) for b in blocks if b.kind == "note"}
        self.filling = Filling(source, facts, self.who, times, self.context, notes, without)
        self.table = Table(source)
        self.clauses = Clauses(source)
        self.drafts: list[Draft] = []
        self.claims: list[Claim] = []
        self.leads: dict[int, tuple[Name, ...]] = {}  # of nodes that are orders themselves
        self.siblings: dict[int, tuple[Name, ...]] = {}  # last lead named under a heading
        self.pending: list[int] = []  # drafts a label may still speak of
        self.addressees: list[tuple[int, int]] = []  # the lines of "Kính gửi: …"
        self.labelled = False  # a label has spoken since the last draft
        self.announced: list[
            tuple[Node, list[Labelled]]
        ] = []  # labels that stand before the work they speak of

    def take(self, node: Node, zone: str) -> None:
        """Reads one block of the body; `zone` as in `intake.zones`."""
        if zone == "annex-title":
            return
        if node.block.kind == "row":
            self._take_row(node)
        elif labels := self._labels(node):
            self._take_labels(node, labels)
        else:
            self._take_paragraph(node, opening=zone in ("opening", "basis"))

    def finish(self) -> tuple[DutyDraft, ...]:
        links = Links(self.source, self.drafts)
        same, waits = links.same(), links.waits()
        return tuple(
            self._finished(i, draft, same.get(i), waits.get(i)) for i, draft in enumerate(self.drafts)
        )

    # --- paragraphs ----------------------------------------------------------------------------------------

    def _take_paragraph(self, node: Node, opening: bool) -> None:
        topic = self.context.topic(node)
        if opening:
            self.context.openings.add(id(node))
        if opening and node.words.endswith(":"):
            self.context.ordered = self._ordered(node) or self.context.ordered
        found = self.orders.of(
            node, topic, opening, self.context.ahead(node), bool(self.context.inherited(node, self.leads)[0])
        )
        if not found and node.is_heading and not opening:
            self.claims.append(Claim(node.block.start, node.block.end, "heading"))
        previous: Draft | None = None
        for order in found:
            previous = self._take_order(node, order, topic, previous)
        if previous and previous.lead and not previous.optional:
            self.leads[id(node)] = previous.lead

    def _ordered(self, node: Node) -> Subject | None:
        body, end = node.block.body, node.block.end
        return self.who.ordered(body, end, opening=True) or self.who.addressed(body, end, self.addressees)

    def _take_order(self, node: Node, order: Order, topic: Topic | None, previous: Draft | None) -> Draft:
        draft = Draft(node, order.start, order.end, self.clauses.of(node), topic, optional=order.closing)
        body = order.start if order.carried else max(order.start, node.block.body)
        style, width = marker(self.source.plain[order.start : order.start + _MARK])
        if order.carried and style == "(1)":
            body += width
        if label := leading_label(self.source.flat[body : order.end][:LABEL_REACH]):
            body += label[1]
        subject = self.who.subjects(body, order.end)
        self._lead(draft, subject, order, previous)
        self.filling.fill(draft, body, subject)
        for above, labels in self.announced:
            if above in node.ancestors():
                self.filling.speak(draft, labels)
        if self.labelled and self.pending and draft.node is not self.drafts[self.pending[-1]].node:
            self.pending = []
        self.labelled = False
        self.pending.append(len(self.drafts))
        self._add(draft, Claim(draft.start, draft.end, _passage_kind(self.source, draft), len(self.drafts)))
        return draft

    def _add(self, draft: Draft, claim: Claim) -> None:
        self.claims.append(claim)
        self.drafts.append(draft)

    def _lead(self, draft: Draft, subject: Subject | None, order: Order, previous: Draft | None) -> None:
        """Its own words, else the order before it in the paragraph, else what is above it."""
        if subject and subject.pattern not in self.filling.without:
            self.filling.set_lead(draft, subject.names, subject.pattern)
            draft.force, draft.own_lead = subject.force, True
        elif previous and order.carried and not order.listed:
            draft.lead, draft.force = previous.lead, previous.force
        elif order.carried and (first := self.who.subject(draft.node.block.body, order.start)):
            self.filling.set_lead(draft, first.names, first.pattern)
        else:
            self._inherit(draft)
        if draft.own_lead or previous:
            self.siblings[_home(draft.node)] = draft.lead

    def _inherit(self, draft: Draft) -> None:
        names, subject = self.context.inherited(draft.node, self.leads)
        if names:
            self.filling.set_lead(draft, names, subject.pattern if subject else "item-above")
        elif draft.node.style in BULLETS or not draft.node.style:
            self.filling.set_lead(draft, self.siblings.get(_home(draft.node), ()), "previous-item")
        if subject:
            draft.force = subject.force

    # --- labels --------------------------------------------------------------------------------------------

    def _labels(self, node: Node) -> list[Labelled]:
        """The labels of a paragraph that is nothing but labels; one without a value only announces others."""
        label = leading_label(self.source.flat[node.block.body : node.block.end][:LABEL_REACH])
        if not label or label[0] == "work":
            return []
        found = labels_in(self.source, node.block.body, node.block.end)
        return found or [Labelled(label[0], node.block.body, (0, 0))]

    def _take_labels(self, node: Node, labels: list[Labelled]) -> None:
        """Gives labels to the drafts since the last labels, under the same heading."""
        owner = node.parent
        while owner and (label := leading_label(owner.folded[:LABEL_REACH])) and label[0] != "work":
            owner = owner.parent
        spoken = [i for i in self.pending if _under(self.drafts[i].node, owner)]
        for i in spoken:
            self.filling.speak(self.drafts[i], labels)
            self.filling.set_rhythm(self.drafts[i], max(one.value[1] for one in labels), node.block.end)
        self.labelled = True
        if owner and not spoken and owner.is_heading and not of_meeting(node):
            self.announced.append((owner, labels))
        kind: PassageKind = "task" if spoken else "background"
        self.claims.append(Claim(node.block.start, node.block.end, kind, spoken[-1] if spoken else None))

    # --- tables --------------------------------------------------------------------------------------------

    def _take_row(self, node: Node) -> None:
        row = self.table.read(node)
        if not isinstance(row, Row):
            self.claims.append(Claim(node.block.start, node.block.end, _ROW_KINDS.get(row, "background")))
            return
        topic = self.context.topic(node.parent)
        draft = Draft(node, *row.work, self.clauses.of(node.parent, row.number), topic)
        self._row_units(draft, row)
        self._row_times(draft, row)
        for s, e in row.cells.get("product", [])[:1]:
            draft.product = self.source.say(s, e)
        words = row.cells.get("work", [row.work])
        start, end = words[0][0], words[-1][1]
        draft.targets = targets_in(
            self.source, start, end, counting=topic == "targets" or self.filling.counts(start, end)
        )
        draft.aims = aims_in(self.source, start, end)
        self.filling.year_of_targets(draft)
        slot = draft.due is not None and draft.due.pattern == "slot"
        draft.kind = "schedule" if slot else self.filling.kind(draft, start, end)
        self.pending, self.labelled = [], False
        self._add(draft, Claim(node.block.start, node.block.end, "task", len(self.drafts)))

    def _row_units(self, draft: Draft, row: Row) -> None:
        split = self.who.units.split
        charged = row.cells.get("lead", []) or row.cells.get("doer", [])
        if leads := tuple(name for s, e in charged for name in split(s, e)):
            self.filling.set_lead(draft, leads, "table-column", "chu_tri")
        else:
            self._inherit(draft)
        if partners := tuple(name for s, e in row.cells.get("with", []) for name in split(s, e)):
            self.filling.set_with(draft, partners, "table-column")
        for s, e in charged:  # "Chủ trì: Sở A. Phối hợp: Sở B" in one cell
            self.filling.speak(draft, labels_in(self.source, s, e))

    def _row_times(self, draft: Draft, row: Row) -> None:
        above = self._group_due(row) or self.context.due(draft.node)
        for s, e in row.cells.get("due", [])[:1]:
            self.filling.set_times(draft, s, e)
            draft.due = self.times.slot(s, e, above) or draft.due
        if not draft.due and not draft.repeat:
            own = [] if "due" in row.cells else self.times.find(*row.work)
            draft.due = above or self.times.deadline(own)
            draft.repeat = self.times.repeat(own, *row.work) or self.context.repeat(draft.node)

    def _group_due(self, row: Row) -> Due | None:
        return self.times.deadline(self.times.find(*row.group, phrase=True)) if row.group else None

    # --- result --------------------------------------------------------------------------------------------

    def _finished(self, i: int, draft: Draft, same: Link | None, after: Link | None) -> DutyDraft:
        self.filling.explain_times(draft)
        draft.why |= {k: link.because for k, link in (("same_as", same), ("after", after)) if link}
        due, repeat = draft.due or Due(), draft.repeat
        return DutyDraft(
            id=task_id(i),
            clause=draft.clause,
            quote=self.source.quote(draft.start, draft.end),
            start=draft.start,
            end=draft.end,
            lead=_texts(draft.lead),
            coordinators=_texts(draft.coordinators),
            role=draft.role,
            force=draft.force,
            deadline=due.value,
            deadline_text=self.source.say(due.start, due.end) if due.value else draft.due_text,
            deadline_op=due.op,
            deadline_latest=due.latest,
            recurrence=repeat.recurrence if repeat else "none",
            recurrence_text=self.source.say(repeat.start, repeat.end) if repeat else None,
            targets=draft.targets,
            aims=draft.aims,
            kind=draft.kind,
            optional=draft.optional,
            product=draft.product,
            condition=draft.condition,
            stages=draft.stages,
            after=after.because.text if after else None,
            after_task=_linked(after),
            same_as=_linked(same),
            why=draft.why,
        )


class Clauses:
    """Names of places in a document: "II.1.a", "III.2#3" for the third item under it, "IV #7" for a row."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.counts: dict[str, int] = {}

    def of(self, node: Node | None, number: str = "") -> str:
        chain = [node, *node.ancestors()] if node else []
        marks = [self._mark(one) for one in reversed(chain)]
        base = ".".join(mark for mark in marks if mark) or "mở đầu"
        if number:
            return f"{base} #{number}"
        self.counts[base] = self.counts.get(base, 0) + 1
        first = node is not None and node.style in _NUMBERED and self.counts[base] == 1
        return base if first else f"{base}#{self.counts[base]}"

    def _mark(self, node: Node) -> str:
        if node.style in ("", INTRO, "-", "+", "•", "*") or node.style.startswith("#"):
            return ""
        return self.source.say(node.block.start, node.block.body).strip(" .)(:#*-")


def task_id(i: int) -> str:
    return f"T{i + 1:02d}"


def _linked(link: Link | None) -> str | None:
    return task_id(link.other) if link and link.other is not None else None


def _texts(names: tuple[Name, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(n.text for n in names))


def _ref(source: Source, block: Block) -> str:
    found = FOOTNOTE_REF.match(source.plain, block.start)
    return found.group() if found else ""


def _home(node: Node) -> int:
    """The heading a node is listed under, introductions between them left out."""
    return next((id(above) for above in node.ancestors() if above.style != INTRO), 0)


def _under(node: Node, owner: Node | None) -> bool:
    return owner is None or node is owner or owner in node.ancestors()


def _first_day(said: str | None) -> date | None:
    """The day of a document, the first of the month where the day is left blank."""
    if not said or len(said) < len("2022-09"):
        return None
    return date.fromisoformat(said if len(said) == len("2022-09-01") else f"{said}-01")


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
    """A table column, or more than one label, for times; or rows that only group others."""
    rows = [b for b in blocks if b.kind == "row"]
    columns = any(column_of(source.say(*cell)) == "due" for b in rows for cell in b.cells[:12])
    found = [leading_label(source.flat[b.body : b.body + LABEL_REACH]) for b in blocks]
    labels = sum(label is not None and label[0] == "due" for label in found)
    groups = sum(sum(s < e for s, e in b.cells) == 1 for b in rows)
    return columns or labels > 1 or groups > 2
