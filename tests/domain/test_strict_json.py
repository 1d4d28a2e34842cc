"""JSON that two programs could read as two things is refused."""

from decimal import Decimal

import pytest

from domain.strict_json import BadJson, read_json


def test_what_is_plain_is_read_exactly() -> None:
    found = read_json('{"a": [1, 73.60, "Đôn đốc", true, null]}'.encode())
    assert found == {"a": [1, Decimal("73.60"), "Đôn đốc", True, None]}


@pytest.mark.parametrize(
    ("source", "said"),
    [
        (b'{"a": 1, "a": 2}', "viết hai lần"),
        (b'{"a": {"b": 1, "b": 1}}', "viết hai lần"),
        (b"NaN", "không phải là một số"),
        (b"[-Infinity]", "không phải là một số"),
        (b"1e999", "quá lớn"),
        (b"1e-999", "quá lớn hoặc quá nhỏ"),
        (b"9" * 5000, "số quá dài"),
        (b"0." + b"1" * 5000, "số quá dài"),
        (b'"\\ud800"', "không ghi được"),
        (b'{"\\udfff": 1}', "không ghi được"),
        (b'["a\\u0000b"]', "không ghi được"),
        (b"[" * 100_000, "lồng quá sâu"),
        (b'{"a":' * 100_000, "lồng quá sâu"),
        (b'"\xff\xfe"', "UTF-8"),
        (b"{", "không phải là JSON"),
        (b"", "không phải là JSON"),
        (b"{'a': 1}", "không phải là JSON"),
        (b'{"a": 1} {"b": 2}', "không phải là JSON"),
    ],
)
def test_what_is_ambiguous_or_cannot_be_kept_is_refused(source: bytes, said: str) -> None:
    with pytest.raises(BadJson, match=said):
        read_json(source)
