"""What a rule says of one submission, and why. A verdict is not a message: telling people is another's work."""

from enum import StrEnum
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, PlainSerializer, PlainValidator

from domain.sentence import again, kept


class Outcome(StrEnum):
    """`UNKNOWN`: figures are missing, so the rule says neither; it is never read as a pass or a fail."""

    MET = "met"
    NOT_MET = "not_met"
    UNKNOWN = "unknown"


class Severity(StrEnum):
    CRITICAL = "critical"
    MAJOR = "major"
    MINOR = "minor"


class Consequence(StrEnum):
    """What follows when the rule is not met: hand back, corrective action, watch list, mail, or only a note."""

    RETURN = "return"
    CORRECTIVE = "corrective"
    WATCH = "watch"
    MAIL = "mail"
    NOTE = "note"


Why = Annotated[str, PlainValidator(again), PlainSerializer(kept, when_used="json")]
"""Goes into JSON with its blanks, to be said in the language of whoever reads it."""


class Verdict(BaseModel):
    """`why` is one sentence with the figures; `figures` are those the rule read, by path, as plain
    JSON values (a number that is not whole is its exact decimal text, a day is ISO). `clause` and `document`
    name the order the rule enforces, `rule_version` the exact text of the rule that was applied. `days` and
    `watch_list` say more of `then`: see `rules.rule.Rule`."""

    model_config = ConfigDict(frozen=True)

    rule_id: str
    rule_version: str
    title: str
    clause: str
    document: str
    outcome: Outcome
    why: Why
    figures: dict[str, Any]
    severity: Severity
    then: Consequence
    days: int | None = None
    watch_list: str = ""
