"""The clerk decides drafts beside the source text and issues them."""

import gzip
import re
from html import unescape
from pathlib import Path

import pytest
from sqlmodel import select

from domain.duty import DraftStatus, Duty, DutyTerms
from runtime.works import Works
from store.tables import AssignmentRow, DirectiveRow, DraftRow, DutyRow, OccurrenceRow, PassageRow
from tests.support.makers import TEXT, Sample, a_directive
from tests.support.shared import shared
from tests.support.statements import questions
from tests.support.visits import Moment, Visit

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
    return unescape(re.sub(r"<a [^>]*>§</a>|<span class=.dd-doubt[^>]*>⚠</span>|<[^>]+>", "", shown))


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
        (
            {"deadline": "15/3/2023", "lead": "Trường Không Có"},
            "Cơ quan không có đơn vị nào tên “Trường Không Có”",
        ),
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
    short = visit("mai").post("/van-ban/moi", data={"van_ban": "Kế hoạch"})
    assert (short.status_code, "Văn bản chỉ có 2 từ" in short.text) == (422, True)
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


# --- what is missing ---------------------------------------------------------------------------------------


def test_a_gap_is_shown_with_proposals_and_reasons_and_nothing_is_chosen(
    visit: Visit, works: Works, directive: int
) -> None:
    waiting = drafts(works, directive)[1]
    page = visit("mai").get(f"/van-ban/{directive}").text
    card = page.partition(f'id="noi-dung-{waiting.id}"')[2].partition("</article>")[0]
    assert "31/03/2023 – văn bản không nêu hạn; hết quý I/2023" in plain(card).replace(" – ", " – ")
    assert "checked" not in card


def test_a_picked_proposal_counts_before_what_stands_in_the_field(
    visit: Visit, works: Works, directive: int
) -> None:
    waiting = drafts(works, directive)[1]
    data = {"version": "1", "chon.deadline": "31/03/2023", "deadline": ""}
    visit("mai").post(f"/noi-dung/{waiting.id}/duyet", data=data)
    terms = drafts(works, directive)[1].terms
    assert terms is not None
    assert (terms["schedule"]["stated"], terms["added"]) == ("2023-03-31", ["deadline"])


def test_approving_a_card_as_it_stands_leaves_every_field_as_it_was_read(
    visit: Visit, works: Works, directive: int
) -> None:
    before = drafts(works, directive)[0]
    visit("mai").post(f"/noi-dung/{before.id}/duyet", data={"version": "1"})
    after = drafts(works, directive)[0]
    assert (after.status, after.added) == (DraftStatus.APPROVED, [])
    assert (after.terms or {})["schedule"] == (before.terms or {})["schedule"]


def test_product_and_measure_are_kept_and_a_form_proposed_as_measure_is_asked_for(
    visit: Visit, works: Works, directive: int
) -> None:
    first, second = drafts(works, directive)
    data = form(deadline="15/3/2023", product="  kế hoạch  sửa chữa ", measure="mọi phòng được xem")
    visit("mai").post(f"/noi-dung/{second.id}/duyet", data=data)
    terms = drafts(works, directive)[1].terms
    assert terms is not None
    assert (terms["product"], terms["measure"]) == ("kế hoạch sửa chữa", "mọi phòng được xem")
    assert terms["added"] == ["deadline", "product", "measure"]
    pack = next(iter(works.packs))
    visit("mai").post(f"/noi-dung/{first.id}/duyet", data={"version": "1", "chon.measure": pack})
    terms = drafts(works, directive)[0].terms
    assert terms is not None
    assert (terms["pack"], terms["measure"]) == (pack, "")


