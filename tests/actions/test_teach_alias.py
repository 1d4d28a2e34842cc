"""A wording that nobody knew is taught once and then understood everywhere."""

from datetime import date

import pytest
from sqlmodel import Session, col, select

from actions.changes import By
from actions.errors import Refused
from actions.teach_alias import propose_again, teach_alias
from domain.proposal import Policy, Proposal, propose
from runtime.directives import proposer
from store.database import Database
from store.office import load_office
from store.tables import DraftRow
from store.tree import load_directory
from tests.support.makers import BEGAN, a_directive, a_draft, an_office

MAI = By("mai", BEGAN)
TODAY = BEGAN.date()
WORDING = "Bộ phận TH-TK"


@pytest.fixture
def office(db: Database) -> Database:
    """Two directives, each with an order for a unit under a name that no unit bears."""
    an_office(db)
    for number in (1, 2):
        text = f"KẾ HOẠCH {number}\n{WORDING} tổng hợp trước ngày 15/3/2023.\n"
        order = a_draft(
            text.splitlines()[1], text.index(WORDING), lead=(WORDING,), deadline="2023-03-15",
            deadline_op="before", deadline_latest="2023-03-14",
        )  # fmt: skip
        a_directive(db, [(order, Proposal(None, (f"unit:{WORDING}",), ()))], text=text)
    return db


def again(session: Session) -> int:
    office = load_office(session)
    return propose_again(session, lambda d: proposer(session, office, Policy(), d.issued_on, TODAY), MAI)


def test_drafts_of_all_directives_are_proposed_again_with_what_was_taught(office: Database) -> None:
    with office.transaction() as session:
        teach_alias(session, f"  {WORDING.upper()} ", ["th"], MAI)
        assert again(session) == 2
    with office.read() as session:
        drafts = session.exec(select(DraftRow).order_by(col(DraftRow.id))).all()
    assert [draft.missing for draft in drafts] == [[], []]
    assert [draft.terms["assignees"] for draft in drafts if draft.terms] == [
        [{"unit": "th", "part": "lead"}]
    ] * 2
    assert [draft.version for draft in drafts] == [2, 2]
    with office.transaction() as session:
        assert again(session) == 0


def test_a_later_teaching_replaces_the_earlier_and_may_mean_several_units(office: Database) -> None:
    with office.transaction() as session:
        teach_alias(session, WORDING, ["pgd"], MAI)
        teach_alias(session, WORDING, ["th", "hoa-sen"], MAI)
    with office.read() as session:
        directory = load_directory(session, load_office(session), named_on=TODAY, given_on=TODAY)
    assert directory.find(WORDING) == ("th", "hoa-sen")


@pytest.mark.parametrize(
    ("wording", "codes", "said"),
    [("…", ["th"], "cách gọi"), (WORDING, [], "chọn đơn vị"), (WORDING, ["th", "khong-co"], "khong-co")],
)
def test_what_means_nothing_is_not_taught(
    office: Database, wording: str, codes: list[str], said: str
) -> None:
    with office.transaction() as session, pytest.raises(Refused, match=said):
        teach_alias(session, wording, codes, MAI)


def test_coordinators_nobody_knows_are_said_and_keep_nothing_back(office: Database) -> None:
    with office.read() as session:
        directory = load_directory(session, load_office(session), named_on=TODAY, given_on=TODAY)
    draft = a_draft(
        "Tổ Tổng hợp phối hợp với Công an rà soát.", 0, lead=("Tổ Tổng hợp",), coordinators=("Công an",),
        deadline="2023-03-15", deadline_latest="2023-03-15",
    )  # fmt: skip
    found = propose(draft, policy=Policy(), directory=directory, issued_on=date(2023, 2, 1))
    assert found.terms
    assert found.missing == ()
    assert "Cơ quan chưa có đơn vị tên “Công an”" in found.notes[0]
