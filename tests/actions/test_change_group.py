"""A group of units is a rule or a list, for a time; nobody overwrites what another changed."""

from datetime import date

import pytest

from actions.change_group import change_group
from actions.changes import By
from actions.errors import Refused, Stale
from domain.unit import UnitGroup
from store.office import load_office
from store.tree import load_directory
from tests.actions.conftest import World, actions_on, at

BOARDING = UnitGroup(
    code="ban-tru", names=("các trường bán trú",), members=("hoa-sen", "anh-duong"), valid_from=date(2023, 2, 1),
    valid_to=date(2023, 5, 31),
)  # fmt: skip


def change(world: World, group: UnitGroup, seen: UnitGroup | None = None) -> None:
    with world.db.transaction() as session:
        change_group(session, group, By("mai", at(2)), seen=seen)


def means(world: World, wording: str, day: date) -> tuple[str, ...]:
    with world.db.read() as session:
        return load_directory(session, load_office(session), named_on=day, given_on=day).find(wording)


def test_a_group_by_hand_is_understood_while_it_lasts(world: World) -> None:
    change(world, BOARDING)
    assert means(world, "Các trường bán trú", date(2023, 3, 1)) == ("hoa-sen", "anh-duong")
    assert means(world, "Các trường bán trú", date(2023, 6, 1)) == ()
    assert actions_on(world, "group:ban-tru") == ["change_group"]


def test_a_group_is_changed_by_whoever_saw_it_last(world: World) -> None:
    change(world, BOARDING)
    shorter = BOARDING.model_copy(update={"members": ("hoa-sen",)})
    change(world, shorter, BOARDING)
    assert means(world, "các trường bán trú", date(2023, 3, 1)) == ("hoa-sen",)
    with pytest.raises(Stale):
        change(world, BOARDING, BOARDING)


def test_a_new_group_of_a_name_that_is_taken_is_refused_by_the_name(world: World) -> None:
    change(world, BOARDING)
    with pytest.raises(Refused, match="“các trường bán trú” là của một nhóm khác"):
        change(world, BOARDING.model_copy(update={"names": ("CÁC TRƯỜNG BẢN TRU",)}))


def test_a_name_that_a_group_had_once_is_free_again(world: World) -> None:
    change(world, BOARDING)
    change(world, BOARDING.model_copy(update={"names": ("các trường nội trú",)}), BOARDING)
    change(world, BOARDING)
    with world.db.read() as session:
        assert [one.code for one in load_office(session).groups][-2:] == ["ban-tru", "ban-tru-2"]


@pytest.mark.parametrize(
    ("change_of", "why"),
    [
        ({"names": ()}, "Hãy ghi tên gọi"),
        ({"names": ("Các  TRƯỜNG",)}, "của một nhóm khác"),
        ({"members": ("khong-co",)}, "Không có đơn vị với mã: khong-co"),
        ({"valid_to": date(2023, 1, 1)}, "Ngày kết thúc"),
    ],
)
def test_a_group_that_cannot_be_is_refused(world: World, change_of: dict[str, object], why: str) -> None:
    with pytest.raises(Refused, match=why):
        change(world, BOARDING.model_copy(update=change_of))
