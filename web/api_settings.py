"""The API of what the office decides once for many duties: calendar, ladders, groups of units, situations, bans."""

from collections.abc import Sequence
from datetime import date, time
from typing import Annotated

from fastapi import Query, Response
from pydantic import BaseModel, Field

from actions.bans import forbid
from actions.change_ladder import change_ladder, preview_ladder
from actions.declare import declare
from actions.errors import NotFound
from actions.reproject import Moved
from domain.escalation import Rung
from domain.ladders import Sort, say
from domain.scenario import Ban, Stance
from domain.unit import Role, UnitGroup
from domain.workdays import Kind, Status
from store.office import load_calendar
from store.questions.situations import situations
from web.api import (
    Body,
    Clerk,
    Clock,
    ForClerk,
    Reason,
    SeenTag,
    Shown,
    Typed,
    Word,
    api_router,
    example,
    tag_of,
    tagged,
    unchanged,
)
from web.desk import NOT_YOURS, Desk
from web.errors import Told
from web.office_calendar import FIRST_YEAR, LAST_YEAR, Change, moves_seen
from web.office_groups import group_facts, kept_group, known_group
from web.office_ladders import REACHED, ROWS
from web.words import _

router = api_router("settings")

Codes = Annotated[list[Word], Field(max_length=500)]


# --- groups -----------------------------------------------------------------------------------------------


class Group(Typed):
    """By what the units are, or by hand (`members`: codes of units)."""

    model_config = example(names=["các trường tiểu học"], kinds=["truong"], levels=["tieu-hoc"])

    names: Annotated[Codes, Field(serialization_alias="ten")]
    kinds: Annotated[Codes, Field(serialization_alias="loai", default_factory=list)]
    levels: Annotated[Codes, Field(serialization_alias="cap", default_factory=list)]
    ownerships: Annotated[Codes, Field(serialization_alias="so_huu", default_factory=list)]
    members: Annotated[Codes, Field(serialization_alias="gom", default_factory=list)]
    valid_from: Annotated[date | None, Field(serialization_alias="tu")] = None
    valid_to: Annotated[date | None, Field(serialization_alias="den")] = None


class GroupShown(Shown):
    """`tag`: what If-Match takes."""

    code: str
    names: tuple[str, ...]
    kinds: tuple[str, ...]
    levels: tuple[str, ...]
    ownerships: tuple[str, ...]
    members: tuple[str, ...]
    valid_from: date | None
    valid_to: date | None
    tag: str


@router.get("/groups")
def groups(at: Clerk) -> list[GroupShown]:
    """Các nhóm đơn vị."""
    return [_group(one) for one in at.office.groups]


@router.post("/groups", status_code=201)
def new_group(at: Clerk, group: Group) -> GroupShown:
    """Đặt một nhóm đơn vị mới."""
    with group.as_form() as form:
        return _group(kept_group(at, form, None))


@router.put("/groups/{group_code}")
def change_one(at: Clerk, group_code: str, group: Group, seen: SeenTag) -> GroupShown:
    """Sửa một nhóm đơn vị."""
    known = known_group(at, group_code)
    if known is None:
        raise NotFound(NOT_YOURS)
    unchanged(seen, group_facts(known))
    with group.as_form() as form:
        return _group(kept_group(at, form, known))


def _group(group: UnitGroup) -> GroupShown:
    return GroupShown(**group.model_dump(), tag=tag_of(group_facts(group)))


# --- ladders ----------------------------------------------------------------------------------------------


class RungSent(Body):
    """`offset`: working days from the deadline; `binding` false: only told (để biết)."""

    offset: Annotated[int, Field(ge=-250, le=250)]
    to: Annotated[list[Role], Field(min_length=1, max_length=len(REACHED))]
    binding: bool = True


