"""The emulation board (bảng thi đua): the grade of each field, the year before, the evidence. Counts only: it says
nothing of a person."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlmodel import SQLModel

from domain.fields import document, string, word
from domain.sentence import Sentence


class Grade(StrEnum):
    EXCELLENT = "excellent"  # xuất sắc
    GOOD = "good"  # tốt
    FAIR = "fair"  # khá
    ENOUGH = "enough"  # đạt
    SHORT = "short"  # chưa đạt


GRADES = {
    Grade.EXCELLENT: Sentence("xuất sắc"), Grade.GOOD: Sentence("tốt"), Grade.FAIR: Sentence("khá"),
    Grade.ENOUGH: Sentence("đạt"), Grade.SHORT: Sentence("chưa đạt"),
}  # fmt: skip


class EmulationField(SQLModel):
    """One field of the board (lĩnh vực, chỉ tiêu thi đua); the documents know thirteen."""

    code: str = string()
    title: str = string()
    place: int


class Graded(SQLModel):
    """`year` is a period key (NH2022-2023). `evidence`: where the grade is written, never empty."""

    year: str = string()
    grade: Grade = word(Grade)
    evidence: list[str] = document(list)


@dataclass(frozen=True)
class BoardRow:
    """`grade` None: not graded yet; `before` None: not graded the year before."""

    code: str
    title: str
    grade: Grade | None
    before: Grade | None
    evidence: tuple[str, ...]


def summary(rows: Sequence[BoardRow]) -> Mapping[str, int]:
    """Fields by grade, those better and worse than the year before, and those without a grade."""
    order = {grade: place for place, grade in enumerate(Grade)}
    counts: Counter[str] = Counter(row.grade.value if row.grade else "ungraded" for row in rows)
    for row in rows:
        if row.grade and row.before and row.grade is not row.before:
            counts["better" if order[row.grade] < order[row.before] else "worse"] += 1
    return counts
