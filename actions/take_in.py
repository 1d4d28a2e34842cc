"""Take a directive in: its text, its passages, and a draft for each order that was read in it."""

from datetime import date

from sqlmodel import Session, col, select

from actions.add_draft import add_draft
from actions.changes import By, record
from actions.errors import Refused
from actions.replace_directive import replace_directive
from domain.directive import OnSameNumber, Status, content_hash
from domain.draft import DocumentFacts, Reading
from domain.proposal import Proposer
from domain.sentence import Sentence
from domain.wording import say_day
from store.tables import DirectiveRow, PassageRow


class SameNumber(Refused):
    """Another text came under this number before. `directive_id` is that directive; the person chooses:
    `OnSameNumber.REPLACE` or `OnSameNumber.KEEP`."""

    def __init__(self, known: DirectiveRow) -> None:
        self.directive_id = known.id
        symbol = known.symbol or ""
        if known.issued_on:
            symbol = Sentence("{symbol} ngày {day}", symbol=symbol, day=say_day(known.issued_on))
        says = Sentence(
            "Đã có văn bản {symbol} của {issuer} với nội dung khác (tiếp nhận lần trước, số {number}). Thay văn bản "
            "cũ hay giữ cả hai?",
            symbol=symbol,
            issuer=known.issuer,
            number=known.id,
        )
        super().__init__(says)


def take_in_directive(
    session: Session,
    *,
    text: str,
    reading: Reading,
    file_name: str,
    propose: Proposer,
    by: By,
    on_same: OnSameNumber = OnSameNumber.ASK,
) -> tuple[DirectiveRow, bool]:
    """Returns the directive and whether it is new. The same content again is the same directive: nothing
    is written. Other content under the same number, issuer and date raises `SameNumber` unless `on_same`
    says what to do. Closing exhortations that the reader marks optional become no draft."""
    digest = content_hash(text)
    if known := session.exec(select(DirectiveRow).where(col(DirectiveRow.content_hash) == digest)).first():
        return known, False
    head = reading.document
    former = _same_number(session, head)
    if former and on_same is OnSameNumber.ASK:
        raise SameNumber(former)
    directive = DirectiveRow(
        content_hash=digest,
        file_name=file_name,
        symbol=head.symbol_normalised or head.symbol,
        type=head.type,
        issuer=head.issuer,
        subject=head.subject,
        issued_on=full_date(head.date),
        text=text,
        facts=head.model_dump(mode="json"),
        lint=[finding.model_dump(mode="json") for finding in reading.lint],
        received_at=by.at,
    )
    session.add(directive)
    session.flush()
    session.add_all(
        PassageRow(directive_id=directive.id, start=p.start, end=p.end, kind=p.kind) for p in reading.passages
    )
    drafts = [task for task in reading.tasks if not task.optional]
    for ordinal, task in enumerate(drafts, start=1):
        add_draft(session, directive.id, task, propose(task), ordinal=ordinal)
    session.flush()
    record(
        session, by, "take_in", f"directive:{directive.id}",
        file=file_name, symbol=directive.symbol, drafts=len(drafts), passages=len(reading.passages),
    )  # fmt: skip
    if former and on_same is OnSameNumber.REPLACE:
        replace_directive(session, former.id, directive.id, by)
    return directive, True


def _same_number(session: Session, head: DocumentFacts) -> DirectiveRow | None:
    """The last directive with this number, issuer and date. A blank number identifies nothing (mechanism 1)."""
    symbol = head.symbol_normalised or head.symbol
    if not (symbol and head.number and head.issuer):
        return None
    return session.exec(
        select(DirectiveRow)
        .where(
            col(DirectiveRow.symbol) == symbol,
            col(DirectiveRow.issuer) == head.issuer,
            col(DirectiveRow.issued_on) == full_date(head.date),
            col(DirectiveRow.replaced_by).is_(None),
            col(DirectiveRow.status) != Status.DROPPED,
        )
        .order_by(col(DirectiveRow.id).desc())
    ).first()


def full_date(stated: str | None) -> date | None:
    """A day left blank ("tháng 9 năm 2022") is no date: no deadline is computed from it."""
    return date.fromisoformat(stated) if stated and len(stated) == 10 else None
