"""Put what npm brought where it is used: web/static/vendor and reports/fonts, both git-ignored.

Run by `make setup`. GOV.UK Frontend comes without its typeface and crest, which are licensed to gov.uk alone.
"""

import json
import re
import shutil
import tempfile
from pathlib import Path

from fontTools.merge import Merger
from fontTools.ttLib import TTFont

ROOT = Path(__file__).resolve().parents[1]
NODE = ROOT / "node_modules"
VENDOR = ROOT / "web" / "static" / "vendor"
FONTS = ROOT / "reports" / "fonts"

STACK = '"Be Vietnam Pro",system-ui,-apple-system,"Segoe UI",Roboto,arial,sans-serif'
WEB_WEIGHTS = (400, 600, 700)
SUBSETS = ("latin", "vietnamese")
WORKBOX = ("core", "routing", "strategies", "precaching")  # without its loader, which would ask Google's CDN
DOCUMENT_FACES = {
    "Regular": "400-normal",
    "Italic": "400-italic",
    "Bold": "700-normal",
    "BoldItalic": "700-italic",
}


def without_licensed_parts(css: str) -> str:
    """GOV.UK's stylesheet in our typeface. Raises ValueError if a newer release names theirs otherwise."""
    css = re.sub(r"@font-face\{font-family:GDS Transport;[^}]*\}", "", css)
    css = css.replace("GDS Transport,arial,sans-serif", STACK)
    css = css.replace("url(/assets/images/govuk-crest.svg)", "none")
    if left := re.findall(r"GDS Transport|url\([^)]*\)", css):
        raise ValueError(f"govuk-frontend still names {sorted(set(left))}: teach tools/assets.py")
    return css


def bring_scripts_and_styles() -> None:
    govuk = NODE / "govuk-frontend" / "dist" / "govuk"
    css = (govuk / "govuk-frontend.min.css").read_text(encoding="utf-8")
    (VENDOR / "govuk-frontend.min.css").write_text(without_licensed_parts(css), encoding="utf-8")
    shutil.copy(govuk / "govuk-frontend.min.js", VENDOR)
    shutil.copy(NODE / "htmx.org" / "dist" / "htmx.min.js", VENDOR)
    shutil.copy(NODE / "dexie" / "dist" / "modern" / "dexie.min.mjs", VENDOR)
    for part in WORKBOX:
        shutil.copy(NODE / f"workbox-{part}" / "build" / f"workbox-{part}.prod.js", VENDOR)


def bring_web_font() -> None:
    """The page's typeface: one file per weight and subset, and the stylesheet that names them."""
    source = NODE / "@fontsource" / "be-vietnam-pro"
    ranges = json.loads((source / "unicode.json").read_text(encoding="utf-8"))
    faces = []
    for weight in WEB_WEIGHTS:
        for subset in SUBSETS:
            name = f"be-vietnam-pro-{subset}-{weight}-normal.woff2"
            shutil.copy(source / "files" / name, VENDOR)
            faces.append(
                f'@font-face{{font-family:"Be Vietnam Pro";font-weight:{weight};font-display:swap;'
                f'src:url({name}) format("woff2");unicode-range:{ranges[subset]}}}\n'
            )
    (VENDOR / "be-vietnam-pro.css").write_text("".join(faces), encoding="utf-8")


def bring_document_font() -> None:
    """Tinos, metric-equal to Times New Roman, made whole: npm serves subsets, documents want one file."""
    source = NODE / "@fontsource" / "tinos" / "files"
    for face, suffix in DOCUMENT_FACES.items():
        with tempfile.TemporaryDirectory() as scratch:
            parts = [unpacked(source / f"tinos-{s}-{suffix}.woff", Path(scratch)) for s in SUBSETS]
            Merger().merge(parts).save(FONTS / f"Tinos-{face}.ttf")


def unpacked(woff: Path, folder: Path) -> str:
    font = TTFont(woff)
    font.flavor = None
    path = folder / f"{woff.stem}.ttf"
    font.save(path)
    return str(path)


def main() -> None:
    for folder in (VENDOR, FONTS):
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
    bring_scripts_and_styles()
    bring_web_font()
    bring_document_font()


if __name__ == "__main__":
    main()
