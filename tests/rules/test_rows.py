"""A condition as rows of a form and as text: both say the same, and a wrong row is told in its own words."""

from dataclasses import replace
from typing import Any

import pytest

from rules.check import check
from rules.errors import Place
from rules.pack import load_pack_text
from rules.parser import parse
from rules.rows import BadRow, Row, rows_of, text_of
from rules.tree import Node

PACK = load_pack_text(
    """\
id: thu
title: Thu
form:
  fields:
    - {code: parents, label: Số phải nộp, unit: người, required: no}
    - {code: cashless, label: Số nộp không tiền mặt, unit: người, required: no}
    - {code: rate, label: Tỷ lệ hài lòng, type: percent, required: no}
    - {code: kitchen, label: Có bếp ăn, type: boolean, required: no}
    - {code: opened, label: Ngày khai giảng, type: date, required: no}
""",
    "thu",
)
V = PACK.vocabulary

SAID: list[tuple[list[Row], str]] = [
    ([Row("report.cashless", ">=", "80%", "report.parents")], "report.cashless / report.parents >= 80%"),
    ([Row("report.rate", "<", "73,6 %")], "report.rate < 73.6%"),
    ([Row("report.parents", "<=", "1.234")], "report.parents <= 1234"),
    ([Row("report.cashless", "<=", "số phải nộp")], "report.cashless <= report.parents"),
    ([Row("unit.ownership", "==", "công lập")], "unit.ownership == 'công lập'"),
    ([Row("unit.name", "!=", "Trường D'Or")], "unit.name != 'Trường D\\'Or'"),
    ([Row("unit.level", "in", "mầm non; tiểu học")], "unit.level in ['mầm non', 'tiểu học']"),
    ([Row("unit.level", "not in", "THCS")], "unit.level not in ['THCS']"),
    ([Row("report.parents", "between", "0 đến 45")], "report.parents between 0 and 45"),
    ([Row("report.kitchen", "==", "có")], "report.kitchen == true"),
    ([Row("report.opened", ">=", "05/09/2024")], "report.opened >= 2024-09-05"),
    ([Row("report.parents", "present")], "present(report.parents)"),
    ([Row()], ""),
    (
        [Row("report.parents", "==", "0"), Row("report.cashless", ">=", "80%", "report.parents", "or")],
        "report.parents == 0 or report.cashless / report.parents >= 80%",
    ),
    (
        [
            Row("report.parents", ">", "1"),
            Row("report.cashless", ">", "1"),
            Row("report.kitchen", "==", "không", "", "or"),
        ],
        "report.parents > 1 and report.cashless > 1 or report.kitchen == false",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("rows", "text"), SAID)
def test_rows_say_a_condition(rows: list[Row], text: str) -> None:
    assert text_of(rows, V) == text


@pytest.mark.parametrize(("rows", "text"), [one for one in SAID if one[1]])
def test_what_rows_said_reads_back_as_rows_that_say_the_same(rows: list[Row], text: str) -> None:
    node = check(parse(text), V)
    back = rows_of(node, V)
    assert back is not None
    assert bare(check(parse(text_of(back, V)), V)) == bare(node)


@pytest.mark.parametrize(
    ("text", "row"),
    [
        ("report.kitchen", Row("report.kitchen", "==", "có")),
        ("not report.kitchen", Row("report.kitchen", "==", "không")),
        ("unit.level not in ['THCS']", Row("unit.level", "not in", "THCS")),
        ("report.cashless <= report.parents", Row("report.cashless", "<=", "Số phải nộp")),
        ("report.rate >= 73.65%", Row("report.rate", ">=", "73,65 %")),
    ],
)
def test_a_written_condition_fills_the_form(text: str, row: Row) -> None:
    assert rows_of(check(parse(text), V), V) == [row]


@pytest.mark.parametrize(
    "text",
    [
        "report.parents > 1 and (report.kitchen or report.cashless > 1)",
        "abs(change(report.parents, previous.report.parents)) <= 20%",
        "report.parents + report.cashless > 3",
        "0 <= report.parents <= 5",
        "not (report.parents > 1)",
        "report.parents > 1000000000000000",
        "unit.level in ['a; b']",
    ],
)
def test_what_rows_cannot_say_stays_text(text: str) -> None:
    assert rows_of(check(parse(text), V), V) is None


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (Row("report.gone", ">", "1"), "không có số liệu này"),
        (Row("report.parents", ">", ""), "còn thiếu giá trị"),
        (Row("report.parents", ">", "nhiều"), "không phải là số"),
        (Row("report.parents", "~", "1"), "hãy chọn quan hệ"),
        (Row("report.parents", "between", "3"), "hai đầu"),
        (Row("report.kitchen", "==", "chắc"), "có hoặc không"),
        (Row("report.opened", "<", "31/02/2024"), "không có ngày"),
    ],
)
def test_a_wrong_row_is_refused_with_its_number(row: Row, said: str) -> None:
    with pytest.raises(BadRow, match=f"Dòng 2 của bảng: .*{said}"):
        text_of([Row(), row], V)


def bare(node: Node) -> Any:
    """The tree without the places of the text."""
    changes: dict[str, Any] = {"at": Place(1, 1)}
    for name in ("places", "place"):
        if hasattr(node, name):
            changes[name] = ()
    if hasattr(node, "parts"):
        changes["parts"] = tuple(bare(part) for part in node.parts)
    return replace(node, **changes)
