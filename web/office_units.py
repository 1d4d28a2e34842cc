"""The tree of units (Đơn vị): a level at a time, one unit with its people, succession; the workbook that fills it."""

from collections.abc import Iterable, Mapping
from datetime import timedelta
from functools import partial
from types import MappingProxyType
from typing import Annotated, Any

from fastapi import APIRouter, Depends
from fastapi.responses import RedirectResponse, Response
from sqlmodel import Session, col, select

from actions.change_unit import appoint, change_unit, end_position, shown
from actions.errors import NotFound, Refused, Stale
from actions.hand_over import Succession, duties_to_route, hand_over_unit
from actions.import_tree import import_tree, plan_tree
from domain.ladders import ROLES
from domain.office import Office
from domain.sentence import Sentence
from domain.unit import Role, Unit
from intake.refusal import IntakeError
from intake.tree_sheet import TreeSheet, read_tree
from reports.tree_workbook import tree_workbook
from store.questions.turn import Turn
from store.questions.units import PAGE, branches, tree_lines, unit_page
from store.search import words_of
from store.tables import PositionRow, UnitRow
from store.tree import names
from web.days import day_of
from web.desk import NOT_YOURS, Desk, desk_for
from web.faults import Faulty, Reading, Sent
from web.forms import Files, Id, Posted, Word, word
from web.leaves import FIRST, AsLeafing, Leafing, leaf
from web.named_units import codes_of, known_codes, offered, one_code
from web.policy import Act
from web.words import _

router = APIRouter()

Clerk = Annotated[Desk, Depends(desk_for(Act.DECIDE))]
FIELDS = {"name": "ho_ten", "email": "thu", "parent": "cap_tren", "last_day": "den"}
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@router.get("/don-vi")
def tree(at: Clerk, asked: AsLeafing, tim: Word = "") -> Response:
    """Where all stand under one, what stands under it is the list."""
    words = words_of(tim)
    with at.works.db.read() as session:
        tops = [] if words else branches(session, at.today, None, [], Turn(most=2))
        root = tops[0] if len(tops) == 1 and tops[0].below else None
        ask = partial(branches, session, at.today, root.id if root else None, words)
        return at.page(
            "office/units.html", leaf=leaf(asked, PAGE, ask), root=root,
            tim=tim.strip(), groups=at.office.groups,
        )  # fmt: skip


# --- the workbook -----------------------------------------------------------------------------------------


@router.get("/don-vi/mau.xlsx")
def sample(at: Clerk) -> Response:
    """The office's own units and people as the workbook says them: to correct, to add to, and to bring back."""
    with at.works.db.read() as session:
        units, people = tree_lines(session)
    worded = [(*line[:3], *(at.office.label(str(code)) for code in line[3:6]), *line[6:]) for line in units]
    said = [(*line[:4], ROLES[Role(str(line[4]))], *line[5:]) for line in people]
    data = tree_workbook(
        worded, said, list(ROLES.values()), at.now.astimezone(at.office.tz).replace(tzinfo=None)
    )
    return Response(
        data, media_type=XLSX, headers={"Content-Disposition": 'attachment; filename="don-vi-va-nguoi.xlsx"'}
    )


@router.get("/don-vi/nhap")
def ask(at: Clerk) -> Response:
    return at.page("office/units_import.html")


@router.post("/don-vi/nhap")
def look(at: Clerk, files: Files) -> Response:
    """What the workbook would change; it is kept under its hash until somebody says yes."""
    if len(files) != 1:
        return at.page("office/units_import.html", 422, refusal=_("Hãy chọn một tệp."))
    sent = files[0]
    try:
        with at.works.db.read() as session:
            found = tree_of(session, at.office, sent.data, sent.name)
            if found.faults:
                return at.page("office/units_import.html", 422, name=sent.name, faults=found.faults)
            planned = plan_tree(session, found.units, found.people)
    except IntakeError as refusal:
        return at.page("office/units_import.html", 422, refusal=str(refusal))
    kept = at.works.evidence.put(sent.data, sent.name)
    return at.page("office/units_import.html", name=sent.name, planned=planned, kept=kept.sha256)


