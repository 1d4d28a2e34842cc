"""The annotated directives as Word and PDF files, read again: which duties come out otherwise than from the text.

`python -m tools.round_trips FOLDER`: FOLDER holds the texts (.txt). A row of the printed table is a document, its
duties, and how many of them are not the same in .docx and in .pdf; `--show` prints the differences.
"""

import argparse
import difflib
import io
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import typst
from docx import Document

from domain.draft import DutyDraft
from intake.cells import bar_rows, row_cells
from intake.formats import load_bytes
from intake.lines import lines_of
from intake.reading import read_text
from intake.text import Source

_FONTS: Any = [str(Path(__file__).resolve().parents[1] / "reports" / "fonts")]
Part = str | list[list[str]]  # a paragraph with its line ends, or the rows of a table


def parts_of(text: str) -> Iterator[Part]:
    """The paragraphs and tables of a text: an empty line parts paragraphs, tabs and bars make rows."""
    source = Source(text)
    lines = lines_of(source)
    tables = bar_rows(source, lines)
    words: list[str] = []
    rows: list[list[str]] = []
    i = 0
    while i <= len(lines):
        line = lines[i] if i < len(lines) else None
        cells = None
        if line is not None and i in tables:
            i, found = tables[i]
            cells = [[text[s:e].strip() for s, e in row] for row in found]
        else:
            i += 1
            if line is not None and (one := row_cells(source, line, bool(rows))):
                cells = [[text[s:e].strip() for s, e in one]]
        if words and (cells or line is None or not line.text):
            yield "\n".join(words)
            words = []
        if rows and not cells:
            yield rows
            rows = []
        if cells:
            rows += cells
        elif line is not None and line.text:
            words.append(text[line.start : line.end])


def as_docx(text: str) -> bytes:
    document = Document()
    for part in parts_of(text):
        if isinstance(part, str):
            document.add_paragraph(part)
            continue
        table = document.add_table(rows=len(part), cols=max(map(len, part)))
        for row, cells in zip(table.rows, part, strict=True):
            for cell, words in zip(row.cells, cells, strict=False):
                cell.text = words
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def as_pdf(text: str) -> bytes:
    """A4 with text broken anew by the page and tables with rules; line ends of the text are kept."""
    out = ['#set page("a4")\n#set text(font: "Tinos", size: 13pt)\n']
    for part in parts_of(text):
        if isinstance(part, str):
            lines = " #linebreak() ".join(f"#{_quoted(line)}" for line in part.split("\n"))
            out.append(f"#par[{lines}]\n")
        else:
            width = max(map(len, part))
            cells = [_quoted(c) for row in part for c in [*row, *[""] * (width - len(row))]]
            out.append(f"#table(columns: ({'1fr, ' * width}), {', '.join(cells)})\n")
    pdf: bytes = typst.compile("".join(out).encode(), format="pdf", font_paths=_FONTS)
    return pdf


def _quoted(words: str) -> str:
    plain = re.sub(r"[\x00-\x1f]", " ", words)
    return '"' + plain.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _said(task: DutyDraft) -> str:
    """What is compared of a duty; not its quote, which of a row between bars is the whole row."""
    figures = [(t.value, t.unit) for t in task.targets]
    said = (task.lead, task.coordinators, task.deadline, task.deadline_latest, task.recurrence, figures)
    return json.dumps(said, ensure_ascii=False)


def differences(text: str, other: str) -> list[str]:
    """ "- " a duty of the text that the file lacks or tells otherwise, "+ " one only the file has."""
    ours, theirs = read_text(text).tasks, read_text(other).tasks
    found: list[str] = []
    pairs = difflib.SequenceMatcher(None, [*map(_said, ours)], [*map(_said, theirs)], autojunk=False)
    for tag, a, b, c, d in pairs.get_opcodes():
        if tag != "equal":
            found += [f"- {task.quote[:70]} {_said(task)}" for task in ours[a:b]]
            found += [f"+ {task.quote[:70]} {_said(task)}" for task in theirs[c:d]]
    return found


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("folder", type=Path)
    options.add_argument("--show", action="store_true")
    chosen = options.parse_args()
    print("| document | duties | not the same in .docx | in .pdf |\n|---|---|---|---|")
    for path in sorted(chosen.folder.glob("*.txt")):
        text = path.read_bytes().decode("utf-8")
        docx = differences(text, load_bytes(as_docx(text), "a.docx").text)
        pdf = differences(text, load_bytes(as_pdf(text), "a.pdf").text)
        missing = [sum(line.startswith("- ") for line in found) for found in (docx, pdf)]
        print(f"| {path.stem} | {len(read_text(text).tasks)} | {missing[0]} | {missing[1]} |")
        if chosen.show:
            print("\n".join(["docx:", *docx, "pdf:", *pdf]))


if __name__ == "__main__":
    main()
