"""One letter of every kind, as an office would send it; the people and the directive are invented."""

from datetime import date

from domain.workdays import Calendar
from notifications.letters import (
    Alarm,
    Awaited,
    Digest,
    Earlier,
    Explanation,
    FindingLine,
    Findings,
    Item,
    Letter,
    NotMet,
    Overdue,
    Reminder,
    Returned,
    SignInLink,
    VisitOpened,
)

TODAY = date(2023, 2, 16)
CALENDAR = Calendar.of("VN")
HOME = "https://dondoc.example.vn/viec"

TITLES = (
    "Báo cáo kết quả rà soát cơ sở vật chất, thiết bị dạy học tối thiểu theo Thông tư 37/2021/TT-BGDĐT",
    "Báo cáo tỷ lệ học sinh học 2 buổi/ngày",
    "Nộp kế hoạch bồi dưỡng thường xuyên của giáo viên",
    "Báo cáo công tác phòng, chống đuối nước và tai nạn thương tích cho trẻ em",
)
UNITS = (
    "Trường Tiểu học Phương Đông A",
    "Trường Mầm non 19/5",
    "Trường THCS Trần Quốc Toản",
    "Trường Tiểu học và THCS Điền Công",
    "Trường Mầm non Hoa Hồng",
    "UBND phường Quang Trung",
    "Tổ Giáo dục phổ thông",
)


def item(number: int = 0, *, late: int = -3, due_on: date = date(2023, 2, 21)) -> Item:
    return Item(
        title=TITLES[number % len(TITLES)],
        clause=f"II.{number % 7 + 1}#1",
        directive="Kế hoạch 12/KH-PGDĐT",
        unit=UNITS[number % len(UNITS)],
        period="2023-02",
        due_on=due_on,
        late=late,
        url=f"https://dondoc.example.vn/viec/{1200 + number}",
    )


def late_item(number: int, late: int) -> Item:
    return item(number, late=late, due_on=CALENDAR.add(TODAY, -late))


def sample(letter: type[Letter], **facts: object) -> Letter:
    frame = {
        "office": "Phòng Giáo dục và Đào tạo thành phố Sông Đào",
        "to_name": "Nguyễn Thị Bình",
        "today": TODAY,
        "home_url": HOME,
    }
    return letter.model_validate(frame | facts)


SAMPLES: dict[str, Letter] = {
    "visit-opened": sample(
        VisitOpened,
        unit=UNITS[0],
        title="An toàn thực phẩm bếp ăn bán trú",
        kind="kiểm tra đột xuất",
        day=TODAY,
        place="Bếp ăn, số 4 đường Bờ Sông",
        part="thư ký",
        mates=("Trần Thị Mai (trưởng đoàn)", "Nguyễn Thị Bình (thư ký)"),
        url=f"{HOME}/kiem-tra/7",
    ),
    "findings-critical": sample(
        Findings,
        unit=UNITS[1],
        title="An toàn thực phẩm bếp ăn bán trú",
        day=TODAY,
        repeated=False,
        lines=(
            FindingLine(
                text="Trong kho không có thực phẩm quá hạn hoặc không rõ xuất xứ",
                clause="Luật An toàn thực phẩm, Điều 5",
                severity="nghiêm trọng",
                note="2 gói gia vị quá hạn từ ngày 02/02",
            ),
        ),
        again_on=None,
        url=f"{HOME}/cuoc-kiem-tra/7",
    ),
    "findings-repeated": sample(
        Findings,
        unit=UNITS[1],
        title="An toàn thực phẩm bếp ăn bán trú",
        day=TODAY,
        repeated=True,
        lines=(
            FindingLine(
                text="Cống rãnh thông thoát, không ứ đọng",
                clause="Luật An toàn thực phẩm, Điều 28 khoản 4",
                severity="nhẹ",
                note="",
                before=date(2022, 11, 8),
            ),
        ),
        again_on=date(2023, 3, 17),
        url=f"{HOME}/cuoc-kiem-tra/7",
    ),
    "reminder": sample(Reminder, items=(item(),)),
    "reminder-three": sample(
        Reminder, items=(item(1, late=0, due_on=TODAY), item(0), item(2, late=-9, due_on=date(2023, 3, 1)))
    ),
    "overdue": sample(Overdue, items=(late_item(0, 1),)),
    "overdue-two": sample(Overdue, items=(late_item(0, 4), late_item(3, 1))),
    "digest-one": sample(Digest, items=(late_item(2, 3),)),
    "digest-forty": sample(
        Digest,
        items=tuple(late_item(n, 23 - n // 2) for n in range(40)),
        earlier=Earlier(count=12, late=31),
    ),
    "returned": sample(
        Returned,
        item=item(1),
        findings=(
            "Số học sinh học 2 buổi/ngày (512) lớn hơn tổng số học sinh (498) (mục II.2)",
            "Tỷ lệ học sinh học 2 buổi/ngày là 87,5%, chỉ tiêu là 100%, thiếu 62 học sinh (mục III.1)",
        ),
        round=1,
    ),
    "not-met": sample(
        NotMet,
        item=item(3),
        findings=("Không để xảy ra sự cố mất an toàn: số vụ 1, phải bằng 0 (mục II.3)",),
        round=1,
    ),
    "alarm": sample(
        Alarm, lines=("Đồng hồ ngừng từ 08:05 ngày 16/02/2023: không có thư nhắc nào được soạn và gửi.",)
    ),
    "explanation": sample(
        Explanation,
        item=late_item(3, 4),
        question="Vì sao đến nay trường chưa gửi báo cáo, ai chịu trách nhiệm và khi nào gửi?",
        asked_by="Phạm Quốc Dũng",
        asked_on=TODAY,
        answer_by=date(2023, 2, 21),
    ),
    "explanation-answered": sample(
        Explanation,
        item=late_item(3, 4),
        question="Vì sao đến nay trường chưa gửi báo cáo?",
        asked_by="Phạm Quốc Dũng",
        asked_on=date(2023, 2, 13),
        answer_by=TODAY,
        answer="Trường chờ số liệu khảo sát của công an phường, nhận ngày 14/02; sẽ gửi ngày 17/02.",
        answered_on=date(2023, 2, 15),
    ),
    "awaited": sample(
        Awaited,
        item=item(0),
        since=date(2023, 2, 13),
        who="Tổ Giáo dục phổ thông",
        reason="Danh mục thiết bị tối thiểu đã duyệt để đối chiếu",
        url=f"{HOME}/viec",
    ),
    "awaited-above": sample(
        Awaited,
        item=item(0),
        since=date(2023, 2, 13),
        who="Tổ Giáo dục phổ thông",
        above=True,
        reason="Danh mục thiết bị tối thiểu đã duyệt để đối chiếu",
        url=item(0).url,
    ),
    "awaited-superior": sample(
        Awaited,
        item=item(0),
        since=date(2023, 2, 13),
        who="Sở Giáo dục và Đào tạo",
        superior=True,
        reason="Tờ trình 12/TTr-PGDĐT ngày 13/02/2023",
        url=item(0).url,
    ),
    "sign-in-link": sample(SignInLink, link=f"{HOME}/dang-nhap/lien-ket/mot-lan", minutes=15),
}
