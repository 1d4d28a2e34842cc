"""The same day however it is worded: every operator with every spelling of a date, a period and a term."""

import unicodedata
from datetime import date

import pytest

from domain.deadline import answer
from domain.period import period
from runtime.calendars import shipped_calendar

VN = shipped_calendar()
AROUND = (
    "{}", "{}.", "({})", "Báo cáo {}", "Hoàn thành {}, gửi Ủy ban nhân dân xã", "thời hạn: {}",
    "Đề nghị các trường nộp hồ sơ {} để tổng hợp", "1. {};", "a) {} (qua Tổ Tổng hợp).",
)  # fmt: skip


def without_marks(text: str) -> str:
    bare = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return "".join(letter for letter in bare if not unicodedata.combining(letter))


def as_typed(phrase: str) -> list[str]:
    dressed = [around.format(phrase) for around in AROUND]
    return [*dressed, phrase.upper(), unicodedata.normalize("NFD", phrase), without_marks(phrase)]


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("trước", 20), ("xong trước", 20), ("trước 0 giờ", 20), ("không quá", 21), ("chậm nhất", 21),
        ("chậm nhất là", 21), ("muộn nhất vào", 21), ("đến hết", 21), ("hết", 21), ("hạn chót", 21),
        ("không muộn hơn", 21), ("trước hoặc trong", 21), ("trước 17h", 21), ("trước 16 giờ 30 phút", 21),
        ("24h00", 21),
    ],
)  # fmt: skip
def test_an_operator_means_the_same_before_every_spelling_of_a_date(words: str, day: int) -> None:
    for spelling in (
        "ngày 21/10/2026", "ngày 21-10-2026", "ngày 21.10.2026", "ngày 2026-10-21", "ngày 21 tháng 10 năm 2026",
        "ngày 21/10", "ngày 21 tháng 10", "thứ Tư, ngày 21/10/2026",
    ):  # fmt: skip
        for phrase in as_typed(f"{words} {spelling}"):
            found = answer(phrase, calendar=VN, period=period("2026"))
            assert found.stated == date(2026, 10, day), (phrase, found)


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("trước {}", "2026-06-30"), ("đầu {}", "2026-07-01"), ("{}", "2026-09-30"), ("hết {}", "2026-09-30"),
        ("trong {}", "2026-09-30"), ("đến cuối {}", "2026-09-30"), ("trước khi kết thúc {}", "2026-09-30"),
        ("ngày làm việc đầu tiên của {}", "2026-07-01"), ("trước ngày cuối cùng của {}", "2026-09-29"),
        ("chậm nhất 05 ngày làm việc sau khi kết thúc {}", "2026-10-07"),
        ("ít nhất 05 ngày làm việc trước khi kết thúc {}", "2026-09-23"),
    ],
)  # fmt: skip
def test_words_mean_the_same_before_every_spelling_of_a_quarter(words: str, day: str) -> None:
    for spelling in ("quý III/2026", "quý 3 năm 2026", "quý III", "Quí III-2026"):
        for phrase in as_typed(words.format(spelling)):
            found = answer(phrase, calendar=VN, period=period("2026"))
            assert str(found.stated) == day, (phrase, found)


@pytest.mark.parametrize(
    ("length", "day"),
    [
        ("05 ngày làm việc", "2026-11-27"), ("năm ngày làm việc", "2026-11-27"), ("10 ngày", "2026-11-29"),
        ("10 (mười) ngày", "2026-11-29"), ("mười (10) ngày", "2026-11-29"), ("2 tuần", "2026-12-03"),
        ("một tháng", "2026-12-19"), ("48 giờ", "2026-11-21"),
    ],
)  # fmt: skip
def test_a_term_is_as_long_whatever_leads_it_and_whatever_it_runs_from(length: str, day: str) -> None:
    for lead in ("trong", "trong vòng", "trong thời hạn", "chậm nhất", "không quá", "sau", "tối đa"):
        for since in (
            "kể từ ngày nhận",
            "kể từ khi nhận được văn bản này",
            "sau khi nhận",
            "tính từ ngày nhận",
        ):
            for phrase in (f"{lead} {length} {since}", f"Hoàn thành {lead} {length} {since}."):
                found = answer(phrase, calendar=VN, received=date(2026, 11, 19))
                assert str(found.stated) == day, (phrase, found)
