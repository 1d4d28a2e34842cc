"""Letters over SMTP: one connection for a batch, one recipient a message.

What the server says of a letter decides: 5xx is for good, 4xx asks for another try. What it says of us (no
connection, no TLS, a wrong password, our own address refused) is the office's setting and no letter's
fault, so every letter is kept for another try.
"""

from collections.abc import AsyncIterator, Sequence
from contextlib import suppress
from dataclasses import dataclass

from aiosmtplib import (
    SMTP,
    SMTPDataError,
    SMTPException,
    SMTPRecipientRefused,
    SMTPResponseException,
    SMTPServerDisconnected,
)

from notifications.channel import Result, Sent
from notifications.message import Mail, MessageRefused, build, wire_address

ANSWER_TO_DATA = 600.0
"""Seconds (RFC 5321, 4.5.3.2.6): giving up earlier on the final dot makes second copies."""


@dataclass(frozen=True)
class EmailChannel:
    """`starttls`: insist on TLS, the certificate checked; without it nothing is encrypted (a relay on this
    machine). `timeout`: seconds for connecting and for each command before the message itself."""

    host: str
    port: int = 25
    username: str = ""
    password: str = ""
    starttls: bool = False
    timeout: float = 60.0

    async def send(self, mails: Sequence[Mail]) -> AsyncIterator[Sent]:
        """One answer for every mail, in order. A server that cannot be reached, or that stops answering, is
        not asked again for the rest of the batch: those letters are put off untried."""
        client = self._client()
        down = ""
        try:
            for mail in mails:
                if down:
                    yield Sent(mail.id, "again", down)
                    continue
                try:
                    raw, recipient = build(mail), wire_address(mail)
                except MessageRefused as refused:
                    yield Sent(mail.id, "failed", str(refused))
                    continue
                try:
                    if not client.is_connected:
                        await client.connect()
                except (OSError, SMTPException) as error:
                    down = f"không nối được máy chủ thư {self.host}:{self.port}: {words(error)}"
                    yield Sent(mail.id, "again", down)
                    continue
                try:
                    yield Sent(mail.id, "sent", await _hand_over(client, mail.sender.address, recipient, raw))
                except SMTPException as error:
                    yield Sent(mail.id, outcome(error), words(error))
                    if not isinstance(error, ABOUT_THE_LETTER | SMTPServerDisconnected):
                        down = f"máy chủ thư {self.host}:{self.port}: {words(error)}"
        finally:
            await _leave(client)

    def _client(self) -> SMTP:
        return SMTP(
            hostname=self.host,
            port=self.port,
            username=self.username or None,
            password=self.password or None,
            start_tls=self.starttls,
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


async def _hand_over(client: SMTP, sender: str, recipient: str, raw: bytes) -> str:
    try:
        await client.mail(sender)
        await client.rcpt(recipient)
        reply = await client.data(raw, timeout=ANSWER_TO_DATA)
    except SMTPResponseException:
        with suppress(SMTPException):  # the refusal is the news; a lost connection shows with the next letter
            await client.rset()
        raise
    return _one_line(f"{reply.code} {reply.message}")


async def _leave(client: SMTP) -> None:
    if client.is_connected:
        with suppress(SMTPException):
            await client.quit()
    client.close()


def _one_line(text: str) -> str:
    return "".join(c if c.isprintable() else " " for c in text)[:300].strip()