@pytest.mark.parametrize(
    ("typed", "kept"), [("Dịch bệnh:  phức tạp", {"name": "Dịch bệnh", "state": "phức tạp"}), ("", None)]
)
def test_a_draft_is_made_the_plan_of_a_situation(
    visit: Visit, works: Works, directive: int, typed: str, kept: object
) -> None:
    first = drafts(works, directive)[0]
    visit("mai").post(f"/noi-dung/{first.id}/duyet", data={"version": "1", "plans_for": typed})
    after = drafts(works, directive)[0]
    assert (after.terms or {})["plans_for"] == kept
    assert ("plans_for" in after.added) is (kept is not None)
    assert ("kịch bản cho tình huống" in visit("mai").get(f"/noi-dung/{first.id}").text) is (kept is not None)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ({"ending": "superior"}, {"for_superior": True, "cascade": False}),
        ({"ending": "plans"}, {"for_superior": False, "cascade": True}),
        ({"force": "request"}, {"force": "request"}),
        (
            {"situation": "dịch bệnh: phức tạp", "deadline": "thường xuyên"},
            {"situation": {"name": "dịch bệnh", "state": "phức tạp"}, "kind": "standing"},
        ),
        ({"deadline": "khi có yêu cầu của Sở"}, {"kind": "dormant"}),
    ],
)
def test_a_clerk_says_what_kind_of_duty_it_is(
    visit: Visit, works: Works, directive: int, typed: dict[str, str], kept: dict[str, object]
) -> None:
    first = drafts(works, directive)[0]
    visit("mai").post(f"/noi-dung/{first.id}/duyet", data={"version": "1", **typed})
    after = drafts(works, directive)[0]
    assert {name: (after.terms or {})[name] for name in kept} == kept
    assert {"superior": "for_superior", "plans": "cascade"}.get(typed.get("ending", ""), "") in (
        *after.added,
        "",
    )


def test_a_situation_without_its_state_is_refused_at_its_field(
    visit: Visit, works: Works, directive: int
) -> None:
    first = drafts(works, directive)[0]
    answer = visit("mai").post(f"/noi-dung/{first.id}/duyet", data={"version": "1", "plans_for": "dịch bệnh"})
    assert (answer.status_code, "như “dịch bệnh: phức tạp”" in answer.text) == (422, True)


def test_orders_of_one_clause_that_lack_the_same_are_given_it_together(visit: Visit, works: Works) -> None:
    lacking = ("rà soát tường rào", "vệ sinh bể nước", "kiểm tra điện")
    orders = "\n\n".join(f"- Tổ Tổng hợp {what}." for what in lacking)
    text = f"{PLAN}\n3. Công tác khác\n\n{orders}\n\n- Tổ Tổng hợp sơn cửa trước ngày 25/3/2023.\n"
    clerk = visit("mai")
    place = clerk.post("/van-ban/moi", data={"van_ban": text}).headers["location"]
    directive = int(place.rpartition("/")[2])
    assert clerk.get(place).text.count("Duyệt cả 3 nội dung mục II.3 đang thiếu như vậy") == 3
    first = next(one for one in drafts(works, directive) if "tường rào" in one.quote)
    data = {"version": "1", "deadline": "31/3/2023", "cung_muc": "1"}
    answer = clerk.post(f"/noi-dung/{first.id}/duyet", data=data, headers=HTMX)
    assert answer.headers["HX-Refresh"] == "true"
    approved = [one for one in drafts(works, directive) if one.status is DraftStatus.APPROVED]
    assert [(one.title, one.schedule.stated, one.added) for one in map(terms_of, approved)] == [
        (f"Tổ Tổng hợp {what}", "2023-03-31", ("deadline",)) for what in lacking
    ]


def terms_of(draft: DraftRow) -> DutyTerms:
    return DutyTerms.model_validate(draft.terms)


def test_a_field_longer_than_any_name_is_refused(visit: Visit, works: Works, directive: int) -> None:
    answer = visit("mai").post(
        f"/noi-dung/{drafts(works, directive)[0].id}/duyet", data=form(title="x" * 1001)
    )
    assert answer.status_code == 422
    assert "Dài quá 1000 ký tự" in answer.text


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("trước ngày 15/3/2023", "thứ Ba, 14/03/2023"),
        ("trong 5 ngày làm việc kể từ ngày nhận", "08/02/2023"),
        ("trước ngày 15/1/2023", "Ngày này đã qua"),
        ("hôm nào đó", "Chưa ra được một ngày"),
        ("", ""),
    ],
)
def test_a_deadline_typed_beside_a_draft_is_answered_by_the_days_of_its_document(
    visit: Visit, works: Works, directive: int, typed: str, said: str
) -> None:
    draft = drafts(works, directive)[1]
    answer = visit("mai").get(f"/noi-dung/{draft.id}/thoi-han", params={"deadline": typed}, headers=HTMX)
    assert answer.status_code == 200
    assert said in plain(answer.text)


# --- taking apart and putting together -----------------------------------------------------------------------


