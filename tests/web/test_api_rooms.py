"""What the office decides, by program: the same readers, refusals and locks as on its pages."""

from base64 import b64encode
from collections.abc import Mapping
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlmodel import select

from runtime.works import Works
from store.tables import AuditRow, OccurrenceRow
from tests.support.kitchens import a_visit
from tests.support.makers import BEGAN, TEXT, Sample, an_issued_duty, monthly_terms, open_all, the_assignment
from tests.support.visits import Program
from web.checklists import NEW

API = "/api/v1"


@pytest.fixture
def clerk(program: Program) -> TestClient:
    return program("mai")


@pytest.fixture
def work(works: Works, office: Sample) -> int:
    an_issued_duty(works.db, monthly_terms(("hoa-sen", "song-xanh")))
    open_all(works.db, BEGAN)
    return the_assignment(works.db, office.units["hoa-sen"], "2023-02")


def done(answer: Any) -> Any:
    assert answer.status_code < 300, answer.text
    return answer.json() if answer.content else None


def faults(answer: Any, status: int = 422) -> Mapping[str, str]:
    assert answer.status_code == status, answer.text
    return {one["field"]: one["message"] for one in answer.json().get("errors", [])}


# --- settings ---------------------------------------------------------------------------------------------


def test_faults_stand_by_the_fields_of_the_api_in_the_language_asked_for(clerk: TestClient) -> None:
    wrong = {"names": [], "members": []}
    said = faults(clerk.post(f"{API}/groups", json=wrong))
    assert said == {
        "names": "Hãy ghi tên gọi của nhóm.",
        "members": "Hãy chọn loại đơn vị, hoặc ghi mã từng đơn vị.",
    }
    spoken = {"Accept-Language": "en-GB,en;q=0.9,vi;q=0.5"}
    assert (
        faults(clerk.post(f"{API}/groups", json=wrong, headers=spoken))["names"]
        == "Write the name of the group."
    )
    backwards = {"names": ["x"], "kinds": ["trường"], "valid_from": "2023-03-01", "valid_to": "2023-02-01"}
    assert set(faults(clerk.post(f"{API}/groups", json=backwards))) == {"valid_to"}


def test_a_group_is_changed_only_by_who_saw_it_as_it_is(clerk: TestClient) -> None:
    group = {"names": ["các trường công lập", "khối công lập"], "kinds": ["trường"], "ownerships": ["public"]}
    made = done(clerk.post(f"{API}/groups", json=group))
    assert made["names"] == ["các trường công lập", "khối công lập"]
    at, seen = f"{API}/groups/{made['code']}", {"If-Match": made["tag"]}
    changed = done(clerk.put(at, json=group | {"ownerships": ["private"]}, headers=seen))
    assert changed["ownerships"] == ["private"]
    faults(clerk.put(at, json=group, headers=seen), 412)
    faults(clerk.put(at, json=group), 428)
    assert [one["code"] for one in done(clerk.get(f"{API}/groups"))] == ["truong", made["code"]]


def test_days_are_changed_when_what_moves_is_what_was_shown(clerk: TestClient, work: int) -> None:
    days = {"first": "2023-02-14", "kind": "off", "reason": "Bão", "source": "CV 12/UBND"}
    shown = clerk.post(f"{API}/calendar/preview", json=days)
    [moved] = [one for one in done(shown) if one["period"] == "2023-02"]
    assert moved["old"] == "2023-02-14"
    assert done(clerk.get(f"{API}/assignments/{work}"))["due_on"] == "2023-02-14"
    faults(clerk.post(f"{API}/calendar", json=days, headers={"If-Match": "other"}), 412)
    done(clerk.post(f"{API}/calendar", json=days, headers={"If-Match": shown.headers["etag"]}))
    assert done(clerk.get(f"{API}/assignments/{work}"))["due_on"] == moved["new"]
    assert "2023-02-14" in {one["day"] for one in done(clerk.get(f"{API}/calendar?year=2023"))}
    assert set(faults(clerk.post(f"{API}/calendar/preview", json={"source": ""}))) == {
        "source",
        "first",
        "reason",
    }


