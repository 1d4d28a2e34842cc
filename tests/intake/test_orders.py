"""What is an order, where one ends and the next begins, and what is none."""

from sys import setprofile

import pytest

from intake.reading import read_text

HEAD = "KẾ HOẠCH\n\n"


def _quotes(body: str) -> list[str]:
    return [t.quote for t in read_text(HEAD + body).tasks if not t.optional]


SILENT = [
    "I. MỤC ĐÍCH, YÊU CẦU\n\n- Nâng cao nhận thức của cán bộ.",
    "III. KINH PHÍ THỰC HIỆN\n\n- Kinh phí thực hiện từ ngân sách.",
    "I. KẾT QUẢ ĐẠT ĐƯỢC\n\n- Tổ chức 118 buổi tập huấn.",
    "II. NHIỆM VỤ\n\nTrên đây là Kế hoạch năm 2025 của huyện.",
    "II. NHIỆM VỤ\n\nUBND huyện yêu cầu các đơn vị nghiêm túc triển khai thực hiện./.",
    "II. NỘI DUNG\n\n1. Đối tượng kiểm tra: Bếp ăn tập thể.\n\n2. Thành phần đoàn: Công an tỉnh.",
    "II. NHIỆM VỤ\n\n1. Đánh giá cao nỗ lực của các trường vùng lũ.",
    "II. NHIỆM VỤ\n\n1. Trong thời gian qua, các xã đã trồng 40 ha rừng.",
    "I. ĐÁNH GIÁ CÔNG TÁC THÁNG 9\n\n- Tổ chức khai giảng tại 12 điểm trường.",
    "II. NHIỆM VỤ\n\nĐiều 1. Giao chỉ tiêu thu ngân sách năm 2025 cho các xã theo Phụ lục kèm theo.",
    "II. NHIỆM VỤ\n\n1. Ngày nghỉ lễ: Thực hiện theo Bộ luật Lao động.",
]


@pytest.mark.parametrize("body", SILENT)
def test_purposes_results_money_and_closing_words_are_no_orders(body: str) -> None:
    assert _quotes(body) == []


def test_a_figure_to_reach_among_the_requirements_is_a_target() -> None:
    task = read_text(HEAD + "I. MỤC ĐÍCH, YÊU CẦU\n\n- Bảo đảm 100% học sinh tham gia.").tasks[0]
    assert (task.kind, [(t.value, t.unit) for t in task.targets]) == ("target", [(100, "%")])


def test_what_each_of_the_named_is_to_do_stays_with_them() -> None:
    body = "II. NHIỆM VỤ\n\n1. Hội Nông dân tỉnh vận động hội viên tham gia; mỗi chi hội trồng 50 cây xanh quanh nhà."
    [task] = read_text(HEAD + body).tasks
    assert (task.lead, [(t.value, t.unit) for t in task.targets]) == (("Hội Nông dân tỉnh",), [(50, "cây")])


def test_a_figure_after_a_colon_makes_no_lead_of_what_is_counted() -> None:
    [task] = read_text(HEAD + "II. CHỈ TIÊU\n\n- Giáo viên đạt chuẩn: 38/40 đồng chí.").tasks
    assert (task.lead, [t.value for t in task.targets]) == ((), ["38/40"])


def test_whom_the_opening_guides_is_charged_with_what_follows_but_the_figures_of_the_year() -> None:
    text = LETTER.format(
        opening="Phòng Nội vụ hướng dẫn công an cấp xã thực hiện như sau:",
        orders="I. CHỈ TIÊU\n\n1. Cấp 90% căn cước.\n\nII. NHIỆM VỤ\n\n1. Lập danh sách người chưa có căn cước.",
    )
    assert [t.lead for t in read_text(text).tasks] == [(), ("công an cấp xã",)]


def test_an_order_may_begin_with_how_often_it_comes() -> None:
    body = "II. NHIỆM VỤ\n\nHằng quý tổ chức đối thoại với cha mẹ học sinh."
    assert _quotes(body) == ["Hằng quý tổ chức đối thoại với cha mẹ học sinh."]


def test_the_figures_of_an_annex_are_due_in_the_year_its_title_names() -> None:
    text = (
        "Số: 8/QĐ-UBND\n\nQUYẾT ĐỊNH\n\nVề việc giao chỉ tiêu phát triển giáo dục năm 2026\n\nQUYẾT ĐỊNH:\n\n"
        "Điều 1. Giao chỉ tiêu theo Phụ lục.\n\nTM. ỦY BAN NHÂN DÂN\n\nPHỤ LỤC\nCHỈ TIÊU GIÁO DỤC NĂM 2026\n"
        "(Kèm theo Quyết định số 8/QĐ-UBND)\n\nTT\tChỉ tiêu\tĐơn vị chủ trì\n1\tHuy động 35% trẻ nhà trẻ\tSở Giáo dục"
    )
    [task] = read_text(text).tasks
    assert (task.lead, task.deadline_latest, task.targets[0].value) == (("Sở Giáo dục",), "2026-12-31", 35)


def test_an_order_in_the_general_assessment_is_found() -> None:
    body = "I. ĐÁNH GIÁ CHUNG\n\nCác xã đã cố gắng. Yêu cầu Phòng Nội vụ khắc phục ngay tồn tại nêu trên."
    assert _quotes(body) == ["Yêu cầu Phòng Nội vụ khắc phục ngay tồn tại nêu trên."]


