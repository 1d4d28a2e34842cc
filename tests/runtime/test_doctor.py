"""The doctor finds what is wrong before it hurts, and says what to do."""

import sqlite3
from pathlib import Path

import pytest

from runtime.doctor import Finding, examine, sqlite_faults
from runtime.installing import SAMPLE, install_folder
from runtime.settings import Settings
from runtime.works import Works
from store import schema


@pytest.fixture
def works(tmp_path: Path) -> Works:
    return Works.of(Settings(home=tmp_path))


def faults(works: Works) -> list[Finding]:
    found = [finding for finding in examine(works) if finding.level == "fault"]
    works.db.dispose()
    return found


@pytest.mark.parametrize(
    ("version", "level"), [((3, 40, 1), "note"), ((3, 51, 2), "note"), ((3, 51, 3), "ok"), ((3, 6, 9), "ok")]
)
def test_an_sqlite_with_the_wal_reset_fault_is_named_with_its_version(
    version: tuple[int, ...], level: str
) -> None:
    [finding] = sqlite_faults(version)
    assert finding.level == level
    assert ".".join(map(str, version)) in finding.what


def test_an_installed_office_is_sound(works: Works) -> None:
    install_folder(works, SAMPLE)
    assert faults(works) == []


def test_an_empty_database_is_told_what_to_run(works: Works) -> None:
    [finding] = faults(works)
    assert "dondoc run" in finding.remedy


def test_a_database_without_an_office_is_told_so(works: Works) -> None:
    schema.upgrade(works.db)
    [finding] = faults(works)
    assert "chưa có cơ quan nào" in finding.what


def test_an_edited_audit_trail_is_found_and_its_line_named(works: Works) -> None:
    install_folder(works, SAMPLE)
    works.db.dispose()
    with sqlite3.connect(works.settings.home / "dondoc.sqlite3") as intruder:
        intruder.execute("DROP TRIGGER audit_no_update")
        intruder.execute("UPDATE audit SET actor = 'somebody else' WHERE id = 1")
    intruder.close()
    [finding] = faults(works)
    assert "Nhật ký bị sửa ở dòng 1" in finding.what
