"""The lines of a text with their places."""

from dataclasses import dataclass

from intake.text import Source

Span = tuple[int, int]


@dataclass(frozen=True)
class Line:
    """`text` is without mark-up and outer space; it begins at `body`. `start` and `end` trim white space only."""

    start: int
    end: int
    body: int
    text: str

    @property
    def lower_start(self) -> bool:
        return self.text[:1].islower()


def lines_of(source: Source) -> list[Line]:
    lines, at = [], 0
    for raw in source.raw.split("\n"):
        start, end = source.trim(at, at + len(raw))
        plain = source.plain[start:end]
        lines.append(Line(start, end, start + len(plain) - len(plain.lstrip()), plain.strip()))
        at += len(raw) + 1
    return lines
