"""Studies are listed by drug, by who was studied, and by dose."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from click.testing import CliRunner

from bot.answering.engine import Engine
from bot.cli import main
from bot.content.linking import load
from bot.domain.catalogue import Catalogue
from bot.drawing.gallery import drawable
from bot.studies.listing import listed
from bot.studies.outcomes import RESPONSE, outcome


@pytest.fixture(scope="module")
def catalogue(engine: Engine) -> Catalogue:
    return engine.catalogue


def keys(catalogue: Catalogue, drug: str | None = None, population: str | None = None, dose: str = "") -> set[str]:
    return {line.key for line in listed(catalogue, drug, population, Decimal(dose) if dose else None)}


def test_without_a_filter_every_study_is_listed_once(catalogue: Catalogue) -> None:
    assert sorted(line.key for line in listed(catalogue)) == sorted(catalogue.studies)


def test_the_largest_study_comes_first(catalogue: Catalogue) -> None:
    sizes = [line.patients or 0 for line in listed(catalogue)]
    assert sizes == sorted(sizes, reverse=True)


@pytest.mark.parametrize("drug", ["thalidomide", "lenalidomide"])
def test_a_drug_lists_its_own_studies(catalogue: Catalogue, drug: str) -> None:
    assert keys(catalogue, drug) == {key for key, study in catalogue.studies.items() if study.drug == drug}


def test_a_group_lists_the_narrower_ones_too(catalogue: Catalogue) -> None:
    """Cutaneous lupus lists discoid and subacute lupus, but not systemic lupus."""
    found = keys(catalogue, population="cle")
    assert {"cuadrado_2005", "knop_1983", "costner_2001"} <= found
    assert "wang_2016" not in found


def test_a_group_does_not_list_the_wider_ones(catalogue: Catalogue) -> None:
    found = keys(catalogue, population="dle")
    assert "knop_1983" in found
    assert "cortes_hernandez_2012" not in found


def test_a_group_lists_studies_with_such_patients_among_others(catalogue: Catalogue) -> None:
    """The Mayo Clinic series is of cutaneous lupus, and counts its patients with panniculitis."""
    assert "mayo_2016" in keys(catalogue, "lenalidomide", "panniculitis")


def test_an_unknown_group_is_an_error(catalogue: Catalogue) -> None:
    with pytest.raises(KeyError):
        listed(catalogue, population="unicorns")


@pytest.mark.parametrize(
    ("dose", "among", "not_among"),
    [
        ("300", {"atra_1993"}, {"cuadrado_2005", "wang_2016"}),
        ("100", {"cortes_hernandez_2012", "cuadrado_2005", "costner_2001"}, {"atra_1993"}),
        ("75", {"cuadrado_2005", "french_cle_2005"}, {"cortes_hernandez_2012"}),
        ("2.5", {"mayo_2016"}, {"shah_2009"}),
    ],
)
def test_a_dose_lists_who_gave_it_or_a_range_around_it(
    catalogue: Catalogue, dose: str, among: set[str], not_among: set[str]
) -> None:
    found = keys(catalogue, dose=dose)
    assert among <= found
    assert not not_among & found


def test_steroid_doses_and_doses_of_others_do_not_count(catalogue: Catalogue) -> None:
    """60 mg of prednisone were given by Shah 2009, and 400 mg of thalidomide are told of others."""
    assert "shah_2009" not in keys(catalogue, dose="60")
    assert "low_dose_second_line_2001" not in keys(catalogue, dose="400")


@pytest.mark.parametrize(
    ("key", "text"),
    [
        (
            "knop_1983",
            "Knop 1983 · n 60 · design not stated · discoid lupus · no dose figure · response 54 of 60"
            " · relapse 30 of 41",
        ),
        (
            "stevens_1997",
            "Stevens 1997 · n 16 · case series · cutaneous lupus · 50 to 100 mg daily · response 13 of 16 (our sum)"
            " · relapse 6 of 8",
        ),
        (
            "wu_2010",
            "Wu 2010 · n 5 · design not stated · children · 5 to 15 mg daily · response 5 of 5 · no relapse figure"
            " · same patients as Wu 2017",
        ),
    ],
)
def test_a_line_tells_who_what_and_how_many(catalogue: Catalogue, key: str, text: str) -> None:
    assert next(line.text for line in listed(catalogue) if line.key == key) == text


def test_hearsay_is_said_to_be_that(catalogue: Catalogue) -> None:
    walchner = next(line for line in listed(catalogue) if line.key == "walchner_2000")
    assert walchner.dose == "100 mg daily (as told by others)"


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (["ami"], 0, "Trial 2019 · n 41 · prospective series · headache · 50 mg daily · response 30 of 41"),
        (["--population", "headache", "--dose", "50"], 0, "Trial 2019"),
        (["--dose", "51"], 0, "No study fits."),
        (["bemilol"], 0, "No study fits."),
        (["aspirin"], 2, "There are: amilol, bemilol."),
        (["--population", "knees"], 2, "There are: headache, cluster, children."),
        (["--dose", "much"], 2, "no dose in mg daily"),
        (["--dose", "-5"], 2, "no dose in mg daily"),
    ],
)
def test_the_command_lists_or_says_what_there_is(small: Path, arguments: list[str], code: int, says: str) -> None:
    result = CliRunner().invoke(main, ["--content", str(small), "studies", *arguments])
    assert result.exit_code == code
    assert says in result.output


def test_a_withheld_figure_is_in_no_list_and_on_no_picture(small: Path) -> None:
    """Nor is it found by its dose."""
    reference = small / "knowledge/references/trial.yaml"
    reference.write_text(f"{reference.read_text(encoding='utf-8')}withhold_after: 2026-01-31\n", encoding="utf-8")
    shown, hidden = (load(small, date(2026, month, 1)) for month in (1, 2))
    assert "response 30 of 41" in listed(shown)[0].text
    assert not {"30", "50"} & set(listed(hidden)[0].text.split())
    assert (len(listed(shown, dose=Decimal(50))), len(listed(hidden, dose=Decimal(50)))) == (1, 0)
    assert outcome(shown, "trial", RESPONSE) is not None
    assert outcome(hidden, "trial", RESPONSE) is None
    assert ("response", "amilol") in drawable(shown)
    assert ("response", "amilol") not in drawable(hidden)
