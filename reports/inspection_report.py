"""Report on inspections over some days: plans, coverage, findings, as blocks (mẫu 1.4 of Nghị định 30/2020/NĐ-CP)."""

from domain.checklist import SEVERITY_LABELS
from domain.inspection import KIND_LABELS
from domain.inspection_report import InspectionReport, PlanStanding
from domain.verdict import Severity
from domain.wording import say_day
from reports.blocks import Block, Body, Closing, Grid, Paper, Part, Sign, Title
from reports.document import Heading


def report_paper(report: InspectionReport) -> Paper:
    plans = report.plans
    subject = f"Công tác kiểm tra từ ngày {say_day(report.first)} đến ngày {say_day(report.last)}"
    visited, due = sum(p.visited for p in plans), sum(p.to_visit for p in plans)
    found = sum(sum(p.findings.values()) for p in plans)
    blocks: list[Block] = [
        Heading(report.superior, report.office, "/BC-", report.place, report.today),
        Title("Báo cáo", subject),
        Part("I. TÌNH HÌNH CHUNG"),
        Body(
            f"{len(plans)} kế hoạch; đã kiểm tra {visited}/{due} lượt đơn vị; dự {sum(p.lessons for p in plans)} tiết; "
            f"phát hiện {found} tồn tại, còn {sum(p.open_findings for p in plans)} chưa khắc phục xong, trong đó "
            f"{sum(p.late_findings for p in plans)} quá hạn."
        ),
        Part("II. TỪNG KẾ HOẠCH"),
        Grid(_HEADS, tuple(_row(n, p) for n, p in enumerate(plans, start=1)), (10, 58, 32, 27, 38)),
        *(
            Body(f"{p.title}: chưa kiểm tra {len(p.silent)} đơn vị ({'; '.join(p.silent)}).")
            for p in plans
            if p.silent
        ),
        Part("III. NỘI DUNG NHIỀU ĐƠN VỊ CHƯA ĐẠT"),
        *(
            [Body(f"- {one.text}: {one.units} đơn vị.") for one in report.common]
            or [Body("Không có nội dung nào mà từ hai đơn vị trở lên chưa đạt.")]
        ),
        Body("Trên đây là báo cáo công tác kiểm tra./."),
        Closing(tuple(filter(None, (report.superior, "Lưu: VT"))), Sign("THỦ TRƯỞNG CƠ QUAN")),
    ]
    return Paper(f"Báo cáo {subject}", report.office, report.made_at, tuple(blocks))


_HEADS = ("TT", "Kế hoạch", "Hình thức", "Đã kiểm tra", "Tồn tại")


def _row(number: int, line: PlanStanding) -> tuple[str, ...]:
    share = f" ({line.covered} %)" if line.covered is not None else ""
    found = "; ".join(f"{SEVERITY_LABELS[s]}: {line.findings[s]}" for s in Severity if line.findings.get(s))
    return (
        str(number),
        f"{line.title} ({say_day(line.first)} – {say_day(line.last)})",
        KIND_LABELS[line.kind],
        f"{line.visited}/{line.to_visit}{share}",
        found or "không có",
    )
