"""The tables: each row is its domain value plus keys. One home for every "only once" of the product.

Beside each unique key stands what the loser of a race does. Integer ids are given in the order of
opening, so rows of one period lie together on disk and a sweep reads neighbours.
"""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, ClassVar

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from domain.assignment import UNFINISHED, Assignment, State
from domain.audit import AuditEntry
from domain.directive import Directive
from domain.duty import Draft, Duty, Occurrence
from domain.escalation import Fate
from domain.evidence import Evidence, Submission
from domain.explanation import Explanation
from domain.extension import Answer, Extension
from domain.fields import document, instant, string, word
from domain.handover import Handover
from domain.incident import Check, Incident
from domain.letter import Delivery, MailState, Notice, OutboxLetter
from domain.mandate import Mandate
from domain.progress import Progress
from domain.reach import Pace, Preference, Via
from domain.report import Report
from domain.scenario import Ban, Declaration, Stance
from domain.unit import Person, Position, Unit
from domain.verdict import Outcome
from domain.waiting import Awaited, Waiting

SQLModel.metadata.naming_convention = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


def words(column: str, kind: Any) -> CheckConstraint:
    """The database refuses a word that the domain does not know."""
    known = ", ".join(f"'{w.value}'" for w in kind)
    return CheckConstraint(f"{column} IN ({known})", name=column)


def only(condition: str) -> dict[str, Any]:
    """An index of these rows alone: small, and not written for the others."""
    return {"sqlite_where": text(condition), "postgresql_where": text(condition)}


def to(table: str, **options: Any) -> Any:
    return Field(foreign_key=f"{table}.id", **options)


# --- the office -------------------------------------------------------------------------------------------


class UnitRow(Unit, table=True):
    __tablename__ = "unit"
    __table_args__ = (UniqueConstraint("code"),)  # a second import of the same code updates the row

    id: int = Field(default=None, primary_key=True)
    parent_id: int | None = to("unit", default=None, index=True)
    folded: str = string(default="")


class UnitSuccessionRow(SQLModel, table=True):
    """`unit_id` was followed by `successor_id` from the day `since` on (đơn vị kế thừa)."""

    __tablename__ = "unit_succession"
    __table_args__ = (UniqueConstraint("unit_id", "successor_id"),)

    id: int = Field(default=None, primary_key=True)
    unit_id: int = to("unit")
    successor_id: int = to("unit")
    since: date


class UnitAliasRow(SQLModel, table=True):
    """A wording that a person once matched to units; later directives are read with it. Taught again: the
    later teaching replaces the earlier (`actions.teach_alias`)."""

    __tablename__ = "unit_alias"
    __table_args__ = (UniqueConstraint("folded", "unit_id"),)  # taught already: nothing to do

    id: int = Field(default=None, primary_key=True)
    folded: str = string()
    unit_id: int = to("unit")


class PersonRow(Person, table=True):
    __tablename__ = "person"
    __table_args__ = (UniqueConstraint("code"),)

    id: int = Field(default=None, primary_key=True)
    password_hash: str | None = string(default=None)
    sso_subject: str | None = string(default=None, unique=True)
    """The person's lasting name at the office's identity provider; set when they first come from there."""


class PositionRow(Position, table=True):
    __tablename__ = "position"
    __table_args__ = (UniqueConstraint("person_id", "unit_id", "role", "valid_from"),)

    id: int = Field(default=None, primary_key=True)
    person_id: int = to("person", index=True)
    unit_id: int = to("unit", index=True)


class PreferenceRow(Preference, table=True):
    """Only for those who chose something."""

    __tablename__ = "preference"
    __table_args__ = (words("digest", Pace),)

    person_id: int = to("person", primary_key=True)


class MandateRow(Mandate, table=True):
    """While it is valid, `substitute_id` acts for `person_id`."""

    __tablename__ = "mandate"
    __table_args__ = (
        UniqueConstraint("person_id", "substitute_id", "valid_from"),
        CheckConstraint("person_id <> substitute_id", name="another"),
    )

    id: int = Field(default=None, primary_key=True)
    person_id: int = to("person")
    substitute_id: int = to("person")


