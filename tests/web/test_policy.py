"""Rights follow positions."""

import pytest

from domain.unit import Role
from store.questions.people import Post, SignedIn
from store.questions.scope import Scope
from web.policy import Act, can, scope


def viewer(*posts: tuple[Role, int, bool]) -> SignedIn:
    return SignedIn(1, "x", "X", tuple(Post(role, unit, "", office) for role, unit, office in posts))


@pytest.mark.parametrize(
    ("posts", "act", "expected"),
    [
        ([(Role.CLERK, 1, True)], Act.SEE_WORK, Scope(everything=True)),
        ([(Role.CLERK, 5, False)], Act.SEE_WORK, Scope(units=(5,))),  # a school's own clerk
        ([(Role.CLERK, 5, False)], Act.SEE_BOARD, Scope()),
        ([(Role.HEAD, 5, False), (Role.OFFICER, 6, False)], Act.SEE_WORK, Scope(units=(5, 6))),
        ([(Role.LEADER, 2, False)], Act.SEE_WORK, Scope(roots=(2,))),
        ([(Role.LEADER, 2, False), (Role.HEAD, 7, False)], Act.SEE_WORK, Scope(units=(7,), roots=(2,))),
        ([(Role.LEADER, 2, False), (Role.HEAD, 7, False)], Act.DO_WORK, Scope(units=(7,))),
        ([(Role.ADMIN, 1, True)], Act.SEE_WORK, Scope()),
        ([(Role.INSPECTOR, 1, True)], Act.SEE_BOARD, Scope()),
        ([], Act.SEE_WORK, Scope()),
    ],
)
def test_one_sees_what_ones_positions_give(
    posts: list[tuple[Role, int, bool]], act: Act, expected: Scope
) -> None:
    assert scope(viewer(*posts), act) == expected


def test_work_is_done_for_ones_own_unit_only() -> None:
    head = viewer((Role.HEAD, 5, False))
    assert can(head, Act.DO_WORK, 5)
    assert not can(head, Act.DO_WORK, 6)


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("act", list(Act))
def test_nobody_may_do_what_they_may_not_see(role: Role, act: Act) -> None:
    for at_office in (True, False):
        one = viewer((role, 5, at_office))
        if act in (Act.SEE_BOARD, Act.SEE_WORK, Act.DO_WORK):
            assert can(one, act) is (scope(one, act) != Scope())
