"""The source is shown whole, whatever the drafts claim of it."""

from hypothesis import given
from hypothesis import strategies as st

from web.source_text import pieces

spans = st.lists(st.tuples(st.integers(1, 9), st.integers(-3, 40), st.integers(-3, 40)), max_size=6)


@given(st.text(max_size=30), spans)
def test_the_pieces_joined_are_the_text(text: str, claimed: list[tuple[int, int, int]]) -> None:
    assert "".join(piece.text for piece in pieces(text, claimed)) == text


def test_overlapping_drafts_mark_what_each_of_them_covers() -> None:
    cut = pieces("abcdef", [(1, 0, 4), (2, 2, 6)])
    assert [(p.text, p.begins, p.inside) for p in cut] == [
        ("ab", (1,), (1,)),
        ("cd", (2,), (1, 2)),
        ("ef", (), (2,)),
    ]
