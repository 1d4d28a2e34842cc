"""A message says what the letter says, and nothing in a letter can say more (bad inputs 88–95)."""

import re
from base64 import b64decode
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest

from notifications.message import (
    Attachment,
    Mail,
    MessageRefused,
    Sender,
    build,
    file_slug,
    prove_body,
    prove_head,
    wire_address,
)

HEADERS = [
    "From",
    "To",
    "Subject",
    "Date",
    "Message-ID",
    "Auto-Submitted",
    "MIME-Version",
    "Content-Type",
]

MAIL = Mail(
    id=1,
    message_id="<4f2c@bensong.example.vn>",
    sender=Sender("dondoc@bensong.example.vn", "Phòng GD&ĐT Bến Sông"),
    to_address="binh@bensong.example.vn",
    to_name="Nguyễn Văn Bình",
    subject="Hạn 14/02/2023: Báo cáo tháng về công tác giáo dục",
    text="Kính gửi: Nguyễn Văn Bình\n\nĐơn vị cần nộp báo cáo.\n",
    html="<p>Kính gửi: Nguyễn Văn Bình</p>",
    date=datetime(2023, 2, 9, 8, 0, tzinfo=timezone(timedelta(hours=7))),
)


def read(raw: bytes) -> EmailMessage:
    return message_from_bytes(raw, policy=policy.default)


def body(message: EmailMessage, kind: str) -> str:
    """As a person sees it: CRLF is how mail ends a line."""
    part = message.get_body((kind,))
    assert isinstance(part, EmailMessage)
    return str(part.get_content()).replace("\r\n", "\n")


def test_what_was_written_is_what_the_standard_library_reads() -> None:
    message = read(build(MAIL))

    assert message.keys() == HEADERS
    assert message["From"].addresses[0].display_name == "Phòng GD&ĐT Bến Sông"
    assert message["From"].addresses[0].addr_spec == "dondoc@bensong.example.vn"
    assert message["To"].addresses[0].display_name == "Nguyễn Văn Bình"
    assert message["To"].addresses[0].addr_spec == "binh@bensong.example.vn"
    assert message["Subject"] == MAIL.subject
    assert message["Date"].datetime == MAIL.date
    assert message["Message-ID"] == "<4f2c@bensong.example.vn>"
    assert message["Auto-Submitted"] == "auto-generated"
    assert body(message, "plain") == MAIL.text
    assert body(message, "html").strip() == MAIL.html
    assert message.defects == []


def test_a_message_is_ascii_in_short_lines_with_crlf_alone_and_the_same_each_time() -> None:
    raw = build(replace(MAIL, subject="Ư" * 200, to_name="Đ" * 120))

    assert raw.isascii()
    assert max(len(line) for line in raw.split(b"\r\n")) <= 76
    assert not re.search(rb"(?<!\r)\n|\r(?!\n)", raw)
    assert raw == build(replace(MAIL, subject="Ư" * 200, to_name="Đ" * 120))


def test_a_letter_that_may_be_stopped_says_how_in_two_headers() -> None:
    message = read(build(replace(MAIL, unsubscribe="https://dondoc.example.vn/ban-tin/NQ.abc_-9")))

    assert message["List-Unsubscribe"] == "<https://dondoc.example.vn/ban-tin/NQ.abc_-9>"
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"  # RFC 8058


@pytest.mark.parametrize(
    "link", ["javascript:x", "https://a.vn/x>,<mailto:e@e.vn", "https://a.vn/x\r\nBcc: e"]
)
def test_a_link_that_is_none_is_refused(link: str) -> None:
    with pytest.raises(MessageRefused):
        build(replace(MAIL, unsubscribe=link))