def test_a_ladder_is_shown_in_words_and_changed_by_who_read_it(clerk: TestClient) -> None:
    [was] = [one for one in done(clerk.get(f"{API}/ladders")) if one["sort"] == "report"]
    ladder = {"at": "09:00:00", "rungs": [{"offset": -2, "to": ["officer"]}, {"offset": 1, "to": ["head"]}]}
    assert "09:00" in done(clerk.post(f"{API}/ladders/report/preview", json=ladder))["said"]
    seen = {"If-Match": was["tag"]}
    assert done(clerk.put(f"{API}/ladders/report", json=ladder, headers=seen))["own"] is True
    faults(clerk.put(f"{API}/ladders/report", json=ladder, headers=seen), 412)
    zoned = clerk.post(f"{API}/ladders/report/preview", json=ladder | {"at": "09:00Z"})
    assert "không kèm múi giờ" in faults(zoned)["at"]
    above = {"at": "09:00:00", "rungs": [{"offset": 1, "to": ["chair"]}]}
    assert clerk.post(f"{API}/ladders/report/preview", json=above).status_code in (409, 422)
    faults(
        clerk.post(f"{API}/ladders/report/preview", json=above | {"rungs": [{"offset": 1, "to": ["admin"]}]})
    )


def test_a_situation_is_declared_and_a_ban_entered(clerk: TestClient) -> None:
    said = {"name": "Dịch bệnh", "state": "phức tạp", "reason": "CV 30/SYT"}
    [known] = done(clerk.post(f"{API}/situations", json=said))
    assert (known["name"], known["now"]) == ("Dịch bệnh", "phức tạp")
    ban = {
        "name": "Dịch bệnh",
        "state": "được kiểm soát",
        "words": "Không dạy trực tuyến",
        "levels": ["mầm non"],
    }
    [known] = done(clerk.post(f"{API}/bans", json=ban))
    assert [one["words"] for one in known["bans"]] == ["Không dạy trực tuyến"]


# --- duties and units -------------------------------------------------------------------------------------


def test_a_period_moves_for_all_and_a_duty_ends(clerk: TestClient, works: Works, work: int) -> None:
    duty = done(clerk.get(f"{API}/duties"))["items"][0]
    at = f"{API}/duties/{duty['id']}"
    period = next(one for one in done(clerk.get(at))["periods"] if one["period"] == "2023-02")
    later = {"period_id": period["id"], "due_on": "2023-02-20", "reason": "bão"}
    done(clerk.post(f"{at}/extend", json=later))
    assert clerk.get(f"{API}/assignments/{work}").json()["due_on"] == "2023-02-20"
    with works.db.read() as session:
        unknown = max(session.exec(select(OccurrenceRow.id)).all()) + 1
    assert set(faults(clerk.post(f"{at}/extend", json=later | {"period_id": unknown}))) == {"period_id"}
    done(clerk.post(f"{at}/end", json={"last": "2023-02-28", "reason": "hết việc"}))
    faults(clerk.post(f"{at}/wake", json={"on": "2023-02-01", "reason": "x"}), 409)
    assert done(clerk.post(f"{at}/withdraw", json={"reason": "thay"}))["id"] == duty["id"]
    assert clerk.get(f"{API}/assignments/{work}").json()["state"] == "withdrawn"


