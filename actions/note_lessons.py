"""Note how many lessons (tiết dự giờ) a team observed."""

from sqlmodel import Session

from actions.changes import By, record
from actions.visits import of_the_team, open_one


def note_lessons(session: Session, visit_id: int, lessons: int, by: By) -> None:
    """The number of the whole visit; noted again, it is replaced. Raises `NotFound` for who is not of the team,
    `Refused` once the visit is closed."""
    visit = open_one(session, visit_id)
    of_the_team(session, visit, by)
    if visit.lessons != lessons:
        was, visit.lessons = visit.lessons, lessons
        record(session, by, "note_lessons", f"visit:{visit_id}", lessons=lessons, was=was)
