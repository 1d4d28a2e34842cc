"""The API of the tree: units, people and their positions, succession, and the workbook that fills it."""

from datetime import date
from functools import partial
from typing import Annotated, Any

from fastapi import Query, Response
from pydantic import BaseModel, Field

from actions.change_unit import appoint, change_unit, end_position, shown
from actions.errors import NotFound
from actions.hand_over import Succession, hand_over_unit
from actions.import_tree import Planned, import_tree, plan_tree
from actions.lock_person import lock_person, unlock_person
from domain.sentence import Sentence
from domain.unit import Role
from intake.refusal import IntakeError
from intake.tree_sheet import TreeSheet
from store.questions.units import branches, person_page, unit_page
from store.search import words_of
from web.api import (
    AsLeafing,
    Body,
    Clerk,
    SeenTag,
    Shown,
    Typed,
    Why,
    Word,
    api_router,
    example,
    tag_of,
    tagged,
    unchanged,
)
from web.api_files import Sent, bytes_of
from web.desk import NOT_YOURS, Desk
from web.errors import Told
from web.faults import Faulty
from web.forms import MOST, Id
from web.office_units import heirs_of, tree_of, unit_of

router = api_router("units")

MOST_FAULTS = 200


class UnitSent(Typed):
    """The unit as it is to be; `parent`: code of the unit above. Kinds, levels and ownerships as the office's own
    files name them."""

    model_config = example(name="Trường Tiểu học Hoa Sen", parent="phong-gd", kind="truong", level="tieu-hoc")

    name: Annotated[Word, Field(serialization_alias="ten")]
    parent: Annotated[Word, Field(serialization_alias="cap_tren")] = ""
    kind: Annotated[Word, Field(serialization_alias="loai")] = ""
    level: Annotated[Word, Field(serialization_alias="cap_hoc")] = ""
    ownership: Annotated[Word, Field(serialization_alias="so_huu")] = ""
    short_names: Annotated[
        list[Word], Field(serialization_alias="ten_khac", max_length=50, default_factory=list)
    ]
    valid_from: Annotated[date | None, Field(serialization_alias="hoat_dong_tu")] = None
    valid_to: Annotated[date | None, Field(serialization_alias="den")] = None


class Appointed(Body):
    """`code` of somebody known puts that person in; else name and address make a new one."""

    model_config = example(code="nguyen-van-an", name="Nguyễn Văn An", email="an@example.vn", role="head")

    code: Annotated[Word, Field(min_length=1)]
    role: Role
    name: Word = ""
    email: Word = ""
    since: date | None = None


class Left(Body):
    model_config = example(last_day="2026-05-31")

    last_day: date | None = None


class Heirs(Body):
    """`successors`: codes. `routes`: id of a duty → code of who gets it; not needed for one successor."""

    model_config = example(successors=["hoa-sen"], since="2026-07-01")

    successors: Annotated[list[Word], Field(min_length=1, max_length=50)]
    since: date | None = None
    routes: Annotated[dict[int, Word], Field(max_length=5000, default_factory=dict)]


class Agreed(Sent):
    """`seen`: of the preview that somebody agreed to."""

    model_config = example(name="don-vi.xlsx", content="UEsDBBQABgAIAA==", seen="9f86d081884c7d65")

    seen: Annotated[str, Field(max_length=64)]


class Facts(Shown):
    code: str
    name: str
    short_names: list[str]
    kind: str
    level: str
    ownership: str
    valid_from: date | None
    valid_to: date | None


class Line(Facts):
    """`below`: how many units stand directly under it."""

    id: int
    below: int
    people: int


class Lines(BaseModel):
    """`next`: the cursor of the page that follows; none on the last."""

    items: list[Line]
    next: str | None


class Held(BaseModel):
    """One position; `id` ends it."""

    id: int
    person_id: int
    code: str
    name: str
    email: str
    role: Role
    valid_from: date | None
    valid_to: date | None
    active: bool


class OpenDuty(BaseModel):
    id: int
    title: str


class Whole(Facts):
    """The ETag of a unit is what If-Match takes."""

    id: int
    parent: str
    people: list[Held]
    open_work: int
    open_duties: list[OpenDuty]


class HeldBy(BaseModel):
    unit_id: int
    unit: str
    role: Role
    valid_from: date | None
    valid_to: date | None


class PersonShown(BaseModel):
    id: int
    code: str
    name: str
    email: str
    active: bool
    positions: list[HeldBy]


class HandedOver(Shown):
    """`merged`: work that ended because the successor owed the same already."""

    handed_over: int
    merged: int
    duties: int


class ChangeShown(Shown):
    """`fields`: name, before, after."""

    kind: str
    code: str
    name: str
    new: bool
    fields: list[tuple[str, str, str]]


class Planning(Shown):
    changes: list[ChangeShown]
    same: int
    seen: str


@router.get("/units")
def tree(
    at: Clerk,
    asked: AsLeafing,
    parent: Annotated[int | None, Query(ge=1, le=MOST)] = None,
    words: Annotated[str, Query(max_length=200)] = "",
) -> Lines:
    """Các đơn vị dưới một đơn vị; hoặc tìm theo tên, không cần dấu."""
    with at.works.db.read() as session:
        ask = partial(branches, session, at.today, parent, words_of(words))
        found, after = asked.rows(ask)
    items = [Line(id=one.id, below=one.below, people=one.people, **_facts(one.unit)) for one in found]
    return Lines(items=items, next=after)


@router.post("/units/import/preview")
def look(at: Clerk, sent: Sent) -> Planning:
    """Tệp Excel này sẽ đổi những gì; không lưu."""
    found = _tree(at, sent)
    with at.works.db.read() as session:
        return _planned(plan_tree(session, found.units, found.people))


