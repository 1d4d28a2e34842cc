"""What `dondoc tick` prints of a job, and that it shows the clock to live."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import fields
from pathlib import Path

import pytest
from typer.testing import CliRunner

from actions.open_occurrences import Opened
from actions.write_letters import Written
from cli.main import main
from cli.tick import COUNTED, say
from domain.verdict import Outcome
from runtime.settings import Settings
from runtime.works import Works
from store.questions.health import last_tick
from tests.support.makers import a_database, an_office


def test_what_a_job_counted_is_said_in_words_and_nothing_is_counted_as_nothing() -> None:
    assert say(Counter(letters=2, held=0, told=5)) == "2 thư soạn, 5 lượt nhắc đã vào thư"
    assert say(Counter(letters=0)) == "không có gì đến hạn"


def test_every_count_has_its_words() -> None:
    named = {one.name for kind in (Opened, Written) for one in fields(kind)} | {one.value for one in Outcome}
    assert named <= COUNTED.keys()


@pytest.mark.parametrize(("asked", "lives"), [((), True), (("--at", "2023-02-14T09:00:00"), False)])
def test_a_tick_of_now_shows_that_the_clock_lives_and_one_of_another_moment_does_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, asked: Sequence[str], lives: bool
) -> None:
    monkeypatch.setenv("DONDOC_HOME", str(tmp_path))
    settings = Settings()
    a_database(settings.database).dispose()
    works = Works.of(settings)
    an_office(works.db)
    assert CliRunner().invoke(main, ["tick", *asked]).exit_code == 0
    with works.db.read() as session:
        assert (last_tick(session) is not None) is lives
    works.db.dispose()
