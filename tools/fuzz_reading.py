"""Reads broken and mixed directives for some minutes and stops at the first text that breaks a promise.

`python -m tools.fuzz_reading --minutes 3 [--seed 1] [--texts FOLDER]`: texts of tests/intake (and of FOLDER) are cut,
joined, doubled, sprinkled with odd characters and read. Promised: nothing is raised, every character that is not blank
lies in one passage, quotes stand where they say, a second reading is equal, and no text takes long.
"""

import argparse
import random
import time
from pathlib import Path

from intake.reading import read_text
from intake.text import composed, squeeze
from tests.support.annotated import annotated

OURS = Path(__file__).resolve().parents[1] / "tests" / "intake"
ODD = (
    "\x00\u200b\u202e\ufeff\u0301\u0302\t|*_$\\¹²[](){}<>“”…;:-–+.0123456789\n\r\u00a0đĐiİßỷ\ud7ff\U0001f4c4"
)
MOST_SECONDS = 5.0  # for a text of at most 60,000 characters on a busy machine
LONGEST = 60_000


def mutated(rng: random.Random, corpus: list[str]) -> str:
    """One text of the corpus after some random changes."""
    text = rng.choice(corpus)
    for _ in range(rng.randint(1, 8)):
        a, b = sorted(rng.randrange(len(text) + 1) for _ in range(2))
        kind = rng.randrange(6)
        if kind == 0:
            text = text[:a] + text[b:]
        elif kind == 1:
            other = rng.choice(corpus)
            c, d = sorted(rng.randrange(len(other) + 1) for _ in range(2))
            text = text[:a] + other[c:d] + text[a:]
        elif kind == 2:
            text = text[:a] + "".join(rng.choice(ODD) for _ in range(rng.randint(1, 40))) + text[a:]
        elif kind == 3:
            text = text[:b] + text[a:b][:2_000] * rng.randint(1, 4) + text[b:]
        elif kind == 4:
            text = text[:a] + text[a:b].replace("\n", rng.choice([" ", "\n\n", "\r\n", "|"])) + text[b:]
        else:
            text = text[:a] + rng.choice([text[a:b].upper(), text[a:b].lower(), text[a:b][::-1]]) + text[b:]
        text = text[:LONGEST] or "-"
    return text


def broken(text: str) -> str | None:
    """The promise a text breaks, in words; None where all hold."""
    began = time.perf_counter()
    reading = read_text(text)
    took = time.perf_counter() - began
    if took > MOST_SECONDS:
        return f"{took:.1f} s for {len(text)} characters"
    times = bytearray(len(text))
    for passage in reading.passages:
        for i in range(passage.start, passage.end):
            times[i] = min(2, times[i] + 1)
    if any(times[i] != 1 for i, c in enumerate(text) if not c.isspace()):
        return "a character lies in no passage or in two"
    for task in reading.tasks:
        if not squeeze(composed(text[task.start : task.end])[0]).startswith(task.quote):
            return f"quote elsewhere: {task.quote!r}"
    return None if read_text(text) == reading else "a second reading differs"


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--minutes", type=float, default=3)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--texts", type=Path)
    chosen = options.parse_args()
    corpus = [annotated(path.read_text("utf-8"))[0] for path in sorted((OURS / "own").glob("*.txt"))]
    for folder in filter(None, (OURS / "texts", chosen.texts)):
        corpus += [path.read_bytes().decode("utf-8") for path in sorted(folder.glob("*.txt"))]
    rng, end, count, slowest = random.Random(chosen.seed), time.monotonic() + 60 * chosen.minutes, 0, 0.0
    while time.monotonic() < end:
        text = mutated(rng, corpus)
        began = time.perf_counter()
        try:
            fault = broken(text)
        except Exception as error:  # noqa: BLE001  whatever is raised is the finding
            fault = f"{type(error).__name__}: {error}"
        slowest = max(slowest, time.perf_counter() - began)
        count += 1
        if fault:
            Path("fuzz-fault.txt").write_text(text, "utf-8")
            raise SystemExit(f"text {count} of seed {chosen.seed} (kept in fuzz-fault.txt): {fault}")
    print(f"{count} texts, seed {chosen.seed}, slowest pair of readings {slowest:.1f} s: every promise kept")


if __name__ == "__main__":
    main()
