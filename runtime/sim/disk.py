"""The disk under the database file: it is copied while somebody writes, goes bad, and an older copy is put back."""

import shutil
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from datetime import datetime
from pathlib import Path

from runtime.sim.faults import Loss

LOG = "-wal"
PAGE = 4096
DAMAGED = 3
"""Every third page."""


class Disk:
    """`losses`: what is still to come of them. Whoever uses the file is stopped before `put_back`."""

    def __init__(self, file: Path, losses: Iterable[Loss]) -> None:
        self.file = file
        self._copy = file.with_suffix(".copy")
        self._to_come = sorted(losses, key=lambda loss: loss.copied)
        self._copied = False
        self._back: datetime | None = None

    @property
    def next(self) -> Loss | None:
        return self._to_come[0] if self._to_come else None

    def copy_if_due(self, at: datetime) -> None:
        """As somebody who knows nothing of databases copies a file."""
        if self._copied or self.next is None or at < self.next.copied:
            return
        shutil.copyfile(self.file, self._copy)
        log = Path(f"{self.file}{LOG}")
        if self.next.whole and log.exists():
            shutil.copyfile(log, f"{self._copy}{LOG}")
        self._copied = True

    def breaks(self, at: datetime) -> bool:
        """Never before a copy was taken."""
        return not self.is_bad and self._copied and self.next is not None and at >= self.next.broken

    def flip(self, at: datetime) -> None:
        """A bit of the first byte of many pages; the first page is spared, or nobody could open the file."""
        with self.file.open("r+b") as file:
            for start in range(PAGE, self.file.stat().st_size, PAGE * DAMAGED):
                file.seek(start)
                first = file.read(1)[0]
                file.seek(start)
                file.write(bytes([first ^ 0x40]))
        self._back = at + self._to_come[0].lasts

    @property
    def is_bad(self) -> bool:
        return self._back is not None

    def is_put_back(self, at: datetime) -> bool:
        return self._back is not None and at >= self._back

    def put_back(self) -> None:
        """The copy in place of the file, and nothing left of what lay beside that. Raises `RuntimeError` where the
        copy is not sound."""
        for beside in (LOG, "-shm"):
            Path(f"{self.file}{beside}").unlink(missing_ok=True)
        for name in ("", LOG):
            if (copied := Path(f"{self._copy}{name}")).exists():
                shutil.move(copied, f"{self.file}{name}")
        with closing(sqlite3.connect(self.file)) as connection:
            [(found,)] = connection.execute("PRAGMA integrity_check(1)")
        if found != "ok":
            raise RuntimeError(found)
        self._to_come.pop(0)
        self._copied, self._back = False, None
