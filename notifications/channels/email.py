"""Letters over SMTP: a few connections for a batch, one recipient a message.

What the server says of a letter decides: 5xx is for good, 4xx asks for another try. What it says of us (no
connection, no TLS, a wrong password, our own address refused) is the office's setting and no letter's
fault, so every letter is kept for another try.
"""

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import suppress
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
from notifications.conversation import ClosedBetweenLetters, Conversation, Envelope
from notifications.message import Mail, MessageRefused, build, wire_address

CONNECTIONS = 4
LETTERS_A_CONNECTION = 20
"""So few letters are not worth another connection; they go over one, in order."""


@dataclass(frozen=True)
class _Letter:
    """As it goes on the wire."""

    mail: Mail
    envelope: Envelope
    message: bytes


@dataclass
class _Batch:
    """Letters nobody has taken yet, where answers go, the connections, and why the server is asked no more."""

    todo: deque[Mail]
    tell: Callable[[Sent], None]
    opened: list[Conversation] = field(default_factory=list)
    connecting: asyncio.Lock = field(default_factory=asyncio.Lock)
    down: str = ""

    def take(self) -> _Letter | None:
        """The next letter that is still ours; of one that is no safe message it is told why."""
        while self.todo:
            mail = self.todo.popleft()
            if not mail.ours():
                continue
            try:
                return _Letter(mail, Envelope(mail.sender.address, wire_address(mail)), build(mail))
            except MessageRefused as refused:
                self.tell(Sent(mail.id, "failed", str(refused)))
        return None


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
        letter = batch.take()
        try:
            while letter:
                if not (talk and talk.is_open):
                    talk = await self._connect(batch)
                if not (talk or batch.down):
                    batch.todo.appendleft(letter.mail)
                    return
                if talk is None or batch.down:
                    batch.tell(Sent(letter.mail.id, "again", batch.down))
                    letter = batch.take()
                    continue
                with suppress(ClosedBetweenLetters):  # then the same letter over another connection
                    letter = await self._deliver(talk, batch, letter)
            if talk:
                await talk.leave()
        finally:
            if talk:
                talk.abort()

    async def _deliver(self, talk: Conversation, batch: _Batch, letter: _Letter) -> _Letter | None:
        """What comes next over this connection. Raises ClosedBetweenLetters: nothing is said of the letter."""
        following: _Letter | None = None
        try:
            await talk.begin(letter.envelope)
            following = batch.take()
            if letter.mail.ours():
                reply = await talk.hand_over(letter.message, following.envelope if following else None)
                batch.tell(Sent(letter.mail.id, "sent", _one_line(reply)))
            else:
                talk.abort()  # a message that is waited for does not come
        except ClosedBetweenLetters:
            raise
        except SMTPException as error:
            if not isinstance(error, ABOUT_THE_LETTER | SMTPServerDisconnected):
                batch.down = f"máy chủ thư {self.host}:{self.port}: {words(error)}"
            batch.tell(Sent(letter.mail.id, outcome(error), words(error)))
        return following or batch.take()

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
    shown = text if text.isprintable() else "".join(c if c.isprintable() else " " for c in text)
    return shown[:300].strip()
