"""What the sweep is measured against writes what the sweep writes."""

from sqlmodel import col, select

from bench import _spine as spine
from bench.sweep import World
from store.tables import NoticeRow


def test_the_bare_sweep_writes_the_same_notices_as_ours() -> None:
    with spine.databases("sqlite") as made:
        world = World(made["sqlite"], due=2, units=2, windows=2)
        world.fill(open_now=8)
        world.sweep()
        world.bare()
        with world.db.read() as session:
            rows = session.exec(select(NoticeRow).order_by(col(NoticeRow.id))).all()
        world.db.dispose()
    written = [row.model_dump(exclude={"id", "assignment_id", "at"}) for row in rows]
    assert len(written) == 4
    assert written[:2] == written[2:]
