"""Whoever holds a mandate does the absent person's work as themselves, for its days and no longer."""

import re
from datetime import date

import pytest
from sqlmodel import select

from actions.changes import By
from actions.substitute import appoint_substitute
from runtime.works import Works
from store.tables import AuditRow
from tests.support.makers import BEGAN, Sample, an_issued_duty, monthly_terms, open_all, the_assignment
from tests.support.visits import Moment, Visit

FIRST, LAST = date(2023, 2, 6), date(2023, 2, 10)


@pytest.fixture
def owed(works: Works, office: Sample) -> int:
    """A report of Bình's school; Hà of another school, which owes one too, stands in for Bình from Monday to Friday."""
    an_issued_duty(works.db, monthly_terms(("hoa-sen", "song-xanh")))
    open_all(works.db, BEGAN)
    with works.db.transaction() as session:
        appoint_substitute(
            session, office.people["binh"], office.people["ha"], By("binh", BEGAN), text="nghỉ phép",
            valid_from=FIRST, valid_to=LAST,
        )  # fmt: skip
        appoint_substitute(
            session, office.people["mai"], office.people["binh"], By("mai", BEGAN), text="đi công tác",
            valid_from=FIRST, valid_to=LAST,
        )  # fmt: skip
    return the_assignment(works.db, office.units["hoa-sen"], "2023-02")


@pytest.mark.parametrize(("day", "allowed"), [(3, False), (6, True), (10, True), (11, False)])
def test_a_mandate_opens_the_work_for_its_days(
    visit: Visit, moment: Moment, owed: int, day: int, allowed: bool
) -> None:
    moment.is_on(day)
    answer = visit("ha").get(f"/viec/{owed}")
    assert (answer.status_code == 200) is allowed
    assert ("thay mặt Nguyễn Văn Bình" in answer.text) is allowed


def test_what_is_done_under_a_mandate_says_so_in_the_trail(
    visit: Visit, moment: Moment, works: Works, owed: int
) -> None:
    moment.is_on(7)
    assert visit("ha").post(f"/viec/{owed}/nhan").status_code == 303
    with works.db.read() as session:
        [line] = session.exec(select(AuditRow).where(AuditRow.action == "receive")).all()
    assert (line.actor, line.cause) == ("ha", "thay mặt Nguyễn Văn Bình theo ủy quyền: nghỉ phép")


def test_work_a_program_gives_to_somebody_elsewhere_under_a_mandate_says_so_too(
    visit: Visit, moment: Moment, works: Works, office: Sample, owed: int
) -> None:
    theirs = the_assignment(works.db, office.units["song-xanh"], "2023-02")
    moment.is_on(7)
    for work, person in ((theirs, "ha"), (owed, "binh")):
        at = f"/api/v1/assignments/{work}/entrust"
        assert visit("binh").post(at, json={"person_id": office.people[person]}).status_code == 200
    with works.db.read() as session:
        lines = session.exec(select(AuditRow).where(AuditRow.action == "entrust")).all()
    assert [line.cause for line in lines] == ["thay mặt Trần Thị Mai theo ủy quyền: đi công tác", ""]


def test_a_change_of_the_calendar_names_its_notice_and_the_mandate(
    visit: Visit, moment: Moment, works: Works, owed: int
) -> None:
    moment.is_on(7)
    form = {"tu_ngay": "14/02/2023", "loai": "off", "ly_do": "nghỉ bão", "nguon": "Thông báo 5"}
    shown = visit("binh").post("/lich", data=form).text
    [seen] = re.findall(r'name="da_xem" value="(\w+)"', shown)
    assert visit("binh").post("/lich", data={**form, "luu": "1", "da_xem": seen}).status_code == 303
    with works.db.read() as session:
        [line] = session.exec(select(AuditRow).where(AuditRow.action == "change_calendar")).all()
    assert line.cause == "Thông báo 5; thay mặt Trần Thị Mai theo ủy quyền: đi công tác"


def test_what_ones_own_position_allows_names_no_mandate(
    visit: Visit, moment: Moment, works: Works, owed: int
) -> None:
    moment.is_on(7)
    assert visit("binh").post(f"/viec/{owed}/nhan").status_code == 303  # Bình also stands in for Mai
    with works.db.read() as session:
        [line] = session.exec(select(AuditRow).where(AuditRow.action == "receive")).all()
    assert (line.actor, line.cause) == ("binh", "")


def test_a_mandate_is_not_passed_on(visit: Visit, moment: Moment, owed: int) -> None:
    moment.is_on(7)
    assert visit("binh").get("/van-ban/moi").status_code == 200  # for Mai
    assert visit("ha").get("/van-ban/moi").status_code == 404  # for Bình alone
