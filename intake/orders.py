"""Which stretches of a paragraph are orders, and where one order ends and the next begins."""

import re
from dataclasses import dataclass
from itertools import pairwise

from domain.stated import Stated
from intake.blocks import closed
from intake.grammar import verbs
from intake.grammar.headings import Topic
from intake.grammar.labels import leading_label
from intake.grammar.markers import BULLETS
from intake.outline import Node
from intake.sentences import clauses, sentences
from intake.text import Source
from intake.when import Times
from intake.who import Who

_ENUMERATED = re.compile(r"(?:^|(?<=[\s:;.]))\((\d{1,2})\)\s*")
LABEL_REACH = 100  # characters in which a label and its colon stand
_OWN_ITEM = 12  # letters an order has at least
_LIST_OF_ORDERS = 2  # others beside it make a list
_CHARGED = re.compile(
    r"\s*,?\s*(?:có trách nhiệm|chịu trách nhiệm|được giao|được phân công"
    r"|chủ trì(?! (?:hội nghị|cuộc họp|phiên họp|buổi|lễ)))\b"
)
_LEAST_WORK = 20  # letters that say what a unit is to do
_FULL_ORDER = 60  # letters an introduction must have to be an order itself
_SILENT: frozenset[Topic] = frozenset({"purpose", "goals", "past", "money", "facts"})
_REPORTS = re.compile(r"\b(?:báo cáo|gửi|(?<!chương )trình|tổng hợp|nộp)\b")
_CONTINUES = re.compile(r"^(?:khi|sau đó|định kỳ|hằng|hàng|trước|chậm nhất|và)\b")
_RHYTHMS = {"daily", "weekly", "monthly", "quarterly", "semester", "twice_yearly", "yearly"}
_SPACED = re.compile(r"\s*,?\s*")
_LONG_ORDER = 120  # letters without a time, after which a clause with one orders something else
_CLOSES = re.compile(
    r"(?:phấn đấu|phần đầu|hoàn thành|hoàn tất|kết thúc|xong|cấp (?:tỉnh|huyện|xã|trường))\b"
)
_LABELLED_WORK = re.compile(r"(?:nhiệm vụ|nội dung|công việc|nội dung thực hiện|nhiệm vụ, giải pháp)\s*:\s*")
# "Ngày 27/5/2017: Kết thúc việc kiểm tra": a line of a calendar.
_DATED_WORK = re.compile(r"(?:(?:từ|trước|đến|chậm nhất)\s+)?ngày\s+\d[^:;.]{0,40}:\s*")
_HAS_FIGURE = re.compile(
    r"\d\s*[%‰]|\b(?:không quá|ít nhất|tối thiểu|trên|dưới|thêm|được|mới) \d"
    r"|^(?:đến|tới) (?:hết )?năm \d{4}|\d (?:triệu|tỷ|nghìn) đồng|\d/\d+ (?:tiêu chí|chỉ tiêu)"
)


@dataclass(frozen=True)
class Order:
    start: int
    end: int
    closing: bool = False  # a closing exhortation or executing clause: a system may list it or not
    carried: bool = False  # goes on in the paragraph of the order before, so keeps its lead
    listed: bool = False  # one of "(1) …; (2) …": its lead stands before the first of them


