"""The composition root: everything an entry point needs, put together in one place."""

import logging
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property, lru_cache
from pathlib import Path
from urllib.request import urlopen

from sqlmodel import Session

from actions.judge import Bench
from actions.publish_rule import packs_in_force
from domain.office import Office
from domain.reach import Via
from domain.recipients import Staff
from domain.workdays import Calendar
from notifications.channel import Channel
from notifications.channels.email import EmailChannel
from notifications.channels.in_app import InAppChannel
from notifications.channels.webhook import WebhookChannel
from rules.pack import Pack, load_pack
from runtime.settings import Settings
from store.database import Database
from store.evidence import EvidenceStore
from store.office import load_calendar, load_office, load_staff

log = logging.getLogger("dondoc.works")

SHIPPED = tuple(sorted((Path(__file__).resolve().parent.parent / "rules" / "packs").glob("*.yaml")))

READING = threading.Lock()


@lru_cache(maxsize=4)
def _loaded(files: tuple[tuple[Path, int], ...]) -> Mapping[str, Pack]:
    loaded = [load_pack(path) for path, _changed in files]
    return {pack.id: pack for pack in loaded}


def _packs(files: tuple[tuple[Path, int], ...]) -> Mapping[str, Pack]:
    """Read by one thread; a crowd that asks meanwhile waits for it instead of reading them all beside it."""
    with READING:
        return _loaded(files)


def ping(url: str) -> None:
    """Tell an outside watcher that all is well. A watcher that cannot be reached is no fault of ours: logged."""
    try:
        with urlopen(url, timeout=10):  # noqa: S310 (the administrator's own setting)
            pass
    except OSError as error:
        log.warning("heartbeat to %s failed: %s", url, error)


@dataclass
class Works:
    """Built once for a process. `extra_packs`: pack files beside those that ship and those in `home`."""

    settings: Settings
    db: Database
    evidence: EvidenceStore
    channel: Channel
    """Mail, the channel of whoever chose no other."""
    webhook: Channel = field(default_factory=WebhookChannel)
    extra_packs: tuple[Path, ...] = ()
    now: Callable[[], datetime] | None = None
    """The running clock, where time goes on while a job runs; None where time is given (replay, tests)."""
    wait: Callable[[float], None] = time.sleep
    """How a job lets seconds pass before it tries again."""

    ping: Callable[[str], None] = ping
    """Fetches an address and forgets the answer."""

    def channels(self) -> Mapping[Via, Channel]:
        return {Via.EMAIL: self.channel, Via.WEBHOOK: self.webhook, Via.IN_APP: InAppChannel()}

    def moment(self, at: datetime) -> datetime:
        """The instant that counts for a lease or a delivery of a job scheduled at `at`."""
        return max(at, self.now()) if self.now else at

    @classmethod
    def of(cls, settings: Settings) -> "Works":
        return cls(
            settings=settings,
            db=Database(settings.database),
            evidence=EvidenceStore(settings.evidence),
            channel=EmailChannel(
                host=settings.smtp_host or "127.0.0.1",
                port=settings.smtp_port,
                username=settings.smtp_user,
                password=settings.smtp_password,
                starttls=settings.smtp_starttls or bool(settings.smtp_user),
                tls=settings.smtp_tls,
            ),
            webhook=WebhookChannel(settings.webhook_url, settings.webhook_secret, settings.public_url),
        )

    @property
    def packs(self) -> Mapping[str, Pack]:
        """Rule packs by id; the office's own replace shipped ones of the same id. A changed file is read again."""
        own = sorted((self.settings.home / "packs").glob("*.yaml"))
        return _packs(tuple((path, path.stat().st_mtime_ns) for path in (*SHIPPED, *self.extra_packs, *own)))

    def packs_in_force(self, session: Session) -> Mapping[str, Pack]:
        """The same with the rules the office published, as this session sees them."""
        return packs_in_force(session, self.packs)

    def circumstances(self, session: Session) -> "Circumstances":
        """Read afresh for each batch: an office edited while the clock runs is seen by the next batch."""
        return Circumstances(session)

    def bench(self, c: "Circumstances") -> Bench:
        return Bench(self.packs_in_force(c.session), c.calendar, c.office, lambda: c.staff)


@dataclass(frozen=True)
class Circumstances:
    """The office, its calendar and its people as the session sees them, each read when first asked for."""

    session: Session

    @cached_property
    def office(self) -> Office:
        return load_office(self.session)

    @cached_property
    def calendar(self) -> Calendar:
        return load_calendar(self.session, self.office.calendar)

    @cached_property
    def staff(self) -> Staff:
        return load_staff(self.session)
