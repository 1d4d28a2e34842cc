"""What one was told (Thông báo), and how one wants to be told: channels, and the pace of what only informs."""

from functools import partial

from fastapi import APIRouter
from fastapi.responses import RedirectResponse, Response

from actions.choose_reach import choose_channels, choose_digest
from actions.errors import Refused
from actions.follow_case import seen
from actions.mark_read import mark_read
from domain.reach import Pace, Via
from domain.sentence import Sentence
from store.questions.followed import followed
from store.questions.notices import PAGE, notices_of
from store.questions.reach import preference
from web.desk import AtDesk, Desk
from web.forms import Id, Posted, word
from web.leaves import AsLeafing, leaf
from web.policy import Act

router = APIRouter()

HERE = "/thong-bao"
CHOICES = "/tai-khoan/thong-bao"


@router.get(HERE)
def told(at: AtDesk, asked: AsLeafing) -> Response:
    """Reading the list marks nothing: only its reader says what was read."""
    with at.works.db.read() as session:
        found = leaf(asked, PAGE, partial(notices_of, session, at.viewer.person_id))
        cases = followed(session, at.viewer.person_id, at.scope(Act.LEAD), at.now, at.soon)
    return at.page(
        "account/told.html", leaf=found, changed=[case for case in cases if case.new],
    )  # fmt: skip


@router.post(HERE + "/da-doc")
def all_read(at: AtDesk) -> Response:
    with at.works.db.transaction() as session:
        mark_read(session, at.viewer.person_id, at.now)
        seen(session, at.viewer.person_id, at.now)
    return RedirectResponse(HERE, 303)


@router.post(HERE + "/{outbox_id}/da-doc")
def one_read(at: AtDesk, outbox_id: Id) -> Response:
    """Somebody else's letter is left alone, and nothing tells whether it exists."""
    with at.works.db.transaction() as session:
        mark_read(session, at.viewer.person_id, at.now, outbox_id=outbox_id)
    return Response(status_code=204) if at.is_htmx else RedirectResponse(HERE, 303)


@router.get(CHOICES)
def choices(at: AtDesk) -> Response:
    return _choices(at)


@router.post(CHOICES)
def choose(at: AtDesk, form: Posted) -> Response:
    pace = word(form, "nhip")
    if pace not in set(Pace):
        return _choices(at, 422, Sentence("Hãy chọn nhận bản tin bao lâu một lần."))
    try:
        with at.works.db.transaction() as session:
            choose_channels(
                session, at.viewer.person_id, at.by, channels=[str(via) for via in form.getlist("kenh")]
            )
            choose_digest(session, at.viewer.person_id, at.by, digest=Pace(pace))
    except Refused as refused:
        return _choices(at, 422, str(refused))
    return RedirectResponse(CHOICES + "?da-ghi=1", 303)


def _choices(at: Desk, status: int = 200, fault: str = "") -> Response:
    with at.works.db.read() as session:
        chosen = preference(session, at.viewer.person_id)
        channels, pace = set(chosen.channels), chosen.digest
    return at.page(
        "account/channels.html",
        status,
        channels=channels,
        pace=pace,
        gateway=bool(at.works.settings.webhook_url) or Via.WEBHOOK in channels,
        fault=fault,
        done="da-ghi" in at.request.query_params,
    )
