"""The trail in words: who did what to what, and what it was before and is now."""

import json
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from actions.changes import CLOCK
from domain.assignment import LABELS
from domain.audit import AuditEntry
from domain.emulation import GRADES
from domain.fields import canonical
from domain.ladders import ROLES, SORTS
from domain.office import UNIT_LABELS
from domain.reach import VIAS
from domain.wording import say_day, say_period
from store.questions.named import Named
from web.source_text import KINDS as PASSAGES
from web.words import _, say

EVENTS = {
    "receive": "nhận việc",
    "hand_in": "nộp báo cáo",
    "submit": "trình cấp trên",
    "return": "trả lại",
    "accept": "duyệt hoàn thành",
    "wait": "ghi là đang chờ",
    "resume": "làm tiếp",
    "hand_over": "bàn giao sang đơn vị khác",
    "waive": "miễn",
    "withdraw": "thu hồi",
    "progress": "cập nhật tiến độ",
    "entrust": "giao người làm",
    "take_up": "nhận làm",
    "ask_extension": "xin gia hạn",
    "extension_granted": "đồng ý gia hạn",
    "extension_refused": "không đồng ý gia hạn",
    "demand_explanation": "yêu cầu giải trình",
    "explain": "giải trình",
    "remind_to_explain": "nhắc giải trình",
    "remind_awaited": "nhắc đơn vị đang được chờ",
    "reproject": "chuyển hạn theo lịch nghỉ mới",
    "take_in": "tiếp nhận văn bản",
    "replace": "thay văn bản",
    "drop_directive": "bỏ văn bản",
    "classify": "đổi loại đoạn",
    "draft_from_passage": "thêm nội dung từ đoạn",
    "draft_approved": "duyệt nội dung",
    "draft_discarded": "bỏ nội dung",
    "draft_split": "tách nội dung",
    "draft_merge": "gộp nội dung",
    "draft_reconsidered": "đưa về chờ duyệt nội dung",
    "draft_starts_later": "lùi ngày bắt đầu của nội dung",
    "propose_again": "đề xuất lại nội dung",
    "teach_alias": "dạy cách gọi đơn vị",
    "issue": "giao việc theo văn bản",
    "open": "mở kỳ của nhiệm vụ",
    "end_duty": "kết thúc nhiệm vụ",
    "withdraw_duty": "thu hồi nhiệm vụ",
    "wake": "kích hoạt nhiệm vụ",
    "fall_asleep": "cho nhiệm vụ tạm ngủ",
    "awaken": "đánh thức nhiệm vụ",
    "declare": "công bố tình huống",
    "forbid": "ghi điều cấm",
    "judge": "xét quy tắc",
    "order_corrective": "yêu cầu khắc phục sau báo cáo",
    "take_rungs": "nhắc theo thang",
    "write_letters": "soạn thư trong ngày",
    "release_held": "gửi thư đang giữ",
    "readdress": "đổi người nhận thư của",
    "resend": "gửi lại thư cho",
    "skip_letter": "không gửi thư cho",
    "mail_sent": "gửi thư cho",
    "mail_again": "chưa gửi được, sẽ gửi lại thư cho",
    "mail_failed": "không gửi được thư cho",
    "mail_unknown": "gửi thư nhưng không rõ đã đi chưa cho",
    "mail_bounce_failed": "nhận lại thư bị trả của",
    "mail_bounce_delayed": "nhận tin thư bị chậm của",
    "address_refuses": "ghi là từ chối thư địa chỉ",
    "trust_address": "ghi là dùng được địa chỉ",
    "hold_letter": "giữ lại thư cho",
    "lock_person": "khóa tài khoản của",
    "unlock_person": "mở khóa tài khoản của",
    "change_group": "sửa nhóm đơn vị",
    "sign_in": "đăng nhập",
    "sign_out": "đăng xuất",
    "end_session": "kết thúc một phiên của",
    "end_other_sessions": "kết thúc các phiên khác của",
    "ask_link": "xin liên kết đăng nhập cho",
    "join_sso": "nối tài khoản cơ quan cho",
    "set_password": "đặt mật khẩu cho",
    "give_key": "cấp khóa truy cập cho",
    "revoke_key": "thu khóa truy cập của",
    "choose_channels": "chọn kênh nhận tin của",
    "choose_digest": "chọn nhịp thư tổng hợp của",
    "appoint_substitute": "cử người làm thay cho",
    "end_mandate": "kết thúc việc làm thay cho",
    "change_calendar": "sửa lịch",
    "change_ladder": "sửa thang nhắc",
    "change_unit": "sửa đơn vị",
    "import_tree": "nhập đơn vị và người từ tệp",
    "install_office": "nạp dữ liệu cơ quan",
    "appoint": "thêm người giữ chức vụ ở",
    "end_position": "kết thúc chức vụ ở",
    "hand_over_unit": "bàn giao đơn vị",
    "hand_over_wait": "chuyển việc đang chờ đơn vị cũ sang đơn vị kế thừa:",
    "confirm_handover": "ký nhận bàn giao",
    "define_measure": "định nghĩa số đo",
    "redefine_measure": "định nghĩa lại số đo",
    "report_figure": "ghi số liệu của",
    "set_target": "đặt chỉ tiêu",
    "make_watch_list": "lập danh sách theo dõi",
    "enter_watch_list": "đưa đơn vị vào danh sách theo dõi",
    "leave_watch_list": "đưa đơn vị ra khỏi danh sách theo dõi",
    "watch_list_unreadable": "không xét được danh sách theo dõi",
    "open_register": "mở sổ cam kết",
    "sign_statement": "ký cam kết",
    "grade_field": "xếp loại thi đua",
    "name_fields": "đặt các lĩnh vực thi đua",
    "publish_rule": "ban hành quy tắc",
    "publish_checklist": "ban hành phiếu kiểm tra",
    "make_plan": "lập kế hoạch kiểm tra",
    "approve_plan": "duyệt kế hoạch kiểm tra",
    "seal_draw": "niêm phong bốc thăm của",
    "hold_draw": "bốc thăm cho",
    "reveal_draw": "công bố hạt giống bốc thăm của",
    "plan_visit": "xếp cuộc kiểm tra tại",
    "open_visit": "mở cuộc kiểm tra tại",
    "close_visit": "chốt biên bản kiểm tra tại",
    "cancel_visit": "hủy cuộc kiểm tra tại",
    "leave_team": "rời đoàn kiểm tra tại",
    "take_answers": "ghi phiếu kiểm tra tại",
    "take_photo": "thêm ảnh vào cuộc kiểm tra tại",
    "complete_record": "hoàn tất biên bản kiểm tra tại",
    "settle_conflict": "chọn giữa các câu trả lời khác nhau tại",
    "note_lessons": "ghi bài học từ cuộc kiểm tra tại",
    "compile_report": "lập báo cáo tháng",
    "found_incidents": "soát thư và thấy bất thường",
    "report_silence": "báo tin đồng hồ đã ngừng",
    "doubt_clock": "ngờ đồng hồ máy sai",
    "believe_clock": "tin lại đồng hồ máy",
}
"""What the trail records, by its code."""

