"""What a unit types, read as a figure."""

from decimal import Decimal
from typing import Any

import pytest

from rules.form import BadAnswer, Field, FieldType

READ = [
    (FieldType.INTEGER, "560", 560),
    (FieldType.INTEGER, " 1.234 ", 1234),
    (FieldType.INTEGER, "1.234.567", 1234567),
    (FieldType.INTEGER, "-3", -3),
    (FieldType.INTEGER, "", None),
    (FieldType.INTEGER, "  ", None),
    (FieldType.NUMBER, "73,6", Decimal("73.6")),
    (FieldType.NUMBER, "1.234,50", Decimal("1234.5")),
    (FieldType.NUMBER, "12,0", 12),
    (FieldType.PERCENT, "73,6", Decimal("0.736")),
    (FieldType.PERCENT, "73,6 %", Decimal("0.736")),
    (FieldType.PERCENT, "100%", 1),
    (FieldType.TEXT, "không có", "không có"),
    (FieldType.DATE, "14/02/2026", "2026-02-14"),
    (FieldType.DATE, "2026-02-14", "2026-02-14"),
    (FieldType.BOOLEAN, "Có", True),
    (FieldType.BOOLEAN, "không", False),
]

UNREADABLE = [
    (FieldType.INTEGER, "NaN"),
    (FieldType.INTEGER, "1e999"),
    (FieldType.INTEGER, "12,5"),
    (FieldType.INTEGER, "1,000.5"),
    (FieldType.INTEGER, "12.34"),
    (FieldType.INTEGER, "9" * 5000),
    (FieldType.INTEGER, "٣"),
    (FieldType.INTEGER, "1 000"),
    (FieldType.INTEGER, "nhiều"),
    (FieldType.INTEGER, "73%"),
    (FieldType.NUMBER, "1_000"),
    (FieldType.NUMBER, "inf"),
    (FieldType.DATE, "30/02/2026"),
    (FieldType.DATE, "mai"),
    (FieldType.BOOLEAN, "có lẽ"),
]


def field(type_: FieldType) -> Field:
    return Field("x", "Số liệu", type_)


@pytest.mark.parametrize(("type_", "typed", "value"), READ)
def test_an_answer_is_read(type_: FieldType, typed: str, value: Any) -> None:
    found = field(type_).read(typed)
    assert (found, type(found)) == (value, type(value))


@pytest.mark.parametrize(("type_", "typed"), UNREADABLE)
def test_an_unreadable_answer_is_refused_with_the_label(type_: FieldType, typed: str) -> None:
    with pytest.raises(BadAnswer, match=r"^Số liệu: .{1,80}$"):
        field(type_).read(typed)
