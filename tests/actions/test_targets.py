"""The ledger: figures in, baselines carried over, targets entered from what was issued."""

import pytest
from sqlmodel import Session, col, select

from actions.changes import By
from actions.decide_draft import approve_draft
from actions.define_measure import define_measure
from actions.errors import Refused
from actions.issue_duties import issue_duties
from actions.report_figure import report_figure
from actions.set_target import set_target
from domain.draft import Target as Read
from domain.draft import WordedAim
from domain.duty import DraftStatus
from domain.measure import Count, Measure
from domain.proposal import Proposal
from domain.target import Aim, Target
from domain.target_standing import standing
from domain.verdict import Outcome
from store.compliance_tables import MeasureRow, ReportedRow, TargetRow
from store.database import Database
from store.office import load_office
from store.questions.ledger import Line, counts_of, ledger
from store.tables import DraftRow
from tests.actions.conftest import World, actions_on, at
from tests.support.makers import a_directive, a_draft, an_office, monthly_terms

MEMBERS = Measure(code="dang-vien", name="Tỉ lệ đảng viên", unit="%", definition="trên CBQL, GV, NV")
SWIMMERS = Measure(code="hoc-boi", name="Học sinh học bơi", unit="học sinh", definition="được cấp chứng nhận")


@pytest.fixture
def office(db: Database) -> World:
    return World(db, an_office(db))


def measured(session: Session, measure: Measure) -> MeasureRow:
    return define_measure(session, measure, By("mai", at(1)))


def report(
    world: World, measure: Measure, period: str, value: str, unit: str = "pgd", **said: object
) -> ReportedRow:
    with world.db.transaction() as session:
        figure = Count.model_validate({"period": period, "value": value, **said})
        unit_id = world.sample.units[unit]
        row = measured(session, measure)
        return report_figure(session, row, unit_id, figure, By("mai", at(1)), source="Báo cáo 45/BC, mục II")


def a_target(world: World, measure: Measure, aim: Aim, unit: str = "pgd", **said: object) -> TargetRow:
    with world.db.transaction() as session:
        terms = {"code": "CV-2022.9.1", "aim": aim, "first": "2022-08-01", "set_at": at(1), "set_by": "mai"}
        target = Target.model_validate({**terms, **said})
        return set_target(
            session, measured(session, measure), world.sample.units[unit], target, By("mai", at(1))
        )


def the_line(world: World) -> Line:
    with world.db.read() as session:
        [line] = ledger(session)
        return line


def outcome(line: Line) -> Outcome:
    terms = line.target.terms(line.measure.unit)
    return standing(terms, line.counts, at(1).date(), line.others).outcome


def test_a_reported_value_is_the_baseline_of_the_next_documents_target(office: World) -> None:
    report(office, MEMBERS, "NH2021-2022", "41")
    target = a_target(office, MEMBERS, Aim.LEVEL, value="45")
    assert target.baseline is not None
    assert (target.baseline["period"], target.baseline["value"]) == ("NH2021-2022", "41")


def test_the_baseline_of_a_class_is_the_figure_of_that_class(office: World) -> None:
    for unit, value in (("hoa-sen", "10"), ("anh-duong", "7"), ("pgd", "99")):
        report(office, SWIMMERS, "NH2021-2022", value, unit)
    target = a_target(office, SWIMMERS, Aim.GROW, value="3", unit_class="public")
    assert target.baseline is not None
    assert (target.baseline["value"], target.baseline["units"]) == ("10", 1)


def test_a_changed_definition_breaks_the_series_and_gives_no_verdict(office: World) -> None:
    report(office, MEMBERS, "NH2021-2022", "41")
    a_target(office, MEMBERS, Aim.MAINTAIN)
    anew = MEMBERS.model_copy(update={"definition": "trên cán bộ trong biên chế"})
    report(office, anew, "NH2022-2023", "48")
    assert outcome(the_line(office)) is Outcome.UNKNOWN
    assert actions_on(office, "measure:dang-vien")[-2:] == ["redefine_measure", "report_figure"]


def test_a_correction_is_a_later_revision_and_the_earlier_one_stays(office: World) -> None:
    report(office, MEMBERS, "NH2022-2023", "44")
    second = report(office, MEMBERS, "NH2022-2023", "46")
    a_target(office, MEMBERS, Aim.LEVEL, value="45")
    assert second.revision == 2
    assert office.count(ReportedRow) == 2
    assert outcome(the_line(office)) is Outcome.MET


