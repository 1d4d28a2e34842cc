"""Another text under a number that is known: the person is asked, and what they choose is done."""

import pytest
from sqlmodel import Session, col, select

from actions.changes import By
from actions.decide_draft import approve_draft
from actions.issue_duties import issue_duties
from actions.take_in import SameNumber, take_in_directive
from domain.directive import OnSameNumber, Status
from domain.draft import DocumentFacts, Passage, Reading
from domain.duty import DraftStatus
from domain.proposal import Proposal
from store.database import Database
from store.office import load_office
from store.questions.review import why_not_publish
from store.tables import DirectiveRow, DraftRow, DutyRow
from tests.support.makers import BEGAN, a_draft, an_office, monthly_terms

MAI = By("mai", BEGAN)
FACTS = DocumentFacts(number="95", symbol="95/KH-PGDĐT", issuer="Phòng GD&ĐT", date="2023-02-01")
FIRST, SECOND = "KẾ HOẠCH\nCác trường báo cáo tháng.", "KẾ HOẠCH\nCác trường báo cáo tháng, quý."


def take_in(
    session: Session, text: str, facts: DocumentFacts = FACTS, on_same: OnSameNumber = OnSameNumber.ASK
) -> tuple[DirectiveRow, bool]:
    order = a_draft(text.splitlines()[1], 9)
    reading = Reading(
        document=facts, passages=(Passage(start=0, end=len(text), kind="task"),), tasks=(order, order)
    )
    return take_in_directive(
        session, text=text, reading=reading, file_name="a.txt", by=MAI, on_same=on_same,
        propose=lambda _: Proposal(monthly_terms(("hoa-sen",)), (), ()),
    )  # fmt: skip


@pytest.fixture
def office(db: Database) -> Database:
    an_office(db)
    with db.transaction() as session:
        take_in(session, FIRST)
    return db


def test_the_person_is_asked_and_nothing_is_written(office: Database) -> None:
    with (
        office.transaction() as session,
        pytest.raises(SameNumber, match="95/KH-PGDĐT ngày 01/02/2023") as asked,
    ):
        take_in(session, SECOND)
    assert asked.value.directive_id == 1
    with office.read() as session:
        assert len(session.exec(select(DirectiveRow)).all()) == 1


def test_the_same_text_again_asks_nothing(office: Database) -> None:
    with office.transaction() as session:
        directive, new = take_in(session, FIRST.replace("\n", "\r\n\n"))
    assert (directive.id, new) == (1, False)


@pytest.mark.parametrize(
    "facts",
    [
        FACTS.model_copy(update={"symbol": "96/KH-PGDĐT"}),
        FACTS.model_copy(update={"issuer": "Phòng Nội vụ"}),
        FACTS.model_copy(update={"date": "2024-02-01"}),
        FACTS.model_copy(update={"number": None}),
    ],
)
def test_another_number_issuer_or_date_is_another_directive(office: Database, facts: DocumentFacts) -> None:
    with office.transaction() as session:
        assert take_in(session, SECOND, facts)[1]


def test_both_are_kept_when_the_person_says_so(office: Database) -> None:
    with office.transaction() as session:
        assert take_in(session, SECOND, on_same=OnSameNumber.KEEP)[1]
        assert why_not_publish(session, 1) == []
        assert {d.status for d in session.exec(select(DraftRow)).all()} == {DraftStatus.PROPOSED}


def test_what_was_not_issued_of_a_replaced_directive_is_dropped(office: Database) -> None:
    with office.transaction() as session:
        new, _ = take_in(session, SECOND, on_same=OnSameNumber.REPLACE)
        former = session.get_one(DirectiveRow, 1)
        assert (former.status, former.replaced_by) == (Status.REPLACED, new.id)
        drafts = session.exec(select(DraftRow).order_by(col(DraftRow.id))).all()
        assert [d.status for d in drafts] == [*[DraftStatus.DISCARDED] * 2, *[DraftStatus.PROPOSED] * 2]
        assert f"tiếp nhận số {new.id}" in drafts[0].reason
        assert why_not_publish(session, 1) == [
            f"Văn bản này đã được thay bằng văn bản tiếp nhận số {new.id}."
        ]
    with office.transaction() as session, pytest.raises(SameNumber) as asked:
        take_in(session, FIRST + " Bổ sung.")
    assert asked.value.directive_id == new.id


def test_issued_duties_of_a_replaced_directive_go_on(office: Database) -> None:
    with office.transaction() as session:
        approve_draft(session, 1, MAI, terms=monthly_terms(("hoa-sen",)))
        issue_duties(session, 1, load_office(session), MAI)
        take_in(session, SECOND, on_same=OnSameNumber.REPLACE)
    with office.read() as session:
        assert session.get_one(DirectiveRow, 1).status is Status.ISSUED
        assert [d.code for d in session.exec(select(DutyRow)).all()] == ["1.1"]
        statuses = [d.status for d in session.exec(select(DraftRow).where(DraftRow.directive_id == 1)).all()]
        assert sorted(statuses) == [DraftStatus.APPROVED, DraftStatus.DISCARDED]