def test_a_unit_is_changed_by_who_saw_it_and_its_people_come_and_go(
    clerk: TestClient, office: Sample
) -> None:
    at = f"{API}/units/{office.units['hoa-sen']}"
    found = clerk.get(at)
    seen = {"If-Match": found.headers["etag"]}
    unit = {"name": "Trường Tiểu học Sen Hồng", "parent": "pgd", "kind": "trường", "short_names": ["TH Sen"]}
    changed = clerk.put(at, json=unit, headers=seen)
    assert done(changed)["short_names"] == ["TH Sen"]
    faults(clerk.put(at, json=unit, headers=seen), 412)
    seen = {"If-Match": changed.headers["etag"]}
    assert set(faults(clerk.put(at, json=unit | {"parent": "khong-co"}, headers=seen))) == {"parent"}
    assert set(faults(clerk.put(at, json=unit | {"name": " "}, headers=seen))) == {"name"}
    who = {"code": "lan", "name": "Vũ Thị Lan", "email": "lan@example.vn", "role": "officer"}
    lan = next(one for one in done(clerk.post(f"{at}/people", json=who))["people"] if one["code"] == "lan")
    assert set(faults(clerk.post(f"{at}/people", json=who | {"code": "la", "name": ""}))) == {"name"}
    ended = done(clerk.post(f"{API}/positions/{lan['id']}/end", json={"last_day": "2023-02-01"}))
    assert next(one for one in ended["people"] if one["code"] == "lan")["valid_to"] == "2023-02-01"
    person = f"{API}/people/{lan['person_id']}"
    assert done(clerk.post(f"{person}/lock", json={"reason": "nghỉ việc"}))["active"] is False
    assert done(clerk.post(f"{person}/unlock"))["active"] is True


def test_the_tree_comes_from_a_workbook_that_was_looked_at(clerk: TestClient, visit: Any) -> None:
    csv = "Mã đơn vị,Tên đơn vị,Loại,Mã cấp trên\nbinh-minh,Trường Tiểu học Bình Minh,trường,pgd\n".encode()
    sent = {"name": "don-vi.csv", "content": b64encode(csv).decode()}
    looked = done(clerk.post(f"{API}/units/import/preview", json=sent))
    assert [(one["code"], one["new"]) for one in looked["changes"]] == [("binh-minh", True)]
    faults(clerk.post(f"{API}/units/import", json=sent | {"seen": "0" * 16}), 412)
    done(clerk.post(f"{API}/units/import", json=sent | {"seen": looked["seen"]}))
    assert [one["code"] for one in done(clerk.get(f"{API}/units?words=binh minh"))["items"]] == ["binh-minh"]
    broken = {"name": "a.csv", "content": b64encode("Mã đơn vị,Tên đơn vị\nx,\n".encode()).decode()}
    assert faults(clerk.post(f"{API}/units/import/preview", json=broken))


def test_open_work_goes_to_the_unit_that_follows(clerk: TestClient, office: Sample, work: int) -> None:
    at = f"{API}/units/{office.units['hoa-sen']}/hand-over"
    assert set(faults(clerk.post(at, json={"successors": ["khong-co"]}))) == {"successors"}
    strange = faults(clerk.post(at, json={"successors": ["anh-duong"], "routes": {"1": "song-xanh"}}))
    assert strange == {"routes": "Không phải đơn vị kế thừa đã nêu: song-xanh."}
    assert done(clerk.post(at, json={"successors": ["anh-duong"]}))["handed_over"] == 1
    assert done(clerk.get(f"{API}/assignments/{work}"))["unit"] == "Trường Mầm non Ánh Dương"


# --- what units are held to -------------------------------------------------------------------------------


def test_a_figure_of_a_program_is_the_number_it_is(clerk: TestClient) -> None:
    target = {"name": "Học sinh học bơi", "unit": "%", "aim": "level", "value": 73.6, "first": "2023-01-01"}
    made = done(clerk.post(f"{API}/targets", json=target))
    assert made["counts"] == []
    assert done(clerk.post(f"{API}/targets", json=target))["id"] == made["id"]
    said = {"period": "2023-01", "numerator": 26, "denominator": 39, "source": "BC 45"}
    [count] = done(clerk.post(f"{API}/targets/{made['id']}/figures", json=said))["counts"]
    assert (count["numerator"], count["denominator"]) == ("26", "39")
    plain = {"period": "2023-02", "value": 73.6, "source": "BC 46", "parts": {"tiểu học": 61.1, "THCS": 12.5}}
    counts = done(clerk.post(f"{API}/targets/{made['id']}/figures", json=plain))["counts"]
    assert counts[-1]["value"] == "73.6"
    assert counts[-1]["parts"] == {"tiểu học": "61.1", "THCS": "12.5"}
    short = plain | {"parts": {"tiểu học": 12.5}}
    assert set(faults(clerk.post(f"{API}/targets/{made['id']}/figures", json=short))) == {"parts"}
    assert faults(clerk.post(f"{API}/targets", json=target | {"name": "…"})).keys() == {"name"}


