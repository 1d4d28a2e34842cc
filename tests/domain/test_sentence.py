"""A sentence is its Vietnamese text everywhere, and remembers how it was put together."""

import copy
import pickle

from domain.sentence import Sentence, WordedError, joined


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
    for again in (copy.deepcopy(said), pickle.loads(pickle.dumps(said))):  # noqa: S301  our own
        assert (again, again.template, again.values) == (said, said.template, said.values)
