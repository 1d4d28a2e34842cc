"""The table of deadlines: phrase, what is known, the day as said, the day due, where the case comes from."""

import re
import sys
from datetime import date, datetime
from pathlib import Path
from types import FrameType
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

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


@pytest.mark.parametrize(
    ("phrase", "value"),
    [
        ("trước 5 giờ chiều ngày 15/12/2026", "2026-12-15T17:00"),
        ("truoc 5h30 chieu ngay 15/12/2026", "2026-12-15T17:30"),
        ("trước 17 giờ chiều ngày 15/12/2026", "2026-12-15T17:00"),
        ("ngày 15/12/2026, lúc 5 giờ buổi chiều", "2026-12-15T17:00"),
        ("trước 12 giờ trưa ngày 15/12/2026", "2026-12-15T12:00"),
        ("1 giờ trưa ngày 15/12/2026", "2026-12-15T13:00"),
        ("11 giờ trưa ngày 15/12/2026", "2026-12-15T11:00"),
        ("trước 9 giờ tối thứ Ba, ngày 15/12/2026", "2026-12-15T21:00"),
        ("10 giờ đêm ngày 15/12/2026", "2026-12-15T22:00"),
        ("12 giờ đêm ngày 15/12/2026", "2026-12-15T24:00"),
        ("2 giờ đêm ngày 15/12/2026", "2026-12-15T02:00"),
        ("trước 8 giờ sáng ngày 15/12/2026", "2026-12-15T08:00"),
        ("trước 5 giờ chiều hằng ngày", "dT17:00"),
        ("hằng tuần, trước 4 giờ chiều thứ Sáu", "w:5T16:00"),
        ("ngày 15/12/2026, trước 8 giờ tối đa 5 hồ sơ", "2026-12-15T08:00"),
    ],
)
def test_an_hour_of_the_afternoon_or_night_is_told_on_the_clock_of_24(phrase: str, value: str) -> None:
    assert answer(phrase, calendar=VN).value == value


@pytest.mark.parametrize("wild", ["0", "99999"])
def test_no_number_however_wild_is_more_than_an_answer_can_speak_of(wild: str) -> None:
    for case in cases():
        phrase = (
            re.sub(r"\d+(?=\D*$)", wild, case.phrase)
            if re.search(r"\d", case.phrase)
            else f"{case.phrase} {wild}"
        )
        found = answer(phrase, calendar=VN, document_date=date(2026, 3, 2))
        assert found.why, phrase


def instant_or_day(text: str) -> datetime | date:
    return datetime.fromisoformat(text) if "T" in text else date.fromisoformat(text)


@pytest.mark.parametrize(
    ("phrase", "said"),
    [
        ("trước ngày 10/3", "nên hiểu là năm 2027"),
        ("trước tháng 3", "nên hiểu là năm 2027"),
        ("ngày 09/3", "nên hiểu là năm 2027"),
        ("trước ngày 10", "nên hiểu là tháng sau"),
        ("ngày 10/3", ""),
        ("trước ngày 10/3/2027", ""),
        ("trước ngày 10/3 năm sau", ""),
        ("trước ngày 15", ""),
    ],
)
def test_a_day_over_at_the_document_s_date_is_never_taken_for_the_next_one_in_silence(
    phrase: str, said: str
) -> None:
    why = " ".join(answer(phrase, calendar=VN, document_date=date(2026, 3, 10)).why)
    assert said in why
    assert ("nên hiểu là" in why) == bool(said)


