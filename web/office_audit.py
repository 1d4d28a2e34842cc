"""The audit trail (Nhật ký): who did what, when and why, with the mark that each line follows from the one before."""

from datetime import date, time, timedelta
from typing import Annotated

from fastapi import APIRouter, Depends
from fastapi.responses import Response

from actions.errors import Refused
from domain.instants import at_clock
from store.audit import verify
from store.questions.named import named
from store.questions.trail import PAGE, Sought, actions_known, trail
from web.days import day_of
from web.desk import Desk, desk_for
from web.forms import Chosen, Word
from web.policy import Act
from web.trail_words import points_to

router = APIRouter()

Clerk = Annotated[Desk, Depends(desk_for(Act.DECIDE))]
VERIFIED = 2000


@router.get("/nhat-ky")
def audit(
    at: Clerk,
    ai: Word = "",
    viec: Word = "",
    ve: Word = "",
    tu: Word = "",
    den: Word = "",
    truoc: Chosen = None,
) -> Response:
    sought = sought_of(at, ai, viec, ve, tu, den)
    with at.works.db.read() as session:
        found = trail(session, sought, before=truoc)
        known = named(session, {sought.subject}.union(*(points_to(line.entry) for line in found)))
        return at.page(
            "office/audit.html", lines=found[:PAGE], known=known,
            more=found[PAGE - 1].id if len(found) > PAGE else None,
            broken=verify(session, VERIFIED), verified=VERIFIED, actions=actions_known(session),
            asked={"ai": ai, "viec": viec, "ve": ve, "tu": tu, "den": den},
        )  # fmt: skip


def sought_of(at: Desk, ai: str, viec: str, ve: str, tu: str, den: str) -> Sought:
    """What the address asks of the trail."""
    since, until = _day(tu), _day(den)
    return Sought(
        ai.strip(), viec.strip(), ve.strip(),
        at_clock(since, time(), at.office.tz) if since else None,
        at_clock(until + timedelta(days=1), time(), at.office.tz) if until else None,
    )  # fmt: skip


def _day(typed: str) -> date | None:
    """What is no day limits nothing."""
    try:
        found = day_of(typed)
    except Refused:
        return None
    return found if found.year < date.max.year else None
