"""Why a file cannot be read, in words for the person who brought it."""


class IntakeError(Exception):
    """Names the file, the place where there is one, and the remedy; in Vietnamese."""

    def __init__(self, file: str, what: str, remedy: str = "") -> None:
        self.file = file
        super().__init__(f"{_shown(file)}: {what}" + (f" {remedy}" if remedy else ""))


def _shown(name: str) -> str:
    """A file name fit to print: one line, no control characters, not too long."""
    plain = "".join(c if c.isprintable() else "�" for c in name)
    return plain if len(plain) <= 120 else plain[:117] + "…"