SAYS = ("reason", "text", "question", "answer", "remark", "outcome", "why", "detail")
"""Where the words of a change stand in its line."""

CHANGED: Mapping[str, tuple[str, str]] = {
    "end_duty": ("before", "last"),
    "extension_granted": ("old", "new"),
    "return": ("old", "new"),
    "resume": ("old", "new"),
    "reproject": ("old", "new"),
    "change_ladder": ("before", "after"),
    "change_unit": ("before", "after"),
    "change_group": ("before", "after"),
    "classify": ("before", "kind"),
    "draft_starts_later": ("before", "first"),
    "grade_field": ("was", "grade"),
    "hand_over": ("before", "successor"),
    "hand_over_wait": ("before", "successor"),
    "entrust": ("before", "person"),
    "note_lessons": ("was", "lessons"),
}
"""Where a line says what was before and what is now."""

NAMES = {
    "person": "người",
    "substitute": "người thay",
    "role": "chức vụ",
    "unit": "đơn vị",
    "unit_id": "đơn vị",
    "since": "từ ngày",
    "valid_from": "từ ngày",
    "valid_to": "đến ngày",
    "last_day": "đến hết ngày",
    "due_on": "hạn",
    "wished_on": "xin đến",
    "answer_by": "giải trình trước",
    "on": "ngày xảy ra",
    "day": "ngày",
    "days": "số ngày",
    "period": "kỳ",
    "percent": "phần trăm",
    "round": "lần",
    "number": "lần",
    "version": "bản",
    "units": "số đơn vị",
    "people": "số người",
    "duties": "số nhiệm vụ",
    "drafts": "số nội dung",
    "assignments": "số việc",
    "handed_over": "số việc đã chuyển",
    "merged": "số việc đã nhập",
    "letters": "số thư",
    "files": "số tệp",
    "changes": "số thay đổi",
    "incidents": "số điều bất thường",
    "chosen": "được chọn",
    "candidates": "số đơn vị trong danh sách",
    "bad": "số nội dung chưa đạt",
    "items": "số yêu cầu",
    "count": "số lượng",
    "symbol": "số hiệu",
    "file": "tệp",
    "source": "nguồn",
    "wording": "cách gọi",
    "document": "văn bản",
    "who": "đang chờ",
    "state": "mức",
    "situation": "tình huống",
    "channels": "kênh",
    "digest": "nhịp",
    "how": "bằng",
    "witness": "người chứng kiến",
    "recipient": "địa chỉ",
    "year": "năm",
    "value": "mức",
    "name": "tên",
    "short_names": "tên gọi khác",
    "names": "tên gọi",
    "kind": "loại",
    "level": "cấp học",
    "ownership": "loại hình",
    "kinds": "loại",
    "levels": "cấp học",
    "ownerships": "loại hình",
    "members": "các đơn vị",
    "code": "mã",
    "allowed": "căn cứ",
    "item": "yêu cầu",
    "off": "bỏ áp dụng",
    "despite": "dù",
}
"""What is told of a change beside its words; what has no name here is read in the line's own data."""

