"""The leader's pages (Lãnh đạo): what needs a decision, what is late, with whom; to be read in half a minute."""

from dataclasses import dataclass
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
from store.questions.trend import LATELY, WEEKS, Lately, Punctual, by_unit, by_week, first_day, lately
from web.desk import Desk, desk_for
from web.forms import Id
from web.policy import Act

router = APIRouter()

DECISIONS_SHOWN = 10
FEW = 5
"""Below this many pieces of work a share says little, and the page says so."""


@router.get("/lanh-dao")
def overview(at: Annotated[Desk, Depends(desk_for(Act.LEAD))]) -> Response:
    with at.works.db.read() as session:
        scope = widest(session, at.scope(Act.LEAD))
        calendar = load_calendar(session, at.office.calendar)
        counted = counts(session, scope, at.now, at.soon)
        late = latest_units(session, scope, at.now, since=at.today - LATELY)
        here = at.now.astimezone(at.office.tz)
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
            figures=ten_figures(counted, late, lately(session, scope, here, at.soon), at.soon),
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
    made = sum(bool(plan.files) for plan in plans)
    return at.page("leader/plans.html", directive_id=directive_id, plans=plans, made=made)


@dataclass(frozen=True)
class Figure:
    """`past`: what the figure is compared with, in words; one that has no past says so."""

    number: str
    label: str
    kind: str
    href: str
    past: str


def ten_figures(counted: Counts, late: Latest, new: Lately, soon: timedelta) -> list[Figure]:
    """Work that is overdue counts below the line of a share as work done late does; what is not yet due does not."""
    done, done_late, overdue = map(counted.of, (Standing.DONE, Standing.DONE_LATE, Standing.OVERDUE))

    def of(standing: Standing, word: str, past: str) -> Figure:
        label = STANDING_LABELS[standing]
        return Figure(
            str(counted.of(standing)), label, standing.value, f"/van-phong?loc={word}" if word else "", past
        )

    return [
        Figure(
            str(counted.total), Sentence("Việc đã giao"), "all", "/van-phong?loc=tat-ca",
            Sentence("{n} giao trong 7 ngày qua", n=new.given),
        ),
        of(Standing.OVERDUE, "qua-han", Sentence("{n} mới quá hạn trong 7 ngày qua", n=new.overdue)),
        Figure(
            f"{'≥ ' * late.at_least}{late.units}", Sentence("Đơn vị quá hạn"), "overdue", "",
            Sentence("quá nhiều để so với tuần trước") if late.at_least
            else Sentence("{n} đơn vị mới quá hạn trong 7 ngày qua", n=late.fresh),
        ),
        of(Standing.SOON, "sap-den-han", Sentence("{days} ngày trước đó: {n} việc đến hạn", days=soon.days, n=new.due)),
        of(Standing.RUNNING, "dang-lam", Sentence("{n} giao trong 7 ngày qua", n=new.running)),
        Figure(
            str(counted.waiting), Sentence("Đã nộp, chờ duyệt"), "waiting", "/van-phong?loc=cho-duyet",
            Sentence("số lúc này, không có số tuần trước để so"),
        ),
        Figure(
            str(counted.returned), Sentence("Bị trả lại, đang sửa"), "returned", "",
            Sentence("{n} có tin mới trong 7 ngày qua", n=new.returned),
        ),
        of(Standing.DONE, "xong", _two_weeks(str(new.done), str(new.done_before))),
        of(Standing.DONE_LATE, "xong-qua-han", _two_weeks(str(new.done_late), str(new.done_late_before))),
        Figure(
            _share(done, done_late + overdue), Sentence("Xong đúng hạn"), "done", "",
            _two_weeks(
                _share(new.done, new.done_late + new.overdue),
                _share(new.done_before, new.done_late_before + new.overdue_before),
            ),
        ),
    ]  # fmt: skip


def _share(done: int, late: int) -> str:
    return f"{100 * done // (done + late)} %" if done + late else "–"


def _two_weeks(last: str, before: str) -> str:
    return Sentence("việc hạn 7 ngày qua: {last}; 7 ngày trước nữa: {before}", last=last, before=before)
