"""What the scheduled jobs do: for each, the chunks it has now and how one chunk is carried out.

Nothing here decides: it opens transactions and calls actions.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any

from sqlmodel import Session

from actions.audit_letters import suspicions
from actions.changes import CLOCK, By
from actions.compile_report import compile_report, periods_to_report
from actions.declare import apply_declaration, declarations_to_apply
from actions.demand_explanation import remind_to_explain
from actions.judge import at_hand, judge, unjudged
from actions.note_incidents import note_incidents
from actions.open_occurrences import duties_to_open, open_occurrences
from actions.remind_and_escalate import Group, due_groups, remind_and_escalate
from actions.remind_awaited import awaited_to_remind, remind_awaited
from actions.send import ways
from actions.write_letters import NEVER_SILENT, anything_pending, write_letters
from runtime.jobs import Chunk, Counts, chunks_of
from runtime.sending import send_outbox
from runtime.works import Works
from store.questions.explanations import explanations_to_remind
from store.tables import WatermarkRow

SUBMISSIONS_A_CHUNK = 200
DUTIES_A_CHUNK = 50
WAITS_A_CHUNK = 200
ASSIGNMENTS_A_CHUNK = 10_000


def clock(at: datetime) -> By:
    return By(CLOCK, at)


# Open the occurrences whose period has begun ---------------------------------------------------------------


def plan_opening(works: Works, at: datetime) -> list[Chunk]:
    with works.db.read() as session:
        c = works.circumstances(session)
        return list(chunks_of(duties_to_open(session, at.astimezone(c.office.tz).date()), DUTIES_A_CHUNK))


def open_chunk(works: Works, at: datetime, duty_ids: Chunk) -> Counts:
    done: Counts = Counter()
    with works.db.transaction() as session:
        c = works.circumstances(session)
        for duty_id in duty_ids:
            opened = open_occurrences(session, duty_id, calendar=c.calendar, zone=c.office.tz, by=clock(at))
            done.update(asdict(opened))
    return done


# Switch what a declared situation wakes and puts to sleep ---------------------------------------------------


def plan_situations(works: Works, at: datetime) -> list[Chunk]:
    with works.db.read() as session:
        c = works.circumstances(session)
        return list(declarations_to_apply(session, at.astimezone(c.office.tz).date()))


def switch_one(works: Works, at: datetime, declaration_id: Chunk) -> Counts:
    with works.db.transaction() as session:
        c = works.circumstances(session)
        switched = apply_declaration(session, declaration_id, clock(at), office=c.office, calendar=c.calendar)
    return Counter(switched=switched)


# Judge what was handed in ----------------------------------------------------------------------------------


def plan_judging(works: Works, _at: datetime) -> list[Chunk]:
    with works.db.read() as session:
        return list(chunks_of(unjudged(session), SUBMISSIONS_A_CHUNK))


def judge_chunk(works: Works, at: datetime, submission_ids: Chunk) -> Counts:
    done: Counts = Counter()
    with works.db.transaction() as session:
        bench = works.bench(works.circumstances(session))
        _held = at_hand(session, submission_ids)
        for submission_id in submission_ids:
            done.update(verdict.outcome.value for verdict in judge(session, submission_id, bench, clock(at)))
    return done


# Remind and escalate: take the rungs whose moment has come -------------------------------------------------


def plan_rungs(works: Works, at: datetime) -> list[Chunk]:
    """Groups joined into chunks of about `ASSIGNMENTS_A_CHUNK` assignments."""
    with works.db.read() as session:
        groups = due_groups(session, at)
    chunks: list[Chunk] = []
    size = ASSIGNMENTS_A_CHUNK
    for group in groups:
        if size >= ASSIGNMENTS_A_CHUNK:
            chunks.append([])
            size = 0
        chunks[-1].append(group)
        size += group.count
    return chunks


def take_rungs(works: Works, at: datetime, groups: Chunk) -> Counts:
    with works.db.transaction() as session:
        c = works.circumstances(session)
        taken = sum(
            remind_and_escalate(session, _group(g), calendar=c.calendar, zone=c.office.tz, by=clock(at))
            for g in groups
        )
    return Counter(notices=taken)


def _group(given: Any) -> Group:
    return given if isinstance(given, Group) else Group(**given)


# Remind who is waited for -----------------------------------------------------------------------------------


def plan_awaited(works: Works, at: datetime) -> list[Chunk]:
    with works.db.read() as session:
        return list(chunks_of(awaited_to_remind(session, at), WAITS_A_CHUNK))


def remind_chunk(works: Works, at: datetime, waiting_ids: Chunk) -> Counts:
    return _reminded(remind_awaited, works, at, waiting_ids)


def _reminded(remind: Callable[..., int], works: Works, at: datetime, ids: Chunk) -> Counts:
    with works.db.transaction() as session:
        c = works.circumstances(session)
        letters = sum(
            remind(session, one, office=c.office, calendar=c.calendar, staff=c.staff, by=clock(at))
            for one in ids
        )
    return Counter(letters=letters)


# Remind who is to explain -----------------------------------------------------------------------------------


def plan_explanations(works: Works, at: datetime) -> list[Chunk]:
    with works.db.read() as session:
        return list(chunks_of(explanations_to_remind(session, at), WAITS_A_CHUNK))


def remind_to_explain_chunk(works: Works, at: datetime, explanation_ids: Chunk) -> Counts:
    return _reminded(remind_to_explain, works, at, explanation_ids)


# Write the letters -----------------------------------------------------------------------------------------


def plan_letters(works: Works, at: datetime) -> list[Chunk]:
    """One chunk: a person's notices of the day must meet in one letter. After a long silence the letters are
    written at any hour, to be held; the next tick no longer knows of the silence."""
    with works.db.read() as session:
        c = works.circumstances(session)
        if not anything_pending(session):
            return []
        silence = _silence(session, at)
        now = c.office.writes_letters(at, c.calendar, silence) or c.office.why_hold(0, silence)
        return ["all"] if now else []


def write_all(works: Works, at: datetime, _all: Chunk) -> Counts:
    with works.db.transaction() as session:
        c, silence = works.circumstances(session), _silence(session, at)
        written = write_letters(session, office=c.office, staff=c.staff, by=clock(at), silence=silence)
        return Counter(vars(written))


def _silence(session: Session, at: datetime) -> timedelta:
    """How long the clock had stood still before the tick at `at`. The watermark rises when a tick is over."""
    mark = session.get(WatermarkRow, "write_letters")
    return at - mark.through if mark else NEVER_SILENT


# Send the outbox -------------------------------------------------------------------------------------------


def plan_sending(works: Works, at: datetime) -> list[Chunk]:
    with works.db.read() as session:
        return ["all"] if ways(session, at) else []


def send_all(works: Works, at: datetime, _all: Chunk) -> Counts:
    return send_outbox(works, at)


# Compile the monthly report --------------------------------------------------------------------------------


def plan_reports(works: Works, at: datetime) -> list[Chunk]:
    with works.db.read() as session:
        return list(periods_to_report(session, at, works.circumstances(session).office.tz))


def compile_one(works: Works, at: datetime, period: Chunk) -> Counts:
    with works.db.transaction() as session:
        made = compile_report(
            session, period, office=works.circumstances(session).office, packs=works.packs_in_force(session),
            evidence=works.evidence, by=clock(at),
        )  # fmt: skip
    return Counter(reports=int(made is not None))


# Audit what was told ---------------------------------------------------------------------------------------


def plan_audit(_works: Works, _at: datetime) -> list[Chunk]:
    return ["all"]


def audit_all(works: Works, at: datetime, _all: Chunk) -> Counts:
    """Only when everything holds is the outside watcher told: its silence is the alarm."""
    with works.db.transaction() as session:
        c = works.circumstances(session)
        found = suspicions(session, at, office=c.office, calendar=c.calendar)
        new = note_incidents(session, found, office=c.office, staff=c.staff, by=clock(at))
    if not found and works.settings.heartbeat_url:
        works.ping(works.settings.heartbeat_url)
    return Counter(incidents=new)
