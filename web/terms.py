"""What a person writes beside a draft, put into the draft as if the document had said it.

The lead is a name or a group the office knows, the deadline is worded as a document words it ("trước ngày 15
hằng tháng"), so whoever decides needs no other language. What the document did not say stays marked.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from functools import partial
from textwrap import shorten
from typing import Any

from domain.assignment import Part
from domain.draft import DutyDraft
from domain.duty import DutyTerms, Force, Review
from domain.proposal import PolicyRule, Proposer, measure, situation_of, title
from domain.scenario import Situation
from domain.sentence import Sentence
from domain.stated import Stated, find_stated, latest
from domain.wording import say_period
from domain.workdays import Calendar

EXAMPLES = "15/12/2026; trước ngày 15 hằng tháng; hết quý II; cuối mỗi quý; thường xuyên"
TITLE_LENGTH = 300


@dataclass(frozen=True)
class Answers:
    """The fields of the form as typed. Units are told apart by semicolons: names may hold commas. `plans_for`,
    `situation`: a situation and its state, "dịch bệnh: phức tạp"."""

    title: str = ""
    lead: str = ""
    coordinators: str = ""
    deadline: str = ""
    pack: str = ""
    review: str = Review.RULES.value
    since: str = ""
    product: str = ""
    measure: str = ""
    plans_for: str = ""
    situation: str = ""
    force: str = Force.BINDING.value
    ending: str = ""


class Ending(StrEnum):
    """What ends a duty beside the ordinary report."""

    HANDED_IN = ""
    SUPERIOR = "superior"  # trình cấp trên
    PLANS = "plans"  # kế hoạch của từng đơn vị


CHOICES: Mapping[str, tuple[type[StrEnum], str]] = {
    "review": (Review, Sentence("Hãy chọn ai duyệt báo cáo.")),
    "force": (Force, Sentence("Hãy chọn mức độ.")),
    "ending": (Ending, Sentence("Hãy chọn việc xong khi nào.")),
}
NO_RULE = PolicyRule()
CHOSEN = "chon."
"""Before a field's name: the proposal a person picked for it. It counts before what stands in the field."""
LONGEST = 1000
MOST_OF_EVENT = 80
NO_STATE = Sentence("Hãy ghi tình huống và trạng thái, như “dịch bệnh: phức tạp”, hoặc để trống.")


def answered(sent: Mapping[str, Any], shown: Answers) -> Answers:
    """A form as it came back: a field that was not on it is as it was `shown`."""
    return Answers(
        **{
            name: str(sent.get(CHOSEN + name) or sent.get(name, before))
            for name, before in asdict(shown).items()
        }
    )


class NotUnderstood(Exception):
    """Fields nobody could act on, each with a message for the person who typed it; the first is the exception's."""

    def __init__(self, faults: Mapping[str, str]) -> None:
        super().__init__(next(iter(faults.values())))
        self.faults = faults


def asked(draft: DutyDraft, terms: DutyTerms | None, rule: PolicyRule = NO_RULE) -> Answers:
    """What the form shows at first: what was read, and what the office's policy chose; by its `rule` where the draft
    lacks something and has no terms yet."""
    chosen = terms or rule
    return Answers(
        title=terms.title if terms else title(draft.quote),
        lead=_units(draft.lead),
        coordinators=_units(draft.coordinators),
        deadline=_worded(draft),
        pack=chosen.pack,
        review=(terms.review if terms else rule.reviewed).value,
        product=(terms.product if terms else draft.product) or "",
        measure=terms.measure if terms else measure(draft),
        plans_for=_said_situation(chosen.plans_for),
        situation=_said_situation(chosen.situation or (None if terms else situation_of(draft))),
        force=(terms.force if terms else _force(draft)).value,
        ending=_ending(chosen),
    )


def amended(
    draft: DutyDraft, answers: Answers, *, calendar: Calendar, issued_on: date | None, received: date
) -> tuple[DutyDraft, tuple[str, ...]]:
    """The draft with what was changed, and the names of what the office added to the text. A field left as
    it was changes nothing. Raises NotUnderstood."""
    before = asked(draft, None)
    changes: dict[str, object] = {}
    added: list[str] = []
    if answers.lead.strip() != before.lead:
        changes |= {"lead": _names(answers.lead), "role": "chu_tri"}
        added.append("lead")
    if answers.coordinators.strip() != before.coordinators:
        changes["coordinators"] = _names(answers.coordinators)
        added.append("parts")
    if answers.deadline.strip() != before.deadline:
        changes |= _times(answers.deadline, calendar, issued_on, received)
        added.append("deadline")
    return draft.model_copy(update=changes), tuple(added)


