"""What every page works with: the works, the moment, and who is asking.

A page is a plain function that takes a `Desk`; asking for one is asking to be signed in.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Annotated, Any, Literal, Protocol, TypedDict
from urllib.parse import quote

from fastapi import BackgroundTasks, Depends, Request
from fastapi.responses import RedirectResponse, Response
from sqlmodel import Session

from actions.changes import By
from actions.errors import NotFound, Refused
from actions.sign_in import still_used, token_hash
from domain.access import SEEN_EVERY
from domain.instants import local_day
from domain.office import Office
from domain.sentence import Sentence
from runtime.works import Works
from store.office import load_office
from store.questions.glance import glance
from store.questions.people import Post, SignedIn, signed_in
from store.questions.scope import Scope
from web.policy import Act, allowing, can, scope

SILENCE = timedelta(minutes=10)
"""The clock ticks every minute; after this long somebody has to look."""

NOT_YOURS = Sentence("Không có trang này, hoặc trang không thuộc phần việc của bạn.")

Now = Callable[[], datetime]


class SignInFirst(Exception):
    """Nobody is signed in. `next_path` is where to go afterwards."""

    def __init__(self, next_path: str) -> None:
        super().__init__(next_path)
        self.next_path = next_path


@dataclass(frozen=True)
class Desk:
    """One request: `now` is its moment (UTC), read once; `last_tick` is when the clock last ticked; `unread`:
    notices its reader has not read."""

    works: Works
    request: Request
    now: datetime
    office: Office
    viewer: SignedIn
    last_tick: datetime | None
    unread: int = 0
    seen: datetime | None = None
    """When the session was last known to be in use; None for a program with a key."""
    allowed_by: list[Post] = field(default_factory=list)
    """The positions that allow what was last demanded: what this request is about to do."""

    @property
    def today(self) -> date:
        return local_day(self.now, self.office.tz)

    @property
    def soon(self) -> timedelta:
        return timedelta(days=self.office.soon_days)

    @property
    def by(self) -> By:
        """Whoever acts, by their own code. What they may do only under a mandate says in the trail whose, and what
        that rests on; what their own position allows does not."""
        post = self.allowed_by[0] if self.allowed_by else None
        cause = (
            f"thay mặt {post.instead_of} theo ủy quyền: {post.mandate}" if post and post.instead_of else ""
        )
        return By(self.viewer.code, self.now, cause)

    def because(self, cause: str) -> By:
        """The same, for a change that rests on something of its own: the notice that moves a day."""
        return replace(self.by, cause="; ".join(filter(None, [cause.strip(), self.by.cause])))

    @property
    def clock_is_silent(self) -> bool:
        return self.last_tick is None or self.now - self.last_tick > SILENCE

    @property
    def is_htmx(self) -> bool:
        """The request comes from htmx, which puts the answer into the page it is on."""
        return self.request.headers.get("HX-Request") == "true"

    @property
    def here(self) -> str:
        """The page being read, with what was asked of it."""
        return came_from(self.request)

    def page(self, template: str, status: int = 200, **context: Any) -> Response:
        answer: Response = self.request.app.state.pages(template, status, at=self, **context)
        return answer

    def may(self, act: Act, unit_id: int | None = None) -> bool:
        return can(self.viewer, act, unit_id)

    def demand(self, act: Act, unit_id: int | None = None) -> None:
        """Raises NotFound: what is not yours does not exist for you."""
        self.allowed_by[:] = allowing(self.viewer, act, unit_id)
        if not self.allowed_by:
            raise NotFound(NOT_YOURS)

    def scope(self, act: Act) -> Scope:
        return scope(self.viewer, act)


def attempt(
    at: Desk, act: Callable[[Session], object], show: Callable[[Refused], Response], then: str
) -> Response:
    """Carry the act out in one transaction and go on to the path `then`; where it is refused, show the page it was
    asked on."""
    try:
        with at.works.db.transaction() as session:
            act(session)
    except Refused as refused:
        return show(refused)
    return RedirectResponse(then, 303)


def cookie_name(works: Works) -> str:
    """Over https the prefix makes the browser refuse a cookie set by a neighbouring host."""
    return "__Host-dondoc" if works.settings.public_url.startswith("https:") else "dondoc"


class CookieOf(TypedDict):
    httponly: bool
    samesite: Literal["lax"]
    secure: bool


def cookie_of(works: Works) -> CookieOf:
    """How every cookie of ours is set: out of reach of scripts, not sent with what another site posts."""
    return {"httponly": True, "samesite": "lax", "secure": works.settings.public_url.startswith("https:")}


class Finds(Protocol):
    def __call__(
        self, session: Session, *, now: datetime, today: date, office_unit: str
    ) -> SignedIn | None: ...


def desk(request: Request) -> Desk:
    token = request.cookies.get(cookie_name(request.app.state.works), "")
    return desk_of(request, lambda session, **when: signed_in(session, token_hash(token), **when))


def desk_of(request: Request, find: Finds) -> Desk:
    """`find` tells who is asking. Raises SignInFirst when it finds nobody."""
    works: Works = request.app.state.works
    now: datetime = request.app.state.now()
    with works.db.read() as session:
        office = load_office(session)
        viewer = find(session, now=now, today=local_day(now, office.tz), office_unit=office.unit)
        if viewer is None:
            raise SignInFirst(came_from(request))
        token = request.cookies.get(cookie_name(works), "")
        beside = glance(session, viewer.person_id, token_hash(token))
        return Desk(works, request, now, office, viewer, beside.last_tick, beside.unread, beside.seen)


def came_from(request: Request) -> str:
    """The page to return to after signing in; a form that was sent cannot be sent again for its sender."""
    if request.method != "GET":
        return "/"
    query = f"?{request.url.query}" if request.url.query else ""
    return quote(request.url.path, safe="/") + query


def seated(request: Request, afterwards: BackgroundTasks) -> Desk:
    """A desk for a page; that its session is in use is noted now and then, after the answer has left, so that no
    page waits for a writer."""
    at = desk(request)
    if at.seen is not None and at.now - at.seen > SEEN_EVERY:
        afterwards.add_task(_note_use, at, request.cookies[cookie_name(at.works)])
    return at


def _note_use(at: Desk, token: str) -> None:
    with at.works.db.transaction() as session:
        still_used(session, token, at.by)


AtDesk = Annotated[Desk, Depends(seated)]


def desk_for(act: Act) -> Callable[[Desk], Awaitable[Desk]]:
    """A desk for whoever may do the act; for everybody else the page does not exist."""

    async def check(at: AtDesk) -> Desk:  # it waits for nothing: not worth a thread
        at.demand(act)
        return at

    return check
