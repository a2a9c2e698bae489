"""A change that an editor asked for in some other way than by writing YAML touches nothing else."""

from __future__ import annotations

import re
from collections.abc import Callable
from difflib import unified_diff
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from bot.answering.engine import Engine
from bot.content.document import Document, parse
from bot.content.layout import QUESTIONS, owner_and_name
from bot.domain.case import Expected, Question
from bot.domain.catalogue import Located
from bot.domain.figure import Range, Share, Unit
from bot.writing import (
    Label,
    WritingError,
    scaffold,
    with_entry,
    with_figure,
    with_phrase,
    with_question,
)

ROOT = Path(__file__).parent.parent.parent
TOPIC = (ROOT / "intents/relapse_rate.yaml").read_text(encoding="utf-8")
ANSWER = (ROOT / "knowledge/lenalidomide/relapse_rate.yaml").read_text(encoding="utf-8")
STUDY = (ROOT / "knowledge/studies/atra_1993.yaml").read_text(encoding="utf-8")
LABEL = Label(Expected.ANSWER)
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


@settings(deadline=None)  # a noisy machine is no fault
@given(phrase=typed)
def test_whatever_is_typed_as_a_phrase_is_what_is_read(phrase: str) -> None:
    """Quotes, colons, braces, line breaks and emoji."""
    for topic in ("title: x\nphrases:\n  - one\n  - two  # last\nnext: []\n", "phrases: [one, two]\n"):
        assert said(with_phrase(topic, phrase))["phrases"] == ["one", "two", phrase]


def test_a_figure_is_changed_in_its_place() -> None:
    """In a study and in an answer; the rest of the line stays."""
    assert changed(ANSWER, with_figure(ANSWER, "range", Range(low=25, high=70, unit=Unit.PERCENT))) == [
        "-    value: {low: 25, high: 75, unit: percent}",
        "+    value: {low: 25, high: 70, unit: percent}",
    ]
    assert changed(STUDY, with_figure(STUDY, "complete_response", Share(count=17, of=20, percent=90))) == [
        "-    value: {count: 18, of: 20, percent: 90}",
        "+    value: {count: 17, of: 20, percent: 90}",
    ]


VALUE = """\
findings:
  share:  # counted twice
    # above the value
    value:  # pooled
      # before the first
      percent: '71'  # as printed

      # between
      bound: exactly  # not about
      ci:  # by Wilson
        low: 65
        # within
        high: 77  # rounded
      # after the last
    kind: share_of_patients  # of the trial
"""
AMENDED: tuple[tuple[Share, tuple[tuple[str, str], ...]], ...] = (
    (Share(percent=71, ci={"low": 65, "high": 77}), ()),
    (
        Share(percent=72, bound="about", ci={"low": 65, "high": 78}),
        (("'71'", "'72'"), ("exactly", "about"), ("high: 77", "high: 78")),
    ),
    (
        Share(count=34, of=48, ci={"low": 65, "high": 77}),
        (("percent: '71'", "count: 34"), ("high: 77  # rounded\n", "high: 77  # rounded\n      of: 48\n")),
    ),
    (
        Share(percent=71),
        (("ci:  # by", "# by"), ("        low: 65\n", ""), ("high: 77  # rounded", "# rounded")),
    ),
    (
        Share(count=17, of=48, percent=71),
        (
            ("# not about\n", "# not about\n      count: 17\n      of: 48\n"),
            ("ci:  # by", "# by"),
            ("        low: 65\n", ""),
            ("high: 77  # rounded", "# rounded"),
        ),
    ),
)


@pytest.mark.parametrize(("value", "parts"), AMENDED, ids=range(len(AMENDED)))
def test_every_remark_about_a_figure_outlives_it(value: Share, parts: tuple[tuple[str, str], ...]) -> None:
    """Behind the key, between the fields, within them and at the end of a line; a default that is said stays said."""
    wanted = VALUE
    for before, after in parts:
        assert wanted.count(before) == 1
        wanted = wanted.replace(before, after)
    assert with_figure(VALUE, "share", value) == wanted
    assert Share.model_validate(said(wanted)["findings"]["share"]["value"]) == value


IN_BRACKETS: tuple[tuple[str, Share, str], ...] = (
    ("{percent: 71, ci: {low: 65, high: 77}}", Share(percent=72), "{percent: 72}"),
    ("{ci: {low: 65, high: 77}, percent: 71}", Share(percent=72), "{percent: 72}"),
    ("{bound: about, count: '3', of: 9}", Share(count=4), "{bound: exactly, count: '4'}"),
    ("{percent: 71}", Share(count=3, of=9, percent=71), "{percent: 71, count: 3, of: 9}"),
    ("{percent: 71}", Share(count=3, of=9), "{count: 3, of: 9}"),
    ("\n      percent:\n      count: 3", Share(count=3, percent=9), "\n      percent: 9\n      count: 3"),
    ("{percent: 71,  # one\n      of: 3}", Share(percent=72, of=3), "{percent: 72,  # one\n      of: 3}"),
)


@pytest.mark.parametrize(("old", "value", "new"), IN_BRACKETS, ids=[new for _, _, new in IN_BRACKETS])
def test_a_figure_stays_in_its_brackets_and_an_empty_field_is_filled(old: str, value: Share, new: str) -> None:
    """In the order in which its fields stood."""
    text = "findings:\n  a:\n    value: {}  # pooled\n    kind: x\n"
    assert with_figure(text.replace("{}", old), "a", value) == text.replace("{}", new)


