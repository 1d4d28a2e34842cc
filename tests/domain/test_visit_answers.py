"""Which answers stand when devices speak without hearing one another."""

from datetime import UTC, datetime
from itertools import permutations

import pytest

from domain.visit_answers import Answer, standing

AT = datetime(2023, 2, 6, 2, 0, tzinfo=UTC)


def said(device: str, seq: int, base: int, version: int, value: str, *photos: str) -> Answer:
    return Answer(
        item="K1", device=device, seq=seq, base=base, version=version, value=value, photos=list(photos),
        answered_at=AT, received_at=AT,
    )  # fmt: skip


CASES = [
    ("one answer stands", [said("a", 1, 0, 1, "yes")], ["yes"]),
    ("a later answer of one device overrules", [said("a", 1, 0, 1, "yes"), said("a", 2, 0, 2, "no")], ["no"]),
    ("also when it came first", [said("a", 2, 0, 1, "no"), said("a", 1, 0, 2, "yes")], ["no"]),
    (
        "given in sight of the other it overrules",
        [said("a", 1, 0, 1, "yes"), said("b", 1, 1, 2, "no")],
        ["no"],
    ),
    ("given in ignorance both stand", [said("a", 1, 0, 1, "yes"), said("b", 1, 0, 2, "no")], ["yes", "no"]),
    ("the same said twice is one", [said("a", 1, 0, 1, "yes"), said("b", 1, 0, 2, "yes")], ["yes"]),
    (
        "whoever has seen both ends it",
        [said("a", 1, 0, 1, "yes"), said("b", 1, 0, 2, "no"), said("settled", 1, 2, 3, "no")],
        ["no"],
    ),
    (
        "a third in ignorance opens it again",
        [said("a", 1, 0, 1, "yes"), said("settled", 1, 1, 2, "yes"), said("c", 1, 0, 3, "no")],
        ["yes", "no"],
    ),
    (
        "a device's own change of mind does not hide another's answer",
        [said("a", 1, 0, 1, "yes"), said("b", 1, 0, 2, "no"), said("a", 2, 1, 3, "yes")],
        ["no", "yes"],
    ),
]


@pytest.mark.parametrize(("remark", "answers", "left"), CASES, ids=[remark for remark, *_ in CASES])
def test_what_stands_follows_from_who_had_seen_what(
    remark: str, answers: list[Answer], left: list[str]
) -> None:
    for order in permutations(answers):
        found = standing(order)
        values = [one.value for one in found.contested] or [found.answer.value if found.answer else None]
        assert values == left, remark


def test_photos_of_all_who_said_the_same_are_kept() -> None:
    found = standing([said("a", 1, 0, 1, "no", "p1"), said("b", 1, 0, 2, "no", "p2", "p1")])
    assert found.photos == ("p1", "p2")


def test_no_answers_leave_nothing_standing() -> None:
    assert standing([]).answer is None
