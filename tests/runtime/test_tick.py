"""A tick: what was missed collapses into the last instant, the watermark never falls, one bad chunk stops nothing."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, time
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy.exc import OperationalError
from sqlmodel import select

from actions.changes import By
from actions.doubt_clock import believe
from runtime.jobs import Chunk, Counts, Daily, Every, Job, run_job
from runtime.settings import Settings
from runtime.tick import ClockDoubted, tick
from runtime.works import Works
from store.tables import WatermarkRow
from tests.support.makers import a_database, an_office

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=HANOI)


@pytest.fixture
def works(tmp_path: Path) -> Iterator[Works]:
    settings = Settings(home=tmp_path)
    a_database(settings.database).dispose()
    made = Works.of(settings)
    an_office(made.db)
    yield made
    made.db.dispose()


class Diary:
    """A job that writes down when it was run."""

    def __init__(self, name: str, every: Every | Daily, poison: Chunk = None) -> None:
        self.ran: list[datetime] = []
        self.done: list[Chunk] = []
        self.poison = poison
        self.job = Job(name, every, self._plan, self._do)

    def _plan(self, _works: Works, at: datetime) -> list[Chunk]:
        self.ran.append(at)
        return [1, 2, 3]

    def _do(self, _works: Works, _at: datetime, chunk: Chunk) -> Counts:
        if chunk == self.poison:
            raise RuntimeError("this row always fails")
        self.done.append(chunk)
        return Counter(done=1)


def test_a_job_runs_at_its_scheduled_instant_not_at_the_tick(works: Works) -> None:
    diary = Diary("sweep", Every(5))
    tick(works, [diary.job], at("2023-02-14 08:07:31"))
    assert diary.ran == [at("2023-02-14 08:05")]


def test_a_second_tick_before_the_next_instant_runs_nothing(works: Works) -> None:
    diary = Diary("sweep", Every(5))
    tick(works, [diary.job], at("2023-02-14 08:07"))
    assert tick(works, [diary.job], at("2023-02-14 08:09:59")) == {}


def test_a_week_of_silence_is_one_run_for_each_job(works: Works) -> None:
    sweep, report = Diary("sweep", Every(5)), Diary("report", Daily(time(6, 0)))
    table = [sweep.job, report.job]
    tick(works, table, at("2023-02-07 08:00"))
    tick(works, table, at("2023-02-14 05:00"))
    assert sweep.ran[1:] == [at("2023-02-14 05:00")]
    assert report.ran[1:] == [at("2023-02-13 06:00")]


def test_a_clock_set_back_runs_nothing_again_and_the_watermark_stays(works: Works) -> None:
    diary = Diary("sweep", Every(5))
    tick(works, [diary.job], at("2023-02-14 08:00"))
    tick(works, [diary.job], at("2023-02-13 08:00"))
    assert len(diary.ran) == 1
    with works.db.read() as session:
        assert session.exec(select(WatermarkRow.through)).one() == at("2023-02-14 08:00")


def test_a_clock_that_stood_still_in_a_tick_does_not_pull_the_watermark_back(works: Works) -> None:
    diary = Diary("sweep", Every(5))
    tick(works, [diary.job], at("2023-02-14 07:00"))

    def stand_still(job: Job, works: Works, when: datetime) -> Counts:
        tick(works, [job], at("2023-02-14 09:00"))  # meanwhile the other clock ticks on
        return run_job(job, works, when)

    tick(works, [diary.job], at("2023-02-14 08:00"), stand_still)
    with works.db.read() as session:
        assert session.exec(select(WatermarkRow.through)).one() == at("2023-02-14 09:00")


def test_a_poisoned_chunk_is_counted_and_the_others_are_done(
    works: Works, caplog: pytest.LogCaptureFixture
) -> None:
    diary = Diary("sweep", Every(5), poison=2)
    assert run_job(diary.job, works, at("2023-02-14 08:00")) == {"done": 2, "poison": 1}
    assert diary.done == [1, 3]
    assert "this row always fails" in caplog.text


def test_of_a_chunk_that_fails_only_the_poisoned_row_is_left_out(works: Works) -> None:
    done: list[Chunk] = []

    def do(_works: Works, _at: datetime, chunk: Chunk) -> Counts:
        if 2 in chunk:
            raise RuntimeError("this row always fails")
        done.extend(chunk)
        return Counter(done=len(chunk))

    job = Job("judge", Every(5), lambda _works, _at: [[1, 2, 3], [4]], do)
    assert run_job(job, works, at("2023-02-14 08:00")) == {"done": 3, "poison": 1}
    assert done == [1, 3, 4]


def test_while_the_database_is_away_no_member_is_tried_alone(works: Works) -> None:
    tried: list[Chunk] = []

    def do(_works: Works, _at: datetime, chunk: Chunk) -> Counts:
        tried.append(chunk)
        raise OperationalError("COMMIT", None, Exception("database is locked"))

    job = Job("judge", Every(5), lambda _works, _at: [[1, 2, 3]], do)
    assert run_job(job, works, at("2023-02-14 08:00")) == {"poison": 1}
    assert tried == [[1, 2, 3]]


def test_a_daily_job_of_which_something_failed_is_due_again_at_the_next_tick(works: Works) -> None:
    diary = Diary("open", Daily(time(0, 10)), poison=2)
    tick(works, [diary.job], at("2023-02-14 08:00"))
    diary.poison = None
    tick(works, [diary.job], at("2023-02-14 08:01"))
    tick(works, [diary.job], at("2023-02-14 08:02"))
    assert diary.ran == [at("2023-02-14 00:10")] * 2


def test_a_job_that_cannot_be_planned_does_not_keep_the_others_from_running(works: Works) -> None:
    def no_plan(_works: Works, _at: datetime) -> list[Chunk]:
        raise RuntimeError("this question always fails")

    first, second = Diary("first", Every(5)), Diary("second", Every(5))
    broken = replace(first.job, plan=no_plan)
    assert tick(works, [broken, second.job], at("2023-02-14 08:00")) == {
        "first": {"poison": 1},
        "second": {"done": 3},
    }


def test_jobs_run_in_the_order_of_the_table(works: Works) -> None:
    first, second = Diary("first", Every(5)), Diary("second", Every(5))
    done = tick(works, [first.job, second.job], at("2023-02-14 08:00"))
    assert list(done) == ["first", "second"]


def test_a_clock_a_year_ahead_runs_nothing_and_leaves_no_mark(works: Works) -> None:
    diary = Diary("sweep", Every(5))
    tick(works, [diary.job], at("2023-02-14 08:00"))
    with pytest.raises(ClockDoubted):
        tick(works, [diary.job], at("2024-02-14 08:00"))
    tick(works, [diary.job], at("2023-02-14 08:05"))
    assert diary.ran == [at("2023-02-14 08:00"), at("2023-02-14 08:05")]


def test_after_the_longest_holidays_the_clock_is_believed(works: Works) -> None:
    diary = Diary("sweep", Every(5))
    tick(works, [diary.job], at("2023-01-19 17:00"))
    tick(works, [diary.job], at("2023-01-30 07:30"))
    assert diary.ran[1:] == [at("2023-01-30 07:30")]


def test_after_a_longer_rest_a_person_says_that_the_time_is_right(works: Works) -> None:
    diary = Diary("sweep", Every(5))
    tick(works, [diary.job], at("2023-02-14 08:00"))
    tick(works, [diary.job], at("2023-08-14 08:00"), believed=True)
    tick(works, [diary.job], at("2023-08-14 08:05"))
    assert len(diary.ran) == 3


def test_marks_of_a_clock_that_was_wrong_are_taken_back_on_a_persons_word(works: Works) -> None:
    diary = Diary("sweep", Every(5))
    tick(works, [diary.job], at("2024-02-14 08:00"))  # wrong at its first boot
    with pytest.raises(ClockDoubted):
        tick(works, [diary.job], at("2023-02-14 08:00"))
    with works.db.transaction() as session:
        believe(session, By("cli", at("2023-02-14 08:01")))
    tick(works, [diary.job], at("2023-02-14 08:01"))
    tick(works, [diary.job], at("2023-02-14 08:05"))
    assert diary.ran[1:] == [at("2023-02-14 08:00"), at("2023-02-14 08:05")]