class Orders:
    def __init__(self, source: Source, who: Who, times: Times, reports: bool) -> None:
        self.source = source
        self.who = who
        self.times = times
        self.reports = reports  # the document itself is a report of the past
        self._lists: dict[tuple[int, str], bool] = {}  # of bullets: whether they order

    def of(
        self,
        node: Node,
        topic: Topic | None,
        opening: bool = False,
        ahead: bool = True,
        charged: bool = False,
    ) -> list[Order]:
        """The orders in a node that is no table row, in order of the text. `ahead`: its section looks forward;
        `charged`: what is above it names who acts."""
        start, end = node.block.start, node.block.end
        body = node.block.body
        folded = self.source.flat[body:end].strip()
        if closing := self._closing(folded, start, end):
            return [closing]
        labelled = _LABELLED_WORK.match(folded) is not None
        if labelled and of_meeting(node):
            return []
        if not labelled and self._silent(topic, opening or (self.reports and not ahead)):
            return self._spoken(node, topic, opening)
        announces = (node.is_heading and not _ends_list(node)) or folded.endswith("như sau:")
        told_below = _told_by_labels(node) or _of_papers(node)
        if announces and not self._full_order(node, folded) and not told_below:
            return []
        marked = bool(node.block.style) or (charged and verbs.ORDER_VERB.match(folded) is not None)
        if len(folded) < _OWN_ITEM or not self._is_order(folded, body, end, marked, topic, node):
            return [] if marked or topic else self._passing(body, end)
        return self._pieces(start, body, end)

    def _silent(self, topic: Topic | None, quiet: bool) -> bool:
        return topic in _SILENT or quiet

    def _closing(self, folded: str, start: int, end: int) -> Order | None:
        if verbs.OBSTACLES.match(folded) or verbs.EXECUTES.search(folded):
            return Order(start, end, closing=True)
        return None

    def _full_order(self, node: Node, folded: str) -> bool:
        """An introduction that is an order before it announces the items: "Chủ trì …, trong đó …:"."""
        if not node.words.endswith(":"):
            return False
        announced = verbs.ANNOUNCES.search(folded)
        begins = verbs.ORDER_VERB.match(folded) or verbs.FORBIDDING.match(folded)
        return bool(begins and announced and announced.start() >= _FULL_ORDER)

    def _is_order(
        self, folded: str, body: int, end: int, marked: bool, topic: Topic | None, node: Node
    ) -> bool:
        if verbs.NOT_ORDER.match(folded) or verbs.PUNISHED.search(folded) or verbs.PAPER.match(folded):
            return False
        if topic is None and node.style == "article" and verbs.PERFORMS.match(folded):
            return self.times.deadline(self.times.find(body, end)) is not None  # what it does itself has none
        if label := _LABELLED_WORK.match(folded) or _DATED_WORK.match(folded):
            folded = folded[label.end() :]
        if self._exhorts(body, end):
            return False
        if self._among_orders(node):
            return True
        if not marked and topic is None and verbs.PAST.search(folded[:400]):
            return self._gives(body, end)
        if marked and (topic is not None or closed(folded) or len(folded) >= _LONG_ORDER):
            return True
        if verbs.ORDER_VERB.match(folded) or verbs.FORBIDDING.match(folded) or verbs.LATE_VERB.match(folded):
            return True
        if self.who.subject(body, end) or verbs.FORWARD.match(folded):
            return True
        first = folded[:400]
        return bool(
            verbs.FORBIDDING.search(first)
            or re.search(r"\bphải\b", first)
            or (topic == "targets" and _HAS_FIGURE.search(folded))
        )

    def _among_orders(self, node: Node) -> bool:
        """A bullet in a list most of whose bullets begin as orders do."""
        if not node.parent or node.style not in BULLETS or node.children:
            return False
        key = (id(node.parent), node.style)
        if key not in self._lists:
            self._lists[key] = _bullets_order(node.parent, node.style)
        return self._lists[key]

    def _exhorts(self, body: int, end: int) -> bool:
        """ "… yêu cầu các đơn vị nghiêm túc thực hiện./." orders nothing of its own."""
        return all(self._exhortation(*sentence) for sentence in sentences(self.source, body, end))

    def _exhortation(self, start: int, end: int) -> bool:
        if verbs.OBSTACLES.match(self.source.flat, start, end):
            return True
        found = self.who.ordered(start, end)
        return bool(found and verbs.EXHORTS.fullmatch(self.source.flat, found.end, end))

    def _passing(self, body: int, end: int) -> list[Order]:
        """Orders told after something else: "Sở vừa ban hành hướng dẫn. Theo đó, Sở yêu cầu các trường …"."""
        told = [one for one in sentences(self.source, body, end) if self._gives(*one)]
        return [Order(*one) for one in told if not self._exhortation(*one)]

    def _spoken(self, node: Node, topic: Topic | None, opening: bool) -> list[Order]:
        """Orders said in passing, where the section is about something else."""
        if topic in ("purpose", "goals") and not node.children and self._aims(node):
            return [Order(node.block.start, node.block.end)]
        found: list[Order] = []
        if node.words.endswith(":"):
            return found
        if opening and self.who.ordered(node.block.body, node.block.end):
            found = self._enumerated(node.block.body, node.block.end)
        if found:
            return found
        for start, end in sentences(self.source, node.block.body, node.block.end):
            folded = self.source.flat[start:end]
            if folded.rstrip().endswith(":") or len(folded) < _OWN_ITEM:
                continue
            forward = verbs.FORWARD.match(folded) and topic not in ("purpose", "goals")
            given = (
                not self.reports and topic not in ("purpose", "goals") and self._gives(start, end, opening)
            )
            if (forward or given) and not self._exhorts(start, end):
                found.append(Order(start, end))
        return found

    def _aims(self, node: Node) -> bool:
        """A figure to reach, or work with a day of its own, among the purposes."""
        body, end = node.block.body, node.block.end
        dated = verbs.ORDER_VERB.match(node.folded) and self.times.deadline(self.times.find(body, end))
        return bool(_HAS_FIGURE.search(node.folded) or dated)

    def _gives(self, start: int, end: int, opening: bool = False) -> bool:
        """A sentence that opens with "Yêu cầu/Giao <unit>", "<issuer> yêu cầu <unit>" or "<unit> có trách nhiệm";
        in the opening, which tells no results, also with "<unit> phải"."""
        subject = self.who.subject(start, end)
        if not subject:
            return False
        if subject.pattern == "subject":
            must = opening and self.source.flat.startswith("phải ", subject.end + 1)
            return must or bool(_CHARGED.match(self.source.flat, subject.end, end))
        return subject.pattern.startswith(("given:yêu cầu", "given:giao", "given:đề nghị", "given:phân công"))

    def _pieces(self, start: int, body: int, end: int) -> list[Order]:
        if listed := self._enumerated(body, end):
            return listed
        cuts = self._cuts(body, end)
        edges = [start, *cuts, end]
        spans = [self.source.trim(a, b) for a, b in pairwise(edges)]
        return [
            Order(s, e, closing=bool(i and verbs.OBSTACLES.match(self.source.flat, s, e)), carried=i > 0)
            for i, (s, e) in enumerate(spans)
            if s < e
        ]

    def _enumerated(self, body: int, end: int) -> list[Order]:
        """ "(1) …; (2) …" inside a paragraph, where most begin as orders do."""
        marks = list(_ENUMERATED.finditer(self.source.flat, body, end))
        numbers = [int(m.group(1)) for m in marks]
        if len(marks) < 2 or numbers != list(range(1, len(marks) + 1)):
            return []
        if 3 * sum(self._begins_order(m.end(), end) for m in marks) < 2 * len(marks):
            return []
        edges = [*(m.start() for m in marks), end]
        return [Order(*self.source.trim(a, b), carried=True, listed=True) for a, b in pairwise(edges)]

    def _begins_order(self, start: int, end: int) -> bool:
        """Whether an order may begin here: a verb, words before one, or a unit."""
        begins = verbs.ORDER_VERB.match(self.source.flat, start, end)
        begins = begins or verbs.ADJUNCT.match(self.source.flat, start, end)
        return bool(begins) or self.who.units.name_at(start, end) > start

    def _cuts(self, body: int, end: int) -> list[int]:
        """Where inside a paragraph a new order begins."""
        parts = list(sentences(self.source, body, end))
        if len(parts) == 1 and ";" not in self.source.flat[body:end]:
            return []
        cuts: list[int] = []
        before: set[str] = set()  # deadlines said so far
        leads: set[str] = set()
        times = self.times.find(body, end)
        for i, (start, stop) in enumerate(parts):
            subject = self.who.subject(start, stop)
            joins = subject and self.who.joins(subject, stop)
            if i and (joins or leading_label(self.source.flat[start : min(stop, start + LABEL_REACH)])):
                continue  # "…. Phòng B, Hội C cùng tham gia.", "…. Đơn vị phối hợp: Phòng B."
            names = {n.text.lower() for n in subject.names} if subject else set()
            dates = _dates(times, start, stop)
            other_date = bool(dates and before and not dates & before)
            other_date = other_date or bool(before and self._stands(start, stop, times))
            if i and (other_date or self._new_order(start, stop, names, leads)):
                cuts.append(start)
            if parted := self._parted(start, stop):
                cuts += parted
            elif (late := self._late_clauses(start, stop, times)) and not self._exhortation(start, late[0]):
                cuts += late
            leads |= names
            before |= dates
        return cuts

    def _stands(self, start: int, stop: int, times: list[Stated]) -> bool:
        """ "…. Báo cáo tiến độ trước 17h00 thứ Sáu hằng tuần.": a report that comes again, after work due once."""
        reports = _REPORTS.match(self.source.flat, start, stop) is not None
        return reports and any(
            start <= t.start < stop and t.recurrence in _RHYTHMS and t.value for t in times
        )

    def _parted(self, start: int, stop: int) -> list[int]:
        """Where a sentence gives another unit another work: "Giao A rà soát …; giao B thẩm định …"."""
        parts = list(clauses(self.source, start, stop))
        first = self.who.subject(*parts[0])
        if len(parts) < 2 or not first or not self._works(first.end, parts[0][1]):
            return []
        cuts, names = [], {n.text for n in first.names}
        for s, e in parts[1:]:
            same = verbs.EVENT.match(self.source.flat, s, e) or verbs.EACH.match(self.source.flat, s, e)
            other = None if same else self.who.subject(s, e)
            named = {n.text for n in other.names} if other else set()
            if other and not named & names and self._works(other.end, e) and not self.who.joins(other, e):
                cuts.append(s)
                names = named
        return cuts

    def _works(self, start: int, end: int) -> bool:
        """Whether the words after a unit order something, and not only "thực hiện"."""
        return end - start >= _LEAST_WORK and not verbs.EXHORTS.fullmatch(self.source.flat, start, end)

    def _new_order(self, start: int, stop: int, names: set[str], leads: set[str]) -> bool:
        folded = self.source.flat[start:stop]
        if re.match(r"lưu ý\b", folded):
            return True
        if re.match(r"trường hợp [^,]{3,80},\s*báo cáo\b", folded):
            return True
        return bool(names and leads and not names & leads)

    def _late_clauses(self, start: int, stop: int, times: list[Stated]) -> list[int]:
        """Where a sentence, after a full order, orders something else at another time: "…; tổng hợp hằng tháng".

        A report due once is part of the order it closes, unless that order has a time of its own.
        """
        cuts: list[int] = []
        parts = list(clauses(self.source, start, stop))
        ordered = verbs.ORDER_VERB.search(self.source.flat, *parts[0]) is not None
        told = self._told(times, *parts[0])
        for s, e in parts[1:] if ordered else ():
            here = self._told(times, s, e)
            if self._another(s, e, here, told, times):
                cuts.append(s)
                told = here
            else:
                told = told.and_(here)
        return cuts

    def _told(self, times: list[Stated], start: int, stop: int) -> "_Told":
        rhythms = {t.recurrence for t in times if start <= t.start < stop} & _RHYTHMS
        reports = bool(_REPORTS.match(self.source.flat, start, stop))
        return _Told(start, _dates(times, start, stop), rhythms, reports)

    def _begins_timed(self, start: int, end: int, times: list[Stated]) -> bool:
        """Whether an order begins here, maybe with its time: "trước ngày 30/11 cho học sinh ký cam kết"."""
        first = next((t for t in times if t.start == start), None)
        said = _SPACED.match(self.source.flat, first.end if first else start, end)
        at = said.end() if said else start
        verb = verbs.ORDER_VERB.match(self.source.flat, at, end)
        return bool(verb or (first and self.source.flat.startswith("cho ", at)))

    def _another(self, start: int, end: int, here: "_Told", told: "_Told", times: list[Stated]) -> bool:
        folded = self.source.flat[start:end]
        if self.source.plain[start].isupper() and verbs.EVENT.match(folded):
            return True  # "…; Khi xảy ra sự cố phải báo cáo": a sentence of its own
        begins = self._begins_timed(start, end, times)
        if _REPORTS.search(folded) and (begins or _CONTINUES.match(folded)) and here.days and here.rhythms:
            return not (told.days and told.rhythms) and not here.days & told.days
        listed = _REPORTS.match(folded) and told.reports and not told.rhythms
        timed = (
            told.days or told.rhythms or (start - told.start >= _LONG_ORDER and not _REPORTS.search(folded))
        )
        if not begins or listed or _CLOSES.match(folded) or not timed:
            return False
        if here.rhythms:
            return not here.rhythms & told.rhythms
        return bool(here.days) and not here.days & told.days


