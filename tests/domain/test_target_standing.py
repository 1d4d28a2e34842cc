"""How a target stands. Every case is worded as in the directives the mechanisms were found in."""

from datetime import date
from fractions import Fraction

import pytest

from domain.measure import Count, segments, together
from domain.target import Aim, Step, Terms
from domain.target_standing import standing
from domain.verdict import Outcome

MET, NOT_MET, UNKNOWN = Outcome.MET, Outcome.NOT_MET, Outcome.UNKNOWN
SCHOOL_YEAR = {"first": date(2022, 8, 1), "last": date(2023, 7, 31)}
NOW = date(2023, 3, 1)
OVER = date(2023, 8, 1)
"""The target's time is over."""


def count(period: str, value: str = "", **said: object) -> Count:
    return Count.model_validate({"period": period, "value": value, **said})


def terms(aim: Aim, comparator: str = ">=", value: str = "", **said: object) -> Terms:
    return Terms.model_validate({"aim": aim, "comparator": comparator, "value": value, **SCHOOL_YEAR, **said})


@pytest.mark.parametrize(
    ("comparator", "value", "upper", "figure", "outcome"),
    [
        (">=", "80", "", count("2023-02", "80", unit="%"), MET),
        (">=", "80", "", count("2023-02", "79.96", unit="%"), NOT_MET),
        (">=", "80", "", count("2023-02", numerator="412", denominator="560", unit="%"), NOT_MET),
        ("=", "100", "", count("2023-02", numerator="560", denominator="560", unit="%"), MET),
        ("<=", "5", "", count("2023-02", "5"), MET),
        ("<", "75", "", count("2023-02", "75", unit="%"), NOT_MET),
        (">", "75", "", count("2023-02", "75.01", unit="%"), MET),
        ("range", "50", "55", count("2023-02", "55", unit="%"), MET),
        ("range", "50", "55", count("2023-02", "55.1", unit="%"), NOT_MET),
        (">=", "80", "", count("2023-02", numerator="4", denominator="0", unit="%"), UNKNOWN),
        (">=", "80", "", count("2022-07", "90", unit="%"), UNKNOWN),  # before the target began
        (">=", "", "", count("2023-02", "90", unit="%"), UNKNOWN),  # no level was set
    ],
)
def test_a_level(comparator: str, value: str, upper: str, figure: Count, outcome: Outcome) -> None:
    assert (
        standing(terms(Aim.LEVEL, comparator, value, upper=upper, unit="%"), [figure], OVER).outcome
        is outcome
    )


def test_the_sentence_gives_both_figures() -> None:
    figure = count("2023-02", numerator="412", denominator="560", unit="%")
    said = standing(terms(Aim.LEVEL, ">=", "80", unit="%"), [figure], OVER)
    assert said.why == "73,57 %, cần ít nhất 80 %"


def test_a_path_of_several_years_asks_for_the_next_station() -> None:
    path = terms(
        Aim.LEVEL, "range", "50", upper="55", unit="%", last=date(2025, 12, 31),
        path=(Step(by=date(2023, 7, 31), low="45"),),
    )  # fmt: skip
    figures = [count("NH2022-2023", "45", unit="%"), count("2025", "49", unit="%")]
    assert standing(path, figures[:1], NOW).outcome is MET
    assert standing(path, figures, date(2025, 12, 31)).outcome is UNKNOWN
    found = standing(path, figures, date(2026, 1, 1))
    assert (found.outcome, found.why) == (NOT_MET, "49 %, cần từ 50 đến 55 %")


@pytest.mark.parametrize(
    ("last", "today", "outcome"),
    [
        (date(2023, 7, 31), date(2023, 7, 31), UNKNOWN),
        (date(2023, 7, 31), date(2023, 8, 1), NOT_MET),
        (None, NOW, NOT_MET),  # no day was set: it holds at once
    ],
)
def test_a_level_to_be_reached_by_a_day_has_not_failed_before_that_day_is_over(
    last: date | None, today: date, outcome: Outcome
) -> None:
    found = standing(terms(Aim.LEVEL, ">=", "80", last=last), [count("2023-02", "70")], today)
    assert found.outcome is outcome
    assert ("hạn 31/07/2023" in found.why) is (outcome is UNKNOWN)


