"""Returned by a person, the unit reads why in a letter, once for each return."""

from sqlmodel import Session, col, select

from actions.changes import By
from actions.hand_in import hand_in
from actions.letter_text import write_all
from actions.return_work import return_work
from domain.letter import LetterKind
from store.office import load_staff
from store.tables import OutboxRow
from tests.actions.conftest import HANOI, World, at


def returned(session: Session) -> list[OutboxRow]:
    question = select(OutboxRow).where(col(OutboxRow.kind) == LetterKind.RETURNED).order_by(col(OutboxRow.id))
    return list(session.exec(question).all())


def hand_in_and_return(world: World, owed: int, day: int, reason: str) -> None:
    with world.db.transaction() as session:
        hand_in(session, owed, figures={}, by=By("binh", at(day)), key=f"form-{day}")
    with world.db.transaction() as session:
        return_work(
            session, owed, By("mai", at(day, 10)), findings=[reason], calendar=world.calendar(), zone=HANOI,
            staff=load_staff(session), mail_domain="bensong.example.vn",
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