@router.post("/units/import")
def apply(at: Clerk, agreed: Agreed) -> Planning:
    """Nhập đơn vị và người từ tệp Excel đã xem trước."""
    found = _tree(at, agreed)
    with at.works.db.transaction() as session:
        return _planned(import_tree(session, found.units, found.people, at.by, seen=agreed.seen))


@router.get("/units/{unit_id}")
def one(at: Clerk, unit_id: Id, answer: Response) -> Whole:
    """Một đơn vị với người và việc đang mở."""
    with at.works.db.read() as session:
        found = unit_page(session, unit_id)
        if found is None:
            raise NotFound(NOT_YOURS)
        tagged(answer, tag_of(shown(found.unit) + found.parent_code))
        return Whole(
            id=unit_id, parent=found.parent_code, open_work=found.open_work, **_facts(found.unit),
            open_duties=[OpenDuty(id=number, title=title) for number, title in found.open_duties],
            people=[
                Held(
                    id=held.id, person_id=held.person_id, code=held.code, name=held.person, email=held.email,
                    active=held.active, **_post(held.position),
                )
                for held in found.people
            ],
        )  # fmt: skip


@router.put("/units/{unit_id}")
def change(at: Clerk, unit_id: Id, unit: UnitSent, seen: SeenTag, answer: Response) -> Whole:
    """Sửa một đơn vị."""
    with at.works.db.read() as session:
        known = unit_page(session, unit_id)
        if known is None:
            raise NotFound(NOT_YOURS)
        was = shown(known.unit)
        unchanged(seen, was + known.parent_code)
    with unit.as_form() as form, at.works.db.transaction() as session:
        wanted = unit_of(at, known.unit, form)
        change_unit(session, unit_id, wanted, at.by, parent=unit.parent, seen=was)
    return one(at, unit_id, answer)


@router.post("/units/{unit_id}/people")
def put_in(at: Clerk, unit_id: Id, who: Appointed, answer: Response) -> Whole:
    """Giao chức vụ ở đơn vị cho một người."""
    with at.works.db.transaction() as session:
        appoint(
            session, unit_id, at.by, code=who.code.strip(), name=who.name.strip(), email=who.email.strip(),
            role=who.role, since=who.since,
        )  # fmt: skip
    return one(at, unit_id, answer)


@router.post("/positions/{position_id}/end")
def leave(at: Clerk, position_id: Id, left: Left, answer: Response) -> Whole:
    """Kết thúc một chức vụ."""
    with at.works.db.transaction() as session:
        row = end_position(session, position_id, at.by, last_day=left.last_day or at.today)
        unit_id = row.unit_id
    return one(at, unit_id, answer)


@router.post("/units/{unit_id}/hand-over")
def succeed(at: Clerk, unit_id: Id, heirs: Heirs) -> HandedOver:
    """Bàn giao việc đang mở cho đơn vị kế thừa."""
    with at.works.db.transaction() as session:
        by_code = heirs_of(session, heirs.successors, "successors")
        chosen = {duty: code.strip() for duty, code in heirs.routes.items()}
        if strange := sorted(set(chosen.values()) - set(by_code)):
            said = Sentence("Không phải đơn vị kế thừa đã nêu: {codes}.", codes=", ".join(strange))
            raise Faulty({"routes": said})
        routes = {duty: by_code[code] for duty, code in chosen.items()}
        plan = Succession(unit_id, list(by_code.values()), heirs.since or at.today, routes)
        return HandedOver.model_validate(hand_over_unit(session, plan, at.by, office=at.office))


@router.get("/people/{person_id}")
def person(at: Clerk, person_id: Id) -> PersonShown:
    """Một người với các chức vụ."""
    with at.works.db.read() as session:
        found = person_page(session, person_id)
        if found is None:
            raise NotFound(NOT_YOURS)
        who = found.person
        return PersonShown(
            id=person_id, code=who.code, name=who.name, email=who.email or "", active=who.active,
            positions=[
                HeldBy(unit_id=number, unit=unit, **_post(position)) for number, unit, position in found.held
            ],
        )  # fmt: skip


@router.post("/people/{person_id}/lock")
def lock(at: Clerk, person_id: Id, said: Why) -> PersonShown:
    """Khóa tài khoản của một người."""
    with at.works.db.transaction() as session:
        lock_person(session, person_id, at.by, reason=said.reason)
    return person(at, person_id)


@router.post("/people/{person_id}/unlock")
def unlock(at: Clerk, person_id: Id) -> PersonShown:
    """Mở khóa tài khoản của một người."""
    with at.works.db.transaction() as session:
        unlock_person(session, person_id, at.by, today=at.today)
    return person(at, person_id)


def _tree(at: Desk, sent: Sent) -> TreeSheet:
    """Raises 422 with every fault of the workbook: sheet, row, column."""
    try:
        with at.works.db.read() as session:
            found = tree_of(session, at.office, bytes_of(sent), sent.name)
    except IntakeError as error:
        raise Told(422, str(error)) from error
    if found.faults:
        places = (
            (fault, [fault.sheet, str(fault.row), fault.column]) for fault in found.faults[:MOST_FAULTS]
        )
        raise Faulty({" · ".join(place): fault.what for fault, place in places})
    return found


def _planned(planned: Planned) -> Planning:
    return Planning.model_validate(planned)


def _facts(unit: Any) -> dict[str, Any]:
    return {name: getattr(unit, name) for name in Facts.model_fields}


def _post(position: Any) -> dict[str, Any]:
    return {name: getattr(position, name) for name in ("role", "valid_from", "valid_to")}
