"""A simulation that finds nothing proves nothing: each of these bugs is found, within eight seeds, by the invariant
that names it, or by the first of those it breaks at once."""

import os
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import OperationalError

import actions.assignments
import actions.changes
import actions.extend
import actions.follow
import actions.hand_over
import actions.letter_text
import actions.note_incidents
import actions.open_occurrences
import actions.remind_and_escalate
import actions.send
import actions.wait
import actions.write_letters
import domain.audit
import domain.escalation
import domain.instants
import domain.letter
import notifications.render
import runtime.chores
import runtime.sending
import runtime.tick
import store.audit
import store.questions.tally
from actions.send import Answer
from domain.assignment import State
from domain.audit import START
from domain.escalation import Ladder
from domain.workdays import Calendar
from flows.schedule import TABLE
from runtime.sim.faults import ROUGH, Rates
from runtime.sim.play import Found, play
from store.tables import WatermarkRow

SEEDS = range(1, 9)
LONG = pytest.mark.skipif(
    "DONDOC_SIM_LONG" not in os.environ, reason="takes a minute: `make sim` looks for this bug too"
)
DAYS = 9
Plant = Callable[[pytest.MonkeyPatch], None]


def noted_before_it_is_sent(m: pytest.MonkeyPatch) -> None:
    claim = actions.send.claim_letters

    def claim_and_note(session: Any, **given: Any) -> Any:
        ready = claim(session, **given)
        actions.send.record_deliveries(
            session, [Answer(one.outbox_id, "sent", "250") for one in ready], given["by"]
        )
        return ready

    m.setattr(runtime.sending, "claim_letters", claim_and_note)


def no_lease_on_a_claimed_letter(m: pytest.MonkeyPatch) -> None:
    m.setattr(actions.send, "LEASE", -timedelta(minutes=1))


def a_lease_that_never_ends(m: pytest.MonkeyPatch) -> None:
    m.setattr(actions.send, "LEASE", timedelta(days=900))


def finished_work_is_not_looked_for_again(m: pytest.MonkeyPatch) -> None:
    m.setattr(actions.letter_text, "OPEN", tuple(State))


def a_sender_held_still_goes_on_with_its_batch(m: pytest.MonkeyPatch) -> None:
    m.setattr(runtime.sending, "HAND_OVER", timedelta(days=1))


def a_new_message_id_for_every_try(m: pytest.MonkeyPatch) -> None:
    mail, tries = runtime.sending._mail, Counter[int]()

    def renamed(ready: Any, *more: Any) -> Any:
        tries[ready.outbox_id] += 1
        return replace(mail(ready, *more), message_id=f"<{tries[ready.outbox_id]}.{ready.outbox_id}@mophong>")

    m.setattr(runtime.sending, "_mail", renamed)


def given_up_after_three_tries(m: pytest.MonkeyPatch) -> None:
    m.setattr(domain.letter, "WAITS", domain.letter.WAITS[:2])


def the_note_gives_up_on_a_lock(m: pytest.MonkeyPatch) -> None:
    def once(note: Callable[[], None], _wait: Any) -> None:
        with suppress(OperationalError):
            note()

    m.setattr(runtime.sending, "until_committed", once)


def the_leader_does_not_wait_for_the_unit(m: pytest.MonkeyPatch) -> None:
    m.setattr(actions.send, "_earlier_rung_unfinished", sa.false)


def an_hour_early(m: pytest.MonkeyPatch) -> None:
    moment = Ladder.moment

    def early(self: Ladder, *given: Any, **more: Any) -> datetime | None:
        falls = moment(self, *given, **more)
        return falls and falls - timedelta(hours=1)

    m.setattr(Ladder, "moment", early)


def an_extension_leaves_the_rungs_where_they_were(m: pytest.MonkeyPatch) -> None:
    move = actions.assignments.reschedule

    def only_the_day(session: Any, row: Any, *given: Any, **more: Any) -> None:
        step, next_action_at = row.step, row.next_action_at
        move(session, row, *given, **more)
        row.step, row.next_action_at = step, next_action_at

    m.setattr(actions.extend, "reschedule", only_the_day)


