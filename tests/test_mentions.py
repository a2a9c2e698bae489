"""Names are known or they are not: nothing is guessed, and two drugs are never mixed up."""

from __future__ import annotations

import pytest

from bot.answering.engine import Engine
from bot.domain.interpretation import Asked, Declined, Doubt, Sort, Unsure
from bot.matching.reading import read


def named(engine: Engine, question: str, sort: Sort) -> tuple[str, ...]:
    """What a question names, of one sort."""
    return read(question, engine.catalogue, engine.index).keys(sort)


@pytest.mark.parametrize(
    ("written", "drug"),
    [
        ("thalidomide dose", "thalidomide"),
        ("thal dose", "thalidomide"),
        ("Thalomid dose", "thalidomide"),
        ("is contergan the same", "thalidomide"),
        ("thalidomid dose", "thalidomide"),
        ("THALIDOMDE DOSE", "thalidomide"),
        ("tha\u200blidomide dose", "thalidomide"),
        ("thalidomide's dose", "thalidomide"),
        ("thali do mide dose", "thalidomide"),
        ("len dose", "lenalidomide"),
        ("revlimid dose", "lenalidomide"),
        ("lenalidomde dose", "lenalidomide"),
        ("lenalidomied dose", "lenalidomide"),
        ("lena lid o mide dose", "lenalidomide"),
    ],
)
def test_a_drug_is_known_by_its_names_and_by_clear_misspellings(engine: Engine, written: str, drug: str) -> None:
    """Brand names, ward shorthand, slips of the thumb and dictation in pieces."""
    assert named(engine, written, Sort.DRUG) == (drug,)


@pytest.mark.parametrize(
    "written", ["nalidomide dose", "lid o mide dose", "halenalidomide dose lidomide", "alidomide dose"]
)
def test_a_name_between_two_drugs_is_asked_back(engine: Engine, written: str) -> None:
    """The names lie three edits apart: where none is clearly nearest, the bot asks."""
    interpretation = engine.interpret(written)
    assert isinstance(interpretation, Unsure)
    assert interpretation.doubt is Doubt.NAME


@pytest.mark.parametrize("written", ["pomalidomide dose", "pomalidomid dose", "iberdomide dose", "pomalyst how much"])
def test_a_drug_of_the_same_class_is_declined_and_never_bridged(engine: Engine, written: str) -> None:
    """One letter group apart, another drug."""
    assert isinstance(engine.interpret(written), Declined)


@pytest.mark.parametrize(
    ("question", "population"),
    [
        ("thal in DLE", "dle"),
        ("thal in discoid lupis", "dle"),
        ("thal for subacute lupus", "scle"),
        ("len for a 9 yo", "children"),
        ("thal in an 80 year old", "elderly"),
        ("len when egfr <30", "kidney_disease"),
        ("thal in hepatic imparment", "liver_disease"),
    ],
)
def test_a_group_of_patients_is_recognised(engine: Engine, question: str, population: str) -> None:
    """By its names, by its abbreviations, by age."""
    assert population in named(engine, question, Sort.POPULATION)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("graft-versus-hodt disease: len dose", "graft versus host disease: len dose"),
        ("methotbrexate or azathioprine: is len any use", "methotrexate or azathioprine: is len any use"),
        ("is len any use with azathioprine or methotrxate", "is len any use with azathioprine or methotrexate"),
    ],
)
def test_a_slip_in_one_word_of_a_longer_name_changes_nothing(engine: Engine, written: str, meant: str) -> None:
    """The other words vouch for it, also where the word is a name by itself."""
    for sort in Sort:
        assert named(engine, written, sort) == named(engine, meant, sort)


@pytest.mark.parametrize(
    "question", ["thal dose for a 45 year old woman", "52F DLE thal dose", "start 100 mg for 30 days"]
)
def test_an_adult_age_is_no_group_of_its_own(engine: Engine, question: str) -> None:
    """Nor is a dose or a number of days an age."""
    assert not {"children", "elderly"} & set(named(engine, question, Sort.POPULATION))


@pytest.mark.parametrize("word", ["dose", "later", "trail", "rain", "them", "rash", "lesion"])
def test_an_ordinary_word_is_never_read_as_a_name(engine: Engine, word: str) -> None:
    """Only words that nobody knows are compared with names."""
    reading = read(f"thal {word}", engine.catalogue, engine.index)
    assert [mention.text for mention in reading.mentions] == ["thal"]


def test_a_correction_is_shown(engine: Engine) -> None:
    """Who typed a name wrongly sees how it was read."""
    interpretation = engine.interpret("lenalidomde relapse")
    assert isinstance(interpretation, Asked)
    assert interpretation.corrected == (("lenalidomde", "lenalidomide"),)
    assert "lenalidomde" in " ".join(engine.reply_to("lenalidomde relapse").reply.understood.notes)
