"""Situations: what is declared now, what was before, and what the declaration means for the duties."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import Session, col, select

from domain.scenario import Ban, Declaration
from store.tables import BanRow, DeclarationRow, DutyRow


def state_now(session: Session, name: str) -> str | None:
    """The state in force; None where nobody has declared one."""
    d = DeclarationRow
    return session.exec(
        select(d.state)
        .where(d.name == name, col(d.applied_at).is_not(None))
        .order_by(col(d.applied_at).desc(), col(d.id).desc())
        .limit(1)
    ).first()


@dataclass(frozen=True)
class Bound:
    """A duty that runs in one state only."""

    duty_id: int
    title: str
    state: str
    asleep: bool


@dataclass(frozen=True)
class Known:
    """A situation: `history` newest first, declarations to come included; `bans` hold whatever is declared."""

    name: str
    now: str | None
    history: Sequence[Declaration]
    duties: Sequence[Bound]
    bans: Sequence[Ban]


def situations(session: Session) -> Sequence[Known]:
    """Every situation that somebody declared, bound a duty to or forbade something in, by name."""
    history = session.exec(select(DeclarationRow).order_by(col(DeclarationRow.id).desc())).all()
    bans = session.exec(select(BanRow).order_by(col(BanRow.id))).all()
    duties = session.exec(select(DutyRow).where(DutyRow.situation != "").order_by(col(DutyRow.id))).all()
    names = {one.name for one in history} | {one.name for one in bans} | {one.situation for one in duties}
    return [
        Known(
            name,
            state_now(session, name),
            [one for one in history if one.name == name],
            [Bound(d.id, d.title, d.situation_state, d.asleep) for d in duties if d.situation == name],
            [one for one in bans if one.name == name],
        )
        for name in sorted(names)
    ]
