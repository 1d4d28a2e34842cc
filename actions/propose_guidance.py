"""The same finding in many units: propose one guidance task in place of many visits. A person decides the draft."""

from sqlmodel import Session, col, select

from actions.changes import By
from actions.take_in import take_in_directive
from domain.draft import DocumentFacts, DutyDraft, Passage, Reading
from domain.inspection_record import RecordLine
from domain.office import Office
from domain.proposal import Proposal
from store.inspection_tables import PlanRow
from store.tables import DirectiveRow


def propose_guidance(
    session: Session, plan: PlanRow, line: RecordLine, *, found: int, visited: int, office: Office, by: By
) -> DirectiveRow:
    """A directive of our own with one draft that lacks its deadline, once for a plan and an item. `found` of `visited`
    units had it when it was proposed."""
    name = f"huong-dan-{plan.code}-{line.id}"
    if known := session.exec(select(DirectiveRow).where(col(DirectiveRow.file_name) == name)).one_or_none():
        return known
    shared = f"{found}/{visited} đơn vị đã kiểm tra theo “{plan.title}” chưa đạt cùng một nội dung."
    head = f"ĐỀ XUẤT HƯỚNG DẪN CHUNG\n{shared}\n"
    order = f"Hướng dẫn các đơn vị thuộc phạm vi kế hoạch thực hiện đúng: {line.text} ({line.clause})."
    text = f"{head}{order}\n"
    draft = DutyDraft(
        id=line.id, clause="1", quote=order, start=len(head), end=len(head) + len(order), lead=(office.name,)
    )
    reading = Reading(
        document=DocumentFacts(type="Đề xuất", issuer=office.name, subject=f"Hướng dẫn chung: {line.text}"),
        passages=(
            Passage(start=0, end=len(head), kind="background"),
            Passage(start=len(head), end=len(text), kind="task", task=draft.id),
        ),
        tasks=(draft,),
    )
    directive, _new = take_in_directive(
        session, text=text, reading=reading, file_name=name,
        propose=lambda _draft: Proposal(None, ("deadline",), ()), by=by,
    )  # fmt: skip
    return directive
