"""Notices to a gateway of the office's (Zalo, SMS): one signed JSON POST each, in order, over one connection.

The gateway gets the subject, a link that asks who you are, and the person's code, by which it finds the
number: no name, no address, no text of the letter. The address is the administrator's setting alone, and a
redirect is not followed, so nobody else can turn the requests elsewhere.

The signature is over "{t}.{body}" (HMAC-SHA256, `Dondoc-Signature: t=…,v1=…`): the gateway refuses an old `t`.
`Idempotency-Key` is the same for every try of one notice, so the gateway can drop a second copy.
"""

import asyncio
import hmac
import json
import ssl
from collections.abc import Iterable
from dataclasses import dataclass
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from ipaddress import ip_address
from urllib.parse import SplitResult, urlsplit

from notifications.channel import Result, Sent, Tell
from notifications.message import Mail

OURS = frozenset({401, 403, 404, 405, 407})
"""The gateway refuses us, not this notice: an address or a key that is wrong."""
LATER = frozenset({408, 425, 429})


@dataclass(frozen=True)
class WebhookChannel:
    """`url`: https, or http on this machine. `link`: the page every notice points to. `timeout`: seconds."""

    url: str = ""
    secret: str = ""
    link: str = ""
    timeout: float = 10.0

    async def send(self, mails: Iterable[Mail], tell: Tell) -> None:
        """One answer for every notice. A gateway that cannot be reached or refuses us is not asked again: what is
        left is put off untried."""
        down = self.objection()
        connection = None if down else self._connection(urlsplit(self.url))
        try:
            for mail in mails:
                if not mail.ours():
                    continue
                if down or connection is None:
                    tell(Sent(mail.id, "again", down))
                    continue
                outcome, detail, ours = await asyncio.to_thread(self._post, connection, mail)
                down = detail if ours else ""
                tell(Sent(mail.id, outcome, detail))
        finally:
            if connection is not None:
                connection.close()

    def objection(self) -> str:
        """Why nothing is sent to such an address; empty when it may be."""
        if not self.url:
            return "chưa đặt địa chỉ cổng nhắn tin (DONDOC_WEBHOOK_URL)"
        if not self.secret:
            return "chưa đặt khóa ký của cổng nhắn tin (DONDOC_WEBHOOK_SECRET)"
        url = _address(self.url)
        if url is None:
            return "địa chỉ cổng nhắn tin không hợp lệ"
        if url.scheme == "http" and not _is_loopback(url.hostname or ""):
            return "cổng nhắn tin ở máy khác phải dùng https"
        return ""

    def _connection(self, url: SplitResult) -> HTTPConnection:
        host = url.hostname or ""
        if url.scheme == "http":
            return HTTPConnection(host, url.port, timeout=self.timeout)
        return HTTPSConnection(host, url.port, timeout=self.timeout, context=ssl.create_default_context())

    def _post(self, connection: HTTPConnection, mail: Mail) -> tuple[Result, str, bool]:
        """The outcome, what the gateway said, and whether the trouble is ours rather than the notice's."""
        url = urlsplit(self.url)
        body = json.dumps(
            {"to": mail.to_address, "subject": mail.subject, "link": self.link}, ensure_ascii=False
        ).encode()
        try:
            path = (url.path or "/") + (f"?{url.query}" if url.query else "")
            connection.request("POST", path, body, self._headers(mail, body))
            answer = connection.getresponse()
            said = _said(answer)
            if answer.status == HTTPStatus.NO_CONTENT or not answer.isclosed():
                connection.close()  # what is unread, or a body after a 204, would be taken for the next answer
        except (OSError, HTTPException) as error:
            connection.close()  # the next try opens it afresh
            return "again", f"không nối được cổng nhắn tin: {str(error) or type(error).__name__}", True
        return judged(answer.status), said, not 200 <= answer.status < 300 and _is_ours(answer.status)

    def _headers(self, mail: Mail, body: bytes) -> dict[str, str]:
        moment = str(int(mail.date.timestamp()))
        signed = hmac.digest(self.secret.encode(), f"{moment}.".encode() + body, "sha256").hex()
        return {
            "Content-Type": "application/json; charset=utf-8",
            "Idempotency-Key": mail.message_id.strip("<>"),
            "Dondoc-Signature": f"t={moment},v1={signed}",
        }


def judged(status: int) -> Result:
    """2xx took it. What is about us, or about now, asks for another try; every other 4xx is for good."""
    if 200 <= status < 300:
        return "sent"
    return "again" if _is_ours(status) or status in LATER else "failed"


def _is_ours(status: int) -> bool:
    return status in OURS or not 400 <= status < 500


def _said(answer: HTTPResponse) -> str:
    """The first words of the answer, on one line."""
    text = answer.read(4096).decode("utf-8", "replace")[:200]
    return "".join(c if c.isprintable() else " " for c in f"{answer.status} {text}").strip()


def _address(url: str) -> SplitResult | None:
    """None for what cannot be asked: it must not fall out of a batch, which has letters for other channels."""
    try:
        split = urlsplit(url)
        (split.hostname or "").encode("idna")
        usable = split.scheme in ("https", "http") and split.hostname and split.port != 0
    except ValueError:
        return None
    return split if usable and f"{split.path}{split.query}".isascii() else None


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
