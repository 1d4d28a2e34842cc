"""The passages of a text: every stretch with its kind, tiling the text by construction."""

from domain.draft import Passage, PassageKind
from intake.blocks import Block
from intake.drafts import Claim, Drafts, task_id
from intake.text import Source
from intake.zones import Zone

_KINDS: dict[Zone, PassageKind] = {
    "foreign": "foreign", "motto": "page-furniture", "issuer": "heading", "number": "heading", "title": "heading",
    "subject": "heading", "basis": "basis", "addressee": "addressee", "opening": "background", "body": "background",
    "recipient": "recipient", "signature": "signature", "annex-title": "heading", "note": "footnote",
    "furniture": "page-furniture",
}  # fmt: skip


def passages_of(
    source: Source, blocks: list[Block], zones: list[Zone], drafts: Drafts
) -> tuple[Passage, ...]:
    """Claims of the drafts first, then the rest of each block by its zone, then whatever no block holds.

    One cursor moves over the text and never back, so passages cannot overlap and no character is left out.
    """
    stretches = sorted(_stretches(blocks, zones, drafts), key=lambda c: (c.start, -c.end))
    out: list[Passage] = []
    at = 0
    for one in stretches:
        start, end = max(at, one.start), one.end
        if start >= end:
            continue
        _put(source, out, at, start, "page-furniture", None)
        _put(source, out, start, end, one.kind, one.draft)
        at = end
    _put(source, out, at, len(source.raw), "page-furniture", None)
    return tuple(out)


def _put(
    source: Source, out: list[Passage], start: int, end: int, kind: PassageKind, draft: int | None
) -> None:
    start, end = source.trim(start, end)
    if start < end:
        out.append(Passage(start=start, end=end, kind=kind, task=None if draft is None else task_id(draft)))


def _stretches(blocks: list[Block], zones: list[Zone], drafts: Drafts) -> list[Claim]:
    """Disjoint claims: what drafts claim, and of every block what they leave."""
    claims = sorted(drafts.claims, key=lambda c: c.start)
    out = list(claims)
    i = 0
    for block, zone in zip(blocks, zones, strict=True):
        while i < len(claims) and claims[i].end <= block.start:
            i += 1
        at, kind, last = block.start, _KINDS[zone], None
        j = i
        while j < len(claims) and claims[j].start < block.end:
            out.append(Claim(at, min(claims[j].start, block.end), kind))
            at, last = max(at, claims[j].end), claims[j]
            j += 1
        out.append(Claim(at, block.end, kind))
        rest = last or Claim(0, 0, kind)
        out += [Claim(s, e, rest.kind, rest.draft) for s, e in block.tail]
    return [c for c in out if c.start < c.end]