def test_a_draft_is_split_at_a_place_of_its_words_and_merged_again(
    visit: Visit, works: Works, directive: int
) -> None:
    clerk, survey = visit("mai"), drafts(works, directive)[1]
    card = clerk.get(f"/noi-dung/{survey.id}?mo=tach").text
    place = TEXT.index("báo cáo Phòng")
    assert f'value="{place}"> <span>“báo cáo Phòng.”' in card
    parted = clerk.post(f"/noi-dung/{survey.id}/tach", data={"version": "1", "at": str(place)})
    one, other = (d for d in drafts(works, directive) if d.came_from == [survey.id])
    assert parted.headers["location"] == f"/van-ban/{directive}#noi-dung-{one.id}"
    assert [one.quote, other.quote] == ["2. Tổ Tổng hợp rà soát cơ sở vật chất,", "báo cáo Phòng."]
    assert f'value="{other.id}" checked' in clerk.get(f"/noi-dung/{one.id}?mo=gop").text
    clerk.post(f"/noi-dung/{one.id}/gop", data={"version": "1", "other": str(other.id)})
    assert drafts(works, directive)[-1].quote == survey.quote
    assert clerk.get(f"/van-ban/{directive}").text.count("<article") == 2
    assert clerk.get(f"/noi-dung/{one.id}").status_code == 404, "its words are carried by another draft"


@pytest.mark.parametrize(
    ("verb", "sent", "status", "said"),
    [
        ("tach", {}, 422, "Hãy chọn chỗ tách"),
        ("tach", {"at": "0"}, 409, "Chỗ tách phải nằm giữa"),
        ("tach", {"at": "2147483647"}, 409, "Chỗ tách phải nằm giữa"),
        ("gop", {}, 422, "Hãy chọn nội dung để gộp"),
        ("gop", {"other": "1"}, 409, "hai nội dung khác nhau"),
        ("gop", {"other": "999"}, 404, "Không có nội dung này"),
        ("quyet-dinh-lai", {}, 409, "chưa được quyết định"),
        ("ky-dau", {"first": "2023-03-01"}, 409, "chưa được quyết định"),
    ],
)
def test_what_cannot_be_taken_apart_or_put_together_is_said(
    visit: Visit, works: Works, directive: int, verb: str, sent: dict[str, str], status: int, said: str
) -> None:
    answer = visit("mai").post(f"/noi-dung/1/{verb}", data={"version": "1", **sent})
    assert answer.status_code == status
    assert said in answer.text
    assert [d.version for d in drafts(works, directive)] == [1, 1]


def test_a_decision_is_taken_back_until_it_is_issued(visit: Visit, works: Works, directive: int) -> None:
    clerk = visit("mai")
    clerk.post(f"/van-ban/{directive}/duyet-du")
    assert "Quyết định lại" in clerk.get(f"/van-ban/{directive}?xem=da-duyet").text
    card = clerk.post("/noi-dung/1/quyet-dinh-lai", data={"version": "2"}, headers=HTMX)
    assert "data-waits" in card.text
    assert drafts(works, directive)[0].status is DraftStatus.PROPOSED


# --- passages and names --------------------------------------------------------------------------------------

PLAN = (
    "ỦY BAN NHÂN DÂN\n\nSố: 78/KH-UBND\n\nBến Sông, ngày 02 tháng 02 năm 2023\n\nKẾ HOẠCH\nVề an toàn\n\n"
    "I. TÌNH HÌNH\n\nNăm qua các trường đã có nhiều cố gắng.\n\nII. NHIỆM VỤ\n\n"
    "1. Bộ phận Một cửa lập danh sách trước ngày 15/3/2023.\n\n2. Bộ phận Một cửa gửi danh sách trước ngày 20/3/2023.\n"
)


@pytest.fixture
def plan(visit: Visit, office: Sample) -> int:
    taken = visit("mai").post("/van-ban/moi", data={"van_ban": PLAN})
    return int(taken.headers["location"].rpartition("/")[2])


def passage(works: Works, words: str) -> PassageRow:
    with works.db.read() as session:
        found = session.exec(select(PassageRow)).all()
        return next(one for one in found if words in PLAN[one.start : one.end])


