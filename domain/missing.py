"""What a draft lacks, in words for the person who has to decide it."""

from domain.sentence import Sentence

WORDS = {
    "lead": Sentence("đơn vị chủ trì"),
    "parts": Sentence("đơn vị phối hợp"),
    "deadline": Sentence("thời hạn"),
    "deadline_past": Sentence("thời hạn mới (ngày nêu trong văn bản đã qua)"),
    "chain": Sentence("lịch làm ngược"),
    "situation": Sentence("tình huống áp dụng"),
    "plans_for": Sentence("kịch bản của một tình huống"),
    "for_superior": Sentence("sản phẩm trình cấp trên"),
    "cascade": Sentence("kế hoạch của từng đơn vị"),
    "product": Sentence("sản phẩm"),
    "measure": Sentence("thước đo"),
    "date": Sentence("ngày ban hành của văn bản"),
    "since": Sentence("kỳ bắt đầu"),
}


def say(missing: str) -> str:
    """'unit:Phòng X' → 'đơn vị được giao: cơ quan không có tên “Phòng X”'."""
    name, _, wording = missing.partition(":")
    return (
        Sentence("đơn vị được giao: cơ quan không có tên “{wording}”", wording=wording)
        if name == "unit"
        else WORDS.get(name, name)
    )
