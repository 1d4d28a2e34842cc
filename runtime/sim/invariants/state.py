"""Of records: legal moves, one line a change, nothing lost from the count, nothing acknowledged that is gone."""

from collections import Counter, defaultdict
from collections.abc import Iterator

from domain.assignment import MOVES, Event, State
from runtime.sim.seen import Seen

EVENTS = {event.value for event in Event}


def i13_only_legal_moves(s: Seen) -> Iterator[str]:
    """Every move in the trail is in the table and names who and when; together they lead to the state stored
    (which is also half of I14: no change without its line)."""
    for line in s.facts.new_lines:
        kind, _, number = line.subject.partition(":")
        if kind != "assignment" or line.action not in EVENTS:
            continue
        before = s.states.get(int(number), State.ASSIGNED)
        after = MOVES.get((before, Event(line.action)))
        if after is None or not line.actor or line.at is None:
            yield f"line {line.id}: {line.action} from {before} by “{line.actor}”"
        else:
            s.states[int(number)] = after
    for work in s.facts.works.values():
        if s.states.get(work.id, State.ASSIGNED) != work.state:
            yield f"assignment {work.id} is {work.state}; its trail leads to {s.states.get(work.id)}"


def i14_one_line_a_change(s: Seen) -> Iterator[str]:
    """A letter is sent if and only if one line says so; a rung is taken if and only if a line says so."""
    sent: Counter[int] = s.sent_lines
    for line in s.facts.new_lines:
        if line.action == "mail_sent":
            sent[int(line.subject.partition(":")[2])] += 1
    for letter in s.facts.letters.values():
        left = letter.sent_at is not None  # one that came back is shown as failed, and was sent all the same
        if sent[letter.id] != left or (letter.state == "sent" and not left):
            yield f"letter {letter.key} is {letter.state} and the trail says {sent[letter.id]} times that it was sent"
    steps: dict[tuple[int, str], set[int]] = s.step_lines
    for line in s.facts.new_lines:
        if line.action == "take_rungs":
            steps[int(line.subject.partition(":")[2]), str(line.data["due_on"])].update(line.data["steps"])
    for notice in s.new_notices():
        occurrence = s.facts.works[notice.assignment_id].occurrence_id
        if notice.step not in steps[occurrence, str(notice.due_on)]:
            yield f"notice {notice.id}: no line tells that rung {notice.step} was taken"


def i15_nothing_leaves_the_count(s: Seen) -> Iterator[str]:
    t = s.tally
    if t.on_time + t.late + t.never + t.not_due + t.out != len(s.facts.works):
        yield f"{t.on_time} + {t.late} + {t.never} + {t.not_due} + {t.out} is not {len(s.facts.works)}"
    out = sum(work.state in ("waived", "withdrawn") for work in s.facts.works.values())
    if t.out != out:
        yield f"the roll-up takes {t.out} out of the count, {out} are waived or withdrawn"


def i20_frozen_ladders(s: Seen) -> Iterator[str]:
    for duty_id, ladder in s.facts.ladders.items():
        if ladder != s.ladders.setdefault(duty_id, ladder):
            yield f"duty {duty_id}: the ladder changed after it was issued"
    for notice in s.new_notices():
        rungs = s.ladder_of(s.facts.works[notice.assignment_id])["rungs"]
        if notice.step >= len(rungs) or notice.role not in rungs[notice.step]["to"]:
            yield f"notice {notice.id}: rung {notice.step} for {notice.role} is not on the frozen ladder"


def i21_verdicts_repeat(s: Seen) -> Iterator[str]:
    """The same rule version on the same figures says the same."""
    said: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for version, rule, figures, outcome in s.verdicts:
        said[version, rule, figures].add(outcome)
        if not version:
            yield f"a verdict of {rule} has no version"
    for key, outcomes in said.items():
        if len(outcomes) > 1:
            yield f"{key} was found {sorted(outcomes)}"


def i22_acknowledged_is_kept(s: Seen) -> Iterator[str]:
    """What a unit was told has been received is there, with the instant of receipt."""
    for key, received in s.acknowledged.items():
        if s.submissions.get(key) != received:
            yield f"submission {key}: acknowledged {received}, found {s.submissions.get(key)}"


def i26_the_trail_is_whole(s: Seen) -> Iterator[str]:
    if s.broken:
        yield s.broken
    for line_id, head in s.heads.items():
        if s.hashes.get(line_id) != head:
            yield f"the head published at line {line_id} is not in the trail any more"