def test_a_passage_read_as_background_becomes_a_draft_or_another_kind(
    visit: Visit, works: Works, plan: int
) -> None:
    clerk, aside = visit("mai"), passage(works, "cố gắng")
    assert "cố gắng" in clerk.get(f"/van-ban/{plan}?xem=boi-canh").text.partition("dd-drafts")[2]
    assert 'value="background" selected' in clerk.get(f"/doan/{aside.id}").text
    clerk.post(f"/doan/{aside.id}/loai", data={"version": "1", "kind": "task"})
    page = plain(clerk.get(f"/van-ban/{plan}?xem=chua-phan-loai").text)
    assert "1 đoạn" in page
    assert "chưa có nội dung nào" in page
    assert "hãy thêm nội dung hoặc phân loại lại" in clerk.get(f"/van-ban/{plan}/giao").text
    made = clerk.post(f"/doan/{aside.id}/noi-dung", data={"version": "2"})
    draft = drafts(works, plan)[-1]
    assert made.headers["location"] == f"/van-ban/{plan}#noi-dung-{draft.id}"
    assert draft.quote == "Năm qua các trường đã có nhiều cố gắng."
    assert "0 đoạn" in plain(clerk.get(f"/van-ban/{plan}?xem=chua-phan-loai").text)
    stale = clerk.post(f"/doan/{aside.id}/loai", data={"version": "1", "kind": "background"})
    assert (stale.status_code, "vừa được người khác" in stale.text) == (409, True)


def test_a_wording_is_taught_once_and_every_waiting_draft_is_proposed_again(
    visit: Visit, works: Works, plan: int
) -> None:
    clerk = visit("mai")
    page = clerk.get(f"/van-ban/{plan}").text
    assert page.count("Ghi nhớ “Bộ phận Một cửa” là đơn vị nào") == 2
    asked = re.search(r'href="(/van-ban/\d+/cach-goi\?goi=[^"]+)"', page)
    assert asked
    assert 'value="Bộ phận Một cửa"' in clerk.get(asked[1]).text
    url = f"/van-ban/{plan}/cach-goi"
    wrong = clerk.post(url, data={"wording": "Bộ phận Một cửa", "units": "Trường Không Có"})
    assert (wrong.status_code, "Cơ quan không có đơn vị nào tên “Trường Không Có”" in wrong.text) == (
        422,
        True,
    )
    assert clerk.post(url, data={"wording": "Bộ phận Một cửa"}).status_code == 422
    taught = clerk.post(url, data={"wording": "Bộ phận Một cửa", "units": "Tổ Tổng hợp"})
    assert "2 nội dung đang chờ được đề xuất lại" in plain(clerk.get(taught.headers["location"]).text)
    assert all(d.terms and d.terms["assignees"][0]["unit"] == "th" for d in drafts(works, plan))


# --- before issuing ------------------------------------------------------------------------------------------


def test_issuing_is_refused_with_a_link_to_each_thing_that_waits(
    visit: Visit, works: Works, directive: int
) -> None:
    clerk = visit("mai")
    clerk.post(f"/van-ban/{directive}/duyet-du")
    page = clerk.get(f"/van-ban/{directive}/giao").text
    assert f'href="/van-ban/{directive}#noi-dung-2">Nội dung mục III.2' in page
    assert "còn 1 điều phải quyết định" in page
    refused = clerk.post(f"/van-ban/{directive}/giao")
    assert (refused.status_code, "còn 1 điều phải quyết định" in refused.text) == (409, True)
    assert duties(works) == []


def test_the_steps_before_the_first_deadline_stand_with_their_days(
    visit: Visit, works: Works, directive: int
) -> None:
    clerk = visit("mai")
    clerk.post(f"/van-ban/{directive}/duyet-du")
    steps = [{"name": "Các đơn vị gửi", "parts": True}, {"name": "Lãnh đạo ký"}]
    with works.db.transaction() as session:
        row = session.get_one(DraftRow, 1)
        row.terms = {**(row.terms or {}), "chain": {"steps": steps}}
    page = plain(clerk.get(f"/van-ban/{directive}/giao").text)
    assert "Các đơn vị gửi: 13/02/2023 (các đơn vị gửi)" in page
    assert "Lãnh đạo ký: 14/02/2023" in page


def test_what_would_be_overdue_at_once_is_told_and_may_begin_later(
    visit: Visit, works: Works, directive: int, moment: Moment
) -> None:
    moment.is_on(20)
    clerk = visit("mai")
    clerk.post(f"/van-ban/{directive}/duyet-du")
    page = plain(clerk.get(f"/van-ban/{directive}/giao").text)
    assert "1 việc sẽ quá hạn ngay khi giao" in page
    assert "Thang nhắc của 1 việc: Lúc 08:00: trước hạn 3 ngày làm việc báo" in page
    assert "là dự kiến, chưa có thông báo chính thức" in page
    assert "hạn 14/02/2023 đã qua" in page
    clerk.post("/noi-dung/1/ky-dau", data={"version": "2", "first": "2023-02-15"})
    assert "quá hạn ngay" not in clerk.get(f"/van-ban/{directive}/giao").text
    clerk.post("/noi-dung/2/bo", data={"version": "1", "reason": "trùng"})
    assert clerk.post(f"/van-ban/{directive}/giao").status_code == 303
    with works.db.read() as session:
        assert [one.period for one in session.exec(select(OccurrenceRow)).all()] == [], "March opens in March"


