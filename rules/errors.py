"""Where something stands in a rule's text, and the refusal that points there."""

from typing import NamedTuple


class Place(NamedTuple):
    """Line and column, both from 1, counted in characters."""

    line: int
    column: int


class RuleError(ValueError):
    """A rule that cannot be accepted. `message` is Vietnamese, for whoever wrote the rule."""

    def __init__(self, place: Place, message: str) -> None:
        super().__init__(f"dòng {place.line}, cột {place.column}: {message}")
        self.place = place
        self.message = message
