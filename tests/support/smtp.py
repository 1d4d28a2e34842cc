"""A real SMTP server that keeps what it is given and refuses, or fails, as a test scripts it."""

import asyncio
import ssl
from asyncio import Server, WriteTransport
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from fnmatch import fnmatch
from typing import Literal

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

Verb = Literal["MAIL", "RCPT", "DATA"]


@dataclass(frozen=True)
class Received:
    """One message as it came over the wire; `recipients` are the envelope's, not the To line's."""

    sender: str
    recipients: tuple[str, ...]
    raw: bytes

    @property
    def message(self) -> EmailMessage:
        return message_from_bytes(self.raw, policy=policy.default)


@dataclass
class _Refusal:
    verb: Verb
    address: str
    reply: str
    left: int | None


@dataclass
class Sink:
    """Connect to `host`:`port`; what arrived is in `received`, in order."""

    host: str = "127.0.0.1"
    port: int = 0
    delay: float = 0
    """Seconds a slow server takes over a message."""
    pipelining: bool = True
    """Takes several commands in one piece (RFC 2920), and says so."""
    one_letter: bool = False
    """Takes one over each connection, and hangs up at the next."""
    received: list[Received] = field(default_factory=list)
    _refusals: list[_Refusal] = field(default_factory=list)
    _cuts: int = 0
    _served: set[object] = field(default_factory=set)

    def refuse(self, reply: str, *, at: Verb = "RCPT", address: str = "*", times: int | None = None) -> None:
        """Answer `reply`, in ASCII: "450 4.2.1 busy" asks for another try, "550 5.1.1 unknown" does not.

        `address` is a pattern for the sender (MAIL) or a recipient (RCPT, DATA); `times` None is for ever.
        """
        self._refusals.append(_Refusal(at, address, reply, times))

    def cut_after_data(self, times: int = 1) -> None:
        """Keep the message, then drop the connection before the reply: the sender cannot know it arrived."""
        self._cuts += times

    @property
    def connections(self) -> int:
        """Over how many a letter has come."""
        return len(self._served)

    def accept_all(self) -> None:
        """Forget every refusal and cut."""
        self._refusals.clear()
        self._cuts = 0

    def _refusal(self, verb: Verb, addresses: list[str]) -> str | None:
        for refusal in self._refusals:
            if refusal.verb != verb or refusal.left == 0:
                continue
            if any(fnmatch(address, refusal.address) for address in addresses):
                if refusal.left is not None:
                    refusal.left -= 1
                return refusal.reply
        return None

    # What follows are aiosmtpd's hooks; their names and signatures are its own.

    async def handle_EHLO(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, hostname: str, responses: list[str]
    ) -> list[str]:
        session.host_name = hostname
        return [*responses[:-1], *(["250-PIPELINING"] if self.pipelining else []), responses[-1]]

    async def handle_MAIL(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if self.one_letter and session.peer in self._served:
            assert isinstance(server.transport, WriteTransport)
            server.transport.abort()
        if reply := self._refusal("MAIL", [address]):
            return reply
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return "250 OK"

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if reply := self._refusal("RCPT", [address]):
            return reply
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        recipients = [str(address) for address in envelope.rcpt_tos]
        if reply := self._refusal("DATA", recipients):
            return reply
        assert isinstance(envelope.content, bytes)  # decode_data is off
        await asyncio.sleep(self.delay)
        self._served.add(session.peer)
        self.received.append(Received(str(envelope.mail_from), tuple(recipients), envelope.content))
        if self._cuts:
            self._cuts -= 1
            assert isinstance(server.transport, WriteTransport)
            server.transport.abort()
        return "250 OK"


class _AnyPort(Controller):
    """Listens on a port the system chose, so test runs never meet."""

    def _trigger_server(self) -> None:
        assert isinstance(self.server, Server)
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()  # type: ignore[no-untyped-call]


@contextmanager
def listening(tls: ssl.SSLContext | None = None, *, starttls: ssl.SSLContext | None = None) -> Iterator[Sink]:
    """A sink on a free port of this machine. `tls`: it speaks TLS from the first byte; `starttls`: once asked."""
    sink = Sink()
    controller = _AnyPort(
        sink, hostname=sink.host, port=0, enable_SMTPUTF8=True, ssl_context=tls, tls_context=starttls
    )
    controller.start()
    sink.port = controller.port
    try:
        yield sink
    finally:
        controller.stop()


@pytest.fixture
def smtp() -> Iterator[Sink]:
    with listening() as sink:
        yield sink
