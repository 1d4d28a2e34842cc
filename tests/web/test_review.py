"""The clerk decides drafts beside the source text and issues them."""

import re
from html import unescape
from pathlib import Path

import pytest
from sqlmodel import select

from domain.duty import DraftStatus, Duty
from runtime.works import Works
from store.tables import AssignmentRow, DirectiveRow, DraftRow, DutyRow
from tests.support.makers import TEXT, Sample, a_directive
from tests.support.shared import shared
from tests.support.visits import Visit

HTMX = {"HX-Request": "true"}


@pytest.fixture
def directive(works: Works, office: Sample) -> int:
    return a_directive(works.db)


def drafts(works: Works, directive: int) -> list[DraftRow]:
    with works.db.transaction() as session:
        question = select(DraftRow).where(DraftRow.directive_id == directive).order_by(DraftRow.id)  # type: ignore[arg-type]
        return list(session.exec(question).all())


def duties(works: Works) -> list[Duty]:
    with works.db.transaction() as session:
        return list(session.exec(select(DutyRow)).all())


def plain(page: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))


def test_the_page_shows_the_whole_text_and_links_it_with_the_drafts(
    visit: Visit, works: Works, directive: int
) -> None:
    page = visit("mai").get(f"/van-ban/{directive}").text
    for draft in drafts(works, directive):
        assert f'id="nguon-{draft.id}"' in page
        assert f'id="noi-dung-{draft.id}"' in page
    assert source(page).strip() == TEXT.strip()


def source(page: str) -> str:
    """The text of the source as the page shows it, without the anchors beside it."""
    shown = page.partition('class="dd-source__text"')[2].partition("</div>")[0].partition(">")[2]
    return unescape(re.sub(r"<a [^>]*>[§⚠]</a>|<[^>]+>", "", shown))


def test_a_draft_says_what_is_missing_and_is_not_approved_without_it(
    visit: Visit, works: Works, directive: int
) -> None:
    clerk, waiting = visit("mai"), drafts(works, directive)[1]
    page = plain(clerk.get(f"/van-ban/{directive}").text)
    assert "thiếu thời hạn" in page
    answer = clerk.post(f"/noi-dung/{waiting.id}/duyet", data=form(lead="Tổ Tổng hợp"))
    assert answer.status_code == 422
    assert "Hãy ghi thời hạn" in answer.text
    assert drafts(works, directive)[1].status is DraftStatus.PROPOSED


def form(**fields: str) -> dict[str, str]:
    return {"version": "1", "review": "rules", **fields}


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"deadline": "khi nào xong thì xong"}, "Chưa hiểu thời hạn"),
        ({"deadline": "31/11/2023"}, "31/11/2023"),
        ({"deadline": "15/3/2023", "lead": "Trường Không Có"}, "Không có đơn vị “Trường Không Có”"),
        ({"deadline": "15/3/2023", "lead": ""}, "Hãy chọn đơn vị"),
        ({"deadline": "15/3/2023", "pack": "khong-co"}, "Không có biểu mẫu này"),
        ({"deadline": "15/3/2023", "review": "admin"}, "Hãy chọn ai duyệt"),
    ],
)
def test_an_answer_nobody_can_act_on_is_said_and_kept(
    visit: Visit, works: Works, directive: int, fields: dict[str, str], said: str
) -> None:
    waiting = drafts(works, directive)[1]
    data = form(**{"lead": "Tổ Tổng hợp", "title": "Rà soát gấp"} | fields)
    answer = visit("mai").post(f"/noi-dung/{waiting.id}/duyet", data=data, headers=HTMX)
    assert answer.status_code == 422
    assert said in answer.text
    assert 'value="Rà soát gấp"' in answer.text
    assert answer.text.count("<article") == 1, "htmx gets the card alone"
    assert drafts(works, directive)[1].version == 1


