"""What set-up installs is fixed by hash, and comes from whichever index the machine trusts."""

import json
import re
import subprocess

import pytest

from tests.support.tree import ROOT

PYTHON_LOCKS = ["requirements.lock", "tools/uv.txt", "tools/node.txt"]


@pytest.mark.parametrize("lock", [*PYTHON_LOCKS, "package-lock.json"])
def test_a_lock_names_no_host(lock: str) -> None:
    assert re.findall(r"\w+://\S+", (ROOT / lock).read_text(encoding="utf-8")) == [], "run `make lock`"


@pytest.mark.parametrize("lock", PYTHON_LOCKS)
def test_every_python_requirement_has_a_hash(lock: str) -> None:
    text = (ROOT / lock).read_text(encoding="utf-8")
    requirements = [block for block in re.split(r"\n(?=\S)", text) if not block.startswith("#")]
    assert requirements
    assert [block for block in requirements if "--hash=sha256:" not in block] == []


def test_every_npm_package_has_a_hash() -> None:
    packages = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    assert [name for name, package in packages.items() if name and "integrity" not in package] == []


def test_the_npm_lock_follows_package_json() -> None:
    declared = json.loads((ROOT / "package.json").read_text(encoding="utf-8"))
    locked = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))["packages"][""]
    for kind in ("dependencies", "devDependencies"):
        assert locked[kind] == declared[kind], "run `make lock`"


def test_no_file_says_where_a_package_is_downloaded_from() -> None:
    address = r"https?://[^ \"]+\.(whl|tgz|tar\.gz)"
    found = subprocess.run(["git", "grep", "-lIE", address], cwd=ROOT, capture_output=True, text=True)
    assert (found.returncode, found.stdout) == (1, ""), "git grep answers 1 where it finds nothing"
