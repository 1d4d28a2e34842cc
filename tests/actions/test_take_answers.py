"""What devices send: exactly once, nothing lost, contradictions shown, strangers refused."""

import hashlib
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlmodel import col, select

from actions.changes import By
from actions.errors import NotFound, Refused, Stale
from actions.plan_inspections import leave_team
from actions.publish_checklist import publish_checklist
from actions.settle_conflict import settle_conflict
from domain.checklist_answer import LONGEST_NOTE
from domain.inspection import Side, VisitPack
from store.database import Database
from store.inspection_tables import AnswerRow, SignatureRow, SyncRow, VisitRow
from store.questions.visits import team_part, visit_pack, visits_of
from tests.support.inspections import CHECKLIST, MORNING, a_batch, a_visit, an_answer, open_due, send
from tests.support.makers import Sample, an_office

PHOTO = hashlib.sha256(b"photo").hexdigest()


@pytest.fixture
def sample(db: Database) -> Sample:
    return an_office(db)


@pytest.fixture
def visit_id(db: Database, sample: Sample) -> int:
    return a_visit(db, sample).visit_id


def pack(db: Database, visit_id: int) -> VisitPack:
    with db.read() as session:
        found = visit_pack(session, visit_id)
        assert found is not None
        return found


def stored(db: Database) -> list[tuple[str, object]]:
    with db.read() as session:
        rows = session.exec(select(AnswerRow).order_by(col(AnswerRow.id)))
        return [(row.item, row.value) for row in rows]


def test_a_batch_sent_again_counts_once_and_gets_the_same_receipt(db: Database, visit_id: int) -> None:
    batch = a_batch("one", an_answer("K1", "valid"), an_answer("K2", "24", seq=2), finished=True)
    first = send(db, visit_id, batch)
    again = send(db, visit_id, batch, at=MORNING + timedelta(hours=3))
    assert first == again
    assert first.accepted == (1, 2)
    assert stored(db) == [("K1", "valid"), ("K2", "24")]
    with db.read() as session:
        assert len(session.exec(select(SyncRow)).all()) == 1
        assert session.get_one(VisitRow, visit_id).finished_at == MORNING


def test_what_was_done_without_network_is_dated_by_the_device_where_its_clock_can_be_right(
    db: Database, visit_id: int
) -> None:
    """The record says when people were in the kitchen, not when the phone found a network three days later."""
    days_later = MORNING + timedelta(days=3)
    begun, signed, ended = (MORNING + timedelta(minutes=minutes) for minutes in (5, 50, 55))
    team = {"side": "team", "name": "Mai", "signed_at": signed.isoformat()}
    unit = {"side": "unit", "name": "Bình", "signed_at": (days_later + timedelta(hours=1)).isoformat()}
    first = {"answered_at": begun.isoformat()}
    wrong = {"answered_at": (MORNING - timedelta(days=400)).isoformat()}
    batch = a_batch(
        "one", an_answer("K1", "valid", **first), an_answer("K3", "yes", seq=2, **wrong),
        signatures=[team, unit], finished=True, finished_at=ended.isoformat(),
    )  # fmt: skip
    send(db, visit_id, batch, at=days_later)
    with db.read() as session:
        visit = session.get_one(VisitRow, visit_id)
        assert (visit.started_at, visit.finished_at) == (begun, ended)
        rows = session.exec(select(SignatureRow).order_by(col(SignatureRow.id)))
        assert [row.signed_at for row in rows] == [signed, days_later]


def test_the_same_answers_in_another_batch_count_once(db: Database, visit_id: int) -> None:
    send(db, visit_id, a_batch("one", an_answer("K1", "valid")))
    receipt = send(db, visit_id, a_batch("two", an_answer("K1", "valid"), an_answer("K3", "yes", seq=2)))
    assert receipt.accepted == (1, 2)
    assert stored(db) == [("K1", "valid"), ("K3", "yes")]


def test_another_answer_under_a_number_already_used_is_refused_with_the_reason(
    db: Database, visit_id: int
) -> None:
    send(db, visit_id, a_batch("one", an_answer("K1", "valid")))
    receipt = send(db, visit_id, a_batch("two", an_answer("K1", "missing")))
    assert receipt.accepted == ()
    assert [(one.item, one.seq) for one in receipt.refused] == [("K1", 1)]


