"""What a command says when it ends badly: one sentence to the person, no traceback for an expected refusal."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from actions.errors import NotFound, Refused
from intake.office_folder import FolderError
from intake.refusal import IntakeError
from rules.pack import PackError
from store.office import NoOffice


@contextmanager
def told() -> Iterator[None]:
    """Turn expected refusals into a message on standard error and exit code 1."""
    try:
        yield
    except (Refused, NotFound, FolderError, IntakeError, NoOffice, PackError, FileNotFoundError) as refusal:
        print(f"dondoc: {refusal}", file=sys.stderr)
        raise SystemExit(1) from None
