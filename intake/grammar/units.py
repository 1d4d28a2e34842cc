"""The shapes of unit names. No unit is listed: only how names of offices, posts and groups begin and go on."""

import re

from intake.grammar.verbs import VERBS

# Words a name of an office, a post or a body begins with (folded). Longest first where one begins another.
HEADS = (
    "bộ trưởng", "thứ trưởng", "bộ phận", "bộ chỉ huy", "bộ tư lệnh", "bộ đội", "bộ", "sở", "ban giám hiệu",
    "ban giám đốc", "ban chỉ đạo", "ban điều hành", "ban quản lý", "ban đại diện", "ban", "phòng", "cục trưởng",
    "cục", "vụ trưởng",
    "vụ", "viện trưởng", "viện", "tổng cục", "tổng công ty", "tổng giám đốc", "chi cục", "ủy ban kiểm tra",
    "ủy ban", "ubnd", "hđnd",
    "hội đồng", "ub.mttqvn", "ub.mttq", "ubmttq", "mttq", "mặt trận tổ quốc", "mặt trận", "chủ tịch", "phó chủ tịch",
    "giám đốc", "phó giám đốc",
    "thủ trưởng", "hiệu trưởng", "phó hiệu trưởng", "trưởng phòng", "trưởng ban", "trưởng các", "trưởng thôn",
    "trưởng bản", "trưởng ấp", "trưởng khu phố", "thủ quỹ", "trưởng",
    "chánh văn phòng", "chánh thanh tra", "văn phòng", "tổ trưởng", "tổ chuyên môn", "tổ tư vấn", "tổ công tác",
    "tổ kiểm tra",
    "tổ", "đội", "công an", "quân đội", "cảnh sát", "thanh tra", "trung tâm", "trường", "nhà trường", "học viện",
    "đại học", "cơ sở", "cơ quan", "đơn vị", "tổ chức", "địa phương", "đoàn thanh niên", "đoàn trường",
    "đoàn thể", "đoàn kiểm tra", "đoàn công tác",
    "đoàn", "hội", "liên minh", "liên đoàn", "hiệp hội", "công đoàn", "đài", "báo", "cổng thông tin",
    "thông tấn xã", "kho bạc", "ngân hàng", "bảo hiểm xã hội", "tòa án", "viện kiểm sát", "tập đoàn", "công ty",
    "doanh nghiệp", "nhà xuất bản", "bệnh viện", "trạm y tế", "giáo viên", "gvcn", "bí thư", "đảng ủy", "đảng bộ",
    "chi bộ", "công chức",
    "huyện ủy", "thành ủy", "tỉnh ủy", "quận ủy", "ban thường vụ", "thường trực", "ngành", "toàn ngành", "lãnh đạo",
    "đại diện", "đồng chí", "chuyên viên", "bgh", "đoàn tncs", "btc", "bcđ", "thị xã", "quận", "huyện",
    "người đứng đầu", "chủ đầu tư", "chủ rừng", "chủ hồ", "chủ cơ sở", "chủ doanh nghiệp", "chủ phương tiện",
    "nhà thầu", "nhà cung cấp", "ủy viên", "thành viên", "cấp ủy", "hợp tác xã",
    "phó thủ tướng", "trung ương", "tổng liên đoàn", "tổng hội", "thủ tướng", "chính phủ", "quốc hội",
    "tổng thanh tra", "tổng giám đốc", "thống đốc", "đơn vị chủ trì", "các tỉnh", "cấp", "xã", "phường", "tỉnh",
    "thị trấn", "đặc khu", "thành phố", "chính quyền", "kế toán", "nhân viên", "cán bộ", "tổng phụ trách", "trạm",
    "cộng tác viên", "hạt", "thôn", "bản", "khu phố", "ấp", "giáo xứ", "ub",
    "tỉnh đoàn", "thành đoàn", "huyện đoàn", "quận đoàn", "ban chấp hành", "bch",
    "thuế", "hải quan", "thống kê tỉnh", "thống kê thành phố",
    "kiểm lâm", "liên đội", "chi đội", "chi đoàn", "điện lực", "viễn thông",
    "bưu điện", "kiểm toán", "lực lượng", "khối", "khoa", "quỹ", "thủ đô", "hộ", "gia đình", "phụ huynh",
    "cha mẹ học sinh", "tổ dân phố",
    "thư viện", "nhà văn hóa", "nhà thiếu nhi", "nhà hảo tâm", "câu lạc bộ", "phó trưởng", "bhxh", "lđlđ",
    "ttyt", "bql", "bqlda", "kbnn", "vksnd", "tand", "nhcsxh", "cựu chiến binh", "vnpt", "viettel",
    "mobifone", "evn", "agribank", "vnpost", "y tế địa phương",
)  # fmt: skip
# A head word in these company is another word: "trường hợp", "tổ chức thực hiện", "ban hành".
NOT_HEAD = re.compile(
    r"trường\s+hợp|hội\s+(?:nghị|thi|thảo|nhập|trại)|ban\s+(?:hành|bố|đầu)|báo\s+(?:cáo|động|chí)|"
    r"cơ\s+sở\s+(?:vật chất|dữ liệu|pháp lý|hạ tầng|đó|kế hoạch)"
    r"|đội\s+ngũ|tổ\s+chức(?=\s+\w)|phòng\s*,\s*(?:chống|ngừa)|phòng\s+(?:chống|ngừa|cháy|học|bệnh|dịch)|"
    r"bộ\s+(?:tiêu chí|máy|luật|chỉ số|quy tắc|thủ tục|tài liệu|dữ liệu|câu hỏi|sách)"
    r"|viện\s+(?:trợ|phí)|đoàn\s+(?:kết|kiểm tra|công tác|thanh tra)|cục\s+bộ|vụ\s+(?:việc|mùa|đông|xuân)|"
    r"xã\s+hội|lãnh đạo\s*,\s*chỉ đạo|ngành\s+nghề|cấp\s+(?:phát|phép|bách|cứu)"
    r"|trưởng\s+thành|tổ\s+chức$|đại diện cho|khoa\s+học|hạt\s+(?:giống|nhân)|cán bộ,\s+"
    r"|khối\s+(?:lượng|đoàn kết|đại đoàn kết|lớp|\d)"
    r"|chính quyền\s+(?:số|điện tử|đô thị)"
    r"|bản\s+(?:cam kết|thân|sao|đồ|tin|vẽ|án|kiểm điểm)|quỹ\s+(?:đất|lương)"
)
# Too common to begin a name alone: they need "các" before them.
COMMON = re.compile(
    r"(?:cấp|xã|phường|thị trấn|thị xã|tỉnh|thành phố|huyện|quận|đặc khu|tổ chức|trưởng|địa phương"
    r"|ngành|thôn|bản|khu phố|ấp|hộ|gia đình|phụ huynh|tổ dân phố|công chức)\b"
)
# Common nouns that only continue a group already begun: "các sở, ban, ngành", "UBND xã, phường".
BARE = (
    "sở", "ban", "bộ", "ngành", "phòng", "đơn vị", "đoàn thể", "cơ quan", "tổ chức", "địa phương", "cá nhân",
    "doanh nghiệp", "hiệp hội", "hội", "huyện", "xã", "phường", "thị trấn", "thị xã", "thành phố", "tỉnh", "quận",
    "đặc khu", "trường", "nhà trường", "cấp", "các cấp", "các ngành", "các địa phương", "các đơn vị", "cơ sở",
    "trung tâm", "báo chí", "vụ", "cục", "khoa", "thôn", "bản", "tổ dân phố", "khu phố", "ấp",
    "trường học", "mầm non", "tiểu học", "trung học cơ sở", "trung học phổ thông", "cơ sở giáo dục",
    "đơn vị trường học", "cơ sở đào tạo", "đại học", "cao đẳng", "học viện", "tổ", "đội", "viện", "nhóm", "bệnh viện",
)  # fmt: skip
# A unit of its own though its head word is small: "…, phòng Văn hóa và Thông tin".
SMALL_HEAD = re.compile(
    r"(?:phòng|sở|ban|chi cục|trung tâm|trường|trạm|trưởng"
    r"|ngành(?! (?:tỉnh|thành phố|huyện|quận|xã|phường|trung ương)\b))\s+(?=\S)"
)
# In a cell or after a label, a kind of body in small letters that is none of the group before it.
OF_ITS_OWN = re.compile(
    r"(?:doanh nghiệp|cơ sở đào tạo|viện nghiên cứu|trường (?:đại học|cao đẳng|học)|cha mẹ học sinh)\b"
)
GROUP_BEFORE = re.compile(r"(?:các|những|mọi|hiệp hội|hội|cơ quan|đơn vị|tổ chức)\b(?! các)|ubnd các\b")
# Names that hold what elsewhere begins a phrase: "Cục Quản lý đê điều và Phòng, chống thiên tai".
INSIDE = re.compile(r"phòng\s*,?\s*chống(?=\s+[^\W\d])")
# ", tổ chức chốt chặn" begins the predicate; "cơ quan, tổ chức, cá nhân" are bodies.
ORGANISES = re.compile(
    r"tổ chức\s+(?!và\b|hoặc\b|có liên quan|liên quan|cá nhân|đoàn|hội|xã hội|chính trị|trên|thuộc|trực thuộc|khác"
    r"|cơ sở|đảng|công đoàn)"
    r"(?=[^\W\d])"
    r"|(?:đơn vị|cơ quan) (?:cùng )?(?:phối hợp|chủ trì) (?:là|gồm)\b"
)
QUANTIFIER = re.compile(
    r"(?:(?:tất cả|toàn bộ|toàn thể)\s+)?(?:các|những|từng|mỗi|toàn|(?:cả )?hai)\s+(?:đồng chí\s+|đ/c\s+)?(?=\S)|"
    r"(?:đồng chí|đ/c)\s+"
    r"|\d{1,3}\s+(?=(?:tổ dân phố|khu phố|thôn|bản|ấp|giáo xứ|xã|phường|trường|cơ sở|đơn vị|sở|phòng)\b)"
)
# What ends a name, in small letters: the predicate begins here. Verbs that names are made of do not end them.
_FUNCTION_WORDS = (
    r"có(?!\s+liên quan)|đầu mối|dưới sự|phải|dạy(?! (?:nghề|học|giỏi))|đồng (?:chủ trì|thời|hành)|"
    r"cần|được|(?<!thiết )bị|là|để|khi|trong|với|theo|về|tại|từ|cho|nếu|nhằm|gồm|bao gồm|như|"
    r"sau|do|hoặc|đã|đang|sẽ|cùng|bên cạnh|nhận|tăng(?! trưởng)|giảm(?! nghèo)|(?<!cơ sở )(?<!phòng )khám|tổng (?=\w+ )"
    r"|phát hiện|phát động|rút|thì|mà|nhất là|này|ra|tránh|đề ra|chấp hành|quản lý(?=,|\s+(?:chặt|và|tốt|các|việc"
    r"|học sinh|trẻ))|"
    r"chịu|xem xét|đưa|làm|(?<!trật )tự(?! (?:vệ|do|nhiên|trị|chủ)\b)|(?<!bầu )cử|mở|lập|(?<!công )(?<!chương )trình"
    r"|nộp|gửi|giao(?! (?:thông|dịch))|mời|mua|xin"
    r"|họp|duyệt|phun|chấm(?! thi)|tặng|trích|lấy|thu|chi(?! (?:nhánh|cục|bộ|hội|đoàn|ủy))"
    r"|(?<!thư )ký(?! túc)|sớm|ngay|không|xong"
    r"|(?<=trường )cấp(?! (?:[i1-3]|một|hai|ba|tiểu|trung|thcs|thpt|tỉnh|huyện|xã|phường|thành|cơ sở|trên|dưới"
    r"|học|ủy|có)\b)"
    r"|cũng|còn|mỗi|in(?= )|(?:xuất|nhập)(?! (?:khẩu|bản|xứ|nhập|học|cảnh))"
    r"|(?:vừa|mới)(?= (?:ban hành|có|ký|gửi))|lưu(?! (?:trú|trữ|vực|học|động))|(?<!thường )trực(?! thuộc)"
)
# They begin the predicate where a name of its own stands before them: "Bộ Tài chính nghiên cứu".
_NAME_VERBS = {
    "đào tạo", "quản lý", "phát triển", "nghiên cứu", "kiểm định", "tuyển sinh", "xúc tiến", "giảng dạy",
    "học tập", "bảo vệ", "hợp tác",
    "chuyển đổi", "cải cách", "phổ cập", "giải phóng", "phân luồng", "phục hồi", "tư vấn", "chăm sóc", "thi đua",
    "điều hành", "điều phối", "tìm kiếm", "truyền thông",
}  # fmt: skip
STOP_VERB = "|".join(re.escape(v) for v in VERBS if " " in v and v not in _NAME_VERBS)
STOP = re.compile(rf"(?:{_FUNCTION_WORDS}|{STOP_VERB})\b")
_ANY_NAME_VERB = "|".join(sorted(_NAME_VERBS))
NAME_VERB = re.compile(rf"(?:{_ANY_NAME_VERB})\b")
NAME_VERB_BEFORE = re.compile(rf"(?:\bvà|{_ANY_NAME_VERB})$")
# Tails in small letters that belong to a name.
TAIL = re.compile(
    r"(?:có liên quan|liên quan|trực thuộc|nêu trên|trên địa bàn(?:\s+(?:tỉnh|thành phố|huyện|quận|xã|"
    r"phường|thị xã)(?=[\s,.;:]|$))?"
    r"|(?:các\s+)?(?:\d+\s+)?(?:xã|phường|thị trấn|đặc khu|huyện|quận|thị xã|thành phố|tỉnh|địa phương|thôn|bản|ấp"
    r"|khu phố|tổ dân phố|khu vực)"
    r"|(?:(?<=chỉ đạo )|(?<=chỉ huy ))phòng\s*,?\s*chống (?:dịch(?: bệnh)?|thiên tai|tội phạm|ma túy|tham nhũng)"
    r"(?: của địa phương)?"
    r"|chính trị[ ,-]+tư tưởng|vệ sinh (?:an toàn )?thực phẩm|(?:kiểm soát )?bệnh tật"
    r"|giáo dục và đào tạo|khoa học và công nghệ|tài nguyên và môi trường|nông nghiệp và (?:môi trường|"
    r"phát triển nông thôn)"
    r"|văn hóa, thể thao và du lịch|văn hóa và (?:thông tin|thể thao)|lao động[ ,-]+thương binh và xã hội|"
    r"kế hoạch và đầu tư|thông tin và truyền thông"
    r"|bồi thường(?:,\s*hỗ trợ)?(?:\s*(?:,|và)\s*(?:tái định cư|giải phóng mặt bằng))*"
    r"|cấp (?:tỉnh|huyện|xã)|trung ương|quận|thuộc|chuyên môn(?:,? nghiệp vụ)?|chức năng|giáo dục|các lớp|các cấp"
    r"|nhân dân|"
    r"thành viên|chủ quản|công lập|tư thục"
    r"|trong (?:cụm|khối|ngành|toàn tỉnh|tỉnh|huyện)(?! [^\W\d]+ (?:có|phải))"
    r"|ở (?:các )?(?:vùng|địa bàn|khu vực)|vùng (?:sâu|xa|cao|biên giới)|(?:đặc biệt )?khó khăn"
    r"|tổ chức (?:ăn )?(?:bán trú|nội trú)"
    r"|(?<=bảo trợ xã hội )tổng hợp|(?<=dịch vụ )tổng hợp"
    r"|(?:(?<=trưởng )|(?<=viên )|(?<=toán )|(?<=quỹ )|(?<=thư )|(?<=tịch )|(?<=đốc ))"
    r"phụ trách(?=\s*(?:,|và\b|chuyên môn\b))"
    r"|(?<=viên )phụ trách (?:khu phố|địa bàn|thôn|xã|cụm)"
    r"|cùng cấp|nhà trường|quản lý nhà nước|tổng phụ trách(?: đội)?"
    r"|(?<=giáo dục )thường xuyên|[-–]\s*(?:xã hội|nghề nghiệp)|chủ nhiệm|y tế"
    r"|dự án(?:\s+đầu tư)?(?:\s+xây dựng)?(?:\s+(?:các\s+)?công trình)?(?:\s+(?:giao thông|dân dụng|khu vực))*"
    r"|các khu(?:\s+(?:công nghiệp|kinh tế|rừng(?: đặc dụng(?:,? (?:và )?phòng hộ)?)?))+)\b"
)
# Names with a comma of their own, where a list of names is split at commas.
INNER_COMMA = re.compile(
    r"(văn hóa|lao động|nông nghiệp|báo|phát thanh)\s*,\s*(thể thao|thương binh|truyền hình|khoa học)"
)
# "Các phòng: A, B": each name is a unit; a post before a colon ("Giám đốc các sở: A, B") keeps its list whole.
GROUP_COLON = re.compile(r"các\s+(?:phòng|sở|bộ|ban|cục|vụ|trung tâm|trường)(?:,?\s*ban)?\s*:\s*")
OFFICE_PAIR = re.compile(
    r"(?:văn phòng\b.{0,40}(?:hđnd|hội đồng nhân dân|đoàn đbqh|quốc hội)|bộ phận\s+[^,;:.()]{2,30}|\bbáo)$"
)
# Posts: they may stand in small letters inside a list and lead an office of their own.
POST = re.compile(
    r"(?:thủ trưởng|giám đốc|phó giám đốc|hiệu trưởng|phó hiệu trưởng|chủ tịch|phó chủ tịch|bộ trưởng|thứ trưởng"
    r"|phó trưởng|trưởng phòng|trưởng ban|tổ trưởng|đội trưởng|tổng phụ trách|lãnh đạo|người đứng đầu|đại diện"
    r"|bí thư|chánh văn phòng|cục trưởng|vụ trưởng|chuyên viên|trưởng|kế toán|văn thư|thủ quỹ)\b"
)
# A person stands for a post: "đồng chí Nguyễn Văn An".
COURTESY = re.compile(r"(?:các\s+)?ông\s*(?:,|/|và|\()\s*(?:các\s+)?bà\s*\)?\s*:?\s+")
# Those an article or a list names: "các ông (bà) có tên tại Điều 1".
LISTED = re.compile(
    r"(?:các\s+)?ông\s*(?:,|/|\()\s*bà\s*\)?\s+có tên (?:tại|ở|trong)\s+(?:điều \d+|danh sách)\b"
)
PERSON = re.compile(r"(?:các\s+)?(?:đồng chí|đ/c|ông|bà)\s+")
# Partners named in small letters inside a list: "với gia đình và chính quyền địa phương".
PARTNER = re.compile(
    r"(?:chính quyền|y tế địa phương|gia đình|phụ huynh|cha mẹ học sinh|công an|trạm y tế|ban đại diện"
    r"|hội phụ huynh|hội cha mẹ|đoàn thanh niên|nhà trường|nhà hảo tâm|phó trưởng|ban điều hành"
    r"|cơ quan (?:y tế|chức năng))\b"
)
# "Sở, Ban, Ngành": common nouns with a capital that only continue a group.
GROUP_WORD = re.compile(
    r"(?:sở|ban|ngành|phòng|bộ|vụ|cục|viện|trường|đoàn thể|đơn vị|cơ quan|huyện|thị xã|thành phố|xã|phường|thị trấn)"
    r"(?=\s*(?:,|;|$)|\s+(?:và|trong|"
    r"thành phố|tỉnh|huyện|quận|"
    r"xã|phường)\b)"
)
