"""The API of what everybody decides for themselves: mandates, what was read, by which channels one is told."""

from datetime import date, datetime
from functools import partial
from typing import Annotated

from pydantic import BaseModel, Field

from actions.choose_reach import choose_channels, choose_digest
from actions.follow_case import seen
from actions.mark_read import mark_read
from domain.letter import LetterKind
from domain.reach import Pace, Via
from store.questions.access import Given, mandates
from store.questions.notices import notices_of
from store.questions.reach import preference
from web.api import AsLeafing, AtDesk, Body, Shown, Typed, api_router, example
from web.delegation import end_own, give_mandate
from web.forms import MOST, Id

router = api_router("me")


class MandateSent(Typed):
    """To a colleague of one's own unit (`who`: a person's id), for days that have an end."""

    model_config = example(who=12, since="2026-03-01", until="2026-03-05", text="Đi công tác")

    who: Annotated[int, Field(ge=1, le=MOST)]
    since: date
    until: date
    text: Annotated[str, Field(max_length=500)]


class MandateShown(BaseModel):
    id: int
    other: str
    text: str
    valid_from: date
    valid_to: date | None


class Mandates(BaseModel):
    """`given` by oneself, `held` from others."""

    given: list[MandateShown]
    held: list[MandateShown]


class Notice(Shown):
    id: int
    kind: LetterKind
    subject: str
    body: str
    at: datetime
    read_at: datetime | None


class Notices(BaseModel):
    """`next`: the cursor of the page that follows; none on the last."""

    items: list[Notice]
    next: str | None


class Channels(Body):
    """`digest`: how often one hears of what only informs."""

    model_config = example(channels=["email"], digest="daily")

    channels: Annotated[list[Via], Field(min_length=1, max_length=len(Via))]
    digest: Pace


@router.get("/mandates")
def listed(at: AtDesk) -> Mandates:
    """Ủy quyền đã giao và đang nhận."""
    with at.works.db.read() as session:
        given, held = mandates(session, at.viewer.person_id, at.today)
    return Mandates(given=[_shown(one) for one in given], held=[_shown(one) for one in held])


@router.post("/mandates", status_code=201)
def delegate(at: AtDesk, mandate: MandateSent) -> Mandates:
    """Ủy quyền cho một người cùng đơn vị."""
    with mandate.as_form() as form:
        give_mandate(at, form)
    return listed(at)


@router.post("/mandates/{given_id}/end")
def end(at: AtDesk, given_id: Id) -> Mandates:
    """Kết thúc ủy quyền; hôm nay là ngày cuối."""
    end_own(at, given_id)
    return listed(at)


@router.get("/notices")
def notices(at: AtDesk, asked: AsLeafing) -> Notices:
    """Thông báo của mình; đọc danh sách không đánh dấu đã đọc."""
    with at.works.db.read() as session:
        ask = partial(notices_of, session, at.viewer.person_id)
        found, after = asked.rows(ask)
    return Notices(items=[Notice.model_validate(one) for one in found], next=after)


@router.post("/notices/read", status_code=204)
def all_read(at: AtDesk) -> None:
    """Đánh dấu đã đọc mọi thông báo."""
    with at.works.db.transaction() as session:
        mark_read(session, at.viewer.person_id, at.now)
        seen(session, at.viewer.person_id, at.now)


@router.post("/notices/{outbox_id}/read", status_code=204)
def one_read(at: AtDesk, outbox_id: Id) -> None:
    """Đánh dấu đã đọc một thông báo; của người khác thì không đổi gì."""
    with at.works.db.transaction() as session:
        mark_read(session, at.viewer.person_id, at.now, outbox_id=outbox_id)


@router.get("/me/channels")
def chosen(at: AtDesk) -> Channels:
    """Nhận thông báo qua đâu, bản tin bao lâu một lần."""
    with at.works.db.read() as session:
        found = preference(session, at.viewer.person_id)
        return Channels(channels=[Via(one) for one in found.channels], digest=found.digest)


@router.put("/me/channels")
def choose(at: AtDesk, wanted: Channels) -> Channels:
    """Chọn nơi nhận thông báo và nhịp bản tin."""
    with at.works.db.transaction() as session:
        choose_channels(session, at.viewer.person_id, at.by, channels=[str(via) for via in wanted.channels])
        choose_digest(session, at.viewer.person_id, at.by, digest=wanted.digest)
    return chosen(at)


def _shown(one: Given) -> MandateShown:
    m = one.mandate
    return MandateShown(id=one.id, other=one.other, text=m.text, valid_from=m.valid_from, valid_to=m.valid_to)