_PAGES: Mapping[str, str] = {
    "assignment": "/viec/{}",
    "duty": "/nhiem-vu/{}",
    "directive": "/van-ban/{}",
    "draft": "/noi-dung/{}",
    "passage": "/doan/{}",
    "unit": "/don-vi/{}",
    "person": "/nguoi/{}",
    "outbox": "/hop-thu-di/{}",
    "visit": "/cuoc-kiem-tra/{}",
    "plan": "/ke-hoach-kiem-tra/{}",
    "target": "/chi-tieu/{}",
    "watch": "/theo-doi",
    "checklists": "/phieu-kiem-tra",
    "situations": "/tinh-huong",
    "registers": "/cam-ket/tong-hop",
}
"""Where a thing of the trail is read."""

OTHERS = {
    "daily": "hằng ngày",
    "weekly": "hằng tuần",
    "off": "không nhận",
    "password": "mật khẩu",
    "link": "liên kết qua thư",
    "sso": "tài khoản cơ quan",
}
VALUES: Mapping[str, str] = {
    str(code): said
    for table in (UNIT_LABELS, LABELS, ROLES, SORTS, VIAS, PASSAGES, GRADES, OTHERS)
    for code, said in table.items()
}
ALONE = ("sign_in", "sign_out")
"""What somebody does to nobody but themselves."""
LISTED = ("short_names", "names", "members", "kinds", "levels", "ownerships")
"""Lists that are read out; of others it is said how many."""
_POINTS = {
    "person": "person", "substitute": "person", "unit": "unit_id", "unit_id": "unit_id", "successor": "unit_id"
}  # fmt: skip
"""Data that names another thing, and of which kind."""


def points_to(entry: AuditEntry) -> Iterator[str]:
    """The things a line is about, as `store.questions.named` knows them."""
    yield entry.subject
    yield from names_in(entry)


def names_in(entry: AuditEntry) -> Iterator[str]:
    """The things its data speaks of."""
    for name, value in entry.data.items():
        if subject := _pointed(entry, name, value):
            yield subject


def _pointed(entry: AuditEntry, name: str, value: Any) -> str:
    before, after = CHANGED.get(entry.action, ("", ""))
    kind = _POINTS.get(after if name == before else name)
    return f"{kind}:{value}" if kind and isinstance(value, (str, int)) and value != "" else ""


