"""What a draft lacks, in words for the person who has to decide it."""

WORDS = {
    "lead": "đơn vị chủ trì",
    "parts": "đơn vị phối hợp",
    "deadline": "thời hạn",
    "deadline_past": "thời hạn mới (ngày nêu trong văn bản đã qua)",
    "chain": "lịch làm ngược",
    "situation": "tình huống áp dụng",
    "for_superior": "sản phẩm trình cấp trên",
    "cascade": "kế hoạch của từng đơn vị",
    "product": "sản phẩm",
    "measure": "thước đo",
    "date": "ngày ban hành của văn bản",
    "since": "kỳ bắt đầu",
}


def say(missing: str) -> str:
    """'unit:Phòng X' → 'đơn vị “Phòng X” chưa có trong cây tổ chức'."""
    name, _, wording = missing.partition(":")
    return f"đơn vị “{wording}” chưa có trong cây tổ chức" if name == "unit" else WORDS.get(name, name)