def test_a_program_sets_what_each_class_must_gain_and_the_path_of_years(clerk: TestClient) -> None:
    grows = {
        "name": "Trường chuẩn",
        "aim": "grow",
        "value": 3,
        "first": "2023-01-01",
        "each": {"mầm non": 1.5},
    }
    made = done(clerk.post(f"{API}/targets", json=grows))
    base, now = ({"source": "BC", "value": value, "parts": {"mầm non": value}} for value in (10, 13))
    clerk.post(f"{API}/targets/{made['id']}/figures", json=base | {"period": "2022"})
    assert (
        done(clerk.post(f"{API}/targets/{made['id']}/figures", json=now | {"period": "2023-01"}))["outcome"]
        == "met"
    )
    path = grows | {
        "name": "Hai buổi",
        "aim": "level",
        "value": None,
        "each": {},
        "path": {"2030": "50–55", "2025": "x"},
    }
    assert faults(clerk.post(f"{API}/targets", json=path)).keys() == {"path"}
    made = done(clerk.post(f"{API}/targets", json=path | {"path": {"2030": "50–55", "2025": "45"}}))
    said = {"period": "2023-01", "value": 44, "source": "BC"}
    whole = done(clerk.post(f"{API}/targets/{made['id']}/figures", json=said))
    assert (whole["outcome"], whole["why"]) == ("unknown", "44, cần ít nhất 45; hạn 31/12/2025")


def test_a_head_states_and_the_office_sees_who_is_silent(
    clerk: TestClient, program: Program, office: Sample
) -> None:
    asked = {"title": "Không để xảy ra lạm thu", "kind": "prohibition"}
    [register] = done(clerk.post(f"{API}/statements/registers", json=asked))
    assert set(faults(clerk.post(f"{API}/statements/registers", json=asked))) == {"title"}
    signed = {
        "register": register["code"],
        "unit_id": office.units["hoa-sen"],
        "period": "2023-01",
        "count": 0,
    }
    head = program("binh")
    [own] = done(head.post(f"{API}/statements", json=signed))
    assert (own["register"], own["count"]) == (register["code"], 0)
    faults(head.post(f"{API}/statements", json=signed | {"unit_id": office.units["song-xanh"]}), 404)
    [all_] = done(clerk.get(f"{API}/statements/all?period=2023-01"))
    assert {one["unit"]: one["stated"] for one in all_["units"]}["Trường Tiểu học Hoa Sen"] == "kept"


def test_fields_are_named_and_graded(clerk: TestClient) -> None:
    done(clerk.put(f"{API}/emulation/fields", json={"titles": ["Y tế trường học", "Chuyển đổi số"]}))
    given = {"field": "y-te-truong-hoc", "year": "NH2022-2023", "grade": "good", "evidence": ["QĐ 15"]}
    board = done(clerk.post(f"{API}/emulation/grades", json=given))
    assert [(one["code"], one["grade"]) for one in board] == [
        ("y-te-truong-hoc", "good"),
        ("chuyen-doi-so", None),
    ]
    faults(clerk.post(f"{API}/emulation/grades", json=given | {"year": "2023-02"}))


