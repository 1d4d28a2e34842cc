"""A sentence is its Vietnamese text everywhere, and remembers how it was put together."""

import copy
import json
import pickle

from domain.sentence import Sentence, WordedError, again, joined, kept
from domain.verdict import Consequence, Outcome, Severity, Verdict


def test_a_sentence_is_the_text_and_remembers_its_blanks() -> None:
    said = Sentence("Hết hạn ngày {day}.", day="14/02/2023")
    assert said == "Hết hạn ngày 14/02/2023."
    assert (said.template, said.values) == ("Hết hạn ngày {day}.", {"day": "14/02/2023"})


def test_braces_are_braces_where_nothing_fills_them() -> None:
    assert Sentence("mã {x}") == "mã {x}"
    assert Sentence("mã {code}", code="{x}") == "mã {x}"


def test_what_an_error_says_is_still_a_sentence() -> None:
    said = str(WordedError("Không có ngày {day}.", day="30/02"))
    assert isinstance(said, Sentence)
    assert said.values == {"day": "30/02"}


def test_parts_are_joined_without_losing_what_they_are() -> None:
    parts = [Sentence("thiếu {what}", what="số"), "{0}"]
    said = joined("; ", parts)
    assert said == "thiếu số; {0}"
    assert list(said.values.values()) == parts
    assert joined("; ", []) == ""


def test_a_sentence_stays_one_when_it_is_copied_or_sent_to_another_process() -> None:
    said = Sentence("Hết hạn ngày {day}.", day="14/02/2023")
    for other in (copy.deepcopy(said), pickle.loads(pickle.dumps(said))):  # noqa: S301  our own
        assert (other, other.template, other.values) == (said, said.template, said.values)


def test_a_sentence_that_was_kept_is_one_again() -> None:
    said = Sentence("{first}; {count} vụ", first=Sentence("thiếu {what}", what="Số học sinh"), count=2)
    found = again(json.loads(json.dumps(kept(said))))
    assert (found, found.template) == ("thiếu Số học sinh; 2 vụ", said.template)
    assert found.values["first"].values == {"what": "Số học sinh"}
    assert again(kept(Sentence("có {"))) == "có {"
    assert kept("viết tay") == "viết tay"


def test_a_verdict_kept_as_json_can_be_said_in_another_language() -> None:
    why = Sentence("thiếu {what}", what="Số học sinh")
    verdict = Verdict(
        rule_id="r", rule_version="1", title="", clause="", document="", outcome=Outcome.UNKNOWN, why=why,
        figures={}, severity=Severity.MINOR, then=Consequence.NOTE,
    )  # fmt: skip
    found = Verdict.model_validate(json.loads(json.dumps(verdict.model_dump(mode="json")))).why
    assert isinstance(found, Sentence)
    assert (found, found.template) == (why, "thiếu {what}")
