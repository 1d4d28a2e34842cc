"""What each annotated document adds: its score without the patterns that no other document uses.

`python -m tools.leave_one_out TEXTS GOLD SCORER`: the folders of texts and annotations and the scorer's file. A pattern
counts as known elsewhere where another of the texts, or one of tests/intake/own, was read by it. Only patterns that
fields name in `why` can be left out; words of the grammar's lists (verbs, heads of unit names, nouns) cannot.
"""

import argparse
import importlib.util
import json
from pathlib import Path
from types import ModuleType

from domain.draft import Reading
from intake.reading import read_text
from tests.support.annotated import annotated

OWN = Path(__file__).resolve().parents[1] / "tests" / "intake" / "own"
FIELDS = ("found", "lead", "with", "due", "repeat", "target", "head")


def used(reading: Reading) -> set[str]:
    return {why.pattern for task in reading.tasks for why in task.why.values()}


def loaded(scorer: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("scorer", scorer)
    if spec is None or spec.loader is None:
        raise SystemExit(f"no scorer at {scorer}")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    for name in ("texts", "gold", "scorer"):
        options.add_argument(name, type=Path)
    chosen = options.parse_args()
    scorer = loaded(chosen.scorer)
    texts = {path.stem: path.read_bytes().decode("utf-8") for path in sorted(chosen.texts.glob("*.txt"))}
    own = [annotated(path.read_text("utf-8"))[0] for path in sorted(OWN.glob("*.txt"))]
    elsewhere = set().union(*(used(read_text(text)) for text in own))
    patterns = {name: used(read_text(text)) for name, text in texts.items()}
    print("| document | patterns | only here | what changes without them |\n|---|---|---|---|")
    for name, text in texts.items():
        others = elsewhere.union(*(found for other, found in patterns.items() if other != name))
        alone = frozenset(patterns[name] - others)
        gold = json.loads((chosen.gold / f"{name}.json").read_text("utf-8"))
        whole, rest = (
            scorer.score(text, gold, json.loads(read_text(text, without=one).model_dump_json()))
            for one in (frozenset[str](), alone)
        )
        changed = [
            f"{field} {whole[field]:.3f} → {rest[field]:.3f}"
            for field in FIELDS
            if whole[field] is not None and rest[field] is not None and whole[field] != rest[field]
        ]
        print(
            f"| {name} | {len(patterns[name])} | {', '.join(sorted(alone)) or '–'} | {', '.join(changed) or '–'} |"
        )


if __name__ == "__main__":
    main()
