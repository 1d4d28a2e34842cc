"""A sentence for a reader that another language can say again.

It is the Vietnamese text, for papers, letters and the trail, and it remembers how it was put together: the sentence
with its blanks, and what filled them. Whoever knows the reader's language (`web.words.say`) translates the
sentence and fills the blanks anew. Joining it to other text with `+` or an f-string leaves plain Vietnamese.
"""

from collections.abc import Iterable
from typing import Any, Self


class Sentence(str):
    """`Sentence("Hết hạn ngày {day}.", day="14/02/2023")`. A value may be said in its turn; without values braces are
    braces. The sentence is written out where it is said, for `tools.words` to find."""

    __slots__ = ("template", "values")
    template: str
    values: dict[str, Any]

    def __new__(cls, template: str, /, **values: Any) -> Self:
        if isinstance(template, cls) and not values:
            return template
        said = super().__new__(cls, template.format(**values) if values else template)
        said.template, said.values = str.__str__(template), values
        return said

    def __str__(self) -> str:
        """Itself: what an exception says is still a sentence after `str(error)`."""
        return self


def joined(between: str, parts: Iterable[str]) -> Sentence:
    """The parts one after another, each still to be said by itself."""
    named = {f"part_{number}": part for number, part in enumerate(parts)}
    return Sentence(between.join(f"{{{name}}}" for name in named), **named)


def kept(text: str) -> Any:
    """The same for JSON; `again` makes it what it was."""
    if not isinstance(text, Sentence):
        return text
    blanks = {name: kept(value) if isinstance(value, str) else value for name, value in text.values.items()}
    return [text.template, blanks] if blanks else [text.template]


def again(stored: Any) -> Any:
    match stored:
        case [template]:
            return Sentence(template)
        case [template, dict(blanks)]:
            return Sentence(template, **{name: again(value) for name, value in blanks.items()})
        case _:
            return stored


class WordedError(Exception):
    """An error worded for the reader: `str(error)` is a `Sentence`."""

    def __init__(self, template: str, /, **values: Any) -> None:
        super().__init__(Sentence(template, **values))