@pytest.mark.parametrize(
    ("phrase", "facts", "why"),
    [
        ("trước ngày 15/11/2026 (thứ Hai)", {}, "ghi thứ Hai, nhưng ngày 15/11/2026 là Chủ nhật"),
        ("thứ Sáu, ngày 15/11", {"p": "2026"}, "ghi thứ Sáu, nhưng ngày 15/11/2026 là Chủ nhật"),
        ("chậm nhất ngày 22/8/2026", {}, "Làm bù, tính là ngày làm việc: 22/08/2026"),
        ("trong 3 ngày làm việc kể từ ngày 20/8/2026", {}, "Làm bù, tính là ngày làm việc: 22/08/2026"),
        ("5 ngày làm việc tính cả ngày 02/3/2026", {"d": "2026-03-02"}, "tính cả ngày đầu tiên"),
        (
            "2 ngày sau ngày chốt số liệu báo cáo 9 tháng",
            {"p": "2026"},
            "Điều 12: số liệu chốt ngày 14/09/2026",
        ),
        ("5 ngày sau khi kết thúc quý II/2026", {}, "Tính từ ngày 30/06/2026"),
        ("ngày làm việc thứ 20 của tháng", {"p": "2026-02"}, "chỉ có 15 ngày làm việc"),
        ("trước ngày 32", {"d": "2026-03-02"}, "Không có ngày 32"),
        ("ngày 29/02 hằng năm", {"p": "2027"}, "Tháng không có ngày này"),
    ],
)
def test_the_reasons_name_what_a_clerk_would_ask_about(phrase: str, facts: dict[str, str], why: str) -> None:
    found = answer(
        phrase,
        calendar=VN,
        document_date=date.fromisoformat(facts["d"]) if "d" in facts else None,
        period=period(facts["p"]) if "p" in facts else None,
    )
    assert why in " ".join(found.why)


def test_a_weekday_that_fits_its_date_is_no_matter() -> None:
    for phrase in (
        "thứ Tư, ngày 21/10/2026",
        "họp thứ Hai, ngày 05/01, gửi tài liệu trước ngày 31/12/2025",
        "họp thứ Tư, ngày 31/12, gửi biên bản trước ngày 05/01/2026",
    ):
        assert "kiểm tra" not in " ".join(answer(phrase, calendar=VN).why), phrase


@pytest.mark.parametrize(
    ("phrase", "key", "others"),
    [
        ("6 tháng (trước ngày 20/6) và năm (trước ngày 20/12)", "2026", ["2026-12-19"]),
        ("trước ngày 15/11/2026; riêng mầm non trước ngày 10/11/2026", "2026-11", ["2026-11-09"]),
        ("họp ngày 20/3/2026, gửi trước ngày 15/3/2026", "2026", []),
    ],
)
def test_of_several_deadlines_the_rest_of_the_period_is_told_too(
    phrase: str, key: str, others: list[str]
) -> None:
    assert [str(day) for day, _ in answer(phrase, calendar=VN, period=period(key)).others] == others


def test_an_answer_costs_as_much_as_the_dates_in_its_phrase() -> None:
    assert steps(320) < 10 * steps(40)


def steps(dates: int) -> int:
    """Calls made for a phrase of so many dates."""
    phrase = "; ".join(f"trước ngày {n % 28 + 1}/12/2026" for n in range(dates))
    calls = 0

    def count(_frame: FrameType, event: str, _of: object) -> None:
        nonlocal calls
        calls += event == "call"

    before = sys.getprofile()
    sys.setprofile(count)
    answer(phrase, calendar=VN)
    sys.setprofile(before)
    return calls


WORDS = (
    "trước", "ngày", "hết", "chậm nhất", "trong", "trong vòng", "đến", "từ", "kể từ", "sau khi", "nhận", "ký",
    "15", "31", "29/02", "30/02/2026", "15/12", "01/6", "2026", "0", "24h00", "17h", "tháng", "8", "2", "quý",
    "II", "V", "năm", "học", "2025-2026", "kỳ", "I", "hằng", "mỗi", "cuối", "đầu", "giữa", "làm việc", "thứ",
    "Sáu", "tuần", "5", "giờ", "nửa", "một", "Tết", "Nguyên đán", "báo cáo", "chốt số liệu", "và", ",", ";",
    "(", ")", ".", "-", "/", "định kỳ", "thường xuyên", "cuối cùng", "đầu tiên", "của", "liền", "ít nhất",
)  # fmt: skip


@settings(max_examples=200, deadline=None)
@given(
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=12).map(" ".join),
    st.none() | st.dates(date(2024, 1, 1), date(2028, 12, 31)),
    st.none()
    | st.sampled_from(["2026-02", "2026-Q3", "2026", "2026-H1", "NH2025-2026", "2026-W07", "2026-02-14"]),
    st.none() | st.sampled_from(Shift),
)
def test_any_words_get_an_answer_and_a_reason(
    text: str, day: date | None, key: str | None, shift: Shift | None
) -> None:
    found = answer(
        text,
        calendar=VN,
        document_date=day,
        received=day,
        period=period(key) if key else None,
        shift=shift,
    )
    assert (found.stated is None) == (found.due is None)
    assert found.why
    if found.due and shift is Shift.NEXT:
        assert VN.is_working(found.due)
