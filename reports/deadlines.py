"""Deadlines as an iCalendar file (RFC 5545) that a phone or a desktop calendar opens."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from icalendar import Calendar, Event

from reports.reminder_letter import Owed


def render(office: str, mail_domain: str, owed: Sequence[Owed], made_at: datetime) -> bytes:
    """Each deadline as a whole day, published, not an invitation: nobody has to answer. A deadline sent again
    has the same UID, so a calendar that has it keeps one."""
    calendar = Calendar()
    calendar.add("prodid", "-//dondoc//VN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", office)
    for one in owed:
        event = Event()
        event.add("uid", f"{one.key}@{mail_domain}")
        event.add("dtstamp", made_at)
        event.add("dtstart", one.due_on)
        event.add("dtend", one.due_on + timedelta(days=1))
        event.add("summary", f"Hạn: {one.title} – {one.unit}")
        event.add("description", one.source)
        event.add("url", one.url)
        event.add("transp", "TRANSPARENT")
        calendar.add_component(event)
    made: bytes = calendar.to_ical()
    return made
