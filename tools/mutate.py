"""Does the judge's suite notice a broken judge? python -m tools.mutate [--every N] [--first M]

Each mutant changes one thing in one file of the judge (a relation, a sign, a word, a constant), in a copy of the
checkout; a mutant that the tests of `tests/rules` do not fail on has survived. `--every N` takes each N-th
mutant from number M on, in the order of the files, so that a short run is the same short run for everybody.
"""

import argparse
import ast
import copy
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
JUDGE = ("judge.py", "explain.py", "values.py", "compile.py", "figures.py", "rational.py", "trial.py")
NEEDED = ("rules", "domain", "tests/rules", "tests/support", "tests/conftest.py", "docs", "pyproject.toml")
SUITE = [
    f"tests/rules/test_{name}.py"
    for name in ("language", "judge", "agreement", "wording", "refusals", "written_out", "boundaries")
]
SECONDS = 90
"""A mutant that is still running then has been noticed: somebody waits for it."""

SWAPS: dict[type, type] = {
    ast.Eq: ast.NotEq, ast.NotEq: ast.Eq, ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt,
    ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.In: ast.NotIn, ast.NotIn: ast.In, ast.And: ast.Or, ast.Or: ast.And,
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.FloorDiv, ast.Div: ast.Mult, ast.FloorDiv: ast.Mult,
}  # fmt: skip
ANNOTATIONS = (ast.AnnAssign, ast.arg, ast.FunctionDef)
GUARDS = {"strict", "slots", "frozen"}
"""Arguments that only guard the programmer: the judge means the same without them."""


def mutants(source: str) -> Iterator[tuple[int, str]]:
    """(line, changed source) for every single change, in the order of the text."""
    tree = ast.parse(source)
    unread = _annotations(tree) | _guards(tree)
    for index, node in enumerate(ast.walk(tree)):
        if id(node) in unread:
            continue
        for choice in range(_choices(node)):
            changed = copy.deepcopy(tree)
            target = next(found for place, found in enumerate(ast.walk(changed)) if place == index)
            _change(target, choice)
            yield getattr(node, "lineno", 0), ast.unparse(ast.fix_missing_locations(changed))


def _annotations(tree: ast.AST) -> set[int]:
    """Nodes that only a type checker reads."""
    notes = [
        note
        for node in ast.walk(tree)
        if isinstance(node, ANNOTATIONS)
        for note in (getattr(node, "annotation", None), getattr(node, "returns", None))
        if note is not None
    ]
    return {id(part) for note in notes for part in ast.walk(note)}


def _guards(tree: ast.AST) -> set[int]:
    return {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.keyword) and node.arg in GUARDS}


def _choices(node: ast.AST) -> int:
    match node:
        case ast.Compare():
            return sum(type(op) in SWAPS for op in node.ops)
        case ast.BinOp() | ast.BoolOp():
            return int(type(node.op) in SWAPS)
        case ast.UnaryOp(op=ast.Not()) | ast.IfExp():
            return 1
        case ast.Constant():
            return int(isinstance(node.value, bool | int))
        case _:
            return 0


def _change(node: Any, choice: int) -> None:
    match node:
        case ast.Compare():
            node.ops[choice] = SWAPS[type(node.ops[choice])]()
        case ast.BinOp() | ast.BoolOp():
            node.op = SWAPS[type(node.op)]()
        case ast.UnaryOp():
            node.op, node.operand = ast.Not(), ast.UnaryOp(ast.Not(), node.operand)
        case ast.IfExp():
            node.body, node.orelse = node.orelse, node.body
        case _:
            node.value = not node.value if isinstance(node.value, bool) else node.value + 1


def a_copy(folder: Path) -> None:
    for name in NEEDED:
        source, target = ROOT / name, folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        if source.is_dir():
            shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__", "missing.py"))
        else:
            shutil.copyfile(source, target)
    (folder / "tests/conftest.py").write_text("", encoding="utf-8")


def noticed(folder: Path) -> bool:
    command = [sys.executable, "-B", "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", *SUITE]
    try:
        return subprocess.run(command, cwd=folder, capture_output=True, timeout=SECONDS).returncode != 0
    except subprocess.TimeoutExpired:
        return True


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--every", type=int, default=1)
    options.add_argument("--first", type=int, default=0)
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        a_copy(folder)
        if noticed(folder):
            raise SystemExit("the suite fails without any change: mend that first")
        found = [(name, *mutant) for name in JUDGE for mutant in mutants((ROOT / "rules" / name).read_text())]
        tried = found[chosen.first :: chosen.every]
        survivors = 0
        for name, line, source in tried:
            place = folder / "rules" / name
            place.write_text(source, encoding="utf-8")
            if not noticed(folder):
                survivors += 1
                print(f"survived: rules/{name}:{line}", flush=True)
            shutil.copyfile(ROOT / "rules" / name, place)
    killed = len(tried) - survivors
    print(f"{killed} of {len(tried)} mutants killed ({killed / len(tried):.1%}); {len(found)} in all")


if __name__ == "__main__":
    main()
