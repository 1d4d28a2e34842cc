"""The leader's pages (Lãnh đạo): what needs a decision, what is late, with whom; to be read in half a minute."""

from datetime import timedelta
from typing import Annotated

from fastapi import APIRouter, Depends
from fastapi.responses import Response

from domain.assignment import STANDING_LABELS, Standing
from domain.checklist import SEVERITY_LABELS
from domain.sentence import Sentence
from store.office import load_calendar
from store.questions.board import Counts, counts
from store.questions.child_plans import child_plans
from store.questions.explanations import explanations_given
from store.questions.followed import followed
from store.questions.inspection_rooms import found_lines
from store.questions.leader import Latest, late_works, latest_units
from store.questions.life import extensions_to_decide
from store.questions.scope import widest
from store.questions.trend import WEEKS, Lately, Punctual, by_unit, by_week, first_day, lately
from web.desk import Desk, desk_for
from web.forms import Id
from web.policy import Act

router = APIRouter()

DECISIONS_SHOWN = 10
LATELY = timedelta(days=7)
FEW = 5
"""Below this many pieces of work a share says little, and the page says so."""


@router.get("/lanh-dao")
def overview(at: Annotated[Desk, Depends(desk_for(Act.LEAD))]) -> Response:
    with at.works.db.read() as session:
        scope = widest(session, at.scope(Act.LEAD))
        calendar = load_calendar(session, at.office.calendar)
        counted = counts(session, scope, at.now, at.soon)
        late = latest_units(session, scope, at.now)
        then = at.now.astimezone(at.office.tz) - LATELY
        works = late_works(session, scope, at.now)
        days = {
            d: calendar.count(d, at.today)
            for d in {*(u.oldest for u in late.first), *(w.due_on for w in works)}
        }
        return at.page(
            "leader/overview.html",
            asked=extensions_to_decide(session, scope)[:DECISIONS_SHOWN],
            explained=explanations_given(session, scope, at.now - LATELY)[:DECISIONS_SHOWN],
            pressing=found_lines(session, scope, at.now, only="pressing", limit=DECISIONS_SHOWN),
            severities=SEVERITY_LABELS,
            followed=followed(session, at.viewer.person_id, scope, at.now, at.soon),
            weeks=[(monday, share) for monday, share in by_week(session, scope, at.now, at.today).items()],
            figures=ten_figures(counted, late, lately(session, scope, then, at.now)),
            overdue=counted.of(Standing.OVERDUE),
            late=late,
            worst=works,
            days=days,
        )


@router.get("/lanh-dao/don-vi")
def compared(at: Annotated[Desk, Depends(desk_for(Act.LEAD))]) -> Response:
    """Units side by side over the last weeks, in the order of the tree."""
    with at.works.db.read() as session:
        scope = widest(session, at.scope(Act.LEAD))
        units = by_unit(session, scope, at.now, at.today)
    shares = sum((one.share for one in units), Punctual(0, 0))
    return at.page(
        "leader/units.html", units=units, all=shares, weeks=WEEKS, since=first_day(at.today), few=FEW
    )


@router.get("/van-ban/{directive_id}/ke-hoach")
def plans_of_units(at: Annotated[Desk, Depends(desk_for(Act.LEAD))], directive_id: Id) -> Response:
    """The plan each unit made of a directive's cascading duties; nothing tells of units out of one's scope."""
    with at.works.db.read() as session:
        plans = child_plans(session, directive_id, at.scope(Act.LEAD))
    return at.page("leader/plans.html", plans=plans, made=sum(bool(plan.files) for plan in plans))


Figure = tuple[str, str, str, str, int]


def ten_figures(counted: Counts, late: Latest, new: Lately) -> list[Figure]:
    """(figure, label, kind, link, how many are new). Shares are of the work that is done, so that work not yet due
    does not flatter them."""
    done, done_late = counted.of(Standing.DONE), counted.of(Standing.DONE_LATE)
    finished = done + done_late
    in_time = f"{100 * done // finished} %" if finished else "–"

    def of(standing: Standing, word: str, new: int = 0) -> Figure:
        label = STANDING_LABELS[standing]
        return (str(counted.of(standing)), label, standing.value, f"/van-phong?loc={word}", new)

    return [
        (str(counted.total), Sentence("Việc đã giao"), "all", "/van-phong", new.given),
        of(Standing.OVERDUE, "qua-han", new.overdue),
        (f"{'≥ ' * late.at_least}{late.units}", Sentence("Đơn vị quá hạn"), "overdue", "", 0),
        of(Standing.SOON, "sap-den-han"),
        of(Standing.RUNNING, "dang-lam"),
        (str(counted.waiting), Sentence("Đã nộp, chờ duyệt"), "waiting", "/van-phong?loc=cho-duyet", 0),
        (str(counted.returned), Sentence("Bị trả lại, đang sửa"), "returned", "", 0),
        of(Standing.DONE, "xong"),
        of(Standing.DONE_LATE, "xong-qua-han"),
        (in_time, Sentence("Xong đúng hạn"), "done", "", 0),
    ]
