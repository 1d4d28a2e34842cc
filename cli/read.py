"""`dondoc read FILE [--json]`: a directive as duties, printed."""

from pathlib import Path
from typing import Annotated

import typer

from domain.draft import Reading
from intake.reading import read_text


def read(
    file: Annotated[Path, typer.Argument(help="Tệp văn bản chỉ đạo (.txt, .docx, .pdf, .html)")],
    json: Annotated[bool, typer.Option("--json", help="In một đối tượng JSON")] = False,
) -> None:
    """Đọc một văn bản chỉ đạo thành các nhiệm vụ."""
    reading = read_text(file.read_bytes().decode("utf-8"))
    typer.echo(reading.model_dump_json() if json else _table(reading))


def _table(reading: Reading) -> str:
    return "\n".join(f"{t.id} {t.clause}: {t.quote}" for t in reading.tasks)


if __name__ == "__main__":
    typer.run(read)
