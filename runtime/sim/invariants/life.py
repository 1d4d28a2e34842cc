"""Of what befalls work: who waits has time, a demand is not forgotten, what comes back is not late the same day."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from runtime.sim.facts import HANOI, is_worked
from runtime.sim.invariants.delivery import GRACE
from runtime.sim.seen import LONG_AGO, Seen

AWAITED = (3, 6, 10)
"""Working days after which whoever is waited for hears of it."""
CORRECTION = 3
OUT = ("waived", "withdrawn")


def i27_a_wait_stops_the_clock(s: Seen) -> Iterator[str]:
    """No rung of what waits is to come; when it goes on the deadline is later by the working days waited; a unit of
    ours that is waited for is reminded."""
    for work in s.facts.works.values():
        if work.state == "waiting" and work.next_action_at is not None:
            yield f"assignment {work.id} waits, and a rung of it falls at {work.next_action_at}"
    for line in s.facts.new_lines:
        if line.action == "wait":
            s.began_waiting[line.subject] = _day(line.at)
        elif line.action == "resume":
            old, new = (date.fromisoformat(line.data[key]) for key in ("old", "new"))
            waited = s.began_waiting[line.subject], _day(line.at)
            if all(count(*waited) != count(old, new) for count in _counts(s, line.subject)):
                yield f"{line.subject} waited from {waited[0]} to {waited[1]}: {old} became {new}"
    swept = s.facts.marks.get("remind_awaited", LONG_AGO)
    for wait in s.facts.waits:
        if wait.ended_at is None and wait.unit_id is not None:
            today = _day(swept - GRACE - timedelta(hours=8))  # a day counts from eight on
            fallen = min(count(_day(wait.started_at), today) for count in _counts(s, ""))
            if wait.step < sum(days <= fallen for days in AWAITED):
                yield f"waiting {wait.id}: {fallen} working days, and rung {wait.step} was not taken"


def i28_a_demand_is_not_forgotten(s: Seen) -> Iterator[str]:
    """Who owes an explanation is reminded on its last day and on the next working day, and never once it is given."""
    for line in s.facts.new_lines:
        known = line.subject, line.data.get("number")
        if line.action == "explain":
            s.explained.add(known)
        elif line.action == "remind_to_explain":
            s.reminded[known] = line.at
            if known in s.explained:
                yield f"{line.subject}: reminded of demand {known[1]}, which was answered"
    swept = s.facts.marks.get("remind_to_explain", LONG_AGO)
    for demand in s.facts.demands:
        work = s.facts.works[demand.assignment_id]
        if demand.answered_at is not None or work.state in OUT:
            continue
        last = max((m for m in _moments(s, work, demand.answer_by) if m <= swept - GRACE), default=LONG_AGO)
        if s.reminded.get((f"assignment:{work.id}", demand.number), LONG_AGO) < last:
            yield f"assignment {work.id}: nobody was reminded at {last} of demand {demand.number}"


def i29_what_comes_back_has_days_of_its_own(s: Seen) -> Iterator[str]:
    """Handed in in time and returned on a later day, it is due three working days from then or later."""
    for line in s.facts.new_lines:
        if line.action != "return":
            continue
        work = s.facts.works[int(line.subject.partition(":")[2])]
        if work.state != "returned" or s.deadline_set(work) > line.at:
            continue
        stood = date.fromisoformat(line.data["old"]) if "old" in line.data else work.due_on
        came = max(at for one, at in s.submissions.values() if one == work.id and at <= line.at)
        if not _day(came) <= stood or _day(came) == _day(line.at):
            continue
        if all(count(_day(line.at), work.due_on) < CORRECTION for count in _counts(s, line.subject)):
            yield f"{line.subject} came back on {_day(line.at)} and is due on {work.due_on}"


def _day(at: datetime) -> date:
    return at.astimezone(HANOI).date()


def _counts(s: Seen, subject: str) -> list[Any]:
    """Working days after one day until another, by each calendar that may have been meant: yesterday's or today's,
    everybody's or that of a unit which had the work."""
    units = s.units_of(s.facts.works[int(subject.partition(":")[2])]) if subject else {0}

    def by(calendar: Any, unit: int) -> Any:
        return lambda after, until: sum(
            is_worked(date.fromordinal(day), calendar, unit)
            for day in range(after.toordinal() + 1, until.toordinal() + 1)
        )

    return [by(calendar, unit) for calendar in s.calendars for unit in units]


def _moments(s: Seen, work: Any, answer_by: date) -> list[datetime]:
    """At eight: on the last day, and on the next working day of whoever may be asked, by the latest of calendars."""
    following = []
    for calendar in s.calendars:
        for unit in s.units_of(work):
            day = answer_by + timedelta(days=1)
            while not is_worked(day, calendar, unit):
                day += timedelta(days=1)
            following.append(day)
    return [datetime.combine(day, time(8), HANOI).astimezone(UTC) for day in (answer_by, max(following))]
