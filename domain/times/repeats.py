"""Repetitions (định kỳ) and events without a time of their own."""

import re

from domain.times import words as w
from domain.times.form import Forms, Said

FORMS = Forms()
_UNIT = r"(?P<unit>ngày|tuần|tháng|quý|năm)"


@FORMS.form(
    "repeat",
    rf"(?P<other>(?:thi đua|ngân sách|dự toán|xếp loại) )?"
    rf"(?:(?:thường xuyên|định kỳ)[\s,]+(?:vào )?)?(?:hằng|mỗi) {_UNIT}\b"
    r"(?! (?:không (?:quá|vượt)|tối đa))",
)
def _repeat(found: re.Match[str]) -> Said:
    """ "Đánh giá thi đua hằng năm" is a thing, not how often a duty comes."""
    if found["other"] and found["unit"] == "năm":
        return Said()
    return Said(recurrence=w.EVERY[found["unit"]])


@FORMS.form(
    "repeat",
    rf"\b(?P<n>\d{{1,2}}|một|hai|ba|bốn) lần\s*(?:/|một|trong|trên|mỗi)\s*(?:một |01 |1 )?{_UNIT}\b",
)
@FORMS.form(
    "repeat",
    r"\b(?:định kỳ )?(?P<months>\d{1,2}|một|hai|ba|sáu)?\s*(?P<unit>ngày|tuần|tháng|quý|năm|giờ)"
    r"\s*(?:/(?:\s*(?:0?1|một)\b)?|một|\b0?1)\s*lần\b",
)
@FORMS.form(
    "repeat",
    r"\b(?:định kỳ )?(?P<months>0?6|sáu) (?P<unit>tháng)(?=\s*(?:,|và|/)\s*(?:cả |một |01 |hằng )?năm\b)",
)
@FORMS.form(
    "repeat",
    r"\b(?P<months>0?6|sáu) (?P<unit>tháng)(?=[^.;,\d]{0,30} và (?:báo cáo |tổng kết |cả |một "
    r"|cuối ){1,2}năm\b(?! \d| học))",
)
@FORMS.form(
    "repeat",
    r"\b(?:cứ|định kỳ) (?P<months>\d{1,2}|hai|ba|sáu) (?P<unit>tuần|tháng|quý|năm)(?: [^\W\d]+){1,4} (?:một|0?1) lần\b",
)
@FORMS.form("repeat", r"\bđịnh kỳ (?P<months>0?[36]|ba|sáu) (?P<unit>tháng)\b(?! (?:đầu|cuối))")
def _times(found: re.Match[str]) -> Said | None:
    groups = found.re.groupindex
    unit = found["unit"]
    if "n" in groups:
        twice = unit == "năm" and w.number(found["n"].lstrip("0")) == 2
        return Said(recurrence="twice_yearly" if twice else w.EVERY[unit])
    months = w.number((found["months"] or "1").lstrip("0"))
    if months == 1:
        return Said(recurrence=w.EVERY.get(unit, "periodic"))
    known = {3: "quarterly", 6: "twice_yearly"}.get(months if unit == "tháng" else 0)
    return Said(recurrence=known or "periodic")


@FORMS.form("repeat", r"\b(?:0?2|hai) (?:lần|đợt|kỳ|buổi|cuộc) (?:trong )?(?:mỗi|một) năm(?: học)?\b")
@FORMS.form(
    "repeat", r"\b(?:mỗi|hằng|một) năm(?: học)?(?:[^.;\d]{0,90})? (?:0?2|hai) (?:lần|đợt|kỳ)\b(?!\s?/)"
)
def _twice(_: re.Match[str]) -> Said:
    """ "Mỗi năm tổ chức hai lần"."""
    return Said(recurrence="twice_yearly")


@FORMS.form(
    "repeat",
    r"\b(?P<other>(?:kiểm tra|thi|đánh giá|đề|bài|điểm) )?(?:(?:mỗi|hằng|từng|cuối(?: mỗi)?) (?:học )?"
    r"|lần\s*(?:/|trong|trên)\s*(?:một |mỗi |01 |1 )?học )kỳ\b(?! (?:i|1|2|báo cáo(?! (?:một|0?1) lần)|họp|thi|nghỉ)\b)"
    r"(?:(?:\s*,| và) (?:cuối )?năm(?: học)?)?",
)
def _semester(found: re.Match[str]) -> Said:
    """ "Kiểm tra cuối học kỳ" is the name of an examination."""
    named = found["other"] and "cuối" in found[0]
    return Said() if named else Said(recurrence="semester")


@FORMS.form(
    "repeat",
    rf"\bbáo cáo {_UNIT}(?<!ngày)(?! học)"
    rf"(?=[\s:(,]{{1,3}}(?:gửi |nộp )?(?:trước|chậm nhất|vào|ngày)\b[^.;\n]{{0,24}}\d)"
    r"(?!(?:[^.;\n]{0,24}\d{4}))",
)
def _report_of(found: re.Match[str]) -> Said:
    """ "Báo cáo tháng trước ngày 22": the name of the report says how often it comes."""
    return Said(recurrence=w.EVERY[found["unit"]])


