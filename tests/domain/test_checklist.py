"""What an answer is worth: marks, the score, what a bad answer must bring."""

from fractions import Fraction
from typing import Any

import pytest

from domain.checklist import Checklist, Demand
from domain.checklist_answer import Given, Mark, lacking, mark, marks, say_answer, score
from rules.checklist_reader import read_checklist

TEXT = """
theme: t
title: T
sections:
  - code: s
    title: S
    items:
      - {id: Y, text: x, clause: c, severity: major, answer: yes_no, on_bad: [note, photo, action]}
      - {id: N, text: x, clause: c, severity: critical, answer: number, min: 2, max: 8.5, unit: °C}
      - {id: D, text: x, clause: c, severity: minor, answer: document}
      - id: C
        text: x
        clause: c
        severity: minor
        answer: choice
        weight: 0
        choices: [{code: a, label: Đủ, good: yes}, {code: b, label: Thiếu}]
      - {id: P, text: x, clause: c, severity: minor, answer: photo}
      - id: T
        text: x
        clause: c
        severity: minor
        answer: table
        columns: [{code: mon, label: Món}, {code: luong, label: Lượng, unit: g, min: 100}]
      - {id: W, text: x, clause: c, severity: minor, answer: yes_no, when: Y == yes}
      - {id: X, text: x, clause: c, severity: minor, answer: yes_no, when: W == yes}
"""
LIST: Checklist = read_checklist(TEXT)

MARKS = [
    ("Y", "yes", Mark.GOOD), ("Y", "no", Mark.BAD), ("Y", None, Mark.UNANSWERED), ("Y", "", Mark.UNANSWERED),
    ("N", "2", Mark.GOOD), ("N", "8,5", Mark.GOOD), ("N", "8.51", Mark.BAD), ("N", "-4", Mark.BAD),
    ("D", "valid", Mark.GOOD), ("D", "invalid", Mark.BAD), ("D", "missing", Mark.BAD),
    ("C", "a", Mark.GOOD), ("C", "b", Mark.BAD),
    ("P", None, Mark.UNANSWERED),
    ("T", [{"mon": "Canh", "luong": "150"}], Mark.GOOD), ("T", [{"mon": "Canh", "luong": "90"}], Mark.BAD),
    ("T", [{"mon": "Canh"}], Mark.BAD), ("T", [], Mark.UNANSWERED),
]  # fmt: skip


@pytest.mark.parametrize(("item", "value", "expected"), MARKS)
def test_an_answer_is_marked_by_its_type(item: str, value: Any, expected: Mark) -> None:
    assert mark(LIST.by_id[item], Given(value=value)) is expected


def test_a_photo_is_its_own_answer() -> None:
    assert mark(LIST.by_id["P"], Given(photos=("a" * 64,))) is Mark.GOOD


def test_an_item_is_asked_only_where_its_condition_is_met_and_so_is_what_hangs_on_it() -> None:
    found = marks(LIST, {"Y": Given(value="no"), "W": Given(value="yes"), "X": Given(value="no")})
    assert (found["W"], found["X"]) == (Mark.SKIPPED, Mark.SKIPPED)
    assert marks(LIST, {"Y": Given(value="yes")})["W"] is Mark.UNANSWERED


def test_the_score_is_the_share_of_the_weight_that_is_good() -> None:
    given = {
        "Y": Given(value="yes"),
        "N": Given(value="20"),
        "D": Given(not_applicable=True),
        "W": Given(value="no"),
    }
    found = score(LIST, given)
    assert (found.good, found.bad, found.not_applicable, found.unanswered) == (1, 2, 1, 3)
    assert found.share == Fraction(3, 3 + 5 + 1)


NOTHING_TO_WEIGH = [
    ("nothing answered", {}),
    ("all not applicable", {item.id: Given(not_applicable=True) for item in LIST.items}),
    ("only what weighs nothing", {"C": Given(value="a")}),
]


@pytest.mark.parametrize(
    ("remark", "given"), NOTHING_TO_WEIGH, ids=[remark for remark, _ in NOTHING_TO_WEIGH]
)
def test_where_nothing_is_to_be_weighed_there_is_no_share(remark: str, given: dict[str, Given]) -> None:
    assert score(LIST, given).share is None


def test_a_bad_answer_says_what_it_still_lacks_and_a_good_one_lacks_nothing() -> None:
    item = LIST.by_id["Y"]
    assert lacking(item, Given(value="no", note=" ")) == (Demand.NOTE, Demand.PHOTO, Demand.ACTION)
    assert lacking(item, Given(value="no", note="hở", photos=("p",), action="che")) == ()
    assert lacking(item, Given(value="yes")) == ()


SAID = [
    ("Y", Given(value="no"), "không"),
    ("N", Given(value="4,5"), "4,5 °C"),
    ("D", Given(value="invalid"), "có, không hợp lệ"),
    ("C", Given(value="a"), "Đủ"),
    ("T", Given(value=[{"mon": "Canh", "luong": "150"}]), "Món: Canh, Lượng: 150 g"),
    ("P", Given(photos=("p",)), "có ảnh"),
    ("Y", Given(not_applicable=True), "không áp dụng"),
    ("Y", None, ""),
]


@pytest.mark.parametrize(("item", "given", "words"), SAID)
def test_an_answer_is_said_in_words(item: str, given: Given | None, words: str) -> None:
    assert say_answer(LIST.by_id[item], given) == words


def test_a_re_inspection_keeps_only_the_failed_items_and_asks_them_without_their_condition() -> None:
    cut = LIST.only(["W"])
    assert [(item.id, item.when) for item in cut.items] == [("W", None)]
    assert LIST.only([]) is LIST