def test_questions_for_the_issuer_stand_together_to_be_copied(visit: Visit) -> None:
    text = (
        PLAN
        + "\n3. Tổ Tổng hợp chủ trì, phối hợp với các đơn vị có liên quan hoàn thành Đề án trước ngày 30/6/2023.\n"
    )
    clerk = visit("mai")
    page = clerk.get(clerk.post("/van-ban/moi", data={"van_ban": text}).headers["location"]).text
    asked = page.partition('id="cau-hoi"')[2].partition("</textarea>")[0]
    assert "hoàn thành Đề án" in asked
    assert "là những đơn vị nào?" in asked


def test_a_doubt_about_the_document_names_its_place(visit: Visit) -> None:
    text = PLAN + "\nTỷ lệ đạt 26/39 = 70,0%.\n"
    clerk = visit("mai")
    page = clerk.get(clerk.post("/van-ban/moi", data={"van_ban": text}).headers["location"]).text
    assert 'href="#cho-1"' in page
    assert 'id="cho-1"' in page
    assert source(page).strip() == text.strip()


def test_a_plan_of_eighty_orders_stays_light_and_asks_the_database_little(visit: Visit, works: Works) -> None:
    text = (shared("directives") / "uong-bi-ke-hoach-95-2023.txt").read_bytes()
    clerk = visit("mai")
    place = clerk.post("/van-ban/moi", files={"tep": ("ke-hoach.txt", text)}).headers["location"]
    with questions(works) as asked:
        page = clerk.get(place)
    assert len([statement for statement in asked if statement != "BEGIN"]) <= 15
    assert len(gzip.compress(page.content)) < 60_000


def test_a_text_without_orders_waits_on_the_board_until_it_is_put_away(visit: Visit) -> None:
    clerk = visit("mai")
    place = clerk.post("/van-ban/moi", data={"van_ban": "Kính mời dự buổi gặp mặt cuối năm."}).headers[
        "location"
    ]
    assert "chưa có nội dung giao việc nào" in clerk.get("/van-phong").text
    assert "Không đọc được nội dung giao việc nào" in clerk.get(place).text
    refused = clerk.post(f"{place}/bo", data={"reason": ""})
    assert (refused.status_code, "Hãy ghi lý do bỏ văn bản" in refused.text) == (422, True)
    assert clerk.post(f"{place}/bo", data={"reason": "giấy mời"}).status_code == 303
    assert "Văn bản này đã bỏ" in clerk.get(place).text
    assert place not in clerk.get("/van-phong").text


def test_a_directive_with_issued_work_is_not_put_away(visit: Visit, directive: int) -> None:
    clerk = visit("mai")
    clerk.post(f"/van-ban/{directive}/duyet-du")
    clerk.post("/noi-dung/2/bo", data={"version": "1", "reason": "đã xong"})
    clerk.post(f"/van-ban/{directive}/giao")
    refused = clerk.post(f"/van-ban/{directive}/bo", data={"reason": "nhầm"})
    assert (refused.status_code, "đã giao việc" in refused.text) == (422, True)
    assert f"/van-ban/{directive}/bo" not in clerk.get(f"/van-ban/{directive}").text


def test_before_the_first_work_the_board_shows_the_next_of_three_steps(visit: Visit, directive: int) -> None:
    clerk = visit("mai")
    assert f'<a class="govuk-button" href="/van-ban/{directive}">' in clerk.get("/van-phong").text
    clerk.post(f"/van-ban/{directive}/duyet-du")
    clerk.post("/noi-dung/2/bo", data={"version": "1", "reason": "đã xong"})
    assert f'<a class="govuk-button" href="/van-ban/{directive}/giao">' in clerk.get("/van-phong").text
    clerk.post(f"/van-ban/{directive}/giao")
    assert "Ba bước" not in clerk.get("/van-phong").text
    assert "Ba bước" not in visit("dung").get("/van-phong").text
