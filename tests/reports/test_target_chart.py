"""The picture of a target says the same as its table, and carries nothing a strict page would drop."""

from datetime import date

from domain.measure import Count, Measure
from domain.target import Aim, Step, Terms
from domain.target_standing import standing
from reports.target_chart import Row, chart, rows

MEASURE = Measure(code="dang-vien", name="Tỉ lệ đảng viên", unit="%")
TERMS = Terms(
    aim=Aim.LEVEL, comparator="range", value="50", upper="55", unit="%", first=date(2022, 8, 1),
    path=(Step(by=date(2023, 7, 31), low="45"),),
)  # fmt: skip
COUNTS = [
    Count(period=f"NH{year}-{year + 1}", value=value, unit="%", definition=definition)
    for year, value, definition in [(2021, "41", "cũ"), (2022, "44.5", "mới"), (2023, "51", "mới")]
]


def test_the_table_gives_each_period_what_was_wanted_and_where_the_counting_changed() -> None:
    assert rows(TERMS, COUNTS) == [
        Row("năm học 2021–2022", "41 %", "", False),
        Row("năm học 2022–2023", "44,5 %", "45 %", True),
        Row("năm học 2023–2024", "51 %", "50–55 %", False),
    ]


def test_each_way_of_counting_is_a_line_of_its_own() -> None:
    drawn = chart(MEASURE, TERMS, COUNTS)
    assert "Tỉ lệ đảng viên (cách tính 1)" in drawn
    assert "Tỉ lệ đảng viên (cách tính 2)" in drawn
    assert "(cách tính" not in chart(MEASURE, TERMS, COUNTS[1:])


def test_the_picture_is_plain_svg_and_the_same_every_time() -> None:
    drawn = chart(MEASURE, TERMS, COUNTS)
    assert drawn.startswith("<svg ")
    assert [
        word for word in ("<script", "<style", "style=", "onclick", "<!--", "ns0:") if word in drawn
    ] == []
    assert drawn == chart(MEASURE, TERMS, COUNTS)


def test_a_target_without_figures_is_an_empty_chart_and_not_an_error() -> None:
    assert chart(MEASURE, TERMS, []).startswith("<svg ")


def test_what_is_to_be_reached_together_is_drawn_as_the_sum_so_far() -> None:
    terms = Terms(aim=Aim.CUMULATIVE, value="1000", unit="học sinh", first=date(2023, 1, 1))
    apart = [Count(period=f"2023-0{month}", value=value) for month, value in ((2, "300"), (1, "200"))]
    summed = [Count(period=f"2023-0{month}", value=value) for month, value in ((1, "200"), (2, "500"))]
    level = terms.model_copy(update={"aim": Aim.LEVEL})
    assert chart(MEASURE, terms, apart) == chart(MEASURE, level, summed)
    assert [row.figure for row in rows(terms, apart)] == ["200", "300"]


def test_the_drawn_sum_is_the_said_one_where_a_figure_reaches_beyond_the_target() -> None:
    first, last = date(2023, 1, 1), date(2023, 6, 30)
    terms = Terms(aim=Aim.CUMULATIVE, value="1000", unit="học sinh", first=first, last=last)
    months = [Count(period=f"2023-0{month}", value="200") for month in (1, 2)]
    whole_year = Count(period="2023", value="900")
    assert standing(terms, [*months, whole_year], first).amount == 400
    assert chart(MEASURE, terms, [*months, whole_year]) == chart(MEASURE, terms, months)


def test_growth_is_wanted_on_top_of_what_there_was() -> None:
    terms = Terms(aim=Aim.GROW, value="3", unit="trường", first=date(2023, 1, 1))
    apart = [Count(period="2022", value="25"), Count(period="2023-02", value="28")]
    assert [row.wanted for row in rows(terms, apart)] == ["", "28 trường"]
    kept = terms.model_copy(update={"aim": Aim.MAINTAIN, "value": ""})
    assert [row.wanted for row in rows(kept, apart)] == ["", "25 trường"]
    counted_anew = [apart[0], apart[1].model_copy(update={"definition": "cách mới"})]
    assert [row.wanted for row in rows(terms, counted_anew)] == ["", ""]