@router.post("/don-vi/nhap/ap-dung")
def apply(at: Clerk, form: Posted) -> Response:
    kept, name = word(form, "tep"), word(form, "ten")
    try:
        if len(kept) != 64 or not kept.isalnum():
            raise FileNotFoundError(kept)
        data = at.works.evidence.get(kept)
        with at.works.db.transaction() as session:
            found = tree_of(session, at.office, data, name)
            if found.faults:
                return at.page("office/units_import.html", 409, name=name, faults=found.faults)
            import_tree(session, found.units, found.people, at.by, seen=word(form, "da_xem"))
    except (FileNotFoundError, IntakeError):
        return at.page("office/units_import.html", 409, refusal=_("Tệp không còn. Hãy chọn lại tệp."))
    except Stale:
        with at.works.db.read() as session:
            planned = plan_tree(session, found.units, found.people)
        return at.page(
            "office/units_import.html", 409, name=name, planned=planned, kept=kept,
            refusal=_("Dữ liệu vừa được người khác thay đổi. Hãy xem lại các thay đổi dưới đây."),
        )  # fmt: skip
    return RedirectResponse("/don-vi", 303)


def tree_of(session: Session, office: Office, data: bytes, name: str) -> TreeSheet:
    """Kinds, levels and ownerships stand in the workbook as people call them."""
    units = session.exec(select(UnitRow)).all()
    codes = {unit.id: unit.code for unit in units}
    known = {unit.code: unit for unit in units}
    found = read_tree(data, name, {unit.code: codes.get(unit.parent_id or 0, "") for unit in units})
    for line in found.units:
        for one in ("kind", "level", "ownership"):
            stored = getattr(known.get(line.unit.code), one, "")
            setattr(line.unit, one, kept_or_coded(office, getattr(line.unit, one), stored))
    return found


def kept_or_coded(office: Office, said: str, stored: str) -> str:
    """What is stored for a kind, level or ownership. One that is called as before stays as it is: an office may store
    the very word that a pack of rules has a code for."""
    return stored if said == office.label(stored) else office.code_of(said)


# --- one unit ---------------------------------------------------------------------------------------------


@router.get("/don-vi/{unit_id}")
def one(at: Clerk, unit_id: Id, asked: AsLeafing) -> Response:
    return _page(at, unit_id, asked=asked)


@router.post("/don-vi/{unit_id}")
def change(at: Clerk, unit_id: Id, form: Posted) -> Response:
    with at.works.db.read() as session:
        row = _unit(session, unit_id)
        above = session.get(UnitRow, row.parent_id) if row.parent_id else None
        moved = "" if above and above.name == word(form, "cap_tren") else word(form, "cap_tren")
    try:
        unit = unit_of(at, row, form)
        with at.works.db.transaction() as session:
            parent = one_code(session, at, moved, "cap_tren")
            change_unit(session, unit_id, unit, at.by, parent=parent, seen=word(form, "da_xem"))
    except Refused as refused:
        return _refused(at, unit_id, "sua", form, refused)
    return RedirectResponse(f"/don-vi/{unit_id}", 303)


def unit_of(at: Desk, known: Unit, form: Posted) -> Unit:
    """The unit as the form says it. Raises `Faulty`."""
    read = Reading(form)
    name = read.word("ten", _("Hãy ghi tên đơn vị."))
    first, last = read.day("hoat_dong_tu"), read.day("den")
    if first and last and last < first:
        read.wrong("den", _("Ngày kết thúc phải từ ngày bắt đầu trở đi."))
    read.done()
    others = (part.strip() for typed in form.getlist("ten_khac") for part in str(typed).split(";"))
    coded = partial(kept_or_coded, at.office)
    return Unit(
        code=known.code, name=name, kind=coded(word(form, "loai"), known.kind), valid_from=first, valid_to=last,
        level=coded(word(form, "cap_hoc"), known.level), ownership=coded(word(form, "so_huu"), known.ownership),
        short_names=[part for part in others if part],
    )  # fmt: skip


@router.post("/don-vi/{unit_id}/nguoi")
def put_in(at: Clerk, unit_id: Id, form: Posted) -> Response:
    try:
        read = Reading(form)
        code, role = read.word("ma", _("Hãy ghi mã người, như nguyen-van-an.")), word(form, "chuc_vu")
        if role not in set(Role):
            read.wrong("chuc_vu", _("Hãy chọn chức vụ."))
        since = read.day("tu")
        read.done()
        with at.works.db.transaction() as session:
            appoint(
                session, unit_id, at.by, code=code, name=word(form, "ho_ten"), email=word(form, "thu"),
                role=Role(role), since=since,
            )  # fmt: skip
    except Refused as refused:
        return _refused(at, unit_id, "nguoi", form, refused)
    return RedirectResponse(f"/don-vi/{unit_id}", 303)


