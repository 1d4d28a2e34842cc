"""The emulation board (Thi đua): each field's grade beside the year before, with its evidence. It counts; it says
nothing of a person."""

from collections.abc import Iterable
from typing import Annotated

from fastapi import APIRouter, Depends
from fastapi.responses import RedirectResponse, Response

from actions.errors import Refused
from actions.grade_field import grade_field
from actions.name_fields import name_fields
from domain.emulation import GRADES, EmulationField, Grade, summary
from domain.folding import fold
from domain.period import BadPeriod, containing, period
from store.questions.emulation import board
from web.desk import Desk, desk_for
from web.forms import Posted, word
from web.policy import Act
from web.words import _

router = APIRouter()


@router.get("/thi-dua")
def the_board(at: Annotated[Desk, Depends(desk_for(Act.SEE_BOARD))], nam: str = "") -> Response:
    return _page(at, year_of(at, nam))


@router.post("/thi-dua")
def grade(at: Annotated[Desk, Depends(desk_for(Act.DECIDE))], form: Posted) -> Response:
    year, given = year_of(at, word(form, "nam")), word(form, "muc")
    try:
        if given not in set(Grade):
            raise Refused(_("Hãy chọn mức xếp loại."))
        with at.works.db.transaction() as session:
            evidence = word(form, "minh_chung").splitlines()
            grade_field(session, word(form, "linh_vuc"), year, Grade(given), evidence, at.by)
    except Refused as refused:
        return _page(at, year, str(refused))
    return RedirectResponse(f"/thi-dua?nam={year}", 303)


@router.post("/thi-dua/linh-vuc")
def fields(at: Annotated[Desk, Depends(desk_for(Act.DECIDE))], form: Posted) -> Response:
    """One field a line, in their order."""
    with at.works.db.transaction() as session:
        name_fields(session, fields_of(word(form, "ten").splitlines()), at.by)
    return RedirectResponse("/thi-dua", 303)


def fields_of(lines: Iterable[str]) -> list[EmulationField]:
    titles = [line.strip() for line in lines if fold(line)]
    return [
        EmulationField(code=fold(title).replace(" ", "-")[:60], title=title, place=place)
        for place, title in enumerate(titles, start=1)
    ]


def year_of(at: Desk, typed: str) -> str:
    """A year's key; what is none is the school year that is running."""
    try:
        found = period(typed)
    except BadPeriod:
        return containing("school_year", at.today).key
    return found.key if found.unit in {"year", "school_year"} else containing("school_year", at.today).key


def _page(at: Desk, year: str, refusal: str = "") -> Response:
    with at.works.db.read() as session:
        rows = board(session, year)
    return at.page(
        "compliance/emulation.html",
        409 if refusal else 200,
        year=year,
        rows=rows,
        counts=summary(rows),
        grades=GRADES,
        refusal=refusal,
    )
