"""Tables of the compliance rooms: the office's own rules, the target ledger, watch lists, attestations.

They stand beside `store.tables` and follow its manner: a row is its domain value plus keys.
"""

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text
from sqlmodel import Field

from domain.emulation import EmulationField, Grade, Graded
from domain.measure import Measure, Reported
from domain.own_rule import OwnRule
from domain.statement import Kind, Register, Statement
from domain.target import Aim, Target
from domain.watch import WatchEntry, WatchList
from store.tables import to, words


class OwnRuleRow(OwnRule, table=True):
    __tablename__ = "own_rule"
    # Published at the same moment by another: the later one is told to look again.
    __table_args__ = (UniqueConstraint("pack", "rule_id", "number"),)

    id: int = Field(default=None, primary_key=True)


# --- the target ledger ------------------------------------------------------------------------------------


class MeasureRow(Measure, table=True):
    __tablename__ = "measure"
    __table_args__ = (UniqueConstraint("code"),)

    id: int = Field(default=None, primary_key=True)


class ReportedRow(Reported, table=True):
    """Only added to. A figure for the whole office belongs to the office's own unit."""

    __tablename__ = "reported"
    # Reported at the same moment by another: the later one is told to look again.
    __table_args__ = (UniqueConstraint("measure_id", "unit_id", "period", "revision"),)

    id: int = Field(default=None, primary_key=True)
    measure_id: int = to("measure")
    unit_id: int = to("unit")


class TargetRow(Target, table=True):
    __tablename__ = "target"
    __table_args__ = (
        UniqueConstraint("code"),  # set already: nothing to do
        words("aim", Aim),
    )

    id: int = Field(default=None, primary_key=True)
    measure_id: int = to("measure", index=True)
    unit_id: int = to("unit")
    draft_id: int | None = to("draft", default=None)


# --- watch lists, statements, emulation -------------------------------------------------------------------


class WatchListRow(WatchList, table=True):
    """`duty_id`: what its members owe as long as they are on it."""

    __tablename__ = "watch_list"
    __table_args__ = (UniqueConstraint("code"),)

    id: int = Field(default=None, primary_key=True)
    duty_id: int | None = to("duty", default=None)


class WatchEntryRow(WatchEntry, table=True):
    __tablename__ = "watch_entry"
    __table_args__ = (
        # A unit is on a list once at a time.
        Index(
            "uq_watch_entry_open",
            "watch_list_id",
            "unit_id",
            unique=True,
            sqlite_where=text("left_on IS NULL"),
            postgresql_where=text("left_on IS NULL"),
        ),
    )

    id: int = Field(default=None, primary_key=True)
    watch_list_id: int = to("watch_list")
    unit_id: int = to("unit")


class RegisterRow(Register, table=True):
    __tablename__ = "register"
    __table_args__ = (UniqueConstraint("code"), words("kind", Kind))

    id: int = Field(default=None, primary_key=True)


class StatementRow(Statement, table=True):
    """Only added to."""

    __tablename__ = "statement"
    __table_args__ = (
        # Signed at the same moment by another: the later one is told to look again.
        UniqueConstraint("register_id", "unit_id", "period", "revision"),
        CheckConstraint("count >= 0", name="count"),
    )

    id: int = Field(default=None, primary_key=True)
    register_id: int = to("register")
    unit_id: int = to("unit")


class EmulationFieldRow(EmulationField, table=True):
    __tablename__ = "emulation_field"
    __table_args__ = (UniqueConstraint("code"),)

    id: int = Field(default=None, primary_key=True)


class GradedRow(Graded, table=True):
    __tablename__ = "graded"
    # Graded again: the later grade replaces the earlier, the audit trail keeps both.
    __table_args__ = (UniqueConstraint("field_id", "year"), words("grade", Grade))

    id: int = Field(default=None, primary_key=True)
    field_id: int = to("emulation_field")
