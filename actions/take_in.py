"""Take a directive in: its text, its passages, and a draft for each order that was read in it."""

from datetime import date

from sqlmodel import Session, col, select

from actions.changes import By, record
from domain.directive import content_hash
from domain.draft import Reading
from domain.proposal import Proposal, Proposer
from store.tables import DirectiveRow, DraftRow, PassageRow


def take_in_directive(
    session: Session, *, text: str, reading: Reading, file_name: str, propose: Proposer, by: By
) -> tuple[DirectiveRow, bool]:
    """Returns the directive and whether it is new. The same content again is the same directive: nothing
    is written. Closing exhortations that the reader marks optional become no draft."""
    digest = content_hash(text)
    if known := session.exec(select(DirectiveRow).where(col(DirectiveRow.content_hash) == digest)).first():
        return known, False
    head = reading.document
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
        proposal: Proposal = propose(task)
        session.add(
            DraftRow(
                directive_id=directive.id,
                ordinal=ordinal,
                clause=task.clause,
                quote=task.quote,
                start=task.start,
                end=task.end,
                kind=task.kind,
                reading=task.model_dump(mode="json"),
                terms=proposal.terms.model_dump(mode="json") if proposal.terms else None,
                missing=list(proposal.missing),
                added=list(proposal.added),
            )
        )
    session.flush()
    record(
        session, by, "take_in", f"directive:{directive.id}",
        file=file_name, symbol=directive.symbol, drafts=len(drafts), passages=len(reading.passages),
    )  # fmt: skip
    return directive, True


def full_date(stated: str | None) -> date | None:
    """A day left blank ("tháng 9 năm 2022") is no date: no deadline is computed from it."""
    return date.fromisoformat(stated) if stated and len(stated) == 10 else None
