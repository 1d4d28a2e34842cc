"""A figure to reach (chỉ tiêu), as a directive sets it and the office keeps it."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from pydantic import BaseModel, ConfigDict
from sqlmodel import SQLModel

from domain.exact import exact, say_figure
from domain.fields import document, instant, string, word
from domain.measure import Count
from domain.sentence import Sentence


class Aim(StrEnum):
    """How a target is meant."""

    LEVEL = "level"  # đạt mức
    CUMULATIVE = "cumulative"  # cộng dồn đến hết hạn
    MAINTAIN = "maintain"  # duy trì: không kém số gốc
    GROW = "grow"  # thêm so với số gốc
    RELATIVE = "relative"  # so với một chuỗi số khác, như trung bình thành phố
    DIRECTION = "direction"  # tăng hoặc giảm so với kỳ trước
    RANK = "rank"  # thứ hạng n/N: nâng cao


AIMS = {
    Aim.LEVEL: Sentence("đạt mức"),
    Aim.CUMULATIVE: Sentence("cộng dồn"),
    Aim.MAINTAIN: Sentence("duy trì"),
    Aim.GROW: Sentence("tăng thêm"),
    Aim.RELATIVE: Sentence("so với chuỗi khác"),
    Aim.DIRECTION: Sentence("tăng, giảm so với kỳ trước"),
    Aim.RANK: Sentence("nâng thứ hạng"),
}


class Step(BaseModel):
    """A station on a path of several years: by this day at least `low` (and at most `high`)."""

    model_config = ConfigDict(frozen=True)

    by: date
    low: str
    high: str = ""


class Terms(BaseModel):
    """`comparator` is ">=", "<=", "=", "<", ">" or "range" (`value` to `upper`); `each` gives the least growth of
    each class ("mỗi cấp 01"); `baseline` is the figure it starts from, with its period and definition; `path`
    the stations on the way. `first` and `last` bound the figures that count; `last` None: no day was set."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    aim: Aim
    comparator: str = ">="
    value: str = ""
    upper: str = ""
    unit: str = ""
    each: dict[str, str] = {}
    baseline: Count | None = None
    path: tuple[Step, ...] = ()
    first: date
    last: date | None = None

    def wanted_on(self, day: date) -> tuple[str, str]:
        """Lowest and highest value wanted by a day: of the first station not yet passed, else as set."""
        ahead = self._ahead(day)
        return (ahead.low, ahead.high) if ahead else (self.value, self.upper)

    def until(self, day: date) -> date | None:
        """The day by which what is wanted then is to be reached; None: at once and always."""
        ahead = self._ahead(day)
        return ahead.by if ahead else self.last

    def _ahead(self, day: date) -> Step | None:
        return min((step for step in self.path if step.by >= day), key=lambda step: step.by, default=None)


class Target(SQLModel):
    """`unit_class` narrows it to units of one kind, level or ownership (công lập); empty: all. `quote` and
    `clause` are the text that sets it. `against` is the code of the measure a relative target looks at."""

    code: str = string()
    clause: str = string(default="")
    quote: str = string(default="")
    unit_class: str = string(default="")
    against: str = string(default="")
    aim: Aim = word(Aim)
    comparator: str = string(default=">=")
    value: str = string(default="")
    upper: str = string(default="")
    each: dict[str, Any] = document(dict)
    baseline: dict[str, Any] | None = document(lambda: None)
    path: list[Any] = document(list)
    first: date
    last: date | None = None
    set_at: datetime = instant()
    set_by: str = string()

    def terms(self, unit: str) -> Terms:
        return Terms.model_validate({**self.model_dump(), "unit": unit})


def say_wanted(terms: Terms, low: str, high: str) -> str:
    """'ít nhất 80 %', 'từ 50 đến 55 %'."""
    figure, upper = exact(low), exact(high)
    if figure is None:
        return AIMS[terms.aim]
    if upper is not None:
        return Sentence("từ {low} đến {high}", low=say_figure(figure), high=say_figure(upper, terms.unit))
    said = say_figure(figure, terms.unit)
    if terms.aim is Aim.GROW:
        return Sentence("thêm {figure}", figure=said)
    words = {
        ">=": Sentence("ít nhất {figure}", figure=said),
        "<=": Sentence("không quá {figure}", figure=said),
        "=": Sentence("đúng {figure}", figure=said),
        "<": Sentence("dưới {figure}", figure=said),
        ">": Sentence("trên {figure}", figure=said),
    }
    return words.get(terms.comparator, words[">="])
