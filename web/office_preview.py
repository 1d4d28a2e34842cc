"""The letters of the next thirty days (Thư 30 ngày tới), by day, for everybody or one person."""

from itertools import groupby
from typing import Annotated

from fastapi import APIRouter, Depends
from fastapi.responses import Response

from actions.preview_letters import preview
from store.office import load_calendar, load_staff
from web.desk import Desk, desk_for
from web.forms import Word
from web.policy import Act

router = APIRouter()


@router.get("/thu-30-ngay")
def coming(at: Annotated[Desk, Depends(desk_for(Act.SEE_MAIL))], ai: Word = "") -> Response:
    """`ai`: the name of one person."""
    with at.works.db.read() as session:
        calendar, staff = load_calendar(session, at.office.calendar), load_staff(session)
        found = preview(session, office=at.office, calendar=calendar, staff=staff, at=at.now)
    people: dict[str, int] = {}
    for letter in found:
        people[letter.to_name] = people.get(letter.to_name, 0) + 1
    shown = [letter for letter in found if not ai or letter.to_name == ai]
    days = [(day, list(letters)) for day, letters in groupby(shown, key=lambda letter: letter.day)]
    return at.page(
        "office/coming.html", days=days, total=len(shown), ai=ai,
        people=sorted(people.items(), key=lambda one: (-one[1], one[0])),
    )  # fmt: skip
