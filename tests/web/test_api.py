"""The API does what the pages do, for the same people, and says in Vietnamese why it does not."""

from base64 import b64encode
from collections.abc import Mapping
from typing import Any

import pytest
from sqlmodel import select

from actions.access_key import revoke_key
from actions.changes import By
from domain.access import KEY_LASTS, Opens
from domain.duty import Review
from runtime.works import Works
from store.access_tables import AccessKeyRow
from store.tables import AuditRow, PersonRow, SubmissionRow
from tests.support.makers import (
    BEGAN,
    TEXT,
    Sample,
    a_directive,
    an_issued_duty,
    monthly_terms,
    open_all,
    the_assignment,
)
from tests.support.visits import SITE, Moment, Program, Visit

API = "/api/v1"


@pytest.fixture
def work(works: Works, office: Sample) -> int:
    """Bình's school owes February's report."""
    an_issued_duty(works.db, monthly_terms(("hoa-sen", "song-xanh"), review=Review.PERSON))
    open_all(works.db, BEGAN)
    return the_assignment(works.db, office.units["hoa-sen"], "2023-02")


def problem(answer: Any, status: int) -> str:
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    told: Mapping[str, Any] = answer.json()
    assert told["status"] == status
    assert told["title"]
    assert told["instance"].startswith(API)
    return str(told["detail"])


# --- who asks ---------------------------------------------------------------------------------------------


def test_a_session_and_a_key_say_the_same_who_one_is(visit: Visit, program: Program) -> None:
    by_session, by_key = visit("ha").get(f"{API}/me").json(), program("ha").get(f"{API}/me").json()
    assert by_session == by_key
    assert by_key["code"] == "ha"
    assert by_key["positions"][0]["role"] == "officer"


@pytest.mark.parametrize(
    "shown",
    ["Bearer wrong", "Bearer ", "Bearer", "Basic aGE6YQ==", "bearer key-of-ha-calendar", "Bearer \u00e9"],
)
def test_without_a_key_that_opens_nothing_is_told(visit: Visit, program: Program, shown: str) -> None:
    program("ha", Opens.CALENDAR)
    browser = visit("ha")
    for client in (visit(), browser):  # beside a key that opens nothing a cookie counts nothing
        answer = client.get(f"{API}/me", headers={"Authorization": shown.encode("latin-1")})
        problem(answer, 401)
        assert answer.headers["www-authenticate"] == "Bearer"


def test_without_anything_one_is_asked_to_sign_in(visit: Visit) -> None:
    problem(visit().get(f"{API}/me"), 401)
    problem(visit().get(f"{API}/openapi.json"), 401)


def test_a_key_dies_with_its_time_its_owner_or_the_owners_word(
    program: Program, works: Works, moment: Moment
) -> None:
    revoked, disabled, old = program("ha"), program("mai"), program("dung")
    with works.db.transaction() as session:
        key = session.exec(select(AccessKeyRow).order_by(AccessKeyRow.id)).first()  # type: ignore[arg-type]
        assert key is not None
        revoke_key(session, key.person_id, key.id, By("ha", BEGAN))
        session.exec(select(PersonRow).where(PersonRow.code == "mai")).one().active = False
    problem(revoked.get(f"{API}/me"), 401)
    problem(disabled.get(f"{API}/me"), 401)
    assert old.get(f"{API}/me").status_code == 200
    moment.now = BEGAN + KEY_LASTS
    problem(old.get(f"{API}/me"), 401)


def test_a_key_that_reads_writes_nothing(program: Program, work: int) -> None:
    reader = program("binh", Opens.READ)
    assert reader.get(f"{API}/assignments/{work}").status_code == 200
    assert problem(reader.post(f"{API}/assignments/{work}/receive"), 403) == "Khóa này chỉ đọc."