class LadderSent(Body):
    model_config = example(
        at="08:00:00", rungs=[{"offset": -3, "to": ["officer"]}, {"offset": 1, "to": ["officer", "head"]}]
    )

    at: Clock
    rungs: Annotated[list[RungSent], Field(max_length=ROWS)]

    def steps(self) -> list[Rung]:
        """Raises 422 for somebody no ladder reaches."""
        if {role for one in self.rungs for role in one.to} - set(REACHED):
            raise Told(422, _("Thang nhắc chỉ đến được người phụ trách, thủ trưởng và lãnh đạo."))
        return [Rung(offset=one.offset, to=tuple(one.to), binding=one.binding) for one in self.rungs]


class LadderShown(BaseModel):
    """`said`: the ladder in words; `own`: the office has changed it; `tag`: what If-Match takes."""

    sort: Sort
    at: time
    rungs: list[Rung]
    said: str
    own: bool
    tag: str


class Sentence(BaseModel):
    said: str


@router.get("/ladders")
def ladders(at: Clerk) -> list[LadderShown]:
    """Thang nhắc của từng loại nhiệm vụ."""
    return [_ladder(at, sort) for sort in Sort]


@router.post("/ladders/{sort}/preview", dependencies=[ForClerk])
def look_at_ladder(sort: Sort, ladder: LadderSent) -> Sentence:
    """Thang nhắc này nghĩa là gì; không lưu."""
    return Sentence(said=preview_ladder(sort, ladder.steps(), ladder.at)[1])


@router.put("/ladders/{sort}")
def change_the_ladder(at: Clerk, sort: Sort, ladder: LadderSent, seen: SeenTag) -> LadderShown:
    """Đổi thang nhắc cho nhiệm vụ giao từ nay."""
    was = say(at.office.ladder_for(sort))
    unchanged(seen, was)
    with at.works.db.transaction() as session:
        made = change_ladder(session, sort, at.by, rungs=ladder.steps(), at=ladder.at, seen=was)
    said = say(made)
    return LadderShown(sort=sort, at=made.at, rungs=list(made.rungs), said=said, own=True, tag=tag_of(said))


def _ladder(at: Desk, sort: Sort) -> LadderShown:
    one = at.office.ladder_for(sort)
    said = say(one)
    return LadderShown(
        sort=sort, at=one.at, rungs=list(one.rungs), said=said, own=sort in at.office.ladders, tag=tag_of(said)
    )  # fmt: skip


# --- calendar ---------------------------------------------------------------------------------------------


class Days(Typed):
    """Days off or worked, from `first` to `last`; or the frame of a school year. `unit`: code, for days of one
    unit's own. `source`: the document that says so."""

    model_config = example(
        first="2026-02-13", last="2026-02-22", kind="off", reason="Nghỉ Tết Nguyên đán", source="CV 12/UBND"
    )

    source: Annotated[Word, Field(serialization_alias="nguon")]
    first: Annotated[date | None, Field(serialization_alias="tu_ngay")] = None
    last: Annotated[date | None, Field(serialization_alias="den_ngay")] = None
    kind: Annotated[Kind, Field(serialization_alias="loai")] = "off"
    status: Annotated[Status, Field(serialization_alias="muc")] = "official"
    reason: Annotated[Word, Field(serialization_alias="ly_do")] = ""
    unit: Annotated[Word, Field(serialization_alias="don_vi")] = ""
    school_year: Annotated[int | None, Field(serialization_alias="nam_hoc", ge=FIRST_YEAR, le=LAST_YEAR)] = (
        None
    )
    first_semester_ends: Annotated[date | None, Field(serialization_alias="hoc_ky_1")] = None
    school_year_ends: Annotated[date | None, Field(serialization_alias="ket_thuc")] = None


class MovedShown(Shown):
    """`new` None: by the new calendar nothing is due, and a person has to decide."""

    duty: str
    period: str
    old: date
    new: date | None
    assignments: int
    unit: str


class DayShown(Shown):
    day: date
    reason: str


