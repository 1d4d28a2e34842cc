"""Which time of a cell or a sentence is the deadline, and what only sounds like one."""

from datetime import date

import pytest

from intake.reading import read_text
from intake.text import Source
from intake.when import Times

CELLS = [
    ("05/9", "2025-09-05"),
    ("24/8 - 26/8/2026", "2026-08-26"),
    ("9/2025", "2025-09-30"),
    ("T6/2025", "2025-06-30"),
    ("04 - 05/2025", "2025-05-31"),
    ("Q3/2025", "2025-09-30"),
    ("Quí IV-2025", "2025-12-31"),
    ("Hoàn thành trong năm 2025", "2025-12-31"),
    ("2025-2026", "2026-12-31"),
    ("Từ 01/7/2025", None),
    ("Theo lộ trình của Bộ", None),
]


@pytest.mark.parametrize(("cell", "latest"), CELLS)
def test_a_cell_speaks_of_time_without_the_words_of_a_sentence(cell: str, latest: str | None) -> None:
    times = Times(Source(cell), date(2025, 2, 15))
    found = times.cell(0, len(cell))
    due = times.deadline(found) or times.weak_deadline(found, "")
    assert (due.latest if due else None) == latest


SENTENCES = [
    ("- Triển khai đề án phát triển giáo dục đến năm 2025.", None, "how far a programme looks"),
    ("- Đến năm 2025, hoàn thành xây dựng 05 trường.", "2025-12-31", "a year that opens the clause"),
    (
        "- Thực hiện Kế hoạch số 12/KH-UBND ngày 10/01/2025 của UBND tỉnh.",
        None,
        "the date of another document",
    ),
    ("- Triển khai từ ngày 01/7/2025.", None, "a start"),
    ("- Khắc phục tồn tại sau kiểm tra trong vòng 30 ngày.", None, "a term that waits for its event"),
    ("- Phát quang cây cối trước mùa mưa lũ năm 2025.", None, "a season"),
    ("- Báo cáo kết quả thực hiện từ ngày 01/01/2025 đến ngày 31/3/2025.", None, "the time reported on"),
    ("- Kiểm đếm đất đai xong trong tuần 12.", None, "a week by its number"),
    ("- Tuyên truyền kỷ niệm Cách mạng Tháng Tám.", None, "the name of an event"),
    ("- Gửi số liệu trước ngày 05/4/2024 và trước ngày 05/10 hằng năm.", "2024-04-04", "this year's day"),
    (
        "- Trình đề án trong tháng 5 năm 2024; phấn đấu đến hết năm 2024 đạt 80% hồ sơ.",
        "2024-05-31",
        "striven for",
    ),
    (
        "- Khai thuế xong trong quý I/2025; gửi báo cáo trước ngày 08/4/2025.",
        "2025-04-07",
        "a day, not a quarter",
    ),
    ("- Sơn lại cổng trường trước khi khai giảng năm học mới.", "2024-09-04", "a named day"),
    ("- Gói bánh tặng bà con trước ngày 27 tháng Chạp.", None, "a day of the moon, asked about"),
    ("- Ký cam kết trong quý II năm 2024; tuần tra vào tối thứ Ba hằng tuần.", "2024-06-30", "what ends"),
    ("- Rà soát dự toán quý III, quyết toán xong trong tháng 11 năm 2024.", "2024-11-30", "what is settled"),
    ("- Rà soát các chung cư xây dựng trước năm 1994.", None, "which houses, long before the document"),
    ("- Rà soát đội ngũ giai đoạn 2021-2026.", "2026-12-31", "one programme period, nothing stronger"),
    ("- Thực hiện Đề án giai đoạn 2021-2026 sau khi được phê duyệt.", None, "waits for approval"),
]


@pytest.mark.parametrize(("order", "latest", "why"), SENTENCES)
def test_not_every_date_is_a_deadline(order: str, latest: str | None, why: str) -> None:
    text = f"Số: 1/CV\n\nHà Nội, ngày 05 tháng 3 năm 2024\n\nKẾ HOẠCH\n\nII. NHIỆM VỤ\n\n{order}"
    assert read_text(text).tasks[0].deadline_latest == latest, why


