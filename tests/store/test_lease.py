"""One holder at a time; what a clock that was wrong has taken for a year is free again."""

from datetime import UTC, datetime, timedelta

import pytest

from store.database import Database
from store.lease import hold

NOW = datetime(2023, 2, 14, 1, tzinfo=UTC)
TTL = timedelta(minutes=3)


@pytest.mark.parametrize(
    ("taken", "epoch"),
    [
        (NOW - timedelta(minutes=4), 2),
        (NOW - timedelta(minutes=3), None),
        (NOW + timedelta(minutes=5), None),
        (NOW + timedelta(days=365), 2),
    ],
    ids=["it has run out", "it runs out now", "a clock some minutes ahead", "a clock a year ahead"],
)
def test_a_lease_of_another_is_free_when_it_has_run_out_or_never_could(
    db: Database, taken: datetime, epoch: int | None
) -> None:
    with db.transaction() as session:
        assert hold(session, "clock", "A", taken, TTL) == 1
    with db.transaction() as session:
        assert hold(session, "clock", "B", NOW, TTL) == epoch
