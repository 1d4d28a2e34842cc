"""`dondoc drafts`: what waits for a person, and the person's decision, from the command line."""

from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from actions.changes import By
from actions.decide_draft import approve_draft, discard_draft
from actions.errors import Refused
from actions.issue_duties import issue_duties
from cli.sentences import told
from cli.worded import Command, Group
from domain.duty import DutyTerms
from domain.missing import say
from runtime import clock
from runtime.directives import proposed_with
from runtime.settings import Settings
from runtime.works import Works
from store.office import load_office
from store.questions.drafts import draft_directive, draft_lines

drafts = typer.Typer(
    cls=Group, add_completion=False, help="Xem, duyệt, bỏ các nội dung đang chờ", no_args_is_help=True
)
Id = Annotated[int, typer.Argument(metavar="SỐ", help="Số thứ tự của nội dung, như in ở dondoc drafts list")]


@drafts.command("list", cls=Command)
def list_drafts() -> None:
    """Các nội dung đang chờ, và còn thiếu gì."""
    with told(), Works.of(Settings()).db.read() as session:
        lines = draft_lines(session)
    table = Table("Số", "Mục", "Nội dung", "Hạn", "Còn thiếu")
    for line in lines:
        table.add_row(
            str(line.id), line.clause, line.quote[:100], line.deadline, ", ".join(map(say, line.missing))
        )
    Console().print(table)


@drafts.command("approve", cls=Command)
def approve(
    draft_id: Id,
    lead: Annotated[
        str | None, typer.Option(help="Tên hoặc mã đơn vị chủ trì, khi văn bản không nêu")
    ] = None,
    deadline: Annotated[
        str | None, typer.Option(help="Hạn, như 2023-03-31 hoặc 'day<15', khi văn bản không nêu")
    ] = None,
) -> None:
    """Duyệt một nội dung và giao việc. Điều văn bản không nêu được ghi là do văn phòng bổ sung."""
    works, by = Works.of(Settings()), By("dondoc drafts", clock.now())
    with told(), works.db.transaction() as session:
        proposal = proposed_with(works, session, draft_id, lead=lead, deadline=deadline, at=by.at)
        if proposal.terms is None:
            raise Refused(
                f"Nội dung {draft_id} còn thiếu: {', '.join(map(say, proposal.missing))}. Dùng --lead, --deadline."
            )
        approve_draft(session, draft_id, by, terms=DutyTerms.model_validate(proposal.terms))
        issued = issue_duties(session, draft_directive(session, draft_id), load_office(session), by)
    print(f"Đã giao: {issued[0].title}" if issued else "Việc này đã được giao từ trước.")


@drafts.command("discard", cls=Command)
def discard(draft_id: Id, reason: Annotated[str, typer.Option(help="Lý do, được lưu cùng văn bản")]) -> None:
    """Bỏ một nội dung, có lý do."""
    with told(), Works.of(Settings()).db.transaction() as session:
        discard_draft(session, draft_id, By("dondoc drafts", clock.now()), reason=reason)
    print("Đã bỏ.")