def test_two_devices_in_ignorance_of_one_another_are_both_shown_until_a_person_chooses(
    db: Database, visit_id: int
) -> None:
    send(db, visit_id, a_batch("one", an_answer("K3", "yes"), device="mai-phone"))
    receipt = send(
        db, visit_id, a_batch("two", an_answer("K3", "no", note="thùng hở"), device="ha-phone"), "ha"
    )
    assert [conflict.item for conflict in receipt.conflicts] == ["K3"]
    told = receipt.conflicts[0].answers
    assert [(one.by, one.value) for one in told] == [("Trần Thị Mai", "yes"), ("Lê Thu Hà", "no")]
    assert pack(db, visit_id).answers == ()
    with db.transaction() as session:
        settle_conflict(session, visit_id, "K3", told[1].id, By("mai", MORNING))
    after = pack(db, visit_id)
    assert after.conflicts == ()
    assert [(one.item, one.value, one.note) for one in after.answers] == [("K3", "no", "thùng hở")]
    assert len(stored(db)) == 3
    with pytest.raises(Refused), db.transaction() as session:
        settle_conflict(session, visit_id, "K3", told[0].id, By("mai", MORNING))


def test_choosing_an_answer_that_does_not_contradict_is_stale(db: Database, visit_id: int) -> None:
    send(db, visit_id, a_batch("one", an_answer("K3", "yes"), device="mai-phone"))
    send(db, visit_id, a_batch("two", an_answer("K3", "no"), device="ha-phone"), "ha")
    with pytest.raises(Stale), db.transaction() as session:
        settle_conflict(session, visit_id, "K3", 999, By("mai", MORNING))


def test_an_answer_given_in_sight_of_another_replaces_it(db: Database, visit_id: int) -> None:
    seen = send(db, visit_id, a_batch("one", an_answer("K3", "yes"), device="mai-phone")).version
    receipt = send(db, visit_id, a_batch("two", an_answer("K3", "no"), device="ha-phone", base=seen), "ha")
    assert receipt.conflicts == ()
    assert [one.value for one in pack(db, visit_id).answers] == ["no"]


def test_an_old_answer_that_comes_late_claims_to_know_nothing_of_what_came_since(
    db: Database, visit_id: int
) -> None:
    """Mai's second answer arrives before her first; Hà answers in sight of the second; then the first arrives in a
    batch that says it has seen everything. It was given earlier, so it had not."""
    seen = send(db, visit_id, a_batch("2", an_answer("K3", "no", seq=2), device="mai-phone")).version
    seen = send(
        db, visit_id, a_batch("3", an_answer("K3", "yes"), device="ha-phone", base=seen), "ha"
    ).version
    send(db, visit_id, a_batch("1", an_answer("K3", "no", seq=1), device="mai-phone", base=seen))
    assert [one.value for one in pack(db, visit_id).answers] == ["yes"]


REFUSED_ANSWERS = [
    ("an item of another checklist", an_answer("X9", "yes")),
    ("a word outside the scale", an_answer("K3", "maybe")),
    ("a number that is none", an_answer("K2", "hai mươi bốn")),
    ("not applicable where it must be checked", an_answer("K2", None, not_applicable=True)),
    ("a note of 100 KB", an_answer("K1", "missing", note="x" * 100_000)),
    ("a list where a word is asked", an_answer("K1", ["valid"])),
]


@pytest.mark.parametrize(("remark", "wrong"), REFUSED_ANSWERS, ids=[remark for remark, _ in REFUSED_ANSWERS])
def test_a_wrong_answer_is_refused_with_its_reason_and_the_others_are_taken(
    db: Database, visit_id: int, remark: str, wrong: dict[str, object]
) -> None:
    receipt = send(db, visit_id, a_batch("one", wrong, an_answer("K1", "valid", seq=2)))
    assert receipt.accepted == (2,), remark
    assert receipt.refused[0].why


def test_a_note_keeps_every_character_up_to_its_limit(db: Database, visit_id: int) -> None:
    note = ("<b>**đ**</b>&\n" * LONGEST_NOTE)[:LONGEST_NOTE]
    send(db, visit_id, a_batch("one", an_answer("K1", "missing", note=note)))
    assert pack(db, visit_id).answers[0].note == note


def test_somebody_taken_out_of_the_team_is_refused(db: Database, sample: Sample, visit_id: int) -> None:
    with db.transaction() as session:
        leave_team(session, visit_id, sample.people["ha"], By("mai", MORNING), reason="bận")
    with pytest.raises(Refused, match="không còn trong đoàn"):
        send(db, visit_id, a_batch("one", an_answer("K1", "valid")), "ha")
    assert stored(db) == []


