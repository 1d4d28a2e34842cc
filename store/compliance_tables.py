"""Tables of the compliance rooms: the office's own rules, the target ledger, watch lists, attestations.

They stand beside `store.tables` and follow its manner: a row is its domain value plus keys.
"""

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from domain.measure import Measure, Reported
from domain.own_rule import OwnRule
from domain.target import Aim, Target
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