class CalendarDayRow(SQLModel, table=True):
    """One exception to the base calendar, see `domain.workdays.CalendarDay`; with `unit_id` for that unit alone."""

    __tablename__ = "calendar_day"
    __table_args__ = (
        # entered already: the first entry stays
        UniqueConstraint("unit_id", "calendar", "day"),
        Index(
            "uq_calendar_day_of_all",  # to a unique key of columns NULL is never NULL again
            "calendar",
            "day",
            unique=True,
            sqlite_where=text("unit_id IS NULL"),
            postgresql_where=text("unit_id IS NULL"),
        ),
    )

    id: int = Field(default=None, primary_key=True)
    unit_id: int | None = to("unit", default=None)
    calendar: str = string()
    day: date
    kind: str = string()
    reason: str = string(default="")
    source: str = string(default="")
    status: str = string(default="official")


class SchoolYearRow(SQLModel, table=True):
    """The frame of one school year, see `domain.workdays.SchoolYear`."""

    __tablename__ = "school_year"
    __table_args__ = (UniqueConstraint("calendar", "start"),)  # entered already: the first entry stays

    id: int = Field(default=None, primary_key=True)
    calendar: str = string()
    start: int
    first_semester_ends: date
    ends: date
    source: str = string(default="")
    status: str = string(default="official")


class DeclarationRow(Declaration, table=True):
    """Only added to: the history of every situation."""

    __tablename__ = "declaration"

    id: int = Field(default=None, primary_key=True)


class BanRow(Ban, table=True):
    __tablename__ = "ban"
    __table_args__ = (UniqueConstraint("name", "state", "words"), words("stance", Stance))

    id: int = Field(default=None, primary_key=True)


class OfficeRow(SQLModel, table=True):
    """One row: the office this database belongs to, and its settings as data."""

    __tablename__ = "office"

    id: int = Field(default=None, primary_key=True)
    code: str = string()
    name: str = string()
    settings: dict[str, Any] = document(dict)


# --- directives and duties --------------------------------------------------------------------------------


class DirectiveRow(Directive, table=True):
    __tablename__ = "directive"
    __table_args__ = (UniqueConstraint("content_hash"),)  # the same text again is the same directive

    id: int = Field(default=None, primary_key=True)
    version: int = 1
    replaced_by: int | None = to("directive", default=None)


class PassageRow(SQLModel, table=True):
    """A piece of the text and what it is; all passages of a directive tile its text. `version` counts what
    people decided about it."""

    __tablename__ = "passage"
    __table_args__ = (UniqueConstraint("directive_id", "start"),)

    id: int = Field(default=None, primary_key=True)
    directive_id: int = to("directive")
    start: int
    end: int
    kind: str = string()
    version: int = 1


class DraftRow(Draft, table=True):
    __tablename__ = "draft"
    __table_args__ = (UniqueConstraint("directive_id", "ordinal"),)

    id: int = Field(default=None, primary_key=True)
    directive_id: int = to("directive")


class DutyRow(Duty, table=True):
    __tablename__ = "duty"
    # Issuing a draft twice finds its duty.
    __table_args__ = (UniqueConstraint("draft_id"), UniqueConstraint("code"))

    id: int = Field(default=None, primary_key=True)
    directive_id: int = to("directive", index=True)
    draft_id: int | None = to("draft", default=None)


class DutyUnitRow(SQLModel, table=True):
    """`since`: a successor's part begins with what opens on that day; None has been there from the start. `until`:
    what opens after that day is asked of another unit."""

    __tablename__ = "duty_unit"
    __table_args__ = (UniqueConstraint("duty_id", "unit_id"),)

    id: int = Field(default=None, primary_key=True)
    duty_id: int = to("duty")
    unit_id: int = to("unit", index=True)
    part: str = string()
    since: date | None = None
    until: date | None = None


class OccurrenceRow(Occurrence, table=True):
    __tablename__ = "occurrence"
    __table_args__ = (UniqueConstraint("duty_id", "period"),)  # opened already: nothing to do

    id: int = Field(default=None, primary_key=True)
    duty_id: int = to("duty")


