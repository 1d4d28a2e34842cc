"""What the app on an inspector's phone asks for: itself, whose it is, packs, and a place for what was recorded.

The app names the person it keeps things for (`X-Person`): a phone on which somebody else has signed in meanwhile is
told to sign in (401), so that nobody's answers are taken for another's.
"""

import hashlib
import json
import re
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Annotated, Any

from babel.messages.extract import extract_from_dir
from fastapi import APIRouter, Depends, Header, HTTPException, Request
from fastapi import Path as Piece
from fastapi.responses import JSONResponse, Response
from pydantic import ValidationError

from actions.errors import NotFound, Refused
from actions.take_answers import take_answers
from actions.take_photo import take_photo
from domain.visit_answers import AnswerBatch
from intake.refusal import IntakeError
from store.questions.visits import VisitLine, team_part, visits_of
from web.desk import NOT_YOURS, AtDesk, Desk
from web.forms import Id
from web.inspector import pack_for
from web.words import _, language, say

router = APIRouter()

STATIC = Path(__file__).resolve().parent / "static"
SHA256 = r"^[0-9a-f]{64}$"
SHELL = "/kiem-tra/vo"


def _same_person(at: AtDesk, x_person: Annotated[str, Header(max_length=20)] = "") -> Desk:
    if x_person not in ("", str(at.viewer.person_id)):
        raise HTTPException(401)
    return at


async def _body(request: Request) -> bytes:
    return await request.body()


Phone = Annotated[Desk, Depends(_same_person)]
Body = Annotated[bytes, Depends(_body)]


@router.get("/kiem-tra/cua-toi")
def mine(at: Phone) -> Response:
    """Whose phone it is, and which visits to take along."""
    with at.works.db.read() as session:
        visits = visits_of(session, at.viewer.person_id, at.now)
    person = {"id": at.viewer.person_id, "name": at.viewer.name}
    return JSONResponse(
        {"person": person, "visits": [{"id": one.id, "stamp": _stamp(one)} for one in visits]}
    )


def _stamp(one: VisitLine) -> str:
    """Another one when the pack is another: a phone fetches only what it has not seen."""
    return f"{one.version}-{one.state}-{one.finished}"


@router.get("/kiem-tra/{visit_id}/goi")
def pack(at: Phone, visit_id: Id) -> Response:
    return _said(lambda: pack_for(at, visit_id).model_dump(mode="json"))


@router.post("/kiem-tra/{visit_id}/dong-bo")
def sync(at: Phone, visit_id: Id, data: Body) -> Response:
    """The receipt is sent only after the transaction that keeps the answers has ended."""

    def take() -> dict[str, Any]:
        batch = _batch(at, visit_id, data)
        with at.works.db.transaction() as session:
            return take_answers(session, visit_id, batch, at.by).model_dump(mode="json")

    return _said(take)


@router.put("/kiem-tra/{visit_id}/anh/{sha256}")
def photo(
    at: Phone,
    visit_id: Id,
    sha256: Annotated[str, Piece(pattern=SHA256)],
    data: Body,
) -> Response:
    def take() -> dict[str, Any]:
        with at.works.db.transaction() as session:
            row = take_photo(session, at.works.evidence, visit_id, sha256=sha256, data=data, by=at.by)
            return {"sha256": row.sha256}

    return _said(take)


@router.get(SHELL)
def shell(request: Request) -> Response:
    """The app without anybody's data: the same for everybody, kept by the phone."""
    return _shell(request)


def _shell(request: Request) -> Response:
    """In another language than Vietnamese it brings along what the app's scripts say."""
    words = {} if language() == "vi" else {one: _(one) for one in said_by_scripts()}
    answer: Response = request.app.state.pages("inspector/shell.html", at=None, words=words)
    return answer


@cache
def said_by_scripts() -> list[str]:
    """Every sentence of the app's scripts, as `tools.words` gathers them."""
    found = extract_from_dir(STATIC / "inspector", [("*.js", "javascript")], keywords={"_": None})
    return sorted({str(words) for _file, _line, words, _comments, _context in found})


@router.get("/kiem-tra/tho.js")
def worker(request: Request) -> Response:
    """The service worker: the list of the app's files with their hashes, then the worker itself. One changed byte
    in any file makes it a new worker."""
    page = bytes(_shell(request).body)
    files = [{"url": SHELL, "revision": _hash(page)}]
    files += [
        {"url": f"/static/{name}", "revision": _hash((STATIC / name).read_bytes())} for name in _files(page)
    ]
    script = f'self.SHELL = {json.dumps(files)};\nimportScripts("/static/inspector/worker.js");\n'
    return Response(
        script,
        media_type="text/javascript",
        headers={"Service-Worker-Allowed": "/kiem-tra", "Cache-Control": "no-cache"},
    )


def _batch(at: Desk, visit_id: int, data: bytes) -> AnswerBatch:
    """Raises Refused for what no phone of ours sends, NotFound first for a stranger."""
    try:
        return AnswerBatch.model_validate_json(data)
    except ValidationError:
        with at.works.db.read() as session:
            if team_part(session, visit_id, at.viewer.person_id) is None:
                raise NotFound(NOT_YOURS) from None
        raise Refused("Máy chủ không đọc được nội dung gửi lên. Hãy tải lại ứng dụng rồi gửi lại.") from None


def _files(page: bytes) -> list[str]:
    """What the page names, what those files import, and the typeface."""
    named = re.findall(r'(?:href|src)="/static/([^"]+)"', page.decode())
    own = [f"inspector/{path.name}" for path in (STATIC / "inspector").iterdir() if path.name != "worker.js"]
    vendor = ["vendor/dexie.min.mjs", "vendor/govuk-frontend.min.js"]
    faces = [f"vendor/{path.name}" for path in (STATIC / "vendor").glob("*.woff2")]
    return sorted({*named, *own, *vendor, *faces})


def _hash(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:16]


def _said(work: Callable[[], dict[str, Any]]) -> Response:
    """The answer, or the refusal in words the app shows."""
    try:
        return JSONResponse(work())
    except NotFound as error:
        return JSONResponse({"message": say(str(error))}, 404)
    except (Refused, IntakeError) as error:
        return JSONResponse({"message": say(str(error))}, 409)
