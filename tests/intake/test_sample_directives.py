"""Directives of our own writing, one of each kind, with every duty that must be read from them."""

from pathlib import Path
from typing import NamedTuple

import pytest

from intake.reading import read_text

TEXTS = Path(__file__).parent / "texts"


class Wanted(NamedTuple):
    starts: str
    lead: tuple[str, ...] = ()
    coordinators: tuple[str, ...] = ()
    latest: str | None = None
    repeats: str = "none"


PROVINCES = ("Chủ tịch Ủy ban nhân dân các tỉnh, thành phố trực thuộc Trung ương",)
SCHOOLS = ("các phòng Giáo dục và Đào tạo", "các trường trung học phổ thông")

DIRECTIVES = {
    "cong-dien": [
        Wanted("a) Khẩn trương rà soát", PROVINCES, latest="2025-09-17"),
        Wanted("b) Huy động lực lượng", PROVINCES),
        Wanted("c) Không để học sinh", PROVINCES),
        Wanted("2. Bộ Giáo dục", ("Bộ Giáo dục và Đào tạo",), ("Bộ Y tế", "Bộ Xây dựng"), "2025-09-29"),
        Wanted("3. Bộ trưởng Bộ Y tế", ("Bộ trưởng Bộ Y tế",)),
        Wanted("Bộ trưởng Bộ Xây dựng", ("Bộ trưởng Bộ Xây dựng",)),
        Wanted(
            "4. Đài Truyền hình",
            ("Đài Truyền hình Việt Nam", "Đài Tiếng nói Việt Nam", "các cơ quan thông tấn"),
            repeats="continuous",
        ),
        Wanted("5. Giao Phó Thủ tướng", ("Phó Thủ tướng Lê Văn Bình",)),
        Wanted("6. Văn phòng Chính phủ", ("Văn phòng Chính phủ",)),
    ],
    "quyet-dinh-phu-luc": [
        Wanted("Điều 3.", ("Các bộ phận chuyên môn", "Hiệu trưởng các trường học trên địa bàn huyện")),
        Wanted("Tổ chức hội thi", ("Bộ phận Tiểu học",), ("Các trường Tiểu học",), "2024-03-31"),
        Wanted("Kiểm tra công tác", ("Bộ phận Mầm non",), ("Trung tâm Y tế huyện", "các trường Mầm non"), "2024-04-14"),
        Wanted("Báo cáo công tác", ("Các trường học",), ("Văn phòng",), repeats="monthly"),
        Wanted("Rà soát cơ sở", ("Bộ phận Kế hoạch - Tài chính",), latest="2024-06-30"),
        Wanted("Cập nhật cơ sở", ("Các trường học",), ("Bộ phận Công nghệ thông tin",), repeats="continuous"),
    ],
    "thong-bao-ket-luan": [
        Wanted("Yêu cầu Bộ Giáo dục", ("Bộ Giáo dục và Đào tạo",), latest="2025-07-30"),
        Wanted(
            "a) Chủ trì", ("Bộ Giáo dục và Đào tạo",), ("Bộ Khoa học và Công nghệ", "Bộ Công an"), "2025-10-31"
        ),
        Wanted("b) Xây dựng học bạ", ("Bộ Giáo dục và Đào tạo",)),
        Wanted("2. Giao Bộ Tài chính", ("Bộ Tài chính",), latest="2025-09-30"),
        Wanted("3. Đề nghị Tập đoàn", ("Tập đoàn Bưu chính Viễn thông Việt Nam",)),
        Wanted("4. Ủy ban nhân dân", ("Ủy ban nhân dân các tỉnh, thành phố",), repeats="quarterly"),
    ],
    "bai-bao": [
        Wanted("- Tổ chức quán triệt", SCHOOLS, latest="2025-02-27"),
        Wanted("- Công khai", SCHOOLS),
        Wanted("- Tuyệt đối không", SCHOOLS),
        Wanted("- Báo cáo tình hình", SCHOOLS, repeats="monthly"),
    ],
}  # fmt: skip


