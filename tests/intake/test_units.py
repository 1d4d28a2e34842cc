"""Where the names of units begin and end. A new shape is taught in `intake/grammar/units.py` with a line here."""

import pytest

from intake.text import Source
from intake.units import Units
from intake.who import Who

RUNNING = [
    ("Phòng Giáo dục và Đào tạo chủ động xây dựng", ["Phòng Giáo dục và Đào tạo"]),
    (
        "các phòng, ban, đơn vị thuộc quận và UBND 14 phường tổ chức",
        ["các phòng, ban, đơn vị thuộc quận", "UBND 14 phường"],
    ),
    (
        "Sở Văn hóa, Thể thao và Du lịch, Công an tỉnh và Sở Y tế khẩn trương",
        ["Sở Văn hóa, Thể thao và Du lịch", "Công an tỉnh", "Sở Y tế"],
    ),
    ("Trung tâm y tế huyện phối hợp triển khai", ["Trung tâm y tế huyện"]),
    ("Đơn vị được kiểm tra phải chuẩn bị hồ sơ", ["Đơn vị được kiểm tra"]),
    ("Cán bộ tiếp nhận phải hướng dẫn một lần", ["Cán bộ tiếp nhận"]),
    ("các trường cấp thẻ thư viện cho học sinh", ["các trường"]),
    ("các trường cấp hai rà soát", ["các trường cấp hai"]),
    ("các đồng chí ủy viên phụ trách thôn nghiêm túc dự họp", ["các đồng chí ủy viên phụ trách thôn"]),
    (
        "Hội đồng bồi thường, giải phóng mặt bằng và UBND phường công khai",
        ["Hội đồng bồi thường, giải phóng mặt bằng", "UBND phường"],
    ),
    ("Khối Dân vận kiên trì vận động", ["Khối Dân vận"]),
    ("Trưởng ban các thôn có dự án đi qua phải vận động", ["Trưởng ban các thôn có dự án đi qua"]),
    ("Trưởng 17 ấp nắm tình hình", ["Trưởng 17 ấp"]),
    ("5 giáo xứ tuyên truyền", ["5 giáo xứ"]),
    (
        "Văn phòng, các ông (bà) có tên tại Điều 1 chịu trách nhiệm",
        ["Văn phòng", "các ông (bà) có tên tại Điều 1"],
    ),
    ("Chính quyền số: số hóa hồ sơ", []),
    ("Ban Chỉ đạo có nhiệm vụ đôn đốc", ["Ban Chỉ đạo"]),
    ("Nhà cung cấp hoàn thiện phần mềm", ["Nhà cung cấp"]),
    ("Phòng Quản lý xuất nhập cảnh hướng dẫn các trường", ["Phòng Quản lý xuất nhập cảnh"]),
    (
        "Các Phòng: Tài chính - Kế hoạch, Nội vụ huyện có trách nhiệm",
        ["Tài chính - Kế hoạch", "Nội vụ huyện"],
    ),
    (
        "Các Bộ: Công an, Văn hóa, Thể thao và Du lịch, Y tế theo chức năng",
        ["Công an", "Văn hóa, Thể thao và Du lịch", "Y tế"],
    ),
    (
        "Giám đốc các sở: Tài chính, Nội vụ; Chủ tịch Ủy ban nhân dân huyện chịu trách nhiệm",
        ["Giám đốc các sở: Tài chính, Nội vụ", "Chủ tịch Ủy ban nhân dân huyện"],
    ),
    ("Chủ tịch Ủy ban nhân dân các xã, thị trấn tập trung", ["Chủ tịch Ủy ban nhân dân các xã, thị trấn"]),
    ("Văn phòng HĐND và UBND tỉnh chủ trì", ["Văn phòng HĐND và UBND tỉnh"]),
    (
        "Ủy ban nhân dân xã, phường hoặc Sở Giáo dục và Đào tạo phê duyệt",
        ["Ủy ban nhân dân xã, phường hoặc Sở Giáo dục và Đào tạo"],
    ),
    ("các sở giáo dục và đào tạo báo cáo", ["các sở giáo dục và đào tạo"]),
    ("Bộ Công an hoàn thiện cơ sở dữ liệu", ["Bộ Công an"]),
    ("Thủ trưởng các đơn vị nghiêm túc quán triệt", ["Thủ trưởng các đơn vị"]),
    (
        "Cục Quản lý đê điều và Phòng, chống thiên tai kiểm tra",
        ["Cục Quản lý đê điều và Phòng, chống thiên tai"],
    ),
    ("Đài Tiếng nói Việt Nam tăng thời lượng phát sóng", ["Đài Tiếng nói Việt Nam"]),
    ("Bộ Tài chính nghiên cứu, bố trí kinh phí", ["Bộ Tài chính"]),
    ("các cơ quan liên quan nghiên cứu, sửa đổi", ["các cơ quan liên quan"]),
    (
        "Sở Y tế, sở Nội vụ và các sở, ngành liên quan lập",
        ["Sở Y tế", "sở Nội vụ", "các sở, ngành liên quan"],
    ),
    ("Phòng Quản lý đào tạo lập danh sách", ["Phòng Quản lý đào tạo"]),
    (
        "Trạm Thú y khu vực, Trung tâm Y tế các khu vực rà soát",
        ["Trạm Thú y khu vực", "Trung tâm Y tế các khu vực"],
    ),
    ("Nhân viên thiết bị rà soát", ["Nhân viên thiết bị"]),
    ("Ban Giám hiệu, các tổ trưởng chuyên môn duyệt", ["Ban Giám hiệu", "các tổ trưởng chuyên môn"]),
    ("Nhân viên thư viện, kế toán lập", ["Nhân viên thư viện", "kế toán"]),
    ("Ban đại diện cha mẹ học sinh họp", ["Ban đại diện cha mẹ học sinh"]),
    ("Báo và Phát thanh, Truyền hình tỉnh tuyên truyền", ["Báo và Phát thanh, Truyền hình tỉnh"]),
    ("Báo và Đài Phát thanh, Truyền hình thành phố mở", ["Báo và Đài Phát thanh, Truyền hình thành phố"]),
    ("Thuế cơ sở 5, Kho bạc Nhà nước Khu vực II rà soát", ["Thuế cơ sở 5", "Kho bạc Nhà nước Khu vực II"]),
    ("Giáo viên Tổng phụ trách Đội phối hợp", ["Giáo viên Tổng phụ trách Đội"]),
    ("Đội Kiểm tra trật tự đô thị tuần tra", ["Đội Kiểm tra trật tự đô thị"]),
    ("các phòng chức năng của Sở tham mưu", ["các phòng chức năng của Sở"]),
    ("Phòng Văn hóa – Xã hội chủ trì", ["Phòng Văn hóa – Xã hội"]),
    ("Các tổ chức chính trị - xã hội vận động", ["Các tổ chức chính trị - xã hội"]),
    ("Phòng Cảnh sát giao thông tuần tra", ["Phòng Cảnh sát giao thông"]),
    (
        "Ban Quản lý dự án đầu tư xây dựng các công trình giao thông tỉnh khẩn trương",
        ["Ban Quản lý dự án đầu tư xây dựng các công trình giao thông tỉnh"],
    ),
    ("Văn phòng Hội đồng bầu cử quốc gia hướng dẫn", ["Văn phòng Hội đồng bầu cử quốc gia"]),
    ("Ban Chỉ đạo Phòng thủ dân sự quốc gia tổ chức", ["Ban Chỉ đạo Phòng thủ dân sự quốc gia"]),
    (
        "Các ông, bà Chánh Văn phòng Bộ, Cục trưởng Cục Quản lý Dược chịu trách nhiệm",
        ["Chánh Văn phòng Bộ", "Cục trưởng Cục Quản lý Dược"],
    ),
    ("Trường Mầm non A, 12 thôn và các hộ ký cam kết", ["Trường Mầm non A", "12 thôn", "các hộ"]),
    ("các đơn vị được giao chủ đầu tư giải trình", ["các đơn vị được giao chủ đầu tư"]),
    ("Trung tâm Dịch vụ tổng hợp duy trì hoạt động", ["Trung tâm Dịch vụ tổng hợp"]),
    ("Kế toán phụ trách và Phòng Nội vụ kiểm kê", ["Kế toán phụ trách", "Phòng Nội vụ"]),
    ("các Vụ, Cục, đơn vị liên quan hướng dẫn", ["các Vụ, Cục, đơn vị liên quan"]),
    ("Trưởng các thôn, bản vận động", ["Trưởng các thôn, bản"]),
    (
        "UB MTTQ Việt Nam xã, các tổ chức chính trị - xã hội xã vận động",
        ["UB MTTQ Việt Nam xã", "các tổ chức chính trị - xã hội xã"],
    ),
    ("Các bản cam kết được lưu", []),
    ("Kế toán nhà trường công khai", ["Kế toán nhà trường"]),
    ("Khoa học và công nghệ phát triển", []),
    ("Trường hợp chất lượng không khí xấu", []),
    ("Tổ chức hội thi giáo viên giỏi", []),
    ("Hội nghị bồi dưỡng chính trị", []),
    ("Cơ sở vật chất, thiết bị dạy học", []),
    ("Cấp sổ tay học sinh", []),
    ("Trưởng Công an quận, Trưởng Trạm Y tế báo cáo", ["Trưởng Công an quận", "Trưởng Trạm Y tế"]),
    ("Tổ, nhóm chuyên môn xây dựng kế hoạch", ["Tổ, nhóm chuyên môn"]),
    ("Các trường tổ chức bán trú ký hợp đồng", ["Các trường tổ chức bán trú"]),
    ("các trường ở vùng đặc biệt khó khăn tăng cường", ["các trường ở vùng đặc biệt khó khăn"]),
    ("Đồng chí Lê Văn Hòa, chuyên viên Phòng, hướng dẫn", ["Đồng chí Lê Văn Hòa, chuyên viên Phòng"]),
    ("UBND các phường: Chỉ đạo lực lượng dân phòng trực", ["UBND các phường"]),
    ("Thư ký Hội đồng ký xác nhận", []),
    ("Trung tâm Viễn thông huyện xóa vùng lõm sóng", ["Trung tâm Viễn thông huyện"]),
    (
        "Công ty Khai thác công trình thủy lợi tổ chức trực ban",
        ["Công ty Khai thác công trình thủy lợi"],
    ),
    ("Sở Văn hóa và thể thao kiểm tra", ["Sở Văn hóa và thể thao"]),
    ("Phòng Chính trị, tư tưởng phối hợp", ["Phòng Chính trị, tư tưởng"]),
    ("Ban Chỉ đạo phòng, chống dịch của địa phương họp", ["Ban Chỉ đạo phòng, chống dịch của địa phương"]),
    (
        "Sở, ban, ngành, Ủy ban nhân dân quận-huyện, phường thực hiện",
        ["Sở, ban, ngành", "Ủy ban nhân dân quận-huyện, phường"],
    ),
    ("Sở Y tế vừa ban hành văn bản", ["Sở Y tế"]),
    ("Chủ tịch UBND các xã - thị trấn vận động", ["Chủ tịch UBND các xã - thị trấn"]),
    ("Ủy ban kiểm tra Huyện ủy theo dõi", ["Ủy ban kiểm tra Huyện ủy"]),
    ("các Đảng bộ trực thuộc Huyện ủy mời", ["các Đảng bộ trực thuộc Huyện ủy"]),
    ("Đội Thuế, Trạm Y tế mỗi đơn vị cử một người", ["Đội Thuế", "Trạm Y tế"]),
    (
        "Các cơ quan Đảng, đoàn thể, đơn vị sự nghiệp, bệnh viện, đơn vị lực lượng vũ trang thực hiện",
        ["Các cơ quan Đảng, đoàn thể, đơn vị sự nghiệp, bệnh viện, đơn vị lực lượng vũ trang"],
    ),
    (
        "UBND các Huyện, Thị xã, Thành phố trong tỉnh triển khai",
        ["UBND các Huyện, Thị xã, Thành phố trong tỉnh"],
    ),
]

