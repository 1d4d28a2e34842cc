"""The clerk takes a directive in: a file, or pasted text."""

from typing import Annotated

from fastapi import APIRouter, Depends
from fastapi.responses import RedirectResponse, Response

from actions.errors import Refused
from actions.take_in import SameNumber
from domain.directive import OnSameNumber
from domain.sentence import Sentence
from intake.formats import IntakeError, load_bytes
from runtime.directives import take_in_text
from web.desk import Desk, desk_for
from web.forms import Files, Posted
from web.policy import Act

router = APIRouter()

Clerk = Annotated[Desk, Depends(desk_for(Act.DECIDE))]
PASTED = "văn bản dán vào"
ANSWERS = {"thay": OnSameNumber.REPLACE, "giu": OnSameNumber.KEEP}


@router.get("/van-ban/moi")
def ask_for_directive(at: Clerk) -> Response:
    return at.page("office/take_in.html", error="", text="", question="", name="")


@router.post("/van-ban/moi")
def take_in(at: Clerk, form: Posted, files: Files) -> Response:
    """Pasted text goes through the same checks as a file; the same text again is the same directive. Another
    text under a known number is asked about, with the text kept in the form."""
    pasted = str(form.get("van_ban", ""))
    name, data = (
        (files[0].name, files[0].data) if files else (str(form.get("ten", "")) or PASTED, pasted.encode())
    )

    def again(status: int, text: str, *, error: str = "", question: str = "") -> Response:
        return at.page("office/take_in.html", status, error=error, text=text, question=question, name=name)

    if not files and not pasted.strip():
        return again(422, "", error=Sentence("Chưa có gì để đọc. Hãy chọn tệp hoặc dán nội dung văn bản."))
    try:
        loaded = load_bytes(data, name)
    except IntakeError as error:
        return again(422, pasted, error=str(error))
    answer = str(form.get("cung_so", ""))
    try:
        directive_id, _ = take_in_text(
            at.works,
            loaded.text,
            name,
            at.by,
            on_same=ANSWERS.get(answer, OnSameNumber.ASK),
            warnings=loaded.warnings,
        )
    except SameNumber as same:
        return again(409, loaded.text, question=str(same))
    except Refused as refused:
        return again(422, loaded.text, error=str(refused))
    return RedirectResponse(f"/van-ban/{directive_id}", 303)
