"""The source is shown whole, whatever the drafts claim of it."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from store.questions.review import ReviewedPassage
from web.source_text import Piece, Tone, coverage, pieces

spans = st.lists(st.tuples(st.integers(1, 9), st.integers(-3, 40), st.integers(-3, 40)), max_size=6)


cuts = st.lists(st.integers(0, 40), max_size=6, unique=True).map(sorted)


def passage(
    number: int, start: int, end: int, kind: str = "task", *, settled: bool = True
) -> ReviewedPassage:
    return ReviewedPassage(number, start, end, kind, 1, settled)


@given(st.text(max_size=30), spans, cuts, spans)
def test_the_pieces_joined_are_the_text(
    text: str, claimed: list[tuple[int, int, int]], ends: list[int], doubts: list[tuple[int, int, int]]
) -> None:
    passages = [passage(n, start, end) for n, (start, end) in enumerate(pairwise(ends))]
    made = pieces(text, claimed, passages, doubts)
    assert "".join(piece.text for piece in made) == text
    assert [piece.start for piece in made] == [sum(len(p.text) for p in made[:n]) for n in range(len(made))]


@given(st.text(max_size=30), spans, cuts)
def test_every_word_is_in_one_of_the_shares(
    text: str, claimed: list[tuple[int, int, int]], ends: list[int]
) -> None:
    made = pieces(text, claimed, [passage(n, a, b, "background") for n, (a, b) in enumerate(pairwise(ends))])
    shares = coverage(made)
    assert sum(share.words for share in shares) == sum(len(piece.text.split()) for piece in made)
    assert round(sum(share.percent for share in shares), 6) in (0, 100)


def test_a_hole_and_an_order_without_a_draft_are_open() -> None:
    text = "KẾ HOẠCH tập huấn gấp vì mưa"
    passages = [
        passage(1, 0, 8, "heading"),
        passage(2, 9, 17, "task", settled=False),
        passage(3, 22, 28, "background"),
    ]
    made = pieces(text, [], passages)
    tones = [(piece.text.strip(), piece.tone) for piece in made if piece.text.strip()]
    assert tones == [
        ("KẾ HOẠCH", Tone.FRAME), ("tập huấn", Tone.OPEN), ("gấp", Tone.OPEN), ("vì mưa", Tone.CONTEXT),
    ]  # fmt: skip
    assert [(share.tone, share.words) for share in coverage(made)] == [
        (Tone.ORDER, 0), (Tone.OPEN, 3), (Tone.CONTEXT, 2), (Tone.FRAME, 2),
    ]  # fmt: skip
    assert Piece("  \n", 0).tone is Tone.FRAME


def test_a_doubt_is_marked_where_it_begins_and_not_where_it_has_no_place() -> None:
    made = pieces("abcdef", [], [], [(1, 2, 4), (2, 0, 0)])
    assert [(piece.text, piece.doubts) for piece in made] == [("ab", ()), ("cdef", (1,))]


def test_overlapping_drafts_mark_what_each_of_them_covers() -> None:
    cut = pieces("abcdef", [(1, 0, 4), (2, 2, 6)])
    assert [(p.text, p.begins, p.inside) for p in cut] == [
        ("ab", (1,), (1,)),
        ("cd", (2,), (1, 2)),
        ("ef", (), (2,)),
    ]
