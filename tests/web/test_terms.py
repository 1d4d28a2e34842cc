"""What a clerk answers on a card, as the terms it gives."""

from dataclasses import replace
from functools import partial
from typing import Any

import pytest

from domain.draft import DutyDraft
from domain.duty import DutyTerms, Review
from domain.proposal import Policy, propose
from runtime.calendars import shipped_calendar
from tests.domain.test_proposal import DIRECTORY, ISSUED
from web.cards import next_dates
from web.terms import Answers, asked, decide


def decided(answers: dict[str, str], rules: tuple[dict[str, Any], ...] = (), **fields: Any) -> DutyTerms:
    read = {
        "id": "t", "clause": "III.1", "quote": "Tổng hợp hồ sơ", "start": 0, "end": 14, "lead": ("Tổ Tổng hợp",),
        "deadline": "2023-06-30", "deadline_text": "30/6/2023", "deadline_latest": "2023-06-30",
    }  # fmt: skip
    draft, policy = DutyDraft.model_validate(read | fields), Policy.model_validate({"rules": rules})
    by = partial(propose, policy=policy, directory=DIRECTORY, issued_on=ISSUED)
    shown: Answers = asked(draft, by(draft).terms, policy.rule_for(draft))
    return decide(
        draft, replace(shown, **answers), by,
        calendar=shipped_calendar(), issued_on=ISSUED, received=ISSUED,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "state", "added"),
    [
        ({}, "phức tạp", False),
        ({"situation": ""}, None, False),
        ({"situation": "dịch bệnh: bùng phát"}, "bùng phát", True),
    ],
)
def test_a_situation_of_the_text_is_confirmed_cleared_or_changed(
    typed: dict[str, str], state: str | None, added: bool
) -> None:
    terms = decided(typed, quote="Khi dịch bệnh diễn biến phức tạp, báo cáo trước ngày 30/6/2023")
    assert (terms.situation and terms.situation.state) == state
    assert ("situation" in terms.added) is added


@pytest.mark.parametrize(
    ("typed", "coordinators", "parts"),
    [
        ({"lead": "Trường Hoa Sen"}, 0, False),  # who was asked for parts now does all of it
        ({"coordinators": ""}, 0, False),
        ({"coordinators": "Trường Hoa Sen; "}, 1, True),
    ],
)
def test_work_without_coordinators_asks_its_lead_for_the_figures(
    typed: dict[str, str], coordinators: int, parts: bool
) -> None:
    terms = decided(typed, coordinators=("Trường Hoa Sen",))
    assert sum(one.part == "coordinator" for one in terms.assignees) == coordinators
    assert ("parts" in terms.added) is parts


def test_what_no_rule_judges_is_looked_at_by_a_person_unless_the_policy_says_otherwise() -> None:
    assert decided({}).review is Review.PERSON
    assert decided({}, ({"pack": "bao-cao"},)).review is Review.RULES
    assert decided({}, ({"review": "rules"},)).review is Review.RULES


def test_a_time_that_cannot_be_worked_out_gives_no_dates_and_takes_no_page() -> None:
    never = decided({}).schedule.model_copy(update={"stated": "--02-29"})
    terms = decided({}).model_copy(update={"schedule": never})
    assert next_dates(terms, ISSUED, shipped_calendar()) is None
