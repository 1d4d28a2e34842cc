"""The one table: every job has a flow of its own, and reading the table costs no Prefect."""

import subprocess
import sys
from datetime import datetime, time
from importlib import import_module
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from flows.deploying import cron
from flows.schedule import TABLE
from runtime.jobs import TITLES, Cadence, Daily, Every, Job

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")


LIGHT = ("flows.schedule", "cli.tick", "cli.replay", "web.app")
ASK = """
import sys
from importlib import import_module
for module in sys.argv[1:]:
    import_module(module)
    print(module, "prefect" in sys.modules)
"""


def test_reading_the_table_imports_no_prefect() -> None:
    """In one fresh interpreter, which names the first of them that does."""
    answer = subprocess.run([sys.executable, "-c", ASK, *LIGHT], capture_output=True, text=True, check=True)
    assert answer.stdout.splitlines() == [f"{module} False" for module in LIGHT]


@pytest.mark.parametrize("job", TABLE, ids=lambda job: job.name)
def test_every_job_is_a_flow_under_its_own_name(job: Job) -> None:
    module, name = job.flow.split(":")
    assert getattr(import_module(module), name).name == job.name.replace("_", "-")


def test_every_file_of_a_flow_stands_in_the_table() -> None:
    helpers = {"__init__", "__main__", "deploying", "embedded", "schedule", "under_prefect"}
    files = {path.stem for path in Path(import_module("flows").__path__[0]).glob("*.py")}
    assert files - helpers == {job.name for job in TABLE} == TITLES.keys()


@pytest.mark.parametrize(
    ("cadence", "now", "last", "spelled"),
    [
        (Every(5), "2023-02-14 08:04", "2023-02-14 08:00", "*/5 * * * *"),
        (Every(5), "2023-02-14 08:05", "2023-02-14 08:05", "*/5 * * * *"),
        (Daily(time(6, 0)), "2023-02-14 05:59", "2023-02-13 06:00", "0 6 * * *"),
        (Daily(time(6, 0)), "2023-02-14 06:00", "2023-02-14 06:00", "0 6 * * *"),
        (Daily(time(0, 10)), "2023-03-01 00:09", "2023-02-28 00:10", "10 0 * * *"),
    ],
)
def test_the_last_instant_is_the_latest_that_has_come(
    cadence: Cadence, now: str, last: str, spelled: str
) -> None:
    moment = datetime.fromisoformat(now).replace(tzinfo=HANOI)
    assert cadence.last(moment, HANOI) == datetime.fromisoformat(last).replace(tzinfo=HANOI)
    assert cron(cadence) == spelled