def _is_one_of(states: Sequence[State]) -> str:
    return f"state IN ({', '.join(repr(state.value) for state in states)})"


IS_UNFINISHED = _is_one_of(UNFINISHED)
IS_ASIDE = _is_one_of((State.HANDED_IN, State.SUBMITTED, State.WAITING, State.WAIVED, State.WITHDRAWN))
"""Neither owed nor done: never many, however much there is of either."""


class AssignmentRow(Assignment, table=True):
    __tablename__ = "assignment"
    __table_args__ = (
        # Opened already: nothing to do. A second part comes only from a unit that ended.
        UniqueConstraint("occurrence_id", "unit_id", "part"),
        words("state", State),
        # The sweep reads this and nothing else: its cost follows what is due today.
        Index(
            "ix_assignment_next_action_at",
            "next_action_at",
            sqlite_where=text("next_action_at IS NOT NULL"),
            postgresql_where=text("next_action_at IS NOT NULL"),
        ),
        Index("ix_assignment_unit_id_due_on", "unit_id", "due_on"),
        Index("ix_assignment_due_on", "due_on", "unit_id", "id"),  # the board's page is read off it
        Index("ix_assignment_unfinished", "due_on", "unit_id", "id", **only(IS_UNFINISHED)),
        Index("ix_assignment_aside", "state", "due_on", "unit_id", "id", **only(IS_ASIDE)),
        Index("ix_assignment_touched_at", "touched_at", "id", **only("touched_at IS NOT NULL")),
    )

    id: int = Field(default=None, primary_key=True)
    occurrence_id: int = to("occurrence")
    unit_id: int = to("unit")
    person_id: int | None = to("person", default=None)
    """Whom the unit's head gave it to; None is the unit's officer."""


# --- the life of an assignment ----------------------------------------------------------------------------


class ExtensionRow(Extension, table=True):
    __tablename__ = "extension"
    __table_args__ = (
        UniqueConstraint("assignment_id", "number"),
        # One open request for an assignment: the second is refused in words before it comes here.
        Index(
            "uq_extension_pending",
            "assignment_id",
            unique=True,
            sqlite_where=text("answer = 'pending'"),
            postgresql_where=text("answer = 'pending'"),
        ),
        words("answer", Answer),
    )

    id: int = Field(default=None, primary_key=True)
    assignment_id: int = to("assignment")


