"""What comes in with a request: numbers of things, forms and files, each within limits."""

from collections.abc import AsyncIterator
from typing import Annotated

from fastapi import Depends, Path, Request
from starlette.datastructures import FormData

from web.uploads import Sent, files_of

MOST = 2**31 - 1
"""The largest number both databases give."""

Id = Annotated[int, Path(ge=1, le=MOST)]


async def _posted(request: Request) -> AsyncIterator[FormData]:
    async with request.form(max_files=20, max_fields=500, max_part_size=4 * 2**20) as form:
        yield form


Posted = Annotated[FormData, Depends(_posted)]


async def _files(form: Posted) -> list[Sent]:
    return await files_of(form, "tep")


Files = Annotated[list[Sent], Depends(_files)]
"""The files of the form field `tep`."""
