"""The fields of one draft: who, until when, how often, how much; each with the words it was read from."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from domain.draft import Because, DocumentFacts, DutyKind, Force, Role, Stage, Target, WordedAim
from intake.aims import aims_in
from intake.context import Context
from intake.figures import targets_in
from intake.grammar import kinds, verbs
from intake.grammar.counts import HELD
from intake.grammar.headings import Topic
from intake.grammar.markers import FOOTNOTE_REF
from intake.labelled import Labelled, labels_in
from intake.lines import Span
from intake.outline import Node
from intake.stages import stages_of
from intake.text import Source, fold
from intake.units import Name
from intake.when import Due, Repeat, Times
from intake.who import Subject, Who

_TARGETS = ("targets", "goals")
_PER_YEAR = re.compile(r"[\d.,]+\s+(?:[^\W\d]+\s+){0,3}[^\W\d]+/năm(?: học)?")
_LEADS = re.compile(r"\s+chủ trì\Z")  # "Cơ quan thực hiện: Phòng A chủ trì; phối hợp: …"
_REASON = 300  # characters of the words a field was read from


@dataclass
class Draft:
    """A draft being filled; `why` grows with every field. `own_lead`: its own words name the lead."""

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
    stages: tuple[Stage, ...] = ()
    repeat: Repeat | None = None
    targets: tuple[Target, ...] = ()
    aims: tuple[WordedAim, ...] = ()
    kind: DutyKind = "task"
    optional: bool = False
    product: str | None = None
    condition: str | None = None
    why: dict[str, Because] = field(default_factory=dict)
    own_lead: bool = False


class Filling:
    """Fills drafts of one document. `notes` are its footnotes by their marks."""

    def __init__(
        self,
        source: Source,
        facts: DocumentFacts,
        who: Who,
        times: Times,
        context: Context,
        notes: dict[str, Span],
        without: frozenset[str],
    ) -> None:
        self.without = without
        self.source = source
        self.facts = facts
        self.who = who
        self.times = times
        self.context = context
        self.notes = notes
        year = kinds.YEAR_PLAN.search(fold(facts.subject or ""))
        plans = facts.type in ("Kế hoạch", "Chương trình") or kinds.ISSUES_PLAN.search(
            fold(facts.subject or "")
        )
        self.year = year[1] if year and plans else None

    def fill(self, draft: Draft, body: int, subject: Subject | None) -> None:
        """Everything the words of an order and the headings above it say, but its lead; then its labels."""
        start, end = draft.start, draft.end
        self._coordinators(draft, body, end)
        if not draft.lead and (doer := self.who.beside(body, end)):
            self.set_lead(draft, (doer,), "subject")
            draft.coordinators = tuple(n for n in draft.coordinators if n != doer)
        predicate = subject.end if subject else body
        self._role(draft, predicate, end)
        self._times(draft, body, end, predicate)
        counting = draft.topic in _TARGETS or self.counts(body, end)
        draft.targets = targets_in(self.source, body, end, counting, draft.stages)
        draft.aims = aims_in(self.source, body, end)
        if not draft.repeat and any("/năm" in t.unit and "đồng" not in t.unit for t in draft.targets):
            draft.repeat = self._per_year(body, end)
        draft.kind = self.kind(draft, predicate, end)
        self.year_of_targets(draft)
        inline = [one for one in labels_in(self.source, body, end) if one.start > max(body, start)]
        bracket = self.who.bracketed(body, end)
        if bracket and not any(one.value[0] == bracket[0] for one in inline):
            inline += self._bracket(draft, *bracket)
        self.speak(draft, inline)

    # --- who -----------------------------------------------------------------------------------------------

    def set_lead(self, draft: Draft, names: tuple[Name, ...], pattern: str, role: Role | None = None) -> None:
        if names and pattern not in self.without:
            draft.lead = names
            draft.role = role or draft.role
            self._because(draft, "lead", names[0].start, names[-1].end, pattern)

    def set_with(self, draft: Draft, names: tuple[Name, ...], pattern: str) -> None:
        if pattern in self.without:
            return
        draft.coordinators = names
        self._because(draft, "coordinators", names[0].start, names[-1].end, pattern)

    def _coordinators(self, draft: Draft, body: int, end: int) -> None:
        own = self.who.with_whom(body, end)
        if names := own or self.context.coordinators(draft.node):
            self.set_with(draft, tuple(names), "phối hợp với" if own else "heading")

    def _role(self, draft: Draft, at: int, end: int) -> None:
        first = self.source.flat[at : min(end, at + 160)].lstrip(" ,:")
        if kinds.JOINING.match(first):
            draft.role = "phoi_hop"
        elif kinds.LEADING.search(first):
            draft.role = "chu_tri"

    def _bracket(self, draft: Draft, start: int, end: int) -> list[Labelled]:
        """An assignment in brackets at the end: "(Sở A chủ trì, phối hợp với Sở B)", "(Phòng C)"."""
        labels = labels_in(self.source, start, end)
        end = labels[0].start if labels else end
        names, stop = self.who.units.list_at(start, end)
        rest = self.source.flat[stop:end].strip(" .,;")
        if names and not rest and not draft.own_lead and names[0].text[:1].isupper():
            self.set_lead(draft, tuple(names), "brackets")
        elif names and kinds.IN_CHARGE.match(rest):
            self.set_lead(draft, tuple(names), "brackets", "chu_tri" if rest.startswith("chủ trì") else None)
            self._bracket_partners(draft, stop, end)
        return labels

    def _bracket_partners(self, draft: Draft, start: int, end: int) -> None:
        """ "(Phòng A chủ trì, Phòng B phối hợp)"."""
        for comma in re.finditer(r"[,;]\s*", self.source.flat[start:end]):
            names, stop = self.who.units.list_at(start + comma.end(), end)
            if names and self.source.flat[stop:end].strip(" .;") == "phối hợp":
                self.set_with(draft, tuple(names), "brackets")
                break

    # --- labels --------------------------------------------------------------------------------------------

    def speak(self, draft: Draft, labels: Iterable[Labelled]) -> None:
        """Puts what labels say into a draft; a label outweighs running text."""
        for one in labels:
            s, e = one.value
            if s >= e:
                continue
            if one.label in ("lead", "doer"):
                led = _LEADS.search(self.source.flat, s, e)
                e = led.start() if led else e
                role: Role | None = "chu_tri" if led or one.label == "lead" else None
                self.set_lead(draft, tuple(self.who.units.split(s, e)), "label", role)
            elif one.label == "with":
                self.set_with(draft, tuple(self.who.units.split(s, e)), "label")
            elif one.label == "due":
                self.set_times(draft, s, e)
            else:
                draft.product = self.source.say(s, e)
                self._because(draft, "product", s, e, "label")

    def set_rhythm(self, draft: Draft, start: int, end: int) -> None:
        """What labels say after the names: "Đơn vị chủ trì: Phòng A. Báo cáo hằng quý."."""
        draft.repeat = draft.repeat or self.times.repeat(self.times.find(start, end), start, end)

    def set_times(self, draft: Draft, start: int, end: int) -> None:
        """The times of a label or a cell: all of its words speak of time."""
        found = self.times.cell(start, end)
        draft.due = self.times.deadline(found) or self.times.weak_deadline(found, "")
        if not draft.due and (valued := [s for s in found if s.value]):
            draft.due = self.times.due(valued[0])
        draft.repeat = self.times.repeat(found, start, end, label=True)
        draft.stages = stages_of(self.source, found, self.times.due, start)
        draft.due_text = self.source.say(start, end)

    # --- times ---------------------------------------------------------------------------------------------

    def _times(self, draft: Draft, body: int, end: int, predicate: int) -> None:
        found = self.times.find(body, end)
        if draft.topic in _TARGETS:  # "tối đa 04 giờ kể từ khi ký" is a figure there
            found = [s for s in found if s.pattern != "term"]
        folded = self.source.flat[body:end]
        above = self.context.due(draft.node)
        weak = self.times.weak_deadline(found, folded)
        school = above and above.pattern == "stated:school"
        after = (predicate, *(n.end for n in draft.coordinators[-1:]))
        draft.repeat = self.times.repeat(found, body, end, predicates=after)
        if draft.repeat:
            above = None  # what comes every week of a quarter is not due when the quarter ends
        draft.repeat = draft.repeat or self.context.repeat(draft.node)
        draft.due = self.times.deadline(found) or (weak if school else None) or above or weak
        draft.stages = stages_of(self.source, found, self.times.due, body)
        if not draft.due and (doubtful := [s for s in found if s.problem]):
            draft.due_text = doubtful[0].text  # "trước ngày 31/11": shown, never guessed
        rhythm = draft.repeat.recurrence if draft.repeat else "none"
        if rhythm not in ("monthly", "quarterly") and (twice := self.times.half_yearly(found, body, end)):
            draft.due, draft.repeat = twice
        self._event(draft, folded, body)

    def _event(self, draft: Draft, folded: str, body: int) -> None:
        """A duty that waits for an event: "Trường hợp đặc biệt, báo cáo …"."""
        event = verbs.EVENT.match(folded)
        if event:
            words = len(re.split(r"[,;.]", folded, maxsplit=1)[0])
            draft.condition = self.source.say(body, body + words)
            self._because(draft, "condition", body, body + words, "event")
        comes = event and (event.group().startswith("khi ") or kinds.REPORTS_BACK.search(folded))
        if (comes and not draft.repeat) or (draft.optional and verbs.OBSTACLES.match(folded)):
            draft.repeat = Repeat("event", body, body + len(folded.split(",")[0]), "event")

    def _per_year(self, body: int, end: int) -> Repeat:
        """ "3.000 học sinh/năm học": a figure of every year."""
        said = _PER_YEAR.search(self.source.flat, body, end)
        return Repeat("yearly", *(said.span() if said else (body, end)), "per-year")

    def year_of_targets(self, draft: Draft) -> None:
        """The targets of a year plan are due in its year; a footnote may name the month (mechanism 43)."""
        if draft.due or draft.topic not in _TARGETS:
            return
        ahead = self.context.year_ahead(draft.node)
        year = ahead[1] if ahead else self.year
        if not year:
            return
        said = ahead or re.compile(rf"năm\s+{year}").search(self.source.flat)
        span = said.span() if said else (draft.start, draft.end)
        draft.due = Due(year, "within", f"{year}-12-31", *span, "year-of-plan")
        for ref in FOOTNOTE_REF.findall(self.source.plain[draft.start : draft.end]):
            start, end = self.notes.get(ref, (0, 0))
            found = self.times.find(start, min(end, start + 40), year=int(year))
            if finer := [s for s in found if s.value and s.value.startswith(f"{year}-") and s.op]:
                draft.due = self.times.due(finer[0])

    # --- what ----------------------------------------------------------------------------------------------

    def kind(self, draft: Draft, start: int, end: int) -> DutyKind:
        folded = self.source.flat[start:end].strip()
        if draft.topic in _TARGETS or (draft.targets and kinds.STRIVES.search(folded)):
            return "target"
        dated = draft.due is not None and draft.due.pattern.endswith("date")
        if dated and self.facts.type == "Quyết định" and not draft.lead:
            return "milestone"
        return kinds.kind_of(folded)

    def counts(self, start: int, end: int) -> bool:
        """Whether the words speak of figures to reach, so that plain counts are targets too."""
        flat = self.source.flat
        return bool(kinds.COUNTING.search(flat, start, end) or HELD.match(flat, start, end))

    def _because(self, draft: Draft, name: str, start: int, end: int, pattern: str) -> None:
        words = self.source.say(start, min(end, start + _REASON))
        draft.why[name] = Because(start=start, end=end, text=words, pattern=pattern)

    def explain_times(self, draft: Draft) -> None:
        draft.due = None if draft.due and draft.due.pattern in self.without else draft.due
        draft.repeat = None if draft.repeat and draft.repeat.pattern in self.without else draft.repeat
        if draft.due:
            self._because(draft, "deadline", draft.due.start, draft.due.end, draft.due.pattern)
        if draft.repeat:
            self._because(draft, "recurrence", draft.repeat.start, draft.repeat.end, draft.repeat.pattern)
