"""The API of everything else: who I am, letters, rules, targets, deadlines in words."""

from collections.abc import Mapping
from datetime import date, datetime
from functools import partial
from typing import Annotated, Any

from fastapi import Query
from pydantic import BaseModel, Field

from actions.errors import NotFound
from actions.preview_letters import preview
from actions.publish_rule import objections
from actions.resend import resend
from actions.what_if import what_if
from domain.deadline import answer as due_of
from domain.letter import LetterKind, MailState
from domain.period import BadPeriod, period
from domain.recurrence import Shift
from domain.sentence import Sentence
from domain.unit import Role
from domain.verdict import Outcome
from rules.errors import RuleError
from rules.pack import PackError
from rules.trial import judge_text, outcome_of
from rules.wording import why
from store.office import load_calendar, load_staff
from store.questions.letters import letter, letters
from web.api import (
    AsLeafing,
    AtDesk,
    Body,
    Clerk,
    Mailer,
    Said,
    api_router,
    example,
)
from web.desk import NOT_YOURS
from web.errors import Told
from web.forms import Id
from web.tables import wall

router = api_router("office")

RULE = """id: thu-khong-tien-mat
title: Thu không tiền mặt
clause: Mục II.1
check: report.cashless * 100 >= report.parents * 80
"""


# --- me ---------------------------------------------------------------------------------------------------


class Position(BaseModel):
    role: Role
    unit_id: int
    unit: str


class Me(BaseModel):
    code: str
    name: str
    office: str
    positions: list[Position]


@router.get("/me")
def me(at: AtDesk) -> Me:
    """Người đang hỏi là ai, giữ chức vụ gì."""
    posts = [Position(role=post.role, unit_id=post.unit_id, unit=post.unit) for post in at.viewer.posts]
    return Me(code=at.viewer.code, name=at.viewer.name, office=at.office.name, positions=posts)


# --- letters ----------------------------------------------------------------------------------------------


class Letter(BaseModel):
    id: int
    kind: LetterKind
    to_name: str
    to_address: str
    subject: str
    state: MailState
    reason: str
    created_at: datetime
    sent_at: datetime | None


class Letters(BaseModel):
    items: list[Letter]
    next: str | None


class Try(BaseModel):
    at: datetime
    outcome: str
    detail: str


class WholeLetter(Letter):
    text: str
    tries: list[Try]


class ToCome(BaseModel):
    """One letter that will be written if nobody does anything; `held`: why a person will have to release it."""

    day: date
    kind: LetterKind
    to_name: str
    to_address: str
    about: list[str]
    held: str


@router.get("/outbox")
def outbox(at: Mailer, asked: AsLeafing, state: MailState | None = None) -> Letters:
    """Thư đã soạn, mới nhất trước."""
    with at.works.db.read() as session:
        found, after = asked.rows(partial(letters, session, state))
        return Letters(items=[Letter(id=one.id, **_facts(one.letter)) for one in found], next=after)


@router.get("/outbox/preview")
def to_come(at: Mailer, days: Annotated[int, Query(ge=1, le=60)] = 30) -> list[ToCome]:
    """Thư sẽ gửi trong những ngày tới, nếu không ai làm gì thêm."""
    with at.works.db.read() as session:
        calendar, staff = load_calendar(session, at.office.calendar), load_staff(session)
        found = preview(session, office=at.office, calendar=calendar, staff=staff, at=at.now, days=days)
    return [
        ToCome(
            day=one.day, kind=one.kind, to_name=one.to_name, to_address=one.to_address, held=one.held,
            about=[f"{about.unit}: {about.title}" for about in one.about],
        )
        for one in found
    ]  # fmt: skip


@router.get("/outbox/{outbox_id}")
def one_letter(at: Mailer, outbox_id: Id) -> WholeLetter:
    """Một thư và các lần gửi."""
    with at.works.db.read() as session:
        found = letter(session, outbox_id)
        if found is None:
            raise NotFound(NOT_YOURS)
        tries = [Try(at=one.at, outcome=one.outcome, detail=one.detail) for one in found[1]]
        facts = _facts(found[0].letter)
        return WholeLetter(id=outbox_id, **facts, text=found[0].letter.body_text, tries=tries)


@router.post("/outbox/{outbox_id}/resend")
def send_again(at: Mailer, outbox_id: Id) -> WholeLetter:
    """Gửi lại một thư."""
    with at.works.db.transaction() as session:
        resend(session, outbox_id, at.by)
    return one_letter(at, outbox_id)


def _facts(found: Any) -> dict[str, Any]:
    return {name: getattr(found, name) for name in Letter.model_fields if name != "id"}


