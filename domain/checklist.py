"""A checklist (phiếu kiểm tra): items under sections, each a sentence that should be true."""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from functools import cached_property

from pydantic import BaseModel, ConfigDict

from domain.sentence import Sentence
from domain.verdict import Severity

MOST_ITEMS = 500


class AnswerType(StrEnum):
    YES_NO = "yes_no"  # có / không
    NUMBER = "number"  # số, within a range
    DOCUMENT = "document"  # hồ sơ: there and valid, or not
    CHOICE = "choice"  # chọn một
    PHOTO = "photo"  # chụp ảnh
    TABLE = "table"  # bảng


class Demand(StrEnum):
    """What a bad answer must bring with it."""

    NOTE = "note"  # ghi rõ
    PHOTO = "photo"  # chụp ảnh
    ACTION = "action"  # biện pháp khắc phục


DEMAND_LABELS = {
    Demand.NOTE: Sentence("ghi rõ tình trạng"),
    Demand.PHOTO: Sentence("chụp ảnh"),
    Demand.ACTION: Sentence("nêu biện pháp khắc phục"),
}

SEVERITY_LABELS = {
    Severity.CRITICAL: Sentence("nghiêm trọng"),
    Severity.MAJOR: Sentence("đáng kể"),
    Severity.MINOR: Sentence("nhẹ"),
}

WEIGHTS = {Severity.CRITICAL: 5, Severity.MAJOR: 3, Severity.MINOR: 1}
"""What an item counts in the score when the checklist does not say."""

VALID, INVALID, MISSING = "valid", "invalid", "missing"
DOCUMENT_LABELS = {
    VALID: Sentence("có, hợp lệ"),
    INVALID: Sentence("có, không hợp lệ"),
    MISSING: Sentence("không có"),
}
YES, NO = "yes", "no"


class Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Condition(Frozen):
    """The item is asked only where `item` was answered with `answer`."""

    item: str
    answer: str


class Choice(Frozen):
    code: str
    label: str
    good: bool


class Column(Frozen):
    """One column of a table; with a range its cells are numbers. Bounds are exact decimal text, inclusive."""

    code: str
    label: str
    unit: str = ""
    low: str | None = None
    high: str | None = None

    @property
    def numeric(self) -> bool:
        return self.low is not None or self.high is not None


class Item(Frozen):
    """`section` is the code of its section. `low` and `high` bound a number, inclusive, as exact decimal text.
    `doubt` says what of the clause we could not read in the source itself."""

    id: str
    section: str
    text: str
    clause: str
    severity: Severity
    answer: AnswerType
    weight: int
    unit: str = ""
    low: str | None = None
    high: str | None = None
    choices: tuple[Choice, ...] = ()
    columns: tuple[Column, ...] = ()
    when: Condition | None = None
    may_not_apply: bool = True
    on_bad: tuple[Demand, ...] = ()
    guidance: str = ""
    doubt: str = ""


class Section(Frozen):
    code: str
    title: str


class Checklist(Frozen):
    """`theme` is the code under which its versions follow one another."""

    theme: str
    title: str
    sections: tuple[Section, ...]
    items: tuple[Item, ...]

    @cached_property
    def by_id(self) -> Mapping[str, Item]:
        return {item.id: item for item in self.items}

    def only(self, ids: Sequence[str]) -> "Checklist":
        """The same with these items and nothing else; conditions on items that are gone fall away."""
        if not ids:
            return self
        kept = [
            item if item.when is None or item.when.item in ids else item.model_copy(update={"when": None})
            for item in self.items
            if item.id in ids
        ]
        sections = {item.section for item in kept}
        return self.model_copy(
            update={
                "items": tuple(kept),
                "sections": tuple(section for section in self.sections if section.code in sections),
            }
        )


def answers_of(item: Item) -> tuple[str, ...]:
    """The words an answer may be; none where it is free."""
    if item.answer is AnswerType.YES_NO:
        return (YES, NO)
    if item.answer is AnswerType.DOCUMENT:
        return (VALID, INVALID, MISSING)
    return tuple(choice.code for choice in item.choices)
