"""The rooms are the ones the map names, and Python finds them here and nowhere else."""

from importlib import import_module
from pathlib import Path

import pytest

from tests.support.tree import ROOT, pyproject, rooms


@pytest.mark.parametrize("room", rooms())
def test_a_room_is_imported_from_this_tree(room: str) -> None:
    # These names belong to other distributions on the index too; a shadowed one would run a stranger's code.
    assert Path(str(import_module(room).__file__)) == ROOT / room / "__init__.py"


def test_every_list_of_rooms_names_the_same_rooms() -> None:
    on_disk = {folder.parent.name for folder in ROOT.glob("*/__init__.py")}
    tool = pyproject()["tool"]

    assert set(rooms()) == on_disk - {"bench", "tools"}, "hatch packages and folders differ"
    assert set(tool["importlinter"]["root_packages"]) == set(rooms())
    assert set(tool["mypy"]["packages"]) == set(rooms()) | {"bench", "tools", "tests.support", "tests.sim"}


def test_every_room_stands_on_a_layer() -> None:
    contracts = pyproject()["tool"]["importlinter"]["contracts"]
    [layers] = [contract["layers"] for contract in contracts if contract["type"] == "layers"]
    assert sorted(room for layer in layers for room in layer.split(" | ")) == sorted(rooms())


def test_no_flow_is_named_after_a_room() -> None:
    # Prefect's file-path entry points put flows/ at the front of sys.path.
    assert {path.stem for path in (ROOT / "flows").glob("*.py")}.isdisjoint(rooms())


def test_tests_are_no_package() -> None:
    assert not list((ROOT / "tests").rglob("__init__.py")), "pytest imports each file by its path"


def test_tests_mirror_the_tree() -> None:
    beside = {"bench", "house", "replay", "sim", "story", "support", "tools"}  # of no single room
    folders = {
        path.name for path in (ROOT / "tests").iterdir() if path.is_dir() and path.name != "__pycache__"
    }
    assert folders <= set(rooms()) | beside
