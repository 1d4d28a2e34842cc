"""The API of what units are held to: targets and their figures, statements, watch lists, the emulation board."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal

from fastapi import Query
from pydantic import BaseModel, Field
from sqlmodel import col, select

from actions.errors import Refused
from actions.grade_field import grade_field
from actions.name_fields import name_fields
from actions.read_statements import read_statements
from actions.report_figure import report_figure
from actions.sign_statement import sign_statement
from domain.emulation import Grade
from domain.measure import Count
from domain.period import BadPeriod, containing, period
from domain.sentence import Sentence
from domain.statement import Kind, Stated
from domain.target import Aim
from domain.target_standing import standing
from domain.verdict import Outcome
from store.compliance_tables import WatchListRow
from store.office import load_staff
from store.questions.emulation import board
from store.questions.ledger import ledger
from store.questions.stated import answering, registers, said_by
from store.questions.watched import watched
from web.api import BoardReader, Body, Clerk, Said, Shown, Typed, Word, Worker, api_router, example
from web.desk import Desk
from web.emulation import fields_of
from web.errors import Told
from web.forms import MOST, Id
from web.policy import Act
from web.statements import new_register
from web.targets import kept_target, target_line, unit_named
from web.watch_lists import new_list

router = api_router("compliance")

Text = Annotated[str, Field(max_length=2000)]
Figure = Annotated[Decimal, Field(ge=-(10**15), le=10**15, max_digits=20, decimal_places=6)]
Period = Annotated[str, Field(max_length=20)]
CALLED = {"amount": "value", "faults": "parts"}
"""What the action calls by another name."""
AskedPeriod = Annotated[str, Query(max_length=20, description="2026-02, 2026-Q1, NH2025-2026; trống: kỳ này")]


# --- targets ----------------------------------------------------------------------------------------------


class TargetSent(Typed):
    """`numerator` and `denominator` name what is divided; `unit_class`: a kind, level or ownership of units;
    `against`: the code of the measure a relative target looks at; `upper`: where a range is wanted; `each`: the least
    growth of each class; `path`: stations by day or period, as {"2026": "45", "2030": "50–55"}."""

    model_config = example(
        name="Học sinh học bơi", unit="%", aim="level", comparator=">=", value=80, first="2026-01-01",
        numerator="học sinh đã học bơi", denominator="học sinh",
    )  # fmt: skip

    name: Annotated[Word, Field(serialization_alias="ten")]
    aim: Annotated[Aim, Field(serialization_alias="kieu")]
    comparator: Annotated[Literal[">=", "<=", "=", ">", "<"], Field(serialization_alias="so_sanh")] = ">="
    first: Annotated[date, Field(serialization_alias="tu")]
    last: Annotated[date | None, Field(serialization_alias="den")] = None
    value: Annotated[Figure | None, Field(serialization_alias="muc")] = None
    upper: Annotated[Figure | None, Field(serialization_alias="muc_tren")] = None
    each: Annotated[
        dict[Word, Figure], Field(max_length=100, serialization_alias="tung_loai", default_factory=dict)
    ]
    path: Annotated[
        dict[Word, Word], Field(max_length=100, serialization_alias="lo_trinh", default_factory=dict)
    ]
    unit: Annotated[Word, Field(serialization_alias="don_vi_tinh")] = ""
    numerator: Annotated[Word, Field(serialization_alias="tu_so")] = ""
    denominator: Annotated[Word, Field(serialization_alias="mau_so")] = ""
    definition: Annotated[Text, Field(serialization_alias="cach_tinh")] = ""
    clause: Annotated[Word, Field(serialization_alias="dieu_khoan")] = ""
    unit_class: Annotated[Word, Field(serialization_alias="loai")] = ""
    against: Annotated[Word, Field(serialization_alias="so_voi")] = ""


class FigureSent(Body):
    """Either `value`, or `numerator` and `denominator`. `parts`: a breakdown; `of`: how many were ranked; `unit`:
    code, empty for whom the target is set; `source`: the document where the figure stands."""

    model_config = example(period="2026-02", numerator=26, denominator=39, source="Báo cáo 45/BC, mục II.2")

    period: Period
    source: Annotated[str, Field(min_length=1, max_length=500)]
    value: Figure | None = None
    numerator: Figure | None = None
    denominator: Figure | None = None
    parts: Annotated[dict[Word, Figure], Field(max_length=100, default_factory=dict)]
    of: Annotated[int | None, Field(ge=1, le=999_999)] = None
    unit: Word = ""


class Target(BaseModel):
    id: int
    code: str
    measure: str
    aim: Aim
    outcome: Outcome
    why: Said
    amount: Decimal | None
    forecast: Decimal | None


class CountShown(Shown):
    period: str
    value: str
    numerator: str
    denominator: str
    parts: dict[str, str]


class WholeTarget(Target):
    counts: list[CountShown]


@router.get("/targets")
def targets(at: BoardReader) -> list[Target]:
    """Các chỉ tiêu và tình hình thực hiện."""
    with at.works.db.read() as session:
        lines = ledger(session, at.scope(Act.SEE_BOARD))
    return [Target(**_target(line, at.today)) for line in lines]


@router.post("/targets", status_code=201)
def set_one(at: Clerk, wanted: TargetSent) -> WholeTarget:
    """Đặt một chỉ tiêu. Đặt lại đúng chỉ tiêu ấy thì vẫn là chỉ tiêu đã có."""
    with wanted.as_form() as form:
        return one_target(at, kept_target(at, form))


@router.get("/targets/{target_id}")
def one_target(at: BoardReader, target_id: Id) -> WholeTarget:
    """Một chỉ tiêu với các số đã báo cáo."""
    with at.works.db.read() as session:
        line = target_line(at, session, target_id)
    return WholeTarget(
        **_target(line, at.today), counts=[CountShown.model_validate(count) for count in line.counts]
    )


@router.post("/targets/{target_id}/figures")
def report(at: Clerk, target_id: Id, said: FigureSent) -> WholeTarget:
    """Ghi một số liệu; ghi lại cùng kỳ là đính chính."""
    with at.works.db.transaction() as session:
        line = target_line(at, session, target_id)
        count = Count(
            period=said.period, value=_plain(said.value), numerator=_plain(said.numerator),
            denominator=_plain(said.denominator), of=said.of,
            parts={name: _plain(value) for name, value in said.parts.items()},
        )  # fmt: skip
        unit_id = unit_named(session, said.unit, line)
        try:
            report_figure(session, line.measure, unit_id, count, at.by, source=said.source.strip())
        except Refused as refused:
            raise refused.about(CALLED.get(refused.of, refused.of)) from refused
    return one_target(at, target_id)


def _target(line: Any, today: date) -> dict[str, Any]:
    counts: tuple[Count, ...] = line.counts
    found = standing(line.target.terms(line.measure.unit), counts, today, line.others)
    return {
        "id": line.target.id, "code": line.target.code, "measure": line.measure.name, "aim": line.target.aim,
        "outcome": found.outcome, "why": found.why, "amount": _decimal(found.amount),
        "forecast": _decimal(found.forecast),
    }  # fmt: skip


def _decimal(amount: Any) -> Decimal | None:
    return None if amount is None else round(Decimal(amount.numerator) / Decimal(amount.denominator), 6)


def _plain(figure: Decimal | None) -> str:
    return "" if figure is None else format(figure, "f")


# --- statements -------------------------------------------------------------------------------------------


class Signed(Body):
    """`count`: how often it happened; 0 is the attestation."""

    model_config = example(register="khong-lam-thu", unit_id=3, period="2026-02", count=0)

    register_code: Annotated[Word, Field(alias="register")]
    unit_id: Annotated[int, Field(ge=1, le=MOST)]
    period: Period
    count: Annotated[int, Field(ge=0, le=999_999)]
    note: Text = ""


class RegisterSent(Typed):
    """`contradicted_if`: a condition on the reports of `pack` that speaks against zero."""

    model_config = example(title="Không để xảy ra lạm thu", kind="prohibition", clause="Mục II.3 CT 12/UBND")

    title: Annotated[Word, Field(serialization_alias="ten")]
    kind: Annotated[Kind, Field(serialization_alias="loai")]
    clause: Annotated[Word, Field(serialization_alias="dieu_khoan")] = ""
    pack: Annotated[Word, Field(serialization_alias="bo")] = ""
    contradicted_if: Annotated[Text, Field(serialization_alias="trai")] = ""


class RegisterShown(Shown):
    code: str
    kind: Kind
    title: str
    clause: str


class OwnStatement(BaseModel):
    """`count` None: nothing said yet."""

    register_code: Annotated[str, Field(serialization_alias="register")]
    title: str
    unit_id: int
    unit: str
    count: int | None
    note: str


class Position(Shown):
    unit: str
    stated: Stated
    count: int | None
    why: Said


class Statements(BaseModel):
    about: RegisterShown
    units: list[Position]


@router.get("/statements")
def mine(at: Worker, period: AskedPeriod = "") -> list[OwnStatement]:
    """Cam kết của đơn vị mình trong một kỳ."""
    key = _period(at, period)
    units = {post.unit_id: post.unit for post in at.viewer.posts if at.may(Act.DO_WORK, post.unit_id)}
    found = []
    with at.works.db.read() as session:
        for unit_id, name in units.items():
            said = said_by(session, unit_id, key)
            for one in registers(session):
                row = said.get(one.id)
                found.append(
                    OwnStatement(
                        register_code=one.code,
                        title=one.title,
                        unit_id=unit_id,
                        unit=name,
                        count=row.count if row else None,
                        note=row.note if row else "",
                    )
                )
    return found


@router.post("/statements")
def sign(at: Worker, signed: Signed) -> list[OwnStatement]:
    """Thủ trưởng ký cam kết của đơn vị trong một kỳ."""
    at.demand(Act.DO_WORK, signed.unit_id)
    key = _period(at, signed.period)
    with at.works.db.transaction() as session:
        sign_statement(
            session, signed.register_code, signed.unit_id, key, signed.count, at.by,
            staff=load_staff(session), today=at.today, note=signed.note.strip(),
        )  # fmt: skip
    return mine(at, key)


@router.get("/statements/all")
def everybodys(at: BoardReader, period: AskedPeriod = "") -> list[Statements]:
    """Cam kết của mọi đơn vị trong một kỳ: ai chưa nói gì, số liệu của ai nói khác."""
    key = _period(at, period)
    with at.works.db.read() as session:
        packs = at.works.packs_in_force(session)
        units = answering(session, at.scope(Act.SEE_BOARD), at.office.unit)
        return [
            Statements(
                about=RegisterShown.model_validate(one),
                units=[
                    Position.model_validate(said)
                    for said in read_statements(session, one, units, key, packs.get(one.pack))
                ],
            )
            for one in registers(session)
        ]


@router.post("/statements/registers", status_code=201)
def ask_for(at: Clerk, wanted: RegisterSent) -> list[RegisterShown]:
    """Thêm một nội dung phải cam kết."""
    with wanted.as_form() as form:
        new_register(at, form)
    with at.works.db.read() as session:
        return [RegisterShown.model_validate(one) for one in registers(session)]


def _period(at: Desk, typed: str) -> str:
    """Raises 422 for what is no period; nothing is the month that is running."""
    try:
        return period(typed).key if typed else containing("month", at.today).key
    except BadPeriod as error:
        raise Told(
            422, Sentence("Không có kỳ “{period}”; ví dụ 2026-02, 2026-Q3, 2026.", period=typed)
        ) from error


# --- watch lists ------------------------------------------------------------------------------------------


class WatchListSent(Typed):
    """`enter_if` and `leave_if`: conditions on the reports of `pack`; a unit leaves after `leave_after` good reports.
    `duty_id`: the duty its members owe."""

    model_config = example(
        title="Trường cần theo dõi thu phí",
        pack="bao-cao-thang",
        enter_if="report.cashless * 100 < report.parents * 50",
    )

    title: Annotated[Word, Field(serialization_alias="ten")]
    pack: Annotated[Word, Field(serialization_alias="bo")]
    clause: Annotated[Word, Field(serialization_alias="dieu_khoan")] = ""
    enter_if: Annotated[Text, Field(serialization_alias="vao")] = ""
    leave_if: Annotated[Text, Field(serialization_alias="ra")] = ""
    leave_after: Annotated[int, Field(serialization_alias="sau", ge=1, le=24)] = 1
    duty_id: Annotated[int | None, Field(serialization_alias="viec", ge=1, le=MOST)] = None


class Watching(Shown):
    unit: str
    entered_on: date
    why: Said
    to_go: int


class WatchListShown(BaseModel):
    """`to_go`: good reports in a row that still take the unit off."""

    code: str
    title: str
    clause: str
    units: list[Watching]


@router.get("/watch-lists")
def watch_lists(at: BoardReader) -> list[WatchListShown]:
    """Các danh sách theo dõi và đơn vị trong đó."""
    with at.works.db.read() as session:
        entries = watched(session, at.scope(Act.SEE_BOARD))
        return [
            WatchListShown(
                code=one.code, title=one.title, clause=one.clause,
                units=[Watching.model_validate(entry) for entry in entries if entry.title == one.title],
            )
            for one in session.exec(select(WatchListRow).order_by(col(WatchListRow.id)))
        ]  # fmt: skip


@router.post("/watch-lists", status_code=201)
def make(at: Clerk, wanted: WatchListSent) -> list[WatchListShown]:
    """Lập một danh sách theo dõi."""
    with wanted.as_form() as form:
        new_list(at, form)
    return watch_lists(at)


# --- the emulation board ----------------------------------------------------------------------------------


class GradeSent(Body):
    """`year`: 2026 or NH2025-2026; `evidence`: where the grade is written."""

    model_config = example(
        field="phong-chong-dich", year="2026", grade="good", evidence=["Quyết định 15/QĐ-UBND"]
    )

    field: Word
    year: Period
    grade: Grade
    evidence: Annotated[list[Annotated[str, Field(max_length=500)]], Field(max_length=50)]


class FieldsSent(Body):
    """In their order."""

    model_config = example(titles=["Phòng, chống dịch", "Chuyển đổi số"])

    titles: Annotated[list[Word], Field(max_length=200)]


class Graded(Shown):
    """`before`: the grade of the year before."""

    code: str
    title: str
    grade: Grade | None
    before: Grade | None
    evidence: list[str]


@router.get("/emulation")
def the_board(at: BoardReader, year: AskedPeriod = "") -> list[Graded]:
    """Bảng thi đua của một năm."""
    key = _year(at, year)
    with at.works.db.read() as session:
        return [Graded.model_validate(row) for row in board(session, key)]


@router.post("/emulation/grades")
def grade(at: Clerk, given: GradeSent) -> list[Graded]:
    """Ghi mức xếp loại một lĩnh vực."""
    key = _year(at, given.year)
    with at.works.db.transaction() as session:
        grade_field(session, given.field, key, given.grade, given.evidence, at.by)
    return the_board(at, key)


@router.put("/emulation/fields")
def fields(at: Clerk, named: FieldsSent) -> list[Graded]:
    """Đặt tên và thứ tự các lĩnh vực thi đua."""
    with at.works.db.transaction() as session:
        name_fields(session, fields_of(named.titles), at.by)
    return the_board(at)


def _year(at: Desk, typed: str) -> str:
    """Raises 422 for what is no year; nothing is the school year that is running."""
    if not typed:
        return containing("school_year", at.today).key
    key = _period(at, typed)
    if period(key).unit not in {"year", "school_year"}:
        raise Told(422, Sentence("Hãy ghi một năm, như 2026 hoặc NH2025-2026."))
    return key