# --- rules ------------------------------------------------------------------------------------------------


class Trial(Body):
    model_config = example(
        expression="cashless * 100 >= parents * 80", case={"cashless": 980, "parents": 1234}
    )

    expression: Annotated[str, Field(min_length=1, max_length=2000)]
    case: Annotated[dict[str, Any], Field(max_length=500, default_factory=dict)]


class Judged(BaseModel):
    outcome: Outcome
    why: Said


class DraftRule(Body):
    """`rule`: one rule as YAML; `period` as 2023-02, 2023-Q1, NH2022-2023."""

    model_config = example(
        pack="bao-cao-thang",
        rule=RULE,
        period="2026-02",
    )

    pack: Annotated[str, Field(max_length=100)]
    rule: Annotated[str, Field(min_length=1, max_length=20_000)]
    period: Annotated[str, Field(max_length=20)]


class TriedOn(BaseModel):
    unit: str
    outcome: Outcome | None
    why: Said
    before: Outcome | None
    missing: list[str]


class Tried(BaseModel):
    """`silent`: units that owed a report and handed in none."""

    period: str
    tried: list[TriedOn]
    silent: list[str]
    missing: Mapping[str, int]
    objections: list[str]


@router.post("/rules/judge")
def judge_one(at: Clerk, trial: Trial) -> Judged:
    """Thử một điều kiện trên một bộ số liệu."""
    with at.works.db.read() as session:
        calendar = load_calendar(session, at.office.calendar)
    try:
        step = judge_text(trial.expression, trial.case, calendar)
    except RuleError as error:
        raise Told(422, str(error)) from error
    return Judged(outcome=outcome_of(step), why=why(step))


@router.post("/rules/what-if")
def try_on(at: Clerk, draft: DraftRule) -> Tried:
    """Thử một quy tắc nháp trên một kỳ đã qua; không ghi gì."""
    with at.works.db.read() as session:
        pack = at.works.packs_in_force(session).get(draft.pack)
        if pack is None:
            raise NotFound("Không có bộ quy tắc “{pack}”.", pack=draft.pack)
        try:
            against = [conflict.message for conflict in objections(pack, draft.rule)]
            found = what_if(
                session, pack, draft.rule, draft.period, at.works.bench(at.works.circumstances(session))
            )
        except (PackError, RuleError) as error:
            raise Told(422, str(error)) from error
    return Tried(
        period=found.period,
        tried=[
            TriedOn(unit=t.unit, outcome=t.outcome, why=t.why, before=t.before, missing=list(t.missing))
            for t in found.tried
        ],
        silent=list(found.silent),
        missing=found.missing,
        objections=against,
    )


# --- when -------------------------------------------------------------------------------------------------


class Phrase(Body):
    """A time as a document words it: “trước ngày 15 hằng tháng”. `received`: by the office's clock, or with a zone."""

    model_config = example(text="trước ngày 15 hằng tháng", period="2026-02")

    text: Annotated[str, Field(min_length=1, max_length=300)]
    document_date: date | None = None
    received: datetime | date | None = None
    period: Annotated[str, Field(max_length=20)] | None = None
    shift: Shift | None = None


class Pair(BaseModel):
    stated: date
    due: date


class Due(BaseModel):
    """`value` is the time as it is kept, with its hour where the phrase has one; `others`: further days it names."""

    stated: date | None
    due: date | None
    why: list[Said]
    recurrence: str
    value: str | None
    others: list[Pair]


@router.post("/when")
def when(at: AtDesk, phrase: Phrase) -> Due:
    """Hạn mà một cụm từ chỉ thời gian nói đến, và vì sao."""
    with at.works.db.read() as session:
        calendar = load_calendar(session, at.office.calendar)
    received = phrase.received
    if isinstance(received, datetime) and received.tzinfo is not None:
        received = wall(at, received)
    try:
        found = due_of(
            phrase.text,
            calendar=calendar,
            document_date=phrase.document_date,
            received=received,
            period=period(phrase.period) if phrase.period else None,
            shift=phrase.shift,
        )
    except BadPeriod as error:
        raise Told(
            422, Sentence("Không có kỳ “{period}”; ví dụ 2026-02, 2026-Q3, 2026.", period=phrase.period)
        ) from error
    except OverflowError as error:
        raise Told(
            422, Sentence("Hạn này rơi vào một năm không có trong lịch; hãy xem lại ngày đã ghi.")
        ) from error
    return Due(
        stated=found.stated,
        due=found.due,
        why=list(found.why),
        recurrence=found.recurrence,
        value=found.value,
        others=[Pair(stated=stated, due=due) for stated, due in found.others],
    )