@pytest.mark.parametrize("headers", [{}, {"Origin": "http://evil.vn"}, {"Origin": "null"}])
def test_with_a_cookie_alone_another_site_changes_nothing(
    visit: Visit, work: int, headers: Mapping[str, str]
) -> None:
    browser = visit("binh")
    del browser.headers["Origin"]
    problem(browser.post(f"{API}/assignments/{work}/receive", headers=headers), 403)
    assert browser.post(f"{API}/assignments/{work}/receive", headers={"Origin": SITE}).status_code == 200


# --- work -------------------------------------------------------------------------------------------------


def test_a_unit_hands_in_and_a_repeated_request_is_the_same_hand_in(
    program: Program, works: Works, work: int
) -> None:
    unit = program("binh")
    report = {"note": "Đã làm", "files": [{"name": "../so.txt", "content": b64encode(b"so lieu").decode()}]}
    for _ in range(3):
        answer = unit.post(
            f"{API}/assignments/{work}/hand-in", json=report, headers={"Idempotency-Key": "k-000001"}
        )
        assert answer.status_code == 200, answer.text
    [round_] = answer.json()["rounds"]
    assert [file["name"] for file in round_["files"]] == ["so.txt"]
    with works.db.read() as session:
        assert len(session.exec(select(SubmissionRow)).all()) == 1


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ({}, "Hãy điền"),
        ({"figures": {"khong_co": "1"}}, "không có chỉ tiêu"),
        ({"note": "x", "status": "accepted"}, "status"),
        ({"note": "x", "unit_id": 3}, "unit_id"),
        ({"note": "x", "submitted_at": "2020-01-01"}, "submitted_at"),
        ({"files": [{"name": "a", "content": "%%%"}]}, "base64"),
        ({"note": "x" * 6000}, "note"),
    ],
)
def test_what_does_not_belong_in_a_report_is_refused(
    program: Program, works: Works, work: int, body: Mapping[str, Any], said: str
) -> None:
    answer = program("binh").post(
        f"{API}/assignments/{work}/hand-in", json=body, headers={"Idempotency-Key": "k-000001"}
    )
    problem(answer, 422)
    assert said in answer.text
    with works.db.read() as session:
        assert session.exec(select(SubmissionRow)).all() == []


def test_a_decision_about_something_that_has_changed_since_is_refused(program: Program, work: int) -> None:
    unit, clerk = program("binh"), program("mai")
    unit.post(
        f"{API}/assignments/{work}/hand-in", json={"note": "1"}, headers={"Idempotency-Key": "k-000001"}
    )
    seen = clerk.get(f"{API}/assignments/{work}").headers["etag"]
    problem(clerk.post(f"{API}/assignments/{work}/return", json={"reason": "thiếu"}), 428)
    returned = clerk.post(
        f"{API}/assignments/{work}/return", json={"reason": "thiếu"}, headers={"If-Match": seen}
    )
    assert returned.json()["state"] == "returned"
    problem(clerk.post(f"{API}/assignments/{work}/accept", headers={"If-Match": seen}), 412)
    problem(clerk.post(f"{API}/assignments/{work}/accept", headers={"If-Match": "*"}), 412)
    assert clerk.get(f"{API}/assignments/{work}").json()["state"] == "returned"


