"""Who is told what in which letter: notices joined for a person, a kind and a day.

Pure: the letters the clock writes and the letters the preview foretells come from this one function.
"""

from collections import Counter
from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from domain.assignment import Part
from domain.escalation import TO_UNIT, Fate
from domain.letter import LetterKind
from domain.reach import Pace
from domain.recipients import Holder, Staff
from domain.unit import Role

JOINED = (LetterKind.REMINDER, LetterKind.OVERDUE, LetterKind.DIGEST)
"""Letters made of notices. Only these count towards a person's daily cap: an answer to somebody's act does
not wait."""


@dataclass(frozen=True)
class Case:
    """One notice that waits to be told. `key` names it for the caller, `matter` the occurrence it belongs to;
    `told`: persons already written to about it; `person_id`: whom the unit gave the work to; `since`: the day the
    rung was taken; a case that is not `binding` only informs. `request` (đề nghị): nobody hears of it once its day is
    over. `moot`: a part of what its lead has delivered without it; nobody hears of it. Should the whole come
    back, the part's later rungs are told again."""

    key: Hashable
    matter: Hashable
    unit_id: int
    role: Role
    part: Part
    due_at: datetime
    person_id: int | None = None
    told: Collection[int] = ()
    binding: bool = True
    since: date = date.min
    request: bool = False
    moot: bool = False

    def kind(self, at: datetime) -> LetterKind:
        if self.role not in TO_UNIT:
            return LetterKind.DIGEST
        return LetterKind.REMINDER if at < self.due_at else LetterKind.OVERDUE


@dataclass
class Bundle:
    """What one person is told in one letter; `holders` beside `cases`, in whose place each reaches them. `later`:
    the person wants it with next week's."""

    kind: LetterKind
    holders: list[Holder] = field(default_factory=list)
    cases: list[Case] = field(default_factory=list)
    later: bool = False

    @property
    def person_id(self) -> int:
        return self.holders[0].person_id


NOBODY_CHOSE: Mapping[int, Pace] = {}

Closed = tuple[Case, Fate, str]


def join(
    cases: Sequence[Case],
    *,
    staff: Staff,
    at: datetime,
    today: date,
    covered: Collection[tuple[Hashable, int]],
    paces: Mapping[int, Pace] = NOBODY_CHOSE,
) -> tuple[list[Bundle], list[Closed]]:
    """One bundle for each person and kind, in the order in which the notices came, and the cases that reach
    nobody, each with its fate and reason. `covered`: matters whose lead a person has been told of and which are
    still open. What gives a part to a matter is not told to whoever is told of the matter itself. `paces`: how
    often a person wants to hear of what only informs; a week's cases are told in the week after, together."""
    closed: list[Closed] = []
    reached = [(case, staff.find(case.unit_id, case.role, today, named=case.person_id)) for case in cases]
    heads = {*covered, *_heads(reached)}
    bundles: dict[tuple[LetterKind, int, bool], Bundle] = {}
    for case, holders in reached:
        wanted = [h for h in holders if not (_is_part(case) and (case.matter, h.person_id) in heads)]
        if case.request and at >= case.due_at:
            wanted = []
            closed.append((case, Fate.SUPERSEDED, "ngày đề nghị đã qua; đề nghị không đôn đốc"))
        elif case.moot:
            wanted = []
            closed.append((case, Fate.SUPERSEDED, "đơn vị chủ trì đã nộp kết quả chung"))
        elif not holders:
            closed.append((case, Fate.SKIPPED, nobody(case.role, today)))
        elif not wanted:
            closed.append((case, Fate.SUPERSEDED, "đã nằm trong việc của đơn vị chủ trì"))
        elif all(_pace(case, h, paces) is Pace.OFF for h in wanted):
            closed.append((case, Fate.SKIPPED, "người nhận đã chọn không nhận bản tin để biết"))
        for holder in wanted:
            pace = _pace(case, holder, paces)
            if holder.person_id not in case.told and pace is not Pace.OFF:
                kind, later = case.kind(at), pace is Pace.WEEKLY and _week(case.since) == _week(today)
                bundle = bundles.setdefault((kind, holder.person_id, later), Bundle(kind, later=later))
                bundle.holders.append(holder)
                bundle.cases.append(case)
    return list(bundles.values()), closed


def nobody(role: Role, today: date) -> str:
    """Why a case reached nobody that day."""
    return f"không có ai giữ chức vụ {role} vào ngày {today:%d/%m/%Y}"


def allot(
    bundles: Iterable[Bundle], posted: Mapping[int, Counter[LetterKind]], cap: int
) -> tuple[list[Bundle], list[Bundle]]:
    """Bundles to be written now, and bundles kept for another day: a person gets one digest a day and `cap`
    letters in all. `posted`: the letters each person has today already (`JOINED` kinds)."""
    counts = {person_id: Counter(kinds) for person_id, kinds in posted.items()}
    now, kept = [], []
    for bundle in bundles:
        had = counts.setdefault(bundle.person_id, Counter())
        second = bundle.kind is LetterKind.DIGEST and had[LetterKind.DIGEST]
        if bundle.later or second or had.total() >= cap:
            kept.append(bundle)
        else:
            had[bundle.kind] += 1
            now.append(bundle)
    return now, kept


def _pace(case: Case, holder: Holder, paces: Mapping[int, Pace]) -> Pace:
    return Pace.DAILY if case.binding else paces.get(holder.person_id, Pace.DAILY)


def _week(day: date) -> tuple[int, int]:
    return day.isocalendar()[:2]


def _heads(reached: Iterable[tuple[Case, Sequence[Holder]]]) -> set[tuple[Hashable, int]]:
    return {
        (case.matter, holder.person_id)
        for case, holders in reached
        for holder in holders
        if case.part is Part.LEAD and case.role not in TO_UNIT
    }


def _is_part(case: Case) -> bool:
    return case.part is Part.COORDINATOR and case.role not in TO_UNIT
