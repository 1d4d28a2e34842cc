"""Of time: watermarks never fall, a day ends at midnight, the working calendar is followed."""

from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta

from runtime.sim.facts import HANOI, is_worked
from runtime.sim.seen import Seen


def i16_a_second_tick_writes_nothing(s: Seen) -> Iterator[str]:
    """Nor does any job that runs twice at one instant, whatever the watermarks say."""
    yield from s.rewrites


def i23_the_clock_never_falls(s: Seen) -> Iterator[str]:
    """Looked at after every tick: a fall is mended by the next."""
    yield from s.fallen


def i24_one_deadline_everywhere(s: Seen) -> Iterator[str]:
    """The instant stored ends the day stored, and the day stands in every letter about it."""
    for work in s.facts.works.values():
        ends = datetime.combine(work.due_on + timedelta(days=1), time(), HANOI).astimezone(UTC)
        if work.due_at != ends:
            yield f"assignment {work.id}: due on {work.due_on}, but at {work.due_at}"
    for handed in s.new_handed():
        for item in handed.items:
            day = f"{item.due_on.day}/{item.due_on.month}/{item.due_on.year}"
            padded = f"{item.due_on:%d/%m/%Y}"
            if (
                item.assignment_id in handed.mentioned
                and day not in handed.text
                and padded not in handed.text
            ):
                yield f"{handed.message_id} does not say {padded} of assignment {item.assignment_id}"


def i25_working_days(s: Seen) -> Iterator[str]:
    """What opens is due on a day that is worked, by the calendar of whoever owes it too, not after the day stated,
    and not before the directive."""
    new = {occurrence.id for occurrence in s.new_occurrences()}
    for work in s.facts.works.values():
        units = s.units_of(work)
        worked = any(is_worked(work.due_on, calendar, unit) for calendar in s.calendars for unit in units)
        if work.occurrence_id in new and not worked:
            yield f"assignment {work.id} is due on {work.due_on}, a day off of its unit"
    for occurrence in s.new_occurrences():
        if not any(calendar.is_working(occurrence.due_on) for calendar in s.calendars):
            yield f"occurrence {occurrence.id} is due on {occurrence.due_on}, a day off"
        if occurrence.due_on > occurrence.stated_on or occurrence.due_on < s.began:
            yield f"occurrence {occurrence.id}: stated {occurrence.stated_on}, due {occurrence.due_on}"
