"""Anybody signed in may ask what a phrase about time comes to, and why."""

import re

import pytest

from tests.support.makers import Sample
from tests.support.visits import Visit

pytestmark = pytest.mark.usefixtures("office")


def said(page: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.partition('id="ket-qua"')[2]))


@pytest.mark.parametrize(
    ("asked", "answer"),
    [
        ("cum-tu=trước ngày 15 hằng tháng&ngay-van-ban=02/11/2026", "Hạn cuối: thứ Bảy, 14/11/2026"),
        ("cum-tu=trước ngày 15 hằng tháng&ngay-van-ban=02/11/2026&ngay-nghi=truoc", "thứ Sáu, 13/11/2026"),
        ("cum-tu=trong 5 ngày làm việc kể từ ngày nhận&ngay-nhan=2026-02-03", "10/02/2026"),
        ("cum-tu=trong 4 giờ kể từ khi nhận&ngay-nhan=03/11/2026 22:00", "Hạn cuối: thứ Tư, 04/11/2026"),
        ("cum-tu=hết quý II&ky=2026", "30/06/2026"),
        ("cum-tu=trước ngày 15 hằng tháng&ky=02/2026", "14/02/2026"),
        ("cum-tu=xong sớm", "Chưa ra được một ngày"),
        ("ngay-nhan=", ""),
    ],
)
def test_a_phrase_is_answered_with_its_day_and_its_reasons(visit: Visit, asked: str, answer: str) -> None:
    page = visit("ha").get(f"/tra-thoi-han?{asked}")
    assert page.status_code == 200
    assert answer in said(page.text)


@pytest.mark.parametrize(
    ("asked", "fault"),
    [
        ("cum-tu=hết quý II&ngay-van-ban=31/02/2026", "“31/02/2026” không phải là ngày"),
        ("cum-tu=hết quý II&ngay-nhan=mai", "“mai” không phải là ngày"),
        ("cum-tu=hết quý II&ky=2026-Q9", "Không có kỳ “2026-Q9”"),
    ],
)
def test_a_day_or_period_that_is_none_is_said_and_kept(visit: Visit, asked: str, fault: str) -> None:
    page = visit("ha").get(f"/tra-thoi-han?{asked}")
    assert page.status_code == 422
    assert fault in page.text
    assert 'value="hết quý II"' in page.text


def test_htmx_gets_the_answer_alone(visit: Visit, office: Sample) -> None:
    answer = visit("mai").get("/tra-thoi-han?cum-tu=31/12/2026", headers={"HX-Request": "true"})
    assert "31/12/2026" in answer.text
    assert "<html" not in answer.text
