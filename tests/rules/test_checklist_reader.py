"""Checklists are read strictly: what ships is whole, and each mistake is named with its line."""

import re
from pathlib import Path

import pytest

from domain.checklist import AnswerType, Demand
from domain.verdict import Severity
from rules.checklist_reader import SHIPPED, load_checklist, read_checklist
from rules.pack import PackError
from tests.support.inspections import CHECKLIST
from tests.support.shared import shared

LETTERS = {"C": Severity.CRITICAL, "M": Severity.MAJOR, "m": Severity.MINOR}


def test_the_library_has_every_item_of_the_law_with_its_severity() -> None:
    rows = re.findall(
        r"(?m)^\| ([ABC]\d\d) \|.*?\| [YND] \| ([CMm]) \|", shared("domain.md").read_text(encoding="utf-8")
    )
    wanted = dict(rows)
    found = {item.id: item.severity for path in SHIPPED for item in load_checklist(path)[1].items}
    assert len(wanted) == 25 + 24 + 27
    assert found == {item: LETTERS[letter] for item, letter in wanted.items()}


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_what_ships_names_a_clause_and_asks_for_proof_of_what_is_critical(path: Path) -> None:
    _, checklist = load_checklist(path)
    for item in checklist.items:
        assert item.clause, item.id
        assert Demand.NOTE in item.on_bad, item.id
        if item.severity is Severity.CRITICAL:
            assert Demand.ACTION in item.on_bad, item.id


def test_an_item_is_read_with_everything_it_says() -> None:
    item = read_checklist(CHECKLIST).by_id["K2"]
    assert (item.answer, item.low, item.high, item.unit) == (AnswerType.NUMBER, "24", "240", "giờ")
    assert item.on_bad == (Demand.NOTE, Demand.ACTION)
    assert (item.weight, item.may_not_apply) == (5, False)


ONE = "theme: t\ntitle: T\nsections:\n  - code: s\n    title: S\n    items:\n"


def line(**changed: str) -> str:
    fields = {"id": "A1", "text": "x", "clause": "y", "severity": "minor", "answer": "yes_no"} | changed
    return f"      - {{{', '.join(f'{key}: {value}' for key, value in fields.items() if value)}}}\n"


MISTAKES = [
    ("nothing in it", "theme: t\ntitle: T\nsections: []\n", 1, "chưa có nội dung"),
    ("an id twice", ONE + line() + line(), 8, "hai nội dung cùng mã 'A1'"),
    ("a severity unknown", ONE + line(severity="grave"), 7, "'severity' phải là một trong"),
    ("no clause", ONE + line(clause=""), 7, "thiếu 'clause'"),
    ("a number without a range", ONE + line(answer="number"), 7, "phải có 'min' hoặc 'max'"),
    ("a range on yes/no", ONE + line(min="1"), 7, "chỉ dùng cho kiểu số"),
    ("a bound that is none", ONE + line(answer="number", min="hai"), 7, "'min' phải là số"),
    ("one choice", ONE + line(answer="choice", choices="[{code: a, label: A}]"), 7, "ít nhất hai lựa chọn"),
    ("a table without columns", ONE + line(answer="table"), 7, "phải có 'columns'"),
    ("a condition on nobody", ONE + line(when="A9 == yes"), 7, "không có nội dung nào mã này ở phía trên"),
    ("a condition on itself", ONE + line(when="A1 == yes"), 7, "ở phía trên"),
    (
        "a condition never true",
        ONE + line() + line(id="A2", when="A1 == maybe"),
        8,
        "không có câu trả lời 'maybe'",
    ),
    ("a weight of -1", ONE + line(weight="-1"), 7, "từ 0 đến 100"),
    ("a key misspelt", ONE + line(clauses="z"), 7, "có phải ý bạn là 'clause'"),
    ("an id with letters of ours", ONE + line(id="Mục"), 7, "không dấu"),
    ("501 items", ONE + "".join(line(id=f"A{n}") for n in range(501)), 507, "tối đa 500"),
]


@pytest.mark.parametrize(("remark", "text", "where", "why"), MISTAKES, ids=[m[0] for m in MISTAKES])
def test_a_mistake_is_named_with_its_line(remark: str, text: str, where: int, why: str) -> None:
    with pytest.raises(PackError) as refused:
        read_checklist(text, "phieu.yaml")
    assert re.search(rf"^phieu\.yaml, dòng {where}, cột \d+: .*{re.escape(why)}", str(refused.value)), remark