def test_a_stranger_does_not_find_the_visit(db: Database, sample: Sample, visit_id: int) -> None:
    with pytest.raises(NotFound):
        send(db, visit_id, a_batch("one", an_answer("K1", "valid")), "binh")
    with db.read() as session:
        assert team_part(session, visit_id, sample.people["binh"]) is None


def test_a_batch_of_another_visit_is_refused(db: Database, sample: Sample, visit_id: int) -> None:
    send(db, visit_id, a_batch("one", an_answer("K1", "valid")))
    other = a_visit(db, sample, unit="anh-duong", code="2023-02-bep-2").visit_id
    with pytest.raises(Refused, match="cuộc kiểm tra khác"):
        send(db, other, a_batch("one", an_answer("K1", "valid")))


def test_a_sealed_visit_is_not_there_until_it_is_opened(db: Database, sample: Sample) -> None:
    sealed = a_visit(db, sample, opened=False).visit_id
    mai = sample.people["mai"]
    with db.read() as session:
        assert visit_pack(session, sealed) is None
        assert visits_of(session, mai, MORNING) == []
    with pytest.raises(NotFound):
        send(db, sealed, a_batch("one", an_answer("K1", "valid")))
    assert open_due(db, MORNING - timedelta(seconds=1)) == 0
    assert open_due(db, MORNING) == 1
    with db.read() as session:
        assert [line.unit for line in visits_of(session, mai, MORNING)] == ["Trường Tiểu học Hoa Sen"]


def test_photos_that_have_not_arrived_are_named_until_they_have(db: Database, visit_id: int) -> None:
    batch = a_batch(
        "one", an_answer("K3", "no", photos=[PHOTO]), signatures=[{"side": "team", "name": "Mai"}]
    )
    assert send(db, visit_id, batch).missing_photos == (PHOTO,)
    assert pack(db, visit_id).missing_photos == (PHOTO,)


def test_a_signature_sent_again_is_one_and_says_what_it_covers(db: Database, visit_id: int) -> None:
    sign = [{"side": "unit", "name": "Nguyễn Văn Bình"}]
    send(db, visit_id, a_batch("one", an_answer("K1", "valid"), signatures=sign))
    send(db, visit_id, a_batch("two", signatures=sign))
    with db.read() as session:
        rows = session.exec(select(SignatureRow)).all()
    assert [(row.side, row.name, row.version) for row in rows] == [(Side.UNIT, "Nguyễn Văn Bình", 1)]


def test_a_visit_keeps_the_version_of_the_checklist_it_began_with(db: Database, visit_id: int) -> None:
    with db.transaction() as session:
        newer = CHECKLIST.replace("Rác đậy kín", "Rác đậy kín và đổ hằng ngày")
        publish_checklist(session, newer, By("mai", MORNING), after=1)
    kept = pack(db, visit_id).checklist
    assert kept.version == 1
    assert kept.items[2].text == "Rác đậy kín"


def test_batches_of_two_devices_at_once_are_all_counted(db: Database, visit_id: int) -> None:
    for number in range(1, 6):
        send(db, visit_id, a_batch(f"a{number}", an_answer("K1", "valid", seq=number), device="a"))
        send(db, visit_id, a_batch(f"b{number}", an_answer("K3", "yes", seq=number), device="b"), "ha")
    with db.read() as session:
        assert session.get_one(VisitRow, visit_id).version == 10
    assert {one.item for one in pack(db, visit_id).answers} == {"K1", "K3"}


def test_the_same_batch_sent_eight_times_at_once_is_one_and_all_hear_the_same(
    db: Database, visit_id: int
) -> None:
    batch = a_batch("one", an_answer("K1", "valid"), an_answer("K2", "24", seq=2))
    with ThreadPoolExecutor(8) as phones:
        receipts = list(phones.map(lambda _: send(db, visit_id, batch), range(8)))
    assert len(set(receipts)) == 1
    assert stored(db) == [("K1", "valid"), ("K2", "24")]


def test_different_batches_sent_at_once_are_all_taken(db: Database, visit_id: int) -> None:
    batches = [a_batch(f"{n}", an_answer("K1", "valid"), device=f"phone-{n}") for n in range(8)]
    with ThreadPoolExecutor(8) as phones:
        receipts = list(phones.map(lambda batch: send(db, visit_id, batch), batches))
    assert sorted(receipt.version for receipt in receipts) == list(range(1, 9))
    assert pack(db, visit_id).conflicts == ()
