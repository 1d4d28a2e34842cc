"""Tables of the inspections: plans, draws, checklists, visits, what devices sent, findings.

They stand beside `store.tables` and follow its manner: a row is its domain value plus keys.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from domain.draw import Draw
from domain.fields import document, instant, string
from domain.finding import Finding
from domain.inspection import (
    Photo,
    Side,
    Signature,
    Sync,
    TeamMember,
    TeamPart,
    Visit,
    VisitKind,
    VisitState,
)
from domain.inspection_plan import Plan, PlanState
from domain.verdict import Severity
from domain.visit_answers import Answer
from store.tables import to, words


class ChecklistRow(SQLModel, table=True):
    """One version of one checklist, only added to; the highest is in force, and a visit keeps the one it began
    with. `text` is the YAML as written, `body` the `domain.checklist.Checklist` it means."""

    __tablename__ = "checklist"
    # Published at the same moment by another: the later one is told to look again.
    __table_args__ = (UniqueConstraint("theme", "version"),)

    id: int = Field(default=None, primary_key=True)
    theme: str = string()
    version: int
    title: str = string()
    text: str = string()
    body: dict[str, Any] = document(dict)
    published_at: datetime = instant()
    published_by: str = string()


class PlanRow(Plan, table=True):
    __tablename__ = "inspection_plan"
    __table_args__ = (
        UniqueConstraint("code"),  # planned already: nothing to do
        words("kind", VisitKind),
        words("state", PlanState),
        CheckConstraint("month BETWEEN 1 AND 12", name="month"),
        CheckConstraint("count >= 0", name="count"),
    )

    id: int = Field(default=None, primary_key=True)


class DrawRow(Draw, table=True):
    """Committed once for a plan; the seed is shown to nobody before everything it chose is open."""

    __tablename__ = "inspection_draw"
    __table_args__ = (UniqueConstraint("plan_id"),)  # committed already: the first commitment stands

    id: int = Field(default=None, primary_key=True)
    plan_id: int = to("inspection_plan")


class VisitRow(Visit, table=True):
    __tablename__ = "visit"
    __table_args__ = (
        UniqueConstraint("key"),  # planned already: nothing to do
        words("kind", VisitKind),
        words("state", VisitState),
        Index("ix_visit_unit_id_day", "unit_id", "day"),
        Index(
            "ix_visit_sealed",
            "opens_at",
            sqlite_where=text("state = 'sealed'"),
            postgresql_where=text("state = 'sealed'"),
        ),
    )

    id: int = Field(default=None, primary_key=True)
    plan_id: int = to("inspection_plan")
    unit_id: int = to("unit")
    checklist_id: int = to("checklist")
    repeats_id: int | None = to("visit", default=None)
    """The visit whose failed items this one looks at again."""
    directive_id: int | None = to("directive", default=None)
    """The notice of its result, whose duties are the corrective work."""


class TeamMemberRow(TeamMember, table=True):
    __tablename__ = "visit_member"
    __table_args__ = (UniqueConstraint("visit_id", "person_id"), words("part", TeamPart))

    id: int = Field(default=None, primary_key=True)
    visit_id: int = to("visit")
    person_id: int = to("person", index=True)
    unit_id: int = to("unit")
    """The unit in whose name the person goes."""


class AnswerRow(Answer, table=True):
    """Only added to: `domain.visit_answers` says which stand."""

    __tablename__ = "visit_answer"
    # Sent again, in whatever batch: the first one is the answer.
    __table_args__ = (UniqueConstraint("visit_id", "item", "device", "seq"),)

    id: int = Field(default=None, primary_key=True)
    visit_id: int = to("visit")
    person_id: int = to("person")


class PhotoRow(Photo, table=True):
    __tablename__ = "visit_photo"
    __table_args__ = (UniqueConstraint("visit_id", "sha256"),)  # sent again: nothing to do

    id: int = Field(default=None, primary_key=True)
    visit_id: int = to("visit")
    person_id: int = to("person")


class SignatureRow(Signature, table=True):
    __tablename__ = "visit_signature"
    __table_args__ = (
        UniqueConstraint("visit_id", "side", "name", "sha256"),  # sent again: nothing to do
        words("side", Side),
    )

    id: int = Field(default=None, primary_key=True)
    visit_id: int = to("visit")
    person_id: int = to("person")
    """On whose device it was given."""


class SyncRow(Sync, table=True):
    __tablename__ = "visit_sync"
    # Sent again (the response was lost): the same receipt.
    __table_args__ = (UniqueConstraint("client_id"),)

    id: int = Field(default=None, primary_key=True)
    visit_id: int = to("visit", index=True)
    person_id: int = to("person")


class FindingRow(Finding, table=True):
    __tablename__ = "finding"
    __table_args__ = (
        UniqueConstraint("visit_id", "item"),  # closed already: nothing to do
        words("severity", Severity),
        Index("ix_finding_unit_id_theme", "unit_id", "theme", "item"),
    )

    id: int = Field(default=None, primary_key=True)
    visit_id: int = to("visit")
    unit_id: int = to("unit")
    theme: str = string()
    assignment_id: int | None = to("assignment", default=None, index=True)
    """The corrective work."""
    repeats_id: int | None = to("finding", default=None)
    """The last time the same was found at this unit."""
