"""Approved drafts become duties with their units: from now on they bind, and their terms are frozen."""

from collections.abc import Sequence
from datetime import date

from sqlmodel import Session, col, select

from actions.changes import By, record
from actions.enter_targets import enter_targets
from actions.errors import Refused
from actions.objections import object_to
from domain.assignment import Part
from domain.directive import Status
from domain.duty import Assignee, DraftStatus, DutyTerms, Force
from domain.escalation import Ladder
from domain.instants import local_day
from domain.office import Office
from domain.scenario import Situation
from store.questions.situations import state_now
from store.search import Thing, remember
from store.tables import DirectiveRow, DraftRow, DutyRow, DutyUnitRow, UnitRow
from store.writing import insert_new


def issue_duties(session: Session, directive_id: int, office: Office, by: By) -> list[DutyRow]:
    """Issue every approved draft of the directive that is not issued yet. Twice is once.

    Raises `Refused` naming the units that are not in the tree, and where a ban leaves nobody or a chain is too short.
    """
    directive = session.get_one(DirectiveRow, directive_id, with_for_update=True)
    units = {unit.code: unit for unit in session.exec(select(UnitRow)).all()}
    issued = [
        _issue(session, draft, directive, units, office, by)
        for draft in approved_drafts(session, directive_id)
    ]
    if issued:
        directive.status = Status.ISSUED
        record(session, by, "issue", f"directive:{directive_id}", duties=[duty.code for duty in issued])
        if office.unit in units:
            enter_targets(session, directive_id, units[office.unit].id, by)
    return issued


def approved_drafts(session: Session, directive_id: int) -> Sequence[DraftRow]:
    already = select(DutyRow.draft_id).where(col(DutyRow.draft_id).is_not(None))
    return session.exec(
        select(DraftRow)
        .where(
            col(DraftRow.directive_id) == directive_id,
            col(DraftRow.status) == DraftStatus.APPROVED,
            col(DraftRow.id).not_in(already),
        )
        .order_by(col(DraftRow.ordinal))
    ).all()


def _issue(
    session: Session,
    draft: DraftRow,
    directive: DirectiveRow,
    units: dict[str, UnitRow],
    office: Office,
    by: By,
) -> DutyRow:
    terms = DutyTerms.model_validate(draft.terms)
    if unknown := sorted({a.unit for a in terms.assignees} - units.keys()):
        raise Refused(
            "Việc “{title}” giao cho đơn vị mà cơ quan không có: {unknown}.",
            title=terms.title,
            unknown=", ".join(unknown),
        )
    issued_on = local_day(by.at, office.tz)
    terms, warnings = object_to(session, terms, [units[a.unit] for a in terms.assignees], office, issued_on)
    duty = DutyRow(
        code=f"{directive.id}.{draft.ordinal}",
        directive_id=directive.id,
        draft_id=draft.id,
        title=terms.title,
        clause=draft.clause,
        quote=draft.quote,
        kind=terms.kind,
        force=terms.force,
        schedule=terms.schedule.model_dump(mode="json"),
        pack=terms.pack,
        review=terms.review,
        ladder=frozen_ladder(terms, office).model_dump(mode="json"),
        attested_in=terms.attested_in,
        product=terms.product,
        measure=terms.measure,
        chain=terms.chain.model_dump(mode="json") if terms.chain else None,
        for_superior=terms.for_superior,
        cascade=terms.cascade,
        series=terms.series,
        instalment=terms.instalment,
        warnings=warnings,
        added=list(terms.added),
        issued_at=by.at,
    )
    if terms.plans_for:
        duty.plans_for, duty.plans_for_state = terms.plans_for.name, terms.plans_for.state
    if terms.situation:
        _bind(session, duty, terms.situation, issued_on)
    session.add(duty)
    session.flush()
    remember(session, Thing.DUTY, {duty.id: f"{duty.title} {directive.symbol or ''}"})
    insert_new(session, DutyUnitRow, [_unit(duty, assignee, units) for assignee in terms.assignees])
    return duty


def _bind(session: Session, duty: DutyRow, situation: Situation, issued_on: date) -> None:
    """A duty of a situation that is not declared is issued asleep."""
    duty.situation, duty.situation_state = situation.name, situation.state
    duty.asleep = state_now(session, situation.name) != situation.state
    duty.awake_since = None if duty.asleep else issued_on


def frozen_ladder(terms: DutyTerms, office: Office) -> Ladder:
    ladder = terms.ladder or office.ladder_for(terms.sort)
    return ladder if terms.force is Force.BINDING else ladder.polite()


def _unit(duty: DutyRow, assignee: Assignee, units: dict[str, UnitRow]) -> dict[str, object]:
    return {"duty_id": duty.id, "unit_id": units[assignee.unit].id, "part": Part(assignee.part).value}
