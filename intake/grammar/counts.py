"""Figures that are targets: what is counted, and the words that make a number one to reach (folded)."""

import re

# What an office counts. A compound keeps its first known noun: "trường học" counts "trường".
NOUNS = (
    "giáo viên", "học sinh", "sinh viên", "học viên", "cán bộ", "công chức", "viên chức", "người",
    "lao động", "trẻ em", "trẻ", "hộ",
    "trường", "lớp", "phòng học", "phòng", "cơ sở", "đơn vị", "tỉnh", "huyện", "xã", "phường", "thôn", "tuần", "ngày",
    "phút", "giờ", "tiết", "buổi",
    "tháng", "lượt", "lần", "đợt", "cuộc", "đoàn", "bài", "mô hình", "công trình", "dự án", "chỉ tiêu",
    "tiêu chí", "điểm", "tỷ đồng", "triệu đồng",
    "nghìn đồng", "đồng", "ha", "km", "m2", "tấn", "kg", "bộ", "máy", "giường", "bác sĩ", "doanh nghiệp",
    "hợp tác xã", "sản phẩm",
    "thủ tục", "hồ sơ", "dịch vụ", "giải", "huy chương", "chuyên đề", "câu lạc bộ", "đội", "nhóm", "suất",
    "căn", "cây", "khu", "tuyến", "tin", "hội nghị", "hội thi", "cuộc thi", "tiết mục", "sáng kiến", "đề tài",
    "chi bộ", "đảng viên", "đoàn viên", "hội viên", "gia đình", "thư viện", "tủ sách", "nhà văn hóa", "nhà vệ sinh",
    "bể bơi", "sân chơi", "khu phố", "tổ dân phố", "chương trình", "kế hoạch",
    "văn bản", "video", "phóng sự", "chứng chỉ",
    "tình nguyện viên", "nhân viên", "chuyên gia", "tài khoản", "phiếu", "học bổng", "phiên", "điểm cầu", "camera",
    "đồng chí", "kỳ", "em", "cháu", "chiếc", "thùng", "vùng", "chợ", "trạm y tế", "trạm", "tổ công tác", "tổ",
    "hộ gia đình",
    "nhà giáo", "nữ hộ sinh", "thí sinh", "đại biểu", "thành viên", "công nhân", "công dân", "chi đoàn", "chi hội",
    "học liệu", "bài giảng", "bài viết", "tờ gấp", "tờ rơi", "đầu sách", "cuốn", "phần mềm", "thiết bị", "máy tính",
    "phòng máy", "phòng thí nghiệm", "nhà đa năng", "bếp ăn", "điểm trường", "nhóm lớp", "trung tâm", "hạng mục",
    "đề án", "hợp đồng", "phần quà", "suất quà", "căn nhà", "tuyến đường", "cụm công nghiệp", "điểm phần trăm",
    "bậc", "mẫu", "vụ", "ca", "lít", "m3", "km2", "nghìn tỷ đồng", "triệu lượt", "lô", "kỹ thuật", "chủ đề",
    "chuyên mục", "bé trai", "bé gái", "tờ bướm", "bảng", "bình", "pa nô", "băng rôn", "trụ",
)  # fmt: skip
_NOUN = "|".join(sorted(NOUNS, key=len, reverse=True))
# So much of it for each of something: "10 người/tổ", "5 người/100.000 dân", "1 lần/học kỳ/trường".
PER = rf"(?:/(?:\d[\d.]*\s)?(?:năm học|học kỳ|{_NOUN}|[^\W\d]+)\b){{0,2}}"
NOUN = re.compile(rf"(?:{_NOUN})\b{PER}")
# A count of what an order makes or gives is one to reach.
_MAKING = (
    r"\b(?:tổ chức|mở|trồng|trao|kết nạp|phát hành|biên soạn|đào tạo|bồi dưỡng|tập huấn|xây|sửa chữa|lắp đặt|làm|in"
    r"|bàn giao|xóa|xử lý|điều động|luân phiên|luân chuyển|tiếp nhận|chuyển giao|di dời|thu hồi|cải tạo|nâng cấp"
    r"|tặng|hoàn thành|phát|lắp|mua sắm|mua|trang bị|hỗ trợ) (?:dứt điểm |mới |được |thêm |quà (?:\w+ )?)?(?:cho )?"
)
MADE = (
    rf"{_MAKING}\d|\b(?:tập huấn|bồi dưỡng|đào tạo)\b[^.;]{{0,60}} cho \d"
    r"|\bmỗi (?!ngày|tuần|tháng|quý|năm|học kỳ)[^.;,:\d]{2,50} \d"
    r"|\b(?:kiểm tra|thanh tra|giám sát|khảo sát)\b[^.;,\d]{0,80}(?<! tại) \d+ "
    r"(?:trường|xã|phường|đơn vị|cơ sở|chi bộ|bếp)\b"
)
# "- 17 buổi hướng dẫn …": what is held opens the order.
HELD = re.compile(r"(?:\d{1,3}) (?:buổi|lớp|cuộc|đợt|hội nghị|chuyên đề|hội thi)\b")
# A number is a target after one of these, in the same clause.
REACH = re.compile(
    rf"{_MAKING}$|"
    r"\b(?:phấn đấu|phần đầu|đạt|có|ít nhất|tối thiểu|tối đa|không quá|không vượt quá|duy trì|thêm|"
    r"công nhận(?: mới| lại)?|hoàn thành|trên|dưới|từ|tăng|giảm"
    r"|mỗi\s+\w+|cho|mở|huy động|thành lập|tổ chức|lựa chọn|xây dựng|nhân rộng|thực hiện|định kỳ|trở lên|bảo đảm"
    r"|đủ|bình quân|đảm bảo|khoảng|hơn|tại)\b[^.;:]{0,60}$"
)
# After these a number is one to keep to, whatever it counts: "tối thiểu 60 mẫu".
BOUND = re.compile(
    r"\b(?:ít nhất|tối thiểu|tối đa|không quá|không dưới|không (?:ít|thấp|nhỏ|nhiều) hơn|không vượt quá|thêm)"
    r"\s+(?:là\s+|đạt\s+)?$"
)
# "01 lần/tuần" only says how often; a figure to reach is what a word makes one.
OFTEN = re.compile(
    r"\b(?:ít nhất|tối thiểu|duy trì|phấn đấu|phần đầu|bảo đảm|đảm bảo|đạt|gấp)\b[^.;:]{0,60}$"
)
# "Từ 60% | lên 75%": the first is where it stood.
RISEN = re.compile(r"[^.,;:]{0,30}(?<!trở )\b(?:lên|xuống|còn)\b")
ANY_NOUN = re.compile(r"(?!tháng|năm|quý|lần thứ)(?:[^\W\d]+(?: [^\W\d]+)?/[^\W\d]+(?: học)?|[^\W\d]+)")
SCHOOL_DAY = re.compile(r"buổi/ngày")  # "2 buổi/ngày" names a kind of school day
OF_ITSELF = re.compile(r"tuần (?:thực học|thực dạy)")  # always what a plan sets
BREAKDOWN = re.compile(
    r"\b(?:trong đó(?!,? (?:phấn đấu|(?:có )?(?:ít nhất|tối thiểu)))|gồm|bao gồm|mỗi cấp|cụ thể)\b"
)
ATTAINED = re.compile(
    r"\b(?:đã|hiện nay|hiện có|tính đến|năm học trước|năm trước)\b[^.;]*$"
    r"|(?<!tăng )(?<!giảm )\bso với\b[^.,;]*$"
    r"|\((?:cùng kỳ |kết quả )?năm (?:trước|\d{4}) (?:mới |ước |chỉ )?(?:đạt|là) $"
)
# "trước ít nhất 03 ngày", "trong vòng 05 ngày": a term, no figure to reach.
TERM = re.compile(
    r"\b(?:trước|sau|báo cáo|sơ kết|tổng kết|trong vòng|chậm nhất|thời hạn|kể từ)\b[^.;,]*$|\btrong $"
)
OF_CLOCK = re.compile(r"\s?\d\d\b")  # "5 giờ 30" is when
TIME_UNITS = frozenset({"ngày", "giờ", "tuần", "tháng", "phút"})
NAME_BEFORE = re.compile(
    r"(?:lớp|khóa|điều|khoản|mục|(?<!mỗi )(?:tháng|năm|ngày|quý)|số|(?<!định )(?<!mỗi học )kỳ|top|"
    r"lần thứ|cấp độ|mức độ|hạng|đối tượng|đề án|ubnd|"
    r"cụm|nghị quyết|giai đoạn|tuổi|thứ|đợt|(?<!mỗi )học kỳ|chia (?:làm|thành|ra)|đội ngũ|tổ|học)\s*$"
)
COMPARATORS = (
    (
        ">=",
        re.compile(
            r"(?:≥|>=|ít nhất|tối thiểu|trở lên|từ|đạt|phấn đấu|phần đầu|trên|không (?:dưới|"
            r"thấp hơn|ít hơn|nhỏ hơn))\s*(?:tỷ lệ|tỉ lệ|trên)?\s*$"
        ),
    ),
    ("<=", re.compile(r"(?:≤|<=|không quá|tối đa|không vượt quá)\s*$")),
    ("<", re.compile(r"(?:<|dưới|thấp hơn|ít hơn|nhỏ hơn)\s*$")),
    (">", re.compile(r"(?:>|hơn|cao hơn|vượt)\s*$")),
)  # fmt: skip
