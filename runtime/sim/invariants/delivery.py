"""Of letters: none lost, none twice, none early, none about finished work, the unit first, the right readers."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from runtime.sim.facts import HANOI, OWED, rung_falls
from runtime.sim.office import OFFICE
from runtime.sim.seen import LONG_AGO, Seen

GRACE = timedelta(hours=2)
CAP = OFFICE.daily_letters
UNIT = ("officer", "head")
GIVES_UP = timedelta(hours=72)
"""A relay may be down from Friday evening to Monday."""


def i01_no_loss(s: Seen) -> Iterator[str]:
    """Every rung that fell while its work was owed was taken; every letter noted as sent did leave; whoever
    was given up was refused for good, told in another way, or tried for three days."""
    taken = {(n.assignment_id, n.due_on, n.step, n.role) for n in s.facts.notices}
    swept = s.facts.marks.get("remind_and_escalate")
    for work in s.facts.works.values():
        if work.state not in OWED or swept is None:
            continue
        ladder = s.ladder_of(work)
        for step, rung in enumerate(ladder["rungs"]):
            falls = rung_falls(ladder, step, work.due_on, s.facts.calendar, work.unit_id)
            if s.deadline_set(work) < falls <= swept - GRACE:
                for role in rung["to"]:
                    if (work.id, work.due_on, step, role) not in taken:
                        yield f"assignment {work.id}: rung {step} for {role} fell at {falls} and was not taken"
    yield from _letters_that_left(s)


def _letters_that_left(s: Seen) -> Iterator[str]:
    left = {handed.message_id for handed in s.server.log}
    otherwise = {letter.copy_of for letter in s.facts.letters.values()}
    for letter in s.facts.letters.values():
        if letter.state == "sent" and letter.message_id not in left:
            yield f"letter {letter.key} is noted as sent and never reached the server"
        known = letter.message_id in s.server.refused | s.spoilt() or letter.id in otherwise
        if letter.state == "failed" and not known:
            first, last = s.tried.get(letter.id, (letter.created_at, letter.created_at))
            if last - first < GIVES_UP:
                yield f"letter {letter.key} was given up after {last - first}: {letter.reason}"


def i02_no_duplicates(s: Seen) -> Iterator[str]:
    """One Message-ID a letter; copies beyond the first only where its yes may have been lost; nobody is told
    the same of the same work twice."""
    known = {letter.message_id for letter in s.facts.letters.values()}
    copies = s.server.copies()
    for message_id, count in copies.items():
        if message_id not in known:
            yield f"{message_id} left under an id that no letter has"
        if count - 1 > s.server.excused[message_id]:
            yield f"{message_id} left {count} times, {s.server.excused[message_id]} of them excused"
    told: Counter[tuple[object, ...]] = Counter()
    for handed in s.letters():
        for item in handed.items:
            told[handed.person_id, item.assignment_id, item.told_due_on, item.step, item.role] += 1
    for (person, assignment, due_on, step, role), count in told.items():
        if count > 1:
            yield f"person {person} was told rung {step} ({role}) of assignment {assignment} ({due_on}) {count} times"


def i03_never_early(s: Seen) -> Iterator[str]:
    for notice in s.new_notices():
        if all(notice.at < falls for falls in s.falls(notice)):
            yield f"notice {notice.id}: rung {notice.step} was taken at {notice.at}, it falls at {s.falls(notice)[0]}"
    for handed in s.new_handed():
        for item in handed.items:
            falls = s.rung(s.facts.works[item.assignment_id], item.step, item.told_due_on)
            if item.assignment_id in handed.mentioned and all(handed.at < moment - GRACE for moment in falls):
                yield f"{handed.message_id} tells rung {item.step} of assignment {item.assignment_id} before {falls[0]}"


def i04_never_late(s: Seen) -> Iterator[str]:
    """Where nothing goes wrong: within ten minutes of its moment, or of what somebody did about the work. A day off
    announced at a quarter to nine moves a deadline forward, and a rung to eight o'clock of the same morning."""
    if not s.calm:
        return
    for notice in s.new_notices():
        work = s.facts.works[notice.assignment_id]
        since = max(s.opened(work), s.deadline_set(work), work.touched_at or s.opened(work))
        latest = max(*s.falls(notice), since)
        if notice.at > latest + timedelta(minutes=10):
            yield f"notice {notice.id} was taken at {notice.at}, due at {latest}"
    for letter in s.facts.letters.values():
        if letter.sent_at and letter.sent_at > letter.created_at + timedelta(minutes=10):
            yield f"letter {letter.key} of {letter.created_at} left at {letter.sent_at}"


def i05_none_after_acceptance(s: Seen) -> Iterator[str]:
    """What is claimed for sending speaks only of work that is owed at that moment."""
    for handed in s.new_handed():
        for item in handed.items:
            if item.assignment_id in handed.mentioned and item.state not in OWED:
                yield f"{handed.message_id} speaks of assignment {item.assignment_id}, which was {item.state}"
        if handed.items and handed.mentioned - {item.assignment_id for item in handed.items}:
            yield f"{handed.message_id} speaks of work that none of its notices is about"


