"""The leader's page (Lãnh đạo): what is late, with whom, for how long; to be read in half a minute."""

from collections.abc import Sequence
from typing import Annotated

from fastapi import APIRouter, Depends
from fastapi.responses import Response

from domain.assignment import STANDING_LABELS, Standing
from store.office import load_calendar
from store.questions.board import Counts, counts
from store.questions.leader import UNITS_SHOWN, LateUnit, late_units, late_works
from web.desk import Desk, desk_for
from web.policy import Act

router = APIRouter()


@router.get("/lanh-dao")
def overview(at: Annotated[Desk, Depends(desk_for(Act.LEAD))]) -> Response:
    scope = at.scope(Act.LEAD)
    with at.works.db.read() as session:
        calendar = load_calendar(session, at.office.calendar)
        counted = counts(session, scope, at.now, at.soon)
        late = late_units(session, scope, at.now)
        works = late_works(session, scope, at.now)
        days = {
            d: calendar.count(d, at.today) for d in {*(u.oldest for u in late), *(w.due_on for w in works)}
        }
        return at.page(
            "leader/overview.html",
            figures=ten_figures(counted, late),
            overdue=counted.of(Standing.OVERDUE),
            late=late[:UNITS_SHOWN],
            late_total=len(late),
            worst=works,
            days=days,
        )


def ten_figures(counted: Counts, late: Sequence[LateUnit]) -> list[tuple[str, str, str, str]]:
    """(figure, label, kind, link). Shares are of the work that is done, so that work not yet due does not
    flatter them."""
    done, done_late = counted.of(Standing.DONE), counted.of(Standing.DONE_LATE)
    finished = done + done_late
    in_time = f"{100 * done // finished} %" if finished else "–"

    def of(standing: Standing, word: str) -> tuple[str, str, str, str]:
        label = STANDING_LABELS[standing]
        return (str(counted.of(standing)), label, standing.value, f"/van-phong?loc={word}")

    return [
        (str(counted.total), "Việc đã giao", "all", "/van-phong"),
        of(Standing.OVERDUE, "qua-han"),
        (str(len(late)), "Đơn vị quá hạn", "overdue", ""),
        of(Standing.SOON, "sap-den-han"),
        of(Standing.RUNNING, "dang-lam"),
        (str(counted.waiting), "Đã nộp, chờ duyệt", "waiting", "/van-phong?loc=cho-duyet"),
        (str(counted.returned), "Bị trả lại, đang sửa", "returned", ""),
        of(Standing.DONE, "xong"),
        of(Standing.DONE_LATE, "xong-qua-han"),
        (in_time, "Xong đúng hạn", "done", ""),
    ]
