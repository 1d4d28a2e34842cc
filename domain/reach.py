"""How a person is reached: by which channels, and how often with what may be put off.

What a person chooses never changes what is owed to them: an escalation of the ladder is always told.
"""

from collections.abc import Sequence
from enum import StrEnum

from sqlmodel import SQLModel

from domain.fields import document, word
from domain.sentence import Sentence


class Via(StrEnum):
    """A channel. In the order in which one of them carries the letter itself and the others a copy."""

    EMAIL = "email"  # thư điện tử
    WEBHOOK = "webhook"  # cổng nhắn tin (Zalo, SMS)
    IN_APP = "in_app"  # chỉ trên trang “Thông báo”


VIAS = {
    Via.EMAIL: Sentence("thư điện tử"),
    Via.WEBHOOK: Sentence("cổng nhắn tin"),
    Via.IN_APP: Sentence("trang Thông báo"),
}


class Pace(StrEnum):
    """How often somebody wants the digest of what only informs them (để biết)."""

    DAILY = "daily"  # hằng ngày
    WEEKLY = "weekly"  # mỗi tuần một lần
    OFF = "off"  # không nhận


class Preference(SQLModel):
    channels: list[str] = document(lambda: [Via.EMAIL.value])
    digest: Pace = word(Pace, default=Pace.DAILY)


def routes(chosen: Sequence[Via], *, mail_refused: bool) -> tuple[Via, ...]:
    """The channels a letter takes, the first with the letter itself. Every letter stands in the person's own
    list anyway, so that list is a route only where no other one works: then nobody is told nothing at all.
    Mail that cannot be delivered gives way to another channel; alone it stays, to show that it failed."""
    outside = [via for via in Via if via in chosen and via is not Via.IN_APP]
    working = [via for via in outside if not (via is Via.EMAIL and mail_refused)]
    if working:
        return tuple(working)
    return (Via.EMAIL, Via.IN_APP) if outside else (Via.IN_APP,)
