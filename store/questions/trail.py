"""The audit trail as people read it: newest first, by who, what, about what and when."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlmodel import Session, col

from domain.audit import START, AuditEntry, chained
from store.questions.named import named
from store.tables import AuditRow, PersonRow

PAGE = 100


@dataclass(frozen=True)
class TrailLine:
    """`whole`: the stored hash follows from the line before it."""

    id: int
    entry: AuditEntry
    by: str
    hash: str
    whole: bool


@dataclass(frozen=True)
class Sought:
    """`actor`: a name or a code."""

    actor: str = ""
    action: str = ""
    subject: str = ""
    since: datetime | None = None
    until: datetime | None = None


def trail(session: Session, sought: Sought, *, before: int | None = None) -> Sequence[TrailLine]:
    """Lines older than the id `before`, one more than `PAGE` where more follow."""
    t = AuditRow
    question = select(t).order_by(col(t.id).desc()).limit(PAGE + 1)
    if sought.actor:
        codes = select(col(PersonRow.code)).where(col(PersonRow.name) == sought.actor)
        question = question.where((col(t.actor) == sought.actor) | col(t.actor).in_(codes))
    for column, said in ((t.action, sought.action), (t.subject, sought.subject)):
        if said:
            question = question.where(col(column) == said)
    if sought.since:
        question = question.where(col(t.at) >= sought.since)
    if sought.until:
        question = question.where(col(t.at) < sought.until)
    if before is not None:
        question = question.where(col(t.id) < before)
    rows = session.scalars(question).all()
    ids = {row.id - 1 for row in rows}
    hashes = session.execute(select(col(t.id), col(t.hash)).where(col(t.id).in_(ids)))
    previous = dict(hashes.all())
    actors = {row.actor for row in rows}
    people = session.execute(
        select(col(PersonRow.code), col(PersonRow.name)).where(col(PersonRow.code).in_(actors))
    )
    names = dict(people.all())
    # A unit acts by its own code where nobody was named: in what was played from a record.
    names |= {who: unit.words for who, unit in named(session, {a for a in actors if ":" in a}).items()}
    return [
        TrailLine(
            row.id, row, names.get(row.actor, row.actor), row.hash,
            chained(previous.get(row.id - 1, START), row) == row.hash,
        )
        for row in rows
    ]  # fmt: skip


def actions_known(session: Session) -> Sequence[str]:
    return session.scalars(select(col(AuditRow.action)).distinct().order_by(col(AuditRow.action))).all()
