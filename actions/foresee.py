"""What the rules would say of a report before it is handed in. Writes nothing."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, func, select

from actions.facts import Handed, Owed, cases
from actions.judge import Bench
from domain.verdict import Verdict
from rules.explain import explain
from rules.judge import judge
from rules.told import Told, told
from store.tables import AssignmentRow, DutyRow, OccurrenceRow, SubmissionRow, UnitRow


@dataclass(frozen=True)
class Foreseen:
    """One rule's verdict with the tree behind it. `scope` says why the rule applies; None: to everybody."""

    verdict: Verdict
    tree: Told
    scope: Told | None


def foresee(
    session: Session, assignment_id: int, figures: Mapping[str, Any], files: int, bench: Bench, at: datetime
) -> list[Foreseen]:
    """As `judge` would judge the figures handed in at `at` with so many files; empty where the work asks for none."""
    assignment = session.get_one(AssignmentRow, assignment_id)
    occurrence = session.get_one(OccurrenceRow, assignment.occurrence_id)
    duty = session.get_one(DutyRow, occurrence.duty_id)
    pack = bench.packs.get(duty.pack)
    if pack is None or not duty.asks_figures_of(assignment.part):
        return []
    rounds = session.exec(select(func.count()).where(col(SubmissionRow.assignment_id) == assignment_id)).one()
    unit = session.get_one(UnitRow, assignment.unit_id)
    owed = Owed(unit, assignment, occurrence, duty)
    [facts] = cases(session, [(Handed(figures, at, rounds + 1, files), owed)], bench.office.tz)
    rules = {rule.id: rule for rule in pack.in_force}
    found = []
    for verdict in judge(pack, facts, bench.calendar):
        rule = rules[verdict.rule_id]
        tree = told(explain(rule.check, facts, bench.calendar), pack.labels)
        scope = rule.scope and told(explain(rule.scope, facts, bench.calendar), pack.labels)
        found.append(Foreseen(verdict, tree, scope or None))
    return found
