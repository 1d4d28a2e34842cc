"""The day of a visit as an iCalendar file (RFC 5545): published, not an invitation, so nobody has to answer."""

from datetime import datetime, timedelta

from icalendar import Calendar, Event

from domain.inspection import KIND_LABELS, PackedVisit


def render(mail_domain: str, visit: PackedVisit, url: str, made_at: datetime) -> bytes:
    """A whole day; sent again it has the same UID, so a calendar that has it keeps one."""
    calendar = Calendar()
    calendar.add("prodid", "-//dondoc//VN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    event = Event()
    event.add("uid", f"kiem-tra-{visit.id}@{mail_domain}")
    event.add("dtstamp", made_at)
    event.add("dtstart", visit.day)
    event.add("dtend", visit.day + timedelta(days=1))
    event.add("summary", f"{KIND_LABELS[visit.kind].capitalize()}: {visit.unit}")
    event.add("description", visit.title)
    event.add("location", visit.place or visit.unit)
    event.add("url", url)
    calendar.add_component(event)
    made: bytes = calendar.to_ical()
    return made
