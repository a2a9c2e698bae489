"""/studies: what the words behind it name, and what is never guessed."""

from __future__ import annotations

from decimal import Decimal

import pytest

from bot.answering.engine import Engine
from bot.chat import studies
from bot.chat.page import Page
from bot.chat.studies import Wanted
from bot.domain.figure import Unit
from bot.rendering.figures import quantity
from bot.rendering.html import LIMIT
from bot.studies.listing import listed
from tests.emulator import Person


def labels(page: Page) -> list[str]:
    return [button.label for row in page.buttons for button in row]


def each_drug(engine: Engine) -> list[str]:
    """A button for each drug, with how many studies it has."""
    catalogue = engine.catalogue
    return [f"{drug.name.capitalize()} ({len(listed(catalogue, key))})" for key, drug in catalogue.drugs.items()]


@pytest.mark.parametrize(
    ("words", "heading", "wanted"),
    [
        ("thalidomide", "Thalidomide", Wanted("thalidomide")),
        ("thal", "Thalidomide", Wanted("thalidomide")),
        ("len dle", "Lenalidomide, discoid lupus", Wanted("lenalidomide", "dle")),
        ("discoid lupus on lenalidomide", "Lenalidomide, discoid lupus", Wanted("lenalidomide", "dle")),
        ("thal 50", "Thalidomide, 50 mg daily", Wanted("thalidomide", dose=Decimal(50))),
        ("50 mg daily thal", "Thalidomide, 50 mg daily", Wanted("thalidomide", dose=Decimal(50))),
        ("2.5mg len", "Lenalidomide, 2.5 mg daily", Wanted("lenalidomide", dose=Decimal("2.5"))),
        ("children", "Thalidomide and lenalidomide, children", Wanted(population="children")),
        ("thal len", "Thalidomide and lenalidomide", Wanted()),
    ],
)
def test_the_list_says_what_it_is_a_list_of(engine: Engine, words: str, heading: str, wanted: Wanted) -> None:
    found = listed(engine.catalogue, wanted.drug, wanted.population, wanted.dose)
    title = studies.asked(engine, words).messages[0].splitlines()[0]
    assert title == f"<b>{heading}: {quantity(len(found), Unit.STUDY)}</b>"


def test_where_no_study_fits_it_says_so_and_offers_no_empty_list(engine: Engine) -> None:
    page = studies.asked(engine, "len 9999")
    assert page.messages == ("Lenalidomide, 9,999 mg daily: no study of this kind is in the list.",)
    assert page.buttons == ()


def test_a_study_with_several_doses_shows_the_one_that_was_asked_for(engine: Engine) -> None:
    (shown,) = [line for line in listed(engine.catalogue, dose=Decimal(50)) if line.key == "wang_2016"]
    assert shown.dose == "25 to 100 mg daily"


@pytest.mark.parametrize("words", ["thal myeloma", "pomalidomide", "thal zebra", "lenalidomide 50 quagga"])
def test_a_word_that_nobody_placed_is_named_and_narrows_nothing(engine: Engine, words: str) -> None:
    page = studies.asked(engine, words)
    assert page.messages[0].startswith("I do not know what ")
    assert labels(page) == each_drug(engine)


def test_without_a_word_it_asks_which_drug(engine: Engine) -> None:
    page = studies.asked(engine, "")
    assert page.messages[0].startswith("Studies of which drug?")
    assert labels(page) == each_drug(engine)


def test_a_named_study_is_told_by_itself(engine: Engine) -> None:
    assert "Cuadrado 2005" in studies.asked(engine, "cuadrado").messages[0].splitlines()[0]


def test_every_study_stands_in_the_list_of_its_drug(engine: Engine) -> None:
    for drug in engine.catalogue.drugs:
        page = studies.asked(engine, drug)
        said = "\n".join(page.messages).replace("&amp;", "&")
        assert [line.name for line in listed(engine.catalogue, drug) if f"<b>{line.name}</b>" not in said] == []
        assert engine.catalogue.messages.disclaimer in said
        assert all(len(message) <= LIMIT for message in page.messages)


def test_a_button_asks_the_same_of_the_other_drug(engine: Engine) -> None:
    (button,), (feedback,) = studies.asked(engine, "len dle").buttons
    assert feedback.label == "Feedback"
    assert button.label.startswith("Thalidomide, discoid lupus (")
    assert studies.tapped(engine, button.data) == studies.asked(engine, "thal dle")


@pytest.mark.parametrize(
    "data",
    ["s1", "s0|thalidomide||", "s1|zebra||", "s1|thalidomide|zebra|", "s1|thalidomide||NaN", "s1|||1e9", "s1|||٣"],
)
def test_a_button_that_this_version_does_not_make_has_expired(engine: Engine, data: str) -> None:
    assert studies.tapped(engine, data).messages == (engine.catalogue.messages.expired,)


@pytest.mark.parametrize("command", ["/studies", "/chart"])
async def test_however_much_stands_behind_a_command_it_is_answered(chidi: Person, command: str) -> None:
    await chidi.says(f"{command} {'zbr ' * 1000}"[:4000])
    assert (await chidi.hears(patience=5)).text


async def test_in_a_chat_the_drug_is_chosen_by_a_tap(chidi: Person) -> None:
    await chidi.says("/studies")
    asked = await chidi.hears()
    assert asked.labels == ["Amilol (1)"]
    assert await chidi.sees_answer_to(await chidi.presses("Amilol (1)"))
    listing = await chidi.hears()
    assert listing.text.splitlines()[:6] == [
        "Amilol: 1 study",
        "",
        "Trial 2019",
        "41 patients · prospective series",
        "headache · 50 mg daily",
        "response 30 of 41",
    ]
