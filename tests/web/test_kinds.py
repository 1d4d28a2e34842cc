"""Kinds of duty on the page of a unit: what is asked of whom, and in which words."""

import re
from typing import Any

import pytest

from actions.changes import By
from actions.follow import waive
from domain.assignment import Part, State
from domain.chain import Chain, Step
from domain.duty import Assignee, DutyTerms, Force, Kind, Review
from domain.recurrence import Schedule
from domain.unit import Role
from runtime.works import Works
from store.tables import AssignmentRow
from tests.support.makers import (
    BEGAN,
    Sample,
    a_person,
    an_issued_duty,
    monthly_terms,
    open_all,
    the_assignment,
)
from tests.support.packs import PACK
from tests.support.visits import Moment, Visit


def owed(works: Works, office: Sample, unit: str = "hoa-sen", **fields: Any) -> int:
    """The number of the work of one duty with these terms."""
    terms = monthly_terms(("hoa-sen",)).model_copy(update=fields)
    an_issued_duty(works.db, DutyTerms.model_validate(terms.model_dump()))
    open_all(works.db, BEGAN)
    return the_assignment(works.db, office.units[unit], "2023-02")


def state(works: Works, work: int) -> State:
    with works.db.read() as session:
        return session.get_one(AssignmentRow, work).state


def test_a_plan_without_its_file_is_refused_at_the_file_and_keeps_what_was_typed(
    visit: Visit, works: Works, office: Sample
) -> None:
    work, unit = owed(works, office, cascade=True, review=Review.PERSON), visit("binh")
    assert "Tệp kế hoạch của đơn vị" in unit.get(f"/viec/{work}").text
    answer = unit.post(f"/viec/{work}/nop", data={"ghi_chu": "Kế hoạch năm"})
    assert answer.status_code == 422
    assert 'href="#tep"' in answer.text
    assert "Kế hoạch năm</textarea>" in answer.text
    unit.post(f"/viec/{work}/nop", data={"ghi_chu": "Kế hoạch năm"}, files={"tep": ("ke-hoach.txt", b"x")})
    assert state(works, work) is State.HANDED_IN


def test_a_product_for_the_superior_is_put_before_them_by_the_unit(
    visit: Visit, works: Works, office: Sample
) -> None:
    work, unit = owed(works, office, for_superior=True), visit("binh")
    sent = {"van_ban": "Tờ trình 12/TTr", "co_quan": "UBND quận"}
    assert f'action="/viec/{work}/trinh"' in unit.get(f"/viec/{work}").text
    unit.post(f"/viec/{work}/trinh", data=sent)
    assert state(works, work) is State.SUBMITTED
    assert "Đã trình, chờ cấp trên trả lời (1)" in unit.get("/viec").text
    visit("mai").post(f"/viec/{work}/cap-tren", data={"dong_y": "khong", "y_kien": "Bổ sung dự toán"})
    page = unit.get(f"/viec/{work}").text
    assert "Cấp trên yêu cầu làm lại" in page
    assert '<p class="govuk-body">Bổ sung dự toán</p>' in page


def test_or_handed_in_and_put_before_them_by_the_office(visit: Visit, works: Works, office: Sample) -> None:
    work, clerk = owed(works, office, for_superior=True), visit("mai")
    sent = {"van_ban": "Tờ trình 12/TTr", "co_quan": "UBND quận"}
    assert "không thể trình cấp trên" in clerk.post(f"/viec/{work}/trinh-len", data=sent).text
    assert state(works, work) is State.ASSIGNED  # what nobody has handed in is not sent on
    visit("binh").post(f"/viec/{work}/nop", data={"ghi_chu": "Dự thảo"})
    page = clerk.get(f"/viec/{work}").text
    assert ("Duyệt hoàn thành" in page, f'action="/viec/{work}/trinh-len"' in page) == (False, True)
    clerk.post(f"/viec/{work}/trinh-len", data=sent)
    assert state(works, work) is State.SUBMITTED


def test_a_request_says_that_it_is_one_and_asks_for_no_extension(
    visit: Visit, works: Works, office: Sample, moment: Moment
) -> None:
    work, unit = owed(works, office, force=Force.REQUEST), visit("binh")
    page = unit.get(f"/viec/{work}").text
    assert ("đây là đề nghị" in page, "Xin gia hạn" in page) == (True, False)
    assert "đề nghị đến hết" in unit.get("/viec").text
    moment.is_on(20)
    unit = visit("binh")
    listed = unit.get("/viec").text
    assert ("quá hạn" in listed.casefold(), "Được đề nghị, đã qua ngày" in listed) == (False, True)
    assert "Quá hạn" not in unit.get("/viec/tuan").text


