"""What is counted (chỉ số) and what was counted: the series a target hangs on.

Figures are text and exact ("73.6", "26"); those of a "%" measure are in per cent. A figure keeps the definition
it was counted under, so that a change of definition stays visible for ever.
"""

from datetime import date, datetime
from fractions import Fraction
from typing import Any

from pydantic import BaseModel, ConfigDict
from sqlmodel import SQLModel

from domain.exact import exact, say_figure
from domain.fields import document, instant, string
from domain.period import period as period_of
from domain.sentence import Sentence


class Measure(SQLModel):
    """`numerator` and `denominator` name what is divided, both empty for a plain count; `definition` says what
    belongs in, in words: changing it begins a new series."""

    code: str = string()
    name: str = string()
    unit: str = string(default="")
    numerator: str = string(default="")
    denominator: str = string(default="")
    definition: str = string(default="")


class Count(BaseModel):
    """One figure as said. Either `value`, or `numerator` and `denominator`, or all three. `parts` is a breakdown
    (trong đó) by class, `of` how many were ranked where `value` is a rank (hạng 3/30), `units` how many units'
    figures were added up to it (None: it was reported as one)."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    period: str
    value: str = ""
    numerator: str = ""
    denominator: str = ""
    parts: dict[str, str] = {}
    of: int | None = None
    definition: str = ""
    unit: str = ""
    units: int | None = None

    @property
    def amount(self) -> Fraction | None:
        """Recomputed from numerator and denominator where both are said; None where nothing usable is."""
        above, below = exact(self.numerator), exact(self.denominator)
        if above is not None and below:
            return above / below * (100 if self.unit == "%" else 1)
        return exact(self.value)

    @property
    def ends_on(self) -> date:
        return period_of(self.period).last

    def part(self, name: str) -> Fraction | None:
        return exact(self.parts.get(name, ""))

    def faults(self) -> list[str]:
        """What does not add up, in words: a breakdown, or a rate beside its own fraction."""
        found: list[str] = []
        amounts = [self.part(name) for name in self.parts]
        total = sum((part for part in amounts if part is not None), Fraction(0))
        whole = self.amount
        if self.parts and None in amounts:
            found.append(Sentence("có phần không phải là số"))
        elif self.parts and whole is not None and total != whole:
            found.append(
                Sentence(
                    "các phần cộng lại {total}, tổng ghi {whole}",
                    total=self.say(total),
                    whole=self.say(whole),
                )
            )
        if self._misses_its_fraction():
            said, worked_out = exact(self.value) or Fraction(0), self.amount or Fraction(0)
            above, below = say_figure(Fraction(self.numerator)), say_figure(Fraction(self.denominator))
            found.append(
                Sentence(
                    "ghi {said} nhưng {above}/{below} = {found}",
                    said=self.say(said),
                    above=above,
                    below=below,
                    found=self.say(worked_out),
                )
            )
        return found

    def _misses_its_fraction(self) -> bool:
        """A stated rate may be rounded as far as it is written: 66,7 % is 26/39, 66,6 % is not."""
        said, worked_out = exact(self.value), self.amount
        if said is None or worked_out is None or not self.numerator:
            return False
        decimals = len(self.value.partition(".")[2])
        return abs(said - worked_out) > Fraction(1, 2 * 10**decimals)

    def say(self, value: Fraction) -> str:
        return say_figure(value, self.unit)


class Reported(SQLModel):
    """A count as reported: by whom, from what. A correction is a later `revision` of the same period; earlier
    ones stay."""

    period: str = string()
    value: str = string(default="")
    numerator: str = string(default="")
    denominator: str = string(default="")
    parts: dict[str, Any] = document(dict)
    of: int | None = None
    definition: str = string(default="")
    revision: int = 1
    source: str = string()
    reported_at: datetime = instant()
    reported_by: str = string()

    def count(self, unit: str) -> Count:
        return Count.model_validate({**self.model_dump(), "unit": unit})


def together(counts: list[Count]) -> Count | None:
    """The counts of several units in one period as one: numerators and denominators, or values, and parts added.
    None where they cannot be added: different definitions, or a rate without its fraction."""
    if not counts or len({count.definition for count in counts}) > 1:
        return None
    fractions = [(exact(count.numerator), exact(count.denominator)) for count in counts]
    said: dict[str, Any] = {
        "period": counts[0].period,
        "definition": counts[0].definition,
        "unit": counts[0].unit,
        "units": len(counts),
    }
    if all(above is not None and below is not None for above, below in fractions):
        said["numerator"] = str(sum(above for above, _ in fractions if above is not None))
        said["denominator"] = str(sum(below for _, below in fractions if below is not None))
        return Count(**said)
    values = [count.amount for count in counts]
    if counts[0].unit == "%" or None in values:
        return None
    names = [name for name in counts[0].parts if all(count.part(name) is not None for count in counts)]
    parts = {name: str(sum(count.part(name) or 0 for count in counts)) for name in names}
    return Count(**said, value=str(sum(value for value in values if value is not None)), parts=parts)


def segments(counts: list[Count]) -> list[list[Count]]:
    """The series cut where its definition changed: only figures of one segment may be compared."""
    cut: list[list[Count]] = []
    for count in sorted(counts, key=lambda count: count.ends_on):
        if cut and cut[-1][-1].definition == count.definition:
            cut[-1].append(count)
        else:
            cut.append([count])
    return cut
