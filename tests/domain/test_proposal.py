"""From a draft to terms: kinds that sleep, days that have passed, and what an office's policy adds by name."""

from datetime import date
from typing import Any

import pytest

from domain.assignment import Part
from domain.directory import Directory, Tree
from domain.draft import DutyDraft
from domain.duty import Kind
from domain.proposal import Policy, Proposal, propose, title
from domain.recurrence import occurrences
from domain.unit import Unit
from runtime.calendars import shipped_calendar

DIRECTORY = Directory(
    Tree([Unit(code="th", name="Tổ Tổng hợp"), Unit(code="hs", name="Trường Hoa Sen")]), [], {}
)
ISSUED = date(2023, 2, 1)


def proposed(rules: tuple[dict[str, Any], ...] = (), **fields: Any) -> Proposal:
    read = {
        "id": "t",
        "clause": "III.1",
        "quote": "Rà soát hồ sơ",
        "start": 0,
        "end": 9,
        "lead": ("Tổ Tổng hợp",),
    }
    draft = DutyDraft.model_validate(read | fields)
    return propose(
        draft, policy=Policy.model_validate({"rules": rules}), directory=DIRECTORY, issued_on=ISSUED
    )


@pytest.mark.parametrize(
    ("fields", "kind"),
    [
        ({"condition": "khi có yêu cầu của Sở"}, Kind.DORMANT),
        ({"condition": "sau khi được phê duyệt", "deadline": "event+10d"}, Kind.DORMANT),
        ({"condition": "Trường hợp đặc biệt", "recurrence": "event"}, Kind.DORMANT),
        ({"recurrence": "event"}, Kind.STANDING),  # "nếu có vướng mắc, báo cáo": attested, not waited for
        # A request that may come, and a term that runs from an event to come, need no words before the order.
        ({"quote": "Báo cáo đột xuất khi có yêu cầu của phường", "recurrence": "event"}, Kind.DORMANT),
        ({"quote": "Sau khi được duyệt, diễn tập trong 10 ngày", "deadline": "event+10d"}, Kind.DORMANT),
        # A day of its own is a day of its own, whatever the condition.
        (
            {"condition": "nếu có", "deadline": "2023-06-30", "deadline_latest": "2023-06-30"},
            Kind.ONE_OFF,
        ),
    ],
)
def test_work_with_a_condition_and_no_day_of_its_own_sleeps(fields: dict[str, Any], kind: Kind) -> None:
    proposal = proposed(**fields)
    assert (proposal.missing, proposal.terms and proposal.terms.kind) == ((), kind)


def test_a_dormant_duty_opens_nothing_by_the_calendar_even_if_its_clause_repeats() -> None:
    terms = proposed(condition="khi có yêu cầu", recurrence="event").terms
    assert terms is not None
    assert terms.schedule.repeat == "none"
    assert occurrences(terms.schedule, shipped_calendar(), since=ISSUED, until=date(2024, 2, 1)) == []


@pytest.mark.parametrize(
    ("latest", "missing"),
    [("2023-01-31", ("deadline_past",)), ("2023-02-01", ()), ("2022-12-31", ("deadline_past",))],
)
def test_a_day_before_the_documents_own_is_missing_not_silent(latest: str, missing: tuple[str, ...]) -> None:
    proposal = proposed(deadline=latest, deadline_latest=latest, deadline_op="by")
    assert proposal.missing == missing
    assert (proposal.terms is None) is bool(missing)


def test_what_the_policy_adds_is_in_the_terms_and_marked() -> None:
    rule = {
        "lead": "Tổ Tổng hợp",
        "parts_from": "Trường Hoa Sen",
        "chain": {"steps": [{"name": "Các đơn vị gửi", "parts": True}, {"name": "Tổng hợp", "days": 2}]},
        "situation": {"name": "dịch bệnh", "state": "phức tạp"},
        "for_superior": True,
        "cascade": True,
    }
    proposal = proposed((rule,), lead=(), deadline="2023-06-30", deadline_latest="2023-06-30")
    terms = proposal.terms
    assert terms is not None
    assert terms.added == ("lead", "chain", "situation", "for_superior", "cascade", "parts")
    assert [(one.unit, one.part) for one in terms.assignees] == [("th", Part.LEAD), ("hs", Part.COORDINATOR)]
    assert terms.chain is not None
    assert [step.days for step in terms.chain.steps] == [1, 2]
    assert (terms.situation is not None, terms.for_superior, terms.cascade) == (True, True, True)


