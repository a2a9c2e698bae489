"""What could tell who a patient is becomes no part of the content: the bot would take the name for a known word."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from bot.assembly import build_engine
from bot.changing import Proposal, Snapshot, review
from bot.checking.check import check_content
from bot.cli import main
from bot.domain.place import ContentError, Problem
from tests.changing.conftest import DAY

PHRASES = "intents/dose.yaml"
QUESTIONS = "tests/questions/dose.yaml"


def people(root: Path) -> list[Problem]:
    """The problems of this kind alone."""
    return [one for one in check_content(root) if one.rule == "tells-of-a-person"]


def taught(root: Path, *phrases: str) -> Path:
    """Add phrases to a topic by hand."""
    lines = "".join(f"  - {phrase}\n" for phrase in phrases)
    (root / PHRASES).write_text((root / PHRASES).read_text().replace("phrases:\n", f"phrases:\n{lines}"))
    return root


@pytest.mark.parametrize(
    ("phrase", "what"),
    [
        ("mr okafor relapsed on {drug}", "the name of a person"),
        ("okafor relapsed on {drug}", "the name of a person"),
        ("patel relapsed on {drug}", "the name of a person"),
        ("dose for ada@example.org", "an e-mail address"),
        ("dose since 3 march 1961", "a date"),
    ],
)
def test_no_phrase_tells_of_a_person(phrase: str, what: str, small: Path) -> None:
    """Judged as if the phrase itself were not taught, and named without being quoted: problems are logged."""
    (problem,) = people(taught(small, phrase))
    assert (problem.place.path, problem.message) == (PHRASES, f"this holds {what}, and could tell who a patient is")
    assert problem.place.line == [*(small / PHRASES).read_text().splitlines()].index(f"  - {phrase}") + 1
    assert phrase not in str(problem)


def test_two_phrases_do_not_vouch_for_one_another(small: Path) -> None:
    """A name stays one, however often it is taught at once."""
    assert len(people(taught(small, "okafor relapsed on {drug}", "has okafor relapsed on {drug}"))) == 2


def test_words_of_the_subject_are_taught(small: Path) -> None:
    """They are strangers as well, until a phrase that holds no person vouches for them."""
    assert people(taught(small, "how many mg of {drug}", "zorbing", "zorbing on {drug}")) == []


def test_a_name_becomes_no_alias(small: Path) -> None:
    drugs = small / "knowledge/drugs.yaml"
    drugs.write_text(drugs.read_text().replace("aliases: [", "aliases: [mr okafor, ", 1))
    assert [one.place.path for one in people(small)] == ["knowledge/drugs.yaml"]


def test_no_test_question_tells_of_a_person(small: Path) -> None:
    """By the line on which it begins; and no change that brings it goes live."""
    (small / "tests/questions").mkdir(parents=True)
    asked = "- {id: a, text: dose of amilol, expect: answer}\n- {id: b, text: okafor has relapsed, expect: answer}\n"
    old = Snapshot.of(small)
    found = review(old, old.changed_by(Proposal({QUESTIONS: asked}, "because")), DAY)
    assert [one.rule for one in found.errors] == ["tells-of-a-person"]
    (small / QUESTIONS).write_text(asked)
    assert [(one.place.path, one.place.line) for one in people(small)] == [(QUESTIONS, 2)]


def test_the_command_teaches_no_name_whatever_it_is_told(small: Path) -> None:
    before = (small / PHRASES).read_text()
    words = ["new", "phrase", "dose", "mr okafor relapsed on {drug}", "--anyway"]
    found = CliRunner().invoke(main, ["--content", str(small), *words])
    assert found.exit_code == 1
    assert "they hold the name of a person, and could tell who a patient is: nothing was added." in found.output
    assert (small / PHRASES).read_text() == before


def test_the_shipped_content_tells_of_nobody() -> None:
    assert people(Path(__file__).parent.parent) == []


def test_content_that_tells_of_somebody_answers_nobody(small: Path) -> None:
    """It cannot go live by hand either."""
    with pytest.raises(ContentError):
        build_engine(taught(small, "okafor relapsed on {drug}"))