def test_the_life_of_an_assignment(program: Program, work: int, office: Sample) -> None:
    unit, leader, clerk = program("binh"), program("dung"), program("mai")
    at = f"{API}/assignments/{work}"
    assert unit.post(f"{at}/receive").json()["state"] == "received"
    assert unit.post(f"{at}/progress", json={"text": "Đã xong một nửa", "percent": 50}).status_code == 200
    asked = unit.post(f"{at}/extensions", json={"wished_on": "2023-02-20", "reason": "bão"}).json()
    [wish] = asked["extensions"]
    granted = leader.post(f"{at}/extensions/{wish['id']}/grant", json={})
    assert granted.json()["due_on"] == "2023-02-20"
    [given] = granted.json()["extensions"]
    assert (given["old_due_on"], given["new_due_on"], given["answer"]) == (
        "2023-02-14",
        "2023-02-20",
        "granted",
    )
    problem(leader.post(f"{at}/extensions/{wish['id']}/refuse", json={"reason": "không"}), 409)
    waits = unit.post(f"{at}/waiting", json={"who": "Công an phường", "reason": "chờ số liệu"})
    assert waits.json()["state"] == "waiting"
    [held] = waits.json()["waits"]
    assert (held["who"], held["reason"], held["ended_at"]) == ("Công an phường", "chờ số liệu", None)
    problem(unit.post(f"{at}/waiting", json={"unit_id": 99999, "reason": "chờ"}), 409)
    resumed = unit.post(f"{at}/resume", json={}).json()
    assert resumed["state"] != "waiting"
    assert resumed["waits"][0]["new_due_on"] == resumed["due_on"]
    unit.post(f"{at}/hand-in", json={"note": "xong"}, headers={"Idempotency-Key": "k-000001"})
    seen = clerk.get(at).headers["etag"]
    done = clerk.post(f"{at}/accept", headers={"If-Match": seen})
    assert done.json()["state"] == "accepted"


def test_what_a_key_did_stands_in_the_trail_under_its_owner(
    program: Program, works: Works, work: int
) -> None:
    program("binh").post(f"{API}/assignments/{work}/receive")
    with works.db.read() as session:
        [line] = session.exec(select(AuditRow).where(AuditRow.action == "receive")).all()
    assert line.actor == "binh"


def test_a_list_goes_on_where_its_page_ended(program: Program, work: int) -> None:
    clerk = program("mai")
    whole = clerk.get(f"{API}/assignments").json()
    assert whole["next"] is None
    seen: list[int] = []
    cursor = ""
    while True:
        page = clerk.get(f"{API}/assignments", params={"limit": 1, "cursor": cursor}).json()
        seen += [line["id"] for line in page["items"]]
        cursor = page["next"]
        if cursor is None:
            break
    assert seen == [line["id"] for line in whole["items"]]
    assert len(seen) == 2
    assert [line["unit"] for line in program("binh").get(f"{API}/assignments").json()["items"]] == [
        "Trường Tiểu học Hoa Sen"
    ]


def test_a_list_is_of_what_was_asked_for(program: Program, office: Sample, work: int) -> None:
    clerk = program("mai")

    def listed(**query: Any) -> list[int]:
        answer = clerk.get(f"{API}/assignments", params=query)
        return [line["id"] for line in answer.json()["items"]]

    both = listed(directive=1)
    assert len(both) == 2
    assert listed(unit=office.units["hoa-sen"]) == [work]
    assert listed(directive=2) == listed(waiting=True) == listed(standing="done") == []


@pytest.mark.parametrize(
    "query",
    [
        {"limit": 0}, {"limit": -1}, {"limit": 10**6}, {"cursor": "%%%"}, {"cursor": "W10"}, {"unit": 10**12},
        {"standing": "name;drop"}, {"cursor": "x" * 500}, {"cursor": "WyIyMDIzLTAyLTE0Iiwge31d"},
    ],
)  # fmt: skip
def test_a_list_is_never_without_bounds(program: Program, query: Mapping[str, Any]) -> None:
    problem(program("mai").get(f"{API}/assignments", params=query), 422)


# --- directives -------------------------------------------------------------------------------------------