@router.get("/calendar")
def days_off(
    at: Clerk, year: Annotated[int | None, Query(ge=FIRST_YEAR, le=LAST_YEAR)] = None
) -> list[DayShown]:
    """Ngày nghỉ của cơ quan trong một năm (năm nay), ngoài ngày cuối tuần."""
    year = year or at.today.year
    with at.works.db.read() as session:
        calendar = load_calendar(session, at.office.calendar)
    found = calendar.off_between(date(year, 1, 1), date(year, 12, 31))
    return [DayShown.model_validate(one) for one in found]


@router.post("/calendar/preview")
def look_at_days(at: Clerk, days: Days, answer: Response) -> list[MovedShown]:
    """Đổi lịch như thế thì hạn nào chuyển; không lưu.

    ETag của trả lời là If-Match khi lưu."""
    with days.as_form() as form:
        moved = Change.of(at, form).tried(at)
    tagged(answer, tag_of(moves_seen(moved)))
    return _moves(moved)


@router.post("/calendar")
def change_days(at: Clerk, days: Days, seen: SeenTag) -> list[MovedShown]:
    """Đổi lịch, chuyển các hạn đã báo trước khi lưu.

    If-Match là ETag của lần xem trước: hạn sẽ chuyển đã khác thì không lưu (412)."""
    with days.as_form() as form:
        wanted = Change.of(at, form)
    unchanged(seen, moves_seen(wanted.tried(at)))
    return _moves(wanted.made(at))


def _moves(moved: Sequence[Moved]) -> list[MovedShown]:
    return [MovedShown.model_validate(one) for one in moved]


# --- situations -------------------------------------------------------------------------------------------


class DeclarationSent(Body):
    model_config = example(name="Dịch bệnh", state="phức tạp", since="2026-03-01", reason="CV 30/SYT")

    name: Annotated[Word, Field(min_length=1)]
    state: Annotated[Word, Field(min_length=1)]
    reason: Reason
    since: date | None = None


class BanSent(Body):
    """`words`: the directive's. An empty list is any unit."""

    model_config = example(
        name="Dịch bệnh", state="phức tạp", words="Không dạy trực tuyến đối với mầm non", levels=["mam-non"]
    )

    name: Annotated[Word, Field(min_length=1)]
    state: Annotated[Word, Field(min_length=1)]
    words: Reason
    source: Word = ""
    kinds: Annotated[Codes, Field(default_factory=list)]
    levels: Annotated[Codes, Field(default_factory=list)]
    ownerships: Annotated[Codes, Field(default_factory=list)]
    stance: Stance = Stance.REFUSE


class DeclarationShown(Shown):
    state: str
    since: date
    reason: str


class BanShown(Shown):
    state: str
    words: str
    source: str
    stance: Stance


class SituationShown(Shown):
    name: str
    now: str | None
    history: list[DeclarationShown]
    bans: list[BanShown]


@router.get("/situations")
def every_situation(at: Clerk) -> list[SituationShown]:
    """Các tình huống, mức đang công bố và điều cấm."""
    with at.works.db.read() as session:
        return [SituationShown.model_validate(one) for one in situations(session)]


@router.post("/situations")
def declare_one(at: Clerk, said: DeclarationSent) -> list[SituationShown]:
    """Công bố mức của một tình huống: nhiệm vụ gắn với mức ấy được đánh thức, nhiệm vụ khác nghỉ."""
    with at.works.db.transaction() as session:
        declare(
            session, said.name.strip(), said.state.strip(), at.by, since=said.since or at.today,
            reason=said.reason.strip(), office=at.office,
            calendar=load_calendar(session, at.office.calendar),
        )  # fmt: skip
    return every_situation(at)


@router.post("/bans")
def enter_ban(at: Clerk, ban: BanSent) -> list[SituationShown]:
    """Nhập một điều cấm, mạnh hơn mọi công bố."""
    with at.works.db.transaction() as session:
        forbid(session, Ban(**ban.model_dump()), at.by)
    return every_situation(at)
