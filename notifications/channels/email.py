"""Letters over SMTP: a few connections, kept while there are letters, one recipient a message.

What the server says of a letter decides: 5xx is for good, 4xx asks for another try. What it says of us (no
connection, no TLS, a wrong password, our own address refused) is the office's setting and no letter's
fault, so every letter is kept for another try.
"""

import asyncio
from collections.abc import Callable, Iterable, Iterator
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

from notifications.channel import Result, Sent, Tell
from notifications.conversation import ClosedBetweenLetters, Conversation, Envelope
from notifications.message import Mail, MessageRefused, build, wire_address

CONNECTIONS = 4
LETTERS_A_CONNECTION = 20
"""So few letters are not worth another connection; they go over one, in order."""
WORTH_ANOTHER = range(LETTERS_A_CONNECTION + 1, LETTERS_A_CONNECTION * CONNECTIONS, LETTERS_A_CONNECTION)
"""The letters that open another when they are taken, by their number."""


@dataclass(frozen=True)
class _Letter:
    """As it goes on the wire."""

    mail: Mail
    envelope: Envelope
    message: bytes


@dataclass
class _Post:
    """Letters nobody has taken yet, where answers go, what begins another connection, those that are open, and why
    the server is asked no more."""

    todo: Iterator[Mail]
    tell: Tell
    begin_another: Callable[[], object]
    taken: int = 0
    returned: list[Mail] = field(default_factory=list)
    opened: list[Conversation] = field(default_factory=list)
    connecting: asyncio.Lock = field(default_factory=asyncio.Lock)
    down: str = ""

    def take(self) -> _Letter | None:
        """The next letter that is still ours; of one that is no safe message it is told why."""
        while mail := self._next():
            if not mail.ours():
                continue
            try:
                return _Letter(mail, Envelope(mail.sender.address, wire_address(mail)), build(mail))
            except MessageRefused as refused:
                self.tell(Sent(mail.id, "failed", str(refused)))
        return None

    def _next(self) -> Mail | None:
        if self.returned:
            return self.returned.pop()
        mail = next(self.todo, None)
        self.taken += mail is not None
        if mail and self.taken in WORTH_ANOTHER:
            self.begin_another()
        return mail


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

    async def send(self, mails: Iterable[Mail], tell: Tell) -> None:
        """One answer for every mail, as soon as it is known. A server that cannot be reached, or that stops
        answering, is not asked again: what is left is put off untried."""
        async with asyncio.TaskGroup() as lines:
            post = _Post(iter(mails), tell, lambda: lines.create_task(self._line(post)))
            post.begin_another()
        await self._line(post)  # a letter given back when the others had nothing left to do

    async def _line(self, post: _Post) -> None:
        """Take letters until none is left. A server may allow fewer connections than we should like: the one
        it refuses gives its letter back, unless there is no other."""
        talk: Conversation | None = None
        letter = post.take()
        try:
            while letter:
                if not (talk and talk.is_open):
                    talk = await self._connect(post)
                if not (talk or post.down):
                    post.returned.append(letter.mail)
                    return
                if talk is None or post.down:
                    post.tell(Sent(letter.mail.id, "again", post.down))
                    letter = post.take()
                    continue
                with suppress(ClosedBetweenLetters):  # then the same letter over another connection
                    letter = await self._deliver(talk, post, letter)
            if talk:
                await talk.leave()
        finally:
            if talk:
                talk.abort()

    async def _deliver(self, talk: Conversation, post: _Post, letter: _Letter) -> _Letter | None:
        """What comes next over this connection. Raises ClosedBetweenLetters: nothing is said of the letter."""
        following: _Letter | None = None
        try:
            await talk.begin(letter.envelope)
            following = post.take()
            if letter.mail.ours():
                reply = await talk.hand_over(letter.message, following.envelope if following else None)
                post.tell(Sent(letter.mail.id, "sent", _one_line(reply)))
            else:
                talk.abort()  # a message that is waited for does not come
        except ClosedBetweenLetters:
            raise
        except SMTPException as error:
            if not isinstance(error, ABOUT_THE_LETTER | SMTPServerDisconnected):
                post.down = f"máy chủ thư {self.host}:{self.port}: {words(error)}"
            post.tell(Sent(letter.mail.id, outcome(error), words(error)))
        return following or post.take()

    async def _connect(self, post: _Post) -> Conversation | None:
        """None where the server is down, or has taken all the connections it takes. One at a time: a server that
        does not answer is asked once."""
        async with post.connecting:
            if post.down:
                return None
            try:
                talk = await Conversation.open(self._client(), self.timeout)
            except (OSError, SMTPException) as error:
                if not any(other.is_open for other in post.opened):
                    post.down = f"không nối được máy chủ thư {self.host}:{self.port}: {words(error)}"
                return None
            post.opened.append(talk)
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
