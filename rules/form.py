"""The report form (biểu mẫu): which figures a unit is asked for, and how a typed answer becomes a figure."""

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Any

from domain.sentence import Sentence, WordedError
from domain.wording import read_day
from rules.meaning import RATIO, Meaning
from rules.tree import Exact, Kind
from rules.values import number


class FieldType(StrEnum):
    NUMBER = "number"
    INTEGER = "integer"
    PERCENT = "percent"
    TEXT = "text"
    DATE = "date"
    BOOLEAN = "boolean"


_KINDS = {
    FieldType.TEXT: Kind.TEXT,
    FieldType.DATE: Kind.DATE,
    FieldType.BOOLEAN: Kind.BOOLEAN,
}
_YES = {
    "có": True,
    "đúng": True,
    "true": True,
    "1": True,
    "không": False,
    "sai": False,
    "false": False,
    "0": False,
}
_GROUPED = re.compile(r"-?[0-9]{1,3}(?:\.[0-9]{3})+(?:,[0-9]{1,9})?")
_SIMPLE = re.compile(r"-?[0-9]{1,15}(?:,[0-9]{1,9})?")


class BadAnswer(WordedError, ValueError):
    """An answer that cannot be read; the message is Vietnamese, for whoever typed it."""


@dataclass(frozen=True, slots=True)
class Field:
    """One figure. A percentage is a ratio everywhere inside (73,6 % is 0.736); `low` and `high` are in the
    same terms. `total_of` names the fields that must add up to this one."""

    code: str
    label: str
    type: FieldType
    unit: str = ""
    low: Exact | None = None
    high: Exact | None = None
    required: bool = True
    total_of: tuple[str, ...] = ()
    help: str = ""

    @property
    def meaning(self) -> Meaning:
        kind = _KINDS.get(self.type, Kind.NUMBER)
        if self.type is FieldType.PERCENT:
            return Meaning(kind, RATIO, self.label)
        return Meaning(kind, ((self.unit, 1),) if self.unit else None, self.label)

    def read(self, answer: str) -> Any:
        """A typed answer as the value a report stores: int, Decimal, bool, ISO day or text; None when empty.
        Numbers are written the Vietnamese way (1.234,5). Raises BadAnswer."""
        typed = unicodedata.normalize("NFC", answer).strip()
        if not typed:
            return None
        match self.type:
            case FieldType.TEXT:
                return typed
            case FieldType.BOOLEAN:
                return self._boolean(typed)
            case FieldType.DATE:
                return self._day(typed)
            case _:
                return self._number(typed)

    def _boolean(self, typed: str) -> bool:
        if typed.casefold() not in _YES:
            raise BadAnswer(
                "{label}: trả lời có hoặc không, không phải '{typed}'", label=self.label, typed=_short(typed)
            )
        return _YES[typed.casefold()]

    def _day(self, typed: str) -> str:
        if day := read_day(typed):
            return day.isoformat()
        raise BadAnswer(
            "{label}: không có ngày '{typed}'; viết như 14/02/2026", label=self.label, typed=_short(typed)
        )

    def _number(self, typed: str) -> int | Decimal:
        percent = self.type is FieldType.PERCENT
        bare = typed.removesuffix("%").rstrip() if percent else typed
        if not (_GROUPED.fullmatch(bare) or _SIMPLE.fullmatch(bare)):
            raise BadAnswer(
                "{label}: '{typed}' không phải là số; viết như 1.234 hoặc 73,6",
                label=self.label,
                typed=_short(typed),
            )
        value = Decimal(bare.replace(".", "").replace(",", "."))
        if percent:
            value = value / 100
        if value == value.to_integral_value():
            return int(value)
        if self.type is FieldType.INTEGER:
            raise BadAnswer(
                "{label}: phải là số nguyên, không phải '{typed}'", label=self.label, typed=_short(typed)
            )
        return value


def _short(typed: str) -> str:
    return typed if len(typed) <= 30 else typed[:30] + "…"


@dataclass(frozen=True, slots=True)
class Form:
    fields: tuple[Field, ...]

    def checks(self) -> list[tuple[str, str, str]]:
        """What the form itself asks, in the language: (id, title, condition). Empty parts give none."""
        required = [f"present(report.{field.code})" for field in self.fields if field.required]
        ranged = [text for field in self.fields if (text := _range(field))]
        found = [
            ("so-lieu-bat-buoc", Sentence("Đủ số liệu bắt buộc"), " and ".join(required)),
            ("so-lieu-trong-khoang", Sentence("Số liệu trong khoảng hợp lý"), " and ".join(ranged)),
        ]
        for field in self.fields:
            if field.total_of:
                parts = " + ".join(f"report.{code}" for code in field.total_of)
                title = Sentence("{label} bằng tổng các phần", label=field.label)
                found.append((f"tong-{field.code}", title, f"report.{field.code} == {parts}"))
        return [check for check in found if check[2]]


def _range(field: Field) -> str:
    name = f"report.{field.code}"
    bounds = []
    if field.low is not None:
        bounds.append(f"{name} >= {_literal(field.low)}")
    if field.high is not None:
        bounds.append(f"{name} <= {_literal(field.high)}")
    inside = " and ".join(bounds)
    if not inside or field.required:
        return inside
    return f"(missing({name}) or {inside})"


def _literal(value: Exact) -> str:
    if isinstance(value, Fraction):
        return f"{value.numerator} / {value.denominator}"
    return str(value)


def bound(text: str) -> Exact | None:
    """A range's end as a form file writes it: 0, 45, 0.5 or 80%."""
    percent = text.endswith("%")
    value = number(text.removesuffix("%").strip())
    if value is None or not percent:
        return value
    return number(Fraction(value) / 100)
