"""Draws that every unit may check (Bốc thăm công khai): hashes from the seal on, everything afterwards."""

from fastapi import APIRouter
from fastapi.responses import JSONResponse, Response
from sqlmodel import col, select

from actions.draw_lots import published
from domain.draw import Weighed, draw, hash_of_list, hash_of_seed
from store.inspection_tables import DrawRow, PlanRow
from store.tables import UnitRow
from web.desk import AtDesk
from web.forms import Id

router = APIRouter()


@router.get("/boc-tham")
def all_draws(at: AtDesk) -> Response:
    with at.works.db.read() as session:
        rows = session.exec(
            select(DrawRow, PlanRow.title)
            .join(PlanRow, col(PlanRow.id) == col(DrawRow.plan_id))
            .order_by(col(DrawRow.id).desc())
            .limit(50)
        ).all()
        names = dict(session.exec(select(UnitRow.code, UnitRow.name)).all())
        return at.page(
            "inspections/draws.html",
            draws=[(row, title, row.revealed_at and agrees(row)) for row, title in rows],
            names=names,
        )


@router.get("/boc-tham/{plan_id}.json")
def as_json(at: AtDesk, plan_id: Id) -> Response:
    """What `verify_draw.py` reads: what is published now."""
    with at.works.db.read() as session:
        shown = dict(published(session, plan_id))
    name = f"boc-tham-{plan_id}-{'ket-qua' if 'seed' in shown else 'niem-phong'}.json"
    return JSONResponse(shown, headers={"Content-Disposition": f'attachment; filename="{name}"'})


def agrees(row: DrawRow) -> bool:
    """Whether seed, list and result are those that were sealed."""
    candidates = [Weighed.model_validate(one) for one in row.candidates]
    return (
        hash_of_seed(row.seed) == row.seed_hash
        and hash_of_list(candidates, row.count) == row.list_hash
        and draw(candidates, row.count, row.seed, row.witness) == row.chosen
    )
