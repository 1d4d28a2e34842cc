"""Put units on watch lists and take them off, by what their reports say; and change what they owe meanwhile."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlmodel import Session, col, delete, select

from actions.changes import By, record
from domain.assignment import Part
from domain.verdict import Consequence, Outcome, Verdict
from domain.watch import Said, WatchList, moved, said_by_rules
from domain.workdays import Calendar
from rules.condition import read_condition, said_of
from rules.pack import Pack, PackError
from store.compliance_tables import WatchEntryRow, WatchListRow
from store.tables import DutyUnitRow
from store.writing import insert_new


def make_watch_list(
    session: Session, wanted: WatchList, pack: Pack, by: By, *, duty_id: int | None
) -> WatchListRow:
    """`duty_id`: an issued duty; members owe it from the day they enter, beside the units it was issued to, and
    nothing new opens for who has left. Raises PackError where a condition cannot be read."""
    for condition in filter(None, (wanted.enter_if, wanted.leave_if)):
        read_condition(condition, pack, {})
    row = WatchListRow(**wanted.model_dump(), duty_id=duty_id)
    session.add(row)
    session.flush()
    record(session, by, "make_watch_list", f"watch:{row.code}", **wanted.model_dump())
    return row


def keep_watch(
    session: Session,
    unit_id: int,
    pack: Pack,
    facts: Mapping[str, Any],
    verdicts: Sequence[Verdict],
    calendar: Calendar,
    today: date,
    by: By,
) -> None:
    """Look at one report with every list of its pack. `facts` is the case the rules see, `verdicts` what they said:
    a rule not met with `then: watch` puts the unit on its list, whatever else the list asks. A rule that names no
    list has one of its own, made when it is first needed."""
    told = _by_list(verdicts, pack)
    _make_missing(session, told, pack, by)
    lists = session.exec(
        select(WatchListRow).where(col(WatchListRow.pack) == pack.id).order_by(col(WatchListRow.id))
    ).all()
    for watched in lists:
        of_rules = said_by_rules(told.get(watched.code, ()))
        try:
            enters = _said(watched.enter_if, pack, facts, calendar)
            leaves = _said(watched.leave_if, pack, facts, calendar) if watched.leave_if else of_rules
        except PackError as error:  # the form changed under the list: judging goes on, and this is told
            record(
                session, by, "watch_list_unreadable", f"watch:{watched.code}", unit=unit_id, why=str(error)
            )
            enters, leaves = Said(None), Said(None)
        if of_rules.value is False:
            enters = Said(True, of_rules.why)
        entry = session.exec(
            select(WatchEntryRow)
            .where(
                col(WatchEntryRow.watch_list_id) == watched.id,
                col(WatchEntryRow.unit_id) == unit_id,
                col(WatchEntryRow.left_on).is_(None),
            )
            .with_for_update()
        ).first()
        now = moved(
            inside=entry is not None, clear=entry.clear if entry else 0, leave_after=watched.leave_after,
            enters=enters.value, leaves=leaves.value,
        )  # fmt: skip
        if entry is None and now.inside:
            _enter(session, watched, unit_id, enters.why, today, by)
        elif entry is not None and now.inside:
            entry.clear = now.clear
        elif entry is not None:
            _leave(session, watched, entry, leaves.why, today, by)


def _by_list(verdicts: Sequence[Verdict], pack: Pack) -> Mapping[str, Sequence[Verdict]]:
    """What rules with `then: watch` said, by the code of their list."""
    found: dict[str, list[Verdict]] = defaultdict(list)
    for verdict in verdicts:
        if verdict.then is Consequence.WATCH:
            found[verdict.watch_list or f"{pack.id}.{verdict.rule_id}"].append(verdict)
    return found


def _make_missing(session: Session, told: Mapping[str, Sequence[Verdict]], pack: Pack, by: By) -> None:
    wanted = {
        code: bad[0]
        for code, said in told.items()
        if (bad := [v for v in said if v.outcome is Outcome.NOT_MET])
    }
    if not wanted:
        return
    known = session.exec(select(WatchListRow.code).where(col(WatchListRow.code).in_(wanted))).all()
    for code, rule in wanted.items():
        if code not in known:
            made = WatchList(code=code, title=rule.title, clause=rule.clause, pack=pack.id)
            make_watch_list(session, made, pack, by, duty_id=None)


def _said(condition: str, pack: Pack, facts: Mapping[str, Any], calendar: Calendar) -> Said:
    if not condition:
        return Said(None)
    step = read_condition(condition, pack, facts, calendar)
    return Said(step.value, said_of(step, pack)) if isinstance(step.value, bool) else Said(None)


def _enter(session: Session, watched: WatchListRow, unit_id: int, why: str, today: date, by: By) -> None:
    entered = {"watch_list_id": watched.id, "unit_id": unit_id, "entered_on": today, "why": why}
    insert_new(session, WatchEntryRow, [{**entered, "clear": 0, "left_why": ""}])
    if watched.duty_id is not None:
        part = {"duty_id": watched.duty_id, "unit_id": unit_id, "part": Part.EXECUTOR.value, "since": today}
        insert_new(session, DutyUnitRow, [part])
    record(session, by, "enter_watch_list", f"watch:{watched.code}", unit=unit_id, why=why)


def _leave(
    session: Session, watched: WatchListRow, entry: WatchEntryRow, why: str, today: date, by: By
) -> None:
    entry.left_on, entry.left_why = today, why
    if watched.duty_id is not None:
        session.execute(
            delete(DutyUnitRow).where(
                col(DutyUnitRow.duty_id) == watched.duty_id,
                col(DutyUnitRow.unit_id) == entry.unit_id,
                col(DutyUnitRow.since) == entry.entered_on,  # never a part the duty was issued with
            )
        )
    record(session, by, "leave_watch_list", f"watch:{watched.code}", unit=entry.unit_id, why=why)
