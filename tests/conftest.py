"""What every test may ask for by name."""

import pytest

# In this order: `makers` builds on `postgres`, and a module imported before it is registered is not rewritten.
# A support file stands after those it imports.
pytest_plugins = [
    "tests.support.browser",
    "tests.support.postgres",
    "tests.support.own_postgres",
    "tests.support.smtp",
    "tests.support.makers",
]

OF_THE_MACHINE = {"browser", "own_postgres", "running", "server"}
"""Fixtures that start whole programs: Chromium, PostgreSQL, `dondoc run` with its children, a Prefect server."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A test of such programs is tried once more, as a machine may be too busy for them.

    The summary counts and names it ("rerun"): a race to be mended, in the test or in what it tests.
    """
    for item in items:
        if OF_THE_MACHINE.intersection(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.flaky(reruns=1))