CARRIERS = [
    ("=?utf-8?q?a=0d=0aBcc:_evil@e.vn?=", "the encoded word that Python 3.11.7 turns into a Bcc line"),
    ("=?utf-8?b?YQ0KQmNjOiBldmlsQGUudm4=?=", "the same in base64"),
    ("=?utf-8?q?a?= =?utf-8?q?=0d=0aBcc:_e@e.vn?=", "in two words"),
    ('a" <evil@e.vn>, "b', "quotes and brackets"),
    ("a, evil@e.vn", "a comma"),
    ("Bcc: evil@e.vn", "a whole header"),
    ("Ơ\u031b\u0309" * 20, "marks that combine"),
    ("đ" * 199, "long"),
    ("", "empty"),
]


@pytest.mark.parametrize(("text", "remark"), CARRIERS)
@pytest.mark.parametrize("where", ["subject", "to_name", "sender"])
def test_no_words_become_headers_or_addresses(text: str, remark: str, where: str) -> None:
    sender = replace(MAIL.sender, name=text)
    message = read(build(replace(MAIL, **({"sender": sender} if where == "sender" else {where: text}))))
    again = read(message.as_bytes())  # a relay that parses and serialises

    for seen in (message, again):
        assert seen.keys() == HEADERS
        assert [a.addr_spec for a in seen["To"].addresses] == ["binh@bensong.example.vn"]
        assert [a.addr_spec for a in seen["From"].addresses] == ["dondoc@bensong.example.vn"]


@pytest.mark.parametrize("where", ["subject", "to_name"])
def test_a_program_that_decodes_our_words_and_writes_them_anew_injects_nothing(where: str) -> None:
    message = read(build(replace(MAIL, **{where: "=?utf-8?q?a=0d=0aBcc:_evil@e.vn?="})))
    forwarded = EmailMessage()
    forwarded["Subject"] = f"Fwd: {message['Subject']}"
    forwarded["X-For"] = message["To"].addresses[0].display_name

    assert read(forwarded.as_bytes()).keys() == ["Subject", "X-For"]


BROKEN = [
    ("a@x.vn\r\nBcc: evil@e.vn", "a line end and a header"),
    ("a\nb", "LF alone"),
    ("a\rb", "CR alone"),
    ("a\x0bb", "vertical tab"),
    ("a\x85b", "next line"),
    ("a\u2028b", "line separator"),
    ("a\u2029b", "paragraph separator"),
    ("a\x00b", "NUL"),
    ("a\ud800b", "half a surrogate pair"),
]


@pytest.mark.parametrize(("text", "remark"), BROKEN)
@pytest.mark.parametrize("where", ["subject", "to_name", "sender"])
def test_control_characters_in_a_header_are_refused(text: str, remark: str, where: str) -> None:
    sender = replace(MAIL.sender, name=text)
    with pytest.raises(MessageRefused, match="ký tự điều khiển") as refused:
        build(replace(MAIL, **({"sender": sender} if where == "sender" else {where: text})))
    assert str(refused.value).isprintable()


SLIPPED = [
    (b"Subject: a\r\nBcc: evil@e.vn\r\n\r\n", "a header more"),
    (b"Subject: a\r\n\r\nTo: b@x.vn\r\n\r\n", "a header less: the body began early"),
    (b"Subject: a\nBcc: evil@e.vn\r\nTo: b@x.vn\r\n\r\n", "a header between"),
    (b"Subject: a\r\nTo: b@x.vn\r\n\r\n--x\r\nBcc: evil@e.vn\r\n\r\n", "the start of a body"),
    (b"Subject: a\rBcc: evil@e.vn\r\nTo: b@x.vn\r\n\r\n", "a line that ends as no line ends"),
    (b"Subject: a\r\n \r\nTo: b@x.vn\r\n\r\n", "a line of blanks, which some read as the empty line"),
    (b"Subject: a\x85Bcc: evil@e.vn\r\nTo: b@x.vn\r\n\r\n", "a letter beyond ASCII"),
    (b"Subject: a\r\nTo : b@x.vn\r\n\r\n", "a name with a blank"),
]


