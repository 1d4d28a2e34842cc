"""A rule of the office's own, as published: append-only, so that an old verdict can always be read again."""

from datetime import datetime

from sqlmodel import SQLModel

from domain.fields import instant, string


class OwnRule(SQLModel):
    """One version of one rule (quy tắc của cơ quan). `text` is its YAML as written, `number` counts the versions
    of this rule from 1; the highest is in force. A rule is ended by a version that says `off: reason`. `version`
    is the hash that verdicts carry. `despite`: why it was published though something was found against it."""

    pack: str = string()
    rule_id: str = string()
    number: int
    text: str = string()
    version: str = string()
    despite: str = string(default="")
    published_at: datetime = instant()
    published_by: str = string()
