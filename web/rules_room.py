"""Rules (Quy tắc): what is in force and what it found, each rule's versions, and the form to write one in."""

from dataclasses import replace
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Form
from fastapi.responses import RedirectResponse, Response
from sqlmodel import Session

from actions.errors import NotFound, Refused, Stale
from actions.publish_rule import objections, publish_rule
from actions.what_if import WhatIf, what_if
from domain.sentence import Sentence
from rules.in_words import in_words
from rules.own_rule import OwnText, as_form, form_of
from rules.pack import Pack
from rules.rows import JOINS, RELATIONS
from rules.rule import Rule
from store.questions.own_rules import current_rules, names_of_publishers, versions_of
from store.questions.rule_results import judged_periods, not_met, outcomes, reported_periods, unit_words
from store.questions.watched import lists_of
from web.desk import Desk, desk_for
from web.forms import Posted
from web.policy import Act
from web.rules_form import CONSEQUENCES, GROUPS, SEVERITIES, Written, opened, options, sent
from web.words import _

router = APIRouter()

Clerk = Annotated[Desk, Depends(desk_for(Act.DECIDE))]
GONE = Sentence("Không có bộ quy tắc hoặc quy tắc này.")
WORDS: dict[str, Any] = {"severities": SEVERITIES, "consequences": CONSEQUENCES}


@router.get("/quy-tac")
def all_rules(at: Clerk) -> Response:
    with at.works.db.read() as session:
        packs = at.works.packs_in_force(session)
        periods = {key: next(iter(reported_periods(session, key)), "") for key in packs}
        return at.page(
            "rules/list.html",
            packs=sorted(packs.values(), key=lambda pack: (not periods[pack.id], pack.title)),
            periods=periods,
            found={key: outcomes(session, key, period) for key, period in periods.items() if period},
            own={(row.pack, row.rule_id): row for row in current_rules(session)},
            **WORDS,
        )


@router.get("/quy-tac/{pack_id}/moi")
def new_rule(at: Clerk, pack_id: str) -> Response:
    with at.works.db.read() as session:
        pack = _pack(at, session, pack_id)
        return _form(at, session, pack, "", opened(OwnText(document=pack.document), pack))


@router.post("/quy-tac/{pack_id}/moi")
def write_new(at: Clerk, pack_id: str, form: Posted) -> Response:
    return _written(at, pack_id, "", form)


@router.get("/quy-tac/{pack_id}/{rule_id}")
def one_rule(at: Clerk, pack_id: str, rule_id: str) -> Response:
    with at.works.db.read() as session:
        pack = _pack(at, session, pack_id)
        rule = _rule(pack, rule_id)
        judged = judged_periods(session, pack_id, rule_id)
        return at.page(
            "rules/rule.html",
            pack=pack,
            rule=rule,
            said={
                "check": in_words(rule.check_text, pack.vocabulary, at.office.label),
                "scope": in_words(rule.scope_text, pack.vocabulary, at.office.label),
            },
            versions=list(reversed(versions_of(session, pack_id, rule_id))),
            names=names_of_publishers(session, pack_id, rule_id),
            judged=judged,
            failing=not_met(session, pack_id, rule_id, judged[0].period) if judged else [],
            **WORDS,
        )


@router.get("/quy-tac/{pack_id}/{rule_id}/sua")
def edit(at: Clerk, pack_id: str, rule_id: str) -> Response:
    with at.works.db.read() as session:
        pack = _pack(at, session, pack_id)
        return _form(at, session, pack, rule_id, opened(_as_published(session, pack, rule_id), pack))


@router.post("/quy-tac/{pack_id}/{rule_id}/sua")
def write(at: Clerk, pack_id: str, rule_id: str, form: Posted) -> Response:
    return _written(at, pack_id, rule_id, form)


@router.post("/quy-tac/{pack_id}/{rule_id}/tat")
def switch(
    at: Clerk, pack_id: str, rule_id: str, ly_do: Annotated[str, Form(max_length=500)] = ""
) -> Response:
    switched(at, pack_id, rule_id, ly_do)
    return RedirectResponse(f"/quy-tac/{pack_id}/{rule_id}", 303)


