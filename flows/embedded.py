"""The embedded clock: APScheduler ticks once a minute; a tick runs what is due as Prefect flows.

Work never waits for Prefect. While its API is not ready, or when it dies, the tick calls the same functions
without it and the health page says so. One clock at a time holds the lease.
"""

import logging
import os
import socket
from collections import Counter
from datetime import datetime, timedelta
from functools import cached_property
from importlib import import_module
from typing import TYPE_CHECKING
from urllib.error import URLError
from urllib.request import urlopen

from apscheduler.schedulers.background import BackgroundScheduler

from flows.schedule import TABLE
from runtime import clock
from runtime.jobs import Counts, Job, run_job
from runtime.tick import ClockDoubted, beat, tick
from runtime.works import Works
from store.lease import hold, release
from store.office import NoOffice

if TYPE_CHECKING:
    from prefect.context import SettingsContext

log = logging.getLogger("dondoc.clock")

LEASE = timedelta(minutes=3)


class Clock:
    """`prefect_api`: base URL of a Prefect API ("http://127.0.0.1:4200/api"), or "" to run without one."""

    def __init__(self, works: Works, prefect_api: str = "") -> None:
        self.works = works
        self.prefect_api = prefect_api
        self.holder = f"{socket.gethostname()}:{os.getpid()}"
        self.state = "off"

    def beat(self) -> None:
        """One tick, now. Whatever goes wrong is logged and the next minute tries again."""
        try:
            self.tick_at(clock.now())
        except NoOffice:
            log.info("no office is installed yet")
        except ClockDoubted as doubt:
            log.warning("nothing runs until a person says that the time is right: %s", doubt)
        except Exception:
            log.exception("tick failed")

    def tick_at(self, now: datetime) -> dict[str, Counts]:
        with self.works.db.transaction() as session:
            if hold(session, "clock", self.holder, now, LEASE) is None:
                log.warning("another clock holds the lease")
                return {}
        self.state = self._prefect_state()
        done = tick(self.works, TABLE, now, self._run)
        beat(self.works, now, self.state)
        for name, counts in done.items():
            if sum(counts.values()):
                log.info("%s: %s", name, dict(counts))
        return done

    def release(self) -> None:
        with self.works.db.transaction() as session:
            release(session, "clock", self.holder, clock.now())

    def _run(self, job: Job, works: Works, at: datetime) -> Counts:
        if self.state != "ready":
            return run_job(job, works, at)
        try:
            return Counter(run_flow(job, at, self._settings))
        except Exception as error:  # noqa: BLE001 (whatever Prefect throws)
            # Whatever the flow had done stays done under its keys; the plain run finds only the rest.
            log.warning("Prefect failed during %s (%s): going on without it", job.name, error)
            self.state = "lost"
            return run_job(job, works, at)

    @cached_property
    def _settings(self) -> "SettingsContext":
        """Read once: Prefect takes longer to read its settings than to run a flow."""
        return without_heartbeat()

    def _prefect_state(self) -> str:
        if not self.prefect_api:
            return "off"
        try:
            with urlopen(f"{self.prefect_api}/health", timeout=2) as answer:  # noqa: S310 (our own address)
                return "ready" if answer.status == 200 else "lost"
        except (URLError, OSError):
            return "starting" if self.state in ("off", "starting") else "lost"


def without_heartbeat() -> "SettingsContext":
    """Prefect's settings of this process, without the heartbeat thread, which alone costs a second a run."""
    from prefect.context import SettingsContext, get_settings_context
    from prefect.settings import PREFECT_FLOWS_HEARTBEAT_FREQUENCY

    now = get_settings_context()
    quick = now.settings.copy_with_update(updates={PREFECT_FLOWS_HEARTBEAT_FREQUENCY: None})
    return SettingsContext(profile=now.profile, settings=quick)


def run_flow(job: Job, at: datetime, settings: "SettingsContext") -> dict[str, int]:
    """Run the job's flow against the Prefect API that the settings name."""
    module, name = job.flow.split(":")
    flow = getattr(import_module(module), name)
    with settings:
        result: dict[str, int] = flow(at)
        return result


def scheduler(beating: Clock) -> BackgroundScheduler:
    """Once a minute, never two at a time, never a storm of missed minutes."""
    made = BackgroundScheduler(
        timezone="UTC", job_defaults={"coalesce": True, "misfire_grace_time": None, "max_instances": 1}
    )
    made.add_job(beating.beat, "interval", minutes=1, next_run_time=clock.now())
    return made
