"""The office changes the ladder that new duties of a sort are issued with (thang nhắc)."""

from collections.abc import Sequence
from datetime import time

from pydantic import ValidationError
from sqlmodel import Session, select

from actions.changes import By, record
from actions.errors import Refused, Stale
from domain.escalation import Ladder, Rung
from domain.ladders import SORTS, Sort, say
from domain.office import Office
from store.office import NoOffice
from store.tables import OfficeRow


def preview_ladder(sort: Sort, rungs: Sequence[Rung], at: time) -> tuple[Ladder, str]:
    """The ladder and its sentence, without changing anything. Raises `Refused` in words: nobody to tell, rungs out
    of order, or a leader who would hear before the unit."""
    try:
        ladder = Ladder(name=SORTS[sort], rungs=tuple(rungs), at=at)
    except ValidationError as error:
        raise Refused(str(error.errors()[0]["ctx"]["error"])) from error
    if sort is Sort.REQUEST and ladder != ladder.polite():
        raise Refused(
            "Đề nghị chỉ nhắc đơn vị, đến hết ngày đề nghị: không báo cấp trên và không đôn đốc sau ngày đó."
        )
    return ladder, say(ladder)


def change_ladder(
    session: Session, sort: Sort, by: By, *, rungs: Sequence[Rung], at: time, seen: str
) -> Ladder:
    """Duties issued before keep theirs. An empty ladder reminds nobody. `seen`: the sentence of the ladder somebody
    read before. Raises as `preview_ladder`, and `Stale` when the ladder says something else by now."""
    ladder, said = preview_ladder(sort, rungs, at)
    row = session.exec(select(OfficeRow).with_for_update()).first()
    if row is None:
        raise NoOffice
    office = Office.model_validate(row.settings)
    before = say(office.ladder_for(sort))
    if before != seen:
        raise Stale
    changed = office.model_copy(update={"ladders": {**office.ladders, sort: ladder}})
    row.settings = changed.model_dump(mode="json")
    session.add(row)
    record(session, by, "change_ladder", f"office:{row.code}", sort=sort, before=before, after=said)
    return ladder
