"""Where something stands in a rule's text, and the refusal that points there."""

from typing import Any, NamedTuple

from domain.sentence import Sentence, WordedError


class Place(NamedTuple):
    """Line and column, both from 1, counted in characters."""

    line: int
    column: int


class RuleError(WordedError, ValueError):
    """A rule that cannot be accepted. `message` is for whoever wrote the rule."""

    def __init__(self, place: Place, template: str, /, **values: Any) -> None:
        self.place, self.message = place, Sentence(template, **values)
        super().__init__(
            "dòng {line}, cột {column}: {message}",
            line=place.line, column=place.column, message=self.message,
        )  # fmt: skip
