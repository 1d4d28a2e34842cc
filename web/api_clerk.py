"""The API of what else the clerk decides: drafts cut and joined, one letter held, work moved, a rule published."""

from typing import Annotated

from fastapi import Response
from pydantic import BaseModel, Field

from actions.hold_letter import hold_letter
from actions.note_bounce import trust_address
from actions.publish_rule import publish_rule
from actions.reassign import reassign
from actions.recast_draft import merge_drafts, split_draft
from actions.release_held import release_held
from domain.sentence import Sentence
from rules.pack import PackError
from store.questions.own_rules import current_rules
from web.api import Body, Clerk, Mailer, Reason, Reviewer, Seen, Why, api_router, example
from web.api_directives import Draft, draft
from web.api_office import RULE, WholeLetter, one_letter
from web.errors import Told
from web.forms import MOST, Id
from web.review_desk import Reviewing
from web.rules_room import switched

router = api_router("clerk")


class Cut(Body):
    """`at`: the character offset in the directive's text where the second part begins."""

    model_config = example(at=412)

    at: Annotated[int, Field(ge=0, le=MOST)]


class Joined(Body):
    model_config = example(other=8)

    other: Annotated[int, Field(ge=1, le=MOST)]


class Moved(Body):
    """`unit`: code of the unit that gets the work; `later`: later periods of the duty are asked of it too."""

    model_config = example(unit="truong-hoa-sen", reason="Giao nhầm đơn vị")

    unit: Annotated[str, Field(min_length=1, max_length=200)]
    reason: Reason
    later: bool = False


class NewRule(Body):
    """`after`: the number of the version the writer saw, 0 for a new rule; `despite`: why it is published against
    objections."""

    model_config = example(
        pack="bao-cao-thang",
        rule=RULE,
        after=2,
    )

    pack: Annotated[str, Field(max_length=200)]
    rule: Annotated[str, Field(min_length=1, max_length=20_000)]
    after: Annotated[int, Field(ge=0, le=MOST)] = 0
    despite: Annotated[str, Field(max_length=500)] = ""


class Released(Body):
    """`reason`: only letters held for this reason; empty: all that are held."""

    model_config = example(reason="")

    reason: Annotated[str, Field(max_length=1000)] = ""


class Trusted(Body):
    model_config = example(address="van-thu@hoasen.edu.vn")

    address: Annotated[str, Field(min_length=3, max_length=320)]


class Count(BaseModel):
    letters: int


class Switched(Body):
    model_config = example(reason="Chờ hướng dẫn mới của Sở")

    reason: Annotated[str, Field(max_length=500)] = ""


class RuleShown(BaseModel):
    """`off`: why it is off; `number`: of the office's own version, 0 for one as its pack has it."""

    pack: str
    id: str
    title: str
    clause: str
    check: str
    off: str
    number: int


class Published(BaseModel):
    rule_id: str
    number: int
    version: str


@router.post("/drafts/{draft_id}/split")
def split(at: Clerk, draft_id: Id, cut: Cut, seen: Seen, answer: Response) -> Draft:
    """Tách một nội dung làm hai.

    Trả lời bằng phần đầu; phần sau đứng ngay sau nó trong văn bản."""
    with at.works.db.transaction() as session:
        desk, _ = Reviewing.of_draft(at, session, draft_id)
        first, _ = split_draft(session, draft_id, at.by, at=cut.at, propose=desk.propose(), version=seen)
        part = first.id
    return draft(at, part, answer)


@router.post("/drafts/{draft_id}/merge")
def merge(at: Clerk, draft_id: Id, joined: Joined, seen: Seen, answer: Response) -> Draft:
    """Gộp hai nội dung đứng cạnh nhau."""
    with at.works.db.transaction() as session:
        desk, _ = Reviewing.of_draft(at, session, draft_id)
        row = merge_drafts(session, draft_id, joined.other, at.by, propose=desk.propose(), version=seen)
        whole = row.id
    return draft(at, whole, answer)


@router.post("/outbox/{outbox_id}/hold")
def hold(at: Mailer, outbox_id: Id, said: Why) -> WholeLetter:
    """Giữ một thư chưa gửi."""
    with at.works.db.transaction() as session:
        hold_letter(session, outbox_id, at.by, reason=said.reason)
    return one_letter(at, outbox_id)


@router.post("/outbox/release")
def release(at: Mailer, released: Released) -> Count:
    """Thả các thư đang giữ."""
    with at.works.db.transaction() as session:
        return Count(letters=release_held(session, at.by, released.reason.strip()))


@router.post("/addresses/trust", status_code=204)
def trust(at: Mailer, trusted: Trusted) -> None:
    """Gửi lại được đến một địa chỉ từng bị trả về."""
    with at.works.db.transaction() as session:
        trust_address(session, trusted.address.strip(), at.by)


@router.post("/assignments/{assignment_id}/reassign", status_code=204)
def move(at: Reviewer, assignment_id: Id, moved: Moved) -> None:
    """Chuyển việc sang đơn vị khác."""
    with at.works.db.transaction() as session:
        reassign(
            session,
            assignment_id,
            moved.unit,
            at.by,
            reason=moved.reason,
            office=at.office,
            later=moved.later,
        )


@router.post("/rules/publish")
def publish(at: Clerk, written: NewRule) -> Published:
    """Công bố một phiên bản của quy tắc."""
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


@router.get("/rules")
def rules(at: Clerk) -> list[RuleShown]:
    """Mọi quy tắc của mọi bộ."""
    with at.works.db.read() as session:
        packs = at.works.packs_in_force(session)
        own = {(row.pack, row.rule_id): row.number for row in current_rules(session)}
    return [
        RuleShown(
            pack=pack.id, id=rule.id, title=rule.title, clause=rule.clause, check=rule.check_text, off=rule.off,
            number=own.get((pack.id, rule.id), 0),
        )
        for pack in packs.values()
        for rule in pack.rules
    ]  # fmt: skip


@router.post("/rules/{pack_id}/{rule_id}/switch", status_code=204)
def switch(at: Clerk, pack_id: str, rule_id: str, switched_by: Switched) -> None:
    """Tắt một quy tắc, nêu lý do; đang tắt thì bật lại."""
    switched(at, pack_id, rule_id, switched_by.reason)
