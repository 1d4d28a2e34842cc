"""The draw of a surprise inspection: sealed first, held then, shown when everything it chose is open."""

from collections.abc import Mapping
from typing import Any

from sqlmodel import Session, col, select

from actions.changes import By, record
from actions.errors import NotFound, Refused
from actions.plan_inspections import held_plan
from domain.draw import Weighed, draw, hash_of_list, hash_of_seed, hash_of_units, in_order, weigh
from domain.fields import iso
from domain.inspection import VisitKind, VisitState
from domain.inspection_plan import PlanState
from domain.instants import local_day
from store.inspection_tables import DrawRow, PlanRow, VisitRow
from store.office import load_office
from store.questions.inspections import covered_units
from store.questions.risk import last_visits, rests, risk_facts
from store.tables import UnitRow

SHORTEST_SEED = 32


def seal_draw(session: Session, plan_id: int, seed: str, by: By) -> DrawRow:
    """Fix list, weights and seed; what is published now is their hashes (`published`). Sealed already, the first
    stands. `seed`: at least 32 characters that nobody can guess, made where chance comes in (`runtime`).

    Raises `Refused` for a plan that is not approved, is no surprise, or has nobody to draw from."""
    plan = held_plan(session, plan_id)
    if known := _of(session, plan_id):
        return known
    if plan.state is not PlanState.APPROVED or plan.kind is not VisitKind.SURPRISE or not plan.count:
        raise Refused("Chỉ bốc thăm cho kế hoạch kiểm tra đột xuất đã duyệt và có số đơn vị cần chọn.")
    if len(seed) < SHORTEST_SEED:
        raise Refused("Mã bí mật quá ngắn; người khác có thể đoán ra.")
    office = load_office(session)
    today = local_day(by.at, office.tz)
    units = covered_units(session, plan, office.unit)
    last = last_visits(session, [unit.id for unit in units], plan.theme)
    resting = [unit.code for unit in units if rests(last.get(unit.id), today, office.inspection.rest_days)]
    free = [unit for unit in units if unit.code not in resting]
    if not free:
        raise Refused("Mọi đơn vị trong phạm vi đều vừa được kiểm tra; không còn đơn vị để bốc thăm.")
    candidates = in_order([weigh(facts) for facts in risk_facts(session, free, plan.theme, today)])
    row = DrawRow(
        plan_id=plan_id,
        seed=seed,
        seed_hash=hash_of_seed(seed),
        list_hash=hash_of_list(candidates, plan.count),
        candidates=[one.model_dump(mode="json") for one in candidates],
        resting=sorted(resting),
        count=plan.count,
        committed_at=by.at,
    )
    session.add(row)
    session.flush()
    record(
        session, by, "seal_draw", f"plan:{plan.code}",
        seed_hash=row.seed_hash, list_hash=row.list_hash, candidates=len(candidates), count=row.count,
    )  # fmt: skip
    return row


def hold_draw(session: Session, plan_id: int, by: By, *, witness: str = "") -> DrawRow:
    """Draw, once: again it is the same draw. `witness`: a public figure nobody knew when the seed was sealed. Raises
    `NotFound` before the seal."""
    row = _of(session, plan_id)
    if row is None:
        raise NotFound("Kế hoạch này chưa niêm phong bốc thăm.")
    if row.drawn_at is None:
        candidates = [Weighed.model_validate(one) for one in row.candidates]
        row.chosen = draw(candidates, row.count, row.seed, witness.strip())
        row.witness, row.drawn_at = witness.strip(), by.at
        plan = session.get_one(PlanRow, plan_id)
        # The trail is read by many: that the draw was held, not whom it chose.
        record(session, by, "hold_draw", f"plan:{plan.code}", witness=row.witness, chosen=len(row.chosen))
    return row


def reveal_draw(session: Session, plan_id: int, by: By) -> bool:
    """Show the seed once every unit chosen has its visit and no visit of the plan is sealed any more. Returns whether
    it is shown."""
    row = _of(session, plan_id)
    if row is None or row.drawn_at is None:
        return False
    if row.revealed_at is None and _all_opened(session, row):
        row.revealed_at = by.at
        plan = session.get_one(PlanRow, plan_id)
        record(session, by, "reveal_draw", f"plan:{plan.code}", seed=row.seed, chosen=row.chosen)
    return row.revealed_at is not None


def _all_opened(session: Session, row: DrawRow) -> bool:
    visits = session.exec(
        select(UnitRow.code, VisitRow.state)
        .join(VisitRow, col(VisitRow.unit_id) == col(UnitRow.id))
        .where(col(VisitRow.plan_id) == row.plan_id, col(VisitRow.repeats_id).is_(None))
    ).all()
    planned = {code for code, _ in visits}
    return set(row.chosen) <= planned and all(state is not VisitState.SEALED for _, state in visits)


def published(session: Session, plan_id: int) -> Mapping[str, Any]:
    """What anybody may see of a draw, as JSON for `web/static/verify_draw.py`: hashes and how many are
    drawn from the seal on; list, seed, witness and result once it is shown. Raises `NotFound`."""
    row = _of(session, plan_id)
    if row is None:
        raise NotFound("Kế hoạch này không có bốc thăm.")
    known: dict[str, Any] = {
        "seed_hash": row.seed_hash,
        "units_hash": hash_of_units([Weighed.model_validate(one) for one in row.candidates]),
        "list_hash": row.list_hash,
        "count": row.count,
        "sealed_at": iso(row.committed_at),
        "drawn_at": iso(row.drawn_at) if row.drawn_at else None,
    }
    if row.revealed_at is None:
        return known
    return known | {
        "seed": row.seed,
        "witness": row.witness,
        "candidates": row.candidates,
        "resting": row.resting,
        "chosen": row.chosen,
        "revealed_at": iso(row.revealed_at),
    }


def _of(session: Session, plan_id: int) -> DrawRow | None:
    return session.exec(select(DrawRow).where(col(DrawRow.plan_id) == plan_id)).one_or_none()
