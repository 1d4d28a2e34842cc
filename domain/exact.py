"""Exact figures as text and as people here write them. A ledger compares what was said, not what a float kept."""

import re
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

_WRITTEN = re.compile(r"-?[0-9]{1,30}(?:[./][0-9]{1,30})?")


def exact(text: str) -> Fraction | None:
    """'73.6', '26/39', '-4' as an exact figure; None where the text is none. Never from a float."""
    written = text.strip()
    if not _WRITTEN.fullmatch(written) or (written.rpartition("/")[2].strip("0") == "" and "/" in written):
        return None
    return Fraction(written)


def say_figure(value: Fraction, unit: str = "") -> str:
    """1.234,57 rounded half up to two decimals, with its unit."""
    cents = (Decimal(value.numerator) / Decimal(value.denominator)).quantize(Decimal("0.01"), ROUND_HALF_UP)
    whole, _, decimals = f"{cents:,}".partition(".")
    digits = decimals.rstrip("0")
    said = whole.replace(",", ".") + (f",{digits}" if digits else "")
    return f"{said} {unit}".rstrip()
