"""JSON that means one thing (RFC 7493, I-JSON): no key twice, numbers exact and finite, text that can be stored."""

import json
from decimal import Decimal, DecimalException
from typing import Any

from domain.sentence import WordedError

LONGEST_NUMBER = 60
"""Characters; more is no figure an office counts."""


class BadJson(WordedError, ValueError):
    """The message is for whoever wrote it."""


def read_json(source: bytes) -> Any:
    """Objects, lists, text, whole numbers, decimals (`Decimal`), booleans, None. Raises BadJson."""
    try:
        found = json.loads(
            source.decode("utf-8"),
            parse_int=_whole,
            parse_float=_decimal,
            parse_constant=_refuse_constant,
            object_pairs_hook=_object,
        )
        _prove_text(found)
    except UnicodeDecodeError as error:
        raise BadJson("nội dung không phải là văn bản UTF-8") from error
    except RecursionError as error:
        raise BadJson("nội dung lồng quá sâu") from error
    except json.JSONDecodeError as error:
        raise BadJson(
            "không phải là JSON: dòng {line}, cột {column}", line=error.lineno, column=error.colno
        ) from error
    return found


def _whole(digits: str) -> int:
    return int(_short(digits))


def _decimal(digits: str) -> Decimal:
    try:
        value = Decimal(_short(digits))
    except DecimalException as error:
        raise BadJson("số quá lớn hoặc quá nhỏ: {digits}…", digits=digits[:20]) from error
    if not value.is_finite() or abs(value.adjusted()) > LONGEST_NUMBER:
        raise BadJson("số quá lớn hoặc quá nhỏ: {digits}…", digits=digits[:20])
    return value


def _short(digits: str) -> str:
    if len(digits) > LONGEST_NUMBER:
        raise BadJson("số quá dài: {digits}…", digits=digits[:20])
    return digits


def _refuse_constant(name: str) -> None:
    raise BadJson("{name} không phải là một số", name=name)


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise BadJson("khóa “{key}” viết hai lần", key=key[:40])
        found[key] = value
    return found


def _prove_text(value: Any) -> None:
    """Half a letter (a lone surrogate) or a NUL cannot be stored as text."""
    if isinstance(value, str):
        if any(c == "\0" or "\ud800" <= c <= "\udfff" for c in value):
            raise BadJson("chữ có mã không ghi được")
    elif isinstance(value, dict):
        for key, inner in value.items():
            _prove_text(key)
            _prove_text(inner)
    elif isinstance(value, list):
        for inner in value:
            _prove_text(inner)
