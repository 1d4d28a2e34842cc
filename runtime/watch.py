"""The pages watch the clock: a process that died cannot say so itself."""

import logging
import threading
from collections.abc import Callable
from datetime import datetime

from actions.changes import By
from actions.doubt_clock import report_doubt
from actions.report_silence import report_silence
from domain.believed_clock import is_believed
from domain.letter import LetterKind
from runtime.jobs import Counts
from runtime.sending import send_outbox
from runtime.works import Works
from store.office import NoOffice
from store.questions.health import furthest, last_tick

log = logging.getLogger("dondoc.watch")

MINUTE = 60.0


def watch(works: Works, now: datetime) -> Counts:
    """Report the clock's silence, or that it is not believed, and send that letter alone: all others are the
    clock's."""
    by = By("watch", now)
    with works.db.transaction() as session:
        c = works.circumstances(session)
        try:
            through = furthest(session)
            if through is not None and not is_believed(now, through):
                written = report_doubt(session, through, office=c.office, staff=c.staff, by=by)
            else:
                written = report_silence(
                    session, last_tick(session), office=c.office, calendar=c.calendar, staff=c.staff, by=by
                )
        except NoOffice:
            return Counts()
    return send_outbox(works, now, only=LetterKind.ALARM) if written else Counts()


class Watch:
    """Looks once a minute in a thread of its own until it is stopped."""

    def __init__(self, works: Works, now: Callable[[], datetime]) -> None:
        self.works, self.now = works, now
        self.over = threading.Event()
        self.thread = threading.Thread(target=self._look, name="watch", daemon=True)

    def start(self) -> None:
        self.thread.start()

    def stop(self) -> None:
        self.over.set()
        self.thread.join(timeout=5)

    def _look(self) -> None:
        while not self.over.wait(MINUTE):
            try:
                watch(self.works, self.now())
            except Exception:
                log.exception("could not watch the clock; trying again in a minute")
