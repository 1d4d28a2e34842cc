"""What a person does to a directive's drafts and passages before it is published."""

from collections.abc import Sequence
from dataclasses import dataclass

import pytest
from sqlmodel import Session, col, select

from actions.changes import By
from actions.classify_passage import classify_passage, draft_from_passage
from actions.decide_draft import approve_draft, discard_draft
from actions.errors import Refused, Stale
from actions.publish import NotYet, publish
from actions.recast_draft import merge_drafts, split_draft
from actions.take_in import take_in_directive
from domain.draft import DocumentFacts, Passage, Reading
from domain.duty import DraftStatus
from domain.proposal import Policy, Proposer
from runtime.directives import proposer
from store.database import Database
from store.office import load_office
from store.questions.directives import review
from store.questions.review import reviewed_passages, why_not_publish
from store.tables import AuditRow, DraftRow, PassageRow
from tests.support.makers import BEGAN, a_draft, an_office, monthly_terms

MAI = By("mai", BEGAN)
HEAD = "KẾ HOẠCH\n"
ORDER = "Tổ Tổng hợp rà soát phòng học trước ngày 15/3/2023; gửi kế hoạch sửa chữa trước ngày 30/4/2023."
ASIDE = "Phòng Giáo dục và Đào tạo Bến Sông chủ trì tập huấn, xong trước ngày 20/5/2023."
TEXT = f"{HEAD}{ORDER}\n{ASIDE}\n"
ORDER_AT, ASIDE_AT = TEXT.index(ORDER), TEXT.index(ASIDE)


@dataclass
class Desk:
    db: Database
    directive_id: int

    def propose(self, session: Session) -> Proposer:
        return proposer(session, load_office(session), Policy(), BEGAN.date(), BEGAN.date())

    def drafts(self) -> Sequence[DraftRow]:
        with self.db.read() as session:
            return session.exec(select(DraftRow).order_by(col(DraftRow.ordinal))).all()

    def passage(self, start: int) -> PassageRow:
        with self.db.read() as session:
            return session.exec(select(PassageRow).where(col(PassageRow.start) == start)).one()

    def why_not(self) -> list[str]:
        with self.db.read() as session:
            return why_not_publish(session, self.directive_id)


@pytest.fixture
def desk(db: Database) -> Desk:
    """A plan of one order with two deadlines, and one order that was read as background."""
    an_office(db)
    order = a_draft(
        ORDER, ORDER_AT, lead=("Tổ Tổng hợp",), deadline="2023-03-15", deadline_op="before",
        deadline_latest="2023-03-14",
    )  # fmt: skip
    reading = Reading(
        document=DocumentFacts(date="2023-02-01"),
        passages=(
            Passage(start=0, end=len(HEAD) - 1, kind="heading"),
            Passage(start=ORDER_AT, end=ORDER_AT + len(ORDER), kind="task"),
            Passage(start=ASIDE_AT, end=ASIDE_AT + len(ASIDE), kind="background"),
        ),
        tasks=(order,),
    )
    desk = Desk(db, 0)
    with db.transaction() as session:
        directive, _ = take_in_directive(
            session, text=TEXT, reading=reading, file_name="a.txt", propose=desk.propose(session), by=MAI
        )
        return Desk(db, directive.id)


def test_a_split_leaves_the_draft_as_read_and_proposes_its_two_parts(desk: Desk) -> None:
    at = ORDER_AT + ORDER.index(" gửi")
    with desk.db.transaction() as session:
        split_draft(session, 1, MAI, at=at, propose=desk.propose(session), version=1)
    whole, first, second = desk.drafts()
    assert (whole.status, whole.reading["quote"], whole.version) == (DraftStatus.RECAST, ORDER, 2)
    assert [part.came_from for part in (first, second)] == [[whole.id]] * 2
    assert [part.reading["deadline_latest"] for part in (first, second)] == ["2023-03-14", "2023-04-29"]
    assert all(part.terms and part.terms["assignees"][0]["unit"] == "th" for part in (first, second))
    with desk.db.read() as session:
        shown = review(session, desk.directive_id)
        assert shown
        assert [one.id for one in shown.drafts] == [first.id, second.id]
        assert session.exec(select(AuditRow).where(AuditRow.action == "draft_split")).one().data["at"] == at


