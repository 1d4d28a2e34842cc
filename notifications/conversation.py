"""One connection to a mail server, over which letters go one after the other.

aiosmtplib opens it: greeting, TLS, password. With a letter it would wait for four answers; a server that takes
commands in one piece (PIPELINING, RFC 2920) gets the envelope of the next letter together with the end of this one,
and is waited for once.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from typing import Self, cast

from aiosmtplib import (
    SMTP,
    SMTPDataError,
    SMTPException,
    SMTPReadTimeoutError,
    SMTPRecipientRefused,
    SMTPResponse,
    SMTPResponseException,
    SMTPSenderRefused,
    SMTPServerDisconnected,
)

ANSWER_TO_DATA = 600.0
"""Seconds (RFC 5321, 4.5.3.2.6): giving up earlier on the final dot makes second copies."""

DONE, SEND_IT, CLOSING = 250, 354, 421
MOST_LINES = 100
"""Of one answer: who says more says no end."""


@dataclass(frozen=True)
class Envelope:
    """Bare addresses, as they go on the wire."""

    sender: str
    recipient: str

    def commands(self) -> tuple[bytes, bytes, bytes]:
        sender, recipient = self.sender.encode("ascii"), self.recipient.encode("ascii")
        return b"MAIL FROM:<%b>\r\n" % sender, b"RCPT TO:<%b>\r\n" % recipient, b"DATA\r\n"


class ClosedBetweenLetters(SMTPServerDisconnected):
    """After one letter the server wanted no other over this connection; of the next it heard no message."""


class Conversation:
    """Each letter is begun, then handed over. `timeout`: seconds for the server to answer anything but a message."""

    def __init__(self, client: SMTP, timeout: float) -> None:
        """Takes over the connection that the client has opened."""
        self._pipelining = client.supports_extension("pipelining")
        self._timeout = timeout
        self._announced: Envelope | None = None
        self._letters = 0
        self._transport = cast(asyncio.Transport, client.transport)
        self._reader = asyncio.StreamReader()
        hearing = _Hearing(self._reader)
        self._transport.set_protocol(hearing)
        hearing.connection_made(self._transport)

    @classmethod
    async def open(cls, client: SMTP, timeout: float) -> Self:
        """Raises OSError or SMTPException."""
        await client.connect()
        try:
            if client.is_ehlo_or_helo_needed:
                await client.noop()  # greets first, by HELO where EHLO is not known
            return cls(client, timeout)
        except BaseException:
            client.close()
            raise

    @property
    def is_open(self) -> bool:
        return not self._transport.is_closing()

    async def begin(self, envelope: Envelope) -> None:
        """Returns when the server waits for the message. Raises the first refusal, SMTPSenderRefused,
        SMTPRecipientRefused or SMTPDataError: what follows on it, or a connection lost after it, is no news. After
        any other SMTPException the connection is closed."""
        announced, self._announced = self._announced, None
        if announced not in (None, envelope):
            raise ValueError("another letter was announced")
        commands = envelope.commands()
        refused: SMTPException | None = None
        reply: SMTPResponse | None = None
        if self._pipelining and not announced:
            self._transport.write(b"".join(commands))
        try:
            async with self._answering(self._timeout):
                for command in commands:
                    if not self._pipelining:
                        self._transport.write(command)
                    heard = await self._reply()
                    if heard.code == CLOSING and self._letters and reply is None:
                        raise ConnectionError(heard.message)  # so many letters it takes over one connection
                    reply = heard
                    refused = refused or _refusal(command, reply, envelope)
                    if refused and not self._pipelining:
                        break
        except SMTPServerDisconnected as lost:
            between = self._letters and reply is None
            raise refused or (ClosedBetweenLetters(str(lost)) if between else lost) from lost
        except SMTPException as lost:
            raise (refused or lost) from lost
        if refused and reply:
            await self._forget(to_nobody=reply.code == SEND_IT)
            raise refused

    async def _forget(self, *, to_nobody: bool) -> None:
        """The letter that was refused. A server may wait for a message to nobody (RFC 2920, 3.1). The refusal is the
        news; a lost connection shows with the next letter."""
        with suppress(SMTPException):
            async with self._answering(self._timeout):
                for command in (b".\r\n", b"RSET\r\n")[not to_nobody :]:
                    self._transport.write(command)
                    await self._reply()

    async def hand_over(self, message: bytes, following: Envelope | None = None) -> str:
        """The server's yes to the letter that was begun; the message's lines end in CRLF. `following` announces the
        letter that is begun next, and no other may be. Raises SMTPDataError where the server refuses; after any
        other SMTPException the connection is closed."""
        said = [message.replace(b"\r\n.", b"\r\n.."), b".\r\n"]
        if following and self._pipelining:
            self._announced = following
            said += following.commands()
        self._letters += 1
        self._transport.write(b"".join(said))
        async with self._answering(ANSWER_TO_DATA):
            reply = await self._reply()
        if reply.code != DONE:
            raise SMTPDataError(*reply)
        return f"{reply.code} {reply.message}"

    async def leave(self) -> None:
        """Says goodbye, unless a letter is announced that will not come."""
        with suppress(SMTPException):
            if self.is_open and not self._announced:
                self._transport.write(b"QUIT\r\n")
                async with self._answering(self._timeout):
                    await self._reply()
        self.abort()

    def abort(self) -> None:
        """Close it; what the server has not been told yet it will not be told, a message's end least of all."""
        self._transport.abort()

    async def _reply(self) -> SMTPResponse:
        lines: list[bytes] = []
        while not lines or lines[-1][3:4] == b"-":
            lines.append(await self._reader.readuntil(b"\n"))
            if len(lines) > MOST_LINES:
                raise ValueError(f"an answer without end: {lines[-1]!r}")
        said = b"\n".join(line[4:].strip() for line in lines)
        return SMTPResponse(int(lines[-1][:3]), said.decode("utf-8", "replace"))

    @asynccontextmanager
    async def _answering(self, within: float) -> AsyncIterator[None]:
        """Whatever keeps an answer from coming closes the connection and is an SMTPException."""
        try:
            async with asyncio.timeout(within):
                yield
        except TimeoutError:
            self.abort()
            raise SMTPReadTimeoutError("Timed out waiting for server response") from None
        except (OSError, EOFError) as error:
            self.abort()
            raise SMTPServerDisconnected("Connection lost") from error
        except (ValueError, asyncio.LimitOverrunError) as error:
            self.abort()
            raise SMTPException(f"Malformed SMTP response: {error}") from error


class _Hearing(asyncio.StreamReaderProtocol):
    def eof_received(self) -> bool:
        """A server that says no more takes no more: the connection closes."""
        super().eof_received()
        return False


def _refusal(command: bytes, reply: SMTPResponse, envelope: Envelope) -> SMTPResponseException | None:
    match command[:4], reply.code:
        case (b"MAIL", 250) | (b"RCPT", 250 | 251) | (b"DATA", 354):
            return None
        case b"MAIL", _:
            return SMTPSenderRefused(*reply, envelope.sender)
        case b"RCPT", _:
            return SMTPRecipientRefused(*reply, envelope.recipient)
    return SMTPDataError(*reply)