def test_a_program_reads_the_tables_of_its_owners_pages(
    clerk: TestClient, program: Program, work: int
) -> None:
    board = done(clerk.get(f"{API}/tables/bang-theo-doi?tim=sen"))
    assert [row[0] for row in board["rows"]] == ["Trường Tiểu học Hoa Sen"]
    assert len(board["columns"]) == len(board["rows"][0])
    assert done(clerk.get(f"{API}/tables/nhat-ky"))["rows"]
    unit = program("binh")
    assert {one["name"] for one in done(unit.get(f"{API}/tables"))} == {"viec"}
    assert unit.get(f"{API}/tables/nhat-ky").status_code == 404


# --- inspections ------------------------------------------------------------------------------------------


def test_a_surprise_is_planned_drawn_and_sent(clerk: TestClient, office: Sample, works: Works) -> None:
    done(clerk.post(f"{API}/checklists", json={"text": NEW}))
    assert done(clerk.post(f"{API}/checklists", json={"text": NEW}))["version"] == 1
    faults(clerk.post(f"{API}/checklists", json={"text": NEW.replace("Hồ sơ", "Sổ sách")}), 412)
    assert "text" in faults(clerk.post(f"{API}/checklists", json={"text": ""}))
    plan = {
        "title": "Bếp ăn", "theme": "chuyen-de-moi", "kind": "surprise", "first": "2023-02-01",
        "last": "2023-02-28", "kinds": ["trường"], "count": 1,
    }  # fmt: skip
    assert set(faults(clerk.post(f"{API}/inspection-plans", json=plan | {"count": 0}))) == {"count"}
    assert set(faults(clerk.post(f"{API}/inspection-plans", json=plan | {"last": "2023-01-01"}))) == {"last"}
    at = f"{API}/inspection-plans/{done(clerk.post(f'{API}/inspection-plans', json=plan))['id']}"
    assert clerk.post(f"{at}/seal").status_code == 409
    assert done(clerk.post(f"{at}/approve"))["state"] == "approved"
    assert "chosen" not in done(clerk.post(f"{at}/seal"))["draw"]
    assert done(clerk.post(f"{at}/draw", json={"witness": "12345"}))["draw"]["drawn_at"]
    assert "seed" not in done(clerk.get(f"{at}/draw"))
    head = {"person_id": office.people["dung"], "part": "head"}
    team = {"unit_id": office.units["th"], "day": "2023-02-10", "team": [head]}
    assert clerk.post(f"{at}/visits", json=team).status_code in (404, 409)


def test_a_team_answers_once_and_ends_its_visit(program: Program, works: Works, office: Sample) -> None:
    visit = a_visit(works.db, office.units["hoa-sen"], [(office.people["ha"], office.units["song-xanh"])])
    at, inspector = f"{API}/inspections/{visit}", program("ha")
    batch = {
        "client_id": "may-1:000001", "device": "may-1", "base_version": 0, "finished": True,
        "answers": [{"item": "A02", "seq": 1, "value": "yes", "answered_at": "2023-02-01T08:00:00+07:00"}],
    }  # fmt: skip
    first, again = (done(inspector.post(f"{at}/answers", json=batch)) for _ in range(2))
    assert first["accepted"] == again["accepted"] == [1]
    assert [one["item"] for one in done(inspector.get(f"{at}/pack"))["answers"]] == ["A02"]
    assert done(inspector.post(f"{at}/lessons", json={"lessons": 4}))["lessons"] == 4
    assert inspector.post(f"{at}/close", json={}).status_code == 409
    closed = done(inspector.post(f"{at}/close", json={"reason": "đơn vị đóng cửa giữa chừng"}))
    assert closed["state"] == "closed"
    faults(inspector.post(f"{at}/cancel", json={"reason": "x"}), 404)
    faults(program("mai").post(f"{at}/cancel", json={"reason": "x"}), 409)


# --- the desk, the life of work, oneself ------------------------------------------------------------------


