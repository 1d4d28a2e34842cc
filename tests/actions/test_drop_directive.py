"""A directive is put away with a reason, until something was issued from it."""

from datetime import UTC, datetime

import pytest
from sqlmodel import select

from actions.changes import By
from actions.classify_passage import draft_from_passage
from actions.drop_directive import drop_directive
from actions.errors import NotFound, Refused
from domain.directive import Status
from domain.duty import DraftStatus
from domain.proposal import Proposal
from store.database import Database
from store.questions.board import directives_at_work
from store.tables import AuditRow, DirectiveRow, DraftRow, PassageRow
from tests.support.makers import a_directive, an_office

BY = By("mai", datetime(2023, 2, 2, tzinfo=UTC))


def test_its_drafts_are_discarded_and_it_waits_for_nobody(db: Database) -> None:
    an_office(db)
    directive = a_directive(db)
    with db.transaction() as session:
        assert [one.id for one in directives_at_work(session)] == [directive]
        drop_directive(session, directive, BY, reason=" nhận nhầm ")
    with db.read() as session:
        assert session.get_one(DirectiveRow, directive).status is Status.DROPPED
        drafts = session.exec(select(DraftRow)).all()
        assert {(one.status, one.reason) for one in drafts} == {(DraftStatus.DISCARDED, "nhận nhầm")}
        assert directives_at_work(session) == []
        assert session.exec(select(AuditRow)).all()[-1].action == "drop_directive"


def test_it_needs_a_reason_and_a_directive(db: Database) -> None:
    an_office(db)
    directive = a_directive(db)
    with db.transaction() as session:
        with pytest.raises(Refused, match="lý do"):
            drop_directive(session, directive, BY, reason=" ")
        with pytest.raises(NotFound):
            drop_directive(session, 99, BY, reason="nhận nhầm")


def test_a_draft_made_of_a_passage_brings_it_back(db: Database) -> None:
    an_office(db)
    directive = a_directive(db)
    with db.transaction() as session:
        drop_directive(session, directive, BY, reason="nhận nhầm")
        with pytest.raises(Refused, match="đã bỏ"):
            drop_directive(session, directive, BY, reason="nhận nhầm")
        passage = session.exec(select(PassageRow.id)).one()
        draft_from_passage(session, passage, BY, propose=lambda _: Proposal(None, ("deadline",), ()))
        assert session.get_one(DirectiveRow, directive).status is Status.DRAFT
