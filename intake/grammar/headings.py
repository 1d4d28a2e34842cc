"""What a section is about, by the words of its heading (folded). The first pattern that matches wins."""

import re
from typing import Literal

Topic = Literal[
    "goals", "purpose", "past", "money", "targets", "tasks", "forward", "closing", "calendar", "facts"
]

TOPICS: tuple[tuple[Topic, tuple[str, ...]], ...] = (
    (
        "forward",
        (
            r"phương hướng|thời gian tới|nhiệm vụ.{0,60}(?:thời gian tới|năm tới|tiếp theo)",
            r"^(?!.*(?:kết quả|đánh giá|tình hình)).*nhiệm vụ.{0,60}(?:cuối năm|tháng cuối|quý [iv]+|năm (?:học )?\d)",
            r"nhiệm vụ,? giải pháp (?:trọng tâm|chủ yếu)|(?:giải|biện) pháp khắc phục",
            r"kế hoạch.{0,30}(?:tháng|quý|năm) (?:tới|sau|tiếp theo)",
        ),
    ),
    (
        "past",
        (
            r"kết quả(?! đầu ra)|đặc điểm|tình hình(?! mới)|đánh giá chung|nhận định|tồn tại|hạn chế|khuyết điểm",
            r"nguyên nhân|bài học|ưu điểm|thực trạng|công tác lãnh đạo, chỉ đạo|kiến nghị|số liệu|bối cảnh",
            r"thuận lợi|khó khăn|^(?:đánh giá|kiểm điểm|điểm lại) (?:việc|công tác|hoạt động)",
        ),
    ),
    (
        "closing",
        (r"tổ chức thực hiện|phân công|trách nhiệm|chế độ (?:thông tin,? )?báo cáo|giao nhiệm vụ",),
    ),
    (
        "purpose",
        (
            r"mục đích|^yêu cầu$|quan điểm|nguyên tắc|mục tiêu (?:chung|tổng quát)|ý nghĩa|phạm vi|đối tượng|căn cứ",
            r"sự cần thiết|định hướng(?! nội dung)",
        ),
    ),
    (
        "money",
        (
            (
                r"^(?:về )?(?:nguồn )?(?:kinh phí|dự toán|nguồn vốn|nguồn lực(?: tài chính)?)"
                r"(?: (?:thực hiện|tổ chức|triển khai|bảo đảm|đảm bảo|và) ?.*)?$"
            ),
        ),
    ),
    ("goals", (r"^mục tiêu(?:,? yêu cầu)?$",)),  # its figures are targets, its other sentences are not
    ("targets", (r"chỉ tiêu|mục tiêu",)),
    (
        "facts",
        (
            (
                r"^(?:về )?(?:thời gian|địa điểm|thành phần|hình thức)"
                r"(?:,? (?:thời gian|địa điểm|thành phần|hình thức|tổ chức|thực hiện|và))*$"
            ),
        ),
    ),
    (
        "tasks",
        (
            r"nhiệm vụ|giải pháp|nội dung|công việc|công tác|chương trình|hoạt động|biện pháp|yêu cầu|lộ trình",
        ),
    ),
)
_COMPILED = [(topic, re.compile("|".join(patterns))) for topic, patterns in TOPICS]


def topic_of(heading: str) -> Topic | None:
    """The topic of a heading given folded and squeezed; None where it says nothing about its section."""
    for topic, pattern in _COMPILED:
        if pattern.search(heading):
            return topic
    return None
