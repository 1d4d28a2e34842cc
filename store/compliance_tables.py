"""Tables of the compliance rooms: the office's own rules, the target ledger, watch lists, attestations.

They stand beside `store.tables` and follow its manner: a row is its domain value plus keys.
"""

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

import store.tables  # noqa: F401 (its naming of keys must be set before any table is made)
from domain.own_rule import OwnRule


class OwnRuleRow(OwnRule, table=True):
    __tablename__ = "own_rule"
    # Published at the same moment by another: the later one is told to look again.
    __table_args__ = (UniqueConstraint("pack", "rule_id", "number"),)

    id: int = Field(default=None, primary_key=True)
