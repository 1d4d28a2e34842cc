"""Inspections and the world outside: the job that opens visits at their moment, and the chance a draw begins with."""

import secrets
from collections import Counter
from datetime import datetime

from actions.changes import CLOCK, By
from actions.open_visits import open_visits, visits_to_open
from runtime.jobs import Chunk, Counts
from runtime.works import Works


def plan_openings(works: Works, at: datetime) -> list[Chunk]:
    with works.db.read() as session:
        return list(visits_to_open(session, at))


def open_one(works: Works, at: datetime, visit_id: Chunk) -> Counts:
    with works.db.transaction() as session:
        c = works.circumstances(session)
        letters = open_visits(session, visit_id, office=c.office, staff=c.staff, by=By(CLOCK, at))
    return Counter(visits=1, letters=letters)


def new_seed() -> str:
    """64 characters that nobody can guess, for `actions.draw_lots.seal_draw`: chance comes in here and nowhere else."""
    return secrets.token_hex(32)