def test_a_directive_goes_from_text_to_duties(program: Program, works: Works) -> None:
    clerk = program("mai")
    assert clerk.post(f"{API}/read", json={"text": TEXT}).json()["tasks"]
    taken = clerk.post(f"{API}/directives", json={"text": TEXT, "file_name": "ke-hoach.txt"})
    assert taken.status_code == 201
    assert taken.json()["new"] is True
    assert clerk.post(f"{API}/directives", json={"text": TEXT, "file_name": "ke-hoach.txt"}).json() == {
        "id": taken.json()["id"],
        "new": False,
    }
    at = f"{API}/directives/{taken.json()['id']}"
    assert clerk.get(at).json()["text"].strip() == TEXT.strip()
    first, *others = clerk.get(at).json()["drafts"]
    tag = clerk.get(f"{API}/drafts/{first['id']}").headers["etag"]
    decision = {"lead": "các trường", "deadline": "trước ngày 15 hằng tháng", "since": "01/02/2023"}
    approved = clerk.post(f"{API}/drafts/{first['id']}/approve", json=decision, headers={"If-Match": tag})
    assert approved.status_code == 200, approved.text
    assert approved.json()["status"] == "approved"
    again = clerk.post(f"{API}/drafts/{first['id']}/approve", json=decision, headers={"If-Match": tag})
    assert again.status_code in (409, 412)
    for other in others:
        tag = clerk.get(f"{API}/drafts/{other['id']}").headers["etag"]
        gone = clerk.post(
            f"{API}/drafts/{other['id']}/discard", json={"reason": "trùng"}, headers={"If-Match": tag}
        )
        assert gone.json()["status"] == "discarded"
    assert clerk.get(f"{at}/preview").json()["duties"] == 1
    assert len(clerk.post(f"{at}/publish").json()["duties"]) == 1
    assert clerk.get(f"{API}/directives").json()["items"][0]["id"] == taken.json()["id"]


def test_a_deadline_nobody_understands_is_said(program: Program, works: Works) -> None:
    clerk = program("mai")
    directive = a_directive(works.db)
    draft = clerk.get(f"{API}/directives/{directive}").json()["drafts"][0]
    answer = clerk.post(
        f"{API}/drafts/{draft['id']}/approve", json={"deadline": "khi nào xong thì xong"},
        headers={"If-Match": f'"{draft["version"]}"'},
    )  # fmt: skip
    assert "Chưa hiểu thời hạn" in problem(answer, 422)


# --- the rest ---------------------------------------------------------------------------------------------


def test_a_phrase_has_its_deadline_and_reasons_in_the_language_asked_for(program: Program) -> None:
    ha, asked = program("ha"), {"text": "trước ngày 15 hằng tháng", "period": "2023-02"}
    found = ha.post(f"{API}/when", json=asked).json()
    assert found["due"] == "2023-02-14"
    assert "chậm nhất hết ngày 14/02/2023" in found["why"][0]
    spoken = ha.post(f"{API}/when", json=asked, headers={"Accept-Language": "en"}).json()
    assert "by the end of 14/02/2023 at the latest" in spoken["why"][0]
    problem(program("dung").post(f"{API}/when", json={"text": "x", "period": "tháng hai"}), 422)
    two = ha.post(f"{API}/when", json={"text": "trước ngày 20/6 và 20/12 hằng năm", "period": "2023"}).json()
    assert [one["due"] for one in two["others"]] == ["2023-12-19"]


@pytest.mark.parametrize(
    "received", ["2023-02-01T18:30:00Z", "2023-02-02T01:30:00+07:00", "2023-02-02T01:30:00"]
)
def test_an_instant_of_another_zone_is_of_the_day_it_is_here(program: Program, received: str) -> None:
    asked = {"text": "trong 5 ngày kể từ ngày nhận", "received": received}
    assert program("ha").post(f"{API}/when", json=asked).json()["stated"] == "2023-02-07"


def test_a_condition_and_a_draft_rule_are_tried(program: Program) -> None:
    clerk = program("mai")
    judged = clerk.post(f"{API}/rules/judge", json={"expression": "a >= 80", "case": {"a": 73.6}}).json()
    assert judged["outcome"] == "not_met"
    problem(clerk.post(f"{API}/rules/judge", json={"expression": "__import__('os')"}), 422)
    problem(clerk.post(f"{API}/rules/what-if", json={"pack": "x", "rule": "y", "period": "2023-02"}), 404)
    bad = {"pack": "bao-cao-thang", "rule": "!!python/object/apply:os.system ['id']", "period": "2023-02"}
    problem(clerk.post(f"{API}/rules/what-if", json=bad), 422)


