"""How a text words a time: the spelling read from it, with what document and case each line comes from."""

from datetime import date

import pytest

from domain.recurrence import UNITS, Schedule, occurrences
from domain.stated import find_stated, latest
from domain.workdays import Calendar

ISSUED = date(2025, 12, 3)
RECEIVED = date(2025, 12, 5)

# phrase | value | op | recurrence | last acceptable day of a document of 3/12/2025, received on 5/12/2025
ONE_TIME = [
    ("Trước ngày 15/12/2025, các đơn vị gửi", "2025-12-15", "before", "none", "2025-12-14"),
    ("ngày 15 tháng 12 năm 2025", "2025-12-15", "on", "none", "2025-12-15"),
    ("trước 16h00 ngày 20/4/2018 (thứ Sáu)", "2018-04-20T16:00", "before", "none", "2018-04-20"),
    ("16h00 thứ Sáu, ngày 20/4/2018", "2018-04-20T16:00", "on", "none", "2018-04-20"),
    ("xong trước 24h00 ngày 14/3/2026", "2026-03-14T24:00", "before", "none", "2026-03-14"),
    ("0h ngày 15/3/2026", "2026-03-15T00:00", "on", "none", "2026-03-14"),
    ("trước ngày 3-4-26", "2026-04-03", "before", "none", "2026-04-02"),
    ("20.4.2026", "2026-04-20", "on", "none", "2026-04-20"),
    ("trước ngày 15 hằng tháng", "day<15", "before", "monthly", None),
    ("vào thứ Hai tuần đầu tiên của tháng 10", "2026-10-05", "on", "none", "2026-10-05"),
    ("gửi trước ngày 10 tháng cuối học kỳ", "p:10", "before", "semester", None),
    ("thứ Sáu tuần cuối hằng tháng", "m:d5.-1", "on", "monthly", None),
    ("vào ngày 25 hàng tháng", "day=25", "on", "monthly", None),
    ("Hằng tháng, tổng hợp báo cáo gửi Sở trước ngày 25", "day<25", "before", "monthly", None),
    ("ngày 20 của tháng cuối quý", "q.3:20", "on", "quarterly", None),
    ("trước ngày 05 của tháng đầu quý sau", "q.4:5", "before", "quarterly", None),
    ("Tháng 12 hằng năm", "--12", "within", "yearly", None),
    ("trước ngày 15/11 hàng năm", "--11-15", "before", "yearly", None),
    ("**trước\nngày 01/6 và 15/11 hằng năm **", "--06-01,--11-15", "before", "twice_yearly", None),
    ("hết quý II", "2026-Q2", "by", "none", "2026-06-30"),
    ("Quí IV-2025", "2025-Q4", "within", "none", "2025-12-31"),
    ("Quý I/2023", "2023-Q1", "within", "none", "2023-03-31"),
    ("quý I, II năm 2026", "2026-Q1/2026-Q2", "within", "none", "2026-06-30"),
    ("Năm 2023 (tháng 8)", "2023-08", "within", "none", "2023-08-31"),
    ("trong tháng 8", "2026-08", "within", "none", "2026-08-31"),
    ("tháng 8-9/2026", "2026-08/2026-09", "within", "none", "2026-09-30"),
    ("trước tháng 8/2026", "2026-08", "before", "none", "2026-07-31"),
    ("chậm nhất ngày 20/12", "2025-12-20", "by", "none", "2025-12-20"),
    ("Trước ngày 24/8", "2026-08-24", "before", "none", "2026-08-23"),
    ("trước ngày 20/01 năm sau", "2026-01-20", "before", "none", "2026-01-19"),
    ("24h00 ngày 14", "2025-12-14T24:00", "on", "none", "2025-12-14"),
    ("Hoàn thành trong năm 2025", "2025", "by", "none", "2025-12-31"),
    ("Từ nay đến hết năm 2026", "2026", "by", "none", "2026-12-31"),
    ("đến năm 2030", "2030", "by", "none", "2030-12-31"),
    ("cuối tháng 8 năm 2026", "2026-08-31", "by", "none", "2026-08-31"),
    ("giữa năm 2026", "2026-06-30", "by", "none", "2026-06-30"),
    ("06 tháng đầu năm 2026", "2026-H1", "within", "none", "2026-06-30"),
    ("giai đoạn 2021- 2025", "2021/2025", "within", "none", "2025-12-31"),
    ("năm 2025 và các năm tiếp theo", "2025/..", "within", "none", None),
    ("năm học 2024-2025", "NH2024-2025", "within", "none", None),
    ("cuối học kỳ I", "HK1-NH2025-2026", "by", "none", "2026-01-17"),
    ("từ ngày 6/8/2026 đến ngày 16/8/2026", "2026-08-06/2026-08-16", "within", "none", "2026-08-16"),
    ("trong 5 ngày làm việc kể từ ngày nhận được văn bản", "event+5wd", "within", "none", "2025-12-12"),
    ("Sau khi nhận văn bản, trong 03 ngày gửi lại", "event+3d", "within", "none", "2025-12-08"),
    ("trong thời hạn 10 (mười) ngày kể từ ngày 01/7/2026", "2026-07-01+10d", "within", "none", "2026-07-11"),
    ("sau 10 ngày kể từ ngày ký", "event+10d", "within", "none", "2025-12-13"),
    ("trong nửa tháng kể từ ngày ban hành", "event+15d", "within", "none", "2025-12-18"),
    ("24-48 giờ sau khi nước rút", "event+48h", "within", "none", None),
    ("chậm nhất 03 ngày trước ngày 15/12/2026", "2026-12-15-3d", "by", "none", "2026-12-12"),
    ("ngày làm việc thứ 3 của tháng", "m:wd3", "on", "monthly", None),
    ("ngày làm việc cuối cùng của quý", "q:wd-1", "on", "quarterly", None),
    ("17h00 thứ Sáu hằng tuần", "w:5T17:00", "on", "weekly", None),
    ("báo cáo hằng tuần vào thứ Sáu", "w:5", "on", "weekly", None),
    ("báo cáo hằng tuần (trước 16 giờ thứ Sáu)", "w:5T16:00", "before", "weekly", None),
    ("trước Tết Nguyên đán Bính Ngọ 2026", "2026-tet", "before", "none", "2026-02-16"),
]  # fmt: skip