@pytest.mark.parametrize("name", DIRECTIVES)
def test_every_duty_is_read_with_its_units_and_times_and_nothing_else(name: str) -> None:
    tasks = read_text((TEXTS / f"{name}.txt").read_text("utf-8")).tasks
    wanted = DIRECTIVES[name]
    assert [t.quote[: len(w.starts)] for t, w in zip(tasks, wanted, strict=True)] == [
        w.starts for w in wanted
    ]
    made = [(t.lead, t.coordinators, t.deadline_latest, t.recurrence) for t in tasks]
    assert made == [(w.lead, w.coordinators, w.latest, w.repeats) for w in wanted]


HEADS = [
    ("cong-dien", "77/CĐ-TTg", "Công điện", "Hà Nội", "2025-09-12", "Phạm Minh Đức"),
    ("quyet-dinh-phu-luc", "45/QĐ-PGDĐT", "Quyết định", "Vân Lâm", "2024-01-10", "Vũ Thị Hạnh"),
    ("thong-bao-ket-luan", "318/TB-VPCP", "Thông báo kết luận", "Hà Nội", "2025-06-20", "Đỗ Minh Quân"),
    ("bai-bao", "1420/SGDĐT-GDTrH", "Công văn", None, "2025-02-14", None),
]


@pytest.mark.parametrize(("name", "symbol", "kind", "place", "day", "signer"), HEADS)
def test_the_head_is_read(
    name: str, symbol: str, kind: str, place: str | None, day: str, signer: str | None
) -> None:
    facts = read_text((TEXTS / f"{name}.txt").read_text("utf-8")).document
    assert (facts.symbol, facts.type, facts.place, facts.date) == (symbol, kind, place, day)
    assert facts.signer.name == signer


@pytest.mark.parametrize(
    ("line", "symbol", "place"),
    [
        ("Số: 476/UBND Bình Hòa, ngày 14 tháng 6 năm 2025", "476/UBND", "Bình Hòa"),
        ("Số: … /KH-THCSBH\nBình Hòa, ngày 14 tháng 6 năm 2025", "/KH-THCSBH", "Bình Hòa"),
    ],
)
def test_a_number_may_be_blank_or_share_its_line_with_the_place(line: str, symbol: str, place: str) -> None:
    facts = read_text(f"ỦY BAN NHÂN DÂN XÃ BÌNH HÒA\n{line}\n\nKẾ HOẠCH\nDạy học trực tuyến\n").document
    assert (facts.symbol, facts.place) == (symbol, place)


def test_a_request_is_not_an_order() -> None:
    tasks = read_text((TEXTS / "thong-bao-ket-luan.txt").read_text("utf-8")).tasks
    assert [t.force for t in tasks if t.quote.startswith("3. Đề nghị")] == ["request"]


def test_what_a_web_page_puts_around_a_directive_gives_no_duty() -> None:
    reading = read_text((TEXTS / "bai-bao.txt").read_text("utf-8"))
    foreign = [p for p in reading.passages if p.kind == "foreign"]
    text = (TEXTS / "bai-bao.txt").read_text("utf-8")
    assert any("không được dạy thêm ngoài nhà trường" in text[p.start : p.end] for p in foreign)
    assert any("Quý Thành viên" in text[p.start : p.end] for p in foreign)


REPORTS = [
    (
        "Tại Chỉ thị số 12/CT-UBND ngày 06/8/2025, các xã được yêu cầu trồng rừng thay thế.",
        "12/CT-UBND",
        None,
    ),
    (
        "Văn phòng tỉnh chỉ đạo việc số hóa, tại Công văn số 55/VP-KGVX, ngày 06/8/2025.",
        "55/VP-KGVX",
        None,
    ),
    (
        "Ngày 06 tháng 8 năm 2025, Phó Bí thư Huyện ủy đã ký ban hành Công văn số 1127-CV/HU về đại hội.",
        "1127-CV/HU",
        "Phó Bí thư Huyện ủy",
    ),
    ("1. Sở Nội vụ: Công văn số 310/SNV-CCVC ngày 06/8/2025 về nghỉ lễ.", "310/SNV-CCVC", "Sở Nội vụ"),
]


@pytest.mark.parametrize(("words", "symbol", "issuer"), REPORTS)
def test_an_article_may_name_a_directive_without_the_word_issued(
    words: str, symbol: str, issuer: str | None
) -> None:
    text = f"Tin trong tuần\n\n{words}\n\n- Các trường báo cáo trước ngày 20/8/2025.\n"
    facts = read_text(text).document
    assert (facts.symbol, facts.issuer, facts.date) == (symbol, issuer, "2025-08-06")
