"""A misspelt word is read as the word that the phrases use, where that is clear, and left alone where not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.matching.speller import Correction, Speller

PHRASES = (
    "how soon does the rash clear",
    "how soon does it work",
    "how often does the rash come back",
    "what is the starting dose",
    "what is the usual dose of {drug}",
    "is it safe in pregnancy",
    "does it cause neuropathy",
    "does {drug} cause numb feet",
    "form of the tablet",
    "relapse from stopping",
)


@pytest.fixture(scope="module")
def speller() -> Speller:
    return Speller.learn([phrase.split() for phrase in PHRASES])


def read(speller: Speller, text: str) -> str:
    """`text` with its corrections carried out."""
    tokens = text.split()
    for correction in speller.correct(tokens):
        assert tokens[correction.at] == correction.typed
        tokens[correction.at] = correction.read_as
    return " ".join(tokens)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("how sooon does the rash clear", "how soon does the rash clear"),
        ("does it cause neuropahty", "does it cause neuropathy"),
        ("is it safe in prgnancy", "is it safe in pregnancy"),
        ("waht is the satrting doze", "what is the starting dose"),
        ("does {drug} cuase numb feeet", "does {drug} cause numb feet"),
    ],
)
def test_a_word_a_few_edits_away_is_read_as_the_one_that_is_known(speller: Speller, typed: str, meant: str) -> None:
    assert read(speller, typed) == meant


def test_a_correction_says_where_it_is_and_what_was_typed(speller: Speller) -> None:
    assert speller.correct(["the", "dosse"]) == [Correction(at=1, typed="dosse", read_as="dose")]


@pytest.mark.parametrize("phrase", PHRASES)
def test_no_known_word_is_ever_changed(speller: Speller, phrase: str) -> None:
    assert speller.correct(phrase.split()) == []


@pytest.mark.parametrize("text", ["kubernetes cluster", "xylophone", "zzzzzz", "migraine with aura"])
def test_a_word_that_is_far_from_all_known_ones_is_kept(speller: Speller, text: str) -> None:
    assert speller.correct(text.split()) == []


@pytest.mark.parametrize("token", ["{drugs}", "{dose}", "{ddrug}", "50mg", "d0se", "2nd"])
def test_a_placeholder_or_a_word_with_digits_is_never_respelt(speller: Speller, token: str) -> None:
    assert speller.correct(["what", "is", "the", token]) == []


def test_no_word_is_read_as_a_placeholder(speller: Speller) -> None:
    assert speller.correct(["usual", "dose", "of", "drug"]) == []


def test_neighbouring_words_decide_between_two_readings(speller: Speller) -> None:
    assert read(speller, "relapse fom stopping") == "relapse from stopping"
    assert read(speller, "fom of the tablet") == "form of the tablet"


def test_what_stays_in_doubt_is_left_as_typed() -> None:
    speller = Speller({"dose": 5, "nose": 5}, {})
    assert speller.correct(["vose"]) == []


def test_nothing_is_corrected_without_words_to_correct_to() -> None:
    assert Speller({}, {}).correct(["anything", "at", "all"]) == []
    assert Speller({"dose": 1}, {}).correct([]) == []


@given(st.lists(st.text(min_size=1, max_size=12), max_size=6))
def test_whatever_is_typed_only_unknown_words_are_read_as_known_ones(speller: Speller, tokens: list[str]) -> None:
    for correction in speller.correct(tokens):
        assert correction.typed == tokens[correction.at]
        assert correction.typed not in speller.words
        assert correction.read_as in speller.words