def test_two_parts_of_one_order_are_merged_again(desk: Desk) -> None:
    with desk.db.transaction() as session:
        split_draft(
            session, 1, MAI, at=ORDER_AT + ORDER.index(" trước"), propose=desk.propose(session), version=1
        )
    with desk.db.transaction() as session:
        merged = merge_drafts(session, 2, 3, MAI, propose=desk.propose(session), version=1)
        assert (merged.quote, merged.came_from) == (ORDER, [2, 3])
    assert [d.status for d in desk.drafts()] == [*[DraftStatus.RECAST] * 3, DraftStatus.PROPOSED]


def test_a_draft_that_somebody_else_has_changed_is_not_split(desk: Desk) -> None:
    with desk.db.transaction() as session:
        discard_draft(session, 1, MAI, reason="trùng", version=1)
    with desk.db.transaction() as session, pytest.raises(Stale):
        split_draft(session, 1, MAI, at=ORDER_AT + 20, propose=desk.propose(session), version=1)
    with desk.db.transaction() as session, pytest.raises(Refused, match="đã được quyết định"):
        merge_drafts(session, 1, 1, MAI, propose=desk.propose(session))


def test_an_order_read_as_background_becomes_a_draft_with_what_it_says(desk: Desk) -> None:
    aside = desk.passage(ASIDE_AT)
    with desk.db.transaction() as session:
        draft = draft_from_passage(session, aside.id, MAI, propose=desk.propose(session), version=1)
        assert (draft.quote, draft.reading["deadline_latest"]) == (ASIDE, "2023-05-19")
        assert draft.terms
        assert draft.terms["assignees"] == [{"unit": "pgd", "part": "lead"}]
    assert (desk.passage(ASIDE_AT).kind, desk.passage(ASIDE_AT).version) == ("task", 2)
    with desk.db.transaction() as session, pytest.raises(Refused, match="đã có nội dung"):
        draft_from_passage(session, aside.id, MAI, propose=desk.propose(session))


def test_a_passage_is_classified_once_its_draft_is_out_of_the_way(desk: Desk) -> None:
    order = desk.passage(ORDER_AT)
    with desk.db.transaction() as session, pytest.raises(Refused, match="không phải một loại"):
        classify_passage(session, order.id, MAI, kind="poem")
    with desk.db.transaction() as session, pytest.raises(Refused, match="bỏ nội dung đó trước"):
        classify_passage(session, order.id, MAI, kind="background")
    with desk.db.transaction() as session:
        discard_draft(session, 1, MAI, reason="đã có ở kế hoạch khác")
        classify_passage(session, order.id, MAI, kind="background", version=1)
    assert desk.passage(ORDER_AT).kind == "background"
    with desk.db.transaction() as session, pytest.raises(Stale):
        classify_passage(session, order.id, MAI, kind="task", version=1)


def test_a_directive_is_not_published_while_a_passage_or_a_binding_order_waits(desk: Desk) -> None:
    assert desk.why_not() == []
    with desk.db.transaction() as session:
        draft = session.get_one(DraftRow, 1)
        draft.missing, draft.terms = ["lead", "deadline"], None
        classify_passage(session, desk.passage(ASIDE_AT).id, MAI, kind="task")
        session.delete(session.get_one(PassageRow, desk.passage(0).id))
    assert [reason.split("”")[1] for reason in desk.why_not()] == [
        " chưa được phân loại.",
        " là việc nhưng chưa có nội dung nào: hãy thêm nội dung hoặc phân loại lại.",
        " còn thiếu đơn vị chủ trì, thời hạn.",
    ]
    with desk.db.read() as session:
        assert [p.settled for p in reviewed_passages(session, desk.directive_id)] == [True, False]
    with desk.db.transaction() as session, pytest.raises(NotYet) as refused:
        publish(session, desk.directive_id, load_office(session), MAI)
    assert len(refused.value.reasons) == 3


def test_a_request_without_a_deadline_keeps_nothing_back(desk: Desk) -> None:
    with desk.db.transaction() as session:
        draft = session.get_one(DraftRow, 1)
        draft.missing, draft.terms = ["deadline"], None
        draft.reading = {**draft.reading, "force": "request"}
    assert desk.why_not() == []


def test_what_is_decided_is_published(desk: Desk) -> None:
    with desk.db.transaction() as session:
        approve_draft(session, 1, MAI, terms=monthly_terms(("th",), product="báo cáo", measure="đủ 12 tháng"))
        [duty] = publish(session, desk.directive_id, load_office(session), MAI)
        assert (duty.product, duty.measure) == ("báo cáo", "đủ 12 tháng")
