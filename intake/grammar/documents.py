"""The fixed words of a document: titles, number, place and date, basis, recipients, signature (folded)."""

import re

TYPES = {
    "kế hoạch": "Kế hoạch", "kế hoạch liên ngành": "Kế hoạch", "kế hoạch phối hợp": "Kế hoạch",
    "quyết định": "Quyết định", "chỉ thị": "Chỉ thị", "công điện": "Công điện",
    "thông báo": "Thông báo", "báo cáo": "Báo cáo", "công văn": "Công văn", "nghị quyết": "Nghị quyết",
    "chương trình": "Chương trình", "chương trình hành động": "Chương trình hành động", "đề án": "Đề án",
    "hướng dẫn": "Hướng dẫn", "tờ trình": "Tờ trình", "phương án": "Phương án", "kết luận": "Kết luận",
    "thông báo kết luận": "Thông báo kết luận", "thông tư": "Thông tư", "nghị định": "Nghị định", "quy chế": "Quy chế",
    "công điện khẩn": "Công điện", "giấy mời": "Giấy mời", "thư": "Thư", "quy định": "Quy định", "lệnh": "Lệnh",
}  # fmt: skip
# The abbreviation in a symbol (khoản 3 Điều 8 and phụ lục III of NĐ 30/2020/NĐ-CP), folded.
SYMBOL_TYPES = {
    "kh": "Kế hoạch", "qđ": "Quyết định", "ct": "Chỉ thị", "cđ": "Công điện", "tb": "Thông báo", "bc": "Báo cáo",
    "nq": "Nghị quyết", "ctr": "Chương trình", "đa": "Đề án", "hd": "Hướng dẫn", "ttr": "Tờ trình", "pa": "Phương án",
    "kl": "Kết luận", "cv": "Công văn", "tbkl": "Thông báo kết luận",
}  # fmt: skip

# A line that begins a part of the document, whatever the line before it ends with.
BEGINS = re.compile(
    r"(?:kính gửi|nơi nhận)\s*:|căn cứ\s|cộng hòa xã hội chủ nghĩa|(?:tm|kt|tl|tuq)\.\s|\*{0,2}\((?:ban hành )?kèm theo"
)
ANNEX_MARK = re.compile(r"phụ lục(?:\s+(?:số\s+)?(?:[ivx]+|\d+))?")
MOTTO = re.compile(
    r"cộng hòa xã hội chủ nghĩa việt nam|độc lập\s*[-–]\s*tự do\s*[-–]\s*hạnh phúc|đảng cộng sản việt nam$"
)
NUMBER = re.compile(r"(?<!\w)số(?:\s*ký hiệu)?\s*(?::\s*|(?=\d+\s?-\s?[^\W\d])|(?=[.…_\s]*-\s?[^\W\d]+/))")
SYMBOL = re.compile(r"\s*(?P<number>\d{1,6}[a-z]?)?[\s.…_]*(?P<rest>[/-]\s*[\w&.]+(?:\s?[-/]\s?[\w&.]+)*)")
PLACE_DATE = re.compile(
    r"(?P<place>[^\n,;|:()]{2,60}),\s*(?:(?:hồi|lúc)\s+\d{1,2}\s*(?:h|giờ|"
    r"g)\s*\d{0,2}(?:\s*phút)?\s*,?\s*)?(?:ngày\s*(?P<day>\d{1,2}|[.…_\s]*)\s*tháng\s*(?P<month>\d{1,2}|"
    r"[.…_\s]*)\s*năm\s*(?P<year>\d{4}|(?=[.…_\s]*$)))"
)
ADDRESSEE = re.compile(r"kính gửi\s*:?|(?:.{0,60}\bđiện\s*:$)")
BASIS = re.compile(
    r"(?:-\s*)?(?:căn cứ|thực hiện|thi hành|xét|theo đề nghị|xét đề nghị|triển khai|trên cơ sở|tiếp theo|"
    r"theo|thể theo)\b"
)
RECIPIENTS = re.compile(r"nơi nhận\b\s*:?")
SIGN_FOR = re.compile(r"(?:tm|kt|tl|tuq|thừa lệnh|thay mặt|q|t/l|t/m|k/t|tlct)\s*[.:]?\s+(?=\S)")
SIGN_POST = re.compile(
    r"(?:(?:phó |quyền )?(?:chủ tịch|giám đốc|hiệu trưởng|bộ trưởng|thủ tướng|thủ tướng chính phủ|"
    r"trưởng phòng|cục trưởng|vụ trưởng|tổng giám đốc"
    r"|chánh văn phòng|trưởng ban|bí thư|viện trưởng|chi cục trưởng|tổng cục trưởng|chánh thanh tra|"
    r"tổng bí thư|chủ nhiệm|thống đốc)"
    r"|thứ trưởng|phó chủ nhiệm|người ký|phó bí thư(?: thường trực)?|phó chánh văn phòng|"
    r"phó thủ tướng)(?:\s+(?:thường trực|chính phủ|ubnd .*))?$"
)
POST_OFFICE = re.compile(
    r"(?:bộ trưởng|chủ tịch|giám đốc|trưởng phòng|thủ tướng|hiệu trưởng|(?:tổng )?cục trưởng|trưởng ban|"
    r"chánh văn phòng|tổng giám đốc"
    r"|thống đốc|viện trưởng|chủ nhiệm)\b"
)
ANNEX = re.compile(
    r"(?:phụ lục|danh mục|biểu mẫu|biểu số|mẫu số|bảng tổng hợp|bảng phân công|phân công nhiệm vụ|kế hoạch|"
    r"chương trình|đề án|quy chế|lịch)\b"
)
ATTACHED = re.compile(r"\(\s*(?:ban hành )?(?:kèm theo|đính kèm)\b")
ISSUER_LINE = re.compile(
    r"(?:ủy ban nhân dân|ubnd|bộ|sở|phòng|thủ tướng chính phủ|chính phủ|văn phòng|ban|trường|cục|tổng cục|"
    r"hội đồng|tỉnh ủy|thành ủy|huyện ủy|quận ủy"
    r"|thanh tra|bảo hiểm|ngân hàng|hội|đoàn|liên đoàn|tổng liên đoàn|viện|trung tâm|kho bạc|chủ tịch)\b"
)
# A reference to another document: its kind, its number, its date.
DOCUMENT_KINDS = (
    r"nghị quyết|nghị định|quyết định|thông tư(?: liên tịch)?|chỉ thị|công điện|công văn|kế hoạch|"
    r"chương trình(?: hành động| công tác)?|kết luận|luật|bộ luật"
    r"|thông báo|hướng dẫn|đề án|văn bản|pháp lệnh|quy định|quy chế|tờ trình|báo cáo|hiến pháp"
)
_SYMBOL = r"\d+[a-z]?\s?(?:/\d{4})?\s?[-/]\s?(?=[^\W\d])[\w&]+(?:\s?[-/]\s?[\w&]+)*"
_DATED = r"\s*,?\s*ngày\s*\d{1,2}(?:\s*[/.-]\s*\d{1,2}\s*[/.-]\s*|\s+tháng\s+\d{1,2}\s+năm\s+)\d{4}"
CITED = re.compile(
    rf"(?P<kind>(?:{DOCUMENT_KINDS}))(?P<words>\s+[^;.:()“”\"]{{0,110}}?)??\s*(?:số\s*:?\s*)?"
    rf"(?:(?P<number>{_SYMBOL})(?:{_DATED})?|(?P<date>{_DATED}))"
)

