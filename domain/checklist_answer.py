"""What an answer to an item of a checklist means; a bad answer says that the item's sentence is not true.

What an answer is worth is decided here and nowhere else: on the phone it is only shown.
"""

from collections.abc import Iterator, Mapping
from enum import StrEnum
from fractions import Fraction
from typing import Any

from pydantic import BaseModel, ConfigDict

from domain.checklist import (
    DOCUMENT_LABELS,
    NO,
    VALID,
    YES,
    AnswerType,
    Checklist,
    Demand,
    Frozen,
    Item,
    answers_of,
)
from domain.exact import exact
from domain.sentence import Sentence, joined

LONGEST_NOTE = 10_000


LONGEST_VALUE = 500


MOST_ROWS = 200


class Mark(StrEnum):
    """What an answered item comes to. Only `GOOD` and `BAD` enter the score."""

    GOOD = "good"  # đạt
    BAD = "bad"  # không đạt
    NOT_APPLICABLE = "not_applicable"  # không áp dụng
    UNANSWERED = "unanswered"  # chưa kiểm tra
    SKIPPED = "skipped"  # its condition is not met


MARK_LABELS = {
    Mark.GOOD: Sentence("đạt"),
    Mark.BAD: Sentence("không đạt"),
    Mark.NOT_APPLICABLE: Sentence("không áp dụng"),
    Mark.UNANSWERED: Sentence("chưa kiểm tra"),
    Mark.SKIPPED: Sentence("không phải kiểm tra"),
}


class Given(BaseModel):
    """What somebody answered to one item. `value`: text for every type but a table, whose rows are mappings of
    column code to text. `action`: what has to be done. Made from anything that has these (`model_validate`)."""

    model_config = ConfigDict(frozen=True, from_attributes=True)

    value: Any = None
    note: str = ""
    action: str = ""
    not_applicable: bool = False
    photos: tuple[str, ...] = ()

    @property
    def empty(self) -> bool:
        return self.value in (None, "", []) and not self.not_applicable and not self.photos


def why_refused(item: Item, given: Given) -> str:
    """Why the answer cannot be recorded; empty: it can. A number out of range is an answer, and a bad one."""
    if len(given.note) > LONGEST_NOTE or len(given.action) > LONGEST_NOTE:
        return Sentence("Ghi chú quá dài (tối đa {most} ký tự).", most=f"{LONGEST_NOTE:,}".replace(",", "."))
    if given.not_applicable:
        return (
            "" if item.may_not_apply else Sentence("Nội dung này bắt buộc, không chọn “không áp dụng” được.")
        )
    if given.value in (None, ""):
        return ""
    if item.answer is AnswerType.TABLE:
        return _why_no_table(item, given.value)
    if not isinstance(given.value, str) or len(given.value) > LONGEST_VALUE:
        return Sentence("Câu trả lời không đúng dạng.")
    if item.answer is AnswerType.NUMBER:
        return (
            ""
            if number(given.value) is not None
            else Sentence("“{value}” không phải là số.", value=given.value)
        )
    known = answers_of(item)
    return (
        ""
        if not known or given.value in known
        else Sentence("Không có lựa chọn “{value}”.", value=given.value)
    )


def _why_no_table(item: Item, rows: Any) -> str:
    codes = {column.code for column in item.columns}
    if not isinstance(rows, list) or len(rows) > MOST_ROWS:
        return Sentence("Bảng phải là danh sách, tối đa {most} dòng.", most=MOST_ROWS)
    for row in rows:
        if not isinstance(row, dict) or not row.keys() <= codes:
            return Sentence("Bảng có cột không thuộc phiếu.")
        if any(not isinstance(cell, str) or len(cell) > LONGEST_VALUE for cell in row.values()):
            return Sentence("Ô của bảng phải là chữ, không quá dài.")
    return ""


def number(text: str) -> Fraction | None:
    """'4,5' and '4.5' are the same figure."""
    return exact(text.replace(",", "."))