def test_a_report_with_a_day_of_its_own_is_an_order_of_its_own() -> None:
    body = (
        "II. NHIỆM VỤ\n\n1. Các xã xây dựng kế hoạch triển khai; báo cáo UBND huyện trước ngày 15 hằng tháng."
    )
    tasks = read_text(HEAD + body).tasks
    assert [(t.lead, t.recurrence) for t in tasks] == [(("Các xã",), "none"), (("Các xã",), "monthly")]


def test_sentences_with_other_units_are_orders_of_their_own() -> None:
    body = "II. NHIỆM VỤ\n\n1. Phòng Nội vụ rà soát biên chế. Phòng Tài chính - Kế hoạch bố trí kinh phí."
    assert [t.lead for t in read_text(HEAD + body).tasks] == [
        ("Phòng Nội vụ",),
        ("Phòng Tài chính - Kế hoạch",),
    ]


def test_numbered_orders_inside_a_paragraph_are_told_apart() -> None:
    body = (
        "V. TỔ CHỨC THỰC HIỆN\n\n"
        "- Văn phòng: (1) Theo dõi việc thực hiện; (2) Trước ngày 15 hằng tháng xây dựng báo cáo."
    )
    tasks = read_text(HEAD + body).tasks
    assert [t.quote[:3] for t in tasks] == ["(1)", "(2)"]
    assert {t.lead for t in tasks} == {("Văn phòng",)}


def test_orders_numbered_inside_the_opening_are_told_apart() -> None:
    text = (
        "Số: 12/CĐ-BCT\n\nCÔNG ĐIỆN\n\nBộ trưởng yêu cầu các đơn vị: (1) Tập đoàn Điện lực Việt Nam bảo đảm điện; "
        "(2) Sở Công Thương các tỉnh rà soát phụ tải, báo cáo Bộ trước 16h00 ngày 23/4/2018."
    )
    made = [(t.lead, t.deadline) for t in read_text(text).tasks]
    assert made == [
        (("Tập đoàn Điện lực Việt Nam",), None),
        (("Sở Công Thương các tỉnh",), "2018-04-23T16:00"),
    ]


def test_obstacles_are_reported_when_they_come() -> None:
    body = "II. NHIỆM VỤ\n\nTrong quá trình thực hiện, nếu có khó khăn, vướng mắc, các đơn vị báo cáo Phòng Nội vụ./."
    task = read_text(HEAD + body).tasks[0]
    assert (task.optional, task.recurrence, task.lead) == (True, "event", ("các đơn vị",))


def test_every_field_says_which_words_it_was_read_from() -> None:
    text = HEAD + "II. NHIỆM VỤ\n\n- Sở Y tế phối hợp với Công an tỉnh báo cáo trước ngày 15/12/2025."
    task = read_text(text).tasks[0]
    said = {name: (text[why.start : why.end], why.pattern) for name, why in task.why.items()}
    assert said == {
        "lead": ("Sở Y tế", "subject"),
        "coordinators": ("Công an tỉnh", "phối hợp với"),
        "deadline": ("trước ngày 15/12/2025", "stated:date"),
    }


