"""What goes with a letter: to a leader, the draft of the letter to the units and the day to look again; to a
team, the day in the calendar and the checklist to print."""

from collections.abc import Sequence
from datetime import datetime

from actions.inspection_letters import address
from actions.send import Ready
from domain.explanation import last_day
from domain.inspection import VisitPack
from domain.instants import local_day
from domain.office import Office
from domain.wording import say_day
from domain.workdays import Calendar
from notifications.message import Attachment
from reports import as_docx, as_pdf, deadlines, reminder_letter, visit_day
from reports.inspection_papers import checklist_paper
from reports.reminder_letter import Owed

DOCX = as_docx.MEDIA_TYPE


def enclosed(
    ready: Ready, office: Office, calendar: Calendar, at: datetime, base_url: str
) -> tuple[Attachment, ...]:
    """Attachments; none for a letter that names neither overdue work nor a visit."""
    if ready.visit:
        return _of_a_visit(ready.visit, office, at, base_url)
    return _of_overdue_work(ready.owed, office, calendar, at, base_url) if ready.owed else ()


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


def _of_overdue_work(
    owed: Sequence[Owed], office: Office, calendar: Calendar, at: datetime, base_url: str
) -> tuple[Attachment, ...]:
    """The draft asks for the work by the day an explanation demanded now would be due; the calendar has that day,
    for the leader to look again: the deadlines themselves are over."""
    asked = last_day(office, calendar, at)
    sender = reminder_letter.From(office.name, office.superior, office.place)
    letter = reminder_letter.render(sender, owed, at, local_day(at, office.tz), asked)
    again = Owed(
        key=f"xem-lai-{asked}", unit=office.name, title=f"xem lại {len(owed)} việc quá hạn", due_on=asked, late=0,
        source="\n".join(f"{one.unit}: {one.title}, hạn {say_day(one.due_on)}" for one in owed), url=base_url,
    )  # fmt: skip
    return (
        Attachment("Du-thao-cong-van-don-doc.docx", DOCX, letter),
        Attachment(
            "Ngay-xem-lai.ics",
            "text/calendar",
            deadlines.render(office.name, office.mail_domain, [again], at),
        ),
    )
