"""A target drawn: the figures reported, what was wanted, and the same as a table for who cannot see the picture.

The picture is one inline SVG without script or style, which a strict CSP drops: what pygal says in a style sheet
stands here as attributes; text and grid take the colour of the page.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from xml.etree import ElementTree

import pygal

from domain.exact import exact, say_figure
from domain.measure import Count, Measure, segments
from domain.target import Aim, Terms
from domain.target_standing import apart, baseline, in_time
from domain.wording import say_period

COLOURS = ("#1d70b8", "#d4351c", "#00703c", "#4c2c92")
_SVG = "http://www.w3.org/2000/svg"
_LEFT_OUT = {f"{{{_SVG}}}{name}" for name in ("script", "style", "desc", "title", "defs")}
_ANCHORS = {"axis y": "end", "axis x": "middle"}


@dataclass(frozen=True)
class Row:
    """One period as the table says it; `broken`: counted in another way than the row before."""

    period: str
    figure: str
    wanted: str
    broken: bool


def rows(terms: Terms, counts: Sequence[Count]) -> list[Row]:
    """By period, oldest first."""
    found: list[Row] = []
    start = baseline(terms, counts)
    for segment in segments(list(counts)):
        for place, one in enumerate(segment):
            low, high = _wanted(terms, one, start)
            found.append(
                Row(
                    period=say_period(one.period),
                    figure="không tính được" if one.amount is None else one.say(one.amount),
                    wanted=_said(low, high, terms.unit),
                    broken=bool(found) and place == 0,
                )
            )
    return found


def chart(measure: Measure, terms: Terms, counts: Sequence[Count]) -> str:
    """SVG markup to put into a page. A changed definition cuts the line: each way of counting is a line of its
    own. What is to be reached together is drawn as the sum so far."""
    cut = segments(_summed(terms, counts) if terms.aim is Aim.CUMULATIVE else list(counts))
    periods = [one for segment in cut for one in segment]
    drawing = pygal.Line(
        js=[], no_prefix=True, width=720, height=320, dots_size=4, legend_at_bottom=True, margin_right=70,
        value_formatter=lambda value: _said(f"{value:.2f}", "", measure.unit),
    )  # fmt: skip
    drawing.x_labels = [say_period(one.period) for one in periods]
    for number, segment in enumerate(cut, start=1):
        name = measure.name if len(cut) == 1 else f"{measure.name} (cách tính {number})"
        drawing.add(name, [_number(one.amount) if one in segment else None for one in periods])
    start = baseline(terms, counts)
    drawing.add("Cần đạt", [_number(exact(_wanted(terms, one, start)[0])) for one in periods])
    return _dressed(drawing.render(), f"Biểu đồ: {measure.name}")


def _summed(terms: Terms, counts: Sequence[Count]) -> list[Count]:
    """Of the target's own time, as the ledger adds it; a period without a usable figure keeps its gap."""
    total, found = Fraction(0), []
    own = [one for one in counts if in_time(terms, one)]
    for one in sorted(apart(own), key=lambda one: one.ends_on):
        if one.amount is not None:
            total += one.amount
            found.append(Count(period=one.period, value=str(total), definition=one.definition, unit=one.unit))
        else:
            found.append(one)
    return found


def _dressed(svg: bytes, said: str) -> str:
    root = ElementTree.fromstring(svg)  # noqa: S314 -- drawn by pygal a line above, nobody else writes it
    _dress(root, None, "start")
    root.attrib.update({"role": "img", "aria-label": said})
    ElementTree.register_namespace("", _SVG)
    return ElementTree.tostring(root, encoding="unicode")


def _dress(element: ElementTree.Element, colour: str | None, anchor: str) -> None:
    """Colour goes down from a series to its lines and dots, the place of labels from an axis to its text."""
    named = element.get("class", "")
    colour = next((c for n, c in enumerate(COLOURS) if f"color-{n}" in named.split()), colour)
    anchor = next((a for axis, a in _ANCHORS.items() if named.startswith(axis)), anchor)
    element.attrib.pop("style", None)
    match element.tag.rpartition("}")[2]:
        case "text":
            element.attrib.update({"fill": "currentColor", "font-size": "11", "text-anchor": anchor})
        case "path":
            shown = {"stroke": colour} if colour else {"stroke": "currentColor", "stroke-opacity": "0.15"}
            element.attrib.update({"fill": "none", **shown})
        case "circle" | "rect":
            element.set("fill", colour or "none")
    for child in list(element):
        if child.tag in _LEFT_OUT or child.get("class") == "tooltip":
            element.remove(child)
        else:
            _dress(child, colour, anchor)


def _wanted(terms: Terms, count: Count, start: Count | None) -> tuple[str, str]:
    """Nothing was wanted before the target began; what is to be kept or to grow is wanted on top of its start, which
    must have been counted in the same way."""
    if count.ends_on < terms.first:
        return "", ""
    if terms.aim not in {Aim.GROW, Aim.MAINTAIN}:
        return terms.wanted_on(count.ends_on)
    if start is None or start.amount is None or start.definition != count.definition:
        return "", ""
    more = exact(terms.value) if terms.aim is Aim.GROW else None
    return str(start.amount + (more or 0)), ""


def _number(amount: Fraction | None) -> float | None:
    return None if amount is None else float(amount)


def _said(low: str, high: str, unit: str) -> str:
    figures = [say_figure(figure) for text in (low, high) if (figure := exact(text)) is not None]
    return f"{'–'.join(figures)} {unit}".strip() if figures else ""