def test_an_order_for_a_situation_alone_is_bound_to_it_by_a_persons_yes_and_what_merely_happens_is_not() -> (
    None
):
    said = "Khi dịch bệnh diễn biến phức tạp, các trường báo cáo hằng tuần vào thứ Sáu"
    terms, missing, *_ = proposed(quote=said, recurrence="weekly", deadline="w:5", deadline_op="on")
    assert terms is not None
    assert terms.situation is not None
    assert missing == ("situation",)
    assert (terms.kind, terms.situation.state, terms.added) == (Kind.RECURRING, "phức tạp", ())
    waiting = proposed(quote=said, condition="Khi dịch bệnh diễn biến phức tạp").terms
    assert waiting is not None
    assert (waiting.kind, waiting.situation) == (Kind.DORMANT, None)


def test_whoever_hands_in_for_themselves_is_asked_for_no_part_and_keeps_the_figures() -> None:
    rule = {"pack": "bao-cao", "parts_from": "Trường Hoa Sen"}
    terms = proposed(
        (rule,), lead=("Trường Hoa Sen",), deadline="2023-06-30", deadline_latest="2023-06-30"
    ).terms
    assert terms is not None
    assert terms.added == ()
    assert [(one.unit, one.part) for one in terms.assignees] == [("hs", Part.LEAD)]


def test_a_policy_that_asks_parts_of_a_unit_nobody_knows_says_so() -> None:
    found = proposed(({"parts_from": "Trường Sao Mai"},), recurrence="monthly", deadline="m:15")
    assert found.added == ()
    assert found.notes == (
        "Cơ quan chưa có đơn vị tên “Trường Sao Mai”, nên phần phối hợp này chưa được giao cho ai.",
    )


def test_a_term_from_the_receipt_of_the_document_waits_for_no_event() -> None:
    late = proposed(quote="Báo cáo trong 5 ngày kể từ ngày nhận văn bản", deadline="event+5d")
    assert late.missing == ("deadline",)


def test_a_term_of_working_days_from_the_signing_is_no_gap() -> None:
    said = proposed(
        quote="Báo cáo trong 05 ngày làm việc kể từ ngày ký", deadline="event+5wd", deadline_op="within"
    )
    assert said.terms is not None
    [due] = occurrences(said.terms.schedule, shipped_calendar(), since=ISSUED, until=date(2024, 2, 1))
    assert due.due_on == date(2023, 2, 8)


def test_an_order_of_several_days_is_owed_on_each_by_its_number() -> None:
    stages = [
        {"start": 0, "end": 9, "text": "đợt 1", "deadline": "2023-03-15", "deadline_latest": "2023-03-14"},
        {"start": 9, "end": 18, "text": "đợt 2", "deadline": "2023-06", "deadline_latest": "2023-06-30"},
    ]
    terms = proposed(
        deadline="2023-03-15", deadline_latest="2023-03-14", deadline_op="before", stages=stages
    ).terms
    assert terms is not None
    dues = occurrences(terms.schedule, shipped_calendar(), since=ISSUED, until=date(2024, 2, 1))
    assert [(due.period, due.due_on) for due in dues] == [
        ("2023-03-14#1", date(2023, 3, 14)), ("2023-06-30#2", date(2023, 6, 30)),
    ]  # fmt: skip


def test_a_day_of_this_year_and_then_one_of_every_year_are_both_owed() -> None:
    stages = [
        {
            "start": 0,
            "end": 9,
            "text": "15/9/2023",
            "deadline": "2023-09-15",
            "deadline_latest": "2023-09-14",
        },
        {"start": 9, "end": 18, "text": "15/12 hằng năm", "deadline": "--12-15"},
    ]
    terms = proposed(
        deadline="2023-09-15", deadline_latest="2023-09-14", deadline_op="before", stages=stages
    ).terms
    assert terms is not None
    dues = occurrences(terms.schedule, shipped_calendar(), since=ISSUED, until=date(2024, 12, 31))
    assert [(due.period, due.stated_on) for due in dues] == [
        ("once", date(2023, 9, 14)), ("2023", date(2023, 12, 14)), ("2024", date(2024, 12, 14)),
    ]  # fmt: skip
    assert terms.kind is Kind.RECURRING


def test_a_title_has_neither_number_nor_the_marks_of_bold_words() -> None:
    assert title("2. **Phòng Nội vụ**: rà soát hồ sơ;") == "Phòng Nội vụ: rà soát hồ sơ"


def test_instalments_are_told_from_the_words() -> None:
    terms = proposed(quote="Cập nhật dữ liệu (đợt 2)", deadline="2023-Q3", deadline_latest="2023-09-30").terms
    assert terms is not None
    assert (terms.series, terms.instalment) == ("cap nhat du lieu", 2)
