"""Mandates (ủy quyền, làm thay): appoint somebody to act for another, and end it early."""

from datetime import date, timedelta

from sqlmodel import Session, col, select

from actions.changes import By, record
from actions.errors import NotFound, Refused, given
from domain.wording import say_day
from store.tables import MandateRow, PersonRow


def appoint_substitute(
    session: Session,
    person_id: int,
    substitute_id: int,
    by: By,
    *,
    text: str,
    valid_from: date,
    valid_to: date | None = None,
) -> MandateRow:
    """From `valid_from` on the substitute acts for the person and receives their letters. `text` is what the
    mandate rests on. Raises `Refused` for the same person, somebody who has left, days the wrong way round, or
    a time for which the person already has a substitute."""
    person, substitute = (
        session.get(PersonRow, person_id, with_for_update=True),
        session.get(PersonRow, substitute_id),
    )
    if person is None or substitute is None:
        raise NotFound("Không có người này.")
    if person.id == substitute.id or not substitute.active:
        raise Refused("Hãy chọn một người khác đang làm việc để làm thay.")
    if valid_to is not None and valid_to < valid_from:
        raise Refused("Ngày hết hiệu lực phải từ ngày bắt đầu trở đi.")
    for other in session.exec(select(MandateRow).where(col(MandateRow.person_id) == person_id)).all():
        if (valid_to is None or other.valid_from <= valid_to) and (
            other.valid_to is None or valid_from <= other.valid_to
        ):
            raise Refused(
                "{name} đã có người làm thay từ ngày {day}.", name=person.name, day=say_day(other.valid_from)
            )
    mandate = MandateRow(
        person_id=person_id,
        substitute_id=substitute_id,
        text=given(text),
        valid_from=valid_from,
        valid_to=valid_to,
    )
    session.add(mandate)
    session.flush()
    record(
        session, by, "appoint_substitute", f"person:{person.code}",
        substitute=substitute.code, text=mandate.text, valid_from=valid_from, valid_to=valid_to,
    )  # fmt: skip
    return mandate


def end_mandate(session: Session, mandate_id: int, by: By, *, last_day: date) -> None:
    """The person is back: the mandate ends with `last_day`. Raises `Refused` unless that ends it earlier."""
    mandate = session.get(MandateRow, mandate_id, with_for_update=True)
    if mandate is None:
        raise NotFound("Không có ủy quyền này.")
    if mandate.valid_to is not None and last_day >= mandate.valid_to:
        raise Refused("Ủy quyền này đã hết hiệu lực ngày {day}.", day=say_day(mandate.valid_to))
    mandate.valid_to = max(last_day, mandate.valid_from - timedelta(days=1))
    person = session.get_one(PersonRow, mandate.person_id)
    record(session, by, "end_mandate", f"person:{person.code}", mandate=mandate.id, last_day=last_day)