REPETITIONS = [
    ("Thường xuyên, hằng năm", "yearly"),
    ("Thực hiện thường xuyên", "continuous"),
    ("Các nhiệm vụ thường xuyên hàng tháng", "monthly"),
    ("định kỳ báo cáo", "periodic"),
    ("sơ kết vào cuối kỳ và cuối năm học", "semester"),
    ("cập nhật bản tin 3 giờ một lần", "periodic"),
    ("báo cáo 6 tháng, năm", "twice_yearly"),
    ("02 lần/năm", "twice_yearly"),
    ("mỗi quý một lần", "quarterly"),
    ("cứ ba tháng họp xét một lần", "quarterly"),
    ("mỗi năm tổ chức hai đợt", "twice_yearly"),
    ("hàng tuần", "weekly"),
    ("đột xuất", "event"),
    ("nếu có khó khăn, vướng mắc", "event"),
]

NO_TIME = [
    "Nghị quyết số 98/NQ-HĐND ngày 22/12/2022 của Hội đồng nhân dân",
    "Luật Giáo dục ngày 14/6/2019;",
    "Tuyên Quang, ngày 13 tháng 8 năm 2024",
    "giáo dục thường xuyên",
    "khám sức khỏe định kỳ",
    "định hướng đến năm 2030",
    "đạt 13/13 trường, 26/39 = 66.6%",
    "1.5.23.758 triệu đồng",
    "chào mừng Ngày Nhà giáo Việt Nam",
    "chịu trách nhiệm trước pháp luật",
    "kiểm tra đầu năm, giữa năm học",
    "tổ chức kiểm tra cuối học kỳ theo ma trận",
    "đưa vào đánh giá thi đua hằng năm của các đơn vị",
]