def test_a_file_is_taken_in_its_passages_said_and_its_drafts_taken_up_again(clerk: TestClient) -> None:
    content = b64encode(TEXT.encode()).decode()
    taken = done(clerk.post(f"{API}/directives", json={"file_name": "ke-hoach.txt", "content": content}))
    both = {"file_name": "a.txt", "content": content, "text": TEXT}
    faults(clerk.post(f"{API}/directives", json=both))
    at = f"{API}/directives/{taken['id']}"
    passage = done(clerk.get(f"{at}/passages"))[0]
    seen = {"If-Match": str(passage["version"])}
    said = f"{API}/passages/{passage['id']}"
    again = done(clerk.post(f"{said}/classify", json={"kind": "background"}, headers=seen))
    assert again[0]["kind"] == "background"
    faults(clerk.post(f"{said}/classify", json={"kind": "order"}, headers=seen), 412)
    assert set(faults(clerk.post(f"{at}/names", json={"wording": "Các cháu", "units": ["xa lạ"]}))) == {
        "units"
    }
    assert done(clerk.post(f"{at}/names", json={"wording": "Khối lớp", "units": ["hoa-sen"]}))["changed"] >= 0
    draft = done(clerk.get(at))["drafts"][0]
    seen = {"If-Match": str(draft["version"])}
    gone = clerk.post(f"{API}/drafts/{draft['id']}/discard", json={"reason": "trùng"}, headers=seen)
    back = clerk.post(
        f"{API}/drafts/{draft['id']}/reconsider", headers={"If-Match": str(done(gone)["version"])}
    )
    assert done(back)["status"] == "proposed"


def test_work_is_entrusted_explained_and_followed(program: Program, office: Sample, work: int) -> None:
    head, leader, clerk = program("binh"), program("dung"), program("mai")
    at = f"{API}/assignments/{work}"
    done(head.post(f"{at}/entrust", json={"person_id": office.people["binh"]}))
    done(head.post(f"{at}/take-up"))
    faults(leader.post(f"{at}/entrust", json={"person_id": office.people["binh"]}), 404)
    told = head.post(f"{at}/submit", json={"document": "TTr 15"})
    assert (told.status_code, "không phải để trình" in told.text) == (409, True)
    assert clerk.post(f"{at}/superior", json={"approved": False}).status_code == 409
    done(leader.post(f"{at}/explanations", json={"question": "Vì sao chậm?"}))
    [demand] = done(head.get(f"{at}/explanations"))
    answer = f"{at}/explanations/{demand['id']}/answer"
    done(head.post(answer, json={"answer": "Mất điện"}))
    assert head.post(answer, json={"answer": "Mất điện"}).status_code == 409
    done(leader.post(f"{at}/follow"))
    done(leader.post(f"{at}/leave"))
    assert done(head.post(f"{at}/foresee", json={})) == []
    assert done(clerk.post(f"{at}/waive", json={"reason": "đơn vị mới lập"}))["state"] == "waived"
    assert clerk.post(f"{at}/withdraw", json={"reason": "x"}).status_code == 409


def test_one_gives_a_mandate_and_says_how_one_is_told(program: Program, office: Sample, works: Works) -> None:
    leader = program("dung")
    mandate = {
        "who": office.people["mai"],
        "since": "2023-02-02",
        "until": "2023-02-03",
        "text": "đi công tác",
    }
    [given] = done(leader.post(f"{API}/mandates", json=mandate))["given"]
    wrong = mandate | {"who": office.people["ha"], "until": "2023-01-01", "text": ""}
    assert set(faults(leader.post(f"{API}/mandates", json=wrong))) == {"who", "until", "text"}
    done(leader.post(f"{API}/mandates/{given['id']}/end"))
    chosen = {"channels": ["email", "in_app"], "digest": "weekly"}
    assert done(leader.put(f"{API}/me/channels", json=chosen)) == chosen
    done(leader.post(f"{API}/notices/read"))
    assert done(leader.get(f"{API}/notices")) == {"items": [], "next": None}
    with works.db.read() as session:
        assert set(session.exec(select(AuditRow.actor)).all()) >= {"dung"}
