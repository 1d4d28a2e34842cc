"""Named questions about the days entered into the office's calendar (lịch nghỉ, làm bù)."""

from datetime import date

from sqlalchemy import ColumnElement, exists, extract
from sqlalchemy.orm import Mapped
from sqlmodel import col

from store.tables import CalendarDayRow


def announced(day: Mapped[date]) -> ColumnElement[bool]:
    """Whether the year of `day` has an official day of the whole office's, see `domain.workdays.Calendar.status`:
    asked inside another question, so that a page need not load the calendar to say so."""
    c = CalendarDayRow
    return exists().where(
        col(c.unit_id).is_(None),
        col(c.status) == "official",
        extract("year", col(c.day)) == extract("year", day),
    )
