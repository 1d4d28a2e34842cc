"""What `dondoc tick` prints of a job."""

from collections import Counter
from dataclasses import fields

from actions.open_occurrences import Opened
from actions.write_letters import Written
from cli.tick import COUNTED, say
from domain.verdict import Outcome


def test_what_a_job_counted_is_said_in_words_and_nothing_is_counted_as_nothing() -> None:
    assert say(Counter(letters=2, held=0, told=5)) == "2 thư soạn, 5 lượt nhắc đã vào thư"
    assert say(Counter(letters=0)) == "không có gì đến hạn"


def test_every_count_has_its_words() -> None:
    named = {one.name for kind in (Opened, Written) for one in fields(kind)} | {one.value for one in Outcome}
    assert named <= COUNTED.keys()
