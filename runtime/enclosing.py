"""What goes with a letter: to a leader, the draft of the letter to the units and the deadlines as a calendar; to a
team, the day in the calendar and the checklist to print."""

from datetime import datetime

from actions.inspection_letters import address
from actions.send import Ready
from domain.inspection import VisitPack
from domain.instants import local_day
from domain.office import Office
from notifications.message import Attachment
from reports import as_docx, as_pdf, deadlines, reminder_letter, visit_day
from reports.inspection_papers import checklist_paper

DOCX = as_docx.MEDIA_TYPE


def enclosed(ready: Ready, office: Office, at: datetime, base_url: str) -> tuple[Attachment, ...]:
    """Attachments; none for a letter that names neither overdue work nor a visit."""
    if ready.visit:
        return _of_a_visit(ready.visit, office, at, base_url)
    return _of_overdue_work(ready, office, at) if ready.owed else ()


def _of_a_visit(pack: VisitPack, office: Office, at: datetime, base_url: str) -> tuple[Attachment, ...]:
    url = address(base_url, pack.visit.id)
    paper = checklist_paper(pack, office.name, f"{url}/giay", at)
    return (
        Attachment(
            "Lich-kiem-tra.ics", "text/calendar", visit_day.render(office.mail_domain, pack.visit, url, at)
        ),
        Attachment("Phieu-kiem-tra.pdf", as_pdf.MEDIA_TYPE, as_pdf.render(paper)),
        Attachment("Phieu-kiem-tra.docx", DOCX, as_docx.render(paper)),
    )


def _of_overdue_work(ready: Ready, office: Office, at: datetime) -> tuple[Attachment, ...]:
    sender = reminder_letter.From(office.name, office.superior, office.place)
    letter = reminder_letter.render(sender, ready.owed, at, local_day(at, office.tz))
    calendar = deadlines.render(office.name, office.mail_domain, ready.owed, at)
    return (
        Attachment("Du-thao-cong-van-don-doc.docx", DOCX, letter),
        Attachment("Han-thuc-hien.ics", "text/calendar", calendar),
    )
