"""Two answers beside one another: only what differs is marked."""

from __future__ import annotations

import pytest

from bot.workbench.bubbles import bubble
from bot.workbench.wording import Line, changed_lines


def marked(line: Line) -> tuple[str | None, str | None]:
    """Before and after, with what differs in brackets."""

    def side(spans: tuple[object, ...] | None) -> str | None:
        if spans is None:
            return None
        return "".join(f"[{one.text}]" if one.differs else one.text for one in spans)  # type: ignore[attr-defined]

    return side(line.before), side(line.after)


@pytest.mark.parametrize(
    ("before", "after", "lines"),
    [
        ("a\nb", "a\nb", []),
        ("in 25 to 75%, often", "in 25 to 70%, often", [("in 25 to [75%], often", "in 25 to [70%], often")]),
        ("dose 0.5 mg", "dose 1.5 mg", [("dose [0.5] mg", "dose [1.5] mg")]),
        ("a", "a\nb", [(None, "[b]")]),
        ("a\nb\nc", "a\nc", [("[b]", None)]),
        ("", "new", [(None, "[new]")]),
    ],
)
def test_the_words_that_differ_are_marked(before: str, after: str, lines: list[tuple[str | None, str | None]]) -> None:
    assert [marked(line) for line in changed_lines(before, after)] == lines


def test_a_message_unfolds_and_its_links_open_apart() -> None:
    message = 'first\n<blockquote expandable>more &lt;b&gt; <a href="https://a.example/1">a</a></blockquote>\n\nlast'
    assert bubble(message) == (
        'first<details class="more"><summary>Show more</summary><blockquote>more &lt;b&gt; '
        '<a rel="noreferrer" target="_blank" href="https://a.example/1">a</a></blockquote></details>last'
    )


def test_an_address_in_the_words_is_a_link_as_in_telegram() -> None:
    assert 'href="http://127.0.0.1:8765/?start=a-b&amp;c"' in bubble("see:\nhttp://127.0.0.1:8765/?start=a-b&amp;c")
