"""What kind of duty an order is, and the roles its words give (all folded)."""

import re

from domain.draft import DutyKind
from intake.grammar.counts import MADE

ISSUES_PLAN = re.compile(
    r"\b(?:ban hành|phê duyệt) (?:kế hoạch|chương trình)\b|\bgiao (?:nhiệm vụ|chỉ tiêu|kế hoạch)\b"
)
YEAR_PLAN = re.compile(r"\bnăm\s+(\d{4})\s*$")
# An order that speaks of figures to reach; elsewhere a count is only a count.
COUNTING = re.compile(
    r"phấn đấu|phần đầu|chỉ tiêu|không (?:vượt )?quá|không (?:dưới|ít hơn|thấp hơn)|ít nhất|tối thiểu|tối đa"
    r"|công nhận|nhân rộng|duy trì|\bcó \d|\bđủ \d+ (?:tuần|tiết)|bình quân \d|tuần thực"
    r"|\b\d+ (?:lần|lượt|buổi)\b"
    r"|\bcó thêm \d|\b(?:tăng|giảm) (?:ít nhất |tối thiểu )?\d"
    rf"|{MADE}"
    r"|\bmỗi (?:học kỳ|năm học|năm|quý|tháng|tuần)(?: [^\W\d]+){0,3} \d"
)
STRIVES = re.compile(r"phấn đấu|phần đầu|chỉ tiêu|bảo đảm \d|không quá")
JOINING = re.compile(r"(?:(?:chủ động|tăng cường|có trách nhiệm|căn cứ [^,]{0,80}|tiếp tục)\s+)*phối hợp\b")
LEADING = re.compile(r"\bchủ trì\b")
IN_CHARGE = re.compile(r"(?:chủ trì|thực hiện|phụ trách|tham mưu|triển khai|chịu trách nhiệm)\b")
REPORTS_BACK = re.compile(r"báo cáo|phản ánh|đề xuất")

_BEGINNING = 60  # letters in which the main verb stands
_REPORT = re.compile(r"\b(?:báo cáo(?! chuyên đề)|tổng hợp|chế độ (?:thông tin|báo cáo))\b")
_HANDS_IN = re.compile(r"\b(?:gửi|nộp) (?:\w+ ){0,3}báo cáo|báo cáo kết quả")
_INSPECTION = re.compile(r"\b(?:kiểm tra|thanh tra|giám sát)\b")
_TRAINING = re.compile(r"\b(?:tập huấn|bồi dưỡng|đào tạo)\b")


def kind_of(order: str) -> DutyKind:
    """By the main verb of an order given from its predicate on."""
    begin = order[:_BEGINNING]
    if _REPORT.search(begin) or _HANDS_IN.search(order):
        return "report"
    if _INSPECTION.search(begin):
        return "inspection"
    return "training" if _TRAINING.search(begin) else "task"