def test_drafts_are_joined_and_cut_again(program: Program) -> None:
    clerk = program("mai")
    taken = clerk.post(f"{API}/directives", json={"text": TEXT, "file_name": "ke-hoach.txt"}).json()
    first, second = clerk.get(f"{API}/directives/{taken['id']}").json()["drafts"]
    seen = {"If-Match": str(first["version"])}
    joined = clerk.post(
        f"{API}/drafts/{first['id']}/merge", json={"other": second["id"]}, headers=seen
    ).json()
    assert (joined["start"], joined["end"]) == (first["start"], second["end"])
    seen = {"If-Match": str(joined["version"])}
    at = {"at": second["start"]}
    cut = clerk.post(f"{API}/drafts/{joined['id']}/split", json=at, headers=seen)
    assert cut.status_code == 200, cut.text
    assert cut.json()["start"] == first["start"]
    problem(clerk.post(f"{API}/drafts/{joined['id']}/split", json=at, headers=seen), 404)


def test_work_moves_to_another_unit_and_not_twice(program: Program, work: int) -> None:
    clerk = program("mai")
    moved = {"unit": "anh-duong", "reason": "nhầm đơn vị"}
    assert clerk.post(f"{API}/assignments/{work}/reassign", json=moved).status_code == 204
    assert clerk.get(f"{API}/assignments/{work}").json()["unit"] == "Trường Mầm non Ánh Dương"
    problem(clerk.post(f"{API}/assignments/{work}/reassign", json=moved), 409)


def test_letters_and_targets_are_listed(program: Program, work: int) -> None:
    clerk = program("mai")
    assert clerk.get(f"{API}/outbox").json() == {"items": [], "next": None}
    to_come = clerk.get(f"{API}/outbox/preview", params={"days": 20}).json()
    assert to_come[0]["kind"] == "reminder"
    assert clerk.get(f"{API}/targets").json() == []


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        (b'{"text": "a", "text": "b"}', "application/json", 422),
        (b'{"text": NaN}', "application/json", 422),
        (b'{"text": "\\ud800"}', "application/json", 422),
        (b'{"text": "a\\u0000"}', "application/json", 422),
        (b"[" * 100_000, "application/json", 422),
        (b'{"text": ' + b"9" * 5000 + b"}", "application/json", 422),
        (b'{"text": "\xff"}', "application/json", 422),
        (b'{"text": 5}', "application/json", 422),
        (b'["text"]', "application/json", 422),
        (b'{"text": "hom nay"}', "text/plain", 422),
        (b"text=hom+nay", "application/x-www-form-urlencoded", 422),
        (b"", "application/json", 422),
    ],
)
def test_json_is_read_strictly(program: Program, body: bytes, kind: str, status: int) -> None:
    answer = program("ha").post(f"{API}/when", content=body, headers={"Content-Type": kind})
    problem(answer, status)


def test_the_description_names_every_route_of_the_api(visit: Visit) -> None:
    described = visit("ha").get(f"{API}/openapi.json").json()
    assert described["openapi"].startswith("3.1")
    assert all(path.startswith(API) for path in described["paths"])
    assert len(described["paths"]) > 20


def test_an_address_of_the_api_that_is_none_gets_a_problem_too(program: Program) -> None:
    client = program("ha")
    problem(client.get(f"{API}/khong-co"), 404)
    problem(client.delete(f"{API}/me"), 405)
    problem(client.get(f"{API}/assignments/abc"), 404)


@pytest.mark.parametrize(
    "asked",
    [
        {"text": "trước ngày 15 hằng tháng", "document_date": "9999-12-31"},
        {"text": "trong 30 ngày kể từ ngày nhận", "received": "9999-12-31"},
        {"text": "trước ngày 05 tháng sau", "period": "9999-12"},
    ],
)
def test_a_deadline_after_the_last_day_there_is_is_refused_in_words(
    program: Program, asked: Mapping[str, str]
) -> None:
    assert "năm không có trong lịch" in problem(program("binh").post(f"{API}/when", json=asked), 422)
