"""The database and the domain say the same of every assignment."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from itertools import product

from sqlmodel import Session, select

from domain.assignment import OPEN, Assignment, Standing, State, standing
from domain.duty import Duty, Force, Kind
from store.database import Database
from store.questions.board import Counts, counts, lines
from store.questions.pick import Pick
from store.questions.scope import Scope
from store.questions.standing import standing_of
from store.questions.turn import Turn
from store.tables import AssignmentRow, DirectiveRow, DutyRow, OccurrenceRow
from tests.support.makers import BEGAN, an_office

DUE_AT = datetime(2023, 2, 14, 17, 0, tzinfo=UTC)
MOMENTS = [DUE_AT + timedelta(seconds=s) for s in (-4 * 86400, -3 * 86400, -1, 0, 1)]
SOON = timedelta(days=3)


def test_every_state_stands_the_same_in_a_list_as_in_a_single_look(db: Database) -> None:
    unit = an_office(db).units["hoa-sen"]
    cases = list(product(Force, State, [None, *MOMENTS]))
    with db.transaction() as session:
        directive = DirectiveRow(content_hash="x", text="x", received_at=BEGAN)
        session.add(directive)
        session.flush()
        for number, (force, state, moment) in enumerate(cases):
            duty = DutyRow(code=str(number), title="x", quote="x", kind=Kind.ONE_OFF, force=force,
                           issued_at=BEGAN, directive_id=directive.id)  # fmt: skip
            session.add(duty)
            session.flush()
            occurrence = OccurrenceRow(
                duty_id=duty.id, period="once", opens_on=date(2023, 2, 1), due_on=date(2023, 2, 14)
            )
            session.add(occurrence)
            session.flush()
            session.add(
                AssignmentRow(
                    occurrence_id=occurrence.id, unit_id=unit, state=state, due_on=date(2023, 2, 14),
                    due_at=DUE_AT, handed_in_at=moment, waiting_since=moment, touched_at=moment,
                )
            )  # fmt: skip

    for now in MOMENTS:
        with db.read() as session:
            for scope in (Scope(everything=True), Scope(units=(unit,))):
                told = counts(session, scope, now, SOON, since=date(2023, 2, 12))
                assert told == _counted(session, now), "the figures are those of the rows"
            rows = session.exec(
                select(AssignmentRow, DutyRow, standing_of(now, SOON))
                .join(OccurrenceRow, OccurrenceRow.id == AssignmentRow.occurrence_id)  # type: ignore[arg-type]
                .join(DutyRow, DutyRow.id == OccurrenceRow.duty_id)  # type: ignore[arg-type]
            ).all()
            assert len(rows) == len(cases)
            for row, duty, said in rows:
                expected = standing(Assignment(**row.model_dump()), now, SOON, binding=_binds(duty))
                assert said is expected, (duty.force, row.state, row.handed_in_at, now)
            for how in Standing:
                picked = lines(session, Scope(everything=True), now, SOON, Pick(standing=how), Turn(most=999))
                assert {line.id for line in picked} == {row.id for row, _, said in rows if said is how}


def _counted(session: Session, now: datetime) -> Counts:
    rows = [
        (row, duty, standing(Assignment(**row.model_dump()), now, SOON, binding=_binds(duty)))
        for row, duty in session.exec(
            select(AssignmentRow, DutyRow)
            .join(OccurrenceRow, OccurrenceRow.id == AssignmentRow.occurrence_id)  # type: ignore[arg-type]
            .join(DutyRow, DutyRow.id == OccurrenceRow.duty_id)  # type: ignore[arg-type]
        )
    ]
    return Counts(
        Counter(how for *_, how in rows),
        sum(row.state is State.HANDED_IN for row, *_ in rows),
        sum(row.state is State.RETURNED for row, *_ in rows),
        sum(
            row.state in OPEN and (row.touched_at is None or row.touched_at.date() <= date(2023, 2, 12))
            for row, *_ in rows
        ),
    )


def _binds(duty: Duty) -> bool:
    return duty.force is Force.BINDING
