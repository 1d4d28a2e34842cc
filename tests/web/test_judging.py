"""A unit sees what the rules will say before it sends, and nothing is kept of asking."""

import pytest
from sqlmodel import select

from runtime.works import Works
from store.tables import SubmissionRow, VerdictRow
from tests.support.makers import BEGAN, Sample, an_issued_duty, monthly_terms, open_all, the_assignment
from tests.support.packs import PACK
from tests.support.visits import Visit

TYPED = {"so.parents": "1.200", "so.cashless": "1.300", "ghi_chu": "xem giúp", "khoa": "a"}
HTMX = {"HX-Request": "true"}


@pytest.fixture
def work(works: Works, office: Sample) -> int:
    folder = works.settings.home / "packs"
    folder.mkdir()
    (folder / "thu-hoc.yaml").write_text(PACK, encoding="utf-8")
    an_issued_duty(works.db, monthly_terms(("hoa-sen", "song-xanh"), pack="thu-hoc"))
    open_all(works.db, BEGAN)
    return the_assignment(works.db, office.units["hoa-sen"], "2023-02")


def test_figures_as_typed_are_judged_and_nothing_is_recorded(visit: Visit, works: Works, work: int) -> None:
    answer = visit("binh").post(f"/viec/{work}/xem-truoc", data=TYPED, headers=HTMX).text
    assert "<strong>1 không đạt</strong>" in answer
    assert "Trong đó không dùng tiền mặt = 1.300 &gt; Số cha mẹ nộp = 1.200" in answer
    assert "Báo cáo sẽ bị trả lại." in answer
    assert "<html" not in answer
    with works.db.read() as session:
        assert session.exec(select(SubmissionRow)).all() == []
        assert session.exec(select(VerdictRow)).all() == []


def test_a_figure_not_typed_yet_leaves_the_rule_open_and_is_named(visit: Visit, work: int) -> None:
    answer = visit("binh").post(f"/viec/{work}/xem-truoc", data={"so.parents": "1.200"}, headers=HTMX).text
    assert "<strong>0 không đạt</strong>" not in answer, "a required figure is missing"
    assert "thiếu Trong đó không dùng tiền mặt" in answer


def test_without_scripts_the_answer_is_a_page_that_can_hand_in_what_was_typed(
    visit: Visit, work: int
) -> None:
    answer = visit("binh").post(f"/viec/{work}/xem-truoc", data=TYPED).text
    assert "<html" in answer
    assert f'action="/viec/{work}/nop"' in answer
    assert 'value="1.300"' in answer
    assert "xem giúp</textarea>" in answer


def test_what_cannot_be_read_is_said_beside(visit: Visit, work: int) -> None:
    answer = visit("binh").post(f"/viec/{work}/xem-truoc", data={"so.parents": "nhiều"}, headers=HTMX).text
    assert "không phải là số" in answer


def test_the_form_offers_it(visit: Visit, work: int) -> None:
    page = visit("binh").get(f"/viec/{work}").text
    assert f'formaction="/viec/{work}/xem-truoc"' in page
