"""Deep links: an answer by its address."""

from __future__ import annotations

import pytest

from bot.answering.engine import Engine
from bot.chat.entry import Entry
from bot.chat.links import option_of, payload_of, under
from bot.domain.reply import NotReported, Option
from tests.emulator import Person


def test_every_answer_has_a_link_that_telegram_hands_on_and_that_leads_back_to_it(engine: Engine) -> None:
    for drug, topic in engine.catalogue.cells:
        for group in (None, *engine.catalogue.populations):
            payload = payload_of(topic, drug, group)
            assert 0 < len(payload) <= 64
            assert option_of(payload, engine) == Option("", topic, drug, group)


def test_a_link_that_was_given_out_before_groups_were_named_still_opens_its_answer(engine: Engine) -> None:
    assert option_of("a-dose-thalidomide", engine) == Option("", "dose", "thalidomide")
    assert option_of("a-source", engine) == Option("", "source", None)


@pytest.mark.parametrize("keys", [("dose", "thalidömide"), ("dose", "x" * 60), ("do se", None)])
def test_what_telegram_would_not_hand_on_is_no_link(keys: tuple[str, str | None]) -> None:
    assert payload_of(*keys) == ""


@pytest.mark.parametrize(
    "payload",
    [
        "",
        "a",
        "a-",
        "a-zebra",
        "a-dose-zebra",
        "b-dose-thalidomide",
        "dose",
        "a-dose-thalidomide-x",
        "a-dose-thalidomide-children-x",
    ],
)
def test_a_link_that_names_no_answer_asks_nothing(engine: Engine, payload: str) -> None:
    assert option_of(payload, engine) is None


async def test_a_link_opens_its_answer(chidi: Person) -> None:
    await chidi.starts("a-dose-amilol")
    assert (await chidi.hears()).text.startswith("Amilol · dose")


async def test_a_link_without_a_drug_asks_which(chidi: Person) -> None:
    await chidi.starts("a-dose")
    assert "which drug" in (await chidi.hears()).text


@pytest.mark.parametrize("payload", ["inline", "a-zebra-amilol", "a-dose-amilol more", "%00"])
async def test_any_other_link_is_a_welcome(chidi: Person, payload: str) -> None:
    await chidi.starts(payload)
    assert (await chidi.hears()).text.startswith("This bot answers")


async def test_share_gives_a_link_that_opens_the_answer(chidi: Person) -> None:
    await chidi.says("dose of amilol")
    answer = await chidi.hears()
    await chidi.presses("Share", on=answer)
    shared = await chidi.hears()
    assert shared.text.endswith("https://t.me/rounds_test_bot?start=a-dose-amilol")
    await chidi.starts("a-dose-amilol")
    assert (await chidi.hears()).text.splitlines()[0] == answer.text.splitlines()[0]


async def test_an_answer_for_a_group_of_patients_is_shared_for_that_group(chidi: Person) -> None:
    """A figure for adults must not stand in its place."""
    await chidi.says("amilol dose in children")
    answer = await chidi.hears()
    await chidi.presses("Share", on=answer)
    link = (await chidi.hears()).text.split()[-1]
    assert link.endswith("?start=a-dose-amilol-children")
    await chidi.starts(link.partition("=")[2])
    assert (await chidi.hears()).text == answer.text


async def test_of_an_answer_about_two_drugs_each_has_its_link(chidi: Person) -> None:
    await chidi.says("response with amilol and bemilol")
    answer = await chidi.hears()
    await chidi.presses("Share", on=answer)
    _, *lines = (await chidi.hears()).text.splitlines()
    assert [line.split(":")[0] for line in lines] == ["Amilol · response", "Bemilol · response"]
    assert [line.partition("=")[2] for line in lines] == ["a-response_rate-amilol", "a-response_rate-bemilol"]


def test_what_the_sources_do_not_hold_of_a_topic_has_no_link_since_the_topics_would_open_another_answer(
    engine: Engine,
) -> None:
    turn = engine.reply_to("thalidomide and breastfeeding")
    assert isinstance(turn.reply, NotReported)
    assert under(turn.reply, engine.catalogue) == []
    assert under(engine.reply_to("dose of thalidomide").reply, engine.catalogue)


@pytest.mark.parametrize("data", ["l1|dose|amilol", "l2|zebra", "l2|", f"l2|{Entry('zebra').code}"])
async def test_a_forged_or_old_share_button_is_said_to_have_expired(chidi: Person, data: str) -> None:
    await chidi.presses_old(data)
    assert "older version" in (await chidi.hears()).text
