"""Draw the installable app's icons for phones that take no SVG: `python -m tools.icons`, after icon.svg was changed."""

import tempfile
from pathlib import Path
from typing import Any

import typst

STATIC = Path(__file__).resolve().parents[1] / "web" / "static"
ROUND, FULL = 'rx="6"', 'rx="0"'
"""An icon that is shown as it is has round corners; one that the phone cuts to its own shape fills the square."""


def png(svg: str, pixels: int) -> bytes:
    with tempfile.TemporaryDirectory(prefix="dondoc-") as name:
        (Path(name) / "icon.svg").write_text(svg, encoding="utf-8")
        page = Path(name) / "icon.typ"
        page.write_text(
            "#set page(width: 72pt, height: 72pt, margin: 0pt, fill: none)\n"
            '#image("icon.svg", width: 72pt, alt: "dondoc")',
            encoding="utf-8",
        )
        drawn: Any = typst.compile(page, format="png", ppi=pixels)
    return bytes(drawn)


def main() -> None:
    svg = (STATIC / "icon.svg").read_text(encoding="utf-8")
    if ROUND not in svg:
        raise SystemExit(f"icon.svg no longer says {ROUND}: teach tools/icons.py")
    for name, drawing, pixels in (
        ("icon-192", svg, 192),
        ("icon-512", svg, 512),
        ("icon-full-512", svg.replace(ROUND, FULL), 512),
    ):
        (STATIC / f"{name}.png").write_bytes(png(drawing, pixels))


if __name__ == "__main__":
    main()
