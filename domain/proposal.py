"""From a draft to terms: what the text gives, what the office's policy adds, and what nobody gives.

Nothing is invented silently: what the policy adds is named in `added` and stays marked "added by the
office"; what is missing keeps the draft from becoming a duty until a person decides.
"""

from collections.abc import Callable
from datetime import date
from typing import Any, NamedTuple

from pydantic import BaseModel, ConfigDict

from domain.assignment import Part
from domain.chain import Chain
from domain.directory import Directory
from domain.draft import DutyDraft
from domain.duty import BY_CALENDAR, Assignee, DutyTerms, Force, Kind, Review
from domain.instalment import instalment
from domain.recurrence import Schedule, Shift
from domain.scenario import Situation, situation_in
from domain.sentence import Sentence
from domain.stated import find_stated

TITLE = 160


class PolicyRule(BaseModel):
    """What to add to drafts that match: every given condition must hold; a clause matches by its beginning.
    `chain`: steps planned back from the deadline. `situation`: the duty runs only while that is declared.
    `plans_for`: it makes the plan without which that is not declared."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    clause: str | None = None
    kind: str | None = None
    recurrence: str | None = None
    lead: str | None = None
    parts_from: str | None = None
    pack: str = ""
    review: Review = Review.RULES
    attested_in: str = ""
    chain: Chain | None = None
    situation: Situation | None = None
    plans_for: Situation | None = None
    for_superior: bool = False
    cascade: bool = False

    @property
    def reviewed(self) -> Review:
        """What no rules judge is looked at by a person, unless the policy says otherwise."""
        return self.review if self.pack or "review" in self.model_fields_set else Review.PERSON

    def matches(self, draft: DutyDraft) -> bool:
        return (
            (self.clause is None or draft.clause.startswith(self.clause))
            and (self.kind is None or draft.kind == self.kind)
            and (self.recurrence is None or draft.recurrence == self.recurrence)
        )


class Policy(BaseModel):
    """How an office turns drafts into duties without asking: the first matching rule counts.

    Two habits are only proposed, never applied: `reporting_day`, worded as a document words it ("trước ngày 15
    hằng tháng"), and `before_report`, working days the office needs between the parts and a report."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    shift: Shift = Shift.PREVIOUS
    attested_in: str = "báo cáo tháng"
    reporting_day: str = ""
    before_report: int = 3
    rules: tuple[PolicyRule, ...] = ()

    def rule_for(self, draft: DutyDraft) -> PolicyRule:
        return next((rule for rule in self.rules if rule.matches(draft)), PolicyRule())


class Proposal(NamedTuple):
    terms: DutyTerms | None
    missing: tuple[str, ...]
    added: tuple[str, ...]
    notes: tuple[str, ...] = ()


Proposer = Callable[[DutyDraft], Proposal]


def propose(draft: DutyDraft, *, policy: Policy, directory: Directory, issued_on: date | None) -> Proposal:
    """Terms for one draft, or None with the names of what is missing: "lead", "unit:<wording>", "deadline",
    "date" (the document's own date, without which no deadline can be computed). "situation" asks a person for a yes
    to what was read, and may stand beside terms. `notes`: what the directory says about the units, and coordinators
    nobody knows; they keep nothing from being decided."""
    rule = policy.rule_for(draft)
    who, missing, added = _assign(draft, rule, directory)
    notes = tuple(dict.fromkeys(who.notes))
    kind = _kind(draft)
    if kind in BY_CALENDAR and not draft.deadline:
        missing.append("deadline")
    if (
        kind is Kind.ONE_OFF
        and draft.deadline
        and not (draft.deadline_latest or _anchor(draft) == "document")
    ):
        missing.append("deadline")
    if issued_on is None:
        missing.append("date")
    elif kind is Kind.ONE_OFF and _is_past(draft, issued_on):
        missing.append("deadline_past")
    part = instalment(draft.quote)
    read = None if rule.situation else situation_of(draft)
    to_confirm = ("situation",) if read else ()
    if missing or issued_on is None:
        return Proposal(None, tuple(dict.fromkeys((*missing, *to_confirm))), tuple(added), notes)
    terms = DutyTerms(
        title=title(draft.quote),
        kind=kind,
        force=Force.REQUEST if draft.force == "request" else Force.BINDING,
        assignees=who.assignees,
        schedule=schedule(draft, kind, policy.shift, issued_on),
        inspection=draft.kind == "inspection",
        report=draft.kind == "report",
        pack=rule.pack,
        review=rule.reviewed,
        attested_in=(rule.attested_in or policy.attested_in) if kind is Kind.STANDING else "",
        product=draft.product or "",
        measure=measure(draft),
        chain=rule.chain,
        situation=rule.situation or read,
        plans_for=rule.plans_for,
        for_superior=rule.for_superior,
        cascade=rule.cascade,
        series=part.series if part else "",
        instalment=part.number if part else None,
        added=tuple(added),
    )
    return Proposal(terms, to_confirm, tuple(added), notes)


def situation_of(draft: DutyDraft) -> Situation | None:
    """The situation the order seems to be only for. A person confirms it: while it is not declared the duty sleeps, and
    nobody would learn that it was misread."""
    return None if _kind(draft) is Kind.DORMANT else situation_in(draft.quote)


def added_by_office(draft: DutyDraft, terms: DutyTerms) -> tuple[str, ...]:
    """What terms say that the text does not: whoever decided it, it stays marked."""
    given = {
        "lead": not draft.lead and bool(terms.assignees),
        "deadline": not draft.deadline and bool(terms.schedule.stated),
        "product": bool(terms.product) and terms.product != draft.product,
        "measure": bool(terms.measure) and terms.measure != measure(draft),
    }
    return tuple(dict.fromkeys((*terms.added, *(name for name, added in given.items() if added))))


def title(quote: str) -> str:
    """The order without its bullet, number or Markdown's bold, short enough for a list."""
    words = quote.replace("**", "").lstrip("-–+*•() .0123456789\t").rstrip(" .;")
    return words if len(words) <= TITLE else words[: TITLE - 1].rsplit(" ", 1)[0] + "…"


def measure(draft: DutyDraft) -> str:
    """The targets of the text, in its words."""
    return "; ".join(target.text for target in draft.targets)


def schedule(draft: DutyDraft, kind: Kind, shift: Shift, issued_on: date) -> Schedule:
    """Of an order that sets several days (đợt 1, đợt 2) each is a deadline of its own, and one of them may come
    back: "15/9/2023 và 15/12 hằng năm"."""
    days = [one.deadline_latest for one in draft.stages] if kind is Kind.ONE_OFF else []
    every = ",".join(day for day in days if day)
    mixed = ",".join(one.deadline for one in draft.stages) if _then_yearly(draft) else ""
    return Schedule(
        repeat=_repeat(draft, kind),
        stated=every or mixed or draft.deadline or "",
        op=None if every else draft.deadline_op,
        shift=shift,
        first=issued_on,
        last=None,
    )


def _repeat(draft: DutyDraft, kind: Kind) -> Any:
    """A standing duty never recurs by itself, however its text says "hằng tháng, hằng tuần"."""
    said = "yearly" if _then_yearly(draft) else draft.recurrence
    return {Kind.ONE_OFF: "none", Kind.DORMANT: "none", Kind.STANDING: "continuous"}.get(kind, said)


def _kind(draft: DutyDraft) -> Kind:
    """A repeated task without a day of its own is a standing duty: it is attested, never ticked off. One with a
    condition and no day of its own (khi có yêu cầu, sau khi được phê duyệt) sleeps until the condition is met."""
    undated = not draft.deadline or draft.deadline.startswith("event")
    if undated and draft.recurrence in ("none", "event") and (draft.condition or _waits_for_event(draft)):
        return Kind.DORMANT
    if draft.recurrence in ("continuous", "periodic", "event"):
        return Kind.STANDING
    if draft.recurrence != "none":
        return Kind.RECURRING if draft.deadline else Kind.STANDING
    return Kind.RECURRING if _then_yearly(draft) else Kind.ONE_OFF


def _then_yearly(draft: DutyDraft) -> bool:
    """Once on a day with its year, then every year on another."""
    return any(one.deadline.startswith("--") for one in draft.stages)


def _waits_for_event(draft: DutyDraft) -> bool:
    """A request that may come, or a term that runs from neither the document nor its receipt."""
    if draft.deadline:
        return _anchor(draft) == "event"
    said = find_stated(draft.quote)
    return any(one.recurrence == "event" and one.text.lower().endswith("yêu cầu") for one in said)


def _anchor(draft: DutyDraft) -> str | None:
    """What its term runs from, as the order says. One from the document's own day is counted with the calendar once
    there are terms: reading has none."""
    said = find_stated(draft.quote) if (draft.deadline or "").startswith("event") else ()
    return next((one.anchor for one in said if one.value == draft.deadline), None)


def _is_past(draft: DutyDraft, issued_on: date) -> bool:
    try:
        return date.fromisoformat(draft.deadline_latest or "") < issued_on
    except ValueError:
        return False


class _Who:
    """Units with their parts, gathered wording by wording; the first part a unit is given stays."""

    def __init__(self, directory: Directory) -> None:
        self.directory = directory
        self.parts: dict[str, Part] = {}
        self.notes: list[str] = []

    def add(self, wording: str, part: Part, many: Part | None = None) -> bool:
        """Whether the wording is known; `many`: the part each has when it means several units."""
        found = self.directory.resolve(wording)
        self.notes += found.notes
        for code in found.codes:
            self.parts.setdefault(code, many if many and len(found.codes) > 1 else part)
        return bool(found.codes)

    def joined_by(self, wording: str) -> bool:
        """A coordinator, or a note that nobody knows it."""
        known = self.add(wording, Part.COORDINATOR)
        if not known:
            self.notes.append(
                Sentence(
                    "Cơ quan chưa có đơn vị tên “{wording}”, nên phần phối hợp này chưa được giao cho ai.",
                    wording=wording,
                )
            )
        return known

    def has_all(self, wording: str) -> bool:
        """Whether all it names hand in for themselves: a part is not asked of them on top, and their form's figures
        stay theirs."""
        codes = self.directory.resolve(wording).codes
        return bool(codes) and all(self.parts.get(c, Part.COORDINATOR) is not Part.COORDINATOR for c in codes)

    @property
    def assignees(self) -> tuple[Assignee, ...]:
        return tuple(Assignee(unit=code, part=part) for code, part in self.parts.items())


def _assign(draft: DutyDraft, rule: PolicyRule, directory: Directory) -> tuple[_Who, list[str], list[str]]:
    """Who takes part, what is missing and what the policy added."""
    who, missing, added = _Who(directory), list[str](), list[str]()
    leads = draft.lead
    if not leads and rule.lead:
        leads = (rule.lead,)
        added.append("lead")
    several = None if draft.role == "chu_tri" else Part.EXECUTOR
    missing += [f"unit:{wording}" for wording in leads if not who.add(wording, Part.LEAD, several)]
    for wording in draft.coordinators:
        who.joined_by(wording)
    added += [
        name for name in ("chain", "situation", "plans_for", "for_superior", "cascade") if getattr(rule, name)
    ]
    if rule.parts_from and not who.has_all(rule.parts_from) and who.joined_by(rule.parts_from):
        added.append("parts")
    return who, missing if leads else ["lead"], added
