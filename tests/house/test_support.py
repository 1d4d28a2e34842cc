"""The helpers every other test leans on do what they say."""

import smtplib
from email.message import EmailMessage

import psycopg
import pytest

from tests.support.postgres import Postgres
from tests.support.smtp import Sink


def letter(to: str) -> EmailMessage:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "don.doc@example.vn", to, "Nhắc việc"
    message.set_content("Kính gửi đơn vị.")
    return message


def test_the_sink_keeps_what_was_sent(smtp: Sink) -> None:
    with smtplib.SMTP(smtp.host, smtp.port) as client:
        client.send_message(letter("truong1@example.vn"))

    [received] = smtp.received
    assert received.recipients == ("truong1@example.vn",)
    assert received.message["Subject"] == "Nhắc việc"


def test_the_sink_refuses_the_address_it_was_told_to_as_often_as_it_was_told(smtp: Sink) -> None:
    smtp.refuse("450 4.2.1 mailbox busy", address="truong1@*", times=1)
    with smtplib.SMTP(smtp.host, smtp.port) as client:
        with pytest.raises(smtplib.SMTPRecipientsRefused) as refused:
            client.send_message(letter("truong1@example.vn"))
        client.send_message(letter("truong2@example.vn"))
        client.send_message(letter("truong1@example.vn"))

    assert refused.value.recipients["truong1@example.vn"][0] == 450
    assert [r.recipients for r in smtp.received] == [("truong2@example.vn",), ("truong1@example.vn",)]


def test_the_sink_can_take_a_message_and_leave_the_sender_in_doubt(smtp: Sink) -> None:
    smtp.cut_after_data()
    with (
        pytest.raises((smtplib.SMTPServerDisconnected, ConnectionError)),
        smtplib.SMTP(smtp.host, smtp.port) as c,
    ):
        c.send_message(letter("truong1@example.vn"))

    assert len(smtp.received) == 1


def test_a_database_starts_empty_or_as_a_copy(postgres: Postgres, postgres_url: str) -> None:
    with psycopg.connect(postgres_url) as connection:
        connection.execute("CREATE TABLE duty (id int)")
    copy = postgres.database(like=postgres_url)
    empty = postgres.database()

    def tables(url: str) -> list[tuple[str]]:
        with psycopg.connect(url) as connection:
            found = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
            return found.fetchall()

    assert (tables(copy), tables(empty)) == ([("duty",)], [])
