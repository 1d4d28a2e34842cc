"""What a heading or an introduction says for everything under it: topic, units, time, rhythm."""

import re
from dataclasses import dataclass, field

from domain.stated import Stated
from intake.grammar import verbs
from intake.grammar.headings import Topic, topic_of
from intake.grammar.verbs import JOINS
from intake.outline import INTRO, Node
from intake.sentences import sentences
from intake.units import Name
from intake.when import Due, Repeat, Times
from intake.who import Subject, Who

_YEAR_AHEAD = re.compile(r"năm\s+(\d{4})\s*$")
_PURPOSE = re.compile(r"\b(?:để|nhằm)\b[^,;.]*\Z")
_SHARED = ("arabic", "decimal2", "letter", "arabic)")  # items of "PHÂN CÔNG NHIỆM VỤ": whoever does it
_QUIET: frozenset[Topic] = frozenset({"purpose", "goals", "past", "money"})
_AHEAD: frozenset[Topic] = frozenset({"forward", "closing"})
_LOUDER: frozenset[Topic] = frozenset({"forward", "targets"})  # what is heard inside a quiet section


@dataclass
class Context:
    """Answers are kept per node, so every heading is read once."""

    who: Who
    times: Times
    _topics: dict[int, Topic | None] = field(default_factory=dict)
    _subjects: dict[int, Subject | None] = field(default_factory=dict)
    _times: dict[int, list[Stated]] = field(default_factory=dict)
    openings: set[int] = field(default_factory=set)  # where the issuer, and nobody charged, is the subject
    ordered: Subject | None = None  # whom the opening of the document orders

    def topic(self, node: Node | None) -> Topic | None:
        """What the section is about: a heading speaks for what is under it, unless a deeper one says otherwise."""
        chain: list[Node] = []
        while node and id(node) not in self._topics:
            chain.append(node)
            node = node.parent
        topic = self._topics[id(node)] if node else None
        for one in reversed(chain):
            topic = self._own_topic(one, topic)
            self._topics[id(one)] = topic
        return topic

    def ahead(self, node: Node) -> bool:
        """Whether a heading over the node speaks of what lies ahead ("PHƯƠNG HƯỚNG …", "TỔ CHỨC THỰC HIỆN"),
        whatever deeper ones say."""
        return any(self.topic(one) in _AHEAD for one in (node, *node.ancestors()))

    def year_ahead(self, node: Node) -> re.Match[str] | None:
        """The year a heading over the node looks forward to: "PHƯƠNG HƯỚNG, NHIỆM VỤ NĂM 2024"."""
        for above in node.ancestors():
            if topic_of(above.folded) == "forward" and above.is_heading:
                return _YEAR_AHEAD.search(self.who.flat, above.block.body, above.block.end)
        return None

    def _own_topic(self, node: Node, above: Topic | None) -> Topic | None:
        if node.style == INTRO or not node.is_heading:
            return above
        folded = node.folded.rstrip(": ")
        titled = node.style in ("roman", "part") or node.style.startswith("#") or node.words.isupper()
        if not titled and verbs.ORDER_VERB.match(folded) and folded not in ("yêu cầu", "kiểm tra"):
            return above
        own = topic_of(folded)
        if own is None or (above in _QUIET and own not in _LOUDER and own not in _QUIET):
            return above
        return own

    def subject(self, node: Node) -> Subject | None:
        """The units a heading or an introduction puts in charge of what is under it."""
        if id(node) not in self._subjects:
            body, end = node.block.body, node.block.end
            found = self.who.heading(body, end) if node.block.kind == "paragraph" else None
            if not found and node.is_heading and node.style in _SHARED and self.topic(node) == "closing":
                found = self.who.named_whole(body, end)
            if node.style == INTRO or (found is None and node.words.endswith(":")):
                named = found or self.who.announcing(body, end)
                found = self.who.ordered(body, end) or (None if id(node) in self.openings else named)
            self._subjects[id(node)] = found
        return self._subjects[id(node)]

    def inherited(
        self, node: Node, leads: dict[int, tuple[Name, ...]]
    ) -> tuple[tuple[Name, ...], Subject | None]:
        """The lead in force for a node without one of its own: of the nearest order or heading above it."""
        for above in node.ancestors():
            if found := leads.get(id(above)):
                return found, None
            if (above.is_heading or above.children) and (subject := self.subject(above)):
                return subject.names, subject
        aims = self.topic(node) in ("targets", "goals")  # figures of the year are nobody's own
        return (self.ordered.names, self.ordered) if self.ordered and not aims else ((), None)

    def coordinators(self, node: Node) -> list[Name]:
        """Units a heading tells its own units to work with: "Các phòng có trách nhiệm phối hợp với Phòng A:"."""
        for above in node.ancestors():
            subject = self.subject(above) if above.is_heading else None
            if subject and JOINS.match(self.who.flat, subject.end, above.block.end):
                return self.who.with_whom(subject.end, above.block.end)
        return []

    def times_of(self, node: Node) -> list[Stated]:
        if id(node) not in self._times:
            self._times[id(node)] = self.times.find(node.block.body, node.block.end)
        return self._times[id(node)]

    def due(self, node: Node) -> Due | None:
        """The date or period a heading above sets."""
        for above in node.ancestors():
            if not above.is_heading:
                continue
            found = self.times_of(above)
            given = None
            if above.words.endswith(":"):  # what announces the items, not what is told before it
                told = self._announcement(above)
                given = self.who.ordered(above.block.body, above.block.end)
                found = [s for s in found if s.start >= told and not self._aim(told, s.start)]
                # "Trước ca bệnh phát hiện ngày 23/6, … yêu cầu:" tells when that was, not until when
                found = [s for s in found if not given or s.start >= given.end or s.op != "on"]
            due = self.times.deadline(found) or self._school_year(found)
            due = due or (None if given else self._year_to_reach(above, found))
            if due and not self.times.past(due):
                return due
        return None

    def _aim(self, start: int, at: int) -> bool:
        """ "Để kịp đón học sinh vào ngày khai giảng, … yêu cầu:" says what for, not until when."""
        return bool(_PURPOSE.search(self.who.flat, start, at))

    def _year_to_reach(self, node: Node, found: list[Stated]) -> Due | None:
        """ "Mục tiêu đến năm 2027", "Mục tiêu giai đoạn 2026-2030": a year over figures is when they are due."""
        years = [
            s for s in found if s.value and re.fullmatch(r"\d{4}(/\d{4})?", s.value) and s.op != "before"
        ]
        return self.times.due(years[0]) if years and topic_of(node.folded) in ("targets", "goals") else None

    def _announcement(self, node: Node) -> int:
        """Where the last sentence of an introduction begins."""
        return list(sentences(self.who.source, node.block.body, node.block.end))[-1][0]

    def _school_year(self, found: list[Stated]) -> Due | None:
        years = [s for s in found if s.pattern == "school" and s.value]
        return self.times.due(years[0]) if years else None

    def repeat(self, node: Node) -> Repeat | None:
        for above in node.ancestors():
            if above.is_heading and (r := self._heading_repeat(above)):
                return r
        return None

    def _heading_repeat(self, node: Node) -> Repeat | None:
        found = [s for s in self.times_of(node) if s.recurrence not in ("none", "event", "periodic")]
        best = sorted(found, key=lambda s: s.recurrence == "continuous")
        if best and (node.style == INTRO or len(node.words) < 80):
            one = best[0]
            if one.recurrence == "continuous" and "nhiệm vụ thường xuyên" not in node.folded:
                return None
            return Repeat(one.recurrence, one.start, one.end, "heading")
        return None
