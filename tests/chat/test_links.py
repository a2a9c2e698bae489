"""Deep links: an answer by its address."""

from __future__ import annotations

import pytest

from bot.answering.engine import Engine
from bot.chat.links import option_of, payload_of
from bot.domain.reply import Option
from tests.emulator import Person


def test_every_answer_has_a_link_that_telegram_hands_on_and_that_leads_back_to_it(engine: Engine) -> None:
    for drug, topic in engine.catalogue.cells:
        payload = payload_of(topic, drug)
        assert 0 < len(payload) <= 64
        assert option_of(payload, engine) == Option("", topic, drug)


@pytest.mark.parametrize("keys", [("dose", "thalidömide"), ("dose", "x" * 60), ("do se", None)])
def test_what_telegram_would_not_hand_on_is_no_link(keys: tuple[str, str | None]) -> None:
    assert payload_of(*keys) == ""


@pytest.mark.parametrize(
    "payload", ["", "a", "a-", "a-zebra", "a-dose-zebra", "b-dose-thalidomide", "dose", "a-dose-thalidomide-x"]
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


@pytest.mark.parametrize("data", ["l1|zebra|amilol", "l1|dose|zebra", "l1|", "l1||amilol"])
async def test_a_forged_or_old_share_button_is_said_to_have_expired(chidi: Person, data: str) -> None:
    await chidi.presses_old(data)
    assert "older version" in (await chidi.hears()).text
