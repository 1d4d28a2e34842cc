"""Letters over real SMTP: what arrives, and what each answer of the server means for the letter."""

import asyncio
import gc
import socket
import ssl
import warnings
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from ipaddress import ip_address
from pathlib import Path

import pytest
from aiosmtplib import (
    SMTPAuthenticationError,
    SMTPDataError,
    SMTPException,
    SMTPRecipientRefused,
    SMTPSenderRefused,
    SMTPServerDisconnected,
    SMTPTimeoutError,
)
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from notifications.channel import Sent
from notifications.channels.email import EmailChannel, outcome
from notifications.message import Mail, Sender
from notifications.render import render
from tests.support.letters import SAMPLES
from tests.support.smtp import Sink, listening


def mail(number: int, **changed: object) -> Mail:
    words = render(SAMPLES["reminder"])
    one = Mail(
        id=number,
        message_id=f"<letter{number}@bensong.example.vn>",
        sender=Sender("dondoc@bensong.example.vn", "Phòng GD&ĐT Bến Sông"),
        to_address=f"truong{number}@bensong.example.vn",
        to_name="Nguyễn Thị Bình",
        subject=words.subject,
        text=words.text,
        html=words.html,
        date=datetime(2023, 2, 16, 1, 0, tzinfo=UTC),
    )
    return replace(one, **changed)


def send(channel: EmailChannel, mails: Sequence[Mail]) -> list[Sent]:
    answers: list[Sent] = []
    asyncio.run(channel.send(mails, answers.append))
    return answers


def to(smtp: Sink) -> EmailChannel:
    return EmailChannel(smtp.host, smtp.port, timeout=60)


def told(answers: list[Sent]) -> list[tuple[int, str]]:
    return [(answer.id, answer.outcome) for answer in answers]


def test_a_vietnamese_letter_arrives_word_for_word(smtp: Sink) -> None:
    letter = mail(1)

    [answer] = send(to(smtp), [letter])

    assert (answer.id, answer.outcome, answer.detail) == (1, "sent", "250 OK")
    [received] = smtp.received
    assert received.sender == "dondoc@bensong.example.vn"
    assert received.recipients == ("truong1@bensong.example.vn",)
    assert received.message["Subject"] == letter.subject
    assert received.message["Message-ID"] == "<letter1@bensong.example.vn>"
    plain, rich = received.message.get_body(("plain",)), received.message.get_body(("html",))
    assert plain is not None
    assert rich is not None
    assert plain.get_content().splitlines() == letter.text.splitlines()
    assert rich.get_content().splitlines() == letter.html.splitlines()


@pytest.mark.parametrize("pipelining", [True, False])
def test_every_letter_gets_its_own_answer_and_few_go_in_order(smtp: Sink, pipelining: bool) -> None:
    smtp.pipelining = pipelining
    smtp.refuse("550 5.1.1 no such user", address="truong2@*")
    smtp.refuse("450 4.2.1 mailbox busy", address="truong3@*")
    smtp.refuse("554 5.7.1 looks like spam", at="DATA", address="truong4@*")
    smtp.refuse("451 4.3.0 greylisted", at="DATA", address="truong5@*")

    answers = send(to(smtp), [mail(n) for n in range(1, 7)])

    assert told(answers) == [
        (1, "sent"),
        (2, "failed"),
        (3, "again"),
        (4, "failed"),
        (5, "again"),
        (6, "sent"),
    ]
    assert answers[1].detail == "550 5.1.1 no such user"
    assert [r.recipients[0][:7] for r in smtp.received] == ["truong1", "truong6"]


def test_a_letter_is_asked_for_when_the_one_before_the_last_is_answered(smtp: Sink) -> None:
    arrived: list[int] = []

    def as_claimed() -> Iterator[Mail]:
        for number in range(6):
            arrived.append(len(smtp.received))
            yield mail(number)

    answers: list[Sent] = []
    asyncio.run(to(smtp).send(as_claimed(), answers.append))

    assert told(answers) == [(number, "sent") for number in range(6)]
    assert arrived == [0, 0, 1, 2, 3, 4]
    assert smtp.connections == 1


