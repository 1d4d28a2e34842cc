"""What comes in with a request: numbers of things, forms and files, each within limits."""

from collections.abc import AsyncIterator, Mapping
from typing import Annotated, Any

from fastapi import Depends, Path, Query, Request
from pydantic import BeforeValidator
from starlette.datastructures import FormData

from web.uploads import Sent, files_of

MOST = 2**31 - 1
"""The largest number both databases give."""

MOST_PAGES = 10_000
LONGEST_WORD = 200

Id = Annotated[int, Path(ge=1, le=MOST)]


def _page(typed: Any) -> int:
    return int(typed) if _is_number(typed) and 1 <= int(typed) <= MOST_PAGES else 1


def _chosen(typed: Any) -> int | None:
    return int(typed) if _is_number(typed) and 1 <= int(typed) <= MOST else None


def _is_number(typed: Any) -> bool:
    return str(typed).isascii() and str(typed).isdigit() and len(str(typed)) <= len(str(MOST))


PageNumber = Annotated[int, BeforeValidator(_page), Query()]
"""`?trang=`: what is no page is the first."""

Chosen = Annotated[int | None, BeforeValidator(_chosen), Query()]
"""The number of a thing to pick in a list: what is none picks nothing."""


def _short(typed: Any) -> str:
    return str(typed).replace("\0", "")[:LONGEST_WORD]


Word = Annotated[str, BeforeValidator(_short), Query()]
"""A word of the address bar; what is longer than anybody types is cut."""


async def _posted(request: Request) -> AsyncIterator[FormData]:
    async with request.form(max_files=20, max_fields=500, max_part_size=4 * 2**20) as form:
        yield form


Posted = Annotated[FormData, Depends(_posted)]


def word(form: Mapping[str, Any], name: str) -> str:
    """What was typed in a field, without blanks around it; empty for a field that was not sent."""
    return str(form.get(name, "")).strip()


async def _files(form: Posted) -> list[Sent]:
    return await files_of(form, "tep")


Files = Annotated[list[Sent], Depends(_files)]
"""The files of the form field `tep`."""