FIGURES = [
    ("Tuần tra ít nhất 04 lần/tháng, gửi lịch trước ít nhất 03 ngày.", [(4, "lần/tháng", ">=")]),
    ("Phát thanh mỗi ngày 02 lượt.", [(2, "lượt", ">=")]),
    ("Có đề án, trong đó phấn đấu có ít nhất 01 trường trong TOP 100 trường.", [(1, "trường", ">=")]),
    ("Phấn đấu đạt 3.000 học sinh/năm học.", [(3000, "học sinh/năm học", ">=")]),
    ("Tỷ lệ đạt ít nhất 99,5%.", [(99.5, "%", ">=")]),
    ("Bảo đảm tỉ lệ đảng viên từ 50-55%.", [("50-55", "%", "range")]),
    ("Hoàn thành 13/13 chỉ tiêu thi đua.", [("13/13", "chỉ tiêu", "=")]),
    ("Mỗi buổi không quá 120 phút.", [(120, "phút", "<=")]),
    ("Công nhận lại 06 trường, trong đó TH: 02 trường.", [(6, "trường", ">=")]),
    ("Lấy mẫu giám sát, mỗi quý tối thiểu 60 mẫu.", [(60, "mẫu", ">=")]),
    ("Cấp thuốc tối thiểu 20 cơ số/huyện.", [(20, "cơ số/huyện", ">=")]),
    ("Kiểm tra mỗi học kỳ 12 trường.", [(12, "trường", ">=")]),
    ("Từ 70% đến 75% thôn có cán bộ thú y.", [("70-75", "%", "range")]),
    ("Nâng tỷ lệ rừng trồng có chứng chỉ từ 12% lên 20%.", [(20, "%", ">=")]),
    ("Tỷ lệ hộ dùng nước sạch đạt từ 92% trở lên.", [(92, "%", ">=")]),
    ("Giảm tối thiểu 5% số vụ tai nạn so với năm 2024.", [(5, "%", ">=")]),
    ("Tỷ lệ sinh con thứ ba dưới 6‰.", [(6, "‰", "<")]),
    ("Số vụ đuối nước không vượt quá 03 vụ/10.000 trẻ.", [(3, "vụ/10.000 trẻ", "<=")]),
    ("Mỗi xã có ít nhất 02 bài viết/quý.", [(2, "bài viết/quý", ">=")]),
    ("Tổng vệ sinh mỗi tuần 01 lần.", []),
    (
        "Xếp từ 30 đến 35 trẻ/nhóm; đạt 8-10 giải.",
        [("30-35", "trẻ/nhóm", "range"), ("8-10", "giải", "range")],
    ),
    ("Mở lớp tại 9 xã, trong đó có ít nhất 03 xã biên giới.", [(9, "xã", ">="), (3, "xã", ">=")]),
    ("Kiểm tra bếp ăn, tối thiểu mỗi cơ sở 1 lần/quý.", [(1, "lần/quý", ">=")]),
    ("Trực ban 01 lần/tuần, dạy 2 buổi/ngày.", []),
    ("Giáo viên giỏi cấp tỉnh: 05 đồng chí, đạt 12%.", [(12, "%", ">=")]),
    ("Tặng 50 phần quà cho học sinh nghèo.", [(50, "phần quà", ">=")]),
    ("UBND 14 phường tuyên truyền.", []),
    ("Phát 5.000 tờ rơi, lắp 10 bảng tin.", [(5000, "tờ rơi", ">="), (10, "bảng", ">=")]),
    ("17 buổi hướng dẫn cài đặt tại 17 ấp.", [(17, "buổi", ">=")]),
    ("Kiểm tra không ít hơn 60 cơ sở.", [(60, "cơ sở", ">=")]),
    (
        "Rút ngắn còn không quá 15 ngày kể từ khi nhận hồ sơ, giảm ít nhất 5 ngày.",
        [(15, "ngày", "<="), (5, "ngày", ">=")],
    ),
    ("Bàn giao 48 lô tái định cư, xử lý dứt điểm 27 điểm ngập.", [(48, "lô", ">="), (27, "điểm", ">=")]),
    ("Giữ tỷ số giới tính không vượt quá 112 bé trai/100 bé gái.", [(112, "bé trai/100 bé gái", "<=")]),
    ("Truyền tin đến các xã trong 01 giờ.", []),
    ("Hồ sơ trực tuyến đạt trên 80% (năm 2025 đạt 68,5%).", [(80, "%", ">=")]),
    ("Diễn tập 06 tháng/lần.", []),
    ("Mỗi ngày tối thiểu 02 lượt, lúc 5 giờ 30 và 17 giờ 30.", [(2, "lượt", ">=")]),
    ("Trường hợp VN_AQI ≥ 301 thì tạm dừng học.", []),
]


@pytest.mark.parametrize(("words", "figures"), FIGURES)
def test_figures_to_reach_are_read_with_unit_and_comparator(words: str, figures: list[object]) -> None:
    task = read_text(f"{HEAD}II. CHỈ TIÊU\n\n- {words}").tasks[0]
    assert [(t.value, t.unit, t.comparator) for t in task.targets] == figures


def test_a_report_orders_only_what_lies_ahead() -> None:
    text = (
        "Số: 5/BC-UBND\n\nBÁO CÁO\n\nI. KẾT QUẢ THỰC HIỆN NHIỆM VỤ 6 THÁNG ĐẦU NĂM 2024\n\n- Tổ chức 12 hội nghị.\n\n"
        "II. NHIỆM VỤ TRỌNG TÂM 6 THÁNG CUỐI NĂM 2024\n\n- Tổ chức hội nghị tổng kết."
    )
    assert [t.quote for t in read_text(text).tasks] == ["- Tổ chức hội nghị tổng kết."]


def test_remedies_and_who_carries_them_out_lie_ahead_in_a_report() -> None:
    text = (
        "Số: 5/BC-UBND\n\nBÁO CÁO\n\nI. KẾT QUẢ\n\n1. Tổ chức thực hiện\n\n- Tổ chức 12 hội nghị.\n\n"
        "II. NHIỆM VỤ VÀ GIẢI PHÁP KHẮC PHỤC\n\n- Rà soát hồ sơ quá hạn.\n\n"
        "III. TỔ CHỨC THỰC HIỆN\n\n- Phòng Nội vụ theo dõi, đôn đốc."
    )
    found = [t.quote for t in read_text(text).tasks]
    assert found == ["- Rà soát hồ sơ quá hạn.", "- Phòng Nội vụ theo dõi, đôn đốc."]


def test_what_was_approved_is_no_tale_of_the_past() -> None:
    order = "Bố trí đủ kinh phí cho các dự án đã được phê duyệt."
    assert _quotes(f"II. TRƯỜNG, LỚP\n\n{order}") == [order]


def test_who_must_do_something_is_charged_also_in_the_opening() -> None:
    order = "Khối Dân vận, Ban Công tác Mặt trận các khu phố có dự án đi qua phải kiên trì vận động các hộ."
    assert _quotes(f"Công tác giải phóng mặt bằng là nhiệm vụ trọng tâm.\n\n{order}") == [order]


