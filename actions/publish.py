"""Publish a directive: issue its approved drafts, once nothing in its text waits for a decision."""

from sqlmodel import Session

from actions.changes import By
from actions.errors import Refused
from actions.issue_duties import issue_duties
from domain.office import Office
from domain.sentence import Sentence, joined
from store.questions.review import why_not_publish
from store.tables import DutyRow

MOST_TOLD = 5


class NotYet(Refused):
    """`reasons`: everything that is still to be decided, one sentence each."""

    def __init__(self, reasons: list[str]) -> None:
        self.reasons = reasons
        told = joined(" ", reasons[:MOST_TOLD])
        if (more := len(reasons) - MOST_TOLD) > 0:
            told = Sentence("{reasons} (và {count} điều nữa)", reasons=told, count=more)
        super().__init__(Sentence("Chưa giao được văn bản này. {reasons}", reasons=told))


def publish(session: Session, directive_id: int, office: Office, by: By) -> list[DutyRow]:
    """As `issue_duties`, which a policy or the command line calls for single drafts while others wait."""
    if reasons := why_not_publish(session, directive_id):
        raise NotYet(reasons)
    return issue_duties(session, directive_id, office, by)
