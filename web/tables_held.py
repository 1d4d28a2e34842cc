"""Tables of what units are held to: targets, statements, watch lists, rules, the emulation board, inspections."""

from collections.abc import Mapping
from datetime import date

from sqlmodel import Session

from actions.read_statements import read_statements
from domain.checklist import SEVERITY_LABELS
from domain.emulation import GRADES
from domain.inspection import KIND_LABELS, STATE_LABELS
from domain.target_standing import standing
from domain.verdict import Outcome
from domain.wording import say_period
from reports.target_chart import rows
from store.questions.emulation import board
from store.questions.inspection_counts import standings
from store.questions.inspection_rooms import found_lines, visit_lines
from store.questions.ledger import by_unit, ledger
from store.questions.rule_results import judged_periods, outcomes, reported_periods
from store.questions.stated import answering, registers
from store.questions.watched import watched
from web.desk import Desk
from web.emulation import year_of
from web.office_board import Asked
from web.policy import Act
from web.rules_form import CONSEQUENCES, SEVERITIES
from web.statements import STATED, period_of
from web.tables import MOST, Rows, Table, asked_for, number_for

OUTCOMES = (Outcome.MET, Outcome.NOT_MET, Outcome.UNKNOWN)


def _targets(at: Desk, session: Session, _asked: Asked) -> Rows:
    for line in ledger(session, at.scope(Act.SEE_BOARD)):
        found = standing(line.target.terms(line.measure.unit), line.counts, at.today, line.others)
        yield line.measure.name, line.target.code, found.why, line.target.first, line.target.last


def _figures(at: Desk, session: Session, _asked: Asked) -> Rows:
    """Of the target `chi_tieu`: what was wanted and reported, period by period."""
    for line in ledger(session, at.scope(Act.SEE_BOARD), number_for(at, "chi_tieu")):
        for row in rows(line.target.terms(line.measure.unit), line.counts):
            yield say_period(row.period) or row.period, row.figure, row.wanted


def _reported(at: Desk, session: Session, _asked: Asked) -> Rows:
    """Of the target `chi_tieu`: what each unit reported, and where it stands."""
    scope = at.scope(Act.SEE_BOARD)
    for line in ledger(session, scope, number_for(at, "chi_tieu")):
        for count in line.counts:
            for one in by_unit(session, line.measure, count.period, scope):
                said, source = one.count.amount, one.sources[0].source
                figure = one.count.say(said) if said is not None else ""
                yield say_period(count.period) or count.period, one.unit, figure, source, len(one.sources) - 1


def _statements(at: Desk, session: Session, _asked: Asked) -> Rows:
    key = period_of(at, asked_for(at, "ky"))
    packs = at.works.packs_in_force(session)
    units = answering(session, at.scope(Act.SEE_BOARD), at.office.unit)
    for register in registers(session):
        for one in read_statements(session, register, units, key, packs.get(register.pack)):
            yield register.title, say_period(key), one.unit, STATED[one.stated], one.count, one.why


def _emulation(at: Desk, session: Session, _asked: Asked) -> Rows:
    for row in board(session, year_of(at, asked_for(at, "nam"))):
        grades = (GRADES[one] if one else "" for one in (row.grade, row.before))
        yield row.title, *grades, "; ".join(row.evidence)


def _watched(at: Desk, session: Session, _asked: Asked) -> Rows:
    for one in watched(session, at.scope(Act.SEE_BOARD)):
        yield one.title, one.clause, one.unit, one.entered_on, str(one.why), one.to_go


def _rules(at: Desk, session: Session, _asked: Asked) -> Rows:
    """With what each found in the newest period that was reported."""
    for pack in at.works.packs_in_force(session).values():
        period = next(iter(reported_periods(session, pack.id)), "")
        found = outcomes(session, pack.id, period)
        for rule in pack.rules:
            counts: Mapping[Outcome, int] = found.get(rule.id, {})
            yield (
                pack.title, rule.title, rule.clause, SEVERITIES[rule.severity], CONSEQUENCES[rule.then], rule.off,
                say_period(period) if period else "", *(counts.get(one, 0) if period else None for one in OUTCOMES),
            )  # fmt: skip


def _judged(at: Desk, session: Session, _asked: Asked) -> Rows:
    """Of the rule `quy_tac` of the pack `bo`."""
    for one in judged_periods(session, asked_for(at, "bo"), asked_for(at, "quy_tac")):
        counts = (one.counts.get(outcome, 0) for outcome in OUTCOMES)
        yield say_period(one.period) or one.period, *counts, one.version[:8]


