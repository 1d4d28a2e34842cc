"""Where the documents lie that tests may read but the repository does not hold."""

from pathlib import Path

import pytest

SHARED = Path(__file__).resolve().parents[2].parent / "shared"


def shared(name: str) -> Path:
    """The shared file or folder of that name; skips the test, saying why, on a machine without it."""
    path = SHARED / name
    if not path.exists():
        pytest.skip(f"shared/{name} does not lie beside this checkout")
    return path
