"""What a test does where a machine lacks what it needs."""

import os
from typing import NoReturn

import pytest


def missing(what: str, reason: str) -> NoReturn:
    """Skip loudly, or fail where the machine promised it: DONDOC_REQUIRE_<WHAT>=1, as CI sets it."""
    if os.environ.get(f"DONDOC_REQUIRE_{what.upper()}") == "1":
        pytest.fail(f"{what} is required here, but {reason}", pytrace=False)
    pytest.skip(f"no {what}: {reason}")
