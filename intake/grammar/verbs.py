"""How an order begins, and how what is no order begins (all folded)."""

import re

VERBS = (
    "lãnh đạo", "xây dựng", "triển khai", "tổ chức", "thực hiện", "tăng cường", "đẩy mạnh", "tiếp tục", "rà soát",
    "chỉ đạo", "hướng dẫn",
    "phối hợp", "chủ trì", "chủ động", "tham mưu", "báo cáo", "tổng hợp", "theo dõi", "đôn đốc",
    "kiểm tra", "thanh tra", "giám sát",
    "ban hành", "hoàn thành", "hoàn thiện", "nâng cao", "đổi mới", "phát triển", "bố trí", "bảo đảm",
    "đảm bảo", "duy trì", "củng cố",
    "quán triệt", "phổ biến", "tuyên truyền", "vận động", "phát động", "hưởng ứng", "tham gia", "cử",
    "lập", "thành lập", "kiện toàn",
    "rút kinh nghiệm", "khắc phục", "xử lý", "giải quyết", "ngăn chặn", "phòng", "chuẩn bị", "cung cấp",
    "cập nhật", "công khai",
    "công bố", "thông báo", "gửi", "trình", "nộp", "đăng ký", "đề xuất", "đề nghị", "yêu cầu", "giao",
    "phân công", "phân bổ", "lựa chọn",
    "đánh giá", "thẩm định", "phê duyệt", "duyệt", "xét", "nghiên cứu", "khảo sát", "điều tra", "thống kê",
    "số hóa", "chuyển đổi",
    "ứng dụng", "khai thác", "sử dụng", "quản lý", "vận hành", "đầu tư", "mua sắm", "sửa chữa", "cải tạo",
    "nâng cấp", "huy động",
    "ưu tiên", "tập trung", "quan tâm", "chú trọng", "khuyến khích", "tạo điều kiện", "hỗ trợ", "tư vấn",
    "tiếp nhận", "giới thiệu",
    "bồi dưỡng", "tập huấn", "đào tạo", "sơ kết", "tổng kết", "biểu dương", "khen thưởng", "tôn vinh",
    "nhân rộng", "mở rộng", "thúc đẩy",
    "cụ thể hóa", "thể chế hóa", "đơn giản hóa", "chuẩn hóa", "đa dạng hóa", "xã hội hóa", "hiện đại hóa",
    "hạn chế", "giảm", "tăng",
    "giữ vững", "giữ", "phấn đấu", "tiến hành", "nghiêm túc", "khẩn trương", "kịp thời", "thường xuyên",
    "định kỳ", "tích cực", "trực tiếp",
    "nghiêm cấm", "tuyệt đối", "không được", "không để", "không tự ý", "không tổ chức", "không",
    "chấm dứt", "siết chặt", "kiểm soát",
    "lồng ghép", "gắn", "gắn kết", "kết hợp", "xác định", "định hướng", "mời", "in ấn", "chịu trách nhiệm",
    "có trách nhiệm", "có giải pháp",
    "có biện pháp", "có kế hoạch", "có văn bản", "có phương án", "là đầu mối", "là cơ quan", "là đơn vị",
    "làm tốt", "làm việc", "làm", "phân cấp",
    "phát huy", "phát hiện", "quy hoạch", "xóa", "đưa", "mở", "tạo", "thu hút", "thu", "chi", "kêu gọi",
    "ký", "trang bị", "treo", "cấp", "căn cứ",
    "cân đối", "tính toán", "tháo gỡ", "tận dụng", "tiết kiệm", "thí điểm", "ổn định", "kiên trì",
    "kiên quyết", "quyết liệt", "nắm",
    "nhận diện", "dự báo", "cảnh báo", "sẵn sàng", "sơ tán", "di dời", "trực", "ứng phó", "ứng trực",
    "huấn luyện", "diễn tập", "cứu trợ",
    "gương mẫu", "tự", "chấn chỉnh", "rà", "lấy ý kiến", "góp ý", "tích hợp", "kết nối", "chia sẻ",
    "đồng bộ", "đồng thời", "liên thông",
    "giảng dạy", "dạy", "học tập", "họp", "thi", "tuyển", "tuyển sinh", "tuyển dụng", "bàn giao",
    "tựu trường", "khai giảng", "kiểm định",
    "xúc tiến", "hợp tác", "thử nghiệm", "bảo vệ", "bảo trì", "bảo dưỡng", "chăm sóc", "tổng", "sắp xếp",
    "điều chỉnh", "bổ sung", "sửa đổi",
    "thay thế", "bãi bỏ", "hủy bỏ", "quyết định", "quy định", "thống nhất", "lưu ý", "đặc biệt", "sớm",
    "nhanh chóng", "đẩy nhanh", "lan tỏa",
    "khơi thông", "khôi phục", "vệ sinh", "tiêu độc", "thu gom", "cắt giảm", "miễn", "chi trả",
    "giải ngân", "quyết toán", "nghiệm thu", "ký kết",
    "thúc", "quan tâm", "tuyển chọn", "bám sát", "nhắc nhở", "động viên", "thăm hỏi", "quản trị",
    "tái cơ cấu", "đấu tranh", "phản ánh", "giải trình", "đối chiếu", "trao đổi", "phân loại", "niêm yết",
    "lưu", "kết luận", "cho ý kiến", "cho phép", "có ý kiến", "đăng tải", "tạm dừng", "dừng", "xử phạt", "kiểm đếm",
    "kiểm điểm",
    "tuần tra", "thẩm tra", "xác minh", "xác nhận", "rút ngắn", "điều động", "điều hành", "điều phối", "chấp hành",
    "lắp đặt", "soạn thảo", "dự thảo", "biên soạn", "hoàn chỉnh", "thu thập", "bảo quản", "phòng ngừa", "ngăn ngừa",
    "thanh toán", "cam kết", "công nhận", "tìm kiếm", "tiêm", "khám", "cắt tỉa", "gieo cấy", "cắm", "phụ trách",
    "đối soát", "liên hệ", "truy cập", "kê khai", "ghi nhận", "đối thoại", "thu hồi", "cưỡng chế", "giải phóng",
    "thi công", "khởi công", "xem xét", "tuyên dương", "trao tặng", "vinh danh", "cải cách", "cải thiện", "phục hồi",
    "phổ cập", "sàng lọc", "phân luồng", "phát hành", "in sao", "bảo mật", "kích hoạt", "chăm lo", "trồng",
    "đề cao", "làm rõ", "tiếp đón", "đón", "phát thanh", "trưng bày", "giải trình", "khảo thí", "đình chỉ",
    "tín chấp", "bình xét", "phúc tra", "báo ngay", "cùng", "luân phiên", "xuất cấp", "sinh hoạt", "cấp phát",
    "dọn dẹp", "dự giờ", "ra đề", "coi thi", "soạn", "hoàn trả", "hoàn tất", "chốt", "kiểm kê", "tiếp thu",
    "trả lời", "giải đáp", "phản hồi", "gặp mặt", "tặng", "trao", "điều tiết", "canh gác", "truy quét",
    "khoanh vùng", "dập", "phun", "khử khuẩn", "tiêu hủy", "quan trắc", "lấy mẫu", "đo đạc", "nạo vét", "gia cố",
    "tu bổ", "tu sửa", "chỉnh trang", "phát quang", "phát dọn", "dự trữ", "vận chuyển", "phân phối", "bình ổn",
    "chứng thực", "hạch toán", "mua", "thuê", "đặt hàng", "đưa tin", "trình chiếu", "xây", "bổ nhiệm",
    "luân chuyển", "điều chuyển", "biệt phái", "tinh giản", "thiết lập", "chấm", "biên tập", "phân tích", "nhập",
    "cài đặt", "khai báo", "viết", "đăng", "phát", "di chuyển", "trợ giúp", "bảo trợ", "tẩy",
    "đồng chủ trì", "đồng hành", "kết nghĩa", "nhận xét", "đo", "truyền thông", "chúc",
    "tiếp công dân", "kết thúc", "xuất", "in", "nhận hồ sơ", "nhận đơn", "giới hạn", "tôn tạo",
)  # fmt: skip
ALL = "|".join(sorted(map(re.escape, VERBS), key=len, reverse=True))
MODAL = r"cần|phải|có trách nhiệm|chịu trách nhiệm"
ORDER_VERB = re.compile(rf"(?:{ALL})\b")
PREDICATE = re.compile(
    r"\s*(?:\([^()]{2,80}\)\s*)?,?\s*(?:(?:cũng|còn)\s+)?"
    rf"(?:(?:cần|phải|có trách nhiệm|có nhiệm vụ|theo (?:chức năng|lĩnh vực|thẩm quyền|phạm vi"
    rf"|nhiệm vụ|địa bàn|phân công)|trong phạm vi"
    rf"|với vai trò|căn cứ|trên cơ sở|chịu trách nhiệm|sẽ|được giao|thì|cho|đầu mối|dưới sự|với sự)\b"
    rf"|(?:{ALL})\b)"
)
# Words before the subject or the verb: "Trên cơ sở Kế hoạch này, …", "Từ nay đến hết năm 2022, …".
_BASIS = (
    r"(?:thực hiện|triển khai|tiếp theo)\s+(?:các\s+)?(?:công văn|kế hoạch|quyết định|chỉ thị|nghị quyết"
    r"|công điện|thông tư|văn bản|chương trình|ý kiến|kết luận|thông báo)\b"
)
ADJUNCT = re.compile(
    _BASIS + "|"
    r"(?:căn cứ|trên cơ sở|theo|để|nhằm|về|tại|qua đó|ngày(?= \d)|cùng với (?:việc|công tác|đó)|cụ thể|nhấn mạnh|"
    r"trong đó|ngoài ra|"
    r"đồng thời|nhận được|nhân dịp|trong quá trình|trong thời gian|trường hợp|nếu|khi|sau khi|"
    r"(?:sau|hết) (?:mỗi|từng)|trước khi|trước|từ|đến|hằng|hàng|định kỳ|vào|trong|ngoài|đối với|với|riêng|"
    r"bên cạnh|ngay sau|chậm nhất|năm|quý|tháng|mỗi|cuối|đầu|cứ"
    r"|(?:\d{1,2}|một|hai|ba|sáu) (?:ngày|tuần|tháng)(?:\s*/\s*| )(?:một |0?1 )?lần"
    r"|từng (?:ngày|tuần|tháng|quý|năm|học kỳ)"
    r"|(?:(?:buổi )?(?:sáng|chiều) )?(?:thứ (?:hai|ba|tư|năm|sáu|bảy)|chủ nhật))\b"
)
# An order that begins with the words before its verb: "Theo chức năng, nhiệm vụ, phối hợp với …".
LATE_VERB = re.compile(
    rf"{ADJUNCT.pattern}[^.;:]{{0,160}},\s*(?:{ALL})\b"
    rf"|(?:đối với|riêng) [^.;:]{{3,120}}:\s*(?:{ALL})\b"
    rf"|(?:(?:mỗi|hằng|cuối|đầu) (?:mỗi |từng )?(?:tuần|tháng|quý|học kỳ|năm học|năm)|định kỳ),?\s+(?:{ALL})\b"
)
# Verbs by which a superior gives an order to the unit named next: its force.
GIVING = re.compile(
    r"(?:^|(?<=[\s,;.:]))(?P<verb>yêu cầu|đề nghị"
    r"|giao nhiệm vụ(?= cho\b)|giao(?! (?:thông|dịch|lưu|nhận)\b)|phân công|giao cho|kêu gọi|ủy quyền)"
    r"(?:\s+cho)?\s*:?\s*(?=\S)"
)
GUIDING = re.compile(
    r"(?<=\s)(?:hướng dẫn|chỉ đạo|lưu ý|triển khai (?:đến|tới)|thông báo (?:đến|tới|cho))\s+(?=\S)"
)
# "… Sở Y tế đề nghị:", "… yêu cầu thực hiện một số nội dung sau:" says to nobody but whom the letter is sent to.
ASKS_READER = re.compile(
    r"(?<=\s)(?:đề nghị|yêu cầu)(?:\s+(?:(?:triển khai|tập trung|tổ chức)\s+)?(?:thực hiện|triển khai)(?:\s+tốt)?)?"
    r"(?:\s+(?:một số|các)\s+(?:nội dung|nhiệm vụ|công việc|biện pháp|giải pháp)(?:\s+(?:cụ thể|trọng tâm))?)?"
    r"(?:\s+(?:như\s+)?sau(?:\s+đây)?)?\s*:\s*$"
)
SENT_TO = re.compile(r"kính gửi\s*:?\s*")
REQUEST = re.compile(r"đề nghị|kêu gọi|khuyến khích|mời")
EACH = re.compile(r"(?:mỗi|từng)\b")  # "…; mỗi trường ít nhất 02 buổi": the units named before, one by one
# "Thống nhất đề nghị của Phòng A. Phòng B hoàn thiện …": what is agreed names nobody who acts.
AGREES = re.compile(r"(?:cơ bản )?(?:thống nhất|đồng ý|nhất trí)\b")
FORBIDDING = re.compile(r"(?:nghiêm cấm|tuyệt đối không|không được|không để|không tự ý|cấm|không tổ chức)\b")

