"""What was issued before, as examples; the largest duties teach nothing about who is competent."""

import pytest

from domain.assignment import Part
from domain.duty import Assignee
from store.database import Database
from store.questions import earlier
from store.questions.earlier import earlier_duties
from tests.support.makers import an_issued_duty, an_office, monthly_terms


def test_the_lead_counts_else_all_who_carry_it_out(db: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    an_office(db)
    led = (Assignee(unit="th", part=Part.LEAD), Assignee(unit="hoa-sen", part=Part.COORDINATOR))
    an_issued_duty(db, monthly_terms((), title="Có chủ trì", assignees=led))
    an_issued_duty(db, monthly_terms(("hoa-sen", "song-xanh"), title="Hai trường"))
    an_issued_duty(db, monthly_terms(("hoa-sen", "song-xanh", "anh-duong"), title="Mọi trường"))
    with db.read() as session:
        assert [(duty.title, duty.leads) for duty in earlier_duties(session)] == [
            ("Có chủ trì", ("th",)),
            ("Hai trường", ("hoa-sen", "song-xanh")),
            ("Mọi trường", ("hoa-sen", "song-xanh", "anh-duong")),
        ]
        monkeypatch.setattr(earlier, "MOST_UNITS", 2)
        assert [duty.leads for duty in earlier_duties(session)] == [("th",), ("hoa-sen", "song-xanh"), ()]


def test_an_office_that_issued_nothing_has_no_examples(db: Database) -> None:
    an_office(db)
    with db.read() as session:
        assert earlier_duties(session) == []