def the_last_item_of_a_letter_is_dropped(m: pytest.MonkeyPatch) -> None:
    render = notifications.render.render

    def short(letter: Any) -> Any:
        items = getattr(letter, "items", ())
        return render(letter.model_copy(update={"items": items[:-1]}) if len(items) > 1 else letter)

    m.setattr(actions.letter_text, "render", short)


def what_is_withdrawn_stays_in_the_count(m: pytest.MonkeyPatch) -> None:
    ends = store.questions.tally._ends

    def counted(*given: Any) -> Counter[str]:
        found = Counter(ends(*given))
        found["not_due"] += found.pop("out", 0)
        return found

    m.setattr(store.questions.tally, "_ends", counted)


def a_digest_that_has_not_left_is_forgotten(m: pytest.MonkeyPatch) -> None:
    m.setattr(actions.write_letters, "NOT_LEFT", ())


def a_watermark_is_set_whatever_it_was(m: pytest.MonkeyPatch) -> None:
    def put(session: Any, reached: Any) -> None:
        for name, at in reached.items():
            session.merge(WatermarkRow(job=name, through=at))

    m.setattr(runtime.tick, "_raise", put)


def the_day_ends_at_midnight_in_greenwich(m: pytest.MonkeyPatch) -> None:
    end = domain.instants.end_of
    m.setattr(
        actions.open_occurrences, "end_of", lambda day, zone: end(day, zone).replace(hour=0, tzinfo=UTC)
    )


def days_off_are_worked(m: pytest.MonkeyPatch) -> None:
    m.setattr(Calendar, "previous_working", lambda _calendar, day: day)


def days_off_of_a_school_are_nobodys(m: pytest.MonkeyPatch) -> None:
    m.setattr(Calendar, "for_unit", lambda calendar, _unit_id: calendar)


def a_clock_a_year_ahead_is_believed(m: pytest.MonkeyPatch) -> None:
    m.setattr(runtime.tick, "is_believed", lambda _now, _through: True)


def a_rung_is_climbed_and_not_taken(m: pytest.MonkeyPatch) -> None:
    climb = domain.escalation.climb

    def over(*given: Any) -> Any:
        climbed = climb(*given)
        return climbed.model_copy(update={"taken": tuple(t for t in climbed.taken if t.step != 1)})

    m.setattr(actions.remind_and_escalate, "climb", over)


def acceptance_leaves_no_line(m: pytest.MonkeyPatch) -> None:
    record = actions.changes.record

    def silent(session: Any, by: Any, action: str, *given: Any, **data: Any) -> None:
        if action != "accept":
            record(session, by, action, *given, **data)

    m.setattr(actions.assignments, "record", silent)


def the_trail_is_chained_to_nothing(m: pytest.MonkeyPatch) -> None:
    chained = domain.audit.chained
    m.setattr(store.audit, "chained", lambda _previous, entry: chained(START, entry))


def one_bad_letter_stops_its_batch(m: pytest.MonkeyPatch) -> None:
    m.setattr(actions.letter_text, "_write_or_say_why", actions.letter_text._write)


def a_job_fails_every_time(m: pytest.MonkeyPatch) -> None:
    def fail(*_given: Any) -> None:
        raise ValueError

    m.setattr(runtime.chores, "awaited_to_remind", fail)


def the_auditor_writes_down_that_it_has_looked(m: pytest.MonkeyPatch) -> None:
    note = actions.note_incidents.note_incidents

    def note_and_say_so(session: Any, *given: Any, by: Any, **more: Any) -> int:
        actions.changes.record(session, by, "audited", "letters")
        return note(session, *given, by=by, **more)

    m.setattr(runtime.chores, "note_incidents", note_and_say_so)


def a_wait_gives_no_time(m: pytest.MonkeyPatch) -> None:
    m.setattr(actions.wait, "pushed", lambda due_on, *_given: due_on)


def nobody_is_reminded_of_a_demand(m: pytest.MonkeyPatch) -> None:
    m.setattr(runtime.chores, "explanations_to_remind", lambda *_given: [])


def what_comes_back_keeps_its_deadline(m: pytest.MonkeyPatch) -> None:
    m.setattr(actions.follow, "given_back", lambda due_on, *_given: due_on)


def the_unit_that_had_the_work_is_told_still(m: pytest.MonkeyPatch) -> None:
    m.setattr(actions.hand_over, "_nothing_unsent", lambda *_given: None)


