"""One draft made two, two made one."""

from datetime import date

import pytest

from domain.draft import Because, DutyDraft, Stage, Target
from domain.recast import CannotRecast, merge, places, split

HEADING = "1. Tổ Tổng hợp:\n"
FIRST = "- Rà soát 100% phòng học, xong trước ngày 15/3/2023;"
SECOND = " lập kế hoạch sửa chữa, gửi Phòng trước ngày 30/4/2023."
TEXT = HEADING + FIRST + SECOND
AT = len(HEADING + FIRST)
ISSUED = date(2023, 2, 1)


def because(words: str) -> Because:
    start = TEXT.index(words)
    return Because(start=start, end=start + len(words), text=words, pattern="test")


DRAFT = DutyDraft(
    id="t1", clause="1", quote=TEXT[len(HEADING) :], start=len(HEADING), end=len(TEXT),
    lead=("Tổ Tổng hợp",), deadline="2023-03-15", deadline_op="before", deadline_latest="2023-03-14",
    deadline_text="trước ngày 15/3/2023", product="kế hoạch sửa chữa",
    targets=(Target(text="100% phòng học", metric="phòng học", comparator="=", value=100, unit="%"),),
    why={
        "lead": because("Tổ Tổng hợp"), "deadline": because("trước ngày 15/3"), "product": because("kế hoạch"),
    },
)  # fmt: skip


def test_each_part_keeps_what_its_own_words_say_and_both_keep_what_stands_above() -> None:
    first, second = split(DRAFT, TEXT, AT, ISSUED)
    assert (first.quote, second.quote) == (FIRST, SECOND.strip())
    assert TEXT[second.start : second.end] == second.quote
    assert first.lead == second.lead == ("Tổ Tổng hợp",)
    assert (first.deadline, first.deadline_latest) == ("2023-03-15", "2023-03-14")
    assert (second.deadline, second.deadline_latest) == ("2023-04-30", "2023-04-29")
    assert (first.product, second.product) == (None, "kế hoạch sửa chữa")
    assert [len(part.targets) for part in (first, second)] == [1, 0]
    assert {first.id, second.id, DRAFT.id} == {"t1.1", "t1.2", "t1"}


def test_a_part_that_holds_one_of_several_days_has_that_day_alone() -> None:
    days = (
        Stage(start=len(HEADING), end=AT, text=FIRST, deadline="2023-03-15", deadline_latest="2023-03-14"),
        Stage(start=AT + 1, end=len(TEXT), text=SECOND, deadline="2023-04-30", deadline_latest="2023-04-29"),
    )
    parts = split(DRAFT.model_copy(update={"stages": days}), TEXT, AT, ISSUED)
    assert [part.stages for part in parts] == [(), ()]


def test_a_deadline_from_the_heading_stays_with_both_parts() -> None:
    text = "Trong quý II năm 2023:\n- Rà soát phòng học; lập kế hoạch sửa chữa.\n"
    start = text.index("- ")
    above = Because(start=0, end=20, text="Trong quý II", pattern="heading")
    draft = DutyDraft(
        id="t", clause="", quote=text[start:].strip(), start=start, end=len(text), deadline="2023-Q2",
        deadline_latest="2023-06-30", why={"deadline": above},
    )  # fmt: skip
    assert [part.deadline for part in split(draft, text, text.index(" lập"), ISSUED)] == ["2023-Q2"] * 2


@pytest.mark.parametrize("at", [0, len(HEADING), len(HEADING) + 2, len(TEXT) - 1, len(TEXT), len(TEXT) + 9])
def test_a_part_without_words_is_no_part(at: int) -> None:
    with pytest.raises(CannotRecast):
        split(DRAFT, TEXT, at, ISSUED)


def test_neighbours_merge_into_one_quote_with_the_fields_of_both() -> None:
    first, second = split(DRAFT, TEXT, AT, ISSUED)
    later = second.model_copy(
        update={"deadline": None, "deadline_latest": None, "lead": ("Các trường",), "targets": ()}
    )
    whole = merge(later, first, TEXT)
    assert whole.quote == DRAFT.quote
    assert (whole.start, whole.end) == (DRAFT.start, DRAFT.end)
    assert whole.lead == ("Tổ Tổng hợp", "Các trường")
    assert (whole.deadline, whole.product) == ("2023-03-15", "kế hoạch sửa chữa")


def test_two_deadlines_are_two_duties() -> None:
    with pytest.raises(CannotRecast, match="hạn khác nhau"):
        merge(*split(DRAFT, TEXT, AT, ISSUED), TEXT)


@pytest.mark.parametrize(
    ("text", "second_parts"),
    [
        ("Rà soát phòng học; lập kế hoạch.", ["lập kế hoạch."]),
        (
            "Rà soát, sửa chữa và báo cáo trước ngày 15.",
            ["sửa chữa và báo cáo trước ngày 15.", "và báo cáo trước ngày 15."],
        ),
        ("- Rà soát.\n- Báo cáo 1.200 phòng.", ["- Báo cáo 1.200 phòng."]),
        ("1. Rà soát phòng học.", []),
        ("", []),
    ],
)
def test_an_order_may_be_cut_behind_a_line_a_sentence_or_a_clause(text: str, second_parts: list[str]) -> None:
    cuts = places(f"trước {text} sau", 6, 6 + len(text))
    assert [f"trước {text} sau"[at : 6 + len(text)].lstrip() for at in cuts] == second_parts
