"""The missing-field desk (bàn bổ sung): what the text leaves open, with proposals and their reasons.

Nothing here is applied: a person types or picks, and what they add stays marked "added by the office". A
proposal's `value` is worded as the form takes it: a unit's name, a deadline as a document words it.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property

from domain.competence import Competence, Earlier
from domain.directory import Directory
from domain.draft import DutyDraft
from domain.period import containing
from domain.products import product_of
from domain.proposal import Policy
from domain.sentence import Sentence
from domain.wording import say_clause, say_day, say_period
from domain.workdays import Calendar

MOST_LEADS = 3
_SCHOOL_YEAR = re.compile(r"năm học (\d{4})\s*[-–—]\s*(\d{4})", re.IGNORECASE)
FEWEST_DAYS = 10
"""Working days a quarter must still have for its end to be proposed."""


class Source(StrEnum):
    TEXT = "text"  # từ chính câu văn
    HEADING = "heading"  # từ đề mục
    EARLIER = "earlier"  # việc tương tự trước đây
    HABIT = "habit"  # nếp của cơ quan
    POLICY = "policy"  # chính sách của cơ quan


@dataclass(frozen=True)
class Fill:
    value: str
    reason: str
    source: Source


@dataclass(frozen=True)
class Gap:
    """`field`: lead, unit (a wording nobody knows), deadline, date (the document's own), product, measure. The
    likeliest proposal comes first. A measure may be the id of a form."""

    field: str
    fills: tuple[Fill, ...]
    wording: str = ""


@dataclass(frozen=True)
class Knowledge:
    """What proposals are made from. `headings`: start and text of the document's headings in their order;
    `siblings`: the document's other drafts; `given_on`: the office's day of asking."""

    directory: Directory
    competence: Competence
    policy: Policy
    calendar: Calendar
    given_on: date
    headings: Sequence[tuple[int, str]] = ()
    siblings: Sequence[DutyDraft] = ()

    @cached_property
    def busiest(self) -> list[tuple[str, int]]:
        """Codes of the units that lead most of the document's orders by themselves, with how many; the first
        named first among equals."""
        leads = (self.directory.find(draft.lead[0]) for draft in self.siblings if len(draft.lead) == 1)
        return Counter(codes[0] for codes in leads if len(codes) == 1).most_common(MOST_LEADS)


def gaps(draft: DutyDraft, missing: Sequence[str], pack: str, known: Knowledge) -> list[Gap]:
    """`missing` as `domain.proposal.propose` names it; `pack`: the form the terms already ask for. Product and
    measure are asked for but keep nothing from being issued."""
    found: list[Gap] = []
    for name in missing:
        field, _, wording = name.partition(":")
        if field == "unit":
            found.append(Gap("unit", tuple(_units(wording, known)), wording))
        elif field == "lead":
            found.append(Gap("lead", _first(_leads(draft, known), MOST_LEADS)))
        elif field in ("deadline", "deadline_past"):
            found.append(Gap("deadline", _first(_deadlines(draft, known))))
        elif field == "date":
            today = Fill(say_day(known.given_on), Sentence("hôm nay"), Source.HABIT)
            found.append(Gap("date", (today,)))
        else:
            found.append(Gap(field, ()))
    if not draft.product:
        found.append(Gap("product", _first(_products(draft, known))))
    if not draft.targets and not pack:
        found.append(Gap("measure", _first(_measures(draft, known))))
    return found


def _first(fills: Iterator[Fill], most: int = 10) -> tuple[Fill, ...]:
    """Each value once, with its first reason."""
    found: dict[str, Fill] = {}
    for fill in fills:
        found.setdefault(fill.value, fill)
    return tuple(found.values())[:most]


# --- who ---------------------------------------------------------------------------------------------------


def _units(wording: str, known: Knowledge) -> Iterator[Fill]:
    for one in known.directory.resolve(wording).suggestions:
        yield Fill(one.name, one.reason, Source.TEXT)


def _leads(draft: DutyDraft, known: Knowledge) -> Iterator[Fill]:
    name = known.directory.name
    for code in known.directory.mentioned(draft.quote):
        yield Fill(name(code), Sentence("câu văn có nhắc “{name}”", name=name(code)), Source.TEXT)
    for heading in above(draft, known.headings):
        for code in known.directory.mentioned(heading):
            yield Fill(name(code), Sentence("đề mục “{heading}”", heading=heading[:80]), Source.HEADING)
    for duty in known.competence.alike(draft.quote):
        for code in known.directory.current(duty.leads):
            yield Fill(
                name(code),
                Sentence("đã làm việc “{title}”{source}", title=duty.title, source=_from(duty)),
                Source.EARLIER,
            )
    for fit in known.competence.leads_for(draft.quote):
        words = ", ".join(f"“{pair}”" for pair in fit.words)
        for code in known.directory.current((fit.unit,)):
            yield Fill(
                name(code),
                Sentence("đã chủ trì {duties} việc có {words}", duties=fit.duties, words=words),
                Source.EARLIER,
            )
    for code, orders in known.busiest:
        yield Fill(
            name(code), Sentence("chủ trì {orders} nội dung khác của văn bản này", orders=orders), Source.TEXT
        )


def above(draft: DutyDraft, headings: Sequence[tuple[int, str]]) -> Iterator[str]:
    """The heading before the draft, then those its clause is numbered under, from the inside out."""
    before = [" ".join(text.split()) for start, text in headings if start < draft.start]
    yield from before[-1:]
    for label in reversed(re.split(r"[.#]", draft.clause)):
        under = re.compile(rf"(?:mục|phần)?\s*{re.escape(label)}\s*[.)/:-]", re.IGNORECASE)
        found = [text for text in before[:-1] if label and under.match(text)]
        yield from found[-1:]


# --- until when --------------------------------------------------------------------------------------------


def _deadlines(draft: DutyDraft, known: Knowledge) -> Iterator[Fill]:
    mine = {code for wording in draft.lead for code in known.directory.find(wording)}
    for duty in known.competence.alike(draft.quote):
        if duty.deadline and (not mine or mine & set(duty.leads)):
            who = Sentence("cùng đơn vị") if mine else Sentence("việc như vậy")
            yield Fill(
                duty.deadline,
                Sentence("{who} đã làm “{title}”{source}", who=who, title=duty.title, source=_from(duty)),
                Source.EARLIER,
            )
    if draft.recurrence not in ("none", "continuous", "event"):
        yield from _reporting_day(known)
    else:
        yield from _before_superior(draft, known)
        yield from _end_of_school_year(draft, known)
        yield _end_of_quarter(known)


def _reporting_day(known: Knowledge) -> Iterator[Fill]:
    if known.policy.reporting_day:
        yield Fill(known.policy.reporting_day, Sentence("ngày báo cáo của cơ quan"), Source.POLICY)
    said = [d.deadline for d in known.competence.earlier if d.recurrence != "none" and d.deadline]
    for wording in sorted(set(said), key=lambda wording: (-said.count(wording), wording))[:1]:
        reason = Sentence("{count} việc định kỳ đã giao có hạn này", count=said.count(wording))
        yield Fill(wording, reason, Source.HABIT)


def _before_superior(draft: DutyDraft, known: Knowledge) -> Iterator[Fill]:
    """A report the document owes on a day of its own needs its parts some working days before."""
    reports = [
        (date.fromisoformat(other.deadline_latest), other)
        for other in known.siblings
        if other.kind == "report"
        and other.id != draft.id
        and other.deadline_latest
        and _is_day(other.deadline)
    ]
    for day, report in sorted(reports, key=lambda pair: pair[0]):
        early = known.calendar.add(day, -known.policy.before_report)
        if early > known.given_on:
            where = say_clause(report.clause) or Sentence("văn bản")
            reason = Sentence(
                "{where} hẹn báo cáo ngày {day}; xong trước {days} ngày làm việc thì kịp tổng hợp",
                where=where,
                day=say_day(day),
                days=known.policy.before_report,
            )
            yield Fill(say_day(early), reason, Source.TEXT)
            return


def _is_day(deadline: str | None) -> bool:
    return re.fullmatch(r"\d{4}-\d\d-\d\d", deadline or "") is not None


def _end_of_school_year(draft: DutyDraft, known: Knowledge) -> Iterator[Fill]:
    """Of the school year that the order, else the heading above it, names, while it is not over."""
    for text, source in (
        (draft.quote, Source.TEXT),
        *((h, Source.HEADING) for h in above(draft, known.headings)),
    ):
        if (found := _SCHOOL_YEAR.search(text)) and int(found[2]) == int(found[1]) + 1:
            day = known.calendar.previous_working(known.calendar.school_year(int(found[1])).ends)
            if day > known.given_on:
                year = f"{found[1]}-{found[2]}"
                yield Fill(say_day(day), Sentence("hết năm học {year} mà văn bản nêu", year=year), source)
                return


def _end_of_quarter(known: Knowledge) -> Fill:
    quarter = containing("quarter", known.given_on)
    if known.calendar.add(known.given_on, FEWEST_DAYS) > quarter.last:
        quarter = quarter.next
    day = known.calendar.previous_working(quarter.last)
    return Fill(
        say_day(day),
        Sentence("văn bản không nêu hạn; hết {period}", period=say_period(quarter.key)),
        Source.HABIT,
    )


# --- what, and how one sees it -------------------------------------------------------------------------------


def _products(draft: DutyDraft, known: Knowledge) -> Iterator[Fill]:
    if found := product_of(draft.quote):
        product, verb = found
        yield Fill(product, Sentence("câu văn có “{verb}”", verb=verb), Source.TEXT)
    for duty in known.competence.alike(draft.quote):
        if duty.product:
            yield Fill(
                duty.product,
                Sentence("việc “{title}”{source} đã nộp", title=duty.title, source=_from(duty)),
                Source.EARLIER,
            )


def _measures(draft: DutyDraft, known: Knowledge) -> Iterator[Fill]:
    for duty in known.competence.alike(draft.quote):
        if duty.pack:
            yield Fill(
                duty.pack,
                Sentence("việc “{title}”{source} đã dùng biểu mẫu này", title=duty.title, source=_from(duty)),
                Source.EARLIER,
            )
    units = len({code for wording in draft.lead for code in known.directory.find(wording)})
    if units > 1:
        yield Fill("tỷ lệ đơn vị hoàn thành", Sentence("giao cho {units} đơn vị", units=units), Source.HABIT)
    found = product_of(draft.quote)
    if product := draft.product or (found and found[0]):
        yield Fill(f"{product} được duyệt", Sentence("việc xong khi sản phẩm được duyệt"), Source.HABIT)


def _from(duty: Earlier) -> str:
    return f" ({duty.source})" if duty.source else ""