def test_where_something_is_checked_is_no_figure_to_reach() -> None:
    task = read_text(f"{HEAD}II. NHIỆM VỤ\n\n- Kiểm tra việc tiếp nhận hồ sơ tại 135 xã, phường.").tasks[0]
    assert not task.targets


def test_a_bullet_among_orders_is_one_whatever_its_verb() -> None:
    body = "1. Trưởng 17 ấp:\n- Báo cáo hằng ngày\n- Dàn xếp tranh chấp phát sinh\n- Kiểm tra hộ kinh doanh"
    tasks = read_text(f"{HEAD}{body}").tasks
    assert [(t.quote, t.lead) for t in tasks][1] == ("- Dàn xếp tranh chấp phát sinh", ("Trưởng 17 ấp",))


def test_sections_may_have_titles_in_capitals_without_numbers() -> None:
    text = (
        "Số: 3/KH-UBND\n\nKẾ HOẠCH\nChuyển đổi số năm 2026\n\nMỤC TIÊU\n\n1. 80% hồ sơ trực tuyến.\n\n"
        "NHIỆM VỤ\n\n1. Số hóa hồ sơ lưu trữ.\n\nKINH PHÍ\n\n120 triệu đồng."
    )
    found = [(t.kind, t.deadline) for t in read_text(text).tasks]
    assert found == [("target", "2026"), ("task", None)]


def test_who_is_named_to_a_committee_is_no_duty() -> None:
    names = (
        "1. Ông Trần Văn An - Chủ tịch UBND xã: Trưởng ban.\n2. Bà Lê Thị Hoa, Trưởng Công an xã: Thành viên."
    )
    text = f"QUYẾT ĐỊNH\n\nQUYẾT ĐỊNH:\n\nĐiều 1. Thành lập Ban Chỉ đạo gồm các ông (bà) có tên sau:\n{names}"
    assert not read_text(text).tasks


def test_a_standing_report_may_be_a_sentence_of_its_own() -> None:
    body = "1. Sở A: Chủ trì kết nối trước ngày 20/10/2026. Báo cáo tiến độ trước 17h00 thứ Sáu hằng tuần."
    tasks = read_text(f"{HEAD}II. NHIỆM VỤ\n\n{body}").tasks
    assert [(t.lead, t.recurrence) for t in tasks] == [(("Sở A",), "none"), (("Sở A",), "weekly")]


def test_what_is_to_be_so_until_a_year_is_a_target_among_the_goals() -> None:
    body = "- Đến năm 2028: Đạt chuẩn nông thôn mới (19/19 tiêu chí)\n- Thu nhập đến 2030: 100 triệu đồng"
    tasks = read_text(f"{HEAD}I. Mục tiêu\n{body}").tasks
    assert [(t.kind, t.deadline) for t in tasks] == [("target", "2028"), ("target", None)]


def test_a_blank_party_number_and_a_closing_line_are_read() -> None:
    text = (
        "ĐẢNG UỶ XÃ HÒA AN\n*\nSố       -KH/ĐU\n\nKẾ HOẠCH\nPhòng, chống lãng phí\n\n"
        "Căn cứ Quy chế làm việc số 01-QC/ĐU ngày 01/7/2025;\n\nI. NHIỆM VỤ\n\n1. Rà soát tài sản công.\n\n—HẾT—"
    )
    read = read_text(text)
    assert (read.document.symbol, read.document.legal_basis) == (
        "-KH/ĐU",
        ("Quy chế làm việc số 01-QC/ĐU ngày 01/7/2025",),
    )
    assert [t.quote for t in read.tasks] == ["1. Rà soát tài sản công."]


def test_an_income_a_year_is_no_rhythm() -> None:
    task = read_text(f"{HEAD}II. CHỈ TIÊU\n\n1. Thu nhập bình quân: đạt 75 triệu đồng/năm.").tasks[0]
    assert task.recurrence == "none"


def test_an_article_that_does_what_it_says_is_no_duty() -> None:
    text = (
        "QUYẾT ĐỊNH\n\nQUYẾT ĐỊNH:\n\nĐiều 1. Phê duyệt dự toán mua sắm thiết bị.\n\n"
        "Điều 2. Giao Văn phòng Sở thực hiện thủ tục mua sắm."
    )
    assert [t.lead for t in read_text(text).tasks] == [("Văn phòng Sở",)]


def test_an_article_with_a_deadline_orders_others() -> None:
    articles = (
        "Điều 1. Ban hành Kế hoạch chuyển đổi số.\n\n"
        "Điều 2. Thành lập tổ chuyển đổi số tại các trường, báo cáo danh sách về Sở trước ngày 15/4/2026.\n\n"
        "Điều 3. Điều chỉnh kế hoạch năm học của các trường, gửi về Sở trước ngày 30/4/2026."
    )
    tasks = read_text(f"SỞ Y TẾ\n\nSố: 2/QĐ-SYT\n\nngày 3 tháng 3 năm 2026\n\nQUYẾT ĐỊNH\n\n{articles}").tasks
    assert [task.deadline for task in tasks] == ["2026-04-15", "2026-04-30"]


