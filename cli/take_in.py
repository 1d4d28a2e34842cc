"""`dondoc take-in FILE [--approve POLICY]`: a directive into the database, and with a policy into duties."""

from pathlib import Path
from typing import Annotated

import typer

from actions.changes import By
from actions.errors import Refused
from actions.take_in import SameNumber
from cli.sentences import told
from domain.directive import OnSameNumber
from runtime import clock
from runtime.directives import approve_complete, load_policy, take_in_file
from runtime.settings import Settings
from runtime.works import Works
from store import schema


def take_in(
    file: Annotated[Path, typer.Argument(metavar="TỆP", help="Văn bản chỉ đạo (.txt .docx .pdf)")],
    approve: Annotated[
        Path | None, typer.Option(help="Tệp chính sách: duyệt và giao ngay các việc đủ thông tin")
    ] = None,
    same: Annotated[
        OnSameNumber,
        typer.Option(help="Khi đã có văn bản cùng số nhưng khác nội dung: hỏi, thay hay giữ cả hai"),
    ] = OnSameNumber.ASK,
) -> None:
    """Tiếp nhận một văn bản. Nội dung đã có thì không ghi lại."""
    works = Works.of(Settings())
    by = By("dondoc take-in", clock.now(), cause=file.name)
    with told():
        schema.upgrade(works.db)
        policy = load_policy(approve) if approve else None
        try:
            directive_id, new = take_in_file(works, file, by, policy, same)
        except SameNumber as asked:
            raise Refused(f"{asked} Hãy chạy lại với --same replace hoặc --same keep.") from None
        print(f"Văn bản số {directive_id} {'đã tiếp nhận' if new else 'đã có từ trước'}.")
        if approve:
            issued, left = approve_complete(works, directive_id, by)
            print(
                f"Đã giao {issued} việc; còn {left} nội dung chờ người quyết định (xem: dondoc drafts list)."
            )
