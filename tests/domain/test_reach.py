"""Which channels a letter takes: somebody always is told, at least in their own list."""

import pytest

from domain.reach import Via, routes

E, W, A = Via.EMAIL, Via.WEBHOOK, Via.IN_APP


@pytest.mark.parametrize(
    ("chosen", "refused", "taken"),
    [
        ([E], False, (E,)),
        ([W], False, (W,)),
        ([W, E], False, (E, W)),  # mail carries the letter, the gateway a copy
        ([A], False, (A,)),
        ([E, A], False, (E,)),  # the list shows every letter anyway
        ([E], True, (E, A)),  # the failure is shown, and the person still finds it
        ([E, W], True, (W,)),
        ([E, A], True, (E, A)),
        ([W], True, (W,)),
        ([], False, (A,)),
    ],
)
def test_routes(chosen: list[Via], refused: bool, taken: tuple[Via, ...]) -> None:
    assert routes(chosen, mail_refused=refused) == taken