@pytest.mark.parametrize(("head", "remark"), SLIPPED)
def test_a_head_that_reads_back_as_another_is_refused(head: bytes, remark: str) -> None:
    prove_head(b"Subject: a\r\nTo: b@x.vn\r\n\r\n", ("Subject", "To"))
    with pytest.raises(MessageRefused, match="không khớp"):
        prove_head(head, ("Subject", "To"))


@pytest.mark.parametrize(
    "body",
    [b"--=_x\r\n", b"aGVs\r\n\r\n", b".\r\n", b"aGVs", b"aGVs\n", b"Bcc: evil@e.vn\r\n", b"a" * 77 + b"\r\n"],
)
def test_a_body_that_is_not_lines_of_base64_is_refused(body: bytes) -> None:
    prove_body(b"aGVs\r\nbG8=\r\n")
    with pytest.raises(MessageRefused, match="base64"):
        prove_body(body)


BOUNDARY = re.search(rb'boundary="([^"]+)"', build(MAIL))[1].decode()  # type: ignore[index]
CONTENTS = [bytes([byte]) * length for byte in (0, 10, 13, 45, 46, 61, 255) for length in (1, 57, 58, 1000)]
ESCAPES = [f"\r\n--{BOUNDARY}{end}\r\nBcc: evil@e.vn\r\n\r\n".encode() for end in ("", "--")]


@pytest.mark.parametrize("content", [*CONTENTS, *ESCAPES, bytes(range(256)) * 3, b""])
def test_whatever_a_body_holds_the_standard_library_finds_the_parts_that_were_written(content: bytes) -> None:
    text = content.decode("latin-1")
    mail = replace(
        MAIL, text=text, html=text, attachments=(Attachment("a.bin", "application/octet-stream", content),)
    )
    message = read(build(mail))

    part = ["Content-Type", "Content-Transfer-Encoding"]
    assert [found.keys() for found in message.walk()] == [
        HEADERS,
        ["Content-Type"],
        part,
        part,
        [*part, "Content-Disposition"],
    ]
    assert next(message.iter_attachments()).get_content() == content
    assert message.preamble is None


OTHERS = [
    ({"to_address": "a@x.vn,evil@e.vn"}, "địa chỉ", "two recipients"),
    ({"to_address": "a@localhost"}, "địa chỉ", "this machine, from an office that has a domain"),
    ({"sender": Sender("Phòng <a@x.vn>", "")}, "địa chỉ", "a sender that is no address"),
    ({"sender": Sender("a@x.vn", "", "b@x.vn\r\nBcc: c@x.vn")}, "địa chỉ", "a reply address with a header"),
    ({"subject": "a" * 201}, "200", "too long a subject"),
    ({"message_id": "<a@b>\r\nBcc: c@x.vn"}, "Mã thư", "a Message-ID with a header"),
    ({"text": "a\ud800"}, "ký tự hỏng", "a broken character in the text"),
    (
        {"attachments": (Attachment("a.pdf", "application/pdf\r\nX: 1", b""),)},
        "đính kèm",
        "a type with a header",
    ),
]


@pytest.mark.parametrize(("changed", "words", "remark"), OTHERS)
def test_what_cannot_be_a_safe_message_is_refused_in_words(
    changed: dict[str, object], words: str, remark: str
) -> None:
    with pytest.raises(MessageRefused, match=f"(?i){words}"):
        build(replace(MAIL, **changed))


def test_an_office_on_its_own_machine_may_write_to_itself() -> None:
    local = replace(MAIL, sender=Sender("dondoc@localhost", "Phòng"), to_address="binh@localhost")

    assert wire_address(local) == "binh@localhost"
    assert read(build(local))["To"].addresses[0].addr_spec == "binh@localhost"


def test_replies_go_where_the_office_says() -> None:
    message = read(build(replace(MAIL, sender=replace(MAIL.sender, reply_to="vanthu@bensong.example.vn"))))

    assert message["Reply-To"].addresses[0].addr_spec == "vanthu@bensong.example.vn"


