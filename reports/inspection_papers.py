"""The papers of an inspection: record (biên bản, mẫu 1.9), notice of its result (thông báo, mẫu 1.4), printed list.

Each is built once as blocks and given both forms. They say only what the record says.
"""

import io
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

import segno

from domain.checklist import DEMAND_LABELS, SEVERITY_LABELS, AnswerType, Item
from domain.checklist_answer import MARK_LABELS, Mark
from domain.exact import say_figure
from domain.inspection import KIND_LABELS, PART_LABELS, Member, PackedSignature, Side, TeamPart, VisitPack
from domain.inspection_record import RecordLine, VisitRecord
from domain.wording import say_day
from reports.blocks import Annex, Block, Body, Closing, Fine, Grid, Paper, Part, Picture, Sign, Signs, Title
from reports.document import Heading, say_full_day

Bytes = Callable[[str], bytes]
"""Stored bytes by their hash; raises `FileNotFoundError`, `ValueError` (`store.evidence.EvidenceStore.get`)."""

BLANK = "………"


def record_paper(record: VisitRecord, bytes_of: Bytes, made_at: datetime) -> Paper:
    """The record with its photos as an annex, both signatures and its hash."""
    title = f"Kiểm tra {_lower(record.title)} tại {record.unit}"
    blocks: list[Block] = [
        Heading(record.superior, record.office, "/BB-", record.office_place, record.day),
        Title("Biên bản", title),
        *_who_and_when(record),
        Part("I. KẾT QUẢ"),
        Body(_result(record)),
        _results(record),
        *_wanted(record),
        Part("III. Ý KIẾN CỦA ĐƠN VỊ ĐƯỢC KIỂM TRA"),
        Body(BLANK * 8),
        Body(f"Cuộc kiểm tra kết thúc vào {_clock(record, record.finished_at)}./."),
        *_signatures(record, bytes_of),
        Fine(f"Mã kiểm biên bản (SHA-256): {record.hash}"),
        *_photos(record, bytes_of),
    ]
    return Paper(f"Biên bản {_lower(title)}", record.office, made_at, tuple(blocks))


def notice_paper(record: VisitRecord, due: dict[str, date], made_at: datetime, today: date) -> Paper:
    """The result as the office tells it to the unit. `due`: the last day for each finding, by item."""
    subject = f"Kết quả kiểm tra {_lower(record.title)} tại {record.unit}"
    rows = [
        (
            str(number),
            f"{line.text} ({line.clause})",
            SEVERITY_LABELS[line.severity],
            line.action or line.guidance or "Khắc phục và báo cáo kết quả",
            say_day(due[line.id]) if line.id in due else "",
        )
        for number, line in enumerate(record.bad, start=1)
    ]
    heads = ("TT", "Nội dung chưa đạt", "Mức độ", "Yêu cầu", "Thời hạn")
    asked = (
        f"{record.office} yêu cầu {record.unit} khắc phục các tồn tại nêu trên đúng thời hạn, gửi minh chứng và báo "
        "cáo kết quả./."
        if rows
        else f"{record.office} thông báo để {record.unit} biết và tiếp tục duy trì./."
    )
    blocks: list[Block] = [
        Heading(record.superior, record.office, "/TB-", record.office_place, today),
        Title("Thông báo", subject),
        Body(
            f"Ngày {say_day(record.day)}, đoàn kiểm tra của {record.office} đã {KIND_LABELS[record.kind]} tại "
            f"{record.unit}. Kết quả như sau:"
        ),
        Body(_result(record)),
        *([Grid(heads, tuple(rows), (10, 62, 23, 45, 25))] if rows else []),
        Body(asked),
        Closing((record.unit, "Lưu: VT, Hồ sơ"), Sign("THỦ TRƯỞNG CƠ QUAN")),
        Fine(f"Theo biên bản có mã kiểm (SHA-256): {record.hash}"),
    ]
    return Paper(f"Thông báo {_lower(subject)}", record.office, made_at, tuple(blocks))