def i06_the_unit_hears_first(s: Seen) -> Iterator[str]:
    """By the first of the ways that a letter's text takes: nobody above the unit is told a rung before the earlier ones
    were. At the unit a reminder whose reader has left may reach the next one after the head's own letter."""
    first: dict[tuple[int, date], dict[int, tuple[int, str]]] = defaultdict(dict)
    for place, handed in enumerate(s.server.log):
        for item in handed.items:
            if item.assignment_id in handed.mentioned:
                first[item.assignment_id, item.told_due_on].setdefault(item.step, (place, item.role))
    for (assignment, due_on), steps in first.items():
        for step, (place, role) in steps.items():
            if role not in UNIT and any(
                told > place for earlier, (told, _) in steps.items() if earlier < step
            ):
                yield f"assignment {assignment} ({due_on}): the {role} was told rung {step} before an earlier one"


def i07_cause(s: Seen) -> Iterator[str]:
    """An escalation names only work that is overdue, under the deadline in force when it was claimed."""
    for handed in s.new_handed():
        for item in handed.items:
            if handed.kind not in ("overdue", "digest") or item.assignment_id not in handed.mentioned:
                continue
            if item.due_at > handed.at:
                yield f"{handed.message_id} escalates assignment {item.assignment_id}, due only {item.due_on}"


def i08_one_digest_a_day(s: Seen) -> Iterator[str]:
    """Also on the morning after an outage; and of letters made of notices never more than the office's share."""
    digests = Counter(
        (handed.person_id, handed.at.astimezone(HANOI).date())
        for handed in s.letters()
        if handed.kind == "digest"
    )
    for (person, day), count in digests.items():
        if count > 1:
            yield f"person {person} got {count} digests on {day}"
    told = Counter(
        (handed.person_id, handed.at.astimezone(HANOI).date()) for handed in s.letters() if handed.items
    )
    for (person, day), count in told.items():
        if count > CAP:
            yield f"person {person} got {count} letters of notices on {day}"


def i09_the_right_people(s: Seen) -> Iterator[str]:
    for handed in s.new_handed():
        if handed.gone:
            yield f"{handed.message_id} went to person {handed.person_id}, who held no position any more"
        elif handed.strangers:
            yield f"{handed.message_id} tells person {handed.person_id} of units {handed.strangers} outside their scope"


def i10_termination(s: Seen) -> Iterator[str]:
    """At the end nothing is on its way, no job is left behind, and nothing was tried more often than allowed."""
    for letter in s.facts.letters.values():
        if letter.tries > 40:
            yield f"letter {letter.key} was tried {letter.tries} times"
        if s.at_end and letter.state in ("pending", "sending"):
            yield f"letter {letter.key} is still {letter.state}"
    if s.at_end:
        for job in s.jobs:
            if s.facts.marks.get(job, LONG_AGO) < s.now - timedelta(hours=26):
                yield f"job {job} has not come to an end since {s.facts.marks.get(job)}"
        for notice in s.facts.notices:
            owed = s.facts.works[notice.assignment_id].state in OWED
            if notice.fate == "pending" and owed and _is_forgotten(s, notice):
                yield f"notice {notice.id} still waits to be told"


def _is_forgotten(s: Seen, notice: Any) -> bool:
    """Letters have been written twice since the day the rung was taken: at the next one its reader has a share of the
    day again. The last days may be the eve of Tết, or the Kings' day before a weekend."""
    first, last = (at.astimezone(HANOI).date().toordinal() for at in (notice.at, s.now))
    worked = (s.facts.calendar.is_working(date.fromordinal(day)) for day in range(first + 1, last + 1))
    return first > last or sum(worked) > 1


def i11_poison_is_isolated(s: Seen) -> Iterator[str]:
    """A letter that can never be written is given up with its reason, and is in nobody's way (nor late, in calm
    seeds, are the others: I4)."""
    ticked = s.facts.marks.get("write_letters", LONG_AGO)
    for letter in s.facts.letters.values():
        if letter.id in s.server.spoilt and letter.state == "pending" and letter.not_before < ticked - GRACE:
            yield f"letter {letter.key} cannot be written and still waits"
        if letter.id in s.server.spoilt and letter.state == "failed" and not letter.reason:
            yield f"letter {letter.key} was given up without a reason"


def i12_digests_lose_no_item(s: Seen) -> Iterator[str]:
    """What a letter was made of and is still owed stands in its text; what counts as told is in a letter."""
    for handed in s.new_handed():
        for item in handed.items:
            owed = item.state in OWED and item.due_on == item.told_due_on
            if owed and item.assignment_id not in handed.mentioned:
                yield f"{handed.message_id} leaves out assignment {item.assignment_id}"
    linked = {link.notice_id for link in s.facts.links}
    for notice in s.facts.notices:
        if notice.fate == "mailed" and notice.id not in linked:
            yield f"notice {notice.id} counts as told and is in no letter"
