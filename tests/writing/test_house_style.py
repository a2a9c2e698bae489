"""The house style changes how a file looks and never what it says."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.content.document import Document, parse
from bot.content.layout import FOLDERS
from bot.content.schemas import heading
from bot.writing import WritingError, formatted, headed

ROOT = Path(__file__).parent.parent.parent
FILES = sorted(file for folder in (*FOLDERS, "tests/questions") for file in (ROOT / folder).rglob("*.yaml"))

words = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Co", "Cn"]), max_size=20)
keys = st.from_regex(r"[a-z_]{1,8}", fullmatch=True)
data = st.recursive(
    words,
    lambda part: st.lists(part, min_size=1, max_size=4) | st.dictionaries(keys, part, min_size=1, max_size=4),
    max_leaves=12,
)


def said(text: str) -> Any:
    """What a text says, whatever it looks like."""
    document = parse("a.yaml", text)
    assert isinstance(document, Document), document
    return document.data


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(ROOT)))
def test_every_shipped_file_is_in_the_house_style_and_leads_to_its_schema(file: Path) -> None:
    """So that the first change of an editor shows nothing but itself."""
    text, path = file.read_text(encoding="utf-8"), file.relative_to(ROOT).as_posix()
    new = formatted(text)
    assert said(new) == said(text)
    assert headed(new, path) == text
    schema = text.partition("\n")[0].partition("$schema=")[2]
    assert (file.parent / schema).resolve().is_relative_to(ROOT / "knowledge/schemas")
    assert (file.parent / schema).is_file()


@settings(deadline=None)  # a noisy machine is no fault
@given(data=data, flow=st.booleans(), indent=st.sampled_from([2, 3, 4, 8]), width=st.sampled_from([20, 80, 1000]))
def test_a_second_time_changes_nothing_and_the_first_no_value(data: Any, flow: bool, indent: int, width: int) -> None:
    """However somebody else's program wrote the file."""
    text = yaml.safe_dump(data, default_flow_style=flow, indent=indent, width=width, allow_unicode=True)
    once = formatted(text)
    assert said(once) == said(text)
    assert formatted(once) == once


BEFORE = """\
# on top

title:   dose   # beside
value: {low:  8,   high: 10, unit: week}
next: [ a,  b ]
says: 'It''s a sentence, and it is longer than a terminal is wide, which nobody minds: it stays on one line, all of it.'
empty:
phrases:
    - one
    # between
    - "two"

    - 0.30
    - no
note: |
  kept as
  it is
# at the end
"""
AFTER = """\
# on top

title: dose     # beside
value: {low: 8, high: 10, unit: week}
next: [a, b]
says: 'It''s a sentence, and it is longer than a terminal is wide, which nobody minds: it stays on one line, all of it.'
empty:
phrases:
  - one
    # between
  - "two"

  - 0.30
  - no
note: |
  kept as
  it is
# at the end
"""


def test_comments_order_quotes_brackets_and_long_lines_stay() -> None:
    """Only the spaces around them change."""
    assert formatted(BEFORE).splitlines() == AFTER.splitlines()


@pytest.mark.parametrize("text", ["\ufefftitle: dose\n", "title: dose\r\n", "title: dose  \n\n\n", "title: dose"])
def test_marks_of_other_programs_go(text: str) -> None:
    """A byte order mark, Windows line ends, spaces at the end, no line end at all."""
    assert formatted(text) == "title: dose\n"


@pytest.mark.parametrize("text", ["", "# nothing yet\n", "a: 'x", "a: &b c", "a: 1\na: 2", "a: 1\n---\nb: 2\n"])
def test_what_is_not_read_here_is_refused_with_its_line(text: str) -> None:
    """And so never overwritten with half of it."""
    with pytest.raises(WritingError, match=r"^line \d"):
        formatted(text)


def test_the_first_line_leads_to_the_schema_of_the_file() -> None:
    """It is put there, or put right; a file of no kind has none."""
    line = "# yaml-language-server: $schema=../schemas/answer.json\n"
    assert headed("answer: x\n", "knowledge/thalidomide/dose.yaml") == f"{line}answer: x\n"
    assert headed("# yaml-language-server: $schema=x\na: x\n", "knowledge/thalidomide/dose.yaml") == f"{line}a: x\n"
    assert headed("a: x\n", "elsewhere/dose.yaml") == "a: x\n"
    assert heading("tests/questions/dose.yaml") == (
        "# yaml-language-server: $schema=../../knowledge/schemas/questions.json"
    )
