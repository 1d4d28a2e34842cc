"""What comes back to the sender's mailbox is noted once, marks the address, and tells the office."""

from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlmodel import select

from actions.changes import By
from actions.errors import NotFound
from actions.note_bounce import trust_address
from actions.post import post
from domain.letter import LetterKind, MailState
from domain.reach import Via
from notifications.channels.in_app import InAppChannel
from runtime.bounces import plan_bounces, read_one
from runtime.settings import Settings
from runtime.works import Works
from store.database import Database
from store.evidence import EvidenceStore
from store.office import load_staff
from store.questions.reach import refused_addresses
from store.tables import BounceRow, OutboxRow, PersonRow
from tests.support.dsn import dsn
from tests.support.makers import Sample, an_office

AT = datetime(2023, 2, 14, 3, 0, tzinfo=UTC)
HA = "ha@bensong.example.vn"


@pytest.fixture
def works(db: Database, tmp_path: Path) -> Works:
    (tmp_path / "Maildir" / "new").mkdir(parents=True)
    settings = Settings(home=tmp_path, bounces=tmp_path / "Maildir")
    return Works(settings, db, EvidenceStore(tmp_path / "evidence"), InAppChannel())


@pytest.fixture
def sample(db: Database) -> Sample:
    return an_office(db)


def a_letter(works: Works, sample: Sample, key: str = "k", state: MailState | None = MailState.SENT) -> str:
    """A letter to Hà; returns its Message-ID."""
    with works.db.transaction() as session:
        staff = load_staff(session)
        [holder] = staff.person(sample.people["ha"], AT.date())
        number = post(
            session, key=key, kind=LetterKind.ALARM, holders=[holder], mail_domain="bensong.example.vn", at=AT,
            facts={"lines": ["x"]},
        )  # fmt: skip
        row = session.get_one(OutboxRow, number)
        if state:
            row.state, row.subject = state, "Nhắc việc"
        return row.message_id


def arrive(works: Works, *reports: bytes) -> Counter[str]:
    assert works.settings.bounces
    for number, raw in enumerate(reports):
        (works.settings.bounces / "new" / f"{number}.host").write_bytes(raw)
    return sum((read_one(works, AT, name) for name in plan_bounces(works, AT)), Counter())


def letters(works: Works) -> dict[str, tuple[MailState, str, Via]]:
    with works.db.read() as session:
        return {row.key: (row.state, row.reason, row.via) for row in session.exec(select(OutboxRow)).all()}


def test_a_letter_that_came_back_is_shown_as_failed_and_the_office_is_told_once(
    works: Works, sample: Sample
) -> None:
    returned = dsn(a_letter(works, sample))
    assert arrive(works, returned) == Counter(bounces=1)
    state, reason, _ = letters(works)["k"]
    assert (state, reason) == (MailState.FAILED, "bị trả lại: smtp; 550 5.1.1 no such user")
    told = [key for key in letters(works) if key.startswith("alarm:")]
    assert told == [f"alarm:bounce:{HA}:2023-02-14:{sample.people['mai']}"]
    assert arrive(works, returned, returned)["bounces"] == 0
    assert len(letters(works)) == 2


def test_the_next_letter_to_the_address_fails_at_once_and_stands_in_the_persons_list(
    works: Works, sample: Sample
) -> None:
    arrive(works, dsn(a_letter(works, sample)))
    a_letter(works, sample, "k2", None)
    state, reason, _ = letters(works)["k2"]
    assert state is MailState.FAILED
    assert reason == "địa chỉ từ chối thư từ ngày 14/02/2023: smtp; 550 5.1.1 no such user"
    assert letters(works)["k2:in_app"][::2] == (MailState.PENDING, Via.IN_APP)


def test_another_address_of_the_person_is_written_to_again_and_so_is_one_a_person_trusts(
    works: Works, sample: Sample
) -> None:
    arrive(works, dsn(a_letter(works, sample)))
    with works.db.transaction() as session:
        person = session.get_one(PersonRow, sample.people["ha"])
        person.email = "thu.ha@bensong.example.vn"
    a_letter(works, sample, "k2", None)
    with works.db.transaction() as session:
        session.get_one(PersonRow, sample.people["ha"]).email = HA.upper()
        trust_address(session, HA.upper(), By("mai", AT))
    a_letter(works, sample, "k3", None)
    assert [letters(works)[key][0] for key in ("k2", "k3")] == [MailState.PENDING] * 2
    with pytest.raises(NotFound), works.db.transaction() as session:
        trust_address(session, HA, By("mai", AT))


def test_a_delay_is_noted_and_nothing_else(works: Works, sample: Sample) -> None:
    assert arrive(works, dsn(a_letter(works, sample), action="delayed", status="4.4.1"))["bounces"] == 1
    assert letters(works)["k"][0] is MailState.SENT
    with works.db.read() as session:
        assert [row.action for row in session.exec(select(BounceRow)).all()] == ["delayed"]
        assert refused_addresses(session) == {}


@pytest.mark.parametrize(
    ("status", "recipient"),
    [("5.2.2", HA), ("4.4.7", HA), ("5.1.1", "ha.private@elsewhere.example.vn")],
)
def test_a_full_mailbox_and_a_letter_forwarded_elsewhere_mark_no_address(
    works: Works, sample: Sample, status: str, recipient: str
) -> None:
    arrive(works, dsn(a_letter(works, sample), recipient, status=status))
    assert letters(works)["k"][0] is MailState.FAILED
    with works.db.read() as session:
        assert refused_addresses(session) == {}


def test_a_report_about_a_letter_that_never_left_or_is_not_ours_changes_nothing(
    works: Works, sample: Sample
) -> None:
    unsent = dsn(a_letter(works, sample, state=None))
    before = letters(works)
    assert arrive(works, unsent, dsn("<x@y.vn>"), b"Subject: nghi phep\r\n\r\n") == Counter(strange=3)
    assert letters(works) == before


def test_what_was_read_is_moved_aside_and_not_read_again(works: Works, sample: Sample) -> None:
    arrive(works, dsn(a_letter(works, sample)), b"noise")
    assert works.settings.bounces
    assert plan_bounces(works, AT) == []
    assert len(list((works.settings.bounces / "cur").iterdir())) == 2


def test_without_a_mailbox_there_is_nothing_to_read(works: Works, sample: Sample, tmp_path: Path) -> None:
    for box in (None, tmp_path / "nowhere"):
        works.settings = Settings(home=tmp_path, bounces=box)
        assert plan_bounces(works, AT) == []