def test_a_letter_put_off_is_taken_at_the_next_try(smtp: Sink) -> None:
    smtp.refuse("450 4.2.1 mailbox busy", times=1)

    assert told(send(to(smtp), [mail(1)])) == [(1, "again")]
    assert told(send(to(smtp), [mail(1)])) == [(1, "sent")]
    assert len(smtp.received) == 1


def test_a_letter_that_is_no_safe_message_fails_alone_and_says_why(smtp: Sink) -> None:
    poison = mail(1, to_address="a@x.vn,evil@e.vn")

    answers = send(to(smtp), [poison, mail(2)])

    assert told(answers) == [(1, "failed"), (2, "sent")]
    assert "Cần đúng một địa chỉ" in answers[0].detail


def test_a_body_cannot_speak_smtp(smtp: Sink) -> None:
    smuggler = mail(1, text="a\r\n.\r\nMAIL FROM:<evil@e.vn>\r\n.\rx\n.\n", html=".\r\n")

    assert told(send(to(smtp), [smuggler])) == [(1, "sent")]
    assert len(smtp.received) == 1


def test_a_connection_lost_after_the_message_leaves_the_letter_in_doubt_and_the_next_goes_on(
    smtp: Sink,
) -> None:
    smtp.cut_after_data()

    answers = send(to(smtp), [mail(1), mail(2)])

    assert told(answers) == [(1, "again"), (2, "sent")]
    assert [r.recipients[0][:7] for r in smtp.received] == ["truong1", "truong2"]


@pytest.mark.parametrize("pipelining", [True, False])
def test_a_server_that_takes_one_letter_a_connection_gets_every_letter(smtp: Sink, pipelining: bool) -> None:
    smtp.one_letter, smtp.pipelining = True, pipelining

    answers = send(to(smtp), [mail(1), mail(2), mail(3)])

    assert told(answers) == [(1, "sent"), (2, "sent"), (3, "sent")]
    assert [r.recipients[0][:7] for r in smtp.received] == ["truong1", "truong2", "truong3"]


def test_a_letter_that_is_ours_no_more_when_the_server_waits_for_it_is_not_handed_over(smtp: Sink) -> None:
    asked = Counter[int]()

    def while_taken(number: int) -> Callable[[], bool]:
        def ours() -> bool:
            asked[number] += 1
            return number == 1 or asked[number] == 1

        return ours

    answers = send(to(smtp), [mail(number, ours=while_taken(number)) for number in (1, 2)])

    assert told(answers) == [(1, "sent")]
    assert [r.recipients[0][:7] for r in smtp.received] == ["truong1"]


def test_a_server_that_refuses_our_own_address_puts_every_letter_off(smtp: Sink) -> None:
    smtp.refuse("550 5.7.1 sender not allowed", at="MAIL", times=1)

    answers = send(to(smtp), [mail(1), mail(2)])

    assert told(answers) == [(1, "again"), (2, "again")]
    assert "sender not allowed" in answers[1].detail


def test_a_server_that_is_not_there_puts_every_letter_off_and_is_named() -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        port = closed.getsockname()[1]

        answers = send(EmailChannel("127.0.0.1", port, timeout=60), [mail(1), mail(2), mail(3)])

    assert told(answers) == [(1, "again"), (2, "again"), (3, "again")]
    assert {f"127.0.0.1:{port}" in answer.detail for answer in answers} == {True}
    assert answers[0].detail.startswith("không nối được máy chủ thư")


def test_a_server_without_tls_is_not_trusted_where_tls_is_asked_for(smtp: Sink) -> None:
    channel = replace(to(smtp), starttls=True)

    assert told(send(channel, [mail(1)])) == [(1, "again")]
    assert smtp.received == []


def test_a_server_that_never_answers_is_asked_once_a_batch() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        channel = EmailChannel("127.0.0.1", silent.getsockname()[1], timeout=0.2)
        assert told(send(channel, [mail(1), mail(2)])) == [(1, "again"), (2, "again")]
        silent.settimeout(0)
        silent.accept()[0].close()
        with pytest.raises(BlockingIOError):
            silent.accept()


