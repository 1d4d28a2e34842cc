"""What becomes of a letter when a server answers as servers seldom do."""

import asyncio
from collections.abc import Awaitable, Callable

import pytest
from aiosmtplib import SMTP, SMTPException

from notifications.conversation import Conversation, Envelope

GREETING = "220 server.example.vn", "250-server.example.vn\r\n250-PIPELINING\r\n250 SIZE", "250 ok"
MESSAGE = b"Subject: x\r\n\r\n.\r\n..\r\nQUIT\r\n"


class Scripted:
    """Gives its answers one after the other, each to a line or, after 354, to a message; then it hangs up."""

    def __init__(self, *answers: str) -> None:
        self.answers, self.heard = (*GREETING, *answers), list[str]()

    async def __call__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        message = False
        for number, answer in enumerate(self.answers):
            while number:
                self.heard.append((await reader.readline()).decode().rstrip())
                if self.heard[-1] == "." or not message:
                    break
            writer.write(f"{answer}\r\n".encode())
            message = answer.startswith("354")
        writer.close()


Server = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


def to(number: int) -> Envelope:
    return Envelope("we@x.vn", f"you{number}@x.vn")


def hand_over(server: Server, letters: int = 1) -> list[str]:
    """What is said of each letter, all over one connection; of a failure its name."""

    async def talked() -> list[str]:
        said = []
        async with await asyncio.start_server(server, "127.0.0.1", 0) as listening:
            port = listening.sockets[0].getsockname()[1]
            client = SMTP(hostname="127.0.0.1", port=port, start_tls=False, local_hostname="us")
            talk = await Conversation.open(client, timeout=60)
            for number in range(letters):
                try:
                    await talk.begin(to(number))
                    following = to(number + 1) if number + 1 < letters else None
                    said.append(await talk.hand_over(MESSAGE, following))
                except SMTPException as error:
                    said.append(f"{type(error).__name__} {error}")
            await talk.leave()
        return said

    return asyncio.run(talked())


TAKEN = "250 ok", "250 ok", "354 go on", "250 taken"
UNUSUAL = [
    (["250 ok", "250-2.1.5 known\r\n250 ok", "354 go on", "250-taken\r\n250 as 1"], "250 taken\nas 1"),
    (["250 ok", "251 will forward", "354 go on", "250 taken"], "250 taken"),
    (["421 closing"], "SMTPSenderRefused"),
    (["250 ok", "550 unknown"], "SMTPRecipientRefused"),
    (["250 ok", "250 ok", "354 go on"], "SMTPServerDisconnected"),
    (["Good day"], "SMTPException"),
    (["x" * 70_000], "SMTPException"),
    (["250-and\r\n" * 200 + "250 ok"], "SMTPException"),
]


@pytest.mark.parametrize(("answers", "means"), UNUSUAL)
def test_an_unusual_answer_means(answers: list[str], means: str) -> None:
    assert hand_over(Scripted(*answers))[0].startswith(means)


def test_the_envelope_comes_first_and_a_dot_of_the_message_ends_nothing() -> None:
    server = Scripted(*TAKEN, "221 bye")

    assert hand_over(server) == ["250 taken"]
    envelope = ["EHLO us", "NOOP", "MAIL FROM:<we@x.vn>", "RCPT TO:<you0@x.vn>", "DATA"]
    message = ["Subject: x", "", "..", "...", "QUIT", "."]
    assert server.heard == [*envelope, *message, "QUIT"]


def test_a_server_that_waits_for_a_message_to_nobody_gets_an_empty_one_and_the_next_letter() -> None:
    server = Scripted("250 ok", "550 5.1.1 unknown", "354 go on", "554 to nobody", "250 reset", *TAKEN)

    refused, taken = hand_over(server, letters=2)

    assert (refused[:21], taken) == ("SMTPRecipientRefused ", "250 taken")
    after = server.heard[server.heard.index("DATA") + 1 :]
    assert after[:3] == [".", "RSET", "MAIL FROM:<we@x.vn>"]


def test_a_letter_refused_at_its_end_leaves_the_next_one_to_be_taken() -> None:
    refused = "250 ok", "250 ok", "354 go on", "554 spam"

    said = hand_over(Scripted(*refused, *TAKEN, "221 bye"), letters=2)

    assert (said[0][:13], said[1]) == ("SMTPDataError", "250 taken")


def test_the_next_envelope_comes_before_this_letter_is_answered() -> None:
    heard: list[str] = []

    async def reluctant(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        async def until(last: str) -> None:
            while not heard or heard[-1] != last:
                heard.append((await reader.readline()).decode().rstrip())

        for answer, last in zip(GREETING, ("EHLO us", "NOOP", "DATA"), strict=True):
            writer.write(f"{answer}\r\n".encode())
            await until(last)
        writer.write(b"250 ok\r\n250 ok\r\n354 go on\r\n")
        await until("RCPT TO:<you1@x.vn>")
        await until("DATA")
        writer.write(b"250 taken\r\n250 ok\r\n250 ok\r\n354 go on\r\n")
        await until(".")
        writer.write(b"250 taken too\r\n")
        await until("QUIT")
        writer.close()

    assert hand_over(reluctant, letters=2) == ["250 taken", "250 taken too"]


@pytest.mark.parametrize("goodbye", [[], ["421 4.7.0 too many messages in this connection"]])
def test_a_letter_announced_to_a_server_that_hangs_up_is_no_failure_of_that_letter(
    goodbye: list[str],
) -> None:
    said = hand_over(Scripted(*TAKEN, *goodbye), letters=2)

    assert (said[0], said[1][:20]) == ("250 taken", "ClosedBetweenLetters")


def test_an_announced_letter_is_the_only_one_that_can_be_begun() -> None:
    async def talked() -> None:
        async with await asyncio.start_server(Scripted(*TAKEN), "127.0.0.1", 0) as listening:
            port = listening.sockets[0].getsockname()[1]
            client = SMTP(hostname="127.0.0.1", port=port, start_tls=False, local_hostname="us")
            talk = await Conversation.open(client, timeout=60)
            await talk.begin(to(0))
            await talk.hand_over(MESSAGE, to(1))
            with pytest.raises(ValueError, match="announced"):
                await talk.begin(to(2))
            talk.abort()

    asyncio.run(talked())
