"""Questions to the issuer: what an order leaves open in a way that only who wrote it can settle."""

import re

from domain.draft import DutyDraft

_FINISH = re.compile(
    r"hoàn (?:thành|thiện)\s+(?:việc\s+)?(?:\w+\s+){0,2}?(?P<plan>đề án|kế hoạch|chương trình|dự án|quy hoạch)",
    re.IGNORECASE,
)
_OTHERS = re.compile(
    r"(?:các )?(?:cơ quan|đơn vị|tổ chức|bộ phận)(?:, \w+(?: \w+)?)* (?:có )?liên quan", re.IGNORECASE
)
_COMPARED = re.compile(r"\b(?:tăng|giảm|cao hơn|thấp hơn|duy trì|nâng cao thứ hạng)\b", re.IGNORECASE)
_BASE = re.compile(r"so với|năm (?:học )?(?:trước|\d{4})|\d", re.IGNORECASE)


def questions(draft: DutyDraft) -> tuple[str, ...]:
    """Vietnamese questions in a fixed order, each about words of the quote; most drafts have none."""
    asked: list[str] = []
    if plan := _FINISH.search(draft.quote):
        asked.append(
            f"“{plan.group()}”: hoàn thành việc xây dựng hay hoàn thành việc thực hiện {plan['plan'].lower()}?"
        )
    if draft.recurrence == "periodic":
        said = f"“{draft.recurrence_text}”" if draft.recurrence_text else "Báo cáo “định kỳ”"
        asked.append(f"{said} là hằng tháng, hằng quý hay hằng năm?")
    if draft.role == "chu_tri" and len(draft.lead) > 1:
        asked.append(f"{', '.join(draft.lead)}: đơn vị nào chủ trì chính?")
    if others := _OTHERS.search(draft.quote):
        asked.append(f"“{others.group()}” là những đơn vị nào?")
    compared = draft.kind == "target" and not draft.targets and _COMPARED.search(draft.quote)
    if compared and not _BASE.search(draft.quote):
        asked.append("Chỉ tiêu tăng, giảm hoặc duy trì so với số liệu của kỳ nào?")
    return tuple(asked)
