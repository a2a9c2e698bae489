"""A change that an editor asked for in some other way than by writing YAML touches nothing else."""

from __future__ import annotations

import re
from collections.abc import Callable
from difflib import unified_diff
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from bot.content.document import Document, parse
from bot.content.layout import QUESTIONS
from bot.writing import (
    Label,
    WritingError,
    scaffold,
    with_name,
    with_phrase,
    with_question,
    with_scalar,
    with_value,
    without_phrase,
)

ROOT = Path(__file__).parent.parent.parent
TOPIC = (ROOT / "intents/relapse_rate.yaml").read_text(encoding="utf-8")
ANSWER = (ROOT / "knowledge/lenalidomide/relapse_rate.yaml").read_text(encoding="utf-8")
STUDY = (ROOT / "knowledge/studies/atra_1993.yaml").read_text(encoding="utf-8")
DRUGS = (ROOT / "knowledge/drugs.yaml").read_text(encoding="utf-8")
FOREIGN = (ROOT / "intents/out_of_scope/drugs.yaml").read_text(encoding="utf-8")
QUESTION_FILE = (ROOT / "tests/questions/dose.yaml").read_text(encoding="utf-8")

typed = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), min_size=1, max_size=40)


def said(text: str) -> Any:
    """What a text says."""
    document = parse("a.yaml", text)
    assert isinstance(document, Document), document
    return document.data


def changed(old: str, new: str) -> list[str]:
    """The lines that went and came."""
    lines = unified_diff(old.splitlines(), new.splitlines(), lineterm="", n=0)
    return [line for line in lines if re.match(r"[+-](?![+-]{2} )", line)]


def test_a_phrase_is_added_at_the_end_and_in_one_line() -> None:
    """As the phrases beside it, in quotes where it needs them alone."""
    assert changed(TOPIC, with_phrase(TOPIC, "does it creep back after {drug}")) == [
        "+  - does it creep back after {drug}"
    ]
    assert changed(TOPIC, with_phrase(TOPIC, "{drug}: isn't it back")) == ["+  - '{drug}: isn''t it back'"]


def test_a_phrase_goes_below_the_last_one_and_above_what_is_said_after_it() -> None:
    """A remark at the end of its line, or below, stays where it is."""
    text = "title: x\nphrases:\n  - one  # first\n  # below\nnext: [y]\n"
    assert with_phrase(text, "two") == "title: x\nphrases:\n  - one  # first\n  - two\n  # below\nnext: [y]\n"
    assert with_phrase("phrases:\n  - |\n    one\nnext: []\n", "two") == "phrases:\n  - |\n    one\n  - two\nnext: []\n"
    assert with_phrase("phrases: []", "one") == "phrases: [one]"
    assert with_phrase("phrases: [one, two]", "three, four") == "phrases: [one, two, 'three, four']"


def test_a_phrase_that_is_there_is_refused_whatever_its_case_and_spacing() -> None:
    """It would teach nothing."""
    with pytest.raises(WritingError, match="there already"):
        with_phrase(TOPIC, " Does it  come BACK ")


def test_a_phrase_that_is_taken_out_leaves_no_trace() -> None:
    """The first, one in the middle, the last; in brackets too."""
    for phrase in said(TOPIC)["phrases"][:: len(said(TOPIC)["phrases"]) - 1]:
        assert len(changed(TOPIC, without_phrase(TOPIC, phrase))) == 1
    assert without_phrase("phrases: [one, two, three]", "one") == "phrases: [two, three]"
    assert without_phrase("phrases: [one, two, three]", "three") == "phrases: [one, two]"


@settings(deadline=None)  # a noisy machine is no fault
@given(phrase=typed)
def test_whatever_is_typed_as_a_phrase_is_what_is_read(phrase: str) -> None:
    """Quotes, colons, braces, line breaks and emoji: and taking it out gives back the file."""
    for topic in ("title: x\nphrases:\n  - one\n  - two  # last\nnext: []\n", "phrases: [one, two]\n"):
        new = with_phrase(topic, phrase)
        assert said(new)["phrases"] == ["one", "two", phrase]
        assert without_phrase(new, phrase) == topic


def test_a_figure_is_changed_in_its_place() -> None:
    """In a study and in an answer, deep or not; the rest of the line stays."""
    assert changed(ANSWER, with_value(ANSWER, "range", "high", "70")) == [
        "-    value: {low: 25, high: 75, unit: percent}",
        "+    value: {low: 25, high: 70, unit: percent}",
    ]
    assert changed(STUDY, with_value(STUDY, "complete_response", "count", "17")) == [
        "-    value: {count: 18, of: 20, percent: 90}",
        "+    value: {count: 17, of: 20, percent: 90}",
    ]
    nested = "findings:\n  a:\n    value:\n      ci: {low: '1', high: 2}\n"
    assert with_value(nested, "a", "ci.low", "0.5") == nested.replace("'1'", "'0.5'")


def test_any_sentence_is_changed_in_its_quotes() -> None:
    """A sentence that a colon is put into needs none typed."""
    new = with_scalar(ANSWER, ("gaps", "sle", "says"), "None: it is not given.")
    assert changed(ANSWER, new)[1] == "+    says: 'None: it is not given.'"
    assert '"So: \\"{range}\\""' in with_scalar(ANSWER, ("answer",), 'So: "{range}"')


