"""The one-time sign-in link, written and handed to the mail server at once.

It does not go through the outbox: what stands there is read by the office, and this is for one person alone.
Nor is it tried again: whoever waits for it asks for another.
"""

import asyncio
import logging
from datetime import datetime, timedelta

from actions.changes import By
from actions.sign_in_link import keep_link
from domain.access import LINK_LASTS
from domain.instants import local_day
from domain.letter import message_id
from notifications.channel import Sent
from notifications.letters import SignInLink
from notifications.message import Mail, Sender
from notifications.render import render
from runtime.works import Works
from store.office import load_office
from store.questions.people import addressee

log = logging.getLogger("dondoc.sign_in")

PRIVATE = "<dang-nhap-"
"""How the Message-ID of such a letter begins."""


def send_link(works: Works, name: str, token: str, browser: str, at: datetime) -> None:
    """To the person of this code or mail address; nothing happens where there is none. `token` and `browser`
    are secrets the caller drew."""
    with works.db.read() as session:
        office, person = load_office(session), addressee(session, name)
    if person is None:
        log.info("a sign-in link was asked for under an unknown name")
        return
    with works.db.transaction() as session:
        keep_link(session, person.person_id, token, browser, By(person.code, at))
    letter = render(
        SignInLink(
            office=office.name,
            to_name=person.name,
            today=local_day(at, office.tz),
            home_url=works.settings.public_url,
            link=f"{works.settings.public_url}/dang-nhap/lien-ket/{token}",
            minutes=LINK_LASTS // timedelta(minutes=1),
        )
    )
    identity = message_id(f"{token}{person.code}", office.mail_domain)
    mail = Mail(
        id=person.person_id, message_id=PRIVATE + identity.removeprefix("<"),
        sender=Sender(office.sender, office.name), to_address=person.email, to_name=person.name,
        subject=letter.subject, text=letter.text, html=letter.html, date=at,
    )  # fmt: skip
    answers: list[Sent] = []
    asyncio.run(works.channel.send([mail], answers.append))
    for sent in answers:
        log.log(logging.INFO if sent.outcome == "sent" else logging.WARNING, "sign-in link: %s", sent.outcome)