@pytest.mark.parametrize(
    ("deadline", "repeat", "stated", "dates"),
    [
        ("15/3/2023", "none", "2023-03-15", "15/03/2023"),
        ("trước ngày 15 hằng tháng", "monthly", "day<15", "14/02/2023, 14/03/2023, 14/04/2023"),
        ("hết quý II", "none", "2023-Q2", "30/06/2023"),
        ("thường xuyên", "continuous", "", "thường xuyên"),
    ],
)
def test_a_deadline_is_written_as_a_document_writes_it_and_marked_as_added(
    visit: Visit, works: Works, directive: int, deadline: str, repeat: str, stated: str, dates: str
) -> None:
    waiting = drafts(works, directive)[1]
    data = form(lead="Tổ Tổng hợp", deadline=deadline)
    card = visit("mai").post(f"/noi-dung/{waiting.id}/duyet", data=data, headers=HTMX)
    assert card.status_code == 200
    assert dates in plain(card.text)
    assert "Văn phòng bổ sung thời hạn" in plain(card.text)
    terms = drafts(works, directive)[1].terms
    assert terms is not None
    assert (terms["schedule"]["repeat"], terms["schedule"]["stated"]) == (repeat, stated)
    assert terms["added"] == ["deadline"]


def test_a_group_named_as_lead_gives_every_school_its_work(
    visit: Visit, works: Works, directive: int
) -> None:
    waiting = drafts(works, directive)[1]
    data = form(lead="các trường; Tổ Tổng hợp", deadline="15/3/2023")
    visit("mai").post(f"/noi-dung/{waiting.id}/duyet", data=data)
    terms = drafts(works, directive)[1].terms
    assert terms is not None
    assert [a["unit"] for a in terms["assignees"]] == ["hoa-sen", "song-xanh", "anh-duong", "th"]
    assert terms["added"] == ["lead", "deadline"]


def test_two_clerks_decide_one_draft_and_the_second_is_told(
    visit: Visit, works: Works, directive: int
) -> None:
    clerk, waiting = visit("mai"), drafts(works, directive)[1]
    clerk.post(f"/noi-dung/{waiting.id}/bo", data={"version": "1", "reason": "Đã làm năm trước"})
    second = clerk.post(f"/noi-dung/{waiting.id}/duyet", data=form(lead="Tổ Tổng hợp", deadline="15/3/2023"))
    assert second.status_code == 409
    assert "vừa được người khác thay đổi" in second.text
    assert drafts(works, directive)[1].status is DraftStatus.DISCARDED
    assert "Đã làm năm trước" in clerk.get(f"/van-ban/{directive}").text


def test_discarding_needs_a_reason(visit: Visit, works: Works, directive: int) -> None:
    waiting = drafts(works, directive)[1]
    answer = visit("mai").post(f"/noi-dung/{waiting.id}/bo", data={"version": "1", "reason": " "})
    assert answer.status_code == 422
    assert "Hãy ghi lý do" in answer.text
    assert drafts(works, directive)[1].status is DraftStatus.PROPOSED


def test_issuing_says_beforehand_what_it_will_do_and_then_does_just_that(
    visit: Visit, works: Works, directive: int
) -> None:
    clerk, first = visit("mai"), drafts(works, directive)[0]
    assert "sẽ nhận" not in clerk.get(f"/van-ban/{directive}").text
    clerk.post(
        f"/noi-dung/{first.id}/duyet", data=form(lead="Các trường", deadline="trước ngày 15 hằng tháng")
    )
    assert "3 đơn vị sẽ nhận 1 việc mới" in plain(clerk.get(f"/van-ban/{directive}").text)
    clerk.post(f"/noi-dung/{first.id + 1}/bo", data={"version": "1", "reason": "Đã xong"})
    before = plain(clerk.get(f"/van-ban/{directive}/giao").text)
    assert "3 đơn vị sẽ nhận 1 việc mới" in before
    assert "Thư đầu tiên đi ngày 09/02/2023" in before
    for _ in range(2):
        assert clerk.post(f"/van-ban/{directive}/giao").status_code == 303
    assert [duty.added for duty in duties(works)] == [[]]
    with works.db.read() as session:
        assert len(session.exec(select(AssignmentRow)).all()) == 3, (
            "open at once, without waiting for the clock"
        )
    assert "Đã giao" in clerk.get(f"/van-ban/{directive}").text