class Doorkeeper:
    """Lets so many connections in to the server at once and turns the others away, as a relay does."""

    def __init__(self, smtp: Sink, at_once: int) -> None:
        self.smtp, self.room, self.turned_away = smtp, at_once, 0

    async def __call__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if self.room == 0:
            self.turned_away += 1
            writer.write(b"421 4.7.0 too many connections\r\n")
            writer.close()
            return
        self.room -= 1
        inside = await asyncio.open_connection(self.smtp.host, self.smtp.port)
        await asyncio.gather(pour(reader, inside[1]), pour(inside[0], writer))
        self.room += 1


async def pour(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    while some := await reader.read(65536):
        writer.write(some)
    writer.close()


@pytest.mark.parametrize(("at_once", "at_most"), [(4, 0), (2, 2), (1, 3)])
def test_a_large_batch_goes_over_as_many_connections_as_the_server_allows_each_letter_once(
    smtp: Sink, at_once: int, at_most: int
) -> None:
    door = Doorkeeper(smtp, at_once)

    answers: list[Sent] = []

    async def through() -> None:
        async with await asyncio.start_server(door, "127.0.0.1", 0) as server:
            channel = EmailChannel("127.0.0.1", server.sockets[0].getsockname()[1], timeout=60)
            await channel.send([mail(n) for n in range(100)], answers.append)

    asyncio.run(through())

    assert sorted(told(answers)) == [(n, "sent") for n in range(100)]
    assert sorted(r.message["Message-ID"] for r in smtp.received) == sorted(
        mail(n).message_id for n in range(100)
    )
    assert smtp.connections >= at_once  # one that comes when others are done already is let in
    assert door.turned_away <= at_most


def test_a_server_that_fails_in_a_large_batch_is_left_alone_by_every_connection(smtp: Sink) -> None:
    smtp.refuse("421 4.3.2 closing", at="MAIL")

    answers = send(to(smtp), [mail(n) for n in range(100)])

    assert sorted(told(answers)) == [(n, "again") for n in range(100)]
    assert smtp.received == []


def test_no_letters_no_connection() -> None:
    assert send(EmailChannel("host.invalid", 1), []) == []


ERRORS = [
    (SMTPRecipientRefused(550, "unknown", "a@x.vn"), "failed"),
    (SMTPRecipientRefused(421, "closing", "a@x.vn"), "again"),
    (SMTPDataError(554, "spam"), "failed"),
    (SMTPDataError(452, "full"), "again"),
    (SMTPSenderRefused(550, "not you", "b@x.vn"), "again"),
    (SMTPAuthenticationError(535, "bad password"), "again"),
    (SMTPServerDisconnected("lost"), "again"),
    (SMTPTimeoutError("slow"), "again"),
]


@pytest.mark.parametrize(("error", "means"), ERRORS)
def test_only_a_5xx_about_the_letter_itself_is_for_good(error: SMTPException, means: str) -> None:
    assert outcome(error) == means


def a_certificate(folder: Path) -> Path:
    """Self-signed, for 127.0.0.1, with its key in the same file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    signed = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(datetime(2023, 1, 1, tzinfo=UTC))
        .not_valid_after(datetime(2123, 1, 1, tzinfo=UTC))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    secret = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    path = folder / "server.pem"
    path.write_bytes(signed.public_bytes(Encoding.PEM) + secret)
    return path


@pytest.mark.parametrize("at_once", [True, False], ids=["from the first byte", "starttls"])
@pytest.mark.parametrize("trusted", [True, False])
def test_tls_reaches_a_server_whose_certificate_is_trusted_and_no_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, trusted: bool, at_once: bool
) -> None:
    certificate = a_certificate(tmp_path)
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate)
    if trusted:
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    with listening(context) if at_once else listening(starttls=context) as secure:
        channel = EmailChannel(secure.host, secure.port, starttls=True, tls=at_once, timeout=60)
        sent = send(channel, [mail(1), mail(2)])
        assert [(one.outcome, len(secure.received)) for one in sent] == [
            ("sent", 2) if trusted else ("again", 0)
        ] * 2
    assert trusted or "certificate" in sent[0].detail.lower()
    with warnings.catch_warnings():
        warnings.simplefilter(
            "ignore", ResourceWarning
        )  # asyncio 3.11 leaves a transport of a broken handshake
        gc.collect()