CELLS = [
    ("Ban Giám hiệu, GVCN các lớp", ["Ban Giám hiệu", "GVCN các lớp"]),
    ("Các sở, ban, ngành tỉnh; UBND các xã, phường", ["Các sở, ban, ngành tỉnh", "UBND các xã, phường"]),
    ("Chuyên môn MN, TH, THCS", ["Chuyên môn MN, TH, THCS"]),
    ("Thi đua, tổng hợp", ["Thi đua, tổng hợp"]),
    ("Bộ phận Văn thư, Kế toán", ["Bộ phận Văn thư, Kế toán"]),
    ("Nhân viên y tế, Tổng phụ trách Đội", ["Nhân viên y tế", "Tổng phụ trách Đội"]),
    (
        "Các Bộ: Công an, Y tế và các đơn vị liên quan",
        ["Công an", "Y tế", "các đơn vị liên quan"],
    ),
    (
        "Các trường Mầm non, Tiểu học, THCS, Trung tâm GDNN-GDTX quận",
        ["Các trường Mầm non, Tiểu học, THCS", "Trung tâm GDNN-GDTX quận"],
    ),
    ("Sở Xây dựng (hồ sơ, bản vẽ), Sở Tài chính (bố trí vốn)", ["Sở Xây dựng", "Sở Tài chính"]),
    ("Sở Y tế, doanh nghiệp", ["Sở Y tế", "doanh nghiệp"]),
]

