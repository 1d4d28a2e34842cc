"""Another language for the pages: a choice kept in a cookie, signed in or not."""

from typing import Annotated

from fastapi import APIRouter, Form
from fastapi.responses import RedirectResponse

from web.local_path import local_path
from web.words import COOKIE, LANGUAGES

router = APIRouter()

A_YEAR = 365 * 24 * 3600


@router.post("/ngon-ngu")
def choose(language: Annotated[str, Form()] = "vi", back: Annotated[str, Form()] = "/") -> RedirectResponse:
    """An unknown language is Vietnamese."""
    answer = RedirectResponse(local_path(back), 303)
    chosen = language if language in LANGUAGES else "vi"
    answer.set_cookie(COOKIE, chosen, max_age=A_YEAR, httponly=True, samesite="lax")
    return answer
