"""The leader's pages: what waits for a decision first, weeks as bars and as a table, units compared fairly."""

import re
from datetime import timedelta

import pytest

from actions.changes import By
from actions.follow import accept, waive
from actions.hand_in import hand_in
from actions.remind_and_escalate import due_groups, remind_and_escalate
from actions.send import Answer, claim_letters, record_deliveries
from actions.write_letters import write_letters
from domain.escalation import Ladder, Rung
from domain.unit import Role
from runtime.works import Works
from store.tables import DutyRow
from tests.support.makers import BEGAN, Sample, an_issued_duty, monthly_terms, open_all, the_assignment
from tests.support.visits import Moment, Visit


@pytest.fixture
def works_of(works: Works, office: Sample) -> dict[str, int]:
    """February's report of each of the three schools, due on the 14th."""
    schools = ("hoa-sen", "song-xanh", "anh-duong")
    an_issued_duty(works.db, monthly_terms(schools))
    open_all(works.db, BEGAN)
    return {school: the_assignment(works.db, office.units[school], "2023-02") for school in schools}


def test_a_request_for_time_comes_first_and_is_granted_in_one_tap(
    visit: Visit, works_of: dict[str, int]
) -> None:
    work = works_of["hoa-sen"]
    visit("binh").post(f"/viec/{work}/gia-han", data={"ngay": "2023-02-24", "ly_do": "Trường đang thi"})
    leader = visit("dung")
    page = leader.get("/lanh-dao").text
    assert "Cần anh/chị quyết định" in page
    assert "Trường đang thi" in page
    tap = page.partition('<form method="post" action="/viec/')[2].partition('"')[0]
    assert leader.post(f"/viec/{tap}", data={"dong_y": "co"}).status_code == 303
    assert "Cần anh/chị quyết định" not in leader.get("/lanh-dao").text


def test_units_are_compared_by_what_was_due_and_the_exempted_counts_nowhere(
    visit: Visit, works: Works, works_of: dict[str, int], moment: Moment
) -> None:
    with works.db.transaction() as session:
        hand_in(session, works_of["hoa-sen"], figures={}, by=By("binh", BEGAN), key="k")
        accept(session, works_of["hoa-sen"], By("mai", BEGAN))
        waive(session, works_of["anh-duong"], By("mai", BEGAN), reason="đang sửa trường")
    moment.is_on(20)
    leader = visit("dung")
    units = leader.get("/lanh-dao/don-vi").text
    assert "Chung: 1/2 việc đúng hạn, 50 %." in units
    assert "Trường Tiểu học Hoa Sen" in units
    assert "Mầm non" not in units
    assert "ít việc, chưa nói lên nhiều" in units
    weeks = leader.get("/lanh-dao").text
    row = weeks.partition("<td>13/02/2023</td>")[2].partition("</tr>")[0]
    assert [cell.partition("</td>")[0] for cell in row.split('<td class="dd-right">')[1:]] == [
        "2",
        "1",
        "50 %",
    ]


def test_a_leader_of_another_branch_sees_only_that_branch(
    visit: Visit, works: Works, office: Sample, works_of: dict[str, int], moment: Moment
) -> None:
    moment.is_on(20)
    assert "Trường Tiểu học Hoa Sen" not in visit("ha").get("/lanh-dao/don-vi").text


