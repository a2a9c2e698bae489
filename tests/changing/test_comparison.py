"""Two answers beside one another: only what differs is marked."""

from __future__ import annotations

import time

import pytest

from bot.changing.comparison import Line, changed_lines


def marked(line: Line) -> tuple[str | None, str | None]:
    """Before and after, with what differs in brackets."""

    def side(spans: tuple[object, ...] | None) -> str | None:
        if spans is None:
            return None
        return "".join(f"[{one.text}]" if one.differs else one.text for one in spans)  # type: ignore[attr-defined]

    return side(line.before), side(line.after)


def test_long_texts_that_share_nothing_are_compared_at_once() -> None:
    """Every line is unlike every other, and every word: what is compared with all others takes minutes here."""
    old, new = (
        "\n".join(" ".join(f"{side}{line}{word}" for word in range(400)) for line in range(40)) for side in "ab"
    )
    began = time.monotonic()
    assert len(changed_lines(old, new)) == 40
    assert time.monotonic() - began < 2


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
