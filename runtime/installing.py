"""Preparing a database: schema, office, packs, and on first start the sample office with its directive."""

import shutil
from collections.abc import Iterable
from pathlib import Path

from sqlmodel import select

from actions.changes import By
from actions.install_office import Installed, install_office
from actions.publish_checklist import publish_shipped
from intake.office_folder import load_office_folder
from rules.checklist_reader import SHIPPED
from runtime import clock
from runtime.calendars import shipped_days, shipped_school_years
from runtime.directives import take_in_file
from runtime.works import Works
from store import schema
from store.tables import OfficeRow

SAMPLE = Path(__file__).resolve().parent.parent / "examples" / "van-phong-mau"
SAMPLE_PASSWORD = "dondoc-mau"  # noqa: S105 (a sample is no secret; printed at start-up)
INSTALLER = "dondoc install"


def install_folder(works: Works, folder: Path, *, password: str | None = None) -> Installed:
    """Install or update the office of the folder. Raises `intake.office_folder.FolderError` and, in another
    office's database, `actions.errors.Refused`, before anything is written."""
    office = load_office_folder(folder)
    schema.upgrade(works.db)
    by = By(INSTALLER, clock.now(), cause=folder.name)
    with works.db.transaction() as session:
        done = install_office(
            session, office, shipped_days(), by,
            school_years=shipped_school_years(), password=password,
        )  # fmt: skip
        publish_shipped(session, [path.read_text(encoding="utf-8") for path in SHIPPED], by)
        _copy_files(works.settings.home, office.packs, folder / "policy.yaml")
    return done


def _copy_files(home: Path, packs: Iterable[Path], policy: Path) -> None:
    """Before the commit: an office that is refused or not written leaves the files there are."""
    (home / "packs").mkdir(parents=True, exist_ok=True)
    for path in packs:
        shutil.copyfile(path, home / "packs" / path.name)
    if policy.exists():
        shutil.copyfile(policy, home / "policy.yaml")


def prepare(works: Works) -> bool:
    """Bring the database up to date; on our own empty one install the sample office and take in its directive.
    Returns whether the sample was installed."""
    schema.upgrade(works.db)
    with works.db.read() as session:
        if session.exec(select(OfficeRow)).first() is not None or works.settings.database_url:
            return False  # a database somebody named is never given people whose password everybody knows
    install_folder(works, SAMPLE, password=SAMPLE_PASSWORD)
    take_in_file(works, SAMPLE / "directive.txt", By(INSTALLER, clock.now()))
    return True
