"""Turn a letter into words: the template folder carries the name of the letter's class."""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from domain.wording import say_clause, say_day, say_lateness, say_period, say_weekday
from notifications.letters import Letter, alike

TEMPLATES = Path(__file__).with_name("templates")
LONGEST_SUBJECT = 200


@dataclass(frozen=True)
class Rendered:
    subject: str
    text: str
    html: str


def render(letter: Letter) -> Rendered:
    """Subject (one line, at most 200 characters), plain text and HTML, all NFC. Raises what Jinja raises for
    a template that asks for something the letter does not have."""
    facts = dict(letter)
    subject = shorten(_render(letter, "subject.txt", facts), LONGEST_SUBJECT)
    facts["subject"] = subject
    return Rendered(subject, _render(letter, "body.txt", facts), _render(letter, "body.html", facts))


@cache
def folder(letter: type[Letter]) -> str:
    """`MonthlyReport` has its templates in `monthly_report`."""
    return re.sub(r"(?<!^)(?=[A-Z])", "_", letter.__name__).lower()


def shorten(text: str, length: int) -> str:
    """One line of at most `length` characters; every kind of line break in it becomes a space."""
    line = " ".join(unicodedata.normalize("NFC", text).split())
    return line if len(line) <= length else line[: length - 1].rstrip() + "…"


def _render(letter: Letter, file: str, facts: dict[str, object]) -> str:
    text = _ENVIRONMENT.get_template(f"{folder(type(letter))}/{file}").render(facts)
    return unicodedata.normalize("NFC", text).strip() + "\n"


_ENVIRONMENT = Environment(
    loader=FileSystemLoader(TEMPLATES),
    undefined=StrictUndefined,
    autoescape=select_autoescape(["html"]),
    auto_reload=False,
    cache_size=-1,  # all of them, and none is looked for by its age
    trim_blocks=True,
    lstrip_blocks=True,
)
_ENVIRONMENT.globals.clear()  # no letter asks for them, and each copies them for every template it is made of
_once = lru_cache(maxsize=256)  # on one day many letters say the same of days, periods and clauses
_lateness = _once(say_lateness)
_ENVIRONMENT.filters |= {
    "alike": alike,
    "clause": _once(say_clause),
    "day": _once(say_day),
    "lateness": lambda item, today: _lateness(item.due_on, item.late, today),
    "period": _once(say_period),
    "shorten": _once(shorten),
    "weekday": _once(say_weekday),
}
