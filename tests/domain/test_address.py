"""Only what is one bare address goes on the wire."""

import pytest

from domain.address import BadAddress, bare_address

GOOD = [
    ("truong1@example.vn", "truong1@example.vn", "as it is"),
    ("Van.Thu+1@Example.VN", "Van.Thu+1@example.vn", "the local part keeps its case, the domain does not"),
    ("a@trường.vn", "a@xn--trng-rib8295b.vn", "an international domain in the form servers understand"),
]


@pytest.mark.parametrize(("text", "address", "remark"), GOOD)
def test_an_address_goes_out_in_ascii(text: str, address: str, remark: str) -> None:
    assert bare_address(text) == address


BAD = [
    ("", "nothing"),
    ("a@x.vn,evil@e.vn", "two: aiosmtplib would drop the second in silence"),
    ("<a@x.vn>", "brackets"),
    ("Tên <a@x.vn>", "a display name"),
    ("a@x.vn>\r\nRCPT TO:<evil@e.vn", "an SMTP command"),
    ("a@x.vn\n", "a line end"),
    ("a\x00@x.vn", "NUL"),
    ("а@x.vn", "a Cyrillic а"),
    ("nguyễn@x.vn", "a local part that needs SMTPUTF8"),
    ("=?utf-8?q?a?=@x.vn", "an encoded word"),
    ("a@[127.0.0.1]", "a bracketed IP address"),
    ("a@localhost", "this machine"),
    ("a@catcher.test", "a test domain"),
    ('"a b"@x.vn', "a quoted local part"),
    ("a" * 65 + "@x.vn", "a local part of 65 letters"),
    ("a@" + "x" * 5000 + ".vn", "a very long domain"),
]


@pytest.mark.parametrize(("text", "remark"), BAD)
def test_anything_else_is_refused_in_words(text: str, remark: str) -> None:
    with pytest.raises(BadAddress, match="Cần đúng một địa chỉ") as refused:
        bare_address(text)
    assert str(refused.value).isprintable()
    assert len(str(refused.value)) < 320


@pytest.mark.parametrize("text", ["a@localhost", "a@catcher.test"])
def test_an_office_without_a_relay_may_write_to_its_own_machine(text: str) -> None:
    assert bare_address(text, local=True) == text


def test_a_local_office_checks_the_part_before_localhost_all_the_same() -> None:
    with pytest.raises(BadAddress):
        bare_address("a b@localhost", local=True)
