"""`dondoc judge`: try one condition on one case."""

import json
import sys
import unicodedata
from collections.abc import Mapping
from decimal import Decimal, DecimalException
from pathlib import Path
from typing import Annotated, Any

import typer

from rules.errors import RuleError
from rules.trial import judge_text, outcome_of
from rules.values import fits
from rules.wording import why
from runtime.calendars import shipped_calendar

_SAID = {"met": "Đạt", "not_met": "Không đạt", "unknown": "Chưa kết luận được"}


class BadCase(ValueError):
    """A case file that cannot be used; line and column are 0 where no place in it is at fault."""

    def __init__(self, message: str, line: int = 0, column: int = 0) -> None:
        super().__init__(message)
        self.message, self.line, self.column = message, line, column


def judge(
    expression: Annotated[str, typer.Argument(metavar="ĐIỀU-KIỆN", help="Điều kiện, viết sau --.")],
    case: Annotated[Path | None, typer.Option(metavar="TỆP.json", help="Số liệu để thử.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="In một đối tượng JSON.")] = False,
) -> None:
    """Thử một điều kiện: đạt, không đạt hay chưa kết luận được, và vì sao."""
    try:
        calendar = shipped_calendar() if "workdays" in expression else None  # a calendar takes time to load
        step = judge_text(expression, {} if case is None else load_case(case), calendar)
    except (RuleError, BadCase) as refused:
        _refuse(refused, as_json)
    outcome = outcome_of(step)
    if as_json:
        print(json.dumps({"outcome": outcome, "why": why(step)}, ensure_ascii=False))
    else:
        print(f"{_SAID[outcome]}: {why(step)}")


def _refuse(refused: RuleError | BadCase, as_json: bool) -> None:
    line, column = refused.place if isinstance(refused, RuleError) else (refused.line, refused.column)
    if as_json:
        error = {"line": line, "column": column, "message": refused.message}
        print(json.dumps({"error": error}, ensure_ascii=False))
    else:
        print(f"Lỗi: {refused}", file=sys.stderr)
    raise typer.Exit(2)


def load_case(path: Path) -> Mapping[str, Any]:
    """A JSON object with every number exact and every text NFC. Raises BadCase, worded for the reader."""
    try:
        found = json.loads(
            path.read_text(encoding="utf-8-sig"),
            parse_float=_decimal,
            parse_int=lambda digits: int(_decimal(digits)),
            parse_constant=_no_constant,
            object_pairs_hook=_object,
        )
    except OSError as error:
        raise BadCase(f"không đọc được tệp '{path}': {error.strerror}") from None
    except UnicodeDecodeError:
        raise BadCase(f"tệp '{path}' không phải là văn bản UTF-8") from None
    except json.JSONDecodeError as error:
        raise BadCase(f"tệp '{path}' không phải là JSON: {error.msg}", error.lineno, error.colno) from None
    except RecursionError:
        raise BadCase(f"tệp '{path}' lồng quá sâu") from None
    if not isinstance(found, dict):
        raise BadCase(f"tệp '{path}' phải chứa một đối tượng JSON {{...}}")
    return found


def _decimal(digits: str) -> Decimal:
    try:
        value = Decimal(digits)
    except DecimalException:
        value = Decimal("Infinity")
    if not fits(value):
        raise BadCase(f"số quá lớn hoặc quá nhỏ: {digits[:20]}...")
    return value


def _no_constant(name: str) -> None:
    raise BadCase(f"{name} không phải là một số")


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for raw, value in pairs:
        key = unicodedata.normalize("NFC", raw)
        if key in found:
            raise BadCase(f"khóa '{key}' viết hai lần")
        found[key] = _composed(value)
    return found


def _composed(value: Any) -> Any:
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value)
    return [_composed(part) for part in value] if isinstance(value, list) else value


if __name__ == "__main__":
    typer.run(judge)
