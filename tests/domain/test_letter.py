"""The identity of a letter, and when it is tried again."""

from datetime import UTC, datetime, timedelta

import pytest

from domain.letter import message_id, next_try

AT = datetime(2023, 2, 10, 10, 0, tzinfo=UTC)

TRIES = [
    (1, timedelta(minutes=1)),
    (2, timedelta(minutes=5)),
    (3, timedelta(minutes=15)),
    (4, timedelta(hours=1)),
    (5, timedelta(hours=4)),
    (6, timedelta(days=1)),
    (7, timedelta(days=2)),
    (8, None),
    (9, None),
]


@pytest.mark.parametrize(("tries", "wait"), TRIES)
def test_a_letter_put_off_waits_longer_each_time_and_is_given_up_after_the_eighth(
    tries: int, wait: timedelta | None
) -> None:
    assert next_try(tries, AT) == (None if wait is None else AT + wait)


def test_a_relay_down_over_a_weekend_loses_no_letter() -> None:
    last, at = AT, AT
    for tries in range(1, 8):
        again = next_try(tries, at)
        assert again is not None
        last = at = again
    assert last - AT > timedelta(days=3)


def test_the_same_key_has_the_same_message_id_and_another_key_another() -> None:
    one, same, other = (
        message_id(key, "x.vn") for key in ("digest:7:2023-02-10",) * 2 + ("digest:8:2023-02-10",)
    )
    assert one == same != other
    assert one.startswith("<")
    assert one.endswith("@x.vn>")