# "- Công văn số 12/SGDĐT ngày … về việc …": a paper in a list of papers.
PAPER = re.compile(
    r"(?:công văn|kế hoạch|quyết định|chỉ thị|thông tư|nghị định|nghị quyết|công điện|văn bản|hướng dẫn)"
    r"\s+số\s*:?\s*\d[^;]{0,90}\b(?:về|v/v|quy định|ban hành)\b"
)
NOT_ORDER = re.compile(
    r"(?:đối tượng|thành phần|địa điểm|hình thức|phạm vi|thời gian)(?: [^:.;]{0,40})?:|"
    r"(?:nguồn\s+)?kinh phí\s+(?:[^.,;:]{0,60}\bđược bố trí\b|thực hiện|tổ chức|bảo đảm|đảm bảo|triển khai|"
    r"từ|do ngân sách|được|phục vụ|chi|để|tập huấn)"
    r"|trên đây là|(?:quyết định|kế hoạch|chỉ thị|công điện|thông báo|văn bản|quy định)(?: này)? (?:có hiệu lực|"
    r"thay thế|được)|các (?:quy định|nội dung) (?:trước đây|khác)"
    r"|(?:ngày|thời gian) nghỉ|chi tiết (?:xin )?liên hệ|[^;]{0,200}\bgửi lời (?:thăm hỏi|chia buồn|cảm ơn|chúc)"
    r"|[^,;]{0,60}\bthông báo\b[^;]{0,60}\b(?:để|đến|tới)\b.{0,120}\bbiết\b|"
    r"mọi (?:thông tin|chi tiết|vướng mắc)|thông tin liên hệ|xin trân trọng|trân trọng|nơi nhận"
    r"|giao (?:các )?(?:nhiệm vụ|chỉ tiêu|kế hoạch|dự toán)\b[^.;]{0,200}\btheo (?:các )?(?:phụ lục|biểu|danh mục)"
    r"|(?:trong )?(?:những )?(?:thời gian|năm|tháng|quý) (?:vừa )?qua\b|tính đến (?:ngày|nay|hết)\b|đến nay\b"
    r"|(?:ghi nhận|đánh giá cao|hoan nghênh)(?:\s*,|\s+(?:và|kết quả|nỗ lực|sự|những|tinh thần)\b)"
    r"|(?:ông|bà|đồng chí|đ/c)[:\s][^:;.]{4,120}[:,–-]\s*(?:làm )?(?:trưởng|phó|thành viên|ủy viên|tổ trưởng|thư ký)\b"
    r"[^:;.]{0,60}[.;]?$"
    r"|tổng (?:kinh phí|dự toán|mức)\b"
    r"|\(?(?:có |gửi )?(?:kèm theo|đính kèm)|điện thoại|ban hành kèm theo|đầu mối liên hệ|ghi chú|lưu: "
)
# "1. Thời gian: …  2. Địa điểm: …  3. Thành phần: …": how something is held.
HELD = re.compile(r"(?:thời gian|địa điểm|thành phần|đối tượng|hình thức)(?: [^:.;]{0,30})?:")
# An article of a decision that does what it says: "Điều 1. Phê duyệt dự toán …".
PERFORMS = re.compile(
    r"(?:phê duyệt|ban hành|thành lập|kiện toàn|bổ nhiệm|công nhận|bãi bỏ|hủy bỏ|cho phép|tặng|sửa đổi|điều chỉnh)\b"
)
PUNISHED = re.compile(r"(?:sẽ|thì) bị (?:xử lý|xem xét|truy cứu|kỷ luật)|bị xử lý hành chính")
# A report of what was done or what is so, not of what is to do.
PAST = re.compile(
    r"\b(?:đã(?! được (?:phê duyệt|duyệt|giao|phân bổ|bố trí|ban hành|đề ra|xác định|công nhận|cấp)\b)"
    r"|đạt được|vừa qua|được đánh giá|được ghi nhận|còn (?:một số )?(?:tồn tại|hạn chế)|chưa|"
    r"gặp (?:nhiều )?khó khăn)\b"
)
FORWARD = re.compile(
    r"(?:từ nay (?:đến|tới)|(?:trong )?thời gian tới|trong (?:quý|tháng|năm) tới|những tháng (?:cuối|còn lại))"
)
# "…, trong đó tập trung vào các nội dung:" — what announces the items below, after a full order.
ANNOUNCES = re.compile(r"(?:[,;.]\s*(?:trong đó|cụ thể|gồm|bao gồm)|\strong đó)\b[^.;]{0,80}:$")
# A heading's units "có trách nhiệm phối hợp với" others.
JOINS = re.compile(
    r"\s*,?\s*(?:(?:có trách nhiệm|chịu trách nhiệm(?: chính)?|chủ động|chủ trì|(?:làm|là) đầu mối)\s*,?\s*(?:và\s+)?)*"
    r"phối hợp\b"
)
# Closing words.
OBSTACLES = re.compile(
    r"(?:trong quá trình|quá trình|nếu (?:có|phát sinh)|trường hợp).{0,80}(?:khó khăn|vướng mắc|phát sinh)"
)
EXECUTES = re.compile(
    r"chịu trách nhiệm (?:thi hành|thực hiện) (?:quyết định|kế hoạch|chỉ thị|nghị quyết|quy định) này"
)
_EXHORT = (
    r"(?:nghiêm túc|khẩn trương|tổ chức|triển khai|thực hiện|phối hợp|quán triệt|hiệu quả|tốt|đầy đủ|"
    r"đồng bộ|quan tâm|chỉ đạo|kịp thời|nghiêm|đúng|các"
    r"|nội dung|nêu|trên|này|kế hoạch|công văn|công điện|chỉ thị|quyết định|thông báo|văn bản|kết luận|"
    r"tiến độ|theo|và|yêu cầu|việc|để|được|giao|nhiệm vụ|những|của|tại|có|cùng|chủ động|quy định|hướng dẫn"
    r"|gắn với|cơ quan|đơn vị|địa phương|ngành|mình|phụ trách|phạm vi|chức năng|quản lý|trách nhiệm|lĩnh vực|phân công)"
)
EXHORTS = re.compile(rf"(?:\s*,?\s*{_EXHORT})+\s*[./;]*\s*$")
EVENT = re.compile(
    r"(?:trường hợp|khi (?:xảy ra|có|phát hiện|phát sinh|ghi nhận|xuất hiện|nhận được (?:tin|phản ánh))"
    r"|nếu (?:có|phát sinh|xảy ra|gặp)|trong trường hợp|đột xuất|khi cần)\b"
)
