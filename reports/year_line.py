"""The office's year as a line for each duty (dòng thời gian): one inline SVG; its words stand in a table beside it."""

from calendar import isleap
from collections.abc import Mapping, Sequence
from datetime import date

from markupsafe import Markup, escape

WIDTH, LABEL, ROW, TOP = 980, 250, 22, 24
LONGEST = 38


def year_line(
    year: int, duties: Mapping[str, Sequence[tuple[date, bool]]], today: date, title: str
) -> Markup:
    """`duties`: title → (due day, whether somebody has not finished). Without inline style, for the page's CSP."""
    height = TOP + ROW * max(1, len(duties)) + 6
    parts = [
        Markup(
            '<svg viewBox="0 0 {} {}" role="img" aria-labelledby="nam-ten"><title id="nam-ten">{}</title>'
        ).format(WIDTH, height, title)
    ]
    for month in range(1, 13):
        x = _x(date(year, month, 1))
        parts.append(
            Markup('<line class="dd-chart__axis" x1="{0}" y1="16" x2="{0}" y2="{1}"/>').format(x, height)
        )
        parts.append(Markup('<text x="{}" y="13">T{}</text>').format(x + 3, month))
    if today.year == year:
        parts.append(
            Markup('<line class="dd-year__now" x1="{0}" y1="16" x2="{0}" y2="{1}"/>').format(
                _x(today), height
            )
        )
    for number, (title, days) in enumerate(duties.items()):
        y = TOP + ROW * number + ROW // 2
        short = title if len(title) <= LONGEST else f"{title[: LONGEST - 1]}…"
        parts.append(Markup('<text x="0" y="{}">{}</text>').format(y + 4, escape(short)))
        for day, owed in days:
            look = "late" if owed and day < today else "owed" if owed else "done"
            parts.append(
                Markup('<circle class="dd-year__{}" cx="{}" cy="{}" r="5"/>').format(look, _x(day), y)
            )
    return Markup("").join([*parts, Markup("</svg>")])


def _x(day: date) -> float:
    length = 366 if isleap(day.year) else 365
    return round(LABEL + (day.timetuple().tm_yday - 1) / length * (WIDTH - LABEL - 8), 1)
