"""What a head states each period: that a prohibition was kept (cam kết), that so many incidents happened (sự vụ).

Zero has to be stated: a unit that says nothing has not said zero. A statement is of the head and is never judged
here; what the unit's own figures or incidents say against it is put beside it.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlmodel import SQLModel

from domain.fields import instant, string, word


class Kind(StrEnum):
    PROHIBITION = "prohibition"  # điều cấm: "không để xảy ra lạm thu"
    INCIDENT = "incident"  # sự vụ: số vụ việc trong kỳ


class Register(SQLModel):
    """One thing that is stated, in the directive's words. `pack` and `contradicted_if`: a condition on the figures
    of that pack's report that speaks against a statement of zero."""

    code: str = string()
    kind: Kind = word(Kind)
    title: str = string()
    clause: str = string(default="")
    pack: str = string(default="")
    contradicted_if: str = string(default="")


class Statement(SQLModel):
    """`count`: how often it happened in the period; 0 is the attestation. A later `revision` corrects; earlier ones
    stay. `signed_by` is the code of the head."""

    period: str = string()
    count: int
    note: str = string(default="")
    revision: int = 1
    signed_by: str = string()
    signed_at: datetime = instant()


class Stated(StrEnum):
    KEPT = "kept"  # đã cam kết, không có gì trái
    HAPPENED = "happened"  # đã báo có xảy ra
    CONTRADICTED = "contradicted"  # cam kết không có, số liệu nói khác
    SILENT = "silent"  # chưa nói gì


@dataclass(frozen=True)
class Position:
    """How one unit stands in one period. `why`: what speaks against it."""

    unit: str
    stated: Stated
    count: int | None = None
    why: str = ""


def position(unit: str, statement: Statement | None, against: str) -> Position:
    """`against`: what the unit's figures say, empty where they say nothing."""
    if statement is None:
        return Position(unit, Stated.SILENT, None, against)
    if statement.count:
        return Position(unit, Stated.HAPPENED, statement.count)
    return Position(unit, Stated.CONTRADICTED if against else Stated.KEPT, 0, against)
