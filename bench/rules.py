"""Judging: twenty rules compiled by us, by four engines, and written by hand, over the same records.

Figures are CPU time, medians of alternating rounds, so that busy neighbours weigh on all alike. Every engine's
verdicts are compared with ours record by record before anything is timed.
"""

import argparse
import json
from collections.abc import Callable, Iterable
from statistics import median
from time import process_time
from typing import Any

from bench._rules_cases import NUMBERS, RULES, by_hand, records
from bench._rules_engines import ENGINES
from domain.verdict import Outcome
from rules.check import check
from rules.compile import Judgement, compile_rules
from rules.explain import explain
from rules.meaning import Meaning
from rules.parser import parse
from rules.tree import Kind, Node
from rules.wording import why

ROUNDS = 5
SLOW_SHARE = 40
"""Engines judge one record for every so many of ours: rates are per record."""


def vocabulary() -> dict[str, Meaning]:
    figures = {f"report.{name}": Meaning(Kind.NUMBER) for name in NUMBERS}
    texts = {f"unit.{name}": Meaning(Kind.TEXT) for name in ("level", "ownership")}
    flags = {name: Meaning(Kind.BOOLEAN) for name in ("unit.kitchen", "submission.on_time")}
    others = {name: Meaning(Kind.NUMBER) for name in ("previous.report.pupils", "submission.files")}
    return figures | texts | flags | others


def rates(runs: dict[str, tuple[Callable[[Any], Any], list[Any]]]) -> dict[str, float]:
    """Records a second of CPU for each named (function, records), measured in alternation."""
    spent: dict[str, list[float]] = {name: [] for name in runs}
    for _ in range(ROUNDS):
        for name, (function, cases) in runs.items():
            start = process_time()
            for case in cases:
                function(case)
            spent[name].append((process_time() - start) / len(cases))
    return {name: 1 / median(times) for name, times in spent.items()}


def assert_same(name: str, ours: Iterable[tuple[Any, ...]], theirs: Iterable[Iterable[Any]]) -> None:
    for row, (one, other) in enumerate(zip(ours, theirs, strict=True)):
        if tuple(one) != tuple(other):
            raise SystemExit(f"{name} judges record {row} otherwise: {one} / {tuple(other)}")


def worded(nodes: list[Node], judgement: Judgement) -> Callable[[Any], None]:
    """Judge, and give the reason of every violation as the sentence people read."""

    def run(case: Any) -> None:
        for node, outcome in zip(nodes, judgement(case), strict=True):
            if outcome is Outcome.NOT_MET:
                why(explain(node, case))

    return run


def explained(nodes: list[Node], judgement: Judgement) -> Callable[[Any], None]:
    """Judge, and keep the tree of values of every violation."""

    def run(case: Any) -> None:
        for node, outcome in zip(nodes, judgement(case), strict=True):
            if outcome is Outcome.NOT_MET:
                explain(node, case)

    return run


def measure(count: int) -> dict[str, Any]:
    nodes = [check(parse(text), vocabulary()) for text in RULES]
    judgement = compile_rules([(None, node) for node in nodes])
    cases, lacking = records(count), records(count, lacking=0.03)
    few = cases[: max(count // SLOW_SHARE, 20)]
    ours = [judgement(case) for case in cases]
    assert_same("by hand", ours, map(by_hand, cases))
    engines = {name: build(nodes) for name, build in ENGINES.items()}
    truths = [tuple(outcome is Outcome.MET for outcome in row) for row in ours[: len(few)]]
    for name, engine in engines.items():
        assert_same(name, truths, map(engine, few))
    measured = rates(
        {
            "dondoc": (judgement, cases),
            "by hand": (by_hand, cases),
            "dondoc, 3 % missing": (judgement, lacking),
        }
        | {"dondoc, violations explained": (explained(nodes, judgement), few)}
        | {"dondoc, violations worded": (worded(nodes, judgement), few)}
        | {name: (engine, few[:100] if name == "rule-engine" else few) for name, engine in engines.items()}
    )
    return report(measured, ours, count)


def report(measured: dict[str, float], ours: list[tuple[Outcome | None, ...]], count: int) -> dict[str, Any]:
    own = measured["dondoc"]
    fastest = max(measured[name] for name in ENGINES)
    broken = sum(row.count(Outcome.NOT_MET) for row in ours)
    return {
        "records": count,
        "rules": len(RULES),
        "violations_share": round(broken / (count * len(RULES)), 4),
        "of_limit": round(own / measured["by hand"], 3),
        "over_fastest_engine": round(own / fastest, 2),
        "over_rule_engine": round(own / measured["rule-engine"], 1),
        "over_rule_engine_flat_names": round(own / measured["rule-engine, flat names"], 1),
        "explained_over_plain": round(own / measured["dondoc, violations explained"], 2),
        "worded_over_plain": round(own / measured["dondoc, violations worded"], 2),
        "records_per_second": {name: round(rate) for name, rate in measured.items()},
    }


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--records", type=int, default=20_000)
    options.add_argument("--json", action="store_true", help="one JSON object on one line")
    chosen = options.parse_args()
    print(json.dumps(measure(chosen.records), ensure_ascii=False, indent=None if chosen.json else 2))


if __name__ == "__main__":
    main()
