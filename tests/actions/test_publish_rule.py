"""The office's own rules: published in versions, judged beside the pack's, old verdicts untouched."""

from collections.abc import Mapping

import pytest
from sqlmodel import select

from actions.changes import By
from actions.errors import Refused, Stale
from actions.hand_in import hand_in
from actions.judge import Bench, judge
from actions.publish_rule import packs_in_force, publish_rule
from domain.verdict import Outcome, Verdict
from rules.pack import Pack, PackError
from store.compliance_tables import OwnRuleRow
from store.database import Database
from store.office import load_staff
from store.tables import VerdictRow
from tests.actions.conftest import World, actions_on, at
from tests.support.makers import an_issued_duty, an_office, monthly_terms, the_assignment
from tests.support.own_rules import PACK, own

FOUR_FIFTHS = own("report.cashless / report.parents >= 80%")
HALF = own("report.cashless / report.parents >= 50%")


@pytest.fixture
def fees(db: Database) -> World:
    """A monthly report under the pack, opened on 1 February 2023."""
    sample = an_office(db)
    an_issued_duty(db, monthly_terms(("hoa-sen", "song-xanh"), pack="thu-hoc"))
    world = World(db, sample)
    world.open(at(1))
    return world


def publish(world: World, text: str, after: int = 0, despite: str = "") -> OwnRuleRow:
    with world.db.transaction() as session:
        pack = packs_in_force(session, {PACK.id: PACK})[PACK.id]
        return publish_rule(session, pack, text, By("mai", at(2)), after=after, despite=despite)


def judged(world: World, unit: str, round_: int, figures: Mapping[str, object]) -> list[Verdict]:
    owed = the_assignment(world.db, world.sample.units[unit], "2023-02")
    with world.db.transaction() as session:
        sent = hand_in(session, owed, figures=figures, by=By(unit, at(10)), key=f"{unit}-{round_}")
        packs: Mapping[str, Pack] = packs_in_force(session, {PACK.id: PACK})
        bench = Bench(packs, world.calendar(), world.sample.office, lambda: load_staff(session))
        return judge(session, sent.id, bench, By("clock", at(10)))


def test_a_published_rule_judges_the_next_report(fees: World) -> None:
    publish(fees, FOUR_FIFTHS)
    [verdict] = judged(fees, "hoa-sen", 1, {"parents": 560, "cashless": 412})
    assert verdict.outcome is Outcome.NOT_MET
    assert "412 / 560 = 73,6 % < 80 %" in verdict.why


def test_editing_makes_a_new_version_and_the_old_verdict_stands(fees: World) -> None:
    first = publish(fees, FOUR_FIFTHS)
    judged(fees, "hoa-sen", 1, {"parents": 560, "cashless": 412})
    second = publish(fees, HALF, after=1)
    judged(fees, "song-xanh", 1, {"parents": 560, "cashless": 412})

    with fees.db.read() as session:
        rows = session.exec(select(VerdictRow.rule_version, VerdictRow.outcome).order_by(VerdictRow.id)).all()  # type: ignore[arg-type]
    assert [tuple(row) for row in rows] == [
        (first.version, Outcome.NOT_MET),
        (second.version, Outcome.MET),
    ]
    assert (first.number, second.number) == (1, 2)
    assert actions_on(fees, "rule:thu-hoc/khong-tien-mat") == ["publish_rule", "publish_rule"]


def test_a_rule_switched_off_judges_nobody_and_keeps_its_versions(fees: World) -> None:
    publish(fees, FOUR_FIFTHS)
    publish(fees, own("report.cashless / report.parents >= 80%", off="chờ hướng dẫn"), after=1)
    assert judged(fees, "hoa-sen", 1, {"parents": 560, "cashless": 412}) == []
    assert fees.count(OwnRuleRow) == 2


def test_the_same_text_again_is_no_new_version(fees: World) -> None:
    assert publish(fees, FOUR_FIFTHS).number == publish(fees, FOUR_FIFTHS, after=1).number == 1


def test_who_did_not_see_the_newest_version_is_told_to_look_again(fees: World) -> None:
    publish(fees, FOUR_FIFTHS)
    with pytest.raises(Stale):
        publish(fees, HALF, after=0)


def test_a_rule_nobody_can_meet_is_refused_unless_a_reason_is_given(fees: World) -> None:
    hopeless = own("report.cashless > 5 and report.cashless < 3")
    with pytest.raises(Refused, match="không đơn vị nào đạt được"):
        publish(fees, hopeless)
    assert publish(fees, hopeless, despite="diễn tập").despite == "diễn tập"


def test_an_unknown_figure_is_refused_with_its_line_and_column(fees: World) -> None:
    with pytest.raises(PackError, match=r"dòng 4, cột 8: không có 'report\.cashles'"):
        publish(fees, own("report.cashles >= 1"))


def test_a_rule_whose_figure_the_form_no_longer_asks_passes_nobody_in_silence(fees: World) -> None:
    with fees.db.transaction() as session:
        session.add(
            OwnRuleRow(
                pack="thu-hoc", rule_id="cu", number=1, text=own("report.gone > 1"), version="v",
                published_at=at(1), published_by="mai",
            )
        )  # fmt: skip
    [verdict] = judged(fees, "hoa-sen", 1, {"parents": 1, "cashless": 1})
    assert verdict.outcome is Outcome.UNKNOWN
    assert "không có 'report.gone'" in verdict.why
