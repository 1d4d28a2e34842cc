"""The words of the pages: written in Vietnamese, said in English to whoever asks for it.

A Vietnamese sentence is its own key; `locale/en.po` holds the English. `python -m tools.words` gathers the keys
and says which have no English yet: those are shown in Vietnamese, never left out.
"""

import gettext
from collections.abc import Mapping
from contextvars import ContextVar
from functools import cache
from http.cookies import CookieError, SimpleCookie
from io import BytesIO
from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from domain.sentence import Sentence

LANGUAGES: Mapping[str, str] = {"vi": "Tiếng Việt", "en": "English"}
COOKIE = "dondoc-language"
CATALOGUES = Path(__file__).resolve().parent / "locale"

_language: ContextVar[str] = ContextVar("language", default="vi")


@cache
def catalogue(language: str) -> gettext.NullTranslations:
    """The translations into a language; Vietnamese has none, being what is written."""
    path = CATALOGUES / f"{language}.po"
    if not path.exists():
        return gettext.NullTranslations()
    compiled = BytesIO()
    with path.open("rb") as source:
        write_mo(compiled, read_po(source, locale=language))
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)


def language() -> str:
    """The language of the request being answered."""
    return _language.get()


def _(words: str) -> str:
    return catalogue(language()).gettext(words)


def say(words: Any) -> Any:
    """A sentence of the office's (`domain.sentence`) in the reader's language; anything else as it is."""
    if not isinstance(words, Sentence) or not words:
        return words
    sentence = _(words.template)
    return (
        sentence.format(**{name: say(it) for name, it in words.values.items()}) if words.values else sentence
    )


def plural(one: str, many: str, count: int) -> str:
    return catalogue(language()).ngettext(one, many, count)


class Language:
    """Reads from the cookie which language an answer is to be in; a program says it (`Accept-Language`)."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        chosen = asked(headers.get("cookie", ""))
        if COOKIE not in headers.get("cookie", "") and scope["path"].startswith("/api/"):
            chosen = accepted(headers.get("accept-language", ""))
        token = _language.set(chosen)
        try:
            await self.app(scope, receive, send)
        finally:
            _language.reset(token)


def asked(cookies: str) -> str:
    """The language a cookie header asks for; Vietnamese for none, an unknown or an unreadable one."""
    try:
        morsel = SimpleCookie(cookies).get(COOKIE)
    except CookieError:
        return "vi"
    return morsel.value if morsel and morsel.value in LANGUAGES else "vi"


def accepted(languages: str) -> str:
    """The first we speak of an Accept-Language header, in the order it names them."""
    spoken = (one.partition(";")[0].strip().lower()[:2] for one in languages.split(","))
    return next((one for one in spoken if one in LANGUAGES), "vi")
