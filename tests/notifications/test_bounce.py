"""What a report of undeliverable mail claims is read; whatever else arrives says nothing."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from notifications.bounce import Bounce, read_bounces
from tests.support.dsn import dsn

ID = "<0123456789abcdef@bensong.example.vn>"


@pytest.mark.parametrize("headers_only", [False, True])
def test_a_report_names_the_letter_the_address_and_the_reason(headers_only: bool) -> None:
    [bounce] = read_bounces(dsn(ID, headers_only=headers_only))
    assert bounce == Bounce(ID, "ha@bensong.example.vn", "failed", "5.1.1", "smtp; 550 5.1.1 no such user")


@pytest.mark.parametrize(
    ("action", "status", "refuses"),
    [
        ("failed", "5.1.1", True),  # no such mailbox
        ("failed", "5.1.10", True),
        ("Failed", " 5.1.2 (bad domain)", True),
        ("failed", "5.0.0", True),
        ("failed", "5.2.1", True),  # mailbox disabled
        ("failed", "5.2.2", False),  # mailbox full: it may be emptied
        ("failed", "5.3.4", False),  # this letter is too big
        ("failed", "5.7.1", False),  # policy
        ("failed", "4.4.7", False),  # given up after days of trying
        ("failed", "nonsense", False),
        ("delayed", "4.4.1", False),
        ("delayed", "5.1.1", False),
    ],
)
def test_only_an_address_that_is_none_refuses(action: str, status: str, refuses: bool) -> None:
    [bounce] = read_bounces(dsn(ID, action=action, status=status))
    assert bounce.refuses is refuses


@pytest.mark.parametrize("action", ["delivered", "relayed", "expanded", "", "failed delayed"])
def test_other_reports_say_nothing(action: str) -> None:
    assert read_bounces(dsn(ID, action=action)) == []


HOSTILE = {
    "empty": b"",
    "noise": bytes(range(256)) * 100,
    "an answer from somebody on leave": b"Subject: Nghi phep\r\nAuto-Submitted: auto-replied\r\n\r\nToi nghi.",
    "no boundary": b"Content-Type: multipart/report; report-type=delivery-status\r\n\r\nx",
    "no letter given back": dsn(ID).replace(b"Message-ID:", b"X-Message:"),
    "no status part": dsn(ID).replace(b"message/delivery-status", b"text/plain"),
    "an id with a line in it": dsn("<a@b.vn>\r\n Bcc: evil@e.vn"),
    "an id that is none": dsn("<a' OR 1=1 --@b.vn>"),
    "an id without end": dsn("<" + "a" * 100_000 + "@b.vn>"),
    "parts in parts": b"".join(
        b'Content-Type: multipart/report; boundary="b%d"\r\n\r\n--b%d\r\n' % (n, n) for n in range(3000)
    ),
    "headers without end": b"X: y\r\n" * 100_000,
}


@pytest.mark.parametrize("raw", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_bytes_say_nothing_and_stop_nobody(raw: bytes) -> None:
    assert read_bounces(raw) == []


def test_words_of_a_report_are_one_short_printable_line() -> None:
    [bounce] = read_bounces(dsn(ID, code="smtp; 550 \x1b[31mđỏ\u202e\x00 " + "ư" * 5000))
    assert bounce.detail.isprintable()
    assert len(bounce.detail) <= 300


def test_a_report_about_thousands_is_read_in_part() -> None:
    block = b"Final-Recipient: rfc822; x@y.vn\r\nAction: failed\r\nStatus: 5.1.1\r\n\r\n"
    raw = dsn(ID).replace(b"Final-Recipient", block * 5000 + b"Final-Recipient", 1)
    assert len(read_bounces(raw)) == 20


def test_a_letter_given_back_with_a_megabyte_behind_it_is_read() -> None:
    assert len(read_bounces(dsn(ID) + b"A" * 5_000_000)) == 1


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=60), st.integers(0, 900), st.integers(0, 60))
def test_a_report_with_any_bytes_put_into_it_never_raises(put: bytes, where: int, gone: int) -> None:
    raw = dsn(ID)
    for bounce in read_bounces(raw[:where] + put + raw[where + gone :]):
        assert bounce.detail.isprintable()
