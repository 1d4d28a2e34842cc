"""One connection to a mail server, over which letters go one after the other.

aiosmtplib opens it: greeting, TLS, password. With a letter it would wait for four answers; here the envelope goes in
one piece to a server that takes that (PIPELINING, RFC 2920), and two are left.
"""

import asyncio
from contextlib import suppress
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

DONE, SEND_IT = 250, 354
MOST_LINES = 100
"""Of one answer: who says more says no end."""


class Conversation:
    """`timeout`: seconds for the server to answer anything but a message."""

    def __init__(self, client: SMTP, timeout: float) -> None:
        """Takes over the connection that the client has opened."""
        self._pipelining = client.supports_extension("pipelining")
        self._timeout = timeout
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

    async def hand_over(self, sender: str, recipient: str, message: bytes) -> str:
        """The server's yes. The addresses are bare ones, the message's lines end in CRLF. Raises SMTPSenderRefused,
        SMTPRecipientRefused or SMTPDataError where the server refuses; after any other SMTPException the
        connection is closed."""
        try:
            await self._envelope(sender, recipient)
            self._transport.write(message.replace(b"\r\n.", b"\r\n..") + b".\r\n")
            reply = await self._reply(ANSWER_TO_DATA)
            if reply.code != DONE:
                raise SMTPDataError(*reply)
        except SMTPResponseException:
            with suppress(
                SMTPException
            ):  # the refusal is the news; a lost connection shows with the next letter
                self._transport.write(b"RSET\r\n")
                await self._reply(self._timeout)
            raise
        return f"{reply.code} {reply.message}"

    async def _envelope(self, sender: str, recipient: str) -> None:
        """Returns when the server waits for the message. Raises the first refusal: what follows on it, or a
        connection lost after it, is no news."""
        asked = [f"MAIL FROM:<{sender}>\r\n", f"RCPT TO:<{recipient}>\r\n", "DATA\r\n"]
        refused: SMTPException | None = None
        if self._pipelining:
            self._transport.write("".join(asked).encode("ascii"))
        for command in asked:
            if not self._pipelining:
                self._transport.write(command.encode("ascii"))
            try:
                reply = await self._reply(self._timeout)
            except SMTPException as lost:
                raise (refused or lost) from lost
            refused = refused or _refusal(command, reply, sender, recipient)
            if refused and not self._pipelining:
                break
        if refused and reply.code == SEND_IT:  # it waits for a message to nobody (RFC 2920, 3.1)
            self._transport.write(b".\r\n")
            with suppress(SMTPException):
                await self._reply(self._timeout)
        if refused:
            raise refused

    async def leave(self) -> None:
        with suppress(SMTPException):
            if self.is_open:
                self._transport.write(b"QUIT\r\n")
                await self._reply(self._timeout)
        self.abort()

    def abort(self) -> None:
        """Close it; what the server has not been told yet it will not be told, a message's end least of all."""
        self._transport.abort()

    async def _reply(self, within: float) -> SMTPResponse:
        lines: list[bytes] = []
        try:
            async with asyncio.timeout(within):
                while not lines or lines[-1][3:4] == b"-":
                    lines.append(await self._reader.readuntil(b"\n"))
                    if len(lines) > MOST_LINES:
                        raise ValueError("an answer without end")
            said = b"\n".join(line[4:].strip() for line in lines)
            return SMTPResponse(int(lines[-1][:3]), said.decode("utf-8", "replace"))
        except TimeoutError:
            self.abort()
            raise SMTPReadTimeoutError("Timed out waiting for server response") from None
        except (OSError, EOFError) as error:
            self.abort()
            raise SMTPServerDisconnected("Connection lost") from error
        except (ValueError, asyncio.LimitOverrunError) as error:
            self.abort()
            raise SMTPException(f"Malformed SMTP response: {lines[-1:]!r}") from error


class _Hearing(asyncio.StreamReaderProtocol):
    def eof_received(self) -> bool:
        """A server that says no more takes no more: the connection closes."""
        super().eof_received()
        return False


def _refusal(command: str, reply: SMTPResponse, sender: str, recipient: str) -> SMTPResponseException | None:
    match command[:4], reply.code:
        case ("MAIL", 250) | ("RCPT", 250 | 251) | ("DATA", 354):
            return None
        case "MAIL", _:
            return SMTPSenderRefused(*reply, sender)
        case "RCPT", _:
            return SMTPRecipientRefused(*reply, recipient)
    return SMTPDataError(*reply)
