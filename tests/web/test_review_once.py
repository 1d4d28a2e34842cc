"""What several drafts lack is asked once, and nothing is issued by the answer."""

from collections.abc import Sequence

import pytest
from sqlmodel import col, select

from domain.duty import DraftStatus, DutyTerms, Review
from runtime.works import Works
from store.tables import DraftRow, DutyRow
from tests.support.makers import Sample
from tests.support.visits import Visit
from web.once import EACH

TEXT = (
    "KẾT LUẬN\n\nThường trực yêu cầu UBND Quận thực hiện:\n\n"
    "- UBND Quận xây dựng kế hoạch sửa chữa trường học.\n\n"
    "- UBND Quận kiểm tra bếp ăn trong các trường.\n\n"
    "- UBND Quận tổ chức tập huấn trước ngày 25/3/2023.\n"
)
ANSWERS = {"unit:UBND Quận": "Tổ Tổng hợp", "deadline": "31/3/2023", "since": "01/02/2023"}


@pytest.fixture
def place(visit: Visit, office: Sample) -> str:
    return str(visit("mai").post("/van-ban/moi", data={"van_ban": TEXT}).headers["location"])


def drafts(works: Works) -> Sequence[DraftRow]:
    with works.db.read() as session:
        return session.exec(select(DraftRow).order_by(col(DraftRow.start))).all()


def marks(works: Works) -> list[str]:
    return [f"{one.id}.{one.version}" for one in drafts(works)]


def test_each_thing_that_is_lacking_is_asked_once_and_nothing_is_picked(visit: Visit, place: str) -> None:
    page = visit("mai").get(place).text
    form = page.partition('id="mot-lan"')[2].partition("</form>")[0]
    assert "Trả lời một lần cho 3 nội dung còn thiếu" in form
    assert form.count("“UBND Quận” là đơn vị nào của cơ quan?") == 1
    assert form.count("Thời hạn nào?") == 1
    assert form.count("Giao từ ngày nào?") == 1
    assert not any("checked" in tag for tag in form.split("<") if 'type="radio"' in tag)


def test_one_answer_completes_all_marked_and_a_deadline_of_the_text_stays(
    visit: Visit, works: Works, place: str
) -> None:
    answer = visit("mai").post(f"{place}/mot-lan", data={**ANSWERS, "muc": marks(works)})
    assert answer.headers["location"] == place
    assert [one.status for one in drafts(works)] == [DraftStatus.APPROVED] * 3
    terms = [DutyTerms.model_validate(one.terms) for one in drafts(works)]
    assert [one.schedule.stated for one in terms] == ["2023-03-31", "2023-03-31", "2023-03-25"]
    assert {a.unit for one in terms for a in one.assignees} == {"th"}
    assert [one.added for one in terms] == [("lead", "deadline"), ("lead", "deadline"), ("lead",)]
    with works.db.read() as session:
        assert session.exec(select(DutyRow)).all() == [], "nothing is issued by answering"


def test_what_is_not_marked_and_what_still_lacks_something_waits_on(
    visit: Visit, works: Works, place: str
) -> None:
    partly = {**ANSWERS, "deadline": "", "muc": marks(works)[1:]}
    visit("mai").post(f"{place}/mot-lan", data=partly)
    assert [(one.status, one.version) for one in drafts(works)] == [
        (DraftStatus.PROPOSED, 1),
        (DraftStatus.PROPOSED, 1),
        (DraftStatus.APPROVED, 2),
    ]