class WaitingRow(Waiting, table=True):
    __tablename__ = "waiting"
    __table_args__ = (
        Index("ix_waiting_assignment_id", "assignment_id"),
        # An assignment waits for one at a time.
        Index(
            "uq_waiting_open",
            "assignment_id",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
        Index(
            "ix_waiting_remind_at",
            "remind_at",
            sqlite_where=text("remind_at IS NOT NULL"),
            postgresql_where=text("remind_at IS NOT NULL"),
        ),
        words("kind", Awaited),
    )

    id: int = Field(default=None, primary_key=True)
    assignment_id: int = to("assignment")
    unit_id: int | None = to("unit", default=None)
    """The unit that is waited for, when it is one of ours."""


class ProgressRow(Progress, table=True):
    """Only added to: a later note corrects an earlier one."""

    __tablename__ = "progress"
    __table_args__ = (CheckConstraint("percent BETWEEN 0 AND 100", name="percent"),)

    id: int = Field(default=None, primary_key=True)
    assignment_id: int = to("assignment", index=True)
    person_id: int | None = to("person", default=None)


class FollowedRow(SQLModel, table=True):
    """Who follows a case (theo dõi), and until when they have seen what happened in it."""

    __tablename__ = "followed"

    person_id: int = to("person", primary_key=True)
    assignment_id: int = to("assignment", primary_key=True, index=True)
    seen_at: datetime = instant()


class ExplanationRow(Explanation, table=True):
    __tablename__ = "explanation"
    __table_args__ = (
        UniqueConstraint("assignment_id", "number"),
        # One unanswered demand for an assignment: the second is refused in words before it comes here.
        Index(
            "uq_explanation_open",
            "assignment_id",
            unique=True,
            sqlite_where=text("answered_at IS NULL"),
            postgresql_where=text("answered_at IS NULL"),
        ),
        Index(
            "ix_explanation_remind_at",
            "remind_at",
            sqlite_where=text("remind_at IS NOT NULL"),
            postgresql_where=text("remind_at IS NOT NULL"),
        ),
    )

    id: int = Field(default=None, primary_key=True)
    assignment_id: int = to("assignment")
    demanded_by: int | None = to("person", default=None)


class HandoverRow(Handover, table=True):
    __tablename__ = "handover"
    __table_args__ = (
        UniqueConstraint("assignment_id", "from_unit_id", "since"),  # handed over already: nothing to do
    )

    id: int = Field(default=None, primary_key=True)
    assignment_id: int = to("assignment")
    from_unit_id: int = to("unit")
    to_unit_id: int = to("unit")


# --- evidence and verdicts --------------------------------------------------------------------------------


class SubmissionRow(Submission, table=True):
    __tablename__ = "submission"
    __table_args__ = (
        UniqueConstraint("assignment_id", "round"),
        UniqueConstraint("key"),  # sent again (double click, replayed post): the first one is the answer
        Index(
            "ix_submission_unjudged",
            "id",
            sqlite_where=text("judged_at IS NULL"),
            postgresql_where=text("judged_at IS NULL"),
        ),
    )

    id: int = Field(default=None, primary_key=True)
    assignment_id: int = to("assignment")
    person_id: int | None = to("person", default=None)


class EvidenceRow(Evidence, table=True):
    __tablename__ = "evidence"
    __table_args__ = (
        UniqueConstraint("submission_id", "sha256", "file_name"),
        Index("ix_evidence_sha256", "sha256"),
    )

    id: int = Field(default=None, primary_key=True)
    submission_id: int = to("submission")


class VerdictRow(SQLModel, table=True):
    """A `domain.verdict.Verdict` of one submission, under the version of the rule that gave it. `work_id`: the
    corrective assignment that followed, or that the unit owed already."""

    __tablename__ = "verdict"
    # Judged already under this version: nothing to do.
    __table_args__ = (UniqueConstraint("submission_id", "rule_id", "rule_version"), words("outcome", Outcome))

    id: int = Field(default=None, primary_key=True)
    submission_id: int = to("submission")
    rule_id: str = string()
    rule_version: str = string()
    outcome: Outcome = word(Outcome)
    verdict: dict[str, Any] = document(dict)
    judged_at: datetime = instant()
    work_id: int | None = to("assignment", default=None, index=True)


# --- letters ----------------------------------------------------------------------------------------------


class OutboxRow(OutboxLetter, table=True):
    __tablename__ = "outbox"
    __table_args__ = (
        UniqueConstraint("key"),  # written already: nothing to do
        words("state", MailState),
        words("via", Via),
        Index(
            "ix_outbox_open",
            "not_before",
            sqlite_where=text("state IN ('pending', 'sending')"),
            postgresql_where=text("state IN ('pending', 'sending')"),
        ),
        Index("ix_outbox_message_id", "message_id"),  # what comes back names it
        Index("ix_outbox_state", "state", "id"),  # counted without its letters' bodies, and listed
        # The auditor asks every night whether these were told.
        Index("ix_outbox_waiting_id", "waiting_id", **only("waiting_id IS NOT NULL")),
        Index("ix_outbox_explanation_id", "explanation_id", **only("explanation_id IS NOT NULL")),
    )

    id: int = Field(default=None, primary_key=True)
    person_id: int | None = to("person", default=None, index=True)
    assignment_id: int | None = to("assignment", default=None)
    waiting_id: int | None = to("waiting", default=None)
    explanation_id: int | None = to("explanation", default=None)
    copy_of: int | None = to("outbox", default=None)
    """The letter this one repeats over another channel: what is joined to that letter is its text."""


class NoticeRow(Notice, table=True):
    __tablename__ = "notice"
    __table_args__ = (
        # A rung is taken once for an assignment and a deadline; a moved deadline has rungs of its own.
        UniqueConstraint("assignment_id", "step", "role", "due_on"),
        words("fate", Fate),
        Index(
            "ix_notice_pending",
            "id",
            sqlite_where=text("fate = 'pending'"),
            postgresql_where=text("fate = 'pending'"),
        ),
    )

    id: int = Field(default=None, primary_key=True)
    assignment_id: int = to("assignment")


class NoticeLetterRow(SQLModel, table=True):
    """Which letters told a notice: one for each person who held the role that day."""

    __tablename__ = "notice_letter"

    notice_id: int = to("notice", primary_key=True)
    outbox_id: int = to("outbox", primary_key=True, index=True)


class DeliveryRow(Delivery, table=True):
    __tablename__ = "delivery"
    __table_args__ = (UniqueConstraint("outbox_id", "attempt"),)

    id: int = Field(default=None, primary_key=True)
    outbox_id: int = to("outbox")


class BounceRow(SQLModel, table=True):
    """A mail server's report about a letter that had left. Only added to."""

    __tablename__ = "bounce"
    __table_args__ = (
        UniqueConstraint("outbox_id", "action", "status"),  # reported already: nothing to do
        CheckConstraint("action IN ('failed', 'delayed')", name="action"),
    )

    id: int = Field(default=None, primary_key=True)
    outbox_id: int = to("outbox")
    at: datetime = instant()
    action: str = string()
    status: str = string()
    recipient: str = string()
    detail: str = string()


class RefusedAddressRow(SQLModel, table=True):
    """No mail is sent to this address (lower case) any more, until a person says that it works."""

    __tablename__ = "refused_address"

    address: str = string(primary_key=True)
    since: date
    reason: str = string()
    outbox_id: int | None = to("outbox", default=None)


class IncidentRow(Incident, table=True):
    __tablename__ = "incident"
    __table_args__ = (
        words("kind", Check),
        # Found again: the open one stays.
        Index(
            "uq_incident_open",
            "kind",
            "subject",
            "detail",
            unique=True,
            sqlite_where=text("closed_at IS NULL"),
            postgresql_where=text("closed_at IS NULL"),
        ),
    )

    id: int = Field(default=None, primary_key=True)


# --- reports, audit, the clock ----------------------------------------------------------------------------


class ReportRow(Report, table=True):
    __tablename__ = "report"
    __table_args__ = (UniqueConstraint("kind", "period"),)  # made already: nothing to do

    id: int = Field(default=None, primary_key=True)


class AuditRow(AuditEntry, table=True):
    """Append-only: the database refuses UPDATE and DELETE (see `store.triggers`)."""

    __tablename__ = "audit"
    __table_args__: ClassVar[Any] = (Index("ix_audit_subject", "subject"), {"sqlite_strict": True})

    id: int = Field(default=None, primary_key=True)
    hash: str = string()


class AuditHeadRow(SQLModel, table=True):
    """One row: the last hash. Whoever appends holds it until the commit, so the chain never forks."""

    __tablename__ = "audit_head"
    __table_args__: ClassVar[dict[str, bool]] = {"sqlite_strict": True}

    id: int = Field(primary_key=True)
    hash: str = string()


class WatermarkRow(SQLModel, table=True):
    """A job has done everything scheduled up to and including `through`."""

    __tablename__ = "watermark"

    job: str = string(primary_key=True)
    through: datetime = instant()


class LeaseRow(SQLModel, table=True):
    """Who runs the clock. A holder whose epoch is older than the row's has lost it and must stop."""

    __tablename__ = "lease"

    name: str = string(primary_key=True)
    holder: str = string()
    epoch: int
    until: datetime = instant()


class HeartbeatRow(SQLModel, table=True):
    """When a process last showed that it lives, and how it is (`state`: words for the health page)."""

    __tablename__ = "heartbeat"

    name: str = string(primary_key=True)
    at: datetime = instant()
    state: str = string(default="")
