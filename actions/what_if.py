"""What a draft rule would have said of a past period, before it is published. Writes nothing."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlmodel import Session, col, select

from actions.facts import Owed, facts_of, units_above
from actions.judge import Bench
from domain.sentence import Sentence
from domain.verdict import Outcome, Verdict
from rules.judge import judge
from rules.own_rule import read_own
from rules.pack import Pack
from rules.rule import Rule
from store.tables import AssignmentRow, DutyRow, OccurrenceRow, SubmissionRow, UnitRow

AT_ONCE = 1_000
"""Units whose facts are read together: with each thousand a handful of questions more."""


@dataclass(frozen=True)
class Tried:
    """One unit's last round. `outcome` None: the draft does not apply to it; `before` is what the rule in force
    under the same id says of the same figures, None where there is none or it does not apply."""

    unit: str
    outcome: Outcome | None
    why: str
    before: Outcome | None
    missing: tuple[str, ...]

    @property
    def changed(self) -> bool:
        return self.outcome is not self.before


@dataclass(frozen=True)
class WhatIf:
    """`silent`: units that owed a report and handed in none; nothing is said of them."""

    period: str
    tried: tuple[Tried, ...]
    silent: tuple[str, ...]

    def of(self, outcome: Outcome) -> tuple[Tried, ...]:
        return tuple(one for one in self.tried if one.outcome is outcome)

    @property
    def missing(self) -> Mapping[str, int]:
        """Each figure that kept the draft from a conclusion, with how many units lack it; most first."""
        return dict(
            Counter(figure for one in self.of(Outcome.UNKNOWN) for figure in one.missing).most_common()
        )


def what_if(session: Session, pack: Pack, text: str, period: str, bench: Bench) -> WhatIf:
    """`pack` as in force, `text` the draft (YAML), `period` a key like "2023-02". Raises PackError."""
    draft = read_own(text, pack)
    old = next((rule for rule in pack.in_force if rule.id == draft.id), None)
    drafted, before_it = _alone(pack, draft), _alone(pack, old)
    tried: list[Tried] = []
    silent: list[str] = []
    owed = _owed(session, pack, period)
    held = units_above(session, list({one.unit.id: one.unit for one in owed}.values()))
    for start in range(0, len(owed), AT_ONCE):
        group = owed[start : start + AT_ONCE]
        last = _last_rounds(session, group)
        silent.extend(one.unit.name for one in group if one.assignment.id not in last)
        reports = [(last[one.assignment.id], one) for one in group if one.assignment.id in last]
        for (_, one), facts in zip(reports, facts_of(session, reports, bench.office.tz), strict=True):
            now, before = _verdict(drafted, facts, bench), _verdict(before_it, facts, bench)
            tried.append(_tried(one.unit, pack, now, before))
    del held
    return WhatIf(period, tuple(tried), tuple(silent))


def _owed(session: Session, pack: Pack, period: str) -> list[Owed]:
    """Who owed figures to the pack, by name."""
    rows = session.exec(
        select(UnitRow, AssignmentRow, OccurrenceRow, DutyRow)
        .where(
            col(AssignmentRow.unit_id) == col(UnitRow.id),
            col(AssignmentRow.occurrence_id) == col(OccurrenceRow.id),
            col(OccurrenceRow.duty_id) == col(DutyRow.id),
            col(OccurrenceRow.period) == period,
            col(DutyRow.pack) == pack.id,
        )
        .order_by(col(UnitRow.name), col(AssignmentRow.id))
    )
    owed = [Owed(unit, assignment, occurrence, duty) for unit, assignment, occurrence, duty in rows]
    return [one for one in owed if one.duty.asks_figures_of(one.assignment.part)]


def _last_rounds(session: Session, owed: Sequence[Owed]) -> dict[int, SubmissionRow]:
    rows = session.exec(
        select(SubmissionRow)
        .where(col(SubmissionRow.assignment_id).in_([one.assignment.id for one in owed]))
        .order_by(col(SubmissionRow.round))
    )
    return {row.assignment_id: row for row in rows}


def _alone(pack: Pack, rule: Rule | None) -> Pack:
    """The pack with this rule only, switched on; compiled once for all units."""
    return replace(pack, rules=() if rule is None else (replace(rule, off=""),))


def _verdict(pack: Pack, facts: Mapping[str, Any], bench: Bench) -> Verdict | None:
    return next(iter(judge(pack, facts, bench.calendar)), None)


def _tried(unit: UnitRow, pack: Pack, now: Verdict | None, before: Verdict | None) -> Tried:
    lacking = [path for path, value in now.figures.items() if value is None] if now else []
    return Tried(
        unit=unit.name,
        outcome=now.outcome if now else None,
        why=now.why if now else Sentence("không thuộc phạm vi của quy tắc"),
        before=before.outcome if before else None,
        missing=tuple(pack.labels.get(path, path) for path in lacking),
    )