def test_the_figures_of_the_units_add_up_and_say_of_how_many(office: World) -> None:
    report(office, SWIMMERS, "2022-09", "120", unit="hoa-sen")
    report(office, SWIMMERS, "2022-09", "80", unit="song-xanh")
    a_target(office, SWIMMERS, Aim.CUMULATIVE, value="3000", last="2023-07-31")
    [count] = the_line(office).counts
    assert (count.amount, count.units) == (200, 2)


def test_a_target_of_one_class_of_units_counts_that_class(office: World) -> None:
    report(office, SWIMMERS, "2022-09", "120", unit="hoa-sen")
    report(office, SWIMMERS, "2022-09", "7", unit="anh-duong")
    report(office, SWIMMERS, "2022-09", "500", unit="pgd")
    a_target(office, SWIMMERS, Aim.CUMULATIVE, value="100", unit_class="private")
    [count] = the_line(office).counts
    assert count.amount == 7


@pytest.mark.parametrize(
    ("period", "value", "said", "message"),
    [
        ("thang 2", "5", {}, "không phải là một kỳ"),
        ("2023-02", "nhiều", {}, "phải là số"),
        (
            "2023-02",
            "54",
            {"parts": {"a": "23", "b": "29"}},
            "các phần cộng lại 52 học sinh, tổng ghi 54 học sinh",
        ),
    ],
)
def test_what_cannot_be_a_figure_is_refused(
    office: World, period: str, value: str, said: dict[str, object], message: str
) -> None:
    with pytest.raises(Refused, match=message):
        report(office, SWIMMERS, period, value, **said)
    assert office.count(ReportedRow) == 0


def test_targets_of_issued_drafts_enter_the_ledger_once(db: Database) -> None:
    an_office(db)
    quote = "Duy trì 25 trường, nhân rộng thêm 03 trường; 100% các trường thu không tiền mặt."
    terms = monthly_terms(("hoa-sen",))
    reads = (
        Read(text="25 trường, nhân rộng thêm", metric="duy trì", comparator="=", value=25, unit="trường"),
        Read(text="03 trường", metric="trường điện tử", comparator="=", value=3, unit="trường"),
        Read(text="100%", metric="³", comparator="=", value=100, unit="%"),
        Read(
            text="50-55%",
            metric="đảng viên",
            comparator="range",
            value="50-55",
            unit="%",
            deadline_latest="2023-06-30",
        ),
        Read(
            text="3.000 học sinh/năm học",
            metric="học bơi",
            comparator=">=",
            value=3000,
            unit="học sinh/năm học",
        ),
    )
    aims = (
        WordedAim(text="giảm số vụ so với cùng kỳ", metric="số vụ", aim="direction", comparator="<"),
        WordedAim(text="cao hơn trung bình", metric="điểm", aim="relative", comparator=">"),
    )
    directive = a_directive(
        db,
        [(a_draft(quote, 9, targets=reads, aims=aims), Proposal(terms, (), ()))],
        text=f"KẾ HOẠCH\n{quote}",
    )
    for _ in range(2):
        with db.transaction() as session:
            row = session.exec(select(DraftRow)).one()
            if row.status is DraftStatus.PROPOSED:
                approve_draft(session, row.id, By("mai", at(1)), terms=terms)
            issue_duties(session, directive, load_office(session), By("mai", at(1)))

    with db.read() as session:
        found = session.exec(select(TargetRow).order_by(col(TargetRow.id))).all()
        assert len({t.measure_id for t in found}) == len(reads) + len(aims[:1])
        said = [(t.aim, t.comparator, t.value, t.upper, str(t.first), str(t.last)) for t in found]
    assert said == [
        (Aim.LEVEL, ">=", "25", "", "2023-01-01", "None"),
        (Aim.GROW, ">=", "3", "", "2023-01-01", "None"),
        (Aim.LEVEL, "=", "100", "", "2023-01-01", "None"),
        (Aim.LEVEL, "range", "50", "55", "2023-01-01", "2023-06-30"),
        (Aim.CUMULATIVE, ">=", "3000", "", "2022-08-01", "2023-07-31"),
        (Aim.DIRECTION, "<", "", "", "2023-01-01", "None"),
    ]


def test_a_unit_sees_its_own_series(office: World) -> None:
    report(office, SWIMMERS, "2022-09", "120", unit="hoa-sen")
    with office.db.transaction() as session:
        row = measured(session, SWIMMERS)
        assert [one.amount for one in counts_of(session, row, office.sample.units["hoa-sen"])] == [120]
        assert counts_of(session, row, office.sample.units["song-xanh"]) == ()
