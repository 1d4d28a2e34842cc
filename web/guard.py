"""What every request and every answer goes through: the right host, protective headers, a size limit."""

from collections.abc import Callable, Mapping
from urllib.parse import urlsplit

from asgi_cross_origin_protection import CrossOriginProtection
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from runtime.unsubscribing import PATH as BY_LETTER

MAX_BODY = 30 * 1024 * 1024

HEADERS: Mapping[str, str] = {
    # No inline script or style, nothing from elsewhere.
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
    "font-src 'self'; connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(self), geolocation=(self), microphone=()",
    "Cache-Control": "no-store",
}

LOOPBACK = ("127.0.0.1", "localhost", "[::1]")


class FromHere:
    """What changes something must come from a page of this site (CSRF). A request that shows a key is not looked
    at: no page elsewhere can make a browser send one, and cookies count nothing beside it (`web.api`). Nor is one
    that proves itself by what only a letter holds, whoever sends it (`web.digest_choice`)."""

    def __init__(self, app: ASGIApp, *, deny_app: ASGIApp) -> None:
        self.app = app
        self.checked = CrossOriginProtection(
            app, deny_app=deny_app, exempt_paths=(BY_LETTER,), allow_unverifiable_requests=False
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        shown = scope["type"] == "http" and Headers(scope=scope).get("authorization", "")
        with_key = shown and shown.lower().startswith("bearer ") and scope["path"].startswith("/api/")
        await (self.app if with_key else self.checked)(scope, receive, send)


class Guard:
    """Refuses a request for another host (400) or one that announces too large a body (413), and puts
    `HEADERS` on every answer that has not set them. `refusal` gives the page for a status."""

    def __init__(self, app: ASGIApp, *, public_url: str, refusal: Callable[[int], ASGIApp]) -> None:
        self.app = app
        self.hosts = hosts_of(public_url)
        self.refusal = refusal
        self.headers = dict(HEADERS)
        if public_url.startswith("https:"):
            self.headers["Strict-Transport-Security"] = "max-age=31536000"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def protected(message: Message) -> None:
            if message["type"] == "http.response.start":
                answer = MutableHeaders(scope=message)
                if scope["path"].startswith("/static/"):
                    answer["Cache-Control"] = "no-cache"  # kept, and asked for again by its ETag
                for name, value in self.headers.items():
                    answer.setdefault(name, value)
            await send(message)

        status = self.fault(Headers(scope=scope))
        await (self.refusal(status) if status else self.app)(scope, receive, protected)

    def fault(self, headers: Headers) -> int:
        """The status to refuse with, or 0. A body of unannounced length is counted as it comes, elsewhere."""
        if headers.get("host", "").lower() not in self.hosts:
            return 400
        announced = headers.get("content-length", "0")
        return 413 if not announced.isdecimal() or int(announced[:20]) > MAX_BODY else 0


def hosts_of(public_url: str) -> frozenset[str]:
    """The Host values that mean this site; on the machine itself its loopback names are one."""
    parts = urlsplit(public_url)
    host, port = parts.hostname or "", f":{parts.port}" if parts.port else ""
    names = LOOPBACK if host in LOOPBACK or host == "::1" else (host,)
    return frozenset(f"{name}{port}" for name in names)
