"""The mailbox to which letters come back: a Maildir, which every local mail server and fetcher can fill.

Each report is noted in a transaction of its own and only then moved from `new` to `cur`: a crash in between
reads it again, which changes nothing.
"""

from collections import Counter
from datetime import datetime
from pathlib import Path

from actions.changes import CLOCK, By
from actions.note_bounce import note_bounce
from notifications.bounce import LARGEST, read_bounces
from runtime.jobs import Chunk, Counts
from runtime.works import Works

AT_ONCE = 500
"""Reports a run reads; a flood waits for the next."""


def plan_bounces(works: Works, _at: datetime) -> list[Chunk]:
    box = works.settings.bounces
    if box is None or not (box / "new").is_dir():
        return []
    return sorted(str(path) for path in (box / "new").iterdir() if path.is_file())[:AT_ONCE]


def read_one(works: Works, at: datetime, file_name: Chunk) -> Counts:
    """What is no report of ours is moved aside unread all the same: a person may look at it."""
    path = Path(file_name)
    with path.open("rb") as file:
        bounces = read_bounces(file.read(LARGEST))
    noted = 0
    if bounces:
        with works.db.transaction() as session:
            c = works.circumstances(session)
            by = By(CLOCK, at)
            noted = sum(note_bounce(session, one, by, office=c.office, staff=c.staff) for one in bounces)
    _move(path, path.parent.parent / "cur")
    return Counter(bounces=noted, strange=int(not noted))


def _move(path: Path, seen: Path) -> None:
    seen.mkdir(exist_ok=True)
    path.rename(seen / f"{path.name.partition(':')[0]}:2,S")
