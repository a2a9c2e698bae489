"""A plan on paper: the only importer of matplotlib. One unit is one pixel, counted from the top left corner."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from textwrap import wrap
from typing import Any, Literal

from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from bot.drawing.plan import Line, Plan, Row, Scale, Section, Shape, Stretch

_INK, _GREY, _FAINT, _SHADE = "black", "#505050", "#bdbdbd", "#eeeeee"


@dataclass(frozen=True, slots=True)
class Type:
    """How words are set: their height in pixels, and how dark and heavy."""

    height: int
    colour: str = _INK
    bold: bool = False


WIDTH, LEFT, RIGHT = 1000, 40, 960
TITLE, HEADING, BODY = Type(40, bold=True), Type(26, bold=True), Type(26)
ASIDE, SMALL, FOOTER = Type(26, _GREY), Type(23, _GREY), Type(23, bold=True)
"""On a phone the picture shrinks to about two fifths."""
_TOP, _HEADING, _ROW, _LEGEND, _NOTE = 106, 40, 42, 33, 28
_NOTE_WIDTH = 72
_DPI = 100
_Align = Literal["left", "center", "right"]
_SIGNS: dict[Shape, dict[str, Any]] = {
    Shape.DISC: {"marker": "o", "markersize": 11},
    Shape.RING: {"marker": "o", "markersize": 11, "markerfacecolor": "white", "markeredgewidth": 2.5},
    Shape.SQUARE: {"marker": "s", "markersize": 11},
    Shape.TRIANGLE: {"marker": "^", "markersize": 12, "markerfacecolor": "white", "markeredgewidth": 2.5},
    Shape.CROSS: {"marker": "X", "markersize": 12, "markerfacecolor": "white", "markeredgewidth": 2},
    Shape.DIAMOND: {"marker": "D", "markersize": 12},
    Shape.STROKE: {"marker": "|", "markersize": 11, "markeredgewidth": 3},
}
_STROKES: dict[Line, dict[str, Any]] = {
    Line.CAPPED: {"linewidth": 2},
    Line.THICK: {"linewidth": 9, "solid_capstyle": "butt"},
    Line.DASHED: {"linewidth": 3, "linestyle": (0, (2, 1))},
}


def png(plan: Plan) -> bytes:
    """The plan as a PNG file."""
    with BytesIO() as file:
        figure(plan).savefig(file, format="png", dpi=_DPI, metadata={"Title": plan.title})
        return file.getvalue()


def figure(plan: Plan) -> Figure:
    """The plan drawn, as tall as it needs to be."""
    sheet = _Sheet(_height(plan), plan.scale)
    sheet.write(LEFT, 44, plan.title, TITLE)
    sheet.write(LEFT, 90, plan.subtitle, ASIDE)
    y = _TOP
    for section in plan.sections:
        sheet.heading(y, section)
        y += _HEADING
        for row in section.rows:
            sheet.row(y, row)
            y += _ROW
    sheet.axis(y)
    y += 46
    for place, (sign, words) in enumerate(plan.legend):
        sheet.sign(LEFT + 450 * (place % 2), y + _LEGEND * (place // 2) + 18, sign, words)
    y += _LEGEND * ((len(plan.legend) + 1) // 2) + 6
    for line in _notes(plan):
        sheet.write(LEFT, y + 15, line, SMALL)
        y += _NOTE
    sheet.write(LEFT, y + 20, plan.footer, FOOTER)
    return sheet.figure


def _height(plan: Plan) -> int:
    rows = sum(1 for _ in plan.rows)
    legend = _LEGEND * ((len(plan.legend) + 1) // 2)
    return _TOP + _HEADING * len(plan.sections) + _ROW * rows + 52 + legend + _NOTE * len(list(_notes(plan))) + 42


def _notes(plan: Plan) -> Iterator[str]:
    for note in plan.notes:
        yield from wrap(note, _NOTE_WIDTH, break_on_hyphens=False)


class _Sheet:
    """A white page with a scale across it."""

    def __init__(self, height: int, scale: Scale) -> None:
        self.figure = Figure(figsize=(WIDTH / _DPI, height / _DPI), dpi=_DPI, facecolor="white")
        FigureCanvasAgg(self.figure)
        self._scale = scale
        self._axes = self.figure.add_axes((0, 0, 1, 1))
        self._axes.set(xlim=(0, WIDTH), ylim=(height, 0))
        self._axes.axis("off")

    def write(self, x: float, y: float, words: str, kind: Type = BODY, align: _Align = "left") -> None:
        """Words on one line around the height y."""
        style: dict[str, Any] = {"fontsize": kind.height * 72 / _DPI, "color": kind.colour, "parse_math": False}
        style["weight"] = "bold" if kind.bold else "normal"
        self._axes.text(x, y, words, ha=align, va="center", **style)

    def heading(self, y: float, section: Section) -> None:
        """The heading, behind the sign of its rows."""
        if section.sign:
            self._mark(LEFT + 8, y + 23, section.sign)
        self.write(LEFT + (28 if section.sign else 0), y + 22, section.heading, HEADING)

    def row(self, y: float, row: Row) -> None:
        """The words, and below them what is drawn, across short pieces of the lines of the scale."""
        if row.shaded:
            self._axes.fill_between([LEFT - 20, RIGHT + 20], y, y + _ROW, color=_SHADE, linewidth=0, zorder=-1)
        self.write(LEFT, y + 14, row.label)
        self.write(RIGHT, y + 14, row.figure, align="right")
        for value, _ in self._scale.ticks:
            self._axes.plot([self._x(value)] * 2, [y + 27, y + _ROW], color=_FAINT, linewidth=1.5, zorder=0)
        for stretch in row.stretches:
            self._stretch(y + 33, stretch)
        for mark in row.marks:
            self._mark(self._x(mark.at), y + 33, mark.shape)

    def axis(self, bottom: float) -> None:
        """What the lines of the scale stand for."""
        for value, name in self._scale.ticks:
            edge: _Align = "left" if value == self._scale.low else "right" if value == self._scale.high else "center"
            self.write(self._x(value), bottom + 22, name, SMALL, edge)

    def sign(self, x: float, y: float, sign: Shape | Line, words: str) -> None:
        """An entry of the legend."""
        if isinstance(sign, Shape):
            self._mark(x + 25, y, sign)
        else:
            self._line(x, x + 50, y, sign)
        self.write(x + 64, y, words, SMALL)

    def _x(self, value: float) -> float:
        return LEFT + (RIGHT - LEFT) * self._scale.place(value)

    def _mark(self, x: float, y: float, shape: Shape) -> None:
        style = {"color": _INK, "markeredgecolor": _INK, "linestyle": "none", "zorder": 3, **_SIGNS[shape]}
        self._axes.plot([x], [y], **style)

    def _stretch(self, y: float, stretch: Stretch) -> None:
        low = LEFT if stretch.low is None else self._x(stretch.low)
        high = RIGHT if stretch.high is None else self._x(stretch.high)
        self._line(low, high, y, stretch.line)
        if stretch.low is None:
            self._axes.plot([low], [y], marker="<", markersize=11, color=_INK)
        if stretch.high is None:
            self._axes.plot([high], [y], marker=">", markersize=11, color=_INK)

    def _line(self, low: float, high: float, y: float, line: Line) -> None:
        self._axes.plot([low, high], [y, y], color=_INK, zorder=2, **_STROKES[line])
        if line is not Line.THICK:
            self._axes.plot([low, high], [y, y], marker="|", markersize=11, linestyle="none", color=_INK)
