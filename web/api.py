"""The API: what the pages do, in JSON, through the same actions, questions and policy.

Who asks is a person: by the session of their browser, or by a key of theirs (`Authorization: Bearer …`). A
request with a key never falls back to a cookie, so it needs no proof of where it comes from.
"""

import json
from collections.abc import Callable, Coroutine, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import time
from decimal import Decimal
from hashlib import sha256
from inspect import cleandoc
from typing import Annotated, Any, TypeVar

from fastapi import APIRouter, BackgroundTasks, Depends, Header, Query, Request, Response
from fastapi.responses import JSONResponse
from fastapi.routing import APIRoute
from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field
from starlette.datastructures import FormData, UploadFile

from actions.errors import Stale
from actions.sign_in import token_hash
from domain.access import Opens
from domain.sentence import Sentence
from domain.strict_json import BadJson, read_json
from store.questions.access import key_holder
from store.questions.turn import Place, Turn
from web.desk import Desk, SignInFirst, desk_of, seated
from web.errors import API, Told
from web.faults import Faulty
from web.leaves import BY_ID, Kinds, NoPlace, by_id, place_in, written
from web.policy import Act
from web.words import say

LIMIT = 200
"""The longest page of a list."""


class StrictRequest(Request):
    async def json(self) -> Any:
        if not hasattr(self, "_strict"):
            try:
                self._strict = read_json(await self.body())
            except BadJson as error:
                raise json.JSONDecodeError(str(error), "", 0) from error
        return self._strict


class Route(APIRoute):
    """JSON is read strictly: what two programs would read as two things is refused. The first line of a route's
    docstring is its summary, for people who write programs: in Vietnamese."""

    def __init__(self, path: str, endpoint: Callable[..., Any], **more: Any) -> None:
        summary, _, rest = cleandoc(endpoint.__doc__ or "").partition("\n\n")
        super().__init__(path, endpoint, **more | {"summary": summary.rstrip("."), "description": rest})

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        handle = super().get_route_handler()

        async def strictly(request: Request) -> Response:
            return await handle(StrictRequest(request.scope, request.receive))

        return strictly


def api_router(tag: str) -> APIRouter:
    return APIRouter(prefix=API, tags=[tag], route_class=Route, responses=dict(PROBLEM))


class Body(BaseModel):
    """What is sent: a field that is not asked for is refused, never ignored."""

    model_config = ConfigDict(extra="forbid")


def example(**fields: Any) -> ConfigDict:
    """One that is taken as it stands, for the description."""
    return ConfigDict(json_schema_extra={"examples": [fields]})


class Typed(Body):
    """What a page's form asks for, under names of the API's (`serialization_alias`: the form's). The page's own
    reader reads it, so that both understand the same and refuse the same."""

    @contextmanager
    def as_form(self) -> Iterator[FormData]:
        """Faults of the form's fields are told by the names they have here."""
        fields = {name: one.serialization_alias or name for name, one in type(self).model_fields.items()}
        sent: list[tuple[str, str | UploadFile]] = [
            (field, said) for name, field in fields.items() for said in _typed(getattr(self, name))
        ]
        try:
            yield FormData(sent)
        except Faulty as faulty:
            names = {field: name for name, field in fields.items()}
            raise Faulty({names.get(field, field): said for field, said in faulty.faults.items()}) from faulty


def _typed(value: Any) -> list[str]:
    """A value as people type it; each of several is a field of its own."""
    if isinstance(value, list):
        return [said for one in value for said in _typed(one)]
    if isinstance(value, dict):  # one field, a line each
        return ["\n".join(f"{name}: {''.join(_typed(one))}" for name, one in value.items())]
    if value is None or value is False:
        return []
    if isinstance(value, Decimal):
        return [format(value, "f").replace(".", ",")]
    return ["1" if value is True else str(value)]


Reason = Annotated[str, Field(min_length=1, max_length=2000)]
Word = Annotated[str, Field(max_length=300)]


class Why(Body):
    model_config = example(reason="Trùng với việc đã giao tại Công văn 12/UBND")

    reason: Reason


Said = Annotated[str, BeforeValidator(say)]
"""A sentence of the office's, in the reader's language."""


def _of_here(clock: time) -> time:
    if clock.tzinfo is not None:
        raise ValueError(Sentence("hãy ghi giờ của cơ quan, không kèm múi giờ: “08:00”"))
    return clock


Clock = Annotated[time, AfterValidator(_of_here)]
"""A time of day by the office's clock: it has no day, so no other zone's can be turned into it."""


class Shown(BaseModel):
    """What is answered, made from values and rows by the names of its fields."""

    model_config = ConfigDict(from_attributes=True)