def test_work_laid_out_under_labels_is_no_meeting() -> None:
    body = (
        "1. Công tác tập huấn\n\n- Nội dung: Tổ chức tập huấn cho cán bộ.\n\n- Đối tượng: cán bộ trạm y tế.\n\n"
        "- Thời gian: trước ngày 15/4/2026.\n\n- Đơn vị thực hiện: Trung tâm Y tế các huyện."
    )
    assert _notice(body) == [(("Trung tâm Y tế các huyện",), "2026-04-14")]


def test_when_and_where_a_meeting_is_held_is_no_duty_and_no_deadline() -> None:
    body = (
        "Sở tổ chức tập huấn như sau:\n\n1. Thời gian: 8 giờ, ngày 28/8/2025.\n\n2. Địa điểm: Hội trường Sở.\n\n"
        "3. Thành phần: lãnh đạo các đơn vị.\n\n4. Nội dung: Hướng dẫn quét văn bản.\n\n"
        "Đề nghị các đơn vị gửi danh sách trước ngày 25/8/2025."
    )
    tasks = read_text(f"THÔNG BÁO\n\n{body}").tasks
    assert [(t.lead, t.deadline_latest) for t in tasks] == [(("các đơn vị",), "2025-08-24")]


def test_a_label_ends_with_its_sentence_and_what_follows_may_say_how_often() -> None:
    labels = "Đơn vị chủ trì: Phòng A, phối hợp: Hội Nông dân. Báo cáo hằng quý."
    task = read_text(f"{HEAD}II. NHIỆM VỤ\n\n1. Thống kê hồ sơ trễ hạn.\n{labels}").tasks[0]
    assert (task.lead, task.coordinators, task.recurrence) == (("Phòng A",), ("Hội Nông dân",), "quarterly")


def test_an_order_may_say_before_a_colon_what_it_is_about() -> None:
    body = "Đối với cấp tiểu học: Nâng cao chất lượng dạy học. Quản lý chặt chẽ việc dạy thêm."
    assert _quotes(f"II. TRƯỜNG, LỚP\n\n{body}") == [body]


LETTER = """ỦY BAN NHÂN DÂN
HUYỆN HÒA AN
Số: 12/TB-UBND

Hòa An, ngày 20 tháng 5 năm 2024

THÔNG BÁO
Kết luận của Chủ tịch UBND huyện tại cuộc họp giao ban

{opening}

{orders}
"""


def _notice(
    orders: str, opening: str = "Chủ tịch UBND huyện yêu cầu:"
) -> list[tuple[tuple[str, ...], str | None]]:
    tasks = read_text(LETTER.format(opening=opening, orders=orders)).tasks
    return [(t.lead, t.deadline_latest) for t in tasks]


def test_the_day_of_a_meeting_is_nobodys_deadline() -> None:
    told = (
        "Ngày 20/5/2024, Chủ tịch UBND huyện chủ trì cuộc họp giao ban. Chủ tịch UBND huyện kết luận như sau:"
    )
    assert _notice("1. Phòng Nội vụ rà soát biên chế.", told) == [(("Phòng Nội vụ",), None)]


def test_a_report_due_once_is_part_of_its_order_and_a_standing_one_is_another() -> None:
    once = "1. Phòng Nội vụ rà soát biên chế của các đơn vị; báo cáo UBND huyện trước ngày 30/6/2024."
    assert _notice(once) == [(("Phòng Nội vụ",), "2024-06-29")]
    standing = "1. Phòng Nội vụ rà soát biên chế của các đơn vị; báo cáo UBND huyện trước ngày 15 hằng tháng."
    assert len(_notice(standing)) == 2


def test_a_standing_report_after_an_order_due_once_is_another_and_a_list_of_reports_is_one() -> None:
    parted = (
        "1. Phòng Nội vụ phân bổ biên chế trước ngày 10/8/2024; định kỳ ngày 20 hằng tháng báo cáo tiến độ."
    )
    assert _notice(parted) == [(("Phòng Nội vụ",), "2024-08-09"), (("Phòng Nội vụ",), None)]
    listed = (
        "1. Phòng Nội vụ báo cáo tháng trước ngày 20 hằng tháng; báo cáo quý trước ngày 20 tháng cuối quý."
    )
    assert len(_notice(listed)) == 1


def test_what_has_another_time_after_a_semicolon_is_an_order_of_its_own() -> None:
    parted = "1. Phòng Nội vụ tập huấn văn thư trước ngày 30/6/2024; kiểm tra kho lưu trữ mỗi quý một lần."
    assert _notice(parted) == [(("Phòng Nội vụ",), "2024-06-29"), (("Phòng Nội vụ",), None)]
    dated = (
        "1. Phòng Nội vụ tập huấn văn thư trước ngày 30/6/2024; bàn giao kho lưu trữ trước ngày 15/8/2024."
    )
    assert [day for _, day in _notice(dated)] == ["2024-06-29", "2024-08-14"]
    event = "1. Phòng Nội vụ diễn tập 06 tháng/lần; Khi xảy ra sự cố phải báo cáo ngay."
    assert len(_notice(event)) == 2
    early = "1. Phòng Nội vụ tập huấn văn thư; trước ngày 30/6/2024 cho các xã ký nhận sổ, mỗi quý thu lại một lần."
    assert len(_notice(early)) == 1
    long = (
        "1. Phòng Nội vụ rà soát, sắp xếp lại đội ngũ văn thư của các xã sau khi hợp nhất, hướng dẫn cách lập hồ sơ, "
        "giao nộp tài liệu, tiêu hủy tài liệu hết giá trị; mở 02 lớp tập huấn trước ngày 30/6/2024."
    )
    assert [day for _, day in _notice(long)] == [None, "2024-06-29"]
    closing = "1. Phòng Nội vụ ban hành lịch trước ngày 30/6/2024; hoàn thành kiểm tra trước ngày 15/8/2024."
    assert len(_notice(closing)) == 1


