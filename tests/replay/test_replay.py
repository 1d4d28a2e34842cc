"""Weeks on a virtual clock: the same seed tells the same story, and the numbers add up."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import col, select

from actions.errors import Refused
from domain.assignment import State
from domain.duty import Kind
from domain.inspection import VisitKind
from domain.instants import end_of
from domain.letter import MailState
from domain.report import Synthesis
from domain.verdict import Outcome
from runtime.jobs import Counts
from store import audit
from store.questions.reports import ReportLine, reports
from store.questions.tally import Tally, tally
from store.tables import AssignmentRow, ReportRow, SubmissionRow, UnitRow
from tests.support.makers import psycopg_url
from tests.support.replaying import letters_in, play_in, sample, works_in

UNTIL = date(2026, 12, 31)


class Told:
    """What one run of two months left behind."""

    def __init__(self, home: Path, until: date = UNTIL, url: str = "") -> None:
        play = sample(until)
        self.home = home
        self.done: Counts = play_in(home, play, url=url)[0]
        works = works_in(home, play, 0, url)
        with works.db.read() as session:
            self.tally: Tally = tally(session, end_of(until, play.folder.office.tz))
            self.trail: str | None = audit.verify(session)
            self.reports: list[ReportLine] = reports(session)
        works.db.dispose()


@pytest.fixture(scope="module")
def two_months(tmp_path_factory: pytest.TempPathFactory) -> Told:
    return Told(tmp_path_factory.mktemp("first"))


def test_the_same_seed_gives_the_same_event_log_and_the_same_documents(
    two_months: Told, tmp_path: Path
) -> None:
    again = Told(tmp_path)
    assert again.tally == two_months.tally
    assert again.reports == two_months.reports
    assert letters_in(tmp_path) == letters_in(two_months.home)


def test_every_assignment_ends_in_exactly_one_way(two_months: Told) -> None:
    t = two_months.tally
    assert t.on_time + t.late + t.never + t.not_due + t.out == t.assignments
    assert t.assignments > t.occurrences > 0


def test_every_kind_of_ending_is_played(two_months: Told) -> None:
    """A replay in which nobody is late, silent or wrong shows nothing."""
    t = two_months.tally
    assert min(t.on_time, t.late, t.never, t.returned) > 0
    assert min(t.verdicts[outcome] for outcome in (Outcome.MET, Outcome.NOT_MET)) > 0
    assert t.duties[Kind.RECURRING] == t.duties[Kind.STANDING] == 1


def test_inspections_are_drawn_visited_and_followed_to_the_end(two_months: Told) -> None:
    seen = two_months.tally.inspections
    assert (seen.draws, seen.shown, seen.visits) == (2, 2, {VisitKind.SURPRISE: 4})
    assert 0 < seen.corrective <= sum(seen.findings.values())
    assert 0 < seen.escalated <= seen.corrective
    assert 0 < seen.put_right < seen.corrective


def test_reminders_and_every_rung_of_the_ladder_are_told(two_months: Told) -> None:
    assert {offset for offset, _ in two_months.tally.told} == {-3, 0, 1, 3, 7}


def test_every_letter_noted_as_sent_reached_the_mail_server_once(two_months: Told) -> None:
    t = two_months.tally
    assert t.mails[MailState.SENT] == len(letters_in(two_months.home))
    assert set(t.mails) <= {MailState.SENT, MailState.SKIPPED}


def test_each_closed_month_has_its_report(two_months: Told) -> None:
    assert [report.period for report in two_months.reports] == ["2026-11", "2026-12"]


def test_a_reported_total_is_the_sum_of_the_last_words_of_its_sources(two_months: Told) -> None:
    """Asked of the tables in another way than the report asks."""
    works = works_in(two_months.home, sample(UNTIL), 0)
    with works.db.read() as session:
        rows = session.exec(select(ReportRow).where(col(ReportRow.period) == "2026-12")).one()
        said = Synthesis.model_validate(rows.data)
        given: dict[str, Any] = {}
        for word, unit in session.exec(
            select(SubmissionRow, UnitRow)
            .join(AssignmentRow, col(SubmissionRow.assignment_id) == col(AssignmentRow.id))
            .join(UnitRow, col(AssignmentRow.unit_id) == col(UnitRow.id))
            .where(
                col(AssignmentRow.due_on) == date(2026, 12, 14), col(AssignmentRow.state) == State.ACCEPTED
            )
            .order_by(col(SubmissionRow.round))
        ):
            given[unit.name] = word.figures
    works.db.dispose()
    pupils = next(figure for figure in said.figures if figure.code == "hoc_sinh")
    assert set(pupils.sources) == {name for name, figures in given.items() if figures}
    assert int(pupils.total) == sum(given[name]["hoc_sinh"] for name in pupils.sources) > 0


def test_no_part_of_the_schedule_failed_and_the_trail_is_whole(two_months: Told) -> None:
    assert two_months.done["poison"] == 0
    assert two_months.trail is None


def test_playing_on_to_a_later_day_continues_where_it_stopped(two_months: Told, tmp_path: Path) -> None:
    Told(tmp_path, until=date(2026, 11, 20))
    on = Told(tmp_path)
    assert on.tally == two_months.tally


def test_postgresql_tells_the_same_story(tmp_path: Path, postgres_url: str) -> None:
    """All but the trail's head: PostgreSQL leaves gaps in its ids where a row was there already."""
    file, server = tmp_path / "sqlite", tmp_path / "postgresql"
    three_weeks = date(2026, 11, 20)
    here = Told(file, three_weeks).tally
    there = Told(server, three_weeks, psycopg_url(postgres_url)).tally
    assert replace(there, audit_head="") == replace(here, audit_head="")
    assert there.on_time > 0


def test_a_database_of_another_play_is_refused(tmp_path: Path) -> None:
    play = sample(date(2026, 11, 3))
    play_in(tmp_path, play)
    with pytest.raises(Refused, match="không phải của lần diễn lại này"):
        play_in(tmp_path, replace(play, seed=8))