def test_a_followed_case_shows_what_changed_until_it_was_seen(
    visit: Visit, works_of: dict[str, int], moment: Moment
) -> None:
    work, unit, leader = works_of["hoa-sen"], visit("binh"), visit("dung")
    assert leader.post(f"/viec/{work}/theo-doi").status_code == 303
    assert "Việc anh/chị theo dõi" in leader.get("/lanh-dao").text
    assert "Có thay đổi" not in leader.get("/lanh-dao").text
    moment.is_on(1, hour=9)
    unit.post(f"/viec/{work}/tien-do", data={"noi_dung": "Xong khối 1"})
    moment.is_on(1, hour=10)
    assert "Có thay đổi" in leader.get("/lanh-dao").text
    told = leader.get("/thong-bao").text
    assert "Việc bạn theo dõi có thay đổi" in told
    assert '<span class="dd-count">1' in told
    leader.post(f"/viec/{work}/theo-doi")
    assert "dd-count" not in leader.get("/thong-bao").text
    assert "Có thay đổi" not in leader.get("/lanh-dao").text
    assert "Thôi theo dõi" in leader.get(f"/viec/{work}").text
    moment.is_on(1, hour=11)
    leader.post(f"/viec/{work}/giai-trinh", data={"cau_hoi": "Bao giờ xong?"})
    assert "dd-count" not in leader.get("/lanh-dao").text, "one's own doing is no news"
    leader.post(f"/viec/{work}/thoi-theo-doi")
    assert "Việc anh/chị theo dõi" not in leader.get("/lanh-dao").text


def test_all_read_also_says_that_the_followed_cases_were_seen(
    visit: Visit, works_of: dict[str, int], moment: Moment
) -> None:
    work, leader = works_of["hoa-sen"], visit("dung")
    leader.post(f"/viec/{work}/theo-doi")
    moment.is_on(1, hour=9)
    visit("binh").post(f"/viec/{work}/tien-do", data={"noi_dung": "Xong khối 1"})
    moment.is_on(1, hour=10)
    leader.post("/thong-bao/da-doc")
    assert "Việc bạn theo dõi" not in leader.get("/thong-bao").text


def test_each_of_the_ten_figures_says_what_it_is_compared_with(
    visit: Visit, works: Works, works_of: dict[str, int], moment: Moment
) -> None:
    def past() -> dict[str, str]:
        page = visit("dung").get("/lanh-dao").text
        found = re.findall(r'dd-figure__label">([^<]+)</span> <span class="dd-figure__past">([^<]+)<', page)
        return dict(found)

    moment.is_on(5)
    first = past()
    assert len(first) == 10
    assert first["Việc đã giao"] == first["Đang thực hiện"] == "3 giao trong 7 ngày qua"
    assert first["Đã nộp, chờ duyệt"] == "số lúc này, không có số tuần trước để so"
    assert first["Xong đúng hạn"] == "việc hạn 7 ngày qua: –; 7 ngày trước nữa: –"
    moment.is_on(16)
    late = past()
    assert late["Quá hạn chưa hoàn thành"] == "3 mới quá hạn trong 7 ngày qua"
    assert late["Đơn vị quá hạn"] == "3 đơn vị mới quá hạn trong 7 ngày qua"
    assert late["Sắp đến hạn"] == "3 ngày trước đó: 3 việc đến hạn"
    assert late["Xong đúng hạn"] == "việc hạn 7 ngày qua: 0 %; 7 ngày trước nữa: –", (
        "what is owed still is not in time"
    )
    by = By("binh", moment.now)
    with works.db.transaction() as session:
        hand_in(session, works_of["hoa-sen"], figures={}, by=by, key="k")
        accept(session, works_of["hoa-sen"], by)
    after = past()
    assert after["Quá hạn chưa hoàn thành"] == "2 mới quá hạn trong 7 ngày qua"
    assert after["Hoàn thành quá hạn"] == "việc hạn 7 ngày qua: 1; 7 ngày trước nữa: 0"
    assert after["Xong đúng hạn"] == "việc hạn 7 ngày qua: 0 %; 7 ngày trước nữa: –"
    moment.is_on(24)
    older = past()
    assert older["Đơn vị quá hạn"] == "0 đơn vị mới quá hạn trong 7 ngày qua"
    assert older["Hoàn thành quá hạn"] == "việc hạn 7 ngày qua: 0; 7 ngày trước nữa: 1"
    assert older["Xong đúng hạn"] == "việc hạn 7 ngày qua: –; 7 ngày trước nữa: 0 %"
    an_issued_duty(works.db, monthly_terms(("anh-duong",), title="Giao muộn"), at=moment.now)
    open_all(works.db, moment.now)
    assert past()["Việc đã giao"] == "1 giao trong 7 ngày qua"