def test_who_signs_in_one_row_with_the_recipients_is_read() -> None:
    row = "| *Nơi nhận:* - Như trên; - Lưu: VT. | **CHỦ TỊCH** **Lê Minh Hòa** |\n|---|---|"
    assert (
        read_text(f"Số: 5/QĐ-UBND\n\nQUYẾT ĐỊNH\n\nĐiều 1. Thành lập đoàn.\n\n{row}").document.signer.name
        == "Lê Minh Hòa"
    )


def test_a_page_number_inside_a_sentence_is_passed_over() -> None:
    cut = "1. Phòng Nội vụ rà soát biên chế, báo cáo Chủ tịch UBND huyện\n\n7\n\ntrước ngày 30/6/2024."
    assert _notice(cut) == [(("Phòng Nội vụ",), "2024-06-29")]


def test_whom_an_announcement_or_a_title_speaks_of_holds_for_the_items() -> None:
    said = "1. Chế độ báo cáo: các trường gửi về Phòng:\n\n+ Báo cáo đầu năm: trước ngày 20/9/2024."
    assert _notice(said) == [(("các trường",), "2024-09-19")]
    titled = "1. Chỉ tiêu phấn đấu của các trường mầm non\n\n- Huy động 42% trẻ nhà trẻ."
    assert _notice(titled)[0][0] == ("các trường mầm non",)
    joint = (
        "Giao Trung tâm Quỹ đất làm đầu mối, phối hợp với UBND xã A thực hiện:\n\n- Đo đạc lại các thửa đất."
    )
    [task] = read_text(LETTER.format(opening="", orders=joint)).tasks
    assert (task.lead, task.coordinators) == (("Trung tâm Quỹ đất",), ("UBND xã A",))


def test_a_day_and_a_unit_in_the_line_above_hold_for_the_items() -> None:
    said = "1. Trước ngày 15/10/2024, các trường làm xong những việc sau:\n\na) Rà soát thiết bị dạy học."
    assert _notice(said) == [(("các trường",), "2024-10-14")]


def test_where_the_work_is_shared_out_a_title_is_whoever_does_it() -> None:
    shared = "V. PHÂN CÔNG NHIỆM VỤ\n\n1. Học sinh và cha mẹ học sinh\n\n- Giữ kín mật khẩu của tài khoản."
    assert [t.lead for t in read_text(HEAD + shared).tasks] == [("Học sinh", "cha mẹ học sinh")]


def test_who_stands_last_after_those_beside_does_it_where_nobody_else_is_named() -> None:
    words = "- Cùng với Công an xã, Đoàn Thanh niên làm thẻ căn cước cho học sinh."
    [task] = read_text(f"{HEAD}II. NHIỆM VỤ\n\n{words}").tasks
    assert (task.lead, task.coordinators) == (("Đoàn Thanh niên",), ("Công an xã",))


def test_who_asks_is_an_order_also_where_it_tells_of_what_was_said() -> None:
    words = "Chủ tịch UBND tỉnh yêu cầu Sở Xây dựng thực hiện các nội dung đã chỉ đạo về nghĩa trang Đồng Lê."
    assert [t.lead for t in read_text(f"1. Nghĩa trang Đồng Lê\n\n{words}\n").tasks] == [("Sở Xây dựng",)]
    told = "Văn phòng huyện được giao hoàn thiện báo cáo. Chế độ cũ sẽ bỏ nếu đã có dữ liệu số."
    assert [t.lead for t in read_text(f"Số hóa\n\n{told}\n").tasks] == [("Văn phòng huyện",)]


def test_work_with_a_day_of_its_own_among_the_aims_is_to_be_done() -> None:
    aims = (
        "I. MỤC TIÊU\n\n- Nâng cao đời sống.\n\n- Trao tặng học bổng cho học sinh nghèo trước ngày 05/9/2026."
    )
    assert _quotes(aims) == ["- Trao tặng học bổng cho học sinh nghèo trước ngày 05/9/2026."]


def test_what_an_introduction_tells_of_the_past_is_no_deadline_of_its_items() -> None:
    said = (
        "Trước ca bệnh phát hiện ngày 23/6/2026, Sở yêu cầu các trường thực hiện như sau:\n\n- Đo thân nhiệt."
    )
    assert [(t.lead, t.deadline) for t in read_text(f"Phòng dịch\n\n{said}\n").tasks] == [
        (("các trường",), None)
    ]


def test_an_order_told_after_something_else_is_an_order() -> None:
    words = "Bộ vừa ban hành hướng dẫn thi. Theo đó, Bộ yêu cầu các sở nhập dữ liệu trước ngày 10/6/2026."
    made = [(t.quote, t.lead) for t in read_text(f"Thi cử\n\n{words}\n").tasks]
    assert made == [("Theo đó, Bộ yêu cầu các sở nhập dữ liệu trước ngày 10/6/2026.", ("các sở",))]


