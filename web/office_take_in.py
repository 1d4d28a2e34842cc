"""The clerk takes a directive in: a file, or pasted text."""

from typing import Annotated

from fastapi import APIRouter, Depends
from fastapi.responses import RedirectResponse, Response

from intake.formats import IntakeError, load_bytes
from runtime.directives import take_in_text
from web.desk import Desk, desk_for
from web.forms import Files, Posted
from web.policy import Act

router = APIRouter()

Clerk = Annotated[Desk, Depends(desk_for(Act.DECIDE))]
PASTED = "văn bản dán vào"


@router.get("/van-ban/moi")
def ask_for_directive(at: Clerk) -> Response:
    return at.page("office/take_in.html", error="", text="")


@router.post("/van-ban/moi")
def take_in(at: Clerk, form: Posted, files: Files) -> Response:
    """Pasted text goes through the same checks as a file; the same text again is the same directive."""
    pasted = str(form.get("van_ban", ""))
    name, data = (files[0].name, files[0].data) if files else (PASTED, pasted.encode())
    try:
        text = load_bytes(data, name).text
    except IntakeError as error:
        return at.page("office/take_in.html", 422, error=str(error), text=pasted)
    directive_id, _ = take_in_text(at.works, text, name, at.by)
    return RedirectResponse(f"/van-ban/{directive_id}", 303)
