"""Who enters a watch list, who stays and who leaves, by one report after the other."""

from datetime import UTC, datetime

import pytest

from domain.emulation import BoardRow, Grade, summary
from domain.statement import Stated, Statement, position
from domain.watch import Moved, moved

SIGNED = datetime(2023, 2, 20, tzinfo=UTC)


@pytest.mark.parametrize(
    ("inside", "clear", "enters", "leaves", "after", "then"),
    [
        (False, 0, False, True, 1, Moved(False)),
        (False, 0, True, False, 1, Moved(True)),
        (False, 0, None, None, 1, Moved(False)),  # unknown puts nobody on the list
        (True, 0, False, True, 1, Moved(False, 1)),
        (True, 0, False, True, 2, Moved(True, 1)),
        (True, 1, False, True, 2, Moved(False, 2)),
        (True, 1, False, False, 2, Moved(True, 0)),  # the row of good reports is broken
        (True, 1, False, None, 2, Moved(True, 1)),  # unknown breaks no row and takes nobody off
        (True, 1, True, True, 2, Moved(True, 0)),
    ],
)
def test_one_report_moves_a_unit(
    inside: bool, clear: int, enters: bool | None, leaves: bool | None, after: int, then: Moved
) -> None:
    assert moved(inside=inside, clear=clear, enters=enters, leaves=leaves, leave_after=after) == then


@pytest.mark.parametrize(
    ("count", "against", "stated"),
    [
        (None, "", Stated.SILENT),
        (None, "đã thu thừa 3 khoản", Stated.SILENT),
        (0, "", Stated.KEPT),
        (0, "đã thu thừa 3 khoản", Stated.CONTRADICTED),
        (2, "", Stated.HAPPENED),
        (2, "đã thu thừa 3 khoản", Stated.HAPPENED),
    ],
)
def test_silence_is_not_zero_and_zero_can_be_contradicted(
    count: int | None, against: str, stated: Stated
) -> None:
    said = (
        None
        if count is None
        else Statement(period="2023-02", count=count, signed_by="binh", signed_at=SIGNED)
    )
    assert position("Trường Tiểu học Hoa Sen", said, against).stated is stated


def test_the_board_is_summed_up_in_counts() -> None:
    rows = [
        BoardRow("1", "Dạy và học", Grade.EXCELLENT, Grade.GOOD, ("QĐ 1",)),
        BoardRow("2", "Phổ cập", Grade.GOOD, Grade.EXCELLENT, ("QĐ 1",)),
        BoardRow("3", "Thể chất", Grade.GOOD, Grade.GOOD, ("QĐ 1",)),
        BoardRow("4", "Kiểm định", None, Grade.GOOD, ()),
    ]
    assert summary(rows) == {"excellent": 1, "good": 2, "ungraded": 1, "better": 1, "worse": 1}