def test_the_lines_of_a_calendar_are_orders_with_their_days() -> None:
    lines = (
        "Ngày 27/5/2026: Kết thúc việc kiểm tra dữ liệu.\n\nNgày 07/6/2026: Các trường in giấy báo dự thi.\n"
    )
    made = [(t.lead, t.deadline_latest) for t in read_text(f"Lịch thi\n\nCác mốc sau đây.\n\n{lines}").tasks]
    assert made == [((), "2026-05-27"), (("Các trường",), "2026-06-07")]


def test_a_new_order_may_give_each_of_several_units_its_own() -> None:
    words = (
        "Giao Đoàn xã soạn bài tuyên truyền về pháo nổ. Giao Trung tâm Văn hóa bố trí loa máy, xe cổ động; "
        "Công an xã huy động xe dẫn đường, giữ trật tự trên các tuyến."
    )
    made = [t.lead for t in read_text(f"{HEAD}II. NHIỆM VỤ\n\n- {words}").tasks]
    assert made == [("Đoàn xã",), ("Trung tâm Văn hóa",), ("Công an xã",)]


def test_a_term_of_office_is_no_deadline() -> None:
    words = "- Trang trí cổng chào mừng Đại hội, nhiệm kỳ 2025-2030."
    assert [t.deadline for t in read_text(f"{HEAD}II. NHIỆM VỤ\n\n{words}").tasks] == [None]


def test_a_list_of_papers_is_one_duty() -> None:
    papers = "- Công văn số 12/SGDĐT ngày 03/10/2025 về việc an toàn.\n\n- Công văn số 15/SGDĐT ngày 5/10/2025 về xe."
    made = _quotes(f"II. NHIỆM VỤ\n\n1. Tiếp tục thực hiện các văn bản sau:\n\n{papers}")
    assert made == ["1. Tiếp tục thực hiện các văn bản sau:"]


def test_a_long_item_without_its_full_stop_is_an_order() -> None:
    said = (
        "1. Ngành giáo dục chỉ đạo các trường triển khai nghiêm túc chỉ đạo của Bộ về “"
        + "Tháng an toàn " * 8
        + "”"
    )
    assert [
        t.lead for t in read_text(f"Tháng an toàn\n\nĐề nghị các tỉnh làm như sau:\n\n{said}\n").tasks
    ] == [("Ngành giáo dục",)]


def test_a_paper_that_an_article_cites_is_not_the_one_it_reports() -> None:
    text = (
        "Tin\n\nVăn phòng tỉnh ban hành Công văn số 28/VP-KT, ngày 10/6/2024 về xe đưa đón.\n\n"
        "Cùng với đó, tiếp tục kiểm tra xe đưa đón theo Chỉ thị số 31/CT-TTg và Kế hoạch số 7/KH-UBND.\n"
    )
    assert [t.quote[:30] for t in read_text(text).tasks] == ["Cùng với đó, tiếp tục kiểm tra"]


def test_words_of_comfort_are_no_order() -> None:
    assert _quotes("Về vụ lật tàu, Thủ tướng Chính phủ gửi lời thăm hỏi tới người bị nạn.") == []


def test_the_paper_a_piece_rests_on_is_no_duty() -> None:
    rests = "Tổng vệ sinh\n\nThực hiện công văn số 45/UBND-YT ngày 23/3/2018 của UBND quận về việc phòng dịch.\n\n"
    assert [t.lead for t in read_text(f"{rests}Đề nghị các thôn phát quang bụi rậm.\n").tasks] == [
        ("các thôn",)
    ]
    issues = "Chủ nhật xanh\n\nThực hiện chỉ đạo của huyện, UBND xã xây dựng Kế hoạch ra quân năm 2026.\n\n"
    assert [t.lead for t in read_text(f"{issues}- Vận động các hộ dọn vệ sinh.\n").tasks] == [()]


def test_a_label_may_say_after_the_name_that_it_leads() -> None:
    words = "- Diệt bọ gậy.\n\nCơ quan thực hiện: Trạm Y tế xã chủ trì; phối hợp: các trường học."
    [task] = read_text(f"{HEAD}II. NHIỆM VỤ\n\n{words}").tasks
    assert (task.lead, task.role, task.coordinators) == (("Trạm Y tế xã",), "chu_tri", ("các trường học",))


def test_the_figures_a_report_sets_for_the_year_ahead_are_due_in_it() -> None:
    text = "BÁO CÁO\n\nII. PHƯƠNG HƯỚNG, NHIỆM VỤ NĂM 2024\n\n1. Chỉ tiêu\n\n- Tỷ lệ hộ thoát nghèo đạt 5%."
    assert [task.deadline_latest for task in read_text(text).tasks] == ["2024-12-31"]


def test_an_assignment_may_stand_in_brackets_after_each_role() -> None:
    words = "- Tổng kiểm tra các cơ sở: chủ trì (Công an quận), phối hợp (Phòng Nội vụ, UBND các phường)."
    [task] = read_text(f"{HEAD}II. NHIỆM VỤ\n\n{words}").tasks
    assert (task.lead, task.coordinators) == (("Công an quận",), ("Phòng Nội vụ", "UBND các phường"))


