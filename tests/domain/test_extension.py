"""When an extension may be asked for: a table of days, and the words of each refusal."""

from datetime import date

import pytest

from domain.assignment import State
from domain.extension import ExtensionPolicy, objection
from domain.workdays import Calendar

VN = Calendar.of("VN")
GIVEN = date(2023, 2, 1)
DUE = date(2023, 2, 14)  # Tuesday
LATER = date(2023, 2, 21)
USUAL = ExtensionPolicy()


@pytest.mark.parametrize(
    ("policy", "state", "today", "wished_on", "granted", "says"),
    [
        (USUAL, State.RECEIVED, date(2023, 2, 9), LATER, 0, None),  # the last day: three working days before
        (USUAL, State.RECEIVED, date(2023, 2, 10), LATER, 0, "chậm nhất ngày 09/02/2023"),
        (USUAL, State.RECEIVED, date(2023, 2, 14), LATER, 0, "chậm nhất ngày 09/02/2023"),
        (USUAL, State.RECEIVED, date(2023, 2, 20), LATER, 0, "chậm nhất ngày 09/02/2023"),
        (ExtensionPolicy(working_days_before=0), State.RECEIVED, DUE, LATER, 0, None),
        (ExtensionPolicy(working_days_before=0), State.RECEIVED, date(2023, 2, 15), LATER, 0, "14/02/2023"),
        (ExtensionPolicy(working_days_before=-2), State.RECEIVED, date(2023, 2, 16), LATER, 0, None),
        (USUAL, State.RECEIVED, date(2023, 2, 6), DUE, 0, "phải sau hạn hiện tại (14/02/2023)"),
        (USUAL, State.RECEIVED, date(2023, 2, 6), LATER, 1, None),
        (USUAL, State.RECEIVED, date(2023, 2, 6), LATER, 2, "đã được gia hạn 2 lần"),
        (ExtensionPolicy(at_most=0), State.RECEIVED, date(2023, 2, 6), LATER, 0, "nhiều nhất 0 lần"),
        (USUAL, State.WAITING, date(2023, 2, 6), LATER, 0, None),
        (USUAL, State.HANDED_IN, date(2023, 2, 6), LATER, 0, "“đã nộp, chờ duyệt”"),
        (USUAL, State.ACCEPTED, date(2023, 2, 6), LATER, 0, "“đã hoàn thành”"),
    ],
)
def test_a_request_is_allowed_or_refused_in_words(
    policy: ExtensionPolicy, state: State, today: date, wished_on: date, granted: int, says: str | None
) -> None:
    found = objection(
        policy, state=state, given_on=GIVEN, due_on=DUE, today=today, wished_on=wished_on, granted=granted, calendar=VN
    )  # fmt: skip
    assert found is None if says is None else says in (found or "")


@pytest.mark.parametrize(
    ("given_on", "today", "says"),
    [
        (date(2023, 2, 9), date(2023, 2, 10), "chậm nhất ngày 09/02/2023"),  # there was a day to ask on
        (date(2023, 2, 10), date(2023, 2, 10), None),
        (date(2023, 2, 13), DUE, None),
        (date(2023, 2, 13), date(2023, 2, 15), "chậm nhất ngày 14/02/2023"),
    ],
)
def test_work_given_too_late_for_the_usual_notice_may_be_asked_about_until_its_deadline(
    given_on: date, today: date, says: str | None
) -> None:
    found = objection(
        USUAL, state=State.RECEIVED, given_on=given_on, due_on=DUE, today=today, wished_on=LATER, granted=0, calendar=VN
    )  # fmt: skip
    assert found is None if says is None else says in (found or "")
