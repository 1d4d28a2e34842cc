"""Mandates (ủy quyền, làm thay): for a time, somebody acts in another's place and receives their letters."""

from datetime import date

from sqlmodel import SQLModel

from domain.fields import string


class Mandate(SQLModel):
    """`text`: what it rests on, as the office words it ("Quyết định 12/QĐ-PGDĐT, nghỉ phép"). Both days
    inclusive; `valid_to` None is until further notice."""

    text: str = string()
    valid_from: date
    valid_to: date | None = None

    def held_on(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)
