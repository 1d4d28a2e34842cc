"""Groups of units (Nhóm đơn vị): what a document calls many units, by what they are or by hand, and for how long."""

from collections.abc import Iterable
from typing import Annotated, Any

from fastapi import APIRouter, Depends
from fastapi.responses import RedirectResponse, Response
from sqlmodel import col, select

from actions.change_group import change_group, group_code
from actions.errors import Refused, Stale
from domain.fields import canonical
from domain.unit import UnitGroup
from store.tables import UnitRow
from web.desk import Desk, desk_for
from web.faults import Reading, Sent
from web.forms import Posted, Word, word
from web.policy import Act
from web.words import _

router = APIRouter()

Clerk = Annotated[Desk, Depends(desk_for(Act.DECIDE))]
HERE = "/nhom-don-vi"
FIELDS = {"names": "ten", "members": "gom", "valid_to": "den"}


@router.get(HERE)
def one(at: Clerk, ma: Word = "") -> Response:
    """`ma`: the group to change; what is none begins a new one."""
    return _page(at, known_group(at, ma))


@router.post(HERE)
def change(at: Clerk, form: Posted) -> Response:
    known = known_group(at, word(form, "ma"))
    try:
        if known and word(form, "da_xem") != group_facts(known):
            raise Stale
        group = kept_group(at, form, known)
    except Refused as refused:
        status = 409 if isinstance(refused, Stale) else 422
        return _page(at, known, status, Sent(form, refused, FIELDS), str(refused))
    return RedirectResponse(f"{HERE}?ma={group.code}", 303)


def kept_group(at: Desk, form: Posted, known: UnitGroup | None) -> UnitGroup:
    """What the form says of a new group, or of the one that was seen. Raises `Faulty`, `Refused`."""
    group = _asked(form, known)
    with at.works.db.transaction() as session:
        return change_group(session, group, at.by, seen=known)


def _asked(form: Posted, known: UnitGroup | None) -> UnitGroup:
    read = Reading(form)
    names = _parts(form.getlist("ten"))
    if not names:
        read.wrong("ten", _("Hãy ghi tên gọi của nhóm."))
    first, last = read.day("tu"), read.day("den")
    members = _parts(form.getlist("gom"))
    ruled = [tuple(str(one) for one in form.getlist(name) if one) for name in ("loai", "cap", "so_huu")]
    if not members and not any(ruled):
        read.wrong("gom", _("Hãy chọn loại đơn vị, hoặc ghi mã từng đơn vị."))
    read.done()
    return UnitGroup(
        code=known.code if known else group_code(names[0]), names=names, kinds=ruled[0], levels=ruled[1],
        ownerships=ruled[2], members=members, valid_from=first, valid_to=last,
    )  # fmt: skip


def _parts(typed: Iterable[Any]) -> tuple[str, ...]:
    words = (one for lines in typed for one in str(lines).replace("\n", ";").split(";"))
    return tuple(dict.fromkeys(one.strip() for one in words if one.strip()))


def known_group(at: Desk, code: str) -> UnitGroup | None:
    return next((one for one in at.office.groups if one.code == code), None)


def group_facts(group: UnitGroup | None) -> str:
    """Another text for another group: what somebody has seen."""
    return canonical(group.model_dump(mode="json")) if group else ""


def _page(
    at: Desk, known: UnitGroup | None, status: int = 200, sent: Any = None, refusal: str = ""
) -> Response:
    with at.works.db.read() as session:
        units = session.exec(select(UnitRow).order_by(col(UnitRow.name))).all()
        return at.page(
            "office/group.html", status, group=known, seen=group_facts(known), sent=sent or {}, refusal=refusal,
            held=[unit for unit in units if known and known.holds(unit) and unit.valid_on(at.today)],
            kinds=_words(at, (u.kind for u in units)), levels=_words(at, (u.level for u in units)),
            ownerships=_words(at, (u.ownership for u in units)),
        )  # fmt: skip


def _words(at: Desk, codes: Iterable[str]) -> list[tuple[str, str]]:
    return [(code, at.office.label(code)) for code in sorted(set(codes) - {""})]