def mark(item: Item, given: Given | None) -> Mark:
    if given is None or given.empty:
        return Mark.UNANSWERED
    if given.not_applicable:
        return Mark.NOT_APPLICABLE
    if item.answer is AnswerType.PHOTO:
        return Mark.GOOD if given.photos else Mark.UNANSWERED
    if given.value in (None, "", []):
        return Mark.UNANSWERED
    return Mark.GOOD if _is_good(item, given.value) else Mark.BAD


def _is_good(item: Item, value: Any) -> bool:
    match item.answer:
        case AnswerType.NUMBER:
            return _within(value, item.low, item.high)
        case AnswerType.CHOICE:
            return any(choice.good for choice in item.choices if choice.code == value)
        case AnswerType.TABLE:
            return all(
                _within(row.get(column.code, ""), column.low, column.high)
                for row in value
                for column in item.columns
                if column.numeric
            )
        case _:
            return value in (YES, VALID)


def _within(text: str, low: str | None, high: str | None) -> bool:
    found = number(text)
    if found is None:
        return False
    return (low is None or found >= Fraction(low)) and (high is None or found <= Fraction(high))


def marks(checklist: Checklist, answers: Mapping[str, Given]) -> dict[str, Mark]:
    """The mark of every item, in order. An item whose condition is not met is skipped, and what hangs on it too."""
    found: dict[str, Mark] = {}
    for item in checklist.items:
        asked = item.when is None or (
            found.get(item.when.item) is not Mark.SKIPPED
            and (before := answers.get(item.when.item)) is not None
            and before.value == item.when.answer
        )
        found[item.id] = mark(item, answers.get(item.id)) if asked else Mark.SKIPPED
    return found


def lacking(item: Item, given: Given) -> tuple[Demand, ...]:
    """What a bad answer was to bring with it and did not."""
    if mark(item, given) is not Mark.BAD:
        return ()
    has = {Demand.NOTE: given.note.strip(), Demand.PHOTO: given.photos, Demand.ACTION: given.action.strip()}
    return tuple(demand for demand in item.on_bad if not has[demand])


class Score(Frozen):
    """Counts of items, and the share of the weight that is good: None where nothing was to be weighed (all items
    not applicable, or only items without weight)."""

    good: int
    bad: int
    not_applicable: int
    unanswered: int
    share: Fraction | None


def score(checklist: Checklist, answers: Mapping[str, Given]) -> Score:
    found = marks(checklist, answers)
    weights = {item.id: item.weight for item in checklist.items}
    weighed = sum(weights[i] for i, m in found.items() if m in (Mark.GOOD, Mark.BAD))
    good = sum(weights[i] for i, m in found.items() if m is Mark.GOOD)
    counted = list(found.values())
    return Score(
        good=counted.count(Mark.GOOD),
        bad=counted.count(Mark.BAD),
        not_applicable=counted.count(Mark.NOT_APPLICABLE),
        unanswered=counted.count(Mark.UNANSWERED),
        share=Fraction(good, weighed) if weighed else None,
    )


def say_answer(item: Item, given: Given | None) -> str:
    """The answer in words, for documents and pages."""
    if given is None or given.empty:
        return ""
    if given.not_applicable:
        return Sentence("không áp dụng")
    said = joined(" ", _words(item, given.value))
    return said or (Sentence("có ảnh") if given.photos else "")


def _words(item: Item, value: Any) -> Iterator[str]:
    match item.answer:
        case AnswerType.TABLE:
            yield "; ".join(
                ", ".join(
                    f"{c.label}: {row[c.code]} {c.unit}".rstrip() for c in item.columns if row.get(c.code)
                )
                for row in value or ()
            )
        case AnswerType.CHOICE:
            yield from (choice.label for choice in item.choices if choice.code == value)
        case AnswerType.DOCUMENT:
            yield DOCUMENT_LABELS.get(value, "")
        case AnswerType.YES_NO:
            yield {YES: Sentence("có"), NO: Sentence("không")}.get(value, "")
        case _:
            yield f"{value or ''} {item.unit if value else ''}".strip()