def switched(at: Desk, pack_id: str, rule_id: str, reason: str) -> None:
    """Off with a reason; a rule that is off comes on again. Either is a new version. Raises `NotFound`, `Refused`."""
    with at.works.db.transaction() as session:
        pack = _pack(at, session, pack_id)
        was = _rule(pack, rule_id)
        if not was.off and not reason.strip():
            raise Refused(_("Hãy ghi lý do tắt quy tắc.")).about("reason")
        written = "".join(
            char for char in reason if char.isprintable()
        )  # a rule is kept as YAML, which bears no others
        changed = replace(_as_published(session, pack, rule_id), off="" if was.off else written)
        after = len(versions_of(session, pack_id, rule_id))
        publish_rule(session, pack, changed.text, at.by, after=after, despite=reason or _("bật lại"))


def _written(at: Desk, pack_id: str, rule_id: str, form: Posted) -> Response:
    """What the form asks for: a check as it is typed, one more row, a trial, or to publish."""
    asked = str(form.get("lam", ""))
    with at.works.db.read() as session:
        pack = _pack(at, session, pack_id)
        written = sent(form, pack, rule_id)
        if asked.startswith("them-"):
            return _form(at, session, pack, rule_id, written.with_row(asked.removeprefix("them-")))
        if at.is_htmx:
            return at.page("rules/checked.html", written=written, **_choices(session, pack))
        if not written.is_sound:
            return _form(at, session, pack, rule_id, written, status=422)
        period = str(form.get("ky", ""))[:40]
        if asked != "cong-bo":
            bench = at.works.bench(at.works.circumstances(session))
            tried = what_if(session, pack, written.rule.text, period, bench) if asked == "thu" else None
            return _form(at, session, pack, rule_id, written, tried=tried, period=period)
    return _published(at, pack_id, rule_id, written, form)


def _published(at: Desk, pack_id: str, rule_id: str, written: Written, form: Posted) -> Response:
    seen = str(form.get("phien_ban", ""))
    refusal = ""
    with at.works.db.transaction() as session:
        pack = _pack(at, session, pack_id)
        taken = not rule_id and any(rule.id == written.rule.id for rule in pack.rules)
        if taken:
            refusal = _("Đã có quy tắc cùng tên. Hãy đặt tên khác, hoặc mở quy tắc ấy để sửa.")
        else:
            try:
                publish_rule(
                    session, pack, written.rule.text, at.by, after=int(seen) if seen.isdecimal() else 0,
                    despite=str(form.get("bat_chap", ""))[:500],
                )  # fmt: skip
            except Stale:
                refusal = _(
                    "Người khác vừa công bố một phiên bản của quy tắc này. Hãy xem lại rồi công bố lần nữa."
                )
            except Refused as refused:
                refusal = str(refused)
    if refusal:
        with at.works.db.read() as session:
            return _form(
                at, session, _pack(at, session, pack_id), rule_id, written, status=409, refusal=refusal
            )
    return RedirectResponse(f"/quy-tac/{pack_id}/{written.rule.id}", 303)


def _form(
    at: Desk,
    session: Session,
    pack: Pack,
    rule_id: str,
    written: Written,
    *,
    status: int = 200,
    tried: WhatIf | None = None,
    period: str = "",
    refusal: str = "",
) -> Response:
    return at.page(
        "rules/form.html",
        status,
        pack=pack,
        rule_id=rule_id,
        written=written,
        version=len(versions_of(session, pack.id, rule_id)) if rule_id else 0,
        against=objections(pack, written.rule.text) if written.is_sound and written.rule.check else [],
        periods=reported_periods(session, pack.id),
        period=period,
        tried=tried,
        refusal=refusal,
        lists=lists_of(session, pack.id),
        **_choices(session, pack),
        **WORDS,
    )


def _choices(session: Session, pack: Pack) -> dict[str, Any]:
    return {
        "options": options(pack),
        "groups": GROUPS,
        "relations": RELATIONS,
        "joins": JOINS,
        "unit_words": sorted({word for words in unit_words(session).values() for word in words}),
    }


def _pack(at: Desk, session: Session, pack_id: str) -> Pack:
    found = at.works.packs_in_force(session).get(pack_id)
    if found is None:
        raise NotFound(GONE)
    return found


def _rule(pack: Pack, rule_id: str) -> Rule:
    found = next((rule for rule in pack.rules if rule.id == rule_id), None)
    if found is None:
        raise NotFound(GONE)
    return found


def _as_published(session: Session, pack: Pack, rule_id: str) -> OwnText:
    """What the office wrote last, else the rule as its pack has it."""
    rule = _rule(pack, rule_id)
    versions = versions_of(session, pack.id, rule_id)
    return as_form(versions[-1].text) if versions else form_of(rule)
