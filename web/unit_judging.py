"""What the rules will say, shown to a unit before it sends: as it types, or on a page of its own without scripts."""

from typing import Annotated

from fastapi import APIRouter, Depends
from fastapi.responses import Response

from actions.foresee import foresee
from web.answers import typed
from web.desk import Desk, desk_for
from web.forms import Files, Id, Posted, word
from web.policy import Act
from web.unit_page import mine, report_form

router = APIRouter()


@router.post("/viec/{assignment_id}/xem-truoc")
def before_sending(
    at: Annotated[Desk, Depends(desk_for(Act.DO_WORK))], assignment_id: Id, form: Posted, files: Files
) -> Response:
    """Fields that cannot be read yet count as empty; their faults are said beside the verdicts."""
    shown = mine(at, assignment_id)
    asked = report_form(at, shown.pack)
    answers = typed(asked, form)
    with at.works.db.read() as session:
        bench = at.works.bench(at.works.circumstances(session))
        found = foresee(session, assignment_id, answers.figures, len(files), bench, at.now)
    return at.page(
        "unit/judging.html" if at.is_htmx else "unit/judging_alone.html",
        work=shown,
        form=asked,
        foreseen=found,
        faults=answers.faults,
        values={field.code: str(form.get(f"so.{field.code}", "")) for field in asked.fields},
        note=word(form, "ghi_chu"),
        key=word(form, "khoa"),
    )
