"""A message in Telegram's HTML as a browser shows it."""

from __future__ import annotations

import re

from markupsafe import Markup

_ADDRESS = re.compile(r'(?<!")\bhttps?://[^\s<]+')
"""One that stands in the words: Telegram makes a link of it by itself. Those of tags stand in quotation marks."""
_TAGS = (
    (re.compile(r"\n*<blockquote expandable>"), '<details class="more"><summary>Show more</summary><blockquote>'),
    (re.compile(r"</blockquote>\n*"), "</blockquote></details>"),
    (re.compile(r"<a href="), '<a rel="noreferrer" target="_blank" href='),
)


def bubble(message: str) -> Markup:
    """The same message with what unfolds as `<details>`.

    Every word in it was escaped when it was rendered, so that each tag in it is the renderer's own.
    """
    shown = _ADDRESS.sub(r'<a href="\g<0>">\g<0></a>', message)
    for tag, form in _TAGS:
        shown = tag.sub(form, shown)
    return Markup(shown)  # noqa: S704 - escaped by bot.rendering.html
