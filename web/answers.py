"""What a unit types into a report form: as figures, or as what is wrong with each field."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from domain.sentence import Sentence
from rules.form import BadAnswer, Form

PREFIX = "so."
MAX_TYPED = 2000


@dataclass(frozen=True)
class Typed:
    """`figures` by field code, in the words of JSON: a whole number, the exact decimal as text, text, a day,
    true or false. An empty field is left out: missing is not zero. `faults` are worded for the unit."""

    figures: dict[str, Any] = field(default_factory=dict)
    faults: dict[str, str] = field(default_factory=dict)


def typed(form: Form, sent: Mapping[str, Any]) -> Typed:
    """Only the form's own fields count; whatever else was sent is ignored."""
    done = Typed()
    for asked in form.fields:
        answer = str(sent.get(PREFIX + asked.code, ""))
        if len(answer) > MAX_TYPED:
            done.faults[asked.code] = Sentence(
                "{label}: dài quá {most} ký tự", label=asked.label, most=MAX_TYPED
            )
            continue
        try:
            value = asked.read(answer)
        except BadAnswer as error:
            done.faults[asked.code] = str(error)
            continue
        if value is not None:
            done.figures[asked.code] = format(value, "f") if isinstance(value, Decimal) else value
    return done
