"""A person chooses channels; every letter stands in their list, whichever carried it."""

import pytest
from sqlmodel import col, select

from actions.changes import By
from actions.choose_reach import choose_channels, choose_digest
from actions.errors import NotFound, Refused
from actions.follow import waive
from actions.mark_read import mark_read
from actions.send import Answer, Ready, claim_letters, record_deliveries
from domain.letter import MailState
from domain.reach import Pace, Via
from store.questions.notices import notices_of, unread
from store.questions.reach import preference
from store.questions.turn import Turn
from store.tables import OutboxRow, PersonRow
from tests.actions.conftest import World, actions_on, at


def choose(world: World, who: str, *channels: str) -> int:
    person = world.sample.people[who]
    with world.db.transaction() as session:
        choose_channels(session, person, By(who, at(2)), channels=channels)
    return person


def remind(world: World) -> None:
    world.open(at(1))
    world.sweep(at(9))
    world.write(at(9))


def leave(world: World) -> list[Ready]:
    with world.db.transaction() as session:
        ready = claim_letters(
            session, limit=9, office=world.sample.office, calendar=world.calendar(), base_url="http://d.vn",
            by=By("clock", at(9)),
        )  # fmt: skip
        record_deliveries(session, [Answer(one.outbox_id, "sent", "ok") for one in ready], By("clock", at(9)))
    return ready


def rows(world: World, person: int) -> list[OutboxRow]:
    with world.db.read() as session:
        found = select(OutboxRow).where(OutboxRow.person_id == person).order_by(col(OutboxRow.id))
        return list(session.exec(found).all())


def test_a_second_channel_carries_a_copy_with_the_same_words_and_a_key_of_its_own(world: World) -> None:
    binh = choose(world, "binh", "webhook", "email")
    remind(world)
    letter, copy = rows(world, binh)
    assert [(row.via, row.to_address) for row in (letter, copy)] == [
        (Via.EMAIL, "binh@bensong.example.vn"),
        (Via.WEBHOOK, "binh"),
    ]
    assert (copy.copy_of, copy.key) == (letter.id, f"{letter.key}:webhook")
    assert copy.message_id != letter.message_id
    said = {one.via: one.text for one in leave(world) if one.to_name == "Nguyễn Văn Bình"}
    assert said[Via.EMAIL] == said[Via.WEBHOOK]


def test_a_copy_uses_up_no_share_of_the_day_and_is_not_written_twice(world: World) -> None:
    binh = choose(world, "binh", "webhook", "email")
    remind(world)
    world.write(at(9))
    assert len(rows(world, binh)) == 2


def test_a_copy_of_a_letter_with_nothing_left_to_say_is_not_sent(world: World, owed: int) -> None:
    binh = choose(world, "binh", "webhook", "email")
    remind(world)
    with world.db.transaction() as session:
        waive(session, owed, By("mai", at(9)), reason="không tổ chức")
    leave(world)
    assert {row.state for row in rows(world, binh)} == {MailState.SKIPPED}


def test_every_letter_stands_once_in_the_persons_list_until_it_is_read(world: World) -> None:
    binh = choose(world, "binh", "webhook", "email")
    remind(world)
    with world.db.read() as session:
        assert notices_of(session, binh, Turn(most=9)) == []  # not sent yet: its words may change
    leave(world)
    with world.db.read() as session:
        [told] = notices_of(session, binh, Turn(most=9))
        assert unread(session, binh) == 1
    assert told.subject.startswith("Hạn 14/02/2023")
    assert "Kính gửi: Nguyễn Văn Bình" in told.body
    assert (told.at, told.read_at) == (at(9), None)
    with world.db.transaction() as session:
        assert mark_read(session, world.sample.people["ha"], at(10), outbox_id=told.id) == 0
        assert mark_read(session, binh, at(10), outbox_id=told.id) == 1
        assert mark_read(session, binh, at(11)) == 0
    with world.db.read() as session:
        assert notices_of(session, binh, Turn(most=9))[0].read_at == at(10)
        assert unread(session, binh) == 0


def test_who_chose_only_the_list_is_sent_nothing_outside(world: World) -> None:
    binh = choose(world, "binh", "in_app")
    remind(world)
    assert [row.via for row in rows(world, binh)] == [Via.IN_APP]
    leave(world)
    with world.db.read() as session:
        assert len(notices_of(session, binh, Turn(most=9))) == 1


def test_somebody_without_an_address_finds_the_letter_in_the_list(world: World) -> None:
    ha = world.sample.people["ha"]
    with world.db.transaction() as session:
        session.get_one(PersonRow, ha).email = None
    remind(world)
    assert [(row.via, row.state) for row in rows(world, ha)] == [
        (Via.EMAIL, MailState.SKIPPED),
        (Via.IN_APP, MailState.PENDING),
    ]
    leave(world)
    with world.db.read() as session:
        assert len(notices_of(session, ha, Turn(most=9))) == 1


def test_choices_are_kept_and_in_the_trail(world: World) -> None:
    binh = choose(world, "binh", "webhook")
    with world.db.transaction() as session:
        for _ in range(2):
            choose_digest(session, binh, By("binh", at(3)), digest=Pace.WEEKLY)
    with world.db.read() as session:
        kept = preference(session, binh)
        assert (kept.channels, kept.digest) == (["webhook"], Pace.WEEKLY)
        assert preference(session, world.sample.people["ha"]).channels == ["email"]
    assert actions_on(world, f"person:{binh}") == ["choose_channels", "choose_digest"]


@pytest.mark.parametrize("channels", [(), ("fax",), ("email", "fax")])
def test_no_channel_and_an_unknown_one_are_refused(world: World, channels: tuple[str, ...]) -> None:
    with pytest.raises(Refused):
        choose(world, "binh", *channels)
    with world.db.read() as session:
        assert preference(session, world.sample.people["binh"]).channels == ["email"]


def test_somebody_unknown_has_no_choice(world: World) -> None:
    with pytest.raises(NotFound), world.db.transaction() as session:
        choose_channels(session, 999, By("x", at(1)), channels=["email"])
