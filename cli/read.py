"""`dondoc read FILE [--json]`: a directive as duties, printed."""

from pathlib import Path
from typing import Annotated

import typer

from domain.draft import DutyDraft, Reading
from intake.formats import IntakeError, load
from intake.reading import read_text


def read(
    file: Annotated[
        Path, typer.Argument(metavar="TỆP", help="Tệp văn bản chỉ đạo (.txt, .docx, .pdf, .html)")
    ],
    json: Annotated[bool, typer.Option("--json", help="In một đối tượng JSON")] = False,
) -> None:
    """Đọc một văn bản chỉ đạo thành các nhiệm vụ."""
    try:
        loaded = load(file)
    except IntakeError as refusal:
        typer.echo(str(refusal), err=True)
        raise typer.Exit(2) from refusal
    for warning in loaded.warnings:
        typer.echo(warning, err=True)
    reading = read_text(loaded.text)
    typer.echo(reading.model_dump_json() if json else _shown(reading))


def _shown(reading: Reading) -> str:
    facts = reading.document
    head = [f"{facts.type or 'Văn bản'} {facts.symbol or '(chưa có số)'} — {facts.subject or ''}", ""]
    found = [f"  ! {finding.message}" for finding in reading.lint]
    return "\n".join([*head, *(_line(task) for task in reading.tasks), *found])


def _line(task: DutyDraft) -> str:
    lead = ", ".join(task.lead) or "(chưa rõ chủ trì)"
    due = (
        task.deadline_text or (task.recurrence_text if task.recurrence != "none" else None) or "(chưa có hạn)"
    )
    return f"{task.id}  {task.clause}\n     {task.quote[:110]}\n     {lead} · {due}"


if __name__ == "__main__":
    typer.run(read)
