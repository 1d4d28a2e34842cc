"""What an order leaves behind, told from its verb (sản phẩm): a plan, a report, a submission, guidance."""

import re

_PRODUCTS = (
    (r"(?:xây dựng|ban hành|lập|chuẩn bị|có) (?:\w+ ){0,3}?kịch bản", "kịch bản"),
    (r"(?:xây dựng|ban hành|lập|có) (?:\w+ ){0,3}?kế hoạch|cụ thể hóa", "kế hoạch"),
    (r"tham mưu|trình (?:ủy ban|ubnd|lãnh đạo|cấp)|đề xuất", "tờ trình"),
    (r"nghiên cứu", "đề xuất"),  # done when proposed, not when built (mechanism 36)
    (r"hướng dẫn", "văn bản hướng dẫn"),
    (r"thẩm định", "kết quả thẩm định"),
    (r"thanh tra|kiểm tra|rà soát|khảo sát", "báo cáo kết quả"),
    (r"tập huấn|bồi dưỡng", "danh sách người dự và báo cáo kết quả"),
    (r"sơ kết|tổng kết", "báo cáo sơ kết, tổng kết"),
    (r"báo cáo|tổng hợp", "báo cáo"),
)
FIRST_WORDS = 100
"""Letters in which the verb of an order stands; later verbs belong to its details."""
_COMPILED = [(re.compile(rf"\b(?:{verb})\b", re.IGNORECASE), product) for verb, product in _PRODUCTS]


def product_of(quote: str) -> tuple[str, str] | None:
    """The product and the words that say so: of several verbs the one that stands first."""
    head = quote[:FIRST_WORDS]
    hits = [(hit.start(), hit.group(), product) for verb, product in _COMPILED if (hit := verb.search(head))]
    return next(((product, words) for _, words, product in sorted(hits)), None)