def test_an_assignment_in_brackets_may_stand_before_the_last_sentence() -> None:
    words = (
        "- Rà soát trẻ em (Trường A chủ trì; Hội B, Trạm Y tế xã phối hợp). Hoàn thành trong tháng 5/2026."
    )
    [task] = read_text(f"{HEAD}II. NHIỆM VỤ\n\n{words}").tasks
    assert (task.lead, task.coordinators) == (("Trường A",), ("Hội B", "Trạm Y tế xã"))


def test_a_label_in_a_later_sentence_is_no_order_of_its_own() -> None:
    words = "- Trường A xây dựng kế hoạch dạy bơi cho học sinh. Đơn vị phối hợp: Trung tâm B. Hạn: 10/5/2026."
    [task] = read_text(f"{HEAD}II. NHIỆM VỤ\n\n{words}").tasks
    assert (task.coordinators, task.deadline_latest) == (("Trung tâm B",), "2026-05-10")


def test_who_only_takes_part_is_no_order_of_its_own() -> None:
    words = "- Ủy ban A giám sát thu chi đầu năm học. Phòng B, Phòng C cùng tham gia."
    [task] = read_text(f"{HEAD}II. NHIỆM VỤ\n\n{words}").tasks
    assert (task.lead, task.coordinators) == (("Ủy ban A",), ("Phòng B", "Phòng C"))


def test_labels_in_brackets_end_with_them() -> None:
    words = "- Rà soát hộ nghèo (chủ trì: Phòng Nội vụ; phối hợp: các thôn), xong trước ngày 30/6/2025."
    [task] = read_text(f"{HEAD}II. NHIỆM VỤ\n\n{words}").tasks
    assert (task.lead, task.coordinators, task.deadline_latest) == (
        ("Phòng Nội vụ",),
        ("các thôn",),
        "2025-06-29",
    )


def test_telling_shipowners_is_an_order_and_telling_the_readers_is_not() -> None:
    assert len(_notice("1. Kiểm đếm, thông báo cho chủ tàu biết hướng đi của bão.")) == 1
    assert _notice("Văn phòng xin thông báo để các đơn vị biết, thực hiện./.") == []


def test_headings_name_units_by_more_than_a_head_word() -> None:
    heading = "1. Các đơn vị được kiểm tra\n- Chuẩn bị báo cáo.\n2. Đối với Thủ đô Hòa An\n- Lập kế hoạch."
    assert [lead for lead, _ in _notice(heading)] == [("Các đơn vị được kiểm tra",), ("Thủ đô Hòa An",)]


def test_a_table_between_spaced_bars_has_rows_groups_and_columns() -> None:
    table = (
        "TT | Nhiệm vụ, đề án | Cơ quan chủ trì | Thời gian trình\n\n"
        "I | Nhóm pháp lý | Nhóm pháp lý | Nhóm pháp lý\n\n"
        "1 | Báo cáo tổng kết | Phòng Tư pháp | Quý II/2025"
    )
    assert _notice(table) == [(("Phòng Tư pháp",), "2025-06-30")]


def test_a_letter_that_names_nobody_orders_whom_it_is_sent_to() -> None:
    def leads(sent: str, asks: str) -> list[tuple[str, ...]]:
        body = "1. Hạn chế tổ chức họp đông người\n2. Báo cáo tình hình hằng tuần\n3. Bố trí chỗ rửa tay\n\nĐT: 0256"
        text = f"SỞ Y TẾ\nSố: 305/SYT-NV\n\n{sent}\n\nSở Y tế {asks}:\n\n{body}"
        return [task.lead for task in read_text(text).tasks]

    assert leads("Kính gửi: Giám đốc Sở Nội vụ", "đề nghị") == [("Giám đốc Sở Nội vụ",)] * 3
    assert (
        leads("Kính gửi:\n- Các trường;\n- UBND xã.", "yêu cầu thực hiện các nội dung sau")
        == [("Các trường", "UBND xã")] * 3
    )
    assert leads("Kính gửi: UBND xã", "yêu cầu các trường") == [("các trường",)] * 3
    assert leads("Kính gửi: UBND xã", "thông báo") == [()] * 3


def test_half_a_year_is_no_figure_and_money_for_a_team_no_order() -> None:
    [task] = read_text(f"{HEAD}II. NHIỆM VỤ\n\n1. Cắt giảm 10% chi thường xuyên 6 tháng cuối năm 2026.").tasks
    assert [target.unit for target in task.targets] == ["%"]
    assert (
        _notice("- Kinh phí hoạt động của Đoàn kiểm tra được bố trí trong dự toán của cơ quan chủ trì.") == []
    )


def test_a_long_list_is_read_in_steps_that_grow_with_it() -> None:
    def steps(items: int) -> int:
        """Calls made, also of what is written in C: the same on every machine."""
        made = 0

        def count(_frame: object, event: str, _what: object) -> None:
            nonlocal made
            made += event in ("call", "c_call")

        text = "\n".join(["- Tổ chức kiểm tra cơ sở"] * items)
        setprofile(count)
        try:
            assert len(_notice(text)) == items
        finally:
            setprofile(None)
        return made

    assert steps(400) < 5 * steps(100)
