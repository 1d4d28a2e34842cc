"""A decision about a draft may be taken back, and its first period moved, until it is issued."""

from datetime import UTC, date, datetime

import pytest
from sqlmodel import Session, col, select

from actions.changes import By
from actions.decide_draft import approve_draft, discard_draft
from actions.errors import NotFound, Refused, Stale
from actions.issue_duties import issue_duties
from actions.open_occurrences import open_occurrences
from actions.preview_issue import Preview, preview_issue
from actions.reconsider_draft import reconsider_draft
from actions.start_later import start_later
from domain.draft import DutyDraft
from domain.duty import DraftStatus, DutyTerms, Kind
from domain.proposal import Proposal
from store.database import Database
from store.office import load_calendar, load_office
from store.tables import AuditRow, DirectiveRow, DraftRow, OccurrenceRow
from tests.support.makers import BEGAN, a_directive, an_office, monthly_terms, once

MAI = By("mai", BEGAN)
TERMS = monthly_terms(("hoa-sen", "song-xanh"))
LATE = By("mai", datetime(2023, 3, 20, 2, tzinfo=UTC))


def as_read(_draft: DutyDraft) -> Proposal:
    return Proposal(None, ("lead",), ())


@pytest.fixture
def directive(db: Database) -> int:
    """Two drafts: 1 approved as a monthly report, 2 waiting."""
    an_office(db)
    directive = a_directive(db)
    with db.transaction() as session:
        approve_draft(session, 1, MAI, terms=TERMS)
    return directive


def draft(db: Database, draft_id: int) -> DraftRow:
    with db.read() as session:
        return session.get_one(DraftRow, draft_id)


def test_an_approved_draft_waits_again_as_it_was_read(db: Database, directive: int) -> None:
    with db.transaction() as session:
        reconsider_draft(session, 1, MAI, propose=as_read, version=2)
    again = draft(db, 1)
    assert (again.status, again.terms, again.missing) == (DraftStatus.PROPOSED, None, ["lead"])
    assert (again.version, again.decided_at) == (3, None)
    with db.read() as session:
        line = session.exec(select(AuditRow).where(AuditRow.action == "draft_reconsidered")).one()
        assert (line.subject, line.data) == ("draft:1", {"before": "approved"})


def test_a_discarded_draft_waits_again_without_its_reason(db: Database, directive: int) -> None:
    with db.transaction() as session:
        discard_draft(session, 2, MAI, reason="trùng")
    with db.transaction() as session:
        reconsider_draft(session, 2, MAI, propose=as_read)
    assert (draft(db, 2).status, draft(db, 2).reason) == (DraftStatus.PROPOSED, "")


def test_what_waits_is_issued_replaced_or_changed_is_not_reconsidered(db: Database, directive: int) -> None:
    def refused(draft_id: int, version: int | None, error: type[Refused], said: str) -> None:
        with db.transaction() as session, pytest.raises(error, match=said):
            reconsider_draft(session, draft_id, MAI, propose=as_read, version=version)

    refused(1, 1, Stale, "vừa được người khác")
    refused(2, None, Refused, "chưa được quyết định")
    refused(99, None, NotFound, "Không có nội dung")
    with db.transaction() as session:
        session.get_one(DirectiveRow, directive).replaced_by = directive
    refused(1, None, Refused, "đã được thay")
    with db.transaction() as session:
        issue_duties(session, directive, load_office(session), MAI)
    refused(1, None, Refused, "đã được giao")


def seen_late(session: Session, directive: int) -> Preview:
    office = load_office(session)
    calendar = load_calendar(session, office.calendar)
    return preview_issue(session, directive, office=office, calendar=calendar, figures={}, at=LATE.at)


def test_periods_over_before_the_duty_is_issued_are_told_and_may_be_left_out(
    db: Database, directive: int
) -> None:
    with db.read() as session:
        [planned] = seen_late(session, directive).planned
    assert [due.period for due in planned.over] == ["2023-02", "2023-03"]
    assert [(first, due.period) for first, due in planned.starts] == [
        (date(2023, 2, 1), "2023-02"),
        (date(2023, 2, 15), "2023-03"),
        (date(2023, 3, 15), "2023-04"),
    ]
    with db.transaction() as session:
        start_later(session, 1, LATE, first=planned.starts[2][0], version=planned.version)
    assert draft(db, 1).added == ["since"]
    with db.read() as session:
        assert seen_late(session, directive).planned[0].over == ()
    with db.transaction() as session:
        office = load_office(session)
        [duty] = issue_duties(session, directive, office, LATE)
        calendar = load_calendar(session, office.calendar)
        open_occurrences(session, duty.id, calendar=calendar, zone=office.tz, by=LATE)
        opened = session.exec(select(OccurrenceRow).order_by(col(OccurrenceRow.id))).all()
    assert [one.due_on for one in opened if one.due_on < LATE.at.date()] == []


def test_only_a_duty_that_comes_round_begins_later_and_none_before_its_document(
    db: Database, directive: int
) -> None:
    with db.transaction() as session, pytest.raises(Refused, match="không thể sớm hơn"):
        start_later(session, 1, MAI, first=date(2023, 1, 1))
    once_only = DutyTerms.model_validate(
        TERMS.model_copy(update={"kind": Kind.ONE_OFF, "schedule": once(date(2023, 2, 20))})
    )
    with db.transaction() as session:
        approve_draft(session, 2, MAI, terms=once_only)
    with db.transaction() as session, pytest.raises(Refused, match="định kỳ"):
        start_later(session, 2, MAI, first=date(2023, 3, 1))
    with db.read() as session:
        assert [len(one.over) for one in seen_late(session, directive).planned] == [2, 1]
        assert seen_late(session, directive).planned[1].starts == []
