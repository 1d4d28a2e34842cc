"""Say which fields the emulation board has (the documents know thirteen), in their order."""

from collections.abc import Sequence

from sqlmodel import Session, select

from actions.changes import By, record
from domain.emulation import EmulationField
from store.compliance_tables import EmulationFieldRow


def name_fields(session: Session, fields: Sequence[EmulationField], by: By) -> None:
    """New fields are added, known ones (by code) get their new title and place. None is taken away: grades of
    earlier years hang on it."""
    known = {row.code: row for row in session.exec(select(EmulationFieldRow)).all()}
    for field in fields:
        row = known.get(field.code) or EmulationFieldRow(**field.model_dump())
        row.title, row.place = field.title, field.place
        session.add(row)
    session.flush()
    record(session, by, "name_fields", "emulation", fields=[field.code for field in fields])