def test_a_value_of_several_lines_and_one_that_is_empty_are_replaced_too() -> None:
    """What follows stays on its own line."""
    assert with_scalar("a: |\n  one\n  two\nb: c\n", ("a",), "three") == "a: three\nb: c\n"
    assert with_scalar("a: 'one\n  two'\nb: c\n", ("a",), "three") == "a: 'three'\nb: c\n"
    assert with_scalar("a:\nb: c\n", ("a",), "one") == "a: one\nb: c\n"
    assert with_scalar("a:", ("a",), "one") == "a: one"


@settings(deadline=None)  # a noisy machine is no fault
@given(sentence=typed)
def test_whatever_is_typed_as_a_sentence_is_what_is_read(sentence: str) -> None:
    """In double quotes, in single ones, and where none stood."""
    for steps in (("answer",), ("gaps", "children", "says"), ("findings", "range", "from", "reference")):
        data = said(with_scalar(ANSWER, steps, sentence))
        for step in steps:
            data = data[step]
        assert data == sentence


def test_a_name_is_added_to_whatever_has_names() -> None:
    """To a list of names, in brackets, or where there was none."""
    assert changed(DRUGS, with_name(DRUGS, ("drugs", "lenalidomide"), "lenny")) == ["+      - lenny"]
    assert "name: mercaptopurine\n    aliases: [6mp, purinethol]" in with_name(
        FOREIGN, ("entries", "mercaptopurine"), "purinethol"
    )
    assert with_name("name: Doe 2024\ndrug: x\n", (), "the doe study") == (
        "name: Doe 2024\naliases: [the doe study]\ndrug: x\n"
    )
    assert with_name("a: {name: b}", ("a",), "c, d") == "a: {name: b, aliases: ['c, d']}"


def test_a_question_is_added_as_its_neighbours_are_written() -> None:
    """Under the next free number of its prefix, with its label."""
    label = Label("answer", ("dose", "induction_strategy"), ("thalidomide",), ("lenalidomide",), ("dle",), "missed")
    assert with_question(QUESTION_FILE, 'how "much" thal', label, "q-dose") == QUESTION_FILE + (
        '\n- id: q-dose-11\n  text: "how \\"much\\" thal"\n  expect: answer\n  topics: [dose, induction_strategy]\n'
        "  drugs: [thalidomide]\n  avoid: [lenalidomide]\n  population: [dle]\n" + '  note: "missed"\n'
    )


@settings(deadline=None)  # a noisy machine is no fault
@given(question=typed, note=st.text(max_size=10))
def test_whatever_is_asked_is_what_is_read_and_fits_the_record(question: str, note: str) -> None:
    """In a new file too. A question of spaces alone is none."""
    new = with_question("", question, Label("small_talk", note=note), "q-new")
    assert said(new)[0]["text"] == question
    assert said(new)[0].get("note", "") == note
    if question.strip() and (note.strip() or not note):
        QUESTIONS.adapter.validate_python(said(new))
        return
    with pytest.raises(ValidationError):
        QUESTIONS.adapter.validate_python(said(new))


REFUSED: tuple[tuple[str, Callable[[], str]], ...] = (
    ("this phrase is not there", lambda: without_phrase(TOPIC, "nobody asks so")),
    ("the last phrase", lambda: without_phrase("phrases: [one]", "one")),
    ("there is no `phrases`", lambda: with_phrase("title: x", "one")),
    ("`phrases` is no list", lambda: with_phrase("phrases: one", "two")),
    ("line 1: a quote is opened", lambda: with_phrase('title: "x', "one")),
    ("there is no `findings.rate.value.high`", lambda: with_value(ANSWER, "rate", "high", "70")),
    ("there is no `findings.range.value.ci.low`", lambda: with_value(ANSWER, "range", "ci.low", "70")),
    ("holds more than a single value", lambda: with_scalar(ANSWER, ("findings", "range", "value"), "70")),
    ("this question is there already", lambda: with_question(QUESTION_FILE, "thal  starting mg", Label("answer"), "q")),
    ("no list of questions", lambda: with_question("a: b", "thal?", Label("answer"), "q")),
    ("line 1: a quote", lambda: with_question("- 'x", "thal?", Label("answer"), "q")),
    ("called so already", lambda: with_name(DRUGS, ("drugs", "lenalidomide"), "LEN")),
    ("nothing with a name", lambda: with_name(DRUGS, ("drugs",), "x")),
    ("there is no `drugs.aspirin`", lambda: with_name(DRUGS, ("drugs", "aspirin"), "x")),
    ("`Doe 2024` is no key", lambda: scaffold("study", "Doe 2024")[1]),
    ("as in doe_2024", lambda: scaffold("study", "Doe 2024")[1]),
    ("`studies` is a folder of another kind", lambda: scaffold("answer", "studies", "dose")[1]),
)


@pytest.mark.parametrize(("says", "change"), REFUSED, ids=[says for says, _ in REFUSED])
def test_what_is_not_there_cannot_be_changed(says: str, change: Callable[[], str]) -> None:
    """One class of error, which says where and never repeats what people ask."""
    with pytest.raises(WritingError, match=re.escape(says)):
        change()
