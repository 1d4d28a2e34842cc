"""The target ledger (Chỉ tiêu): every target with how it stands, and one with its path, table, units and sources."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends
from fastapi.responses import RedirectResponse, Response
from markupsafe import Markup
from sqlmodel import Session, col, select

from actions.define_measure import define_measure
from actions.errors import NotFound, Refused
from actions.report_figure import report_figure
from actions.set_target import set_target
from domain.folding import fold
from domain.measure import Count
from domain.sentence import Sentence
from domain.target import AIMS, say_wanted
from domain.target_standing import baseline, standing
from domain.wording import say_day
from reports.target_chart import chart, rows
from store.questions.ledger import Line, by_unit, ledger
from store.questions.rule_results import unit_words
from store.tables import UnitRow
from web.desk import NOT_YOURS, Desk, desk_for
from web.faults import Reading, Sent
from web.forms import Id, Posted, word
from web.policy import Act
from web.target_form import COMPARATORS, by_class, figure, target_of
from web.words import _

router = APIRouter()

Reader = Annotated[Desk, Depends(desk_for(Act.SEE_BOARD))]
Clerk = Annotated[Desk, Depends(desk_for(Act.DECIDE))]
FIELDS = {"period": "ky", "amount": "so", "faults": "trong_do"}
"""Where stands what the action calls so."""
ASKED = ("comparator", "value", "upper", "each", "path", "last", "against")
"""What makes two targets of one code different."""


@router.get("/chi-tieu")
def all_targets(at: Reader) -> Response:
    with at.works.db.read() as session:
        return at.page(
            "compliance/targets.html", lines=[_said(at, line) for line in ledger(session, _scope(at))]
        )


@router.get("/chi-tieu/moi")
def ask(at: Clerk) -> Response:
    with at.works.db.read() as session:
        return _ask(at, session, {})


@router.post("/chi-tieu/moi")
def set_one(at: Clerk, form: Posted) -> Response:
    try:
        target_id = kept_target(at, form)
    except Refused as refused:
        with at.works.db.read() as session:
            return _ask(at, session, Sent(form, refused), str(refused))
    return RedirectResponse(f"/chi-tieu/{target_id}", 303)


def kept_target(at: Desk, form: Posted) -> int:
    """The office's new target, as the form says it. Raises `Refused`."""
    measure, target = target_of(form, at.now, at.viewer.code)
    with at.works.db.transaction() as session:
        unit = session.exec(select(UnitRow).where(col(UnitRow.code) == at.office.unit)).one()
        kept = set_target(session, define_measure(session, measure, at.by), unit.id, target, at.by)
        if any(getattr(kept, said) != getattr(target, said) for said in ASKED):
            raise Refused("Chỉ tiêu này đã có trong sổ từ {day} với mức khác.", day=say_day(kept.first))
        return kept.id


@router.get("/chi-tieu/{target_id}")
def one(at: Reader, target_id: Id) -> Response:
    with at.works.db.read() as session:
        return _page(at, session, target_id)


@router.post("/chi-tieu/{target_id}/so-lieu")
def report(at: Clerk, target_id: Id, form: Posted) -> Response:
    """One figure: plain, or numerator and denominator; a breakdown a line ("tiểu học: 12")."""
    try:
        with at.works.db.transaction() as session:
            line = target_line(at, session, target_id)
            read = Reading(form)
            read.word("ky", Sentence("Hãy ghi kỳ của số liệu."))
            source = read.word("nguon", Sentence("Hãy ghi nguồn: văn bản, mục có số liệu này."))
            parts = by_class(read, "trong_do")
            read.done()
            report_figure(
                session,
                line.measure,
                unit_named(session, word(form, "don_vi"), line),
                _count(form, parts),
                at.by,
                source=source,
            )
    except Refused as refused:
        with at.works.db.read() as session:
            return _page(at, session, target_id, Sent(form, refused, FIELDS), str(refused))
    return RedirectResponse(f"/chi-tieu/{target_id}", 303)


def _scope(at: Desk) -> Any:
    return at.scope(Act.SEE_BOARD)


def _said(at: Desk, line: Line) -> dict[str, Any]:
    """One target as people read it."""
    terms = line.target.terms(line.measure.unit)
    return {
        "id": line.target.id,
        "target": line.target,
        "measure": line.measure,
        "wanted": say_wanted(terms, *terms.wanted_on(at.today)),
        "aim": AIMS[line.target.aim],
        "path": terms.path,
        "baseline": baseline(terms, line.counts),
        "standing": standing(terms, line.counts, at.today, line.others),
    }


def target_line(at: Desk, session: Session, target_id: int) -> Line:
    found = ledger(session, _scope(at), target_id)
    if not found:
        raise NotFound(NOT_YOURS)
    return found[0]


def _page(at: Desk, session: Session, target_id: int, sent: Any = None, refusal: str = "") -> Response:
    line = target_line(at, session, target_id)
    terms = line.target.terms(line.measure.unit)
    newest = max(line.counts, key=lambda count: count.ends_on, default=None)
    return at.page(
        "compliance/target.html",
        422 if refusal else 200,
        **_said(at, line),
        drawing=Markup(chart(line.measure, terms, line.counts)) if line.counts else "",  # noqa: S704 (our own SVG)
        rows=rows(terms, line.counts),
        newest=newest,
        units=by_unit(session, line.measure, newest.period, _scope(at)) if newest else [],
        names=session.exec(select(UnitRow.code, UnitRow.name).order_by(col(UnitRow.name))).all(),
        sent=sent or {},
        refusal=refusal,
    )


def unit_named(session: Session, code: str, line: Line) -> int:
    """Without a code the unit the target is set for. Raises `Refused`."""
    if not code:
        return line.target.unit_id
    found = session.exec(select(UnitRow.id).where(col(UnitRow.code) == code)).first()
    if found is None:
        raise Refused(_("Không có đơn vị này."))
    return found


def _count(form: Posted, parts: dict[str, str]) -> Count:
    ranked = word(form, "tong_hang")
    return Count(
        period=word(form, "ky"),
        value=figure(word(form, "so")),
        numerator=figure(word(form, "tu_so")),
        denominator=figure(word(form, "mau_so")),
        parts=parts,
        of=int(ranked) if ranked.isdecimal() and len(ranked) < 7 else None,
    )


def _ask(at: Desk, session: Session, sent: Any, refusal: str = "") -> Response:
    found = {word for words in unit_words(session).values() for word in words}
    classes = sorted(((one, _(at.office.label(one))) for one in found), key=lambda one: fold(one[1]))
    return at.page(
        "compliance/new_target.html", 422 if refusal else 200,
        sent=sent, refusal=refusal, aims=AIMS, comparators=COMPARATORS, classes=classes,
    )  # fmt: skip
