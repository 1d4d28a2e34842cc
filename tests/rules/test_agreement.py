"""One rule, two evaluations: the compiled form agrees with the explained one on every rule and every case."""

from datetime import date
from decimal import Decimal
from itertools import product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.verdict import Outcome
from rules.check import check
from rules.compile import compile_rules
from rules.explain import explain
from rules.meaning import Meaning
from rules.parser import parse
from rules.tree import Kind
from rules.trial import outcome_of

NUMBERS = ("report.a", "report.b", "report.c", "previous.report.a")
VOCABULARY = (
    {name: Meaning(Kind.NUMBER) for name in NUMBERS}
    | {"unit.level": Meaning(Kind.TEXT), "unit.code": Meaning(Kind.TEXT)}
    | {"submission.due": Meaning(Kind.DATE), "submission.sent": Meaning(Kind.DATE)}
    | {"submission.on_time": Meaning(Kind.BOOLEAN), "report.grades": Meaning(Kind.NUMBERS)}
)

plain_numbers = st.sampled_from(["0", "1", "2", "0.5", "0.8", "80%", "3", "100", "0.1", "-1"])


def _combined(parts: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.one_of(
        st.tuples(parts, st.sampled_from(["+", "-", "*", "/", "/"]), parts).map(
            lambda t: f"({t[0]} {t[1]} {t[2]})"
        ),
        parts.map(lambda a: f"-{a}"),
        st.tuples(st.sampled_from(["abs", "sum", "round"]), parts).map(lambda t: f"{t[0]}({t[1]})"),
        st.tuples(st.sampled_from(["min", "max", "sum", "change", "share"]), parts, parts).map(
            lambda t: f"{t[0]}({t[1]}, {t[2]})"
        ),
    )


numbers = st.recursive(
    st.one_of(
        st.sampled_from([*NUMBERS, "sum(report.grades)", "(submission.sent - submission.due)"]), plain_numbers
    ),
    _combined,
    max_leaves=5,
)
relations = st.sampled_from(["==", "!=", "<", "<=", ">", ">="])
simple = st.one_of(
    st.tuples(numbers, relations, numbers).map(" ".join),
    st.tuples(numbers, relations, numbers, relations, numbers).map(" ".join),
    st.tuples(numbers, numbers, numbers).map(lambda t: f"{t[0]} between {t[1]} and {t[2]}"),
    st.tuples(numbers, st.sampled_from(["in", "not in"]), plain_numbers, plain_numbers).map(
        lambda t: f"{t[0]} {t[1]} [{t[2]}, {t[3]}]"
    ),
    st.tuples(numbers, numbers).map(lambda t: f"{t[0]} in [{t[1]}, 1]"),
    st.tuples(
        st.sampled_from(["unit.level", "unit.code"]), relations, st.sampled_from(["'th'", "'thcs'"])
    ).map(" ".join),
    st.sampled_from(
        [
            "unit.level in ['th', 'thcs']",
            "unit.level not in []",
            "unit.code == unit.level",
            "submission.on_time",
        ]
    ),
    st.sampled_from(
        [
            "submission.sent <= submission.due",
            "submission.sent > 2026-02-14",
            "submission.due + 2 >= 2026-02-16",
        ]
    ),
    st.tuples(st.sampled_from(["present", "missing"]), numbers).map(lambda t: f"{t[0]}({t[1]})"),
    st.sampled_from(["true", "false", "(report.a < 1) == submission.on_time"]),
)
rules = st.recursive(
    simple,
    lambda parts: st.one_of(
        st.tuples(parts, st.sampled_from([" and ", " or "]), parts).map(lambda t: f"({t[0]}{t[1]}{t[2]})"),
        parts.map(lambda a: f"not ({a})"),
    ),
    max_leaves=5,
)
figures: st.SearchStrategy[Any] = st.one_of(
    st.none(),
    st.sampled_from([0, 1, 2, 3, 4, 5, -1, -2, 80, 100]),
    st.sampled_from([Decimal("0.1"), Decimal("0.8"), 0.1, 0.2, 1.0, "73.5", "-2", "abc", True, [], 10**40]),
)
days = st.sampled_from([None, date(2026, 2, 13), date(2026, 2, 14), "2026-02-16", "2026-02-30", 5])
cases = st.fixed_dictionaries(
    {},
    optional={
        "report": st.one_of(
            st.just("mất"),
            st.fixed_dictionaries(
                {},
                optional={
                    "a": figures,
                    "b": figures,
                    "c": figures,
                    "grades": st.one_of(
                        st.none(), st.lists(figures, max_size=3), st.just({"k6": 1, "k7": 2})
                    ),
                },
            ),
        ),
        "previous": st.fixed_dictionaries({}, optional={"report": st.fixed_dictionaries({"a": figures})}),
        "unit": st.fixed_dictionaries(
            {},
            optional={
                "level": st.sampled_from(["th", "thcs", None, 5]),
                "code": st.sampled_from(["th", "x"]),
            },
        ),
        "submission": st.fixed_dictionaries(
            {}, optional={"due": days, "sent": days, "on_time": st.sampled_from([True, False, None, 1, "có"])}
        ),
    },
)


@settings(max_examples=400, deadline=None)
@given(rules, cases)
def test_compiled_and_explained_judgements_agree(rule: str, case: dict[str, Any]) -> None:
    node = check(parse(rule), VOCABULARY)
    assert compile_rules([(None, node)])(case) == (outcome_of(explain(node, case)),)


@pytest.mark.parametrize(
    "rule",
    [
        "report.a * 0.5 + report.b * 0.3 == report.c * 0.2",
        "report.a / 3 + report.b / 4 - report.c / 6 > 0.5",
        "report.a / report.b + report.b / report.c >= 1",
        "report.a / report.b - report.c / report.b < -0.5",
        "report.a / (report.b / report.c) >= 2",
        "report.a / (report.b - report.c) <= 1",
        "abs(report.a - report.b) / abs(report.c - 5) > 0.5",
        "change(report.a, report.b) > share(report.b, report.c)",
        "-report.a / -report.b >= 0.8 * report.c",
    ],
)
def test_fractions_multiplied_out_agree_for_every_sign(rule: str) -> None:
    node = check(parse(rule), VOCABULARY)
    judge = compile_rules([(None, node)])
    few = [-3, -1, 0, 1, 2, 5, Decimal("0.5"), None]
    for a, b, c in product(few, repeat=3):
        case = {"report": {"a": a, "b": b, "c": c}}
        assert judge(case) == (outcome_of(explain(node, case)),), case


@settings(max_examples=100, deadline=None)
@given(rules, rules, cases)
def test_a_rule_speaks_only_where_its_scope_holds(scope: str, rule: str, case: dict[str, Any]) -> None:
    where, node = check(parse(scope), VOCABULARY), check(parse(rule), VOCABULARY)
    expected = {
        Outcome.MET: outcome_of(explain(node, case)),
        Outcome.NOT_MET: None,
        Outcome.UNKNOWN: Outcome.UNKNOWN,
    }[outcome_of(explain(where, case))]
    assert compile_rules([(where, node)])(case) == (expected,)


@settings(max_examples=100, deadline=None)
@given(rules, cases)
def test_a_negated_rule_gives_the_opposite_and_unknown_stays_unknown(rule: str, case: dict[str, Any]) -> None:
    node, opposite = check(parse(rule), VOCABULARY), check(parse(f"not ({rule})"), VOCABULARY)
    straight, turned = explain(node, case).value, explain(opposite, case).value
    assert turned is (None if straight is None else not straight)