RHYTHMS = [
    ("- Thường xuyên cập nhật thông tin.", "continuous"),
    ("- Thường xuyên báo cáo tình hình trước 16 giờ 00 hằng ngày.", "daily"),
    ("- Tiếp công dân thường xuyên, giải quyết đơn thư.", "continuous"),
    ("- Kiểm tra ít nhất 02 lần trong một học kỳ.", "semester"),
    ("- Báo cáo đột xuất: thực hiện khi có yêu cầu.", "event"),
    ("- Nâng cao chất lượng giáo dục thường xuyên.", "none"),
    ("- Định kỳ báo cáo kết quả.", "periodic"),
    ("- Xây dựng kế hoạch công tác tháng/tuần.", "monthly/weekly"),
    ("- Báo cáo 6 tháng (trước ngày 10/6) và năm (trước ngày 10/12).", "twice_yearly"),
    ("- Báo cáo ngay khi có dấu hiệu lây lan.", "event"),
    ("- Mỗi ngày không quá 7 tiết học chính khóa.", "none"),
    ("- Báo cáo trước ngày 10/6 (6 tháng đầu năm) và trước ngày 10/12 (cả năm).", "twice_yearly"),
    ("- Xuất bản bản tin nông nghiệp 02 kỳ/tháng.", "monthly"),
    ("- Xếp loại thi đua các lớp theo tháng.", "monthly"),
    ("- Lập tiến độ thi công theo tuần.", "none"),
    ("- Gửi danh sách vào ngày 10/9/2025 và 10/3 hằng năm.", "none"),
    ("- Khi ghi nhận ca bệnh, khoanh vùng ổ dịch trong vòng 12 giờ.", "event"),
    ("- Mỗi năm học cân đo trẻ em, thông báo kết quả, ít nhất 02 lần.", "twice_yearly"),
    ("- Tổ chức đối thoại, không ít hơn 02 buổi trong mỗi năm học.", "twice_yearly"),
    ("- Hướng dẫn quy trình công khai tài chính hằng ngày.", "none"),
    ("- Báo cáo tiến độ 01 tuần/01 lần.", "weekly"),
    ("- Bố trí không quá 7 tiết mỗi ngày.", "none"),
    ("- Tiếp nhận, xử lý đột xuất khi có phản ánh của người dân.", "event"),
    ("- Phối hợp chặt chẽ, thường xuyên với Công an xã.", "none"),
    ("- Trường hợp mưa lớn, cho học sinh nghỉ học.", "none"),
    ("- Trước mỗi kỳ nghỉ lễ, kiểm tra hệ thống điện.", "event"),
    ("- Lập sổ theo dõi học sinh nghỉ học, cập nhật từng ngày.", "daily"),
    ("- Từng quý, công khai tài chính trên bảng tin.", "quarterly"),
    ("- Kiểm tra cây xanh trong sân trường thường kỳ.", "periodic"),
    ("- Chuẩn bị phiên họp thường kỳ.", "none"),
    ("- Gửi báo cáo định kỳ 6 tháng (ngày 15/6) và 1 năm (ngày 15/12).", "twice_yearly"),
    ("- Tuyên truyền trên hệ thống truyền thanh ngày 2 lần.", "daily"),
    ("- Tuần tra khu vực trường 3 lần mỗi đêm.", "daily"),
    ("- Liên tục cập nhật dữ liệu học sinh.", "continuous"),
    ("- Giữ vững danh hiệu liên tục 5 năm.", "none"),
    ("- Sau mỗi đợt kiểm tra, báo cáo kết quả về Ủy ban nhân dân xã.", "event"),
    ("- Thực hiện chế độ báo cáo tháng, quý theo quy định.", "monthly"),
    ("- Cập nhật lịch công tác tuần trên cổng thông tin.", "weekly"),
    ("- Duy trì nền nếp chào cờ đầu tuần.", "weekly"),
    ("- Báo cáo sơ kết trước ngày 10/01 và tổng kết trước ngày 25/5 hằng năm.", "twice_yearly"),
    ("- Tổ chức dạy bơi, phấn đấu đạt 3.000 học sinh/năm học.", "yearly"),
    ("Báo cáo tình hình thực hiện sinh hoạt chào cờ đầu tuần trước ngày 10/4.", "none"),
    ("Tổ chức dự sinh hoạt chào cờ đầu tuần tại các trường.", "none"),
    ("Yêu cầu Sở Xây dựng thường xuyên theo dõi, đôn đốc việc thi công.", "continuous"),
    ("- Quán triệt trong kỳ sinh hoạt chi bộ định kỳ tháng 6/2026.", "none"),
    ("Giao Phòng Nội vụ phối hợp Thanh tra huyện thường xuyên kiểm tra công vụ.", "continuous"),
]


