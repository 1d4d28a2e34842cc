"""The table of deadlines: phrase, what is known, the day as said, the day due, where the case comes from."""

from datetime import date, datetime
from pathlib import Path
from typing import NamedTuple

import pytest

from domain.deadline import answer
from domain.period import period
from domain.recurrence import Shift
from runtime.calendars import shipped_calendar

VN = shipped_calendar()
TABLE = Path(__file__).with_name("deadlines.txt")


class Case(NamedTuple):
    phrase: str
    facts: str
    stated: str
    due: str
    source: str


def cases() -> list[Case]:
    lines = TABLE.read_text(encoding="utf-8").splitlines()
    rows = [Case(*(cell.strip() for cell in line.split("|"))) for line in lines if line and line[0] != "#"]
    return [row._replace(due=row.stated) if row.due == "=" else row for row in rows]


def test_the_table_is_long_enough_to_be_trusted() -> None:
    assert len(cases()) >= 150
    assert all(case.source for case in cases())


@pytest.mark.parametrize("case", cases(), ids=lambda case: f"{case.phrase} [{case.facts}]")
def test_a_phrase_comes_to_the_day_of_its_source(case: Case) -> None:
    facts = dict(fact.split("=") for fact in case.facts.split())
    received = facts.get("r", "")
    found = answer(
        case.phrase,
        calendar=VN,
        document_date=date.fromisoformat(facts["d"]) if "d" in facts else None,
        received=instant_or_day(received) if received else None,
        period=period(facts["p"]) if "p" in facts else None,
        shift=Shift(facts["s"]) if "s" in facts else None,
    )
    assert (str(found.stated or "-"), str(found.due or "-")) == (case.stated, case.due), found
    assert found.why


def instant_or_day(text: str) -> datetime | date:
    return datetime.fromisoformat(text) if "T" in text else date.fromisoformat(text)
