"""What goes with a leader's letter: the draft of the letter to the units, and the deadlines as a calendar."""

from datetime import datetime

from actions.send import Ready
from domain.instants import local_day
from domain.office import Office
from notifications.message import Attachment
from reports import deadlines, reminder_letter

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def enclosed(ready: Ready, office: Office, at: datetime) -> tuple[Attachment, ...]:
    """Attachments; none for a letter that names no overdue work."""
    if not ready.owed:
        return ()
    sender = reminder_letter.From(office.name, office.superior, office.place)
    letter = reminder_letter.render(sender, ready.owed, at, local_day(at, office.tz))
    calendar = deadlines.render(office.name, office.mail_domain, ready.owed, at)
    return (
        Attachment("Du-thao-cong-van-don-doc.docx", DOCX, letter),
        Attachment("Han-thuc-hien.ics", "text/calendar", calendar),
    )
