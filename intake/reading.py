"""Reading a directive: text in, duties and passages out. Pure, deterministic, linear in the length of the text.

text → blocks (paragraphs, rows, footnotes) → zones (head, body, close, foreign) → outline (who stands under
which heading) → orders → fields, each with the words and the pattern it was read from → passages that tile the
text. What a wording means is taught in `intake/grammar`.
"""

from domain.draft import Because, DutyDraft, Passage, Reading, Stage
from intake.blocks import blocks_of
from intake.drafts import Drafts
from intake.head import Head
from intake.lint import lint
from intake.outline import ANNEX, outline
from intake.passages import passages_of
from intake.text import Offsets, Source, composed
from intake.zones import zones_of

_BODY = ("body", "annex-title", "opening", "basis")


def read_text(text: str, *, without: frozenset[str] = frozenset()) -> Reading:
    """Reads any text. Offsets point into `text` as given, whatever its Unicode form; never raises.

    `without`: names of patterns (as in `why`) that read nothing this time: what the others can do without them.
    """
    raw, offsets = composed(text)
    source = Source(raw)
    blocks = blocks_of(source)
    zones = zones_of(source, blocks)
    facts = Head(source, blocks, zones).facts()
    for block, zone in zip(blocks, zones, strict=True):
        block.style = ANNEX if zone == "annex-title" else block.style
    body = [(b, z) for b, z in zip(blocks, zones, strict=True) if z in _BODY]
    nodes = outline(source, [b for b, _ in body])
    drafts = Drafts(source, facts, blocks, without)
    drafts.addressees = [(b.body, b.end) for b, z in zip(blocks, zones, strict=True) if z == "addressee"]
    for node, (_, zone) in zip(nodes, body, strict=True):
        drafts.take(node, zone)
    tasks = drafts.finish()
    passages = passages_of(source, blocks, zones, drafts)
    reading = Reading(document=facts, passages=passages, tasks=tasks, lint=lint(source, facts, nodes))
    return reading if offsets.same else _moved(reading, offsets)


def _moved(reading: Reading, offsets: Offsets) -> Reading:
    """The same reading with offsets into the text as it was given."""

    def moved(one: Passage | DutyDraft | Because | Stage) -> dict[str, int]:
        return {"start": offsets.back(one.start), "end": offsets.back(one.end)}

    tasks = tuple(
        task.model_copy(
            update={
                **moved(task),
                "why": {k: w.model_copy(update=moved(w)) for k, w in task.why.items()},
                "stages": tuple(s.model_copy(update=moved(s)) for s in task.stages),
            }
        )
        for task in reading.tasks
    )
    passages = tuple(p.model_copy(update=moved(p)) for p in reading.passages)
    findings = tuple(
        f.model_copy(update={"start": offsets.back(f.start), "end": offsets.back(f.end)})
        for f in reading.lint
    )
    return reading.model_copy(update={"tasks": tasks, "passages": passages, "lint": findings})
