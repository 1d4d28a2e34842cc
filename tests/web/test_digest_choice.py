"""From a letter somebody stops the digest of what only informs them, and can change nothing else."""

import re
from datetime import timedelta

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlmodel import select

from actions.changes import By
from actions.remind_and_escalate import due_groups, remind_and_escalate
from actions.send import Answer, Ready, claim_letters, record_deliveries
from actions.write_letters import write_letters
from domain.escalation import Ladder, Rung
from domain.reach import Pace
from domain.unit import Role
from runtime.sending import _mail
from runtime.unsubscribing import link, person_of
from runtime.works import Works
from store.access_tables import SessionRow
from store.questions.reach import preference
from store.tables import AuditRow
from tests.support.makers import BEGAN, Sample, an_issued_duty, monthly_terms, open_all
from tests.support.visits import SITE

LADDER = Ladder(
    rungs=(
        Rung(offset=-3, to=(Role.OFFICER,)),
        Rung(offset=-1, to=(Role.LEADER,), binding=False),
        Rung(offset=1, to=(Role.LEADER,)),
    )
)


@pytest.fixture
def token(works: Works, office: Sample) -> str:
    works.settings = works.settings.model_copy(update={"signing_key": "khoa-thu"})
    return link(works.settings, office.people["dung"]).rpartition("/")[2]


@pytest.fixture
def stranger(app: FastAPI) -> TestClient:
    """A mail program: it comes from no page and is nobody."""
    return TestClient(app, base_url=SITE, follow_redirects=False)


def chosen(works: Works, office: Sample) -> Pace:
    with works.db.read() as session:
        return preference(session, office.people["dung"]).digest


def test_opening_the_link_shows_a_form_and_changes_nothing(
    works: Works, office: Sample, stranger: TestClient, token: str
) -> None:
    answer = stranger.get(f"/ban-tin/{token}")
    assert answer.status_code == 200
    assert "Thư về việc quá hạn phải báo lãnh đạo vẫn được gửi" in answer.text
    assert "Phạm Quốc Dũng" not in answer.text
    assert chosen(works, office) is Pace.DAILY


def test_a_mail_programs_own_button_stops_the_digest(
    works: Works, office: Sample, stranger: TestClient, token: str
) -> None:
    for _ in range(2):
        answer = stranger.post(f"/ban-tin/{token}", data={"List-Unsubscribe": "One-Click"})
        assert answer.status_code == 200
    assert chosen(works, office) is Pace.OFF
    with works.db.read() as session:
        assert len(session.exec(select(AuditRow.id).where(AuditRow.action == "choose_digest")).all()) == 1
        assert session.exec(select(SessionRow.person_id)).all() == []


def test_the_form_offers_a_slower_pace(
    works: Works, office: Sample, stranger: TestClient, token: str
) -> None:
    answer = stranger.post(f"/ban-tin/{token}", data={"nhip": "weekly"})
    assert "Đã ghi lựa chọn" in answer.text
    assert chosen(works, office) is Pace.WEEKLY
    assert stranger.post(f"/ban-tin/{token}", data={"nhip": "never"}).status_code == 422


@pytest.mark.parametrize("forged", ["", "NQ.x", "4", "x" * 5000])
def test_a_token_that_is_not_ours_finds_nothing(
    works: Works, office: Sample, stranger: TestClient, token: str, forged: str
) -> None:
    for bad in (forged, token[:-1], token[1:], f"{token}a"):
        assert stranger.post(f"/ban-tin/{bad}").status_code in (404, 405)
    assert chosen(works, office) is Pace.DAILY


def test_without_a_signing_key_there_is_no_link_and_no_way_in(works: Works, token: str) -> None:
    works.settings = works.settings.model_copy(update={"signing_key": ""})
    assert link(works.settings, 4) == ""
    assert person_of(works.settings, token) is None


def letters_on(works: Works, day: int) -> dict[str, Ready]:
    at = BEGAN + timedelta(days=day - 1, hours=1)
    with works.db.transaction() as session:
        c = works.circumstances(session)
        for group in due_groups(session, at):
            remind_and_escalate(session, group, calendar=c.calendar, zone=c.office.tz, by=By("clock", at))
        write_letters(session, office=c.office, staff=c.staff, by=By("clock", at))
    with works.db.transaction() as session:
        c = works.circumstances(session)
        ready = claim_letters(
            session,
            limit=9,
            office=c.office,
            calendar=c.calendar,
            base_url="https://d.vn",
            by=By("clock", at),
        )
    return {one.to_address: one for one in ready}


def test_only_a_letter_that_merely_informs_can_be_stopped(works: Works, office: Sample, token: str) -> None:
    an_issued_duty(works.db, monthly_terms(("anh-duong",)).model_copy(update={"ladder": LADDER}))
    open_all(works.db, BEGAN)
    informs = letters_on(works, 13)["dung@bensong.example.vn"]
    with works.db.read() as session:
        calendar = works.circumstances(session).calendar
    mail = _mail(informs, office.office, calendar, BEGAN, works.settings)
    assert re.fullmatch(r"http.*/ban-tin/.+", mail.unsubscribe)
    assert person_of(works.settings, mail.unsubscribe.rpartition("/")[2]) == office.people["dung"]
    with works.db.transaction() as session:
        record_deliveries(session, [Answer(informs.outbox_id, "sent", "ok")], By("clock", BEGAN))
    owed = letters_on(works, 15)["dung@bensong.example.vn"]
    assert _mail(owed, office.office, calendar, BEGAN, works.settings).unsubscribe == ""