PLANTED: list[tuple[Plant, str, Rates]] = [
    (noted_before_it_is_sent, "I1", ROUGH),
    (given_up_after_three_tries, "I1", replace(ROUGH, temporary=0.5)),
    (a_rung_is_climbed_and_not_taken, "I1", ROUGH),
    (no_lease_on_a_claimed_letter, "I2", ROUGH),
    (a_sender_held_still_goes_on_with_its_batch, "I2", replace(ROUGH, pause=0.03)),
    (a_new_message_id_for_every_try, "I1", ROUGH),
    (the_note_gives_up_on_a_lock, "I2", replace(ROUGH, locked=0.1)),
    (an_hour_early, "I3", ROUGH),
    (an_extension_leaves_the_rungs_where_they_were, "I1", ROUGH),
    (finished_work_is_not_looked_for_again, "I5", replace(ROUGH, temporary=0.6)),
    (the_leader_does_not_wait_for_the_unit, "I6", replace(ROUGH, temporary=0.4)),
    (the_unit_that_had_the_work_is_told_still, "I9", replace(ROUGH, temporary=0.9)),
    (a_digest_that_has_not_left_is_forgotten, "I8", replace(ROUGH, temporary=0.6)),
    (a_lease_that_never_ends, "I10", replace(ROUGH, kill=0.01)),
    (a_job_fails_every_time, "I10", ROUGH),
    (one_bad_letter_stops_its_batch, "I11", replace(ROUGH, spoilt=0.5)),
    (the_auditor_writes_down_that_it_has_looked, "I16", ROUGH),
    (the_last_item_of_a_letter_is_dropped, "I12", ROUGH),
    (acceptance_leaves_no_line, "I13", ROUGH),
    (what_is_withdrawn_stays_in_the_count, "I15", ROUGH),
    (a_watermark_is_set_whatever_it_was, "I23", replace(ROUGH, pause=0.02)),
    (the_day_ends_at_midnight_in_greenwich, "I24", ROUGH),
    (days_off_are_worked, "I25", ROUGH),
    (days_off_of_a_school_are_nobodys, "I1", ROUGH),
    (a_clock_a_year_ahead_is_believed, "I1 I3 I7 I10 I12", ROUGH),
    (the_trail_is_chained_to_nothing, "I26", ROUGH),
    (a_wait_gives_no_time, "I27", ROUGH),
    (nobody_is_reminded_of_a_demand, "I28", ROUGH),
    (what_comes_back_keeps_its_deadline, "I29", ROUGH),
]


SLOW = {
    a_clock_a_year_ahead_is_believed,
    a_digest_that_has_not_left_is_forgotten,
    a_job_fails_every_time,
    a_lease_that_never_ends,
    a_sender_held_still_goes_on_with_its_batch,
    a_wait_gives_no_time,
    a_watermark_is_set_whatever_it_was,
    an_extension_leaves_the_rungs_where_they_were,
    an_hour_early,
    days_off_of_a_school_are_nobodys,
    finished_work_is_not_looked_for_again,
    nobody_is_reminded_of_a_demand,
    one_bad_letter_stops_its_batch,
    the_last_item_of_a_letter_is_dropped,
    the_leader_does_not_wait_for_the_unit,
    the_trail_is_chained_to_nothing,
    the_unit_that_had_the_work_is_told_still,
    what_comes_back_keeps_its_deadline,
}


@pytest.mark.parametrize(
    ("plant", "numbers", "rates"),
    [
        pytest.param(*planted, id=planted[0].__name__, marks=LONG if planted[0] in SLOW else ())
        for planted in PLANTED
    ],
)
def test_it_is_found_and_named(
    plant: Plant, numbers: str, rates: Rates, monkeypatch: pytest.MonkeyPatch
) -> None:
    plant(monkeypatch)
    found = next(_found(rates), None)
    assert found is not None, f"nothing was found in seeds {list(SEEDS)}"
    assert found.number in numbers.split(), str(found)
    assert f"dondoc sim --seed {found.seed}" in str(found)


def _found(rates: Rates) -> Iterator[Found]:
    for seed in SEEDS:
        try:
            play(TABLE, seed, DAYS, rates=rates)
        except Found as found:
            yield found