@pytest.mark.parametrize(
    ("unit", "who", "figures", "said"),
    [("hoa-sen", "binh", False, "Phần việc của đơn vị phối hợp"), ("song-xanh", "ha", True, "chủ trì là")],
)
def test_who_gives_a_part_is_told_who_leads_and_the_lead_is_asked_for_no_figures_of_others(
    visit: Visit, works: Works, office: Sample, unit: str, who: str, figures: bool, said: str
) -> None:
    (works.settings.home / "packs").mkdir()
    (works.settings.home / "packs" / "thu-hoc.yaml").write_text(PACK, encoding="utf-8")
    both = (Assignee(unit="hoa-sen", part=Part.LEAD), Assignee(unit="song-xanh", part=Part.COORDINATOR))
    work = owed(works, office, unit, assignees=both, added=("parts",), pack="thu-hoc")
    page = visit(who).get(f"/viec/{work}").text
    assert (said in page, "Số cha mẹ nộp" in page) == (True, figures)


def test_whoever_keeps_the_steps_sees_their_days_and_who_gives_a_part_why_it_is_due_early(
    visit: Visit, works: Works, office: Sample
) -> None:
    both = (Assignee(unit="hoa-sen", part=Part.LEAD), Assignee(unit="song-xanh", part=Part.COORDINATOR))
    chain = Chain(steps=(Step(name="Các trường gửi", parts=True), Step(name="Tổng hợp", days=2)))
    part = owed(works, office, "song-xanh", assignees=both, chain=chain)
    led = the_assignment(works.db, office.units["hoa-sen"], "2023-02")
    page = visit("binh").get(f"/viec/{led}").text
    assert re.findall(r"<li>([\w ]+): (\d\d/\d\d)/2023", page) == [
        ("Các trường gửi", "10/02"),
        ("Tổng hợp", "14/02"),
    ]
    page = visit("ha").get(f"/viec/{part}").text
    assert "nộp sớm để Trường Tiểu học Hoa Sen tổng hợp; hạn chung của kỳ là 14/02/2023" in page
    assert "Các bước của kỳ" not in page


def test_who_leads_reads_and_opens_what_the_others_handed_in_and_nobody_else_does(
    visit: Visit, works: Works, office: Sample, moment: Moment
) -> None:
    lead, giver, third = (
        Assignee(unit="hoa-sen", part=Part.LEAD),
        Assignee(unit="song-xanh", part=Part.COORDINATOR),
        Assignee(unit="anh-duong", part=Part.COORDINATOR),
    )
    part = owed(works, office, "song-xanh", assignees=(lead, giver, third))
    led = the_assignment(works.db, office.units["hoa-sen"], "2023-02")
    a_person(works.db, "lan", "Vũ Lan", office.units["anh-duong"], Role.HEAD)
    sent = {"data": {"ghi_chu": "Trường có 12 lớp"}, "files": {"tep": ("phan-viec.txt", b"so lieu")}}
    assert visit("ha").post(f"/viec/{part}/nop", **sent).status_code == 303
    page = visit("binh").get(f"/viec/{led}").text
    assert "Trường có 12 lớp" in page
    [link] = re.findall(r'href="(/tep/\d+)">phan-viec.txt', page)
    readers = ("ha", "binh", "mai", "dung", "lan")
    assert [visit(who).get(link).status_code for who in readers] == [200, 200, 200, 200, 404]
    with works.db.transaction() as session:
        waive(session, led, By("mai", moment()), reason="không còn chủ trì")
    assert visit("binh").get(link).status_code == 404


def test_a_unit_knows_what_it_will_owe_once_an_event_comes(
    visit: Visit, works: Works, office: Sample
) -> None:
    schedule = Schedule(first=BEGAN.date(), stated="event+5wd", op="within")
    an_issued_duty(
        works.db,
        monthly_terms(
            ("hoa-sen",), title="Báo cáo thiệt hại khi có bão", kind=Kind.DORMANT, schedule=schedule
        ),
    )
    open_all(works.db, BEGAN)
    assert "Báo cáo thiệt hại khi có bão" in visit("binh").get("/viec").text
    assert "Báo cáo thiệt hại khi có bão" not in visit("ha").get("/viec").text