def test_every_draft_may_be_given_the_first_of_its_own_proposals(
    visit: Visit, works: Works, office: Sample
) -> None:
    text = (
        "KẾ HOẠCH\n\nBến Sông, ngày 02 tháng 02 năm 2023\n\n1. Nhiệm vụ\n\n"
        "- Hoàn thành sửa chữa cổng Trường Tiểu học Hoa Sen trước ngày 15/3/2023.\n\n"
        "- Hoàn thành sửa chữa mái Trường THCS Sông Xanh trước ngày 15/3/2023.\n"
    )
    clerk = visit("mai")
    place = clerk.post("/van-ban/moi", data={"van_ban": text}).headers["location"]
    assert "Theo đề xuất đầu tiên của từng nội dung" in clerk.get(place).text
    clerk.post(f"{place}/mot-lan", data={"chon.lead": EACH, "muc": marks(works)})
    units = [[a["unit"] for a in (one.terms or {})["assignees"]] for one in drafts(works)]
    assert units == [["hoa-sen"], ["song-xanh"]]


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"deadline": "hôm nào đó"}, "Chưa hiểu thời hạn"),
        ({"unit:UBND Quận": "Trường Không Có"}, "Cơ quan không có đơn vị nào tên “Trường Không Có”"),
        ({"since": "mai"}, "Hãy viết ngày như 01/02/2026"),
        ({"since": ""}, "Cần câu trả lời này"),
        ({"muc": []}, "Hãy đánh dấu ít nhất một nội dung"),
    ],
)
def test_an_answer_nobody_can_act_on_approves_nothing_and_is_kept(
    visit: Visit, works: Works, place: str, sent: dict[str, object], said: str
) -> None:
    answer = visit("mai").post(f"{place}/mot-lan", data={**ANSWERS, "muc": marks(works), **sent})
    assert answer.status_code == 422
    assert said in answer.text
    assert all(
        f'value="{typed}"' in answer.text for typed in {**ANSWERS, **sent}.values() if isinstance(typed, str)
    )
    assert [one.status for one in drafts(works)] == [DraftStatus.PROPOSED] * 3


def test_a_draft_somebody_decided_meanwhile_stops_the_answer(visit: Visit, works: Works, place: str) -> None:
    clerk, seen = visit("mai"), marks(works)
    clerk.post(f"/noi-dung/{drafts(works)[0].id}/bo", data={"version": "1", "reason": "đã làm"})
    assert clerk.post(f"{place}/mot-lan", data={**ANSWERS, "muc": seen}).status_code == 409
    assert [one.status for one in drafts(works)[1:]] == [DraftStatus.PROPOSED] * 2


def test_many_unknown_names_are_answered_together_or_each_by_itself(
    visit: Visit, works: Works, office: Sample
) -> None:
    clerk = visit("mai")
    orders = "\n\n".join(
        f"- {who} báo cáo kết quả trước ngày 15/3/2023."
        for who in ("Phòng Tư pháp", "Phòng Nội vụ", "Phòng Y tế")
    )
    text = f"KẾ HOẠCH\n\nBến Sông, ngày 02 tháng 02 năm 2023\n\n1. Nhiệm vụ\n\n{orders}\n"
    place = clerk.post("/van-ban/moi", data={"van_ban": text}).headers["location"]
    assert "3 tên cơ quan không có: giao cho đơn vị nào?" in clerk.get(place).text
    answers = {"unit:": "Tổ Tổng hợp", "unit:Phòng Y tế": "Trường Tiểu học Hoa Sen", "muc": marks(works)}
    clerk.post(f"{place}/mot-lan", data=answers)
    units = [[a["unit"] for a in (one.terms or {})["assignees"]] for one in drafts(works)]
    assert units == [["th"], ["th"], ["hoa-sen"]]


def test_what_the_policy_chose_stays_chosen_while_something_else_is_lacking(
    visit: Visit, works: Works, place: str
) -> None:
    """A form nobody touched is no choice against the policy."""
    (works.settings.home / "policy.yaml").write_text(
        "rules:\n  - {pack: bao-cao-thang, review: person}\n", "utf-8"
    )
    visit("mai").post(f"{place}/mot-lan", data={**ANSWERS, "muc": marks(works)})
    assert {(one.pack, one.review) for one in terms_given(works)} == {("bao-cao-thang", Review.PERSON)}


def terms_given(works: Works) -> list[DutyTerms]:
    return [DutyTerms.model_validate(one.terms) for one in drafts(works) if one.terms]
