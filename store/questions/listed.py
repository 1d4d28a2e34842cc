"""Lists to be read page after page by a program: each page goes on from the last line of the one before."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import select, tuple_
from sqlmodel import Session, col

from domain.directive import Directive
from domain.letter import MailState
from store.questions.board import Line, line_question
from store.questions.letters import Posted
from store.questions.pick import Pick, also, where
from store.questions.scope import Scope
from store.questions.standing import standing_of
from store.tables import AssignmentRow, DirectiveRow, OutboxRow


def assignments(
    session: Session,
    scope: Scope,
    now: datetime,
    soon: timedelta,
    pick: Pick,
    *,
    after: tuple[date, int] | None,
    limit: int,
) -> Sequence[Line]:
    """Earliest deadline first, at most `limit`, from behind the line of that deadline and id."""
    a = AssignmentRow
    question = line_question(standing_of(now, soon)).where(*where(scope, pick), *also(pick, now, soon))
    if after is not None:
        question = question.where(tuple_(col(a.due_on), col(a.id)) > after)
    rows = session.execute(question.order_by(col(a.due_on), col(a.id)).limit(limit))
    return [Line(*row) for row in rows]


def directives(session: Session, *, before: int | None, limit: int) -> Sequence[tuple[int, Directive]]:
    """Newest first."""
    question = select(DirectiveRow).order_by(col(DirectiveRow.id).desc()).limit(limit)
    if before is not None:
        question = question.where(col(DirectiveRow.id) < before)
    return [(row.id, row) for row in session.scalars(question)]


def letters(session: Session, state: MailState | None, *, before: int | None, limit: int) -> Sequence[Posted]:
    """Newest first."""
    question = select(OutboxRow).order_by(col(OutboxRow.id).desc()).limit(limit)
    if state is not None:
        question = question.where(col(OutboxRow.state) == state)
    if before is not None:
        question = question.where(col(OutboxRow.id) < before)
    return [Posted(row.id, row) for row in session.scalars(question)]
