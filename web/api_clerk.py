"""The API of what else the clerk decides: drafts cut and joined, one letter held, work moved, a rule published."""

from datetime import date
from typing import Annotated, Any

from fastapi import Response
from pydantic import BaseModel, Field

from actions.hold_letter import hold_letter
from actions.publish_rule import publish_rule
from actions.reassign import reassign
from actions.recast_draft import merge_drafts, split_draft
from domain.inspection import VisitKind, VisitState
from domain.sentence import Sentence
from rules.pack import PackError
from store.questions.inspection_rooms import visit_lines
from web.api import BoardReader, Body, Clerk, Mailer, Reviewer, Seen, api_router
from web.api_directives import Draft, draft
from web.api_office import WholeLetter, one_letter
from web.errors import Told
from web.forms import MOST, Id
from web.policy import Act
from web.review_desk import Reviewing

router = api_router("clerk")

Reason = Annotated[str, Field(min_length=1, max_length=1000)]


class Cut(Body):
    """`at`: the character offset in the directive's text where the second part begins."""

    at: Annotated[int, Field(ge=0, le=MOST)]


class Joined(Body):
    other: Annotated[int, Field(ge=1, le=MOST)]


class Held(Body):
    reason: Reason


class Moved(Body):
    """`unit`: code of the unit that gets the work; `later`: later periods of the duty are asked of it too."""

    unit: Annotated[str, Field(min_length=1, max_length=200)]
    reason: Reason
    later: bool = False


class NewRule(Body):
    """`after`: the number of the version the writer saw, 0 for a new rule; `despite`: why it is published against
    objections."""

    pack: Annotated[str, Field(max_length=200)]
    rule: Annotated[str, Field(min_length=1, max_length=20_000)]
    after: Annotated[int, Field(ge=0, le=MOST)] = 0
    despite: Annotated[str, Field(max_length=500)] = ""


class Published(BaseModel):
    rule_id: str
    number: int
    version: str


class Inspection(BaseModel):
    id: int
    unit: str
    plan: str
    kind: VisitKind
    state: VisitState
    day: date
    findings: int


@router.post("/drafts/{draft_id}/split")
def split(at: Clerk, draft_id: Id, cut: Cut, seen: Seen, answer: Response) -> Draft:
    """Answers with the first part; the second follows it in the directive."""
    with at.works.db.transaction() as session:
        desk, _ = Reviewing.of_draft(at, session, draft_id)
        first, _ = split_draft(session, draft_id, at.by, at=cut.at, propose=desk.propose(), version=seen)
        part = first.id
    return draft(at, part, answer)


@router.post("/drafts/{draft_id}/merge")
def merge(at: Clerk, draft_id: Id, joined: Joined, seen: Seen, answer: Response) -> Draft:
    with at.works.db.transaction() as session:
        desk, _ = Reviewing.of_draft(at, session, draft_id)
        row = merge_drafts(session, draft_id, joined.other, at.by, propose=desk.propose(), version=seen)
        whole = row.id
    return draft(at, whole, answer)


@router.post("/outbox/{outbox_id}/hold")
def hold(at: Mailer, outbox_id: Id, held: Held) -> WholeLetter:
    with at.works.db.transaction() as session:
        hold_letter(session, outbox_id, at.by, reason=held.reason)
    return one_letter(at, outbox_id)


@router.post("/assignments/{assignment_id}/reassign", status_code=204)
def move(at: Reviewer, assignment_id: Id, moved: Moved) -> None:
    with at.works.db.transaction() as session:
        reassign(
            session, assignment_id, moved.unit, at.by, reason=moved.reason, today=at.today, later=moved.later
        )


@router.post("/rules/publish")
def publish(at: Clerk, written: NewRule) -> Published:
    with at.works.db.transaction() as session:
        pack = at.works.packs_in_force(session).get(written.pack)
        if pack is None:
            raise Told(422, Sentence("Không có bộ quy tắc này."))
        try:
            row = publish_rule(
                session, pack, written.rule, at.by, after=written.after, despite=written.despite
            )
        except PackError as error:
            raise Told(422, str(error)) from error
        return Published(rule_id=row.rule_id, number=row.number, version=row.version)


@router.get("/inspections")
def inspections(at: BoardReader) -> list[Inspection]:
    """The latest day first; a sealed visit is shown to the office alone."""
    with at.works.db.read() as session:
        found = visit_lines(session, at.scope(Act.SEE_BOARD), sealed=at.may(Act.DECIDE))
    return [Inspection(**_shown(one)) for one in found]


def _shown(one: Any) -> dict[str, Any]:
    return {name: getattr(one, name) for name in Inspection.model_fields}