ON_THE_SERVER = "dondoc "
"""Begins the actor of what was done with the command line."""


def say_who(entry: AuditEntry, by: str) -> str:
    if entry.actor == CLOCK:
        return _("Hệ thống")
    return _("Người cài đặt (trên máy chủ)") if entry.actor.startswith(ON_THE_SERVER) else by


def say_action(action: str) -> str:
    """What was done, in words."""
    return _(EVENTS.get(action, action))


def say_done(action: str) -> str:
    """What was done, after whoever did it."""
    return _("đã {did}").format(did=say_action(action))


def about(entry: AuditEntry, known: Mapping[str, Named]) -> tuple[str, str]:
    """What was changed, and where it is read ("" for nowhere). Without a name of its own it is called by what
    stands in the trail, when that is a word of the office and not a number."""
    found = known.get(entry.subject)
    if found is None:
        kind, _colon, key = entry.subject.partition(":")
        if kind == "day":
            return say_day(date.fromisoformat(key)), ""
        return (key if kind in ("address", "alias", "rule") else "", "")
    if entry.action in ALONE:
        return "", ""
    return found.words.lstrip("-–+*• \t").strip(), _PAGES[found.place].format(found.id) if found.place else ""


def say_words(entry: AuditEntry) -> str:
    return next((str(entry.data[name]) for name in SAYS if entry.data.get(name)), "")


def say_data(entry: AuditEntry, known: Mapping[str, Named]) -> list[str]:
    """ "hạn 14/02/2023 → 20/02/2023", "chức vụ thủ trưởng"; nothing that was said already."""
    before, after = CHANGED.get(entry.action, ("", ""))
    said = say_compared(entry, known)
    for name, value in entry.data.items():
        told = name in NAMES and name not in (before, after) and value not in (None, "", [], {}, False)
        if told and (words := _say(entry, name, value, known)):
            said.append(f"{_(NAMES[name])} {words}")
    return said


def say_compared(entry: AuditEntry, known: Mapping[str, Named]) -> list[str]:
    """ "hạn 14/02/2023 → 20/02/2023" for what was and is now."""
    return list(_compared(entry, *CHANGED.get(entry.action, ("", "")), known))


def _compared(entry: AuditEntry, before: str, after: str, known: Mapping[str, Named]) -> Iterator[str]:
    if before not in entry.data or after not in entry.data:
        return
    was, now = entry.data[before], entry.data[after]
    whole = _fields(was), _fields(now)
    if whole[0] is None or whole[1] is None:
        if was != now:
            yield f"{_say(entry, before, was, known)} → {_say(entry, after, now, known)}"
        return
    for name in whole[0] | whole[1]:
        old, new = whole[0].get(name), whole[1].get(name)
        if old != new:
            yield f"{_(NAMES.get(name, name))}: {_say(entry, name, old, known)} → {_say(entry, name, new, known)}"


def _fields(value: Any) -> dict[str, Any] | None:
    """A thing kept whole, as its fields."""
    if isinstance(value, str) and value.startswith("{"):
        value = json.loads(value)
    return value if isinstance(value, dict) else None


def _say(entry: AuditEntry, name: str, value: Any, known: Mapping[str, Named]) -> str:
    found = known.get(_pointed(entry, name, value))
    if found is not None:
        return found.words
    if name == "period":
        return str(say(say_period(str(value))))
    if isinstance(value, bool):
        return _("có") if value else _("không")
    if isinstance(value, list):
        return _say_list(name, value)
    if isinstance(value, dict):
        return canonical(value)
    return _say_plain("" if value is None else str(value))


def _say_list(name: str, values: list[Any]) -> str:
    if not values:
        return _("(trống)")
    if name in LISTED or all(isinstance(one, str) and one in VALUES for one in values):
        return ", ".join(_say_plain(str(one)) for one in values)
    return str(len(values))


def _say_plain(value: str) -> str:
    if not value:
        return _("(trống)")
    if value in VALUES:
        return _(VALUES[value])
    try:
        return say_day(date.fromisoformat(value))
    except ValueError:
        return value
