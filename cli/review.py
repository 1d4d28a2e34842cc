"""`dondoc review`: the reading desk from the command line: what is missing, split, merge, teach, check."""

from typing import Annotated

import typer
from rich.console import Console

from actions.changes import By
from actions.preview_issue import Preview
from actions.recast_draft import merge_drafts, split_draft
from cli.sentences import told
from cli.worded import Command, Group
from domain.gaps import Gap
from domain.missing import say
from domain.wording import say_day
from runtime import clock
from runtime.directives import preview, proposer_of, teach
from runtime.missing_fields import missing_fields
from runtime.settings import Settings
from runtime.works import Works
from store.questions.drafts import draft_directive, place_in
from store.questions.review import why_not_publish
from store.tables import DirectiveRow

review = typer.Typer(cls=Group, add_completion=False, help="Bàn rà soát văn bản", no_args_is_help=True)
Directive = Annotated[int, typer.Argument(metavar="VĂN-BẢN", help="Số của văn bản, như in ở dondoc take-in")]
DraftId = Annotated[
    int, typer.Argument(metavar="SỐ", help="Số thứ tự của nội dung, như in ở dondoc drafts list")
]
ACTOR = "dondoc review"


@review.command("missing", cls=Command)
def missing(directive_id: Directive) -> None:
    """Điều văn bản không nêu, kèm đề xuất và lý do; câu cần hỏi cơ quan ban hành."""
    works, at = Works.of(Settings()), clock.now()
    with told(), works.db.read() as session:
        desk = missing_fields(works, session, directive_id, at)
    out = Console(highlight=False)
    for one in desk:
        out.print(f"{one.id}. {one.draft.quote[:100]}", markup=False, soft_wrap=True)
        for gap in one.gaps:
            out.print("\n".join(_told(gap)), markup=False, soft_wrap=True)
        for question in one.questions:
            out.print(f"   Hỏi cơ quan ban hành: {question}", markup=False, soft_wrap=True)


def _told(gap: Gap) -> list[str]:
    lacks = say(f"unit:{gap.wording}") if gap.field == "unit" else say(gap.field)
    return [f"   Thiếu {lacks}", *(f"      {fill.value}  ({fill.reason})" for fill in gap.fills)]


@review.command("split", cls=Command)
def split(
    draft_id: DraftId,
    before: Annotated[str, typer.Argument(metavar="CHỮ", help="Những chữ mở đầu phần thứ hai")],
) -> None:
    """Tách một nội dung thành hai, trước những chữ đã cho."""
    works, by = Works.of(Settings()), By(ACTOR, clock.now())
    with told(), works.db.transaction() as session:
        directive = session.get_one(DirectiveRow, draft_directive(session, draft_id))
        propose = proposer_of(works, session, directive, by.at)
        parts = split_draft(session, draft_id, by, at=place_in(session, draft_id, before), propose=propose)
        print("\n".join(f"{part.id}. {part.quote[:100]}" for part in parts))


@review.command("merge", cls=Command)
def merge(draft_id: DraftId, other_id: DraftId) -> None:
    """Gộp hai nội dung của một văn bản thành một."""
    works, by = Works.of(Settings()), By(ACTOR, clock.now())
    with told(), works.db.transaction() as session:
        directive = session.get_one(DirectiveRow, draft_directive(session, draft_id))
        propose = proposer_of(works, session, directive, by.at)
        whole = merge_drafts(session, draft_id, other_id, by, propose=propose)
        print(f"{whole.id}. {whole.quote[:100]}")


@review.command("teach", cls=Command)
def teach_name(
    wording: Annotated[str, typer.Argument(metavar="CÁCH-GỌI", help="Cách gọi trong văn bản")],
    units: Annotated[list[str], typer.Argument(metavar="MÃ-ĐƠN-VỊ", help="Mã các đơn vị mà cách gọi ấy chỉ")],
) -> None:
    """Ghi nhớ một cách gọi đơn vị; các nội dung đang chờ được đề xuất lại."""
    works, by = Works.of(Settings()), By(ACTOR, clock.now())
    with told(), works.db.transaction() as session:
        changed = teach(works, session, wording, units, by)
    print(f"Đã ghi nhớ. {changed} nội dung đang chờ có đề xuất mới.")


@review.command("check", cls=Command)
def check(directive_id: Directive) -> None:
    """Còn gì phải quyết định trước khi giao, và giao thì điều gì xảy ra."""
    works, at = Works.of(Settings()), clock.now()
    with told(), works.db.read() as session:
        coming = preview(works, session, directive_id, at)
        reasons = why_not_publish(session, directive_id)
    print("\n".join([*(f"Chưa giao được: {reason}" for reason in reasons), *_coming(coming)]))


def _coming(seen: Preview) -> list[str]:
    days = [f"Thư đầu tiên {say_day(day)}: về {count} lượt đơn vị" for day, count in seen.letters.items()]
    owed = [
        f"{o.unit} đã phải nộp “{', '.join(o.figures)}” ở việc “{o.duty}”, {len(o.periods)} kỳ trùng"
        for o in seen.overlaps
    ]
    head = f"Sẽ giao {seen.duties} việc ({seen.standing} việc thường xuyên) cho {len(seen.units)} đơn vị."
    return [head, *days, *owed]