def api_desk(request: Request, afterwards: BackgroundTasks) -> Desk:
    """Raises SignInFirst (401) without a session or a key, 403 for a key that only reads."""
    shown = request.headers.get("authorization")
    if shown is None:
        return seated(request, afterwards)
    scheme, _, key = shown.partition(" ")
    opened: set[Opens] = set()

    def holder(session: Any, **when: Any) -> Any:
        found = key_holder(session, token_hash(key.strip()), (Opens.READ, Opens.WRITE), **when)
        if found is None:
            return None
        opened.add(found.opens)
        return found.viewer

    if scheme.lower() != "bearer":
        raise SignInFirst(request.url.path)
    at = desk_of(request, holder)
    if request.method not in ("GET", "HEAD") and Opens.WRITE not in opened:
        raise Told(403, Sentence("Khóa này chỉ đọc."))
    return at


def api_desk_for(act: Act) -> Callable[[Desk], Desk]:
    def check(at: Annotated[Desk, Depends(api_desk)]) -> Desk:
        at.demand(act)
        return at

    return check


AtDesk = Annotated[Desk, Depends(api_desk)]
Clerk = Annotated[Desk, Depends(api_desk_for(Act.DECIDE))]
ForClerk = Depends(api_desk_for(Act.DECIDE))
"""For what needs to know that a clerk asks, and nothing else of who."""
Worker = Annotated[Desk, Depends(api_desk_for(Act.DO_WORK))]
Reader = Annotated[Desk, Depends(api_desk_for(Act.SEE_WORK))]
Reviewer = Annotated[Desk, Depends(api_desk_for(Act.REVIEW_WORK))]
BoardReader = Annotated[Desk, Depends(api_desk_for(Act.SEE_BOARD))]
Leader = Annotated[Desk, Depends(api_desk_for(Act.LEAD))]
Mailer = Annotated[Desk, Depends(api_desk_for(Act.SEE_MAIL))]


# --- lost updates -----------------------------------------------------------------------------------------


def tagged(answer: Response, version: int | str) -> None:
    answer.headers["ETag"] = f'"{version}"'


def tag_of(facts: str) -> str:
    """The tag of something without a number for its versions: another one when the facts are others."""
    return sha256(facts.encode()).hexdigest()[:16]


def _seen_tag(if_match: Annotated[str | None, Header(max_length=40)] = None) -> str:
    if if_match is None:
        raise Told(428, Sentence("Hãy gửi kèm If-Match với ETag của bản đã xem."))
    return if_match.removeprefix("W/").strip('"')


SeenTag = Annotated[str, Depends(_seen_tag)]
"""The tag the asker saw, from If-Match; without it 428."""


def _seen(tag: SeenTag) -> int:
    if not (tag.isascii() and tag.isdecimal() and len(tag) < 10):
        raise Stale
    return int(tag)


Seen = Annotated[int, Depends(_seen)]
"""The same as the number of a version. Of another version 412 (`actions.errors.Stale`)."""


def unchanged(tag: str, facts: str) -> None:
    """Raises `Stale` when the facts are no longer those of the tag."""
    if tag != tag_of(facts):
        raise Stale


# --- pages of a list --------------------------------------------------------------------------------------


T = TypeVar("T")


@dataclass(frozen=True)
class Leafing:
    """A list is read from its first rows on, each page from behind the last row of the page before."""

    cursor: str
    limit: int

    def rows(
        self, ask: Callable[[Turn], Sequence[T]], place: Callable[[T], Place] = by_id, kinds: Kinds = BY_ID
    ) -> tuple[Sequence[T], str | None]:
        """At most `limit`, and the cursor of the page that follows. Raises 422 for one not given out here."""
        try:
            after = place_in(self.cursor, kinds)
        except NoPlace as error:
            raise Told(422, Sentence("Không hiểu con trỏ trang.")) from error
        found = ask(Turn(after=after, most=self.limit + 1))
        rows = found[: self.limit]
        return rows, written(place(rows[-1])) if len(found) > self.limit else None


def _leafing(
    cursor: Annotated[str, Query(max_length=200, description="“next” của trang trước")] = "",
    limit: Annotated[int, Query(ge=1, le=LIMIT)] = 50,
) -> Leafing:
    return Leafing(cursor, limit)


AsLeafing = Annotated[Leafing, Depends(_leafing)]


# --- the description --------------------------------------------------------------------------------------

router = APIRouter(prefix=API)

PROBLEM: Mapping[int | str, dict[str, Any]] = {
    "4XX": {
        "description": "Không làm được; “detail” nói vì sao (RFC 9457)",
        "content": {
            "application/problem+json": {
                "schema": {
                    "type": "object",
                    "required": ["type", "title", "status", "detail", "instance"],
                    "properties": {
                        "type": {"type": "string"},
                        "title": {"type": "string"},
                        "status": {"type": "integer"},
                        "detail": {"type": "string"},
                        "instance": {"type": "string"},
                    },
                }
            }
        },
    }
}


@router.get("/openapi.json", include_in_schema=False)
def description(at: AtDesk) -> JSONResponse:
    """The OpenAPI description, for whoever is signed in."""
    return JSONResponse(at.request.app.openapi())
