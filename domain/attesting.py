"""Standing duties (nhiệm vụ thường xuyên) are attested in a report, in the unit's own words; nobody ticks them off."""

from datetime import date

from pydantic import BaseModel, ConfigDict

from domain.duty import Duty
from domain.folding import fold
from domain.period import BadPeriod, Unit, period

RHYTHMS: dict[str, tuple[Unit, ...]] = {
    "tuan": ("week",),
    "thang": ("month",),
    "quy": ("quarter",),
    "nam": ("year", "school_year"),
}


class Attested(BaseModel):
    """What a unit `said` it did about one standing duty; `duty`: its code."""

    model_config = ConfigDict(frozen=True)

    duty: str
    title: str
    said: str = ""


def holds(duty: Duty, first: date, last: date) -> bool:
    """Whether a standing duty is in force on some day from `first` to `last`: begun, not ended, of no situation that
    sleeps or was declared later."""
    terms = duty.terms_of_time()
    ended = terms.last is not None and terms.last < first
    return terms.first <= last and not ended and not duty.asleep and (duty.awake_since or last) <= last


def attests(attested_in: str, title: str, key: str, pack: str = "") -> bool:
    """Whether the work with this title, of the period `key`, is the report that was named ("báo cáo tháng"); one named
    without its rhythm may be any. A report has a form (`pack`) or says that it is one."""
    wanted = {unit for word in fold(attested_in).split() for unit in RHYTHMS.get(word, ())}
    try:
        unit = period(key).unit
    except BadPeriod:  # what comes once
        return False
    return bool(pack or "bao cao" in fold(title)) and (not wanted or unit in wanted)