def test_a_figure_of_any_shipped_shape_can_take_the_place_of_any_other_of_its_kind(engine: Engine) -> None:
    """And no remark is lost, nor anything else of its file changed."""
    shipped: dict[tuple[type, str], tuple[Any, Located]] = {}
    for one in engine.catalogue.findings.values():
        if (value := getattr(one.finding, "value", None)) is not None:
            shipped[type(value), str(value.model_dump(exclude_defaults=True).keys())] = value, one
    pairs = [(one, value) for old, one in shipped.values() for value, _ in shipped.values() if type(old) is type(value)]
    assert len(pairs) > 100
    for one, value in pairs:
        text, (_, name) = (ROOT / one.place.path).read_text(encoding="utf-8"), owner_and_name(one.id)
        new = with_figure(text, name, value)
        before, after = said(text), said(new)
        assert type(value).model_validate(after["findings"][name].pop("value")) == value
        del before["findings"][name]["value"]
        assert (after, new.count("#")) == (before, text.count("#"))


@pytest.mark.parametrize(
    "text",
    [
        "entries: {a: {name: b}}\n",
        "entries:\n  a:\n    name: b\n",
        "entries:\n  a:\n    name: b",
        "entries:\n  a:\n    name: |\n      b\nmore: c\n",
        "entries:\n  a:\n    aliases:\n      - b  # first\n    # the end\nmore: c\n",
    ],
)
def test_an_entry_is_added_at_the_end_of_a_list_of_names(text: str) -> None:
    """However the others are written."""
    new, before = with_entry(text, ("entries",), "z", "{name: zed}"), said(text)
    assert said(new) == before | {"entries": before["entries"] | {"z": {"name": "zed"}}}
    assert new.count("#") == text.count("#")


def test_a_question_is_added_as_its_neighbours_are_written() -> None:
    """Under the next free number of its prefix, with its label."""
    label = Label(
        Expected.ANSWER, ("dose", "induction_strategy"), ("thalidomide",), ("lenalidomide",), ("dle",), "missed"
    )
    assert with_question(QUESTION_FILE, 'how "much" thal', label, "q-dose") == QUESTION_FILE + (
        '\n- id: q-dose-11\n  text: "how \\"much\\" thal"\n  expect: answer\n  topics: [dose, induction_strategy]\n'
        "  drugs: [thalidomide]\n  avoid: [lenalidomide]\n  population: [dle]\n" + '  note: "missed"\n'
    )


@settings(deadline=None)  # a noisy machine is no fault
@given(question=typed, note=st.text(max_size=10))
@example(question="thal?", note="\x1f")  # blank to Python, a word to the record
@example(question="\x1c", note="")
@example(question="\u2003", note="\x85")  # blank to both
def test_whatever_is_asked_is_what_is_read_and_fits_the_record_if_it_may(question: str, note: str) -> None:
    """In a new file too. What counts as blank, and so as no question, is for the record to say."""
    new = with_question("", question, Label(Expected.SMALL_TALK, note=note), "q-new")
    assert said(new)[0]["text"] == question
    assert said(new)[0].get("note", "") == note
    fields = {"text": question, "expect": "small_talk"} | ({"note": note} if note else {})
    assert fits(TypeAdapter(Question), fields) == fits(QUESTIONS.adapter, said(new))


def fits(record: TypeAdapter[Any], data: object) -> bool:
    """Whether the record takes it."""
    try:
        record.validate_python(data)
    except ValidationError:
        return False
    return True


SHARE = Share(percent=71)
REFUSED: tuple[tuple[str, Callable[[], str]], ...] = (
    ("there is no `phrases`", lambda: with_phrase("title: x", "one")),
    ("`phrases` is no list", lambda: with_phrase("phrases: one", "two")),
    ("line 1: a quote is opened", lambda: with_phrase('title: "x', "one")),
    ("there is no `findings.rate.value`", lambda: with_figure(ANSWER, "rate", SHARE)),
    ("there is no `findings.a.value`", lambda: with_figure("findings:\n  a: {kind: advice}\n", "a", SHARE)),
    ("`findings.a.value` holds no entries", lambda: with_figure("findings: {a: {value: 71}}", "a", SHARE)),
    (
        "a remark stands within the value",
        lambda: with_figure("findings:\n  a:\n    value: {percent: 71, # x\n      of: 3}", "a", SHARE),
    ),
    ("this question is there already", lambda: with_question(QUESTION_FILE, "thal  starting mg", LABEL, "q")),
    ("no list of questions", lambda: with_question("a: b", "thal?", LABEL, "q")),
    ("line 1: a quote", lambda: with_question("- 'x", "thal?", LABEL, "q")),
    ("`a` is there already", lambda: with_entry("entries: {a: {name: b}}\n", ("entries",), "a", "{name: c}")),
    ("`a b` is no key: use small", lambda: with_entry("entries: {a: {name: b}}", ("entries",), "a b", "{}")),
    ("`entries` holds no entries", lambda: with_entry("entries: {}\n", ("entries",), "a", "{name: c}")),
    ("there is no `more`", lambda: with_entry("entries: {}\n", ("more",), "a", "{name: c}")),
    ("`Doe 2024` is no key", lambda: scaffold("study", "Doe 2024")[1]),
    ("as in doe_2024", lambda: scaffold("study", "2. Döe 2024")[1]),
    ("as in relapse_rate", lambda: scaffold("study", "Доза")[1]),
    ("is no key", lambda: scaffold("study", "a" * 41)[1]),
    ("`studies` is a folder of another kind", lambda: scaffold("answer", "studies", "dose")[1]),
)


@pytest.mark.parametrize(("says", "change"), REFUSED, ids=[says for says, _ in REFUSED])
def test_what_is_not_there_cannot_be_changed(says: str, change: Callable[[], str]) -> None:
    """One class of error, which says where and never repeats what people ask."""
    with pytest.raises(WritingError, match=re.escape(says)):
        change()
