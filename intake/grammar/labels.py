"""The labels of an assignment: table heads and "Đơn vị chủ trì:" alike. A new wording is taught here."""

import re
from typing import Literal

from intake.text import fold

Label = Literal["number", "work", "lead", "with", "doer", "due", "product", "form", "note"]

_WHO = (
    r"(?:các\s+)?(?:cơ quan|đơn vị|bộ phận|bộ,? ngành|tổ chức|cá nhân|phòng,? ban|sở,? ngành|người|đầu mối"
    r"|chuyên viên|lãnh đạo)"
)
_WHO_LIST = rf"{_WHO}(?:\s*[,/]\s*(?:{_WHO})|\s+(?:và|hoặc)\s+{_WHO})*"

# Ordered: the first label one of whose patterns matches the whole of its words wins.
LABELS: tuple[tuple[Label, tuple[str, ...]], ...] = (
    ("number", (r"stt|tt|số tt|số thứ tự|thứ tự|no\.?",)),
    (
        "with",
        (
            rf"(?:{_WHO_LIST}\s+)?(?:tham gia\s+)?phối hợp(?:\s+thực hiện)?",
            rf"{_WHO_LIST}\s+(?:cùng\s+)?tham gia",
        ),
    ),
    (
        "lead",
        (
            (
                rf"(?:{_WHO_LIST}\s+)?(?:được giao\s+)?chủ trì"
                r"(?:,?\s+(?:tham mưu|thực hiện|giải quyết|soạn thảo|trình|triển khai))*"
            ),
            (
                rf"(?:{_WHO_LIST}\s+)?(?:được\s+)?(?:phụ trách|đầu mối|tham mưu|chịu trách nhiệm)"
                r"(?:\s+(?:chính|thực hiện|tham mưu))?"
            ),
            r"phân công(?: thực hiện| nhiệm vụ)?|cơ quan (?:soạn thảo|trình)|trách nhiệm(?:\s+thực hiện)?|giao",
            rf"{_WHO}\s+được (?:giao|phân công)",
        ),
    ),
    ("doer", (rf"{_WHO_LIST}\s+(?:tổ chức\s+|triển khai\s+)?thực hiện", r"tổ chức thực hiện")),
    (
        "due",
        (
            (
                r"(?:mốc\s+|khung\s+)?(?:thời gian|thời hạn|tiến độ|thời điểm|hạn|lộ trình|kỳ hạn)"
                r"(?:\s+(?:thực hiện|hoàn thành|trình|ban hành|triển khai|báo cáo|tổ chức|gửi|nộp|xử lý|giải quyết"
                r"|dự kiến|bắt đầu|kết thúc|cụ thể))*"
                r"(?:\s*[,/]\s*(?:tiến độ|thời hạn|thời gian)(?:\s+(?:thực hiện|hoàn thành))?)?"
                r"(?:\s*(?:,|và|/)\s*địa điểm)?"
            ),
            r"hạn hoàn thành|hoàn thành|ngày hoàn thành|ngày(?:,? tháng)?(?:,? năm)?|tháng|quý",
        ),
    ),
    (
        "product",
        (
            (
                r"(?:dự kiến\s+)?(?:sản phẩm|kết quả|đầu ra|hình thức văn bản|hồ sơ)"
                r"(?:\s+(?:đầu ra|dự kiến|cần đạt|thực hiện|hoàn thành|đạt được))*"
            ),
        ),
    ),
    (
        "work",
        (
            (
                r"(?:tên\s+)?(?:nội dung|nhiệm vụ|công việc|việc|hoạt động|đầu việc|danh mục|chỉ tiêu|mục tiêu|tên)"
                r"(?:\s*[,/]?\s*(?:và\s+)?(?:nội dung|nhiệm vụ|công việc|giải pháp|công tác|thực hiện|cụ thể|chủ yếu"
                r"|trọng tâm|triển khai|hoạt động|được giao|đề án|dự án|chương trình|chỉ tiêu))*"
            ),
        ),
    ),
    ("form", (r"hình thức|địa điểm|kinh phí|nguồn kinh phí|đối tượng|thành phần",)),
    ("note", (r"ghi chú|căn cứ",)),
)
_COMPILED = [(label, re.compile("|".join(f"(?:{p})" for p in patterns))) for label, patterns in LABELS]
_INLINE_LABELS: tuple[Label, ...] = ("lead", "with", "doer", "due", "product", "work")
# A label inside running text: its words, then a colon.
_SHORT = re.compile(r"([^:.;()\n]{2,70}?)\s*:\s*")


def column_of(head: str) -> Label | None:
    """What a column or label with these words holds; None for any other words."""
    words = fold(head).strip(" .:*-\n\t()")
    words = re.sub(r"\s*\(.*?\)\s*$|\s*/\s*$", "", " ".join(words.split()))
    words = re.sub(r"\s*/\s*", "/", words)
    for label, pattern in _COMPILED:
        if pattern.fullmatch(words):
            return label
    return None


def leading_label(text: str) -> tuple[Label, int] | None:
    """A label at the start of the words and the length of it with its colon; None where there is none."""
    found = _SHORT.match(text)
    if not found:
        return None
    label = column_of(found.group(1))
    return (label, found.end()) if label in _INLINE_LABELS and label else None
