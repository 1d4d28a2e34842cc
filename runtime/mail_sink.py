"""A real SMTP server inside this process that keeps what it gets: mail of a replay never leaves the machine."""

from asyncio import Server
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email.parser import BytesHeaderParser
from pathlib import Path

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session


@dataclass
class MailSink:
    """`folder` gets one file a letter, named by its Message-ID: a second copy of a letter is the same file."""

    folder: Path
    host: str = "127.0.0.1"
    port: int = 0

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        """aiosmtpd's hook; its name and signature are its own."""
        content = envelope.original_content or b""
        message_id = str(BytesHeaderParser().parsebytes(content)["Message-ID"] or "").strip("<> ")
        (self.folder / f"{message_id.replace('/', '_')}.eml").write_bytes(content)
        return "250 OK"


class _AnyPort(Controller):
    """Listens on a port the system chose."""

    def _trigger_server(self) -> None:
        if isinstance(self.server, Server):
            self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()  # type: ignore[no-untyped-call]


@contextmanager
def mail_sink(folder: Path) -> Iterator[MailSink]:
    folder.mkdir(parents=True, exist_ok=True)
    sink = MailSink(folder)
    controller = _AnyPort(sink, hostname=sink.host, port=0, enable_SMTPUTF8=True)
    controller.start()
    sink.port = controller.port
    try:
        yield sink
    finally:
        controller.stop()
