"""The year's plan of inspections (kế hoạch kiểm tra) on paper: themes, forms and numbers, never the units of a draw."""

from domain.inspection import KIND_LABELS
from domain.inspection_report import PlannedLine, YearPlan
from domain.wording import say_day
from reports.blocks import Block, Body, Closing, Grid, Paper, Part, Sign, Title
from reports.document import Heading

_HEADS = ("TT", "Nội dung", "Hình thức", "Thời gian", "Số lượt đơn vị")


def plan_paper(plan: YearPlan) -> Paper:
    subject = f"Kiểm tra năm {plan.year}"
    drafts = sum(not line.approved for line in plan.lines)
    blocks: list[Block] = [
        Heading(plan.superior, plan.office, "/KH-", plan.place, plan.today),
        Title("Kế hoạch", subject),
        Part("I. NỘI DUNG, THỜI GIAN"),
        Grid(_HEADS, tuple(_row(n, line) for n, line in enumerate(plan.lines, start=1)), (10, 60, 33, 37, 25))
        if plan.lines
        else Body("Chưa có nội dung kiểm tra nào trong năm."),
        *([Body(f"Trong đó {drafts} nội dung còn là dự thảo.")] if drafts else []),
        Part("II. TỔ CHỨC THỰC HIỆN"),
        Body(
            "Đơn vị được kiểm tra đột xuất do bốc thăm chọn ra: mã niêm phong được công bố trước, con số bốc thăm được "
            "công bố sau khi mở, ai cũng kiểm lại được."
        ),
        Body("Mỗi đơn vị không tiếp quá một đoàn trong một tháng, trừ khi lãnh đạo đồng ý."),
        Closing(
            tuple(filter(None, (plan.superior, "Các đơn vị trực thuộc", "Lưu: VT"))),
            Sign("THỦ TRƯỞNG CƠ QUAN"),
        ),
    ]
    return Paper(f"Kế hoạch {subject}", plan.office, plan.made_at, tuple(blocks))


def _row(number: int, line: PlannedLine) -> tuple[str, ...]:
    return (
        str(number),
        line.title,
        KIND_LABELS[line.kind],
        f"{say_day(line.first)} – {say_day(line.last)}",
        str(line.to_visit),
    )
