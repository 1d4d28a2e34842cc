"""A person's deadlines as a calendar feed (lịch hạn việc): a secret address that a calendar program fetches.

The key is the address, because calendars can send nothing else: it opens this feed and nothing beside, only
its hash is stored, it is revoked on one's account page, and the access log leaves it out (`web.__main__`).
"""

from datetime import timedelta
from typing import Annotated

from fastapi import APIRouter, Path, Request
from fastapi.responses import Response

from actions.sign_in import token_hash
from domain.access import Opens
from domain.assignment import OPEN
from domain.instants import local_day
from domain.sentence import Sentence
from domain.wording import say_clause
from reports.deadlines import render
from reports.reminder_letter import Owed
from runtime.works import Works
from store.office import load_office
from store.questions.access import key_holder
from store.questions.work import owed
from web.errors import error_page
from web.policy import Act, can, scope

router = APIRouter()

NOT_SOON = timedelta()
GONE = Sentence("Đường dẫn lịch này không còn hiệu lực. Hãy tạo đường dẫn mới ở trang Tài khoản và bảo mật.")


@router.get("/lich-han/{key}.ics")
def feed(request: Request, key: Annotated[str, Path(max_length=100)]) -> Response:
    """Open work of one's unit, for an office or a leader of all units below; the nearest 500 deadlines. 410 for
    a key that is over, was taken back, or never was: the same for all."""
    works: Works = request.app.state.works
    now = request.app.state.now()
    with works.db.read() as session:
        office = load_office(session)
        today = local_day(now, office.tz)
        holder = key_holder(
            session, token_hash(key), (Opens.CALENDAR,), now=now, today=today, office_unit=office.unit
        )
        if holder is None:
            return error_page(request, 410, GONE)
        act = Act.DO_WORK if can(holder.viewer, Act.DO_WORK) else Act.SEE_WORK
        lines = [
            line for line in owed(session, scope(holder.viewer, act), now, NOT_SOON) if line.state in OPEN
        ]
    deadlines = [
        Owed(
            f"viec-{line.id}", line.unit, line.title, say_clause(line.clause), line.due_on, 0,
            f"{works.settings.public_url}/viec/{line.id}",
        )
        for line in lines
    ]  # fmt: skip
    return Response(
        render(office.name, office.mail_domain, deadlines, now), media_type="text/calendar; charset=utf-8"
    )
