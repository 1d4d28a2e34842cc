"""The fair draw (bốc thăm) of whom a surprise inspection visits, so that anyone can check it afterwards.

Before the draw hashes are published: of a secret seed, and of the list of candidates without and with their weights.
After everything drawn has been opened the seed is published, and `web/static/verify_draw.py`, which uses nothing but
Python, draws again. The office cannot change seed, list or weights in between. So that it cannot try seeds until
one suits it either, a `witness` can be named when the draw is held: a figure nobody knew when the seed was sealed,
such as that evening's lottery result.

The arithmetic is whole numbers only: draw r takes SHA-256("seed|witness|r") modulo the weight still in the urn and
counts through the candidates in the order of their codes.
"""

import hashlib
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from pydantic import BaseModel, ConfigDict
from sqlmodel import SQLModel

from domain.fields import canonical, document, instant, string


class Draw(SQLModel):
    """`candidates`: the published list; `resting`: codes left out because they were visited not long ago; `chosen`:
    codes in the order drawn. `seed` is secret until `revealed_at`."""

    seed: str = string()
    seed_hash: str = string()
    list_hash: str = string()
    candidates: list[dict[str, Any]] = document(list)
    resting: list[str] = document(list)
    count: int
    witness: str = string(default="")
    chosen: list[str] = document(list)
    committed_at: datetime = instant()
    drawn_at: datetime | None = instant(default=None)
    revealed_at: datetime | None = instant(default=None)


class Weighed(BaseModel):
    """A candidate: the unit's code, a whole weight above 0, and the reasons for it in words."""

    model_config = ConfigDict(frozen=True)

    unit: str
    weight: int
    why: tuple[str, ...] = ()


class Facts(BaseModel):
    """What a weight is made of. `open_findings` are not put right yet; `months_since`: whole months since the last
    visit of this theme, None where there was none."""

    model_config = ConfigDict(frozen=True)

    unit: str
    last_visit: date | None
    months_since: int | None
    critical: int = 0
    major: int = 0
    open_findings: int = 0
    repeated: int = 0
    overdue: int = 0


BASE = 10
NEVER = 24
"""A unit never visited weighs as one not visited for two years."""


def weigh(facts: Facts) -> Weighed:
    """More weight for what was found, what is still open, and time gone by. Every unit keeps a chance."""
    months = NEVER if facts.months_since is None else min(facts.months_since, NEVER)
    parts = (
        (facts.critical * 10, f"{facts.critical} tồn tại nghiêm trọng trong 12 tháng"),
        (facts.major * 4, f"{facts.major} tồn tại đáng kể trong 12 tháng"),
        (facts.repeated * 8, f"{facts.repeated} tồn tại lặp lại"),
        (facts.open_findings * 5, f"{facts.open_findings} tồn tại chưa khắc phục"),
        (facts.overdue * 3, f"{facts.overdue} việc đang quá hạn"),
        (
            months,
            "chưa từng được kiểm tra" if facts.months_since is None else f"{months} tháng chưa kiểm tra",
        ),
    )
    counted = [(points, why) for points, why in parts if points]
    return Weighed(
        unit=facts.unit,
        weight=BASE + sum(points for points, _ in counted),
        why=tuple(f"{why} (+{points})" for points, why in counted),
    )


def hash_of_seed(seed: str) -> str:
    return hashlib.sha256(seed.encode()).hexdigest()


def hash_of_units(candidates: Sequence[Weighed]) -> str:
    """Of the codes alone: beside `hash_of_list` it tells another list from other weights."""
    return hashlib.sha256(canonical([one.unit for one in in_order(candidates)]).encode()).hexdigest()


def hash_of_list(candidates: Sequence[Weighed], count: int) -> str:
    """Of everything that decides beside the seed: codes, weights, and how many are drawn."""
    said = [{"unit": one.unit, "weight": one.weight} for one in in_order(candidates)]
    return hashlib.sha256(canonical({"candidates": said, "count": count}).encode()).hexdigest()


def in_order(candidates: Sequence[Weighed]) -> list[Weighed]:
    return sorted(candidates, key=lambda one: one.unit)


def draw(candidates: Sequence[Weighed], count: int, seed: str, witness: str = "") -> list[str]:
    """Codes in the order drawn, without replacement; all of them where fewer than `count` are there. Raises
    `ValueError` for a weight that is not above 0 or a unit named twice."""
    urn = in_order(candidates)
    if any(one.weight <= 0 for one in urn) or len({one.unit for one in urn}) != len(urn):
        raise ValueError("every candidate once, with a weight above 0")
    chosen: list[str] = []
    while urn and len(chosen) < count:
        ball = _number(seed, witness, len(chosen)) % sum(one.weight for one in urn)
        for place, one in enumerate(urn):
            if ball < one.weight:
                chosen.append(urn.pop(place).unit)
                break
            ball -= one.weight
    return chosen


def _number(seed: str, witness: str, turn: int) -> int:
    """256 bits: taken modulo a weight of a few thousand, no candidate gains 2⁻²⁰⁰."""
    return int.from_bytes(hashlib.sha256(f"{seed}|{witness}|{turn}".encode()).digest())