SUBJECTS = [
    ("Yêu cầu các trường khẩn trương rà soát.", ["các trường"], "binding"),
    ("Nhận được Công văn này, yêu cầu Phòng Nội vụ lập danh sách.", ["Phòng Nội vụ"], "binding"),
    ("Phòng Kinh tế (cơ quan thường trực) tổng hợp.", ["Phòng Kinh tế"], "binding"),
    ("Thanh tra tỉnh trong phạm vi nhiệm vụ, quyền hạn giám sát.", ["Thanh tra tỉnh"], "binding"),
    ("Phòng Nội vụ còn có trách nhiệm kiểm tra hằng quý.", ["Phòng Nội vụ"], "binding"),
    ("Sửa chữa nhà vệ sinh. Ủy ban nhân dân xã chủ trì thực hiện.", ["Ủy ban nhân dân xã"], "binding"),
    ("Đề nghị Ủy ban Mặt trận Tổ quốc tỉnh giám sát.", ["Ủy ban Mặt trận Tổ quốc tỉnh"], "request"),
    ("Sở Y tế yêu cầu các bệnh viện tổ chức cấp cứu.", ["các bệnh viện"], "binding"),
    (
        "Căn cứ hướng dẫn của cấp trên, các cơ sở giáo dục xây dựng kế hoạch.",
        ["các cơ sở giáo dục"],
        "binding",
    ),
    ("Bộ phận thi đua, tổng hợp: theo dõi việc thực hiện.", ["Bộ phận thi đua, tổng hợp"], "binding"),
    ("Kế hoạch phải được nhà trường công khai.", ["nhà trường"], "binding"),
    ("Chỉ đạo các trường Mầm non tổ chức nuôi dưỡng trẻ.", None, None),
    ("Tăng cường kiểm tra các bếp ăn.", None, None),
    ("Khi phát hiện ca bệnh, nhà trường báo ngay cho trạm y tế", ["nhà trường"], "binding"),
    ("Trường A được chọn làm điểm; giao Phòng B hướng dẫn kịch bản.", ["Phòng B"], "binding"),
    ("Phát thanh hằng tuần: UBND các phường thực hiện.", ["UBND các phường"], "binding"),
    ("Chế độ thông tin, báo cáo: Hiệu trưởng các trường gửi số liệu.", ["Hiệu trưởng các trường"], "binding"),
    ("Đồng ý đề xuất của Sở Y tế. Sở Tài chính bố trí vốn mua thuốc.", ["Sở Tài chính"], "binding"),
    ("Hai cơ quan luân phiên chủ trì giao ban.", ["Hai cơ quan"], "binding"),
    ("Các chủ rừng trực gác tại chòi canh.", ["Các chủ rừng"], "binding"),
    ("Phòng Nội vụ cùng Hội Nông dân huyện rà soát hộ nghèo.", ["Phòng Nội vụ"], "binding"),
    ("Thẩm định bếp ăn; giao Chi cục Thủy sản cùng tham gia kiểm tra.", None, None),
    ("Trước ngày 15/01, cùng với Phòng Nội vụ, Điện lực huyện kiểm tra.", None, None),
    ("Khi mất điện, cơ sở giáo dục phải báo ngay.", ["cơ sở giáo dục"], "binding"),
    ("Khi có cháy, huy động lực lượng; cháy lớn thì đề nghị huyện chi viện.", None, None),
    ("Trung tâm A, với sự hỗ trợ của Bưu điện tỉnh, tiếp nhận hồ sơ.", ["Trung tâm A"], "binding"),
    ("Các trường nội trú dưới sự hướng dẫn của Phòng A lập đề án.", ["Các trường nội trú"], "binding"),
    ("Các đơn vị: Phòng A (chủ trì), Phòng B (phối hợp) lập phương án.", ["Phòng A"], "binding"),
    ("Phòng A và Phòng B đồng chủ trì, có sự phối hợp của Sở C.", ["Phòng A", "Phòng B"], "binding"),
    ("Đơn vị chủ trì là Phòng A, đơn vị phối hợp là các trường: lập quy hoạch.", ["Phòng A"], "binding"),
    ("Các trường báo cáo số liệu: báo cáo tháng trước ngày 20.", ["Các trường"], "binding"),
    ("Khi phát hiện bạo lực, giáo viên báo ngay Hiệu trưởng.", ["giáo viên"], "binding"),
    ("Từng quý, Ban giám hiệu công khai tài chính.", ["Ban giám hiệu"], "binding"),
    ("Sáng thứ Hai hằng tuần, Tổng phụ trách Đội nhận xét thi đua.", ["Tổng phụ trách Đội"], "binding"),
    ("Mỗi năm bồi dưỡng 150 giáo viên, cộng tác viên tham gia xóa mù chữ.", None, None),
    ("Phòng A (đầu mối), Công an xã (phối hợp): rà soát cơ sở giữ trẻ.", ["Phòng A"], "binding"),
    ("Duy trì mô hình cổng trường; Công an xã chủ trì, với sự hỗ trợ của Hội B.", ["Công an xã"], "binding"),
    ("Bảo đảm an toàn cho trẻ; Hiệu trưởng chịu trách nhiệm về bếp ăn.", None, None),
    ("Chủ tịch UBND xã tiếp công dân vào thứ Năm.", ["Chủ tịch UBND xã"], "binding"),
    ("Trưởng thôn thông báo lịch tiêm chủng.", ["Trưởng thôn"], "binding"),
    ("Hết mỗi tháng, thủ quỹ đối chiếu tồn quỹ.", ["thủ quỹ"], "binding"),
    (
        "Phó Hiệu trưởng phụ trách chuyên môn lập thời khóa biểu.",
        ["Phó Hiệu trưởng phụ trách chuyên môn"],
        "binding",
    ),
    ("Hai tuần một lần, các trường báo cáo tiến độ.", ["các trường"], "binding"),
    ("Khi có bão, các trường ven biển cho học sinh nghỉ học.", ["các trường ven biển"], "binding"),
    ("Đối với phòng máy, tổ chuyên môn tổ chức kiểm kê.", ["tổ chuyên môn"], "binding"),
    ("Điểm thi thử để tham khảo; giáo viên có trách nhiệm đối chiếu.", ["giáo viên"], "binding"),
    ("Từ tháng 4/2026, hằng tuần các thôn gửi số liệu.", ["các thôn"], "binding"),
    (
        "Cụ thể, về xây dựng 10 trường nội trú, Phó Thủ tướng yêu cầu Bộ Xây dựng thẩm tra.",
        ["Bộ Xây dựng"],
        "binding",
    ),
    (
        "Về việc ban hành nghị quyết điều chỉnh lộ trình, mức thu và nội dung khác: Bộ Tài chính chủ trì hoàn thiện.",
        ["Bộ Tài chính"],
        "binding",
    ),
    ("Theo đó, phòng y tế các huyện chủ trì kiểm tra bếp ăn.", ["phòng y tế các huyện"], "binding"),
    ("(Báo tỉnh) Theo kế hoạch, UBND huyện đề nghị các xã tổng vệ sinh.", ["các xã"], "request"),
    ("Ngày 23-4, UBND tỉnh có công văn yêu cầu các sở rà soát.", ["các sở"], "binding"),
    ("Cùng với công tác phòng dịch, UBND tỉnh yêu cầu các huyện kiểm kê.", ["các huyện"], "binding"),
    ("Kính đề nghị Ban Thường vụ Đảng ủy tăng cường lãnh đạo.", ["Ban Thường vụ Đảng ủy"], "request"),
    ("Bí thư Huyện ủy cũng giao nhiệm vụ cho Ban Dân vận theo dõi.", ["Ban Dân vận"], "binding"),
    ("Tại cuộc họp, Chủ tịch huyện yêu cầu Văn phòng tham mưu.", ["Văn phòng"], "binding"),
    ("Giao công chức Văn hóa- xã hội phối hợp trang trí.", ["công chức Văn hóa- xã hội"], "binding"),
    ("Công văn nêu rõ: Để kịp tiến độ, Huyện ủy đề nghị các chi bộ họp sớm.", ["các chi bộ"], "request"),
    ("Đề nghị các đơn vị có báo cáo sơ kết gửi về Sở.", ["các đơn vị"], "request"),
    ("Năm 2022, UBND huyện đã giao Phòng Nội vụ rà soát hồ sơ và đã báo cáo Sở.", None, None),
    ("UBND huyện đã có công văn yêu cầu các xã kiểm kê; các xã đều đã hoàn thành.", None, None),
    ("UBND huyện đã giao Phòng Nội vụ rà soát hồ sơ đã nộp.", ["Phòng Nội vụ"], "binding"),
    ("Công văn nêu rõ yêu cầu các trường rà soát bếp ăn.", ["các trường"], "binding"),
    ("Việc vận động do Hội Phụ nữ phối hợp với Đoàn xã thực hiện.", ["Hội Phụ nữ"], "binding"),
]


