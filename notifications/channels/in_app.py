"""Letters that only stand in the person's own list: nothing leaves the machine."""

import asyncio
from collections.abc import Iterable

from notifications.channel import Sent, Tell
from notifications.message import Mail


class InAppChannel:
    async def send(self, mails: Iterable[Mail], tell: Tell) -> None:
        """The letter with its words is in the outbox already, which is what the list shows."""
        for mail in mails:
            if mail.ours():
                tell(Sent(mail.id, "sent", "hiện trên trang Thông báo"))
                await asyncio.sleep(0)  # what was told is noted meanwhile