@pytest.mark.parametrize(("order", "recurrence"), RHYTHMS)
def test_how_often_is_read_where_it_is_said_of_the_duty(order: str, recurrence: str) -> None:
    assert read_text(f"KẾ HOẠCH\n\nII. NHIỆM VỤ\n\n{order}").tasks[0].recurrence == recurrence


HEADED = [
    ("II. NHIỆM VỤ\n\n- Báo cáo hằng quý trước ngày 15 tháng cuối quý (trừ quý IV).", None, "when it is not"),
    ("II. NHIỆM VỤ\n\n- Gửi danh sách trước thứ Sáu (ngày 15/3/2024).", "2024-03-14", "before the weekday"),
    ("II. CHỈ TIÊU\n\n- Trả kết quả tối đa 04 giờ kể từ khi ký.", None, "a figure to reach"),
    ("II. NHIỆM VỤ 3 THÁNG CUỐI NĂM 2024\n\n- Giám sát ổ dịch.", "2024-12-31", "the period of the heading"),
    ("II. NHIỆM VỤ 3 THÁNG CUỐI NĂM 2024\n\n- Báo cáo hằng tuần.", None, "what comes again has no last day"),
    (
        "II. NHIỆM VỤ\n\nĐể kịp đón học sinh vào ngày 05/9/2024, yêu cầu:\n\n- Giám sát ổ dịch.",
        None,
        "an aim",
    ),
    (
        "II. NHIỆM VỤ\n\nThực hiện Kế hoạch phổ cập năm 2024; để đạt chỉ tiêu, yêu cầu các xã:\n\n- Giám sát ổ dịch.",
        None,
        "the year of the paper it rests on",
    ),
    (
        "II. MỤC TIÊU\n\n1. Mục tiêu giai đoạn 2026-2030:\n\n- 80% hồ sơ trực tuyến.",
        "2030-12-31",
        "its period",
    ),
    (
        "II. NHIỆM VỤ\n\n- Báo cáo trước ngày 25 hằng tháng (từ tháng 5 đến tháng 11).",
        None,
        "how long it comes",
    ),
]


@pytest.mark.parametrize(("body", "latest", "why"), HEADED)
def test_a_time_above_or_beside_is_not_always_when_it_is_due(body: str, latest: str | None, why: str) -> None:
    text = f"Số: 1/CV\n\nHà Nội, ngày 05 tháng 3 năm 2024\n\nKẾ HOẠCH\n\n{body}"
    assert read_text(text).tasks[0].deadline_latest == latest, why


def test_the_heading_over_a_timetable_gives_its_day() -> None:
    text = (
        "KẾ HOẠCH\n\nII. NỘI DUNG\n\n#### NGÀY 1: THỨ HAI, NGÀY 24/8/2026\n\n"
        "| Thời gian | Nội dung | Đơn vị phụ trách |\n|---|---|---|\n| 7h00 - 7h15 | Ổn định tổ chức | GVCN các lớp |\n"
    )
    task = read_text(text).tasks[0]
    assert (task.kind, task.deadline_latest) == ("schedule", "2026-08-24T07:15")
