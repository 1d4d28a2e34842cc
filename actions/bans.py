"""What a directive forbids to some units in a situation (điều cấm): stronger than any declaration."""

from collections.abc import Mapping, Sequence

from sqlmodel import Session, col, select

from actions.assignments import moved
from actions.changes import By, record
from actions.errors import Refused, given
from domain.assignment import OUT, UNFINISHED, Event, Part, State
from domain.scenario import Ban, Situation, Stance, forbidden
from domain.unit import Unit
from store.tables import AssignmentRow, BanRow, DutyRow, DutyUnitRow, OccurrenceRow, UnitRow


def forbid(session: Session, ban: Ban, by: By) -> BanRow:
    """Enter a ban. Where it refuses, work already given against it is withdrawn with the ban's words as the
    reason, and nothing more is opened. Raises `Refused` for a ban without words or entered already."""
    given(ban.words)
    known = select(BanRow).where(
        BanRow.name == ban.name, BanRow.state == ban.state, BanRow.words == ban.words
    )
    if session.exec(known).first():
        raise Refused("Điều cấm này đã được nhập.")
    row = BanRow(**ban.model_dump())
    session.add(row)
    session.flush()
    record(session, by, "forbid", f"ban:{row.id}", **ban.model_dump())
    if row.stance is Stance.REFUSE:
        _withdraw(session, row, by)
    return row


def _withdraw(session: Session, ban: BanRow, by: By) -> None:
    situation = Situation(name=ban.name, state=ban.state)
    given_out = session.exec(
        select(AssignmentRow, UnitRow)
        .join(UnitRow, col(UnitRow.id) == col(AssignmentRow.unit_id))
        .join(OccurrenceRow, col(OccurrenceRow.id) == col(AssignmentRow.occurrence_id))
        .join(DutyRow, col(DutyRow.id) == col(OccurrenceRow.duty_id))
        .where(
            DutyRow.situation == ban.name,
            DutyRow.situation_state == ban.state,
            col(AssignmentRow.state).in_(UNFINISHED),
        )
        .order_by(col(AssignmentRow.id))
        .with_for_update(of=AssignmentRow)
    ).all()
    reasons: dict[int, str] = {}
    for row, unit in given_out:
        if ban.concerns(situation, unit):
            moved(session, row, Event.WITHDRAW, by, reason=ban.say(unit))
            reasons[row.occurrence_id] = ban.say(unit)
    _withdraw_left([row for row, _ in given_out if row.state is not State.WITHDRAWN], reasons, session, by)


def _withdraw_left(
    left: Sequence[AssignmentRow], reasons: Mapping[int, str], session: Session, by: By
) -> None:
    """Where nobody is left to lead or do it, nobody helps: the coordinators' parts go with it."""
    doing = select(AssignmentRow.occurrence_id).where(
        col(AssignmentRow.occurrence_id).in_(reasons),
        col(AssignmentRow.part) != Part.COORDINATOR,
        col(AssignmentRow.state).not_in(OUT),
    )
    done_by_others = set(session.exec(doing).all())
    for row in left:
        if row.occurrence_id in reasons.keys() - done_by_others:
            moved(session, row, Event.WITHDRAW, by, reason=reasons[row.occurrence_id])


def judged_by_bans(session: Session, situation: Situation, units: Sequence[Unit]) -> list[tuple[Unit, Ban]]:
    """Of these units those that may not be given what runs in the situation, each with the ban."""
    bans = session.exec(select(BanRow).where(BanRow.name == situation.name).order_by(col(BanRow.id))).all()
    return [(unit, ban) for unit in units if (ban := forbidden(bans, situation, unit))]


def barred(session: Session, duty: DutyRow) -> list[int]:
    """Ids of the duty's units that a ban keeps out of it: all of them where nobody is left to lead or do it."""
    situation = duty.bound_to()
    if situation is None:
        return []
    members = session.exec(
        select(UnitRow, DutyUnitRow)
        .join(DutyUnitRow, col(DutyUnitRow.unit_id) == col(UnitRow.id))
        .where(col(DutyUnitRow.duty_id) == duty.id)
    ).all()
    banned = judged_by_bans(session, situation, [unit for unit, _ in members])
    refused = {unit.code for unit, ban in banned if ban.stance is Stance.REFUSE}
    left = [own.part for unit, own in members if unit.code not in refused and own.until is None]
    undone = refused and all(part == Part.COORDINATOR for part in left)
    return [unit.id for unit, _ in members if undone or unit.code in refused]