LINES = [
    (".\r\n", "a lone dot ends a message in SMTP"),
    ("a\n.\nMAIL FROM:<evil@e.vn>\n", "a dot and a command"),
    ("a\r\n.\rMAIL FROM:<evil@e.vn>", "a dot and a lone CR: smuggling"),
    ("--=_alternative_4f2c\nBcc: evil@e.vn\n", "something like a boundary"),
    ("=?utf-8?q?a=0d=0aBcc:_evil@e.vn?=", "an encoded word"),
]


@pytest.mark.parametrize(("text", "remark"), LINES)
def test_a_body_is_only_a_body(text: str, remark: str) -> None:
    message = read(build(replace(MAIL, text=text, html=text)))

    assert message.keys() == HEADERS
    assert [part.get_content_type() for part in message.walk()] == [
        "multipart/alternative",
        "text/plain",
        "text/html",
    ]
    assert body(message, "plain").split() == text.split()


def test_attachments_arrive_whole_under_plain_names() -> None:
    letter = Attachment("Công văn đôn đốc.docx", "application/octet-stream", bytes(range(256)))
    evil = Attachment("=?utf-8?q?a=0d=0aX:_1?=.pdf", "application/pdf", b"%PDF")
    message = read(build(replace(MAIL, attachments=(letter, evil))))

    arrived = list(message.iter_attachments())
    assert [part.get_filename() for part in arrived] == ["Cong-van-don-doc.docx", "utf-8-q-a-0d-0aX-1.pdf"]
    assert arrived[0].get_content() == bytes(range(256))
    assert arrived[1].keys() == ["Content-Type", "Content-Transfer-Encoding", "Content-Disposition"]
    assert body(message, "plain") == MAIL.text


NAMES = [
    ("Công văn đôn đốc.docx", "Cong-van-don-doc.docx"),
    ("../../etc/passwd", "passwd"),
    ("C:\\Users\\a\\Báo cáo.xlsx", "Bao-cao.xlsx"),
    ("a\r\nX-Evil: 1.pdf", "a-X-Evil-1.pdf"),
    ('a";name="b.exe', "a-name-b.exe"),
    ("公文.pdf", "tep-dinh-kem.pdf"),
    ("", "tep-dinh-kem"),
    ("a" * 300 + ".pdf", "a" * 80 + ".pdf"),
]


@pytest.mark.parametrize(("name", "slug"), NAMES)
def test_an_attachment_has_a_name_in_ascii(name: str, slug: str) -> None:
    assert file_slug(name) == slug


def test_a_decomposed_name_arrives_composed() -> None:
    decomposed = "Nguye\u0302\u0303n Thi\u0323 Bi\u0300nh"
    assert read(build(replace(MAIL, to_name=decomposed)))["To"].addresses[0].display_name == "Nguyễn Thị Bình"


def test_an_encoded_word_is_never_cut_inside_a_letter() -> None:
    subject = ("x\u0323\u0302" * 66)[:200]
    raw = build(replace(MAIL, subject=subject))
    encoded = re.findall(rb"=\?utf-8\?b\?([^?]+)\?=", raw.split(b"Subject:")[1].split(b"Date:")[0])

    assert len(encoded) > 1
    assert {b64decode(word)[:1] for word in encoded} == {b"x"}  # each begins with a base letter, not a mark
    assert read(raw)["Subject"] == subject


def test_a_date_without_a_zone_is_a_mistake_of_ours() -> None:
    with pytest.raises(ValueError, match="naive"):
        build(replace(MAIL, date=datetime(2023, 2, 9)))


def test_a_date_in_utc_is_the_same_instant() -> None:
    utc = datetime(2023, 2, 9, 1, 0, tzinfo=UTC)
    assert read(build(replace(MAIL, date=utc)))["Date"].datetime == MAIL.date