def checklist_paper(pack: VisitPack, office: str, url: str, made_at: datetime) -> Paper:
    """The checklist on paper, for a kitchen where the phone has died: boxes to tick, room to write, and a code that
    leads to where its photograph is sent (`url`): then it is evidence like any other. A list is no type of document of
    Nghị định 30/2020/NĐ-CP: it is an annex of the record."""
    visit = pack.visit
    blocks: list[Block] = [
        Annex(
            f"Phiếu kiểm tra {visit.title} tại {visit.unit}",
            f"Kèm theo Biên bản kiểm tra ngày {say_day(visit.day)} của {office}",
        ),
        Picture(_code(url), f"Quét để gửi ảnh chụp phiếu này khi đã ghi xong: {url}", width=28),
        Body(f"Ngày {say_day(visit.day)}. Đoàn kiểm tra: {_team(visit.team)}."),
    ]
    for section in visit.sections:
        items = [item for item in pack.checklist.items if item.section == section.code]
        blocks += [Part(section.title), Grid(_PRINTED, tuple(_printed(items)), (13, 82, 40, 30))]
    blocks.append(
        Signs(Sign("ĐẠI DIỆN ĐƠN VỊ ĐƯỢC KIỂM TRA"), Sign("TRƯỞNG ĐOÀN", _named(visit.team, TeamPart.HEAD)))
    )
    return Paper(f"Phiếu kiểm tra {_lower(visit.title)}", office, made_at, tuple(blocks))


_PRINTED = ("Mã", "Nội dung, căn cứ", "Kết quả", "Ghi chú")


def _printed(items: Sequence[Item]) -> Iterator[tuple[str, ...]]:
    for item in items:
        asks = "; ".join(DEMAND_LABELS[demand] for demand in item.on_bad)
        told = f"\nChưa đạt: {asks}." if asks else ""
        yield item.id, f"{item.text} ({item.clause}){told}", _boxes(item), ""


def _boxes(item: Item) -> str:
    match item.answer:
        case AnswerType.YES_NO:
            given = ["[  ] Có", "[  ] Không"]
        case AnswerType.DOCUMENT:
            given = ["[  ] Hợp lệ", "[  ] Không hợp lệ", "[  ] Không có"]
        case AnswerType.CHOICE:
            given = [f"[  ] {choice.label}" for choice in item.choices]
        case AnswerType.NUMBER:
            given = [f"{BLANK} {item.unit}".rstrip()]
        case AnswerType.TABLE:
            given = [f"{column.label}: {BLANK} {column.unit}".rstrip() for column in item.columns]
        case AnswerType.PHOTO:
            given = ["[  ] Đã chụp ảnh"]
    return "\n".join([*given, "[  ] Không áp dụng"] if item.may_not_apply else given)


def _who_and_when(record: VisitRecord) -> Iterator[Block]:
    yield Body(f"Thời gian bắt đầu: {_clock(record, record.started_at)}.")
    yield Body(f"Địa điểm: {record.place or record.unit}.")
    yield Body(f"Hình thức: {KIND_LABELS[record.kind]}, theo {record.plan}.")
    yield Body(f"Thành phần đoàn kiểm tra: {_team(record.team)}.")
    present = [signature.name for signature in record.signatures if signature.side is Side.UNIT]
    yield Body(f"Đại diện đơn vị được kiểm tra: {', '.join(dict.fromkeys(present)) or BLANK}.")
    yield Body(
        f"Chủ trì: {_named(record.team, TeamPart.HEAD)}. "
        f"Thư ký: {_named(record.team, TeamPart.SECRETARY) or _named(record.team, TeamPart.HEAD)}."
    )
    yield Body("Nội dung:")


def _result(record: VisitRecord) -> str:
    score = record.score
    counted = (
        f"Trong {len(record.lines)} nội dung của phiếu (bản {record.checklist_version}): {score.good} đạt, "
        f"{score.bad} không đạt, {score.not_applicable} không áp dụng, {score.unanswered} chưa kiểm tra."
    )
    share = "" if score.share is None else f" Mức đạt theo trọng số: {say_figure(score.share * 100, '%')}."
    why = f" Lý do chưa đầy đủ: {record.reservation.rstrip('.')}." if record.reservation else ""
    return counted + share + why