@router.post("/chuc-vu/{position_id}/ket-thuc")
def leave(at: Clerk, position_id: Id, form: Posted) -> Response:
    with at.works.db.read() as session:
        position = session.get(PositionRow, position_id)
        if position is None:
            raise NotFound(NOT_YOURS)
        unit_id = position.unit_id
    try:
        with at.works.db.transaction() as session:
            last = day_of(word(form, "den")) if word(form, "den") else at.today
            end_position(session, position_id, at.by, last_day=last)
    except Refused as refused:
        return _refused(at, unit_id, f"chuc-vu-{position_id}", form, refused)
    return RedirectResponse(f"/don-vi/{unit_id}", 303)


@router.post("/don-vi/{unit_id}/ban-giao")
def succeed(at: Clerk, unit_id: Id, form: Posted) -> Response:
    """Open work goes to the successors, each piece with its receipt. Where several were named, who gets which duty is
    asked before anything happens: `nhan-<duty>`, the code of one of them."""
    asked: dict[int, str] = {}
    try:
        read = Reading(form)
        since, named = read.day("tu_ngay") or at.today, read.word("ke_thua", _("Hãy chọn đơn vị kế thừa."))
        read.done()
        with at.works.db.transaction() as session:
            _unit(session, unit_id)
            heirs = heirs_of(session, known_codes(session, at, named, "ke_thua"), "ke_thua")
            if len(heirs) > 1:
                asked = duties_to_route(session, unit_id, since)
            for duty_id, title in asked.items():
                if word(form, f"nhan-{duty_id}") not in heirs:
                    read.wrong(
                        f"nhan-{duty_id}", Sentence("Hãy chọn đơn vị nhận việc “{title}”.", title=title)
                    )
            read.done()
            routes = {duty_id: heirs[word(form, f"nhan-{duty_id}")] for duty_id in asked}
            plan = Succession(unit_id, list(heirs.values()), since, routes)
            hand_over_unit(session, plan, at.by, office=at.office)
    except Refused as refused:
        return _refused(at, unit_id, "ban-giao", form, refused, asked)
    return RedirectResponse(f"/don-vi/{unit_id}", 303)


def heirs_of(session: Session, codes: Iterable[str], field: str) -> Mapping[str, int]:
    """Ids of the successors by their codes. Raises `Faulty` for a code nobody has."""
    wanted = {code.strip() for code in codes if code.strip()}
    found = session.exec(select(UnitRow).where(col(UnitRow.code).in_(wanted)).order_by(col(UnitRow.id))).all()
    if unknown := sorted(wanted - {heir.code for heir in found}):
        raise Faulty({field: _("Không có đơn vị nào mang mã: ") + ", ".join(unknown)})
    return {heir.code: heir.id for heir in found}


def _unit(session: Session, unit_id: int) -> UnitRow:
    row = session.get(UnitRow, unit_id)
    if row is None:
        raise NotFound(NOT_YOURS)
    return row


def _refused(
    at: Desk, unit_id: int, where: str, form: Any, refused: Refused, routed: Mapping[int, str] | None = None
) -> Response:
    """The page again with what was typed; 409 where somebody else was first."""
    status = 409 if isinstance(refused, Stale) else 422
    return _page(at, unit_id, status, where, Sent(form, refused, FIELDS), str(refused), routed or {})


def _page(
    at: Desk,
    unit_id: int,
    status: int = 200,
    where: str = "",
    sent: dict[str, str] | None = None,
    refusal: str = "",
    routed: Mapping[int, str] = MappingProxyType({}),
    asked: Leafing = FIRST,
) -> Response:
    """`routed`: duties, by id, of which one of the several successors named is to be chosen."""
    with at.works.db.read() as session:
        found = unit_page(session, unit_id)
        if found is None:
            raise NotFound(NOT_YOURS)
        heirs = codes_of(session, at, sent["ke_thua"]) if routed and sent else ()
        known = names(session).by_code if heirs else {}
        return at.page(
            "office/unit.html", status, found=found, seen=shown(found.unit), roles=ROLES,
            leaf=leaf(asked, PAGE, partial(branches, session, at.today, unit_id, [])), where=where, sent=sent or {},
            refusal=refusal, yesterday=at.today - timedelta(days=1), offered_names=offered(session, at),
            routed=routed, heirs=[(code, known[code]) for code in heirs],
        )  # fmt: skip
