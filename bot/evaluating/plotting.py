"""A plot as SVG: small, the same every time, and readable in any browser without a library."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from bot.evaluating.sheet import Plot

WIDTH, HEIGHT, MARGIN = 640, 280, 40
COLOURS = ("#2f6f4f", "#5b7fb5", "#b5452f")
"""For what is right, what lies between, and what is wrong."""


def svg(plot: Plot) -> str:
    """The plot as an element that stands in a page by itself."""
    top = max((value for values in plot.series.values() for value in values), default=0) or 1.0
    parts = [*_frame(plot, top), *(_bars if plot.kind == "bars" else _lines)(plot, top), *_legend(plot)]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" role="img" '
        f'aria-label="{escape(plot.axis)}" font-family="sans-serif" font-size="11">{"".join(parts)}</svg>'
    )


def _x(place: float) -> float:
    return round(MARGIN + place * (WIDTH - 2 * MARGIN), 1)


def _y(value: float, top: float) -> float:
    return round(HEIGHT - MARGIN - value / top * (HEIGHT - 2 * MARGIN), 1)


def _frame(plot: Plot, top: float) -> Iterator[str]:
    bottom = _y(0, top)
    yield f'<path d="M{_x(0)} {_y(top, top)}V{bottom}H{_x(1)}" fill="none" stroke="#888"/>'
    for tenth in range(0, 11, 2):
        yield f'<text x="{_x(tenth / 10)}" y="{bottom + 14}" text-anchor="middle">{tenth / 10:.1f}</text>'
    yield f'<text x="{_x(0.5)}" y="{bottom + 30}" text-anchor="middle">{escape(plot.axis)}</text>'
    yield f'<text x="{_x(0) - 4}" y="{_y(top, top) + 4}" text-anchor="end">{top:g}</text>'
    if plot.mark is not None:
        x = _x(plot.mark)
        yield f'<path d="M{x} {_y(top, top)}V{bottom}" stroke="#333" stroke-dasharray="4 3"/>'
        yield f'<text x="{x + 4}" y="{_y(top, top) - 4}">in force: {plot.mark:g}</text>'


def _lines(plot: Plot, top: float) -> Iterator[str]:
    for values, colour in zip(plot.series.values(), COLOURS, strict=False):
        points = " ".join(f"{_x(place)},{_y(value, top)}" for place, value in zip(plot.places, values, strict=True))
        yield f'<polyline points="{points}" fill="none" stroke="{colour}" stroke-width="2"/>'


def _bars(plot: Plot, top: float) -> Iterator[str]:
    """The series side by side at each place."""
    width = (WIDTH - 2 * MARGIN) / (len(plot.places) * (len(plot.series) + 1))
    for number, (values, colour) in enumerate(zip(plot.series.values(), COLOURS, strict=False)):
        for place, value in zip(plot.places, values, strict=True):
            y = _y(value, top)
            yield (
                f'<rect x="{_x(place) + number * width:.1f}" y="{y}" width="{width:.1f}" '
                f'height="{_y(0, top) - y:.1f}" fill="{colour}"/>'
            )


def _legend(plot: Plot) -> Iterator[str]:
    for number, (name, colour) in enumerate(zip(plot.series, COLOURS, strict=False)):
        x = MARGIN + number * 170
        yield f'<rect x="{x}" y="6" width="10" height="10" fill="{colour}"/>'
        yield f'<text x="{x + 14}" y="15">{escape(name)}</text>'