def _results(record: VisitRecord) -> Grid:
    rows = tuple(
        (
            line.id,
            line.text,
            f"{MARK_LABELS[line.mark].capitalize()}{f' ({line.answer})' if _worth_saying(line) else ''}",
            line.note,
        )
        for line in record.lines
    )
    return Grid(("Mã", "Nội dung", "Kết quả", "Ghi chú"), rows, (13, 80, 34, 38))


def _worth_saying(line: RecordLine) -> bool:
    return bool(line.answer) and line.mark is not Mark.NOT_APPLICABLE


def _wanted(record: VisitRecord) -> Iterator[Block]:
    yield Part("II. TỒN TẠI VÀ YÊU CẦU KHẮC PHỤC")
    if not record.bad:
        yield Body("Không phát hiện tồn tại trong phạm vi kiểm tra.")
    for number, line in enumerate(record.bad, start=1):
        wanted = line.action or line.guidance
        yield Body(
            f"{number}. {line.text} ({line.clause}): chưa đạt, mức {SEVERITY_LABELS[line.severity]}."
            + (f" {line.note.rstrip('.')}." if line.note else "")
            + (f" Yêu cầu: {wanted.rstrip('.')}." if wanted else "")
        )


def _signatures(record: VisitRecord, bytes_of: Bytes) -> Iterator[Block]:
    head = _sign("TRƯỞNG ĐOÀN", record, Side.TEAM, bytes_of, _named(record.team, TeamPart.HEAD))
    unit = _sign("ĐẠI DIỆN ĐƠN VỊ ĐƯỢC KIỂM TRA", record, Side.UNIT, bytes_of, "")
    secretary = _named(record.team, TeamPart.SECRETARY)
    if secretary:
        yield Signs(_sign("THƯ KÝ", record, Side.TEAM, bytes_of, secretary), head)
        yield Closing((record.unit, "Lưu: VT, Hồ sơ"), unit)
    else:
        yield Signs(unit, head)
        yield Fine(f"Nơi nhận: {record.unit}; Lưu: VT, Hồ sơ.")


def _sign(title: str, record: VisitRecord, side: Side, bytes_of: Bytes, name: str) -> Sign:
    """The signature that side gave under that name; for the unit, which is not asked by name, its last."""
    given = [s for s in record.signatures if s.side is side and (not name or s.name == name)]
    if not given:
        return Sign(title, name)
    last: PackedSignature = given[-1]
    signed_at = f"{last.signed_at.astimezone(ZoneInfo(record.zone)):%H:%M %d/%m/%Y}"
    drawn = bytes_of(last.sha256) if last.sha256 else None
    return Sign(title, last.name, f"(Đã ký trên thiết bị lúc {signed_at})", drawn)


def _photos(record: VisitRecord, bytes_of: Bytes) -> Iterator[Block]:
    shown = [(photo, f"{line.id}: {line.text}") for line in record.lines for photo in line.photos]
    shown += [(photo, "Phiếu ghi tay hoặc ảnh gửi riêng") for photo in record.papers]
    if shown:
        yield Annex("Ảnh chụp tại đơn vị", f"Kèm theo Biên bản kiểm tra ngày {say_day(record.day)}")
    for number, (photo, what) in enumerate(shown, start=1):
        yield Picture(bytes_of(photo), f"Ảnh {number}. {what}. SHA-256: {photo[:16]}…")


def _lower(title: str) -> str:
    return title[:1].lower() + title[1:]


def _clock(record: VisitRecord, at: datetime | None) -> str:
    if at is None:
        return f"{BLANK} giờ {BLANK}"
    local = at.astimezone(ZoneInfo(record.zone))
    return f"{local:%H} giờ {local:%M}, {say_full_day(local.date())}"


def _team(team: Sequence[Member]) -> str:
    return "; ".join(f"{m.name}, {m.unit} ({PART_LABELS[m.part]})" for m in team)


def _named(team: Sequence[Member], part: TeamPart) -> str:
    return next((member.name for member in team if member.part is part), "")


def _code(url: str) -> bytes:
    drawn = io.BytesIO()
    segno.make(url, error="m").save(drawn, kind="png", scale=6, border=2)
    return drawn.getvalue()
