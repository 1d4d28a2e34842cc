"""The ladder: which rung falls when, who is told, and what an outage does to it."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from pydantic import ValidationError

from domain.escalation import DEFAULT, Climb, Ladder, Rung, climb
from domain.unit import Role
from domain.workdays import Calendar

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
VN = Calendar.of("VN")
DUE = date(2023, 2, 14)  # a Tuesday


def days(due_on: date) -> list[date]:
    moments = [DEFAULT.moment(step, due_on, VN, HANOI) for step in range(len(DEFAULT.rungs))]
    return [moment.date() for moment in moments if moment]


def taken(at: datetime, step: int = 0) -> Climb:
    return climb(DEFAULT, step, at, lambda s: DEFAULT.moment(s, DUE, VN, HANOI))


def test_rungs_fall_on_working_days_counted_from_the_deadline() -> None:
    assert days(DUE) == [
        date(2023, 2, 9),  # three working days before: over the weekend
        DUE,
        date(2023, 2, 15),
        date(2023, 2, 17),
        date(2023, 2, 23),
    ]


def test_no_rung_falls_on_a_holiday() -> None:
    # 30/4 and 1/5/2023 with their made-up days: the next working day after Friday 28/4 is Thursday 4/5.
    assert days(date(2023, 4, 28))[2] == date(2023, 5, 4)


def test_a_deadline_on_a_day_off_is_recalled_on_the_last_working_day_before_it() -> None:
    saturday = date(2023, 7, 15)
    assert days(saturday)[1] == date(2023, 7, 14)
    assert days(saturday)[2] == date(2023, 7, 17)


def test_rungs_come_at_office_hours_of_the_office_zone() -> None:
    moment = DEFAULT.moment(0, DUE, VN, HANOI)
    assert moment is not None
    assert moment.timetz().replace(tzinfo=None) == time(8)
    assert moment.tzinfo == HANOI


def test_the_ladder_ends() -> None:
    assert DEFAULT.moment(len(DEFAULT.rungs), DUE, VN, HANOI) is None


def test_each_rung_is_taken_when_its_moment_comes() -> None:
    before = taken(datetime(2023, 2, 9, 7, 59, tzinfo=HANOI))
    assert before.taken == ()
    assert before.step == 0
    on_time = taken(datetime(2023, 2, 9, 8, tzinfo=HANOI))
    assert [t.tell for t in on_time.taken] == [(Role.OFFICER,)]
    assert on_time.step == 1
    assert on_time.next_action_at == datetime(2023, 2, 14, 8, tzinfo=HANOI)


def test_after_an_outage_each_role_is_told_once_by_its_latest_rung() -> None:
    late = taken(datetime(2023, 2, 20, 9, tzinfo=HANOI))
    told = {role: t.step for t in late.taken for role in t.tell}
    assert told == {Role.OFFICER: 1, Role.HEAD: 2, Role.LEADER: 3}
    superseded = [(t.step, role) for t in late.taken for role in t.superseded]
    assert superseded == [(0, Role.OFFICER), (1, Role.HEAD)]
    assert late.step == 4


def test_taking_rungs_again_at_the_same_instant_takes_none() -> None:
    at = datetime(2023, 2, 20, 9, tzinfo=HANOI)
    assert taken(at, step=taken(at).step).taken == ()


@pytest.mark.parametrize(
    ("rungs", "why"),
    [
        ([(0, Role.OFFICER), (-3, Role.OFFICER)], "tăng dần"),
        ([(0, Role.OFFICER), (0, Role.HEAD)], "không trùng"),
        ([(-3, Role.LEADER), (0, Role.OFFICER)], "chính đơn vị"),
    ],
)
def test_a_ladder_that_would_tell_a_leader_first_is_refused(rungs: list[tuple[int, Role]], why: str) -> None:
    with pytest.raises(ValidationError, match=why):
        Ladder(rungs=tuple(Rung(offset=offset, to=(role,)) for offset, role in rungs))


@pytest.mark.parametrize(
    ("at", "step", "because"),
    [
        (datetime(2023, 2, 1, 9, tzinfo=HANOI), 0, "everything is ahead"),
        (datetime(2023, 2, 9, 8, tzinfo=HANOI), 0, "a rung at this very moment is not past"),
        (datetime(2023, 2, 9, 9, tzinfo=HANOI), 1, "the reminder is past, the day itself ahead"),
        (datetime(2023, 3, 1, 9, tzinfo=HANOI), len(DEFAULT.rungs), "nothing is left"),
    ],
)
def test_a_new_deadline_begins_with_the_first_rung_not_yet_past(
    at: datetime, step: int, because: str
) -> None:
    assert DEFAULT.ahead(date(2023, 2, 14), at, Calendar.of("VN"), HANOI) == step, because


def test_what_is_owed_is_not_replaced_by_what_may_be_switched_off() -> None:
    ladder = Ladder(
        rungs=(
            Rung(offset=0, to=(Role.HEAD,)),
            Rung(offset=1, to=(Role.LEADER,)),
            Rung(offset=2, to=(Role.LEADER,), binding=False),
        )
    )
    late = climb(
        ladder, 0, datetime(2023, 2, 20, 9, tzinfo=HANOI), lambda s: ladder.moment(s, DUE, VN, HANOI)
    )
    assert [(one.step, one.tell) for one in late.taken if one.tell] == [
        (0, (Role.HEAD,)),
        (1, (Role.LEADER,)),
    ]


def test_a_unit_is_never_told_only_for_information() -> None:
    with pytest.raises(ValidationError, match="chỉ để biết"):
        Ladder(rungs=(Rung(offset=0, to=(Role.HEAD,), binding=False),))