def decide(
    draft: DutyDraft,
    answers: Answers,
    propose: Proposer,
    *,
    calendar: Calendar,
    issued_on: date | None,
    received: date,
) -> DutyTerms:
    """The terms the answers give. Raises NotUnderstood, also for what is still missing."""
    if long := next((name for name, typed in asdict(answers).items() if len(typed) > LONGEST), ""):
        raise NotUnderstood({long: Sentence("Dài quá {most} ký tự.", most=LONGEST)})
    for name, (options, said) in CHOICES.items():
        if getattr(answers, name) not in set(options):
            raise NotUnderstood({name: said})
    read = partial(amended, draft, calendar=calendar, issued_on=issued_on, received=received)
    faults: dict[str, str] = {}
    try:
        changed, added = read(answers)
    except NotUnderstood as error:  # what else is wrong is told with it
        faults |= error.faults
        changed, added = read(replace(answers, deadline=asked(draft, None).deadline))
    proposal = propose(changed)
    for name in proposal.missing if proposal.terms is None else ():  # else the form says the situation
        faults.setdefault(*lacking(name))
    situations = dict(_situations(answers, faults))
    if proposal.terms is None or faults:
        raise NotUnderstood(faults)
    chosen = " ".join(answers.title.split())[:TITLE_LENGTH]
    terms = proposal.terms.model_copy(
        update={
            "title": chosen or proposal.terms.title,
            "force": Force(answers.force),
            "pack": answers.pack,
            "review": Review(answers.review),
            "product": " ".join(answers.product.split()),
            "measure": " ".join(answers.measure.split()),
            **situations,
        }
    )
    if answers.ending != _ending(terms):
        ends = {"for_superior": answers.ending == Ending.SUPERIOR, "cascade": answers.ending == Ending.PLANS}
        terms = terms.model_copy(update=ends)
    decided = [name for name, said in situations.items() if said != getattr(proposal.terms, name)]
    marked = (*proposal.added, *added, *decided, "for_superior", "cascade")
    parts = any(
        one.part is Part.COORDINATOR for one in terms.assignees
    )  # else the lead's figures are its own
    kept = (name for name in dict.fromkeys(marked) if parts or name != "parts")
    return terms.model_copy(update={"added": tuple(name for name in kept if getattr(terms, name, True))})


def _situations(answers: Answers, faults: dict[str, str]) -> Iterator[tuple[str, Situation | None]]:
    for field in ("plans_for", "situation"):
        name, _, state = (" ".join(part.split()) for part in getattr(answers, field).partition(":"))
        if name and state:
            yield field, Situation(name=name, state=state)
        elif name or state:
            faults[field] = NO_STATE
        else:
            yield field, None


def _ending(terms: DutyTerms | PolicyRule) -> Ending:
    return Ending.SUPERIOR if terms.for_superior else Ending.PLANS if terms.cascade else Ending.HANDED_IN


def _force(draft: DutyDraft) -> Force:
    return Force.REQUEST if draft.force == "request" else Force.BINDING


def _said_situation(situation: Situation | None) -> str:
    return f"{situation.name}: {situation.state}" if situation else ""


def lacking(missing: str) -> tuple[str, str]:
    """The field that would give what is missing, and what is said there."""
    name, _, wording = missing.partition(":")
    match name:
        case "unit":
            return "lead", Sentence(
                "Cơ quan không có đơn vị nào tên “{wording}”. Hãy chọn đơn vị được giao.", wording=wording
            )
        case "lead":
            return "lead", Sentence("Hãy chọn đơn vị thực hiện.")
        case "date":
            return "since", Sentence("Văn bản không có ngày ban hành. Hãy ghi ngày bắt đầu giao việc.")
        case "situation":
            return "situation", Sentence(
                "Hãy xem lại: việc chỉ thực hiện trong tình huống này? Xóa đi nếu làm ngay."
            )
        case "deadline_past":
            return "deadline", Sentence(
                "Hạn này đã qua trước khi giao việc. Hãy ghi hạn mới, hoặc “thường xuyên” nếu việc không có hạn."
            )
        case _:
            return "deadline", Sentence("Hãy ghi thời hạn, hoặc “thường xuyên” nếu việc không có hạn.")


def begins(answers: Answers, issued_on: date | None) -> date | None:
    """The day the duty begins: the document's own date, or the one a person gives where it has none."""
    if issued_on is not None or not answers.since.strip():
        return issued_on
    try:
        return datetime.strptime(answers.since.strip(), "%d/%m/%Y").date()
    except ValueError:
        raise NotUnderstood({"since": Sentence("Hãy viết ngày như 01/02/2026.")}) from None


def _times(typed: str, calendar: Calendar, issued_on: date | None, received: date) -> dict[str, object]:
    if not typed.strip():
        return {
            "deadline": None, "deadline_text": None, "deadline_latest": None, "recurrence": "none", "stages": (),
        }  # fmt: skip
    said = _said(typed, issued_on)
    last = latest(said, document_date=issued_on, received=received, calendar=calendar)
    waits = "event" in (said.recurrence, said.anchor)
    return {
        **({"condition": typed.strip()} if waits else {}),
        "stages": (),
        "deadline": said.value,
        "deadline_text": typed.strip(),
        "deadline_op": said.op,
        "deadline_latest": last.isoformat() if last else None,
        "recurrence": said.recurrence,
        "recurrence_text": None,
    }


def _said(typed: str, issued_on: date | None) -> Stated:
    found = find_stated(typed.strip(), document_date=issued_on, phrase=True)
    for one in found:
        if one.problem:
            raise NotUnderstood({"deadline": one.problem})
        if one.value or one.recurrence != "none":
            return one
    said = Sentence(
        "Chưa hiểu thời hạn “{typed}”. Ví dụ: {examples}.", typed=typed.strip()[:80], examples=EXAMPLES
    )
    raise NotUnderstood({"deadline": said})


def _worded(draft: DutyDraft) -> str:
    """A time that was read from the whole of an order (the year of its plan) is worded by itself."""
    said = " ".join((draft.deadline_text or draft.recurrence_text or "").split())
    if said.endswith(" khi"):  # "trong 24 giờ kể từ khi bão tan": the event stands behind it in the order
        event = re.split(r"[,;.:]", " ".join(draft.quote.split()).partition(said)[2])[0]
        return said + " " + shorten(event, MOST_OF_EVENT, placeholder="…")
    return say_period(draft.deadline) if draft.deadline and said == draft.quote else said


def _units(names: tuple[str, ...]) -> str:
    return "; ".join(names)


def _names(typed: str) -> tuple[str, ...]:
    return tuple(name for part in typed.split(";") if (name := " ".join(part.split())))