def test_nobody_follows_work_outside_their_branch(visit: Visit, works_of: dict[str, int]) -> None:
    assert visit("ha").post(f"/viec/{works_of['hoa-sen']}/theo-doi").status_code == 404


def test_the_plans_units_made_of_a_duty_stand_side_by_side_what_lacks_first(
    visit: Visit, works: Works, office: Sample
) -> None:
    terms = monthly_terms(("hoa-sen", "song-xanh"), cascade=True)
    duty_id = an_issued_duty(works.db, terms)
    open_all(works.db, BEGAN)
    work = the_assignment(works.db, office.units["hoa-sen"], "2023-02")
    plan = works.evidence.put(b"ke hoach", "ke-hoach-hoa-sen.docx")
    with works.db.transaction() as session:
        hand_in(session, work, figures={}, by=By("binh", BEGAN), key="k", files=[plan])
        directive_id = session.get_one(DutyRow, duty_id).directive_id
    page = visit("dung").get(f"/van-ban/{directive_id}/ke-hoach").text
    assert "1/2 kế hoạch đã nộp." in page
    assert page.index("Trường THCS Sông Xanh") < page.index("ke-hoach-hoa-sen.docx")
    assert f"/van-ban/{directive_id}/ke-hoach" in visit("dung").get(f"/viec/{work}").text


def test_the_page_and_the_digest_tell_the_same_units_as_late_by_the_same_days(
    visit: Visit, works: Works, office: Sample, moment: Moment
) -> None:
    ladder = Ladder(rungs=(Rung(offset=0, to=(Role.OFFICER,)), Rung(offset=1, to=(Role.LEADER,))))
    an_issued_duty(works.db, monthly_terms(("hoa-sen", "song-xanh", "anh-duong"), ladder=ladder))
    open_all(works.db, BEGAN)
    handed_in = the_assignment(works.db, office.units["hoa-sen"], "2023-02")
    with works.db.transaction() as session:
        hand_in(session, handed_in, figures={}, by=By("binh", BEGAN), key="k")
    ready = []
    for day in (14, 15):  # every day: a clock that stood still would hold its letters for a person
        moment.is_on(day, hour=9)
        clock = By("clock", moment.now)
        with works.db.transaction() as session:
            c = works.circumstances(session)
            for group in due_groups(session, moment.now):
                remind_and_escalate(session, group, calendar=c.calendar, zone=c.office.tz, by=clock)
            write_letters(session, office=c.office, staff=c.staff, by=clock)
        with works.db.transaction() as session:
            ready = claim_letters(
                session, limit=9, office=c.office, calendar=c.calendar, base_url="https://d.vn", by=clock
            )
            record_deliveries(session, [Answer(one.outbox_id, "sent", "ok") for one in ready], clock)
    [digest] = [one for one in ready if one.to_address == "dung@bensong.example.vn"]
    mailed = re.findall(r"^\d+\. (.+?) – .*?(\d+) ngày", digest.text, re.MULTILINE)
    page = visit("dung").get("/lanh-dao").text
    row = r'don_vi=\d+">([^<]+)</a></td>\s*<td class="dd-right">1</td>\s*<td class="dd-right"><strong>(\d+)<'
    assert sorted(mailed) == [("Trường Mầm non Ánh Dương", "1"), ("Trường THCS Sông Xanh", "1")]
    assert sorted(re.findall(row, page)) == sorted(mailed)
    moment.now += timedelta(days=1)
    assert sorted(re.findall(row, visit("dung").get("/lanh-dao").text)) != sorted(mailed)