@FORMS.form("repeat", rf"\bchế độ (?:thông tin,? )?báo cáo (?:định kỳ )?{_UNIT}\b(?! \d| học)")
@FORMS.form(
    "repeat", r"\blịch (?:công tác|làm việc|trực) (?P<unit>tuần|tháng)\b(?!\s?[\d/]| (?:này|tới|sau)\b)"
)
@FORMS.form(
    "repeat",
    r"\b(?:chào cờ|giao ban|hội ý|họp|sinh hoạt|tổng vệ sinh)(?: [^\W\d]+){0,2} (?:đầu|cuối) "
    r"(?P<unit>tuần|tháng)\b(?! (?:\d|này|tới|sau))",
)
@FORMS.form("repeat", r"\b(?P<unit>ngày|tuần) (?:0?[1-9]|một|hai|ba) (?:lần|buổi)\b(?! (?:đầu|thứ))")
@FORMS.form("repeat", r"\b(?:hằng|mỗi) (?P<unit>đêm)\b")
def _of_each(found: re.Match[str]) -> Said:
    """ "Chế độ báo cáo tháng, quý", "lịch công tác tuần", "giao ban đầu tuần": how often is in the name."""
    return Said(recurrence=w.EVERY.get(found["unit"], "daily"))


_RATED = (
    r"(?:buổi|chuyên mục|cuộc|lượt|chuyên đề|bài|tin|đợt|lớp|hội nghị|hoạt động|mô hình|tiết mục|kỳ|phiên)"
)


@FORMS.form(
    "repeat",
    rf"\b(?:\d{{1,2}}|một|hai|ba) {_RATED}(?: [^\W\d]+){{0,5}}\s?/\s?(?P<unit>tuần|tháng|quý|năm(?! học)|học kỳ"
    rf"|năm học)\b",
)
def _rated(found: re.Match[str]) -> Said:
    """ "02 buổi tuyên truyền/học kỳ"; a load of lessons ("4 tiết/tuần") is no rhythm of a duty."""
    unit = w.plain(found["unit"])
    return Said(recurrence={"học kỳ": "semester", "năm học": "yearly"}.get(unit) or w.EVERY[unit])


_REGULARLY = w.compiled(
    r"(?:báo cáo|tổng hợp|thống kê|đánh giá|chấm điểm|xếp loại|công bố|kiểm tra|giao ban|cập nhật)[^.;,\n]{0,70}$"
)


@FORMS.form("repeat", r"\b(?:theo (?:từng )?(?!ngày)|từng )(?P<unit>ngày|tuần|tháng|quý)(?=\s*[;.,()]|\s*$)")
def _by_unit(found: re.Match[str]) -> Said | None:
    """ "Chấm điểm kết quả theo tháng"; "lập tiến độ theo tuần" is how a plan is laid out."""
    told = _REGULARLY.search(found.string[max(0, found.start() - 90) : found.start()])
    opens = found[0].startswith("từng") and not found.string[: found.start()].rstrip(" -+")
    return Said(recurrence=w.EVERY[found["unit"]]) if told or opens else None


_STUDY = r"(?P<other>(?:giáo dục|gd|bồi dưỡng|đào tạo|học tập|chuyên môn|chi|kinh phí|không) )?"
_HEALTH = r"(?P<other>(?:sức kho[ẻe]|sức khỏe|khám|(?:kiểm tra|đánh giá)(?= định kỳ (?:cuối|giữa|học|các môn|môn))) )?"


@FORMS.form("repeat", rf"\b{_STUDY}(?:thường xuyên|liên tục)\b(?! \d)")
def _continuous(found: re.Match[str]) -> Said:
    """ "Giáo dục thường xuyên", "chi thường xuyên" are names, not repetitions."""
    return Said() if found["other"] else Said(recurrence="continuous")


@FORMS.form("repeat", rf"\b{_HEALTH}(?:định|(?<!họp\s)thường) kỳ\b")
def _periodic(found: re.Match[str]) -> Said:
    """A periodic health check is a thing, not how often a duty comes."""
    return Said() if found["other"] else Said(recurrence="periodic")


@FORMS.form(
    "event",
    r"\b(?:sau|trước) (?:mỗi|từng) (?:mùa|kỳ nghỉ|đợt|lần|cuộc|buổi|vụ|kỳ|trận|hoạt động|chuyến)\b"
    r"|\bđột xuất\b|\bkhi (?:xảy ra|phát sinh|phát hiện)"
    r"|\bkhi có (?:yêu cầu|phát sinh|tình huống|sự cố|thay đổi|biến động|chỉ đạo"
    r"|dấu hiệu|vấn đề|vụ việc|diễn biến)"
    r"|\bnếu có (?:(?:những )?khó khăn|vướng mắc|phát sinh)|\b(?:trong )?trường hợp (?:đặc biệt|đột xuất)"
    r"|\btheo yêu cầu (?:của cấp trên|đột xuất)|\bkịp thời (?:phản ánh|báo cáo)",
)
def _on_event(_: re.Match[str]) -> Said:
    return Said(recurrence="event")
