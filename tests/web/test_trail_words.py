"""The trail in words: whatever the code can record is said in words, with what it was before and is now."""

import ast
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from domain.assignment import Event
from domain.audit import AuditEntry
from domain.duty import DraftStatus
from domain.extension import Answer
from domain.unit import Unit
from store.questions.named import Named
from web.trail_words import EVENTS, about, say_data

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("actions", "runtime", "flows", "web", "cli")
GIVEN = {
    "event.value": [event.value for event in Event],
    "f'draft_{status}'": [f"draft_{one}" for one in (DraftStatus.APPROVED, DraftStatus.DISCARDED)],
    "f'extension_{answer}'": [f"extension_{one}" for one in (Answer.GRANTED, Answer.REFUSED)],
    "f'mail_{answer.outcome}'": ["mail_sent", "mail_again", "mail_failed", "mail_unknown"],
    "f'mail_bounce_{bounce.action}'": ["mail_bounce_failed", "mail_bounce_delayed"],
    "'fall_asleep' if duty.asleep else 'awaken'": ["fall_asleep", "awaken"],
    "action": [],  # `record` hands on what it was given
}
"""What is recorded under a code that is put together, as it stands in the source."""


def recorded() -> Iterator[tuple[str, str]]:
    """(file, code) of everything that is written into the trail anywhere."""
    for path in sorted(path for room in ROOMS for path in (ROOT / room).glob("*.py")):
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(call, ast.Call) and isinstance(call.func, ast.Name):
                place = {"record": 2, "line": 1}.get(call.func.id)
                if place is not None and len(call.args) > place:
                    code = call.args[place]
                    said = code.value if isinstance(code, ast.Constant) else ast.unparse(code)
                    for one in GIVEN.get(str(said), [said]):
                        yield path.name, str(one)


def test_whatever_is_recorded_has_its_words_and_no_word_is_left_over() -> None:
    found = list(recorded())
    assert [(file, code) for file, code in found if code not in EVENTS] == []
    assert set(EVENTS) - {code for _file, code in found} == set()


def entry(action: str, subject: str = "unit:x", **data: object) -> AuditEntry:
    return AuditEntry(
        at=datetime(2023, 2, 1, tzinfo=UTC), actor="mai", action=action, subject=subject, data=data
    )


KNOWN = {
    "unit_id:3": Named("Trường A", "unit", 3),
    "unit_id:4": Named("Trường B", "unit", 4),
    "person:binh": Named("Nguyễn Văn Bình", "person", 2),
    "duty:7": Named("Báo cáo tháng", "duty", 7),
}


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (entry("reproject", old="2023-02-14", new="2023-02-13"), ["14/02/2023 → 13/02/2023"]),
        (entry("hand_over", before=3, successor=4), ["Trường A → Trường B"]),
        (
            entry("appoint", person="binh", role="head"),
            ["người Nguyễn Văn Bình", "chức vụ thủ trưởng đơn vị"],
        ),
        (entry("classify", before="task", kind="background"), ["việc → bối cảnh, nhận định"]),
        (entry("grade_field", was=None, grade="good"), ["(trống) → tốt"]),
        (entry("issue", duties=["a", "b"]), ["số nhiệm vụ 2"]),
        (entry("open", period="once", units=5), ["số đơn vị 5"]),
        (entry("open", period="2023-02", units=5), ["kỳ tháng 02/2023", "số đơn vị 5"]),
        (entry("seal_draw", seed_hash="ab" * 32, candidates=9), ["số đơn vị trong danh sách 9"]),
        (
            entry(
                "change_unit",
                before=Unit(code="a", name="Cũ", kind="trường").model_dump(mode="json"),
                after=Unit(code="a", name="Mới", kind="trường").model_dump(mode="json"),
            ),
            ["tên: Cũ → Mới"],
        ),
    ],
)
def test_a_change_is_told_as_before_and_after(line: AuditEntry, said: list[str]) -> None:
    assert say_data(line, KNOWN) == said


@pytest.mark.parametrize(
    ("subject", "said"),
    [
        ("duty:7", ("Báo cáo tháng", "/nhiem-vu/7")),
        ("address:a@b.vn", ("a@b.vn", "")),
        ("duty:8", ("", "")),
        ("clock", ("", "")),
    ],
)
def test_what_was_changed_is_called_by_its_name_and_linked(subject: str, said: tuple[str, str]) -> None:
    assert about(entry("issue", subject), KNOWN) == said
