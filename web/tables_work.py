"""Tables of work: who owes what and how it stands, letters, duties, the year, the trail."""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import partial
from itertools import chain

from sqlmodel import Session

from domain.assignment import LABELS, STANDING_LABELS, Part
from domain.letter import MailState
from domain.wording import say_clause, say_period
from reports.spreadsheet import Cell
from store.questions.board import Line, lines
from store.questions.child_plans import child_plans
from store.questions.due_days import due_days
from store.questions.duties import duties, duty_page
from store.questions.leader import late_units
from store.questions.letters import letters
from store.questions.named import named
from store.questions.scope import widest
from store.questions.trail import PAGE as LINES
from store.questions.trail import trail
from store.questions.trend import by_unit, by_week
from store.questions.work import lately_done, owed
from store.search import words_of
from web.desk import Desk
from web.office_audit import sought_of
from web.office_board import Asked
from web.office_calendar import year_of
from web.office_duties import DUTY_KINDS, kind_of
from web.policy import Act
from web.render import LETTER_KINDS, MAIL_STATES
from web.tables import Rows, Table, asked_for, local, number_for, wall, whole
from web.trail_words import about, points_to, say_action, say_who, say_words


def _board(at: Desk, session: Session, asked: Asked) -> Rows:
    pick = asked.pick(at, session)
    ask = partial(lines, session, at.scope(Act.SEE_BOARD), at.now, at.soon, pick)
    return map(_work, whole(ask, lambda line: line.place(pick.order)))


def _own(at: Desk, session: Session, _asked: Asked) -> Rows:
    scope = at.scope(Act.DO_WORK)
    lines = chain(owed(session, scope, at.now, at.soon), lately_done(session, scope, at.now, at.soon))
    return map(_work, lines)


def _work(line: Line) -> Sequence[Cell]:
    return (
        line.unit, line.title, say_clause(line.clause), say_period(line.period), line.due_on,
        STANDING_LABELS[line.standing], LABELS[line.state], "phối hợp" if line.part is Part.COORDINATOR else "",
    )  # fmt: skip


def _mail(at: Desk, session: Session, asked: Asked) -> Rows:
    state = MailState(asked.loc) if asked.loc in set(MailState) else None
    for one in whole(partial(letters, session, state)):
        x = one.letter
        yield (
            local(at, x.created_at), x.to_name, x.to_address, LETTER_KINDS[x.kind], x.subject,
            MAIL_STATES[x.state], x.reason, local(at, x.sent_at),
        )  # fmt: skip


def _late(at: Desk, session: Session, _asked: Asked) -> Rows:
    for one in late_units(session, at.scope(Act.LEAD), at.now):
        yield one.unit, one.late, one.oldest


def _compared(at: Desk, session: Session, _asked: Asked) -> Rows:
    for one in by_unit(session, widest(session, at.scope(Act.LEAD)), at.now, at.today):
        yield one.unit, one.share.due, one.share.in_time, one.share.percent


def _weeks(at: Desk, session: Session, _asked: Asked) -> Rows:
    weeks = by_week(session, widest(session, at.scope(Act.LEAD)), at.now, at.today)
    for monday, share in weeks.items():
        yield monday, share.due, share.in_time, share.percent if share.due else None


def _child_plans(at: Desk, session: Session, asked: Asked) -> Rows:
    for one in child_plans(session, asked.van_ban or 0, at.scope(Act.LEAD)):
        files = "; ".join(file.file_name for _id, file in one.files)
        yield (
            one.unit,
            one.title,
            say_period(one.period),
            files,
            LABELS[one.state],
            local(at, one.handed_in_at),
        )


def _duties(at: Desk, session: Session, asked: Asked) -> Rows:
    ask = partial(duties, session, kind_of(asked_for(at, "loai")), words_of(asked.tim))
    for one in whole(ask):
        duty = one.duty
        yield duty.title, one.symbol, say_clause(duty.clause), DUTY_KINDS[duty.kind], one.units


def _periods(at: Desk, session: Session, _asked: Asked) -> Rows:
    found = duty_page(session, number_for(at, "nhiem_vu"))
    for one in found.periods if found else ():
        o = one.occurrence
        yield say_period(o.period), o.opens_on, o.due_on, str(o.why), one.units, one.unfinished


def _year(at: Desk, session: Session, _asked: Asked) -> Rows:
    year = year_of(asked_for(at, "nam"), at.today)
    for one in due_days(session, date(year, 1, 1), date(year, 12, 31)):
        yield one.day, one.title, one.units, one.unfinished


def _trail(at: Desk, session: Session, _asked: Asked) -> Rows:
    sought = sought_of(at, *(asked_for(at, name) for name in ("ai", "viec", "ve", "tu", "den")))
    before = None
    while True:
        found = trail(session, sought, before=before)
        known = named(session, {sought.subject}.union(*(points_to(line.entry) for line in found)))
        for line in found[:LINES]:
            entry = line.entry
            yield (
                wall(at, entry.at), say_who(entry, line.by), say_action(entry.action), about(entry, known)[0],
                say_words(entry), "" if line.whole else "không khớp",
            )  # fmt: skip
        if len(found) <= LINES:
            return
        before = found[LINES - 1].id


OF_WORK = ("Đơn vị", "Việc", "Mục", "Kỳ", "Hạn", "Tình trạng", "Trạng thái", "Vai trò")
WORK: Mapping[str, Table] = {
    "bang-theo-doi": Table("Bảng theo dõi", Act.SEE_BOARD, OF_WORK, _board),
    "viec": Table("Việc của đơn vị", Act.DO_WORK, OF_WORK, _own),
    "thu": Table(
        "Thư gửi đi",
        Act.SEE_MAIL,
        ("Lúc soạn", "Người nhận", "Địa chỉ", "Loại", "Tiêu đề", "Tình trạng", "Lý do", "Lúc gửi"),
        _mail,
    ),
    "don-vi-qua-han": Table("Đơn vị quá hạn", Act.LEAD, ("Đơn vị", "Số việc quá hạn", "Hạn sớm nhất"), _late),
    "so-sanh-don-vi": Table(
        "So sánh các đơn vị", Act.LEAD, ("Đơn vị", "Đến hạn", "Đúng hạn", "Tỷ lệ (%)"), _compared
    ),
    "tung-tuan": Table(
        "Đúng hạn từng tuần", Act.LEAD, ("Tuần từ", "Đến hạn", "Đúng hạn", "Tỷ lệ (%)"), _weeks
    ),
    "ke-hoach-don-vi": Table(
        "Kế hoạch của các đơn vị",
        Act.LEAD,
        ("Đơn vị", "Việc", "Kỳ", "Tệp", "Trạng thái", "Nộp lúc"),
        _child_plans,
    ),
    "nhiem-vu": Table("Nhiệm vụ", Act.DECIDE, ("Nhiệm vụ", "Văn bản", "Mục", "Loại", "Đơn vị"), _duties),
    "ky-cua-nhiem-vu": Table(
        "Các kỳ của nhiệm vụ",
        Act.DECIDE,
        ("Kỳ", "Mở ngày", "Hạn", "Vì sao", "Đơn vị", "Chưa xong"),
        _periods,
    ),
    "lich-nam": Table("Ngày đến hạn trong năm", Act.DECIDE, ("Ngày", "Việc", "Đơn vị", "Chưa xong"), _year),
    "nhat-ky": Table("Nhật ký", Act.DECIDE, ("Lúc", "Ai", "Làm gì", "Về", "Nội dung", "Mã kiểm"), _trail),
}