@pytest.mark.parametrize(("text", "value", "op", "recurrence", "last"), ONE_TIME)
def test_a_time_is_spelled_as_the_document_says_it(
    text: str, value: str, op: str, recurrence: str, last: str | None
) -> None:
    [one] = [one for one in find_stated(text, document_date=ISSUED) if one.value]
    assert (one.value, one.op, one.recurrence) == (value, op, recurrence)
    day = latest(one, document_date=ISSUED, received=RECEIVED, calendar=Calendar.of("VN"))
    assert (day and day.isoformat()) == last
    assert text[one.start : one.end] == one.text


def test_every_time_that_is_read_can_be_scheduled() -> None:
    """An hour, a term, a list: what is read of an order never keeps its page from being shown."""
    calendar, read, days = Calendar.of("VN"), 0, 0
    for text, *_ in [*ONE_TIME, ("24h00 ngày 14/12/2026",), ("trước 17 giờ 00 ngày 27/11/2026",)]:
        for one in find_stated(text, document_date=ISSUED):
            if one.value:
                repeat = one.recurrence if one.recurrence in UNITS else "none"
                schedule = Schedule(repeat=repeat, stated=one.value, op=one.op, first=ISSUED)
                read += 1
                days += bool(occurrences(schedule, calendar, since=ISSUED, until=date(2028, 12, 31)))
    assert (read >= len(ONE_TIME), days > read * 3 // 4) == (True, True)


@pytest.mark.parametrize(("text", "recurrence"), REPETITIONS)
def test_a_repetition_without_a_day_is_seen(text: str, recurrence: str) -> None:
    assert [(one.value, one.recurrence) for one in find_stated(text)] == [(None, recurrence)]


@pytest.mark.parametrize("text", NO_TIME)
def test_cited_dates_names_and_figures_are_no_times(text: str) -> None:
    assert find_stated(text, document_date=ISSUED) == []


@pytest.mark.parametrize("text", ["Từ 01/7/2025", "kể từ ngày 01/7/2025", "từ năm học 2024-2025"])
def test_a_start_is_no_deadline(text: str) -> None:
    [one] = find_stated(text)
    assert (one.pattern, one.value, one.op) == ("start", None, None)


def test_a_rhythm_after_a_start_is_a_time_of_its_own() -> None:
    made = find_stated("Từ tháng 4/2026, hằng tuần các trường gửi số liệu")
    assert [(one.pattern, one.value, one.recurrence) for one in made] == [
        ("start", None, "none"),
        ("repeat", None, "weekly"),
    ]


@pytest.mark.parametrize(
    "text", ["trước ngày 31 tháng 11", "ngày 30/02/2026", "29/02/2027", "ngày 12/10/20266", "15/13/2026"]
)
def test_a_date_no_calendar_has_is_flagged_and_not_guessed(text: str) -> None:
    [one] = find_stated(text, document_date=ISSUED)
    assert one.value is None
    assert one.problem


def test_the_cut_off_of_data_is_not_the_due_day() -> None:
    found = find_stated("số liệu tính đến ngày 14 hằng tháng, gửi trước ngày 17 hằng tháng")
    assert [(one.pattern, one.value) for one in found] == [("cut-off", None), ("day", "day<17")]


def test_a_yearless_date_takes_the_year_of_its_heading_before_that_of_the_document() -> None:
    [one] = find_stated("trước ngày 24/8", document_date=ISSUED, year=2025)
    assert one.value == "2025-08-24"


def test_without_document_or_heading_the_year_stays_unsaid() -> None:
    assert [one.value for one in find_stated("trước ngày 24/8; hết quý II")] == ["--08-24", "--Q2"]