@pytest.mark.parametrize(("words", "names"), RUNNING)
def test_names_in_running_text_end_where_the_predicate_begins(words: str, names: list[str]) -> None:
    found, _ = Units(Source(words)).list_at(0, len(words))
    assert [name.text for name in found] == names


@pytest.mark.parametrize(("cell", "names"), CELLS)
def test_a_cell_is_split_only_where_a_new_unit_begins(cell: str, names: list[str]) -> None:
    assert [name.text for name in Units(Source(cell)).split(0, len(cell))] == names


@pytest.mark.parametrize(("words", "names", "force"), SUBJECTS)
def test_the_subject_of_an_order_is_told_from_what_it_is_about(
    words: str, names: list[str] | None, force: str | None
) -> None:
    subject = Who(Source(words)).subjects(0, len(words))
    made = ([n.text for n in subject.names], subject.force) if subject else (None, None)
    assert made == (names, force)


def test_coordinators_follow_the_words_for_joining() -> None:
    words = "Chủ trì, phối hợp chặt chẽ với phòng Nội vụ, Công an huyện rà soát; phối hợp Trung tâm y tế."
    found = Who(Source(words)).with_whom(0, len(words))
    assert [n.text for n in found] == ["phòng Nội vụ", "Công an huyện", "Trung tâm y tế"]


