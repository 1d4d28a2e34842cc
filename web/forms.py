"""A posted form, read once within limits; pages that know their fields in advance use FastAPI's `Form`."""

from typing import Annotated

from fastapi import Depends, Request
from starlette.datastructures import FormData

from web.uploads import Sent, files_of


async def _posted(request: Request) -> FormData:
    return await request.form(max_files=20, max_fields=500, max_part_size=4 * 2**20)


Posted = Annotated[FormData, Depends(_posted)]


async def _files(form: Posted) -> list[Sent]:
    return await files_of(form, "tep")


Files = Annotated[list[Sent], Depends(_files)]
"""The files of the form field `tep`."""