# An article around a directive.
REPORTED = re.compile(
    r"(?:(?P<issuer>[^.;:]{4,120}?)\s+(?:đã\s+|vừa\s+|mới\s+)*(?:có|ban hành|ký|gửi|phát hành)(?:\s+ban hành)?\s+"
    r"|(?P<named>(?:văn phòng|bộ|sở|phòng|ubnd|ủy ban nhân dân|thủ tướng|chính phủ)\b[^.;:]{0,60}):\s+"
    r"|(?<=,\s)tại\s+"
    r"|(?:^|(?<=[.;\s]\s))(?:tại|theo|trong)\s+(?=[^.;]{0,300}\b(?:yêu cầu|đề nghị|chỉ đạo|hướng dẫn)\b))"
    r"(?P<type>công văn|chỉ thị|kế hoạch|quyết định|công điện|thông báo|"
    r"hướng dẫn|văn bản)"
    r"(?:\s+(?:hỏa tốc|khẩn|số|kết luận))*\s*"
    r"(?P<symbol>\d{1,6}[a-z]?\s?(?:/|-(?=[^\W\d]{1,6}/))\s?[\w&-]+(?:/[\w&-]+)*)"
)
LAW_QUOTE = re.compile(
    r"(?:căn cứ|theo|tại|chiếu theo)\s+(?:theo\s+|quy định\s+)*(?:tại\s+)?(?:khoản|điều|điểm|mục|phụ lục|"
    r"chương)\s+\w+|.{0,80}(?:được )?quy định tại\s+(?:khoản|điều|điểm)"
)
ARTICLE_END = re.compile(
    r"trên đây là (?:thông tin|nội dung|toàn bộ|toàn văn|bài viết|những|quy định)|xem thêm|quý khách|"
    r"bài viết liên quan|\(hình từ internet\)|tải về"
)
FOREIGN = re.compile(
    r"https?://|^source\s*:|^nguồn\s*:|quý (?:thành viên|khách|độc giả|bạn đọc)|đăng nhập|"
    r"đăng ký tài khoản|bản quyền|hotline|facebook|zalo|tải về|xem thêm"
    r"|\(hình từ internet\)|cookie|thư viện pháp luật|luatvietnam|bình luận|chia sẻ bài viết"
)
PAGE_NUMBER = re.compile(r"(?:trang\s*)?\d{1,3}(?:\s*/\s*\d{1,3})?|[-–—*.\s]*hết(?: [^\W\d]+){0,2}[-–—*.\s]*")
