"""Mail: from notices to letters in a mail server's queue, against the fastest sender there is.

`of_limit`: our letters a second (outbox written, each letter claimed, put into words, built, proved, handed over,
noted and audited) over Postfix's smtp-source pouring one of these letters into the same Postfix, which takes each
into its queue and discards it. `sending_of_limit`: the same without writing the outbox. smtp-source keeps one
connection and sends one letter after the other; `of_several` is against smtp-source over as many connections as we
keep. `processor_ms`: what one of our letters costs this process, whatever else the machine does.
"""

import argparse
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import process_time
from typing import Any

from sqlalchemy import select, text
from sqlmodel import col

from bench import _postfix as postfix
from bench import _spine as spine
from flows.schedule import TABLE
from notifications.channels.email import CONNECTIONS, EmailChannel
from notifications.message import Mail, Sender, build
from runtime.jobs import run_job
from runtime.works import Works
from store.database import Database
from store.tables import DutyRow, OutboxRow

JOBS = {job.name: job for job in TABLE}
ROUNDS = 5
PEOPLE = (
    "INSERT INTO person (id, code, name, email, active)"
    " SELECT id, code, 'Nguyễn Thị Số ' || id, code || '@bench.example.vn', true FROM unit"
)
OFFICERS = "INSERT INTO position (person_id, unit_id, role) SELECT id, id, 'officer' FROM person"
OWED = "INSERT INTO duty_unit (duty_id, unit_id, part) SELECT d.id, u.id, 'executor' FROM duty d JOIN unit u ON true"
REMINDED = datetime(2023, 2, 9, 1, 0, tzinfo=UTC)


def fill(office: Works, letters: int) -> None:
    """Monthly reports owed by so many units with one officer each; each reminds at a minute of its own."""
    spine.add_units(office.db, letters)
    duties = [spine.a_duty(n + 1, time(8, n)).model_dump() for n in range(ROUNDS + 1)]
    spine.add_rows(office.db, DutyRow, duties)
    with spine.filling(office.db) as session:
        for statement in (PEOPLE, OFFICERS, OWED):
            session.execute(text(statement))
    run_job(JOBS["open_occurrences"], office, REMINDED)
    spine.settle(office.db)


def our_seconds(office: Works, at: datetime, letters: int) -> tuple[float, float, float]:
    """For writing the outbox from the notices of this minute, for sending it, and of the processor for both."""
    done: dict[str, int] = {}
    spent = 0.0

    def carry_out(job: str) -> None:
        nonlocal spent
        began = process_time()
        done.update(run_job(JOBS[job], office, at))
        spent += process_time() - began

    run_job(JOBS["remind_and_escalate"], office, at)
    writing = spine.seconds(lambda: carry_out("write_letters"))
    sending = spine.seconds(lambda: carry_out("send_outbox"))
    assert done["letters"] == done["sent"] == letters, done  # noqa: S101
    return writing, sending, spent


def a_letter(db: Database, into: Path) -> Path:
    """One of the letters that were sent, as its bytes were, for the other sender."""
    with db.read() as session:
        row = session.execute(select(OutboxRow).order_by(col(OutboxRow.id)).limit(1)).scalar_one()
        sender = Sender(f"dondoc@{spine.MAIL_OF}", "Phòng GD&ĐT Đo Đạc")
        mail = Mail(
            1, row.message_id, sender, row.to_address, row.to_name,
            row.subject, row.body_text, row.body_html, spine.BEGAN,
        )  # fmt: skip
    into.write_bytes(build(mail).replace(b"\r\n", b"\n"))
    return into


def measure(chosen: argparse.Namespace) -> dict[str, Any]:
    if reason := postfix.absent():
        return {"skipped": reason}
    one, several, ours, sending, processor = [], [], [], [], []
    with spine.databases("sqlite") as made, postfix.discarding() as port, TemporaryDirectory() as folder:
        office = spine.works(made["sqlite"], Path(folder), EmailChannel("127.0.0.1", port))
        fill(office, chosen.letters)
        our_seconds(office, REMINDED, chosen.letters)  # unmeasured: both sides start warm
        letter = a_letter(office.db, Path(folder) / "letter")
        for minute in range(1, ROUNDS + 1):
            one.append(spine.seconds(lambda: postfix.pour(port, letter, chosen.letters, 1)))
            several.append(spine.seconds(lambda: postfix.pour(port, letter, chosen.letters, CONNECTIONS)))
            written, sent, spent = our_seconds(office, REMINDED + timedelta(minutes=minute), chosen.letters)
            ours.append(written + sent)
            sending.append(sent)
            processor.append(spent * 1000 / chosen.letters)
    return {
        "letters": chosen.letters,
        "of_limit": spine.ratio(one, ours),
        "sending_of_limit": spine.ratio(one, sending),
        "of_several": spine.ratio(several, ours),
        "processor_ms": round(median(processor), 2),
    }


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--letters", type=int, default=1_000, help="in each round")
    spine.show(measure, options)


if __name__ == "__main__":
    main()
