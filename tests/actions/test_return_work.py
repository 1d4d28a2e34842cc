"""Returned by a person, the unit reads why in a letter, once for each return, and has days of its own to mend it."""

from datetime import date

from sqlmodel import Session, col, select

from actions.changes import By
from actions.follow import waive
from actions.hand_in import hand_in
from actions.letter_text import write_all
from actions.preview_letters import preview
from actions.return_work import return_work
from domain.assignment import Standing, standing
from domain.letter import LetterKind
from store.office import load_calendar, load_staff
from store.tables import AssignmentRow, AuditRow, OutboxRow
from tests.actions.conftest import World, at


def returned(session: Session) -> list[OutboxRow]:
    question = select(OutboxRow).where(col(OutboxRow.kind) == LetterKind.RETURNED).order_by(col(OutboxRow.id))
    return list(session.exec(question).all())


def hand_in_and_return(world: World, owed: int, day: int, reason: str, returned_on: int = 0) -> None:
    with world.db.transaction() as session:
        hand_in(session, owed, figures={}, by=By("binh", at(day)), key=f"form-{day}")
    with world.db.transaction() as session:
        return_work(
            session, owed, By("mai", at(returned_on or day, 10)), findings=[reason],
            office=world.sample.office, calendar=world.calendar(), staff=load_staff(session),
        )  # fmt: skip


def test_the_letter_names_the_round_and_the_persons_reason(world: World, owed: int) -> None:
    hand_in_and_return(world, owed, 7, "Thiếu phụ lục 2")
    calendar = world.calendar()
    with world.db.transaction() as session:
        [letter] = returned(session)
        assert letter.to_address == "binh@bensong.example.vn"
        [(_, text)] = write_all(
            session,
            [letter],
            office=world.sample.office,
            calendar=calendar,
            base_url="https://x.vn",
            at=at(7, 11),
        )
    assert text is not None
    assert "nộp lần 1 chưa đạt" in text.text
    assert "- Thiếu phụ lục 2" in text.text


def test_a_second_return_is_a_second_letter(world: World, owed: int) -> None:
    hand_in_and_return(world, owed, 7, "Thiếu phụ lục 2")
    hand_in_and_return(world, owed, 8, "Phụ lục 2 chưa ký")
    with world.db.read() as session:
        assert [row.facts["findings"] for row in returned(session)] == [
            ["Thiếu phụ lục 2"],
            ["Phụ lục 2 chưa ký"],
        ]


def told(world: World, day: int) -> set[tuple[LetterKind, str]]:
    """What the clock writes that morning about the rungs that have fallen."""
    before = set(letters(world))
    world.sweep(at(day))
    world.write(at(day))
    return {one[1:] for one in set(letters(world)) - before}


def letters(world: World) -> list[tuple[int, LetterKind, str]]:
    with world.db.read() as session:
        o = OutboxRow
        rung = col(o.kind) != LetterKind.RETURNED
        return list(session.exec(select(o.id, o.kind, o.to_name).where(rung)).all())


def test_in_time_and_returned_after_the_deadline_it_is_not_overdue_and_no_leader_hears_of_it(
    world: World, owed: int
) -> None:
    """Due on Tuesday 14 February; it lies at the office until Friday 24."""
    told(world, 9)
    let_the_others_off(world, owed)
    hand_in_and_return(world, owed, 14, "Thiếu phụ lục 2", returned_on=24)
    row = world.row(owed)
    assert row.due_on == date(2023, 3, 1)  # Wednesday: three working days
    assert standing(row, at(24, 10)) is Standing.RUNNING
    with world.db.read() as session:
        foreseen = preview(
            session, office=world.sample.office, calendar=load_calendar(session, "VN"),
            staff=load_staff(session), at=at(24, 11), days=3,
        )  # fmt: skip
    assert LetterKind.DIGEST not in {one.kind for one in foreseen}
    for day in (24, 27, 28):
        assert LetterKind.DIGEST not in {kind for kind, _ in told(world, day)}
    with world.db.read() as session:
        [line] = session.exec(select(AuditRow.data).where(AuditRow.action == "return")).all()
    assert (line["old"], line["new"]) == ("2023-02-14", "2023-03-01")


def test_late_and_returned_it_is_late_still_and_the_leader_hears_after_the_days_that_were_left(
    world: World, owed: int
) -> None:
    """A working day late; on the third the leader is told, wherever the work lay in between."""
    for day in (9, 14, 15):
        told(world, day)
    let_the_others_off(world, owed)
    hand_in_and_return(world, owed, 15, "Thiếu phụ lục 2", returned_on=24)
    assert standing(world.row(owed), at(24, 10)) is Standing.OVERDUE
    heard = [day for day in (24, 27, 28) if LetterKind.DIGEST in {kind for kind, _ in told(world, day)}]
    assert heard == [28]


def let_the_others_off(world: World, owed: int) -> None:
    with world.db.transaction() as session:
        for one in session.exec(select(AssignmentRow.id).where(AssignmentRow.id != owed)).all():
            waive(session, one, By("mai", at(9)), reason="trường sửa chữa")
