"""What is wrong with a form: every fault at once, each beside its field, and what was typed stays."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from starlette.datastructures import FormData

from actions.errors import Refused
from domain.folding import fold
from rules.condition import read_condition
from rules.pack import Pack, PackError
from web.days import day_of
from web.forms import word


class Faulty(Refused):
    """Faults by field, in the order of the form."""

    def __init__(self, faults: Mapping[str, str]) -> None:
        super().__init__(next(iter(faults.values())))
        self.faults = faults


class Reading:
    """Reads a form field by field and keeps what is wrong until `done`."""

    def __init__(self, form: Mapping[str, Any]) -> None:
        self.form = form
        self.faults: dict[str, str] = {}

    def word(self, name: str, missing: str = "") -> str:
        """`missing`: what is said when nothing was typed; without it the field may stay empty."""
        typed = word(self.form, name)
        if missing and not typed:
            self.wrong(name, missing)
        return typed

    def day(self, name: str, missing: str = "") -> date | None:
        typed = self.word(name, missing)
        if not typed:
            return None
        try:
            return day_of(typed)
        except Refused as refused:
            self.wrong(name, str(refused))
            return None

    def code(self, name: str) -> str:
        """What is typed as a name, as the code it is known by; empty where there is no letter in it."""
        return fold(self.word(name)).replace(" ", "-")[:60]

    def condition(self, name: str, pack: Pack) -> None:
        """A condition on the reports of a pack; empty for none."""
        try:
            if typed := self.word(name):
                read_condition(typed, pack, {})
        except PackError as error:
            self.wrong(name, error.message)

    def wrong(self, name: str, said: str) -> None:
        self.faults.setdefault(name, said)

    def done(self) -> None:
        """Raises `Faulty`."""
        if self.faults:
            raise Faulty(self.faults)


class Sent(dict[str, str]):
    """What was typed, by field, with the faults of the fields: what a refused form is shown with."""

    def __init__(
        self, form: Mapping[str, Any], refused: Refused, fields: Mapping[str, str] | None = None
    ) -> None:
        """`fields`: in which field stands what the action calls by another name (`Refused.of`)."""
        super().__init__({name: str(value) for name, value in form.items()})
        field = (fields or {}).get(refused.of, "")
        self.faults = (
            refused.faults if isinstance(refused, Faulty) else {field: str(refused)} if field else {}
        )
        self.form = form

    def getlist(self, name: str) -> list[Any]:
        """Everything that was ticked under one name."""
        return self.form.getlist(name) if isinstance(self.form, FormData) else []
