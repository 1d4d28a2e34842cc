"""Why a file cannot be read, in words for the person who brought it."""

from typing import Any

from domain.sentence import Sentence, WordedError


class IntakeError(WordedError):
    """Names the file, the place where there is one, and the remedy."""

    def __init__(self, file: str, template: str, /, **values: Any) -> None:
        self.file = file
        super().__init__("{file}: {what}", file=_shown(file), what=Sentence(template, **values))


def _shown(name: str) -> str:
    """A file name fit to print: one line, no control characters, not too long."""
    plain = "".join(c if c.isprintable() else "�" for c in name)
    return plain if len(plain) <= 120 else plain[:117] + "…"
