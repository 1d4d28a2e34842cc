"""A paper as PDF/A-2a (ISO 19005-2) and PDF/UA-1 (ISO 14289-1), tagged: what is kept, signed and handed out.

Only the font that ships with us is known to the typesetter: a machine's own would silently lend single letters.
"""

import json
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

import typst

from reports.blocks import Block, Paper, Picture, Sign
from reports.document import Heading, say_full_day

MEDIA_TYPE = "application/pdf"
_HERE = Path(__file__).parent
_FONTS = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[_HERE / "fonts"])


def render(paper: Paper) -> bytes:
    """The same paper gives the same bytes."""
    made: bytes = _typeset(paper, format="pdf", pdf_standards=["a-2a", "ua-1"])
    return made


def pictures(paper: Paper, points_per_inch: int = 70) -> list[bytes]:
    """Every page as a PNG: for people who look, and for tests that measure."""
    drawn: Any = _typeset(paper, format="png", ppi=points_per_inch)
    return drawn if isinstance(drawn, list) else [drawn]


def _typeset(paper: Paper, **options: Any) -> Any:
    with tempfile.TemporaryDirectory(prefix="dondoc-") as name:
        folder = Path(name)
        shutil.copyfile(_HERE / "office.typ", folder / "office.typ")
        said = {
            "title": paper.title,
            "author": paper.author,
            "made": [paper.made_at.year, paper.made_at.month, paper.made_at.day],
            "blocks": list(_blocks(paper, folder)),
        }
        (folder / "paper.json").write_text(json.dumps(said, ensure_ascii=False), encoding="utf-8")
        return typst.compile(
            folder / "office.typ",
            root=folder,
            font_paths=_FONTS,
            timestamp=int(paper.made_at.timestamp()),
            **options,
        )


def _blocks(paper: Paper, folder: Path) -> Iterator[dict[str, Any]]:
    for number, block in enumerate(paper.blocks):
        yield {"block": type(block).__name__.lower(), "first": not number, **_fields(block, folder, number)}


def _fields(block: Block, folder: Path, number: int) -> dict[str, Any]:
    if isinstance(block, Heading):
        place = f"{block.place}, " if block.place else ""
        return asdict(block) | {"where": f"{place}{say_full_day(block.day)}", "day": None}
    if isinstance(block, Picture):
        return {
            "file": _file(folder, f"picture-{number}", block.data), "caption": block.caption, "width": block.width
        }  # fmt: skip
    return {
        name: _sign(value, folder, f"{name}-{number}") if isinstance(value, Sign) else value
        for name, value in vars(block).items()
    }


def _sign(sign: Sign, folder: Path, name: str) -> dict[str, Any]:
    drawn = _file(folder, name, sign.drawn) if sign.drawn else None
    return {"title": sign.title, "hint": sign.hint, "name": sign.name, "drawn": drawn}


def _file(folder: Path, name: str, data: bytes) -> str:
    suffix = "png" if data.startswith(b"\x89PNG") else "jpg"
    (folder / f"{name}.{suffix}").write_bytes(data)
    return f"{name}.{suffix}"