PARTNERS = [
    ("Phòng Nội vụ cùng Hội Nông dân huyện rà soát hộ nghèo.", ["Hội Nông dân huyện"]),
    ("Văn phòng Sở cùng với Công đoàn ngành phát động thi đua.", ["Công đoàn ngành"]),
    ("Cùng với Sở Y tế kiểm tra bếp ăn.", ["Sở Y tế"]),
    (
        "Phối hợp với Hội Phụ nữ, ban điều hành các ấp cài đặt ứng dụng.",
        ["Hội Phụ nữ", "ban điều hành các ấp"],
    ),
    ("Phối hợp cùng ngành Y tế, ngành Giáo dục thanh tra.", ["ngành Y tế", "ngành Giáo dục"]),
    ("Lập tổ, có sự tham gia của Ban đại diện và y tế địa phương.", ["Ban đại diện", "y tế địa phương"]),
    ("Bảo đảm các trường có kế hoạch phối hợp với Công an xã.", []),
    (
        "Đội Thuế chịu trách nhiệm chính, Kho bạc huyện và Công an huyện cùng tham gia.",
        ["Kho bạc huyện", "Công an huyện"],
    ),
    ("Tổ chức hội thi, cùng các trường trong cụm chấm bài.", ["các trường trong cụm"]),
    (
        "Công an xã chủ trì, với lực lượng phối hợp là Ban Chỉ huy Quân sự xã, tổ chức tuần tra.",
        ["Ban Chỉ huy Quân sự xã"],
    ),
    ("Chuyển giao kỹ thuật, với sự hỗ trợ của Bệnh viện A.", ["Bệnh viện A"]),
    ("Sở A cùng lực lượng biên phòng, Hải quan tỉnh kiểm tra.", ["lực lượng biên phòng", "Hải quan tỉnh"]),
    ("Thẩm định bếp ăn; giao Chi cục Thủy sản cùng tham gia kiểm tra.", ["Chi cục Thủy sản"]),
    ("Trước ngày 15/01, cùng với Phòng Nội vụ, Điện lực huyện kiểm tra.", ["Phòng Nội vụ", "Điện lực huyện"]),
    ("Sở A chủ trì, có sự phối hợp chặt chẽ của Công an tỉnh và Sở B, kiểm tra.", ["Công an tỉnh", "Sở B"]),
    ("Phòng A là đơn vị chủ trì; Phòng B, Công an xã là đơn vị phối hợp.", ["Phòng B", "Công an xã"]),
    ("Giao Phòng A tổng hợp, các phòng chuyên môn phối hợp cung cấp số liệu.", ["các phòng chuyên môn"]),
    ("Trạm Y tế, Công an và Hội Phụ nữ phối hợp tuyên truyền.", []),
    ("Phòng A đầu mối, phối hợp Phòng B, Kho bạc huyện rà soát.", ["Phòng B", "Kho bạc huyện"]),
    (
        "Kiểm tra quán ăn, với sự phối hợp của Công an cùng cấp và Hội Phụ nữ.",
        ["Công an cùng cấp", "Hội Phụ nữ"],
    ),
    ("Phối hợp trạm y tế, Đoàn Thanh niên tổ chức dạy bơi.", ["trạm y tế", "Đoàn Thanh niên"]),
    ("Trạm Y tế kết hợp với Hội Chữ thập đỏ khám bệnh.", ["Hội Chữ thập đỏ"]),
    ("Lồng ghép, kết hợp với kiểm tra định kỳ.", []),
    ("Trường A triển khai mô hình, phối hợp thực hiện với Công an xã, Hội B.", ["Công an xã", "Hội B"]),
    ("Phối hợp Công an xã làm việc với các trường.", ["Công an xã"]),
    ("Diễn tập chữa cháy với sự hướng dẫn của Công an xã.", ["Công an xã"]),
    (
        "Bàn giao đất, các cơ quan cùng phối hợp là Công an xã và Ủy ban MTTQ xã.",
        ["Công an xã", "Ủy ban MTTQ xã"],
    ),
    ("Kiểm tra, thành phần phối hợp gồm Công an xã, Trạm Y tế xã.", ["Công an xã", "Trạm Y tế xã"]),
    ("Hội Phụ nữ xã đồng hành cùng nhà trường tổ chức truyền thông.", ["nhà trường"]),
    (
        "Các đơn vị: Phòng A (chủ trì), Phòng B, Trạm Y tế xã (phối hợp) lập phương án.",
        ["Phòng B", "Trạm Y tế xã"],
    ),
    ("Đoàn thể giám sát thu chi. Phòng A, Phòng B cùng tham gia.", ["Phòng A", "Phòng B"]),
    ("Trạm Y tế xã chịu trách nhiệm chính; Phòng A, Hội B tham gia hỗ trợ việc khám.", ["Phòng A", "Hội B"]),
    ("Phối hợp các đơn vị: Phòng A, Công an xã kiểm tra.", ["Phòng A", "Công an xã"]),
    ("Tham gia giám sát bữa ăn cùng nhà trường.", ["nhà trường"]),
    ("Tập trung cùng một lúc tại sân trường.", []),
    ("Phối hợp với Phòng A trong việc lập dự toán; với Công an xã về trật tự.", ["Phòng A", "Công an xã"]),
    ("Theo nhiệm vụ phối hợp với nhau và với các trường bảo đảm kinh phí.", ["các trường"]),
    ("Phối hợp cùng Trường A dạy giáo dục quốc phòng.", ["Trường A"]),
    ("Chủ động mời Công an xã, Trạm Y tế xã phối hợp tổ chức ngoại khóa.", ["Công an xã", "Trạm Y tế xã"]),
    ("Phòng A rà soát, đề nghị Hội B và Đoàn C phối hợp trao học bổng.", ["Hội B", "Đoàn C"]),
    ("Tổ công nghệ số hỗ trợ phụ huynh, có Đoàn Thanh niên xã phối hợp, từ 01/7.", ["Đoàn Thanh niên xã"]),
    ("Ban đại diện phối hợp nhà trường quản lý các khoản tài trợ.", ["nhà trường"]),
    ("Phối hợp Trạm Y tế xã truyền thông dinh dưỡng.", ["Trạm Y tế xã"]),
    ("Phối hợp cơ quan y tế tổng vệ sinh trường lớp.", ["cơ quan y tế"]),
    ("Khám mắt, có sự tham gia của Trạm Y tế xã; hiệu trưởng chịu trách nhiệm.", ["Trạm Y tế xã"]),
    ("Theo dõi sĩ số; phối hợp giáo viên chủ nhiệm hỗ trợ học sinh yếu.", ["giáo viên chủ nhiệm"]),
    ("Giao Phòng Kinh tế chuẩn bị hội trường, Văn phòng hỗ trợ kỹ thuật.", ["Văn phòng"]),
    ("Lập phương án thu gom rác, phối hợp Mặt trận dọn dẹp.", ["Mặt trận"]),
    ("Phối hợp ngay với Trạm Y tế xã để khai báo.", ["Trạm Y tế xã"]),
    ("Phối hợp tốt với các đoàn kiểm tra liên ngành.", ["các đoàn kiểm tra liên ngành"]),
    ("Phối hợp với Sở Y tế tập huấn; chỉ đạo các xã phối hợp với Hội Nông dân tuyên truyền.", ["Sở Y tế"]),
    ("Chỉ đạo các xã phối hợp với Hội Nông dân tuyên truyền.", ["Hội Nông dân"]),
]


@pytest.mark.parametrize(("words", "names"), PARTNERS)
def test_partners_are_named_in_more_ways_than_one(words: str, names: list[str]) -> None:
    assert [n.text for n in Who(Source(words)).with_whom(0, len(words))] == names


def test_an_unnamed_partner_is_nobody() -> None:
    words = "Chủ động phối hợp với các đơn vị liên quan."
    assert Who(Source(words)).with_whom(0, len(words)) == []


@pytest.mark.parametrize("words", ["Phân công giáo viên trực tuyển sinh.", "Duy trì họp giao ban hằng quý."])
def test_what_sounds_like_giving_names_no_lead(words: str) -> None:
    assert Who(Source(words)).subjects(0, len(words)) is None