def test_all_complete_drafts_are_approved_together_and_the_others_wait(
    visit: Visit, works: Works, directive: int
) -> None:
    clerk = visit("mai")
    clerk.post(f"/van-ban/{directive}/duyet-du")
    assert [d.status for d in drafts(works, directive)] == [DraftStatus.APPROVED, DraftStatus.PROPOSED]
    assert "1 nội dung chờ duyệt" in plain(clerk.get("/van-phong").text)


def test_a_pasted_directive_becomes_drafts_and_the_same_text_again_is_the_same(
    visit: Visit, works: Works
) -> None:
    clerk = visit("mai")
    text = "Số: 15/KH-PGDĐT\n\nKẾ HOẠCH\n\n1. Tổ Tổng hợp lập danh sách trước ngày 15/3/2023.\n"
    first = clerk.post("/van-ban/moi", data={"van_ban": text})
    again = clerk.post("/van-ban/moi", files={"tep": ("ke-hoach.txt", text.encode())})
    assert first.headers["location"] == again.headers["location"]
    assert "lập danh sách" in clerk.get(first.headers["location"]).text


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"data": {"van_ban": "  "}}, "chưa có gì để đọc"),
        ({"files": {"tep": ("a.txt", b"")}}, "rỗng"),
        ({"files": {"tep": ("anh.pdf", b"MZ\x90\x00 not a pdf")}}, "anh.pdf"),
        ({"data": {"van_ban": "MẬT\n\nSố: 1/KH\nNội dung"}}, "mật"),
    ],
)
def test_what_is_no_readable_directive_is_refused_in_words_and_not_kept(
    visit: Visit, works: Works, sent: dict[str, object], said: str
) -> None:
    answer = visit("mai").post("/van-ban/moi", **sent)
    assert answer.status_code == 422
    assert said in answer.text.casefold()
    with works.db.read() as session:
        assert session.exec(select(DirectiveRow.id)).all() == []


def test_a_real_plan_is_taken_in_and_shown(visit: Visit, works: Works) -> None:
    plan: Path = shared("directives") / "uong-bi-ke-hoach-95-2023.txt"
    clerk = visit("mai")
    taken = clerk.post("/van-ban/moi", files={"tep": (plan.name, plan.read_bytes())})
    page = clerk.get(taken.headers["location"]).text
    assert page.count("<article") > 50


NUMBERED = (
    "ỦY BAN NHÂN DÂN\n\nSố: 77/KH-UBND\n\nBến Sông, ngày 02 tháng 02 năm 2023\n\nKẾ HOẠCH\nVề an toàn\n\n"
    "II. NHIỆM VỤ\n\n- Tổ Tổng hợp {what} trước ngày 15/3/2023.\n"
)


def test_nothing_to_read_is_said_in_so_many_words(visit: Visit) -> None:
    answer = visit("mai").post("/van-ban/moi", data={"van_ban": "  "})
    assert answer.status_code == 422
    assert "Chưa có gì để đọc" in answer.text


@pytest.mark.parametrize(("said", "left"), [("thay", 1), ("giu", 2)])
def test_another_text_under_a_known_number_asks_and_keeps_what_was_pasted(
    visit: Visit, works: Works, said: str, left: int
) -> None:
    clerk = visit("mai")
    clerk.post("/van-ban/moi", data={"van_ban": NUMBERED.format(what="rà soát bếp ăn")})
    other = {"van_ban": NUMBERED.format(what="kiểm tra hệ thống điện")}
    asked = clerk.post("/van-ban/moi", data=other)
    assert asked.status_code == 409
    assert "kiểm tra hệ thống điện" in asked.text
    assert "Thay văn bản cũ" in asked.text
    assert (
        clerk.post("/van-ban/moi", data={**other, "cung_so": said}, follow_redirects=False).status_code == 303
    )
    with works.db.read() as session:
        waiting = session.exec(select(DraftRow).where(DraftRow.status == "proposed")).all()
    assert len(waiting) == left
