"""From a file to drafts in the database, and from drafts to duties by the office's policy."""

from collections.abc import Sequence
from datetime import date, datetime
from functools import partial
from pathlib import Path

from pydantic import ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError
from sqlmodel import Session, col, select

from actions.changes import By
from actions.decide_draft import approve_draft
from actions.errors import NotFound, Refused
from actions.issue_duties import issue_duties
from actions.preview_issue import Preview, preview_issue
from actions.take_in import full_date, take_in_directive
from actions.teach_alias import propose_again, teach_alias
from domain.directive import OnSameNumber
from domain.draft import DutyDraft, LintFinding, Reading
from domain.duty import DraftStatus, DutyTerms
from domain.instants import local_day
from domain.office import Office
from domain.proposal import Policy, Proposal, Proposer, propose
from intake.formats import load
from intake.lint.themes import THEME, differing
from intake.reading import read_text
from runtime.works import Works
from store.office import load_calendar, load_office
from store.questions.directives import texts_with
from store.tables import DirectiveRow, DraftRow
from store.tree import load_directory

COMPARED = 50
"""So many of the latest documents that name a theme of the year are compared with a new one."""


FEWEST_WORDS = 5
"""Who is to do what: shorter is a slip of the hand, not a directive."""


def load_policy(path: Path) -> Policy:
    """Raises `Refused` naming the file and the field; a missing file is the empty policy."""
    if not path.exists():
        return Policy()
    try:
        return Policy.model_validate(YAML(typ="safe").load(path.read_text("utf-8")) or {})
    except YAMLError as error:
        raise Refused(
            "{name}: sai cú pháp YAML: {error}", name=path.name, error=" ".join(str(error).split())[:200]
        ) from None
    except ValidationError as error:
        what = "; ".join(f"mục “{'.'.join(map(str, e['loc']))}”: {e['msg']}" for e in error.errors())
        raise Refused("{name}: {what}", name=path.name, what=what) from None


def proposer(
    session: Session, office: Office, policy: Policy, issued_on: date | None, today: date
) -> Proposer:
    """How drafts of one directive become terms: names as of its own date, work to the units of today."""
    directory = load_directory(session, office, named_on=issued_on or today, given_on=today)
    return partial(propose, policy=policy, directory=directory, issued_on=issued_on)


def take_in_text(
    works: Works,
    text: str,
    file_name: str,
    by: By,
    policy: Policy | None = None,
    on_same: OnSameNumber = OnSameNumber.ASK,
    warnings: Sequence[str] = (),
) -> tuple[int, bool]:
    """Read a text and store it with its drafts. Returns the directive's id and whether it is new. Raises
    `actions.take_in.SameNumber` when the number is known with another text and `on_same` does not say what to do.
    `warnings`: what was said about its file; kept with the doubts about the document, and with what it words otherwise
    than the office's documents before it (mechanism 101). Raises `Refused` for too few words to ask anything of
    anybody."""
    if (words := len(text.split())) < FEWEST_WORDS:
        raise Refused(
            "Văn bản chỉ có {words} từ, chưa đủ để giao việc gì. Hãy chọn tệp hoặc dán cả văn bản.",
            words=words,
        ).about("text")
    read: Reading = read_text(text)
    about_file = tuple(LintFinding(rule="file", start=0, end=0, message=said) for said in warnings)
    issued_on = full_date(read.document.date)
    chosen = policy or load_policy(works.settings.home / "policy.yaml")
    with works.db.transaction() as session:
        office = load_office(session)
        propose_with = proposer(session, office, chosen, issued_on, local_day(by.at, office.tz))
        beside = differing({**texts_with(session, THEME, limit=COMPARED), file_name: text})[file_name]
        reading = read.model_copy(update={"lint": (*about_file, *read.lint, *beside)})
        directive, new = take_in_directive(
            session,
            text=text,
            reading=reading,
            file_name=file_name,
            propose=propose_with,
            by=by,
            on_same=on_same,
        )
        return directive.id, new


def take_in_file(
    works: Works,
    path: Path,
    by: By,
    policy: Policy | None = None,
    on_same: OnSameNumber = OnSameNumber.ASK,
) -> tuple[int, bool]:
    """The same from a file of any format. Raises `intake.formats.IntakeError`, worded for the reader."""
    loaded = load(path)
    return take_in_text(works, loaded.text, path.name, by, policy, on_same, loaded.warnings)


def proposer_of(works: Works, session: Session, directive: DirectiveRow, at: datetime) -> Proposer:
    """How drafts of this directive become terms today, by the office's policy."""
    office = load_office(session)
    policy = load_policy(works.settings.home / "policy.yaml")
    return proposer(session, office, policy, directive.issued_on, local_day(at, office.tz))


def teach(works: Works, session: Session, wording: str, codes: Sequence[str], by: By) -> int:
    """Remember what a wording means and propose all waiting drafts again. Returns how many changed."""
    teach_alias(session, wording, codes, by)
    return propose_again(session, lambda directive: proposer_of(works, session, directive, by.at), by)


def preview(works: Works, session: Session, directive_id: int, at: datetime) -> Preview:
    """What issuing the approved drafts would do, with the forms this office has. Raises `NotFound`."""
    if session.get(DirectiveRow, directive_id) is None:
        raise NotFound("Không có văn bản này.")
    office = load_office(session)
    figures = {pack.id: [field.code for field in pack.form.fields] for pack in works.packs.values()}
    return preview_issue(
        session,
        directive_id,
        office=office,
        calendar=load_calendar(session, office.calendar),
        figures=figures,
        at=at,
    )


def approve_complete(works: Works, directive_id: int, by: By) -> tuple[int, int]:
    """Approve every draft that has complete terms, then issue. Returns duties issued and drafts left waiting.

    This is `--approve`: a policy file speaks for the person, and what it does not cover stays listed."""
    with works.db.transaction() as session:
        office = load_office(session)
        drafts = session.exec(
            select(DraftRow)
            .where(col(DraftRow.directive_id) == directive_id, col(DraftRow.status) == DraftStatus.PROPOSED)
            .order_by(col(DraftRow.ordinal))
        ).all()
        for draft in drafts:
            if draft.terms is not None and not draft.missing:
                approve_draft(session, draft.id, by, terms=DutyTerms.model_validate(draft.terms))
        issued = issue_duties(session, directive_id, office, by)
        left = sum(draft.status is DraftStatus.PROPOSED for draft in drafts)
        return len(issued), left


def proposed_with(
    works: Works, session: Session, draft_id: int, *, lead: str | None, deadline: str | None, at: datetime
) -> Proposal:
    """Terms of a draft with what a person adds to it, in the words a document would use. What the text says
    itself is not overwritten by an empty field. Raises `NotFound`."""
    row = session.get(DraftRow, draft_id)
    if row is None:
        raise NotFound("Không có nội dung số {draft_id}.", draft_id=draft_id)
    directive = session.get_one(DirectiveRow, row.directive_id)
    draft = DutyDraft.model_validate(row.reading)
    added: list[str] = []
    if lead:
        draft = draft.model_copy(update={"lead": (lead,), "role": "chu_tri"})
        added.append("lead")
    if deadline:
        draft = draft.model_copy(update={"deadline": deadline, "deadline_latest": deadline})
        added.append("deadline")
    proposal = proposer_of(works, session, directive, at)(draft)
    if proposal.terms is None:
        return proposal
    marked = tuple(dict.fromkeys((*proposal.added, *added)))
    return Proposal(proposal.terms.model_copy(update={"added": marked}), (), marked)
