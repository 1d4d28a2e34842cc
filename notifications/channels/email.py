"""Letters over SMTP: a few connections for a batch, one recipient a message.

What the server says of a letter decides: 5xx is for good, 4xx asks for another try. What it says of us (no
connection, no TLS, a wrong password, our own address refused) is the office's setting and no letter's
fault, so every letter is kept for another try.
"""

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass, field

from aiosmtplib import (
    SMTP,
    SMTPDataError,
    SMTPException,
    SMTPRecipientRefused,
    SMTPResponseException,
    SMTPServerDisconnected,
)

from notifications.channel import Result, Sent
from notifications.conversation import Conversation
from notifications.message import Mail, MessageRefused, build, wire_address

CONNECTIONS = 4
LETTERS_A_CONNECTION = 20
"""So few letters are not worth another connection; they go over one, in order."""


@dataclass
class _Batch:
    """Letters nobody has taken yet, where answers go, the connections, and why the server is asked no more."""

    todo: deque[Mail]
    tell: Callable[[Sent], None]
    opened: list[Conversation] = field(default_factory=list)
    connecting: asyncio.Lock = field(default_factory=asyncio.Lock)
    down: str = ""


@dataclass(frozen=True)
class EmailChannel:
    """`starttls`: insist on TLS, the certificate checked; `tls`: from the first byte (port 465, RFC 8314);
    without either nothing is encrypted (a relay on this machine). `timeout`: seconds for connecting and for each
    command before the message itself."""

    host: str
    port: int = 25
    username: str = ""
    password: str = ""
    starttls: bool = False
    tls: bool = False
    timeout: float = 60.0

    async def send(self, mails: Sequence[Mail]) -> AsyncIterator[Sent]:
        """One answer for every mail, as soon as it is known. A server that cannot be reached, or that stops
        answering, is not asked again for the rest of the batch: those letters are put off untried."""
        said: asyncio.Queue[Sent | None] = asyncio.Queue()
        sending = asyncio.create_task(self._send_all(_Batch(deque(mails), said.put_nowait)))
        sending.add_done_callback(lambda _: said.put_nowait(None))
        try:
            while sent := await said.get():
                yield sent
            await sending
        finally:
            sending.cancel()
            await asyncio.wait((sending,))

    async def _send_all(self, batch: _Batch) -> None:
        worth = -(-len(batch.todo) // LETTERS_A_CONNECTION)
        async with asyncio.TaskGroup() as lines:
            for _ in range(min(worth, CONNECTIONS)):
                lines.create_task(self._line(batch))
        await self._line(batch)  # a letter given back when the others had nothing left to do

    async def _line(self, batch: _Batch) -> None:
        """Take letters until none is left. A server may allow fewer connections than we should like: the one
        it refuses gives its letter back, unless there is no other."""
        talk: Conversation | None = None
        try:
            while batch.todo:
                mail = batch.todo.popleft()
                try:
                    raw, recipient = build(mail), wire_address(mail)
                except MessageRefused as refused:
                    batch.tell(Sent(mail.id, "failed", str(refused)))
                    continue
                if not (talk and talk.is_open):
                    talk = await self._connect(batch)
                if not (talk or batch.down):
                    batch.todo.appendleft(mail)
                    return
                if mail.ours():
                    batch.tell(await self._deliver(talk, batch, mail, recipient, raw))
            if talk:
                await talk.leave()
        finally:
            if talk:
                talk.abort()

    async def _connect(self, batch: _Batch) -> Conversation | None:
        """None where the server is down, or has taken all the connections it takes. One at a time: a server that
        does not answer is asked once."""
        async with batch.connecting:
            if batch.down:
                return None
            try:
                talk = await Conversation.open(self._client(), self.timeout)
            except (OSError, SMTPException) as error:
                if not any(other.is_open for other in batch.opened):
                    batch.down = f"không nối được máy chủ thư {self.host}:{self.port}: {words(error)}"
                return None
            batch.opened.append(talk)
            return talk

    async def _deliver(
        self, talk: Conversation | None, batch: _Batch, mail: Mail, recipient: str, raw: bytes
    ) -> Sent:
        if talk is None or batch.down:
            return Sent(mail.id, "again", batch.down)
        try:
            return Sent(mail.id, "sent", _one_line(await talk.hand_over(mail.sender.address, recipient, raw)))
        except SMTPException as error:
            if not isinstance(error, ABOUT_THE_LETTER | SMTPServerDisconnected):
                batch.down = f"máy chủ thư {self.host}:{self.port}: {words(error)}"
            return Sent(mail.id, outcome(error), words(error))

    def _client(self) -> SMTP:
        return SMTP(
            hostname=self.host,
            port=self.port,
            username=self.username or None,
            password=self.password or None,
            start_tls=self.starttls and not self.tls,
            use_tls=self.tls,
            timeout=self.timeout,
        )


ABOUT_THE_LETTER = SMTPRecipientRefused | SMTPDataError


def outcome(error: SMTPException) -> Result:
    """What an error means for the letter it met."""
    return "failed" if isinstance(error, ABOUT_THE_LETTER) and error.code >= 500 else "again"


def words(error: Exception) -> str:
    """The server's own words, or the machine's, on one line."""
    if isinstance(error, SMTPResponseException):
        return _one_line(f"{error.code} {error.message}")
    return _one_line(str(error) or type(error).__name__)


def _one_line(text: str) -> str:
    return "".join(c if c.isprintable() else " " for c in text)[:300].strip()
