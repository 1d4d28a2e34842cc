"""What every request and every answer goes through."""

import pytest
from fastapi.testclient import TestClient

from tests.support.makers import PASSWORD
from tests.support.visits import SITE, Visit

SIGN_IN = {"name": "mai", "password": PASSWORD}


@pytest.mark.parametrize("path", ["/dang-nhap", "/khong-co", "/van-phong", "/static/dondoc.css"])
def test_every_answer_carries_the_protective_headers(visit: Visit, path: str) -> None:
    headers = visit().get(path).headers
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "DENY"
    assert headers["referrer-policy"] == "same-origin"
    assert headers["cache-control"] == ("no-cache" if path.startswith("/static") else "no-store")


@pytest.mark.parametrize(
    "path", ["/dang-nhap", "/van-phong", "/van-ban/moi", "/hop-thu-di", "/suc-khoe", "/lanh-dao"]
)
def test_no_page_needs_what_the_policy_forbids(visit: Visit, path: str) -> None:
    page = visit("mai").get(path).text
    assert "style=" not in page
    assert "<style" not in page
    assert "<script>" not in page
    assert " onclick=" not in page
    assert "https://" not in page, "nothing is fetched from elsewhere"


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("127.0.0.1:8765", 200),
        ("localhost:8765", 200),
        ("LOCALHOST:8765", 200),
        ("evil.vn", 400),
        ("127.0.0.1", 400),
        ("127.0.0.1:8765@evil.vn", 400),
        ("", 400),
    ],
)
def test_a_request_for_another_host_is_refused(visit: Visit, host: str, status: int) -> None:
    answer = visit().get("/dang-nhap", headers={"Host": host, "X-Forwarded-Host": "127.0.0.1:8765"})
    assert answer.status_code == status
    assert answer.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Origin": SITE}, 303),
        ({"Sec-Fetch-Site": "same-origin"}, 303),
        ({"Origin": "http://evil.vn"}, 403),
        ({"Origin": "null"}, 403),
        ({"Sec-Fetch-Site": "cross-site", "Origin": SITE}, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({}, 403),
    ],
)
def test_a_form_counts_only_when_it_was_sent_from_this_site(
    visit: Visit, headers: dict[str, str], status: int
) -> None:
    app = visit().app
    with TestClient(app, base_url=SITE, follow_redirects=False) as stranger:
        answer = stranger.post("/dang-nhap", data=SIGN_IN, headers=headers)
    assert answer.status_code == status
    if status == 403:
        assert "Yêu cầu bị chặn" in answer.text


def test_a_body_that_is_too_large_is_refused_before_it_is_read(visit: Visit) -> None:
    answer = visit("mai").post("/van-ban/moi", files={"tep": ("a.txt", b"x" * (31 * 2**20))})
    assert answer.status_code == 413
    assert "Tệp quá lớn" in answer.text


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/khong-co", 404),
        ("/viec/99999999999999999999", 404),
        ("/viec/ba", 404),
        ("/viec/-1", 404),
        ("/van-phong?trang=-1", 200),
        ("/van-phong?trang=1000000000", 200),
        ("/van-phong?loc=%27%20OR%201%3D1--", 200),
        ("/van-phong?don_vi=1e9", 200),
        ("/hop-thu-di?loc=name;drop", 200),
        ("/hop-thu-thu/..%2F..%2Fetc%2Fpasswd", 404),
    ],
)
def test_an_address_that_names_nothing_gets_a_page_in_vietnamese(
    visit: Visit, path: str, status: int
) -> None:
    answer = visit("mai").get(path)
    assert answer.status_code == status
    assert '<html lang="vi"' in answer.text