def _plans(at: Desk, session: Session, _asked: Asked) -> Rows:
    for one in standings(session, date(2000, 1, 1), date(2100, 12, 31), at.office.unit, at.now):
        yield (
            one.title, KIND_LABELS[one.kind], one.first, one.last, one.to_visit, one.visited, one.covered, one.lessons,
            sum(one.findings.values()), one.open_findings, one.late_findings,
        )  # fmt: skip


def _visits(at: Desk, session: Session, _asked: Asked) -> Rows:
    scope, sealed = at.scope(Act.SEE_BOARD), at.may(Act.DECIDE)
    for one in visit_lines(session, scope, sealed=sealed, limit=MOST + 1):
        yield one.unit, one.plan, KIND_LABELS[one.kind], one.day, STATE_LABELS[one.state], one.findings


def _found(at: Desk, session: Session, _asked: Asked) -> Rows:
    for one in found_lines(session, at.scope(Act.SEE_BOARD), at.now, limit=MOST + 1):
        yield (
            one.unit, one.theme, one.item, one.text, one.clause, SEVERITY_LABELS[one.severity],
            "lặp lại" if one.repeated else "", one.found_on, one.due_on,
            "quá hạn" if one.late else "đang khắc phục" if one.open else "đã đóng",
        )  # fmt: skip


HELD: Mapping[str, Table] = {
    "chi-tieu": Table(
        "Chỉ tiêu", Act.SEE_BOARD, ("Chỉ tiêu", "Mã", "Tình hình", "Từ ngày", "Đến ngày"), _targets
    ),
    "kiem-tra": Table(
        "Kế hoạch kiểm tra",
        Act.SEE_BOARD,
        (
            "Kế hoạch",
            "Hình thức",
            "Từ ngày",
            "Đến ngày",
            "Số đơn vị",
            "Đã kiểm tra",
            "Độ phủ (%)",
            "Tiết dự giờ",
            "Chưa đạt",
            "Đang khắc phục",
            "Quá hạn khắc phục",
        ),
        _plans,
    ),
    "cuoc-kiem-tra": Table(
        "Cuộc kiểm tra",
        Act.SEE_BOARD,
        ("Đơn vị", "Kế hoạch", "Hình thức", "Ngày", "Tình trạng", "Nội dung chưa đạt"),
        _visits,
    ),
    "ton-tai": Table(
        "Nội dung chưa đạt",
        Act.SEE_BOARD,
        (
            "Đơn vị",
            "Chuyên đề",
            "Mã",
            "Yêu cầu chưa đạt",
            "Căn cứ",
            "Mức độ",
            "Lặp lại",
            "Phát hiện",
            "Hạn khắc phục",
            "Tình trạng",
        ),
        _found,
    ),
    "so-lieu-chi-tieu": Table(
        "Số liệu và mức cần đạt", Act.SEE_BOARD, ("Kỳ", "Số liệu", "Cần đạt"), _figures
    ),
    "ai-da-bao": Table(
        "Số liệu từng đơn vị",
        Act.SEE_BOARD,
        ("Kỳ", "Đơn vị", "Số liệu", "Nguồn", "Số lần sửa"),
        _reported,
    ),
    "cam-ket": Table(
        "Cam kết và sự vụ",
        Act.SEE_BOARD,
        ("Nội dung", "Kỳ", "Đơn vị", "Nói gì", "Số vụ", "Số liệu nói khác"),
        _statements,
    ),
    "thi-dua": Table(
        "Bảng thi đua", Act.SEE_BOARD, ("Lĩnh vực", "Năm nay", "Năm trước", "Minh chứng"), _emulation
    ),
    "danh-sach-theo-doi": Table(
        "Danh sách theo dõi",
        Act.SEE_BOARD,
        ("Danh sách", "Căn cứ", "Đơn vị", "Từ ngày", "Vì sao", "Còn số kỳ đạt"),
        _watched,
    ),
    "quy-tac": Table(
        "Quy tắc",
        Act.DECIDE,
        (
            "Bộ",
            "Quy tắc",
            "Điều khoản",
            "Mức độ",
            "Khi không đạt",
            "Đã tắt vì",
            "Kỳ",
            "Đạt",
            "Không đạt",
            "Chưa rõ",
        ),
        _rules,
    ),
    "ket-luan-quy-tac": Table(
        "Kết luận của một quy tắc",
        Act.DECIDE,
        ("Kỳ", "Đạt", "Không đạt", "Chưa rõ", "Phiên bản"),
        _judged,
    ),
}
