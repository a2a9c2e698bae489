"""Sheets as text for the terminal, as Markdown, and as one HTML page with its plots."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape

from bot.evaluating.plotting import svg
from bot.evaluating.sheet import Plot, Sheet

_STYLE = (
    "body{font:14px/1.4 sans-serif;max-width:72rem;margin:2rem auto;padding:0 1rem}"
    "table{border-collapse:collapse;margin:.5rem 0 1rem;font-size:12px}"
    "td,th{border-bottom:1px solid #ddd;padding:.15rem .5rem;text-align:right}"
    "td:first-child,th:first-child,.words td{text-align:left}"
)
_BAR, _BAR_WIDTH = "█", 40


def page(suffix: str, title: str, sheets: Iterable[Sheet]) -> str:
    """A report for a file of this ending: HTML for .html, else Markdown."""
    make = html if suffix.lower() == ".html" else markdown
    return make(title, sheets)


def text(sheets: Iterable[Sheet]) -> str:
    """The tables with their columns aligned."""
    return "\n\n".join("\n".join(_text(sheet)) for sheet in sheets)


def _text(sheet: Sheet) -> Iterator[str]:
    table = (sheet.head, *sheet.rows)
    widths = [max(len(row[column]) for row in table) for column in range(len(sheet.head))]
    yield sheet.title
    for row in table:
        cells = (
            _aligned(cell, width, left=column == 0 or _is_words(sheet))
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        yield "  " + "  ".join(cells).rstrip()
    if sheet.note:
        yield f"  {sheet.note}"


def _aligned(cell: str, width: int, *, left: bool) -> str:
    return cell.ljust(width) if left else cell.rjust(width)


def _is_words(sheet: Sheet) -> bool:
    """Whether the table holds sentences rather than counts."""
    return any(" " in cell and not cell[0].isdigit() for row in sheet.rows for cell in row[1:])


def markdown(title: str, sheets: Iterable[Sheet]) -> str:
    """The tables as Markdown, each plot as bars of characters."""
    parts = [f"# {title}"]
    for sheet in sheets:
        head = "| " + " | ".join(sheet.head) + " |"
        rule = "|" + " --- |" * len(sheet.head)
        rows = ("| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |" for row in sheet.rows)
        parts += [f"## {sheet.title}", "\n".join([head, rule, *rows])]
        parts += [f"```text\n{_bars(sheet.plot)}\n```"] if sheet.plot else []
        parts += [sheet.note] if sheet.note else []
    return "\n\n".join(parts) + "\n"


def _bars(plot: Plot) -> str:
    """Every series as a row of bars, the place in force pointed at."""
    top = max((value for values in plot.series.values() for value in values), default=0) or 1.0
    lines: list[str] = []
    for name, values in plot.series.items():
        lines.append(name)
        for place, value in zip(plot.places, values, strict=True):
            mark = " <- in force" if place == plot.mark else ""
            lines.append(f"  {place:4.2f} {_BAR * round(value / top * _BAR_WIDTH)}{mark}")
    return "\n".join(lines)


def html(title: str, sheets: Iterable[Sheet]) -> str:
    """One page that needs nothing beside it."""
    body = "\n".join(part for sheet in sheets for part in _section(sheet))
    return (
        f'<!doctype html>\n<html lang="en"><meta charset="utf-8"><title>{escape(title)}</title>'
        f"<style>{_STYLE}</style>\n<h1>{escape(title)}</h1>\n{body}\n</html>\n"
    )


def _section(sheet: Sheet) -> Iterator[str]:
    yield f"<h2>{escape(sheet.title)}</h2>"
    if sheet.plot:
        yield svg(sheet.plot)
    words = ' class="words"' if _is_words(sheet) else ""
    yield f"<table{words}><tr>{''.join(f'<th>{escape(cell)}</th>' for cell in sheet.head)}</tr>"
    yield from (f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in row)}</tr>" for row in sheet.rows)
    yield "</table>"
    if sheet.note:
        yield f"<p>{escape(sheet.note)}</p>"
