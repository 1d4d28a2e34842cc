"""What is said about a duty when it is issued: a chain with too few days, units that a ban keeps out of it."""

from collections.abc import Sequence
from datetime import date, timedelta

from sqlmodel import Session

from actions.bans import judged_by_bans
from actions.errors import Refused
from domain.assignment import Part
from domain.chain import objections
from domain.duty import DutyTerms
from domain.office import Office
from domain.recurrence import occurrences
from domain.scenario import Stance
from domain.sentence import Sentence
from domain.unit import Unit
from store.office import load_calendar

LOOKED_AHEAD = timedelta(days=366)
SAID = 3


def object_to(
    session: Session, terms: DutyTerms, units: Sequence[Unit], office: Office, issued_on: date
) -> tuple[DutyTerms, list[str]]:
    """The terms without the units that a ban keeps out, and warnings in words, kept on the duty. Raises `Refused` with
    the same words where nobody is left to lead or do it, or the office refuses (`short_chain`)."""
    bans = judged_by_bans(session, terms.situation, units) if terms.situation else []
    barred = {unit.code for unit, ban in bans if ban.stance is Stance.REFUSE}
    said = [
        Sentence("Không giao cho {unit}.", unit=ban.say(unit)) if unit.code in barred else ban.say(unit)
        for unit, ban in bans
    ]
    short = _short(session, terms, office, issued_on)
    left = tuple(one for one in terms.assignees if one.unit not in barred)
    undone = barred and all(one.part is Part.COORDINATOR for one in left)
    refusing = [*(said if undone else []), *(short if office.short_chain == "refuse" else [])]
    if refusing:
        raise Refused(
            "Không giao được việc “{title}”. {refusing}", title=terms.title, refusing=" ".join(refusing)
        )
    return terms.model_copy(update={"assignees": left}), said + short


def _short(session: Session, terms: DutyTerms, office: Office, issued_on: date) -> list[str]:
    """The periods of the coming year in which the chain cannot be kept; the first few by name."""
    if terms.chain is None:
        return []
    calendar = load_calendar(session, office.calendar)
    coming = occurrences(terms.schedule, calendar, since=issued_on, until=issued_on + LOOKED_AHEAD)
    said = objections(terms.chain, coming, calendar, issued_on=issued_on)
    more = len(said) - SAID
    return said[:SAID] + ([f"Còn {more} kỳ nữa cũng không đủ ngày."] if more > 0 else [])
