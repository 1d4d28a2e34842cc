"""The API of duties in force: what each is, and what ends, moves or wakes one."""

from datetime import date
from functools import partial
from typing import Annotated, Any

from fastapi import Query
from pydantic import BaseModel, Field

from actions.change_duty import end_duty, extend_period, withdraw_duty
from actions.errors import NotFound
from actions.wake import wake
from domain.assignment import Part
from domain.duty import Force, Kind
from store.office import load_calendar
from store.questions.duties import duties, duty_page
from store.search import words_of
from web.api import AsLeafing, Body, Clerk, Reason, Said, Shown, Why, api_router, example
from web.desk import NOT_YOURS
from web.forms import MOST, Id
from web.office_duties import period_of

router = api_router("duties")


class Ended(Body):
    model_config = example(last="2026-05-31", reason="Hết năm học, theo Công văn 40/UBND")

    last: date
    reason: Reason


class Extended(Body):
    """`period_id`: one of the duty's periods."""

    model_config = example(period_id=31, due_on="2026-03-20", reason="Bão số 3")

    period_id: Annotated[int, Field(ge=1, le=MOST)]
    due_on: date
    reason: Reason


class Event(Body):
    """`on`: the day of the event a dormant duty waits for; `due_on` where the directive names no time."""

    model_config = example(on="2026-03-01", reason="Có văn bản của Sở ngày 01/3")

    on: date
    reason: Reason
    due_on: date | None = None


class Facts(Shown):
    id: int
    code: str
    title: str
    clause: str
    kind: Kind
    force: Force
    asleep: bool


class Line(Facts):
    """`units`: how many owe it."""

    symbol: str
    units: int


class Lines(BaseModel):
    """`next`: the cursor of the page that follows; none on the last."""

    items: list[Line]
    next: str | None


class Period(BaseModel):
    id: int
    period: str
    opens_on: date
    due_on: date
    why: Said
    units: int
    unfinished: int


class Owing(BaseModel):
    unit_id: int
    unit: str
    part: Part


class Whole(Facts):
    quote: str
    directive_id: int
    pack: str
    periods: list[Period]
    units: list[Owing]


@router.get("/duties")
def every(
    at: Clerk,
    asked: AsLeafing,
    kind: Kind | None = None,
    words: Annotated[str, Query(max_length=200)] = "",
) -> Lines:
    """Nhiệm vụ đã giao, mới nhất trước."""
    with at.works.db.read() as session:
        ask = partial(duties, session, kind, words_of(words))
        found, after = asked.rows(ask)
        items = [Line(**_facts(one.duty), symbol=one.symbol, units=one.units) for one in found]
    return Lines(items=items, next=after)


@router.get("/duties/{duty_id}")
def one(at: Clerk, duty_id: Id) -> Whole:
    """Một nhiệm vụ với các kỳ và các đơn vị."""
    with at.works.db.read() as session:
        found = duty_page(session, duty_id)
        if found is None:
            raise NotFound(NOT_YOURS)
        periods = [
            Period(
                id=one.occurrence.id, period=one.occurrence.period, opens_on=one.occurrence.opens_on,
                due_on=one.occurrence.due_on, why=one.occurrence.why, units=one.units,
                unfinished=one.unfinished,
            )
            for one in found.periods
        ]  # fmt: skip
        return Whole(
            **_facts(found.duty), quote=found.duty.quote, directive_id=found.directive.id, pack=found.duty.pack,
            periods=periods, units=[Owing(unit_id=n, unit=name, part=part) for n, name, part in found.units],
        )  # fmt: skip


@router.post("/duties/{duty_id}/end")
def end(at: Clerk, duty_id: Id, ended: Ended) -> Whole:
    """Kết thúc một nhiệm vụ định kỳ từ sau một ngày."""
    with at.works.db.transaction() as session:
        end_duty(session, duty_id, at.by, last=ended.last, reason=ended.reason)
    return one(at, duty_id)


@router.post("/duties/{duty_id}/withdraw")
def withdraw(at: Clerk, duty_id: Id, said: Why) -> Whole:
    """Thu hồi một nhiệm vụ ở mọi đơn vị."""
    with at.works.db.transaction() as session:
        withdraw_duty(session, duty_id, at.by, last=at.today, reason=said.reason)
    return one(at, duty_id)


@router.post("/duties/{duty_id}/extend")
def extend(at: Clerk, duty_id: Id, later: Extended) -> Whole:
    """Lùi hạn một kỳ cho mọi đơn vị."""
    with at.works.db.transaction() as session:
        extend_period(
            session, period_of(session, duty_id, later.period_id, "period_id"), at.by, due_on=later.due_on,
            reason=later.reason, calendar=load_calendar(session, at.office.calendar), zone=at.office.tz,
        )  # fmt: skip
    return one(at, duty_id)


@router.post("/duties/{duty_id}/wake")
def happened(at: Clerk, duty_id: Id, event: Event) -> Whole:
    """Sự kiện đã xảy ra: giao việc đang chờ nó."""
    with at.works.db.transaction() as session:
        wake(
            session, duty_id, at.by, on=event.on, cause=event.reason,
            calendar=load_calendar(session, at.office.calendar), zone=at.office.tz, due_on=event.due_on,
        )  # fmt: skip
    return one(at, duty_id)


def _facts(duty: Any) -> dict[str, Any]:
    return {name: getattr(duty, name) for name in Facts.model_fields}