@dataclass(frozen=True)
class _Told:
    """The days and the rhythms said so far."""

    start: int
    days: set[str]
    rhythms: set[str]
    reports: bool

    def and_(self, more: "_Told") -> "_Told":
        return _Told(self.start, self.days | more.days, self.rhythms | more.rhythms, self.reports)


def of_meeting(node: Node) -> bool:
    """Whether the items around a node say when, where and with whom something is held."""
    around = node.parent.children if node.parent else []
    labels = (leading_label(one.words) for one in around)
    if any(label and label[0] in ("lead", "doer", "with") for label in labels):
        return False  # work is laid out so too, and then says who does it
    held = [found[0] for one in around if (found := verbs.HELD.match(one.folded))]
    return len(held) > 1 and any(label.startswith("địa điểm") for label in held)


def _ends_list(node: Node) -> bool:
    """The last of a list of orders that end in no sign: a line without a marker behind it is none of its items."""
    around = node.parent.children if node.parent else []
    last = next((one for one in reversed(around) if one.style == node.style), None)
    if last is not node or node.words.endswith(":") or not verbs.ORDER_VERB.match(node.folded):
        return False
    others = [one for one in around if one.style == node.style and one is not node]
    titled = any(one.children for one in others) or any(child.style for child in node.children)
    return len(others) >= _LIST_OF_ORDERS and not titled


def _bullets_order(parent: Node, style: str) -> bool:
    """Whether most bullets of a list begin as orders do."""
    alike = [one for one in parent.children if one.style == style and not one.children]
    begun = sum(verbs.ORDER_VERB.match(one.folded) is not None for one in alike)
    return begun * 2 >= len(alike) > 2


def _of_papers(node: Node) -> bool:
    """An item over nothing but papers: "Tiếp tục thực hiện các văn bản:"."""
    return bool(node.children) and all(verbs.PAPER.match(one.folded) for one in node.children)


def _told_by_labels(node: Node) -> bool:
    """An item that looks like a heading, but all under it only says who does it and when."""
    found = [leading_label(one.folded[:LABEL_REACH]) for one in node.children]
    return bool(found) and all(label and label[0] not in ("work", "number") for label in found)


def _dates(times: list[Stated], start: int, stop: int) -> set[str]:
    """The deadlines stated between two offsets."""
    inside = [t for t in times if start <= t.start < stop]
    return {t.value for t in inside if t.value and t.op and t.pattern in ("date", "day", "term", "period")}
