"""Letters: the outbox with what became of each, and, where no relay is set, the local catcher's mail."""

import mailbox
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from functools import partial
from typing import Annotated

from fastapi import APIRouter, Depends
from fastapi.responses import RedirectResponse, Response
from sqlmodel import Session

from actions.errors import NotFound
from actions.hold_letter import hold_letter
from actions.letter_text import Unwritable, as_of_now
from actions.note_bounce import trust_address
from actions.release_held import release_held
from actions.resend import AGAIN, resend
from domain.letter import MailState
from notifications.render import Rendered
from runtime.sign_in_mail import PRIVATE
from store.office import load_calendar
from store.questions.letters import PAGE, held_for, letter, letter_counts, letters, subjects
from store.questions.letters import Posted as Letter
from store.questions.reach import refused_addresses
from web.desk import NOT_YOURS, Desk, attempt, desk_for
from web.faults import Sent
from web.forms import Id, Posted, word
from web.leaves import AsLeafing, leaf
from web.policy import Act

router = APIRouter()

Clerk = Annotated[Desk, Depends(desk_for(Act.SEE_MAIL))]
CAUGHT_SHOWN = 200
WAITING = (MailState.HELD, MailState.PENDING)


@router.get("/hop-thu-di")
def outbox(at: Clerk, asked: AsLeafing, loc: str = "") -> Response:
    state = MailState(loc) if loc in set(MailState) else None
    with at.works.db.read() as session:
        shown = leaf(asked, PAGE, partial(letters, session, state))
        return at.page(
            "office/outbox.html",
            leaf=shown,
            subjects=subjects(session, shown.rows),
            counts=letter_counts(session),
            again=AGAIN,
            held=held_for(session),
            refusing=refused_addresses(session).values(),
            chosen=state or "",
            catcher=not at.works.settings.smtp_host,
        )


@router.get("/hop-thu-di/{outbox_id}")
def one_letter(at: Clerk, outbox_id: Id) -> Response:
    return _letter(at, outbox_id)


@router.post("/hop-thu-di/{outbox_id}/gui-lai")
def send_again(at: Clerk, outbox_id: Id) -> Response:
    with at.works.db.transaction() as session:
        resend(session, outbox_id, at.by)
    return RedirectResponse(f"/hop-thu-di/{outbox_id}", 303)


@router.post("/hop-thu-di/{outbox_id}/giu")
def hold(at: Clerk, outbox_id: Id, form: Posted) -> Response:
    return attempt(
        at,
        lambda session: hold_letter(session, outbox_id, at.by, reason=word(form, "ly_do")),
        lambda no: _letter(at, outbox_id, 422, Sent(form, no, {"reason": "ly_do"}), str(no)),
        f"/hop-thu-di/{outbox_id}",
    )


@router.post("/hop-thu-di/dia-chi")
def trust(at: Clerk, form: Posted) -> Response:
    """Letters written from now on go to this address again; those that failed are there to be sent again."""
    with at.works.db.transaction() as session:
        trust_address(session, word(form, "dia_chi"), at.by)
    return RedirectResponse("/hop-thu-di?loc=failed", 303)


@router.post("/hop-thu-di/tha")
def release(at: Clerk, form: Posted) -> Response:
    with at.works.db.transaction() as session:
        release_held(session, at.by, word(form, "ly_do"))
    return RedirectResponse("/hop-thu-di", 303)


def _letter(
    at: Desk, outbox_id: int, status: int = 200, sent: dict[str, str] | None = None, refusal: str = ""
) -> Response:
    with at.works.db.read() as session:
        found = letter(session, outbox_id)
        if found is None:
            raise NotFound(NOT_YOURS)
        return at.page(
            "office/letter.html", status, posted=found[0], attempts=found[1], again=AGAIN, sent=sent or {},
            refusal=refusal, foreseen=_foreseen(at, session, found[0]),
            refuses=refused_addresses(session).get(found[0].letter.to_address.lower()),
        )  # fmt: skip


def _foreseen(at: Desk, session: Session, posted: Letter) -> Rendered | Unwritable | None:
    """The words of a letter that waits and has none yet; None also where nothing is left to say."""
    if posted.letter.state not in WAITING or posted.letter.body_text:
        return None
    return as_of_now(
        session, posted.id, office=at.office, calendar=load_calendar(session, at.office.calendar),
        base_url=at.works.settings.public_url, at=at.now,
    )  # fmt: skip


# --- the local catcher ------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Caught:
    key: str
    message: EmailMessage

    @property
    def text(self) -> str:
        body = self.message.get_body(preferencelist=("plain",))
        return str(body.get_content()) if body else ""


@router.get("/hop-thu-thu")
def caught_mail(at: Clerk) -> Response:
    return at.page("office/caught.html", caught=list(_caught(at))[:CAUGHT_SHOWN])


@router.get("/hop-thu-thu/{key}")
def caught_letter(at: Clerk, key: str) -> Response:
    for one in _caught(at):
        if one.key == key:
            return at.page("office/caught_letter.html", caught=one)
    raise NotFound(NOT_YOURS)


def _caught(at: Desk) -> Iterator[Caught]:
    """Newest first. With a relay configured there is no catcher, and no page."""
    if at.works.settings.smtp_host:
        raise NotFound(NOT_YOURS)
    folder = at.works.settings.caught_mail
    if not folder.is_dir():
        return
    box = mailbox.Maildir(folder, create=False)
    for key in sorted(box.keys(), reverse=True):
        found = message_from_bytes(box.get_bytes(key), policy=policy.default)
        if not _for_somebody_else(found, at.viewer.email):
            yield Caught(key, found)


def _for_somebody_else(message: EmailMessage, own: str) -> bool:
    """A sign-in link is for its addressee alone, here too."""
    private = str(message["Message-ID"] or "").strip().startswith(PRIVATE)
    return private and own.lower() not in [a.addr_spec.lower() for a in message["To"].addresses]
