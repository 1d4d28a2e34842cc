"""How a unit's name is spelled, item by item."""

import pytest

from domain.naming import key, spelled


@pytest.mark.parametrize(
    ("name", "items"),
    [
        ("Phòng GD&ĐT", ("phong", "G", "D", "D", "T")),
        ("Trường Mầm non và Tiểu học", ("truong", "mam", "non", "tieu", "hoc")),
        ("Phòng ² º họp", ("phong", "hop")),  # letters to Python, and nothing once folded
        ("", ()),
    ],
)
def test_a_name_is_its_words_and_letters(name: str, items: tuple[str, ...]) -> None:
    assert spelled(name) == items
    assert key(spelled(name)) == "".join(item[0].lower() for item in items)
