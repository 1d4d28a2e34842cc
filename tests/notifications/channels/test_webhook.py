"""Notices reach a gateway over real HTTP: signed, without personal data, and nowhere else."""

import asyncio
import hmac
import json
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from notifications.channel import Sent
from notifications.channels.webhook import WebhookChannel
from notifications.message import Mail, Sender
from tests.support.gateway import Gateway, a_gateway

SECRET = "khoa-cua-cong"
AT = datetime(2023, 2, 14, 1, 0, tzinfo=UTC)


@pytest.fixture
def gateway() -> Iterator[Gateway]:
    with a_gateway() as made:
        yield made


def a_notice(number: int = 1) -> Mail:
    return Mail(
        id=number, message_id=f"<k{number}@bensong.example.vn>",
        sender=Sender("dondoc@bensong.example.vn", "Phòng GD&ĐT Bến Sông"),
        to_address="binh", to_name="Nguyễn Văn Bình", subject="Hạn 14/02/2023: Báo cáo tháng",
        text="Kính gửi ông Nguyễn Văn Bình", html="<p>Nguyễn Văn Bình</p>", date=AT,
    )  # fmt: skip


def channel(gateway: Gateway, **other: object) -> WebhookChannel:
    known = {"url": gateway.url, "secret": SECRET, "link": "https://dondoc.example.vn", "timeout": 5.0}
    return WebhookChannel(**{**known, **other})  # type: ignore[arg-type]


def send(channel: WebhookChannel, *mails: Mail) -> list[Sent]:
    answers: list[Sent] = []
    asyncio.run(channel.send(mails, answers.append))
    return answers


def test_a_notice_carries_the_subject_a_link_and_a_code_and_no_name_or_text(gateway: Gateway) -> None:
    assert send(channel(gateway), a_notice()) == [Sent(1, "sent", "200 ok")]
    [posted] = gateway.posted
    assert json.loads(posted.body) == {
        "to": "binh",
        "subject": "Hạn 14/02/2023: Báo cáo tháng",
        "link": "https://dondoc.example.vn",
    }
    assert posted.path == "/gui?v=1"


def test_the_signature_covers_the_moment_and_the_body(gateway: Gateway) -> None:
    send(channel(gateway), a_notice())
    [posted] = gateway.posted
    wanted = hmac.new(SECRET.encode(), b"1676336400." + posted.body, "sha256").hexdigest()
    assert posted.headers["Dondoc-Signature"] == f"t=1676336400,v1={wanted}"


def test_every_try_of_a_notice_has_the_same_idempotency_key(gateway: Gateway) -> None:
    gateway.answers = [(503, {})]
    assert [sent.outcome for sent in send(channel(gateway), a_notice())] == ["again"]
    send(channel(gateway), a_notice())
    assert [posted.headers["Idempotency-Key"] for posted in gateway.posted] == ["k1@bensong.example.vn"] * 2


@pytest.mark.parametrize(
    ("status", "outcome", "asked"),
    [
        (204, "sent", 2),
        (400, "failed", 2),  # this notice, for good
        (410, "failed", 2),
        (422, "failed", 2),
        (408, "again", 2),
        (429, "again", 2),
        (401, "again", 1),  # our key: the rest of the batch is put off untried
        (404, "again", 1),
        (500, "again", 1),
        (503, "again", 1),
    ],
)
def test_what_the_gateway_says_decides_for_the_notice_or_for_the_batch(
    gateway: Gateway, status: int, outcome: str, asked: int
) -> None:
    gateway.answers = [(status, {})]
    first, second = send(channel(gateway), a_notice(1), a_notice(2))
    assert first.outcome == outcome
    assert second.outcome == ("sent" if asked == 2 else "again")
    assert len(gateway.posted) == asked


def test_a_redirect_is_not_followed(gateway: Gateway) -> None:
    with a_gateway() as elsewhere:
        gateway.answers = [(307, {"Location": elsewhere.url})]
        [sent] = send(channel(gateway), a_notice())
        assert elsewhere.posted == []
    assert (sent.outcome, sent.detail) == ("again", "307 ok")


def test_a_long_or_dirty_answer_is_cut_and_the_next_notice_still_arrives(gateway: Gateway) -> None:
    gateway.said = b"\x00\r\nX: 1" + b"a" * 100_000
    first, second = send(channel(gateway), a_notice(1), a_notice(2))
    assert (first.outcome, second.outcome) == ("sent", "sent")
    assert len(first.detail) < 250
    assert first.detail.isprintable()
    assert len(gateway.posted) == 2


def test_a_gateway_that_is_away_is_asked_once() -> None:
    with a_gateway() as gone:
        pass
    first, second = send(channel(gone), a_notice(1), a_notice(2))
    assert {first.outcome, second.outcome} == {"again"}
    assert first.detail == second.detail
    assert first.detail.startswith("không nối được cổng nhắn tin")


@pytest.mark.parametrize(
    ("other", "why"),
    [
        ({"url": ""}, "chưa đặt địa chỉ"),
        ({"secret": ""}, "chưa đặt khóa ký"),
        ({"url": "http://gateway.example.vn/gui"}, "phải dùng https"),
        ({"url": "http://127.0.0.1.evil.example/gui"}, "phải dùng https"),
        ({"url": "file:///etc/passwd"}, "không hợp lệ"),
        ({"url": "https:///gui"}, "không hợp lệ"),
        ({"url": "https://gateway.example.vn:abc/gui"}, "không hợp lệ"),
        ({"url": "http://127.0.0.1:99999/gui"}, "không hợp lệ"),
        ({"url": "https://[gateway/gui"}, "không hợp lệ"),
        ({"url": "https://gateway..vn/gui"}, "không hợp lệ"),
        ({"url": "http://127.0.0.1:9/gửi"}, "không hợp lệ"),
    ],
)
def test_nothing_is_sent_where_it_could_be_read_or_not_be_proved(
    gateway: Gateway, other: dict[str, str], why: str
) -> None:
    [sent] = send(channel(gateway, **other), a_notice())
    assert sent.outcome == "again"
    assert why in sent.detail
    assert gateway.posted == []