SWIM = terms(Aim.CUMULATIVE, ">=", "3000", unit="học sinh")


@pytest.mark.parametrize(
    ("amounts", "today", "outcome", "forecast"),
    [
        ({"2022-08": "1000", "2022-09": "2000"}, NOW, MET, None),
        ({"2022-08": "310"}, NOW, UNKNOWN, Fraction(3650)),  # 10 a day for 31 of 365 days
        ({"2022-08": "31"}, NOW, UNKNOWN, Fraction(365)),
        ({"2022-08": "2999"}, date(2023, 8, 1), NOT_MET, None),
        (
            {"2022-Q4": "1500", "2022-10": "500", "2022-11": "1500"},
            date(2023, 8, 1),
            NOT_MET,
            None,
        ),  # months in it
        ({"2022-Q4": "1500", "2022-09": "1500"}, date(2023, 8, 1), MET, None),
        ({"2022-08": "2999"}, date(2023, 7, 31), UNKNOWN, Fraction(2999 * 365 // 31)),
    ],
)
def test_a_cumulative_target_is_forecast_and_fails_only_when_its_time_is_over(
    amounts: dict[str, str], today: date, outcome: Outcome, forecast: Fraction | None
) -> None:
    found = standing(SWIM, [count(period, value) for period, value in amounts.items()], today)
    assert (found.outcome, found.forecast) == (outcome, forecast)


BASE = count("NH2021-2022", "25", parts={"MN": "10", "TH": "9", "THCS": "6"})


@pytest.mark.parametrize(
    ("aim", "said", "now", "outcome"),
    [
        (Aim.MAINTAIN, {}, count("2023-02", "25"), MET),
        (Aim.MAINTAIN, {}, count("2023-02", "24"), NOT_MET),
        (Aim.MAINTAIN, {"comparator": "<="}, count("2023-02", "26"), NOT_MET),  # không tăng học phí
        (Aim.GROW, {"value": "3"}, count("2023-02", "28"), MET),
        (Aim.GROW, {"value": "3"}, count("2023-02", "27"), NOT_MET),
        (Aim.GROW, {"value": "3", "each": {"MN": "1", "TH": "1", "THCS": "1"}},
         count("2023-02", "28", parts={"MN": "11", "TH": "10", "THCS": "7"}), MET),
        (Aim.GROW, {"value": "3", "each": {"MN": "1", "TH": "1", "THCS": "1"}},
         count("2023-02", "28", parts={"MN": "13", "TH": "9", "THCS": "6"}), NOT_MET),
        (Aim.GROW, {"value": "3", "each": {"MN": "1"}}, count("2023-02", "28"), UNKNOWN),  # no breakdown
        (Aim.DIRECTION, {"comparator": ">"}, count("2023-02", "25"), NOT_MET),
        (Aim.DIRECTION, {"comparator": ">"}, count("2023-02", "26"), MET),
        (Aim.DIRECTION, {"comparator": "<"}, count("2023-02", "24"), MET),
        (Aim.MAINTAIN, {"baseline": None}, count("2023-02", "25"), UNKNOWN),
        (Aim.MAINTAIN, {}, count("2023-02", "30", definition="cách tính mới"), UNKNOWN),
    ],
)  # fmt: skip
def test_a_target_beside_its_baseline(
    aim: Aim, said: dict[str, object], now: Count, outcome: Outcome
) -> None:
    assert standing(terms(aim, **{"baseline": BASE, **said}), [now], OVER).outcome is outcome  # type: ignore[arg-type]


@pytest.mark.parametrize("aim", [Aim.MAINTAIN, Aim.GROW, Aim.RANK])
def test_a_start_reported_after_the_target_was_set_is_its_baseline(aim: Aim) -> None:
    series = [count("2022-06", "20", of=30), count("2022-07", "25", of=30), count("2023-02", "24", of=30)]
    found = standing(terms(aim, baseline=None, value="1"), series, OVER)
    assert found.outcome is (MET if aim is Aim.RANK else NOT_MET)


def test_a_direction_without_a_baseline_looks_at_the_period_before() -> None:
    figures = [count("NH2020-2021", "20"), count("NH2021-2022", "30.15"), count("NH2022-2023", "30.2")]
    found = standing(terms(Aim.DIRECTION, ">"), figures, NOW)
    assert (found.outcome, found.why) == (MET, "30,2, năm học 2021–2022 là 30,15")


@pytest.mark.parametrize(
    ("now", "outcome"),
    [
        (count("NH2022-2023", "3", of=30), MET),
        (count("NH2022-2023", "6", of=30), NOT_MET),
        (count("NH2022-2023", "3", of=28), UNKNOWN),
    ],
)
def test_a_rank_improves_among_as_many_or_nothing_is_said(now: Count, outcome: Outcome) -> None:
    rank = terms(Aim.RANK, baseline=count("NH2021-2022", "6", of=30))
    assert standing(rank, [now], NOW).outcome is outcome


def test_a_relative_target_waits_until_the_other_series_is_published() -> None:
    above = terms(Aim.RELATIVE, ">", unit="%")
    own = [count("2023", "81", unit="%")]
    above = above.model_copy(update={"last": None})
    assert standing(above, own, NOW, [count("2022", "70", unit="%")]).outcome is UNKNOWN
    assert standing(above, own, NOW, [count("2023", "80.9", unit="%")]).outcome is MET
    assert standing(above, own, NOW, [count("2023", "81", unit="%")]).outcome is NOT_MET


@pytest.mark.parametrize(
    ("figure", "fault"),
    [
        (count("2023", "52", parts={"a": "23", "b": "8", "c": "6", "d": "6", "e": "4", "g": "5"}), ""),
        (count("2023", "54", parts={"a": "23", "b": "8", "c": "6", "d": "6", "e": "4", "g": "5"}),
         "các phần cộng lại 52, tổng ghi 54"),
        (count("2023", "100", unit="%", parts={"THPT": "70.5", "nghề": "29", "khác": "0.5"}), ""),
        (count("2023", "10", parts={"a": "?"}), "có phần không phải là số"),
        (count("2023", "66.7", numerator="26", denominator="39", unit="%"), ""),
        (count("2023", "66.67", numerator="26", denominator="39", unit="%"), ""),
        (count("2023", "66.6", numerator="26", denominator="39", unit="%"), "ghi 66,6 % nhưng 26/39 = 66,67 %"),
        (count("2023", "41", numerator="1023", denominator="2763", unit="%"), "ghi 41 % nhưng 1.023/2.763 = 37,02 %"),
    ],
)  # fmt: skip
def test_what_does_not_add_up_is_said(figure: Count, fault: str) -> None:
    assert figure.faults() == ([fault] if fault else [])


def test_a_figure_that_does_not_add_up_is_no_basis_for_a_verdict() -> None:
    wrong = count("2023-02", "54", parts={"a": "23"})
    assert standing(terms(Aim.LEVEL, ">=", "10"), [wrong], NOW).outcome is UNKNOWN


def test_units_are_added_up_only_where_that_is_right() -> None:
    fractions = [count("2023", numerator="8", denominator="10", unit="%"),
                 count("2023", numerator="1", denominator="90", unit="%")]  # fmt: skip
    added = together(fractions)
    assert added is not None
    assert (added.amount, added.units) == (9, 2)
    assert together([count("2023", "80", unit="%"), count("2023", "60", unit="%")]) is None
    assert together([count("2023", "8"), count("2023", "6", definition="khác")]) is None


def test_a_changed_definition_cuts_the_series() -> None:
    series = [count("2022", "3", definition="cũ"), count("2021", "2", definition="cũ"), count("2023", "4")]
    assert [[one.period for one in part] for part in segments(series)] == [["2021", "2022"], ["2023"]]
