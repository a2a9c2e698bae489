"""Inline mode: answers to insert in another chat."""

from __future__ import annotations

import json
from itertools import chain

from bot.answering.engine import Engine
from bot.chat.inline import MOST_OFFERS, offers
from bot.domain.answer import State
from bot.domain.reply import Answered
from bot.rendering.html import LIMIT
from tests.emulator import Person, TelegramWorld
from tests.emulator.formatting import as_sent, formatted


def test_the_title_has_the_drug_and_the_figure_first(engine: Engine) -> None:
    (offer,) = offers(engine, "thal relapse")
    assert offer.title == "Thalidomide: more than 50% · Relapse rate"
    assert offer.description.startswith("After stopping, more than 50% of patients")
    assert "doi.org/10.1097/RHU.0000000000001160" in offer.html


def test_a_question_that_leaves_the_drug_open_offers_each(engine: Engine) -> None:
    assert [offer.title.split(":")[0] for offer in offers(engine, "dose")] == ["Thalidomide", "Lenalidomide"]


def test_a_gap_is_offered_as_a_gap(engine: Engine) -> None:
    (offer,) = offers(engine, "len neuropathy monitoring")
    assert offer.title == "Lenalidomide · Neuropathy monitoring"


def test_nothing_is_offered_for_what_is_not_understood_or_not_covered(engine: Engine) -> None:
    assert [*chain.from_iterable(offers(engine, words) for words in ("zebra", "pomalidomide dose", "hello"))] == []


def test_before_anything_is_typed_the_examples_are_offered(engine: Engine) -> None:
    assert len(offers(engine, " ")) == len(engine.catalogue.messages.examples)


def test_every_answer_fits_one_message_with_its_safety_lines_and_the_notice_that_nobody_reviewed_it(
    engine: Engine,
) -> None:
    catalogue = engine.catalogue
    for drug, topic in catalogue.cells:
        if drug is None or catalogue.state_of(drug, topic) is not State.REPORTED:
            continue
        words = catalogue.topics[topic].question.format(drug=catalogue.drugs[drug].name)
        reply = engine.reply_to(words).reply
        found = offers(engine, words)
        assert len(found) <= MOST_OFFERS
        assert all(len(offer.html) <= LIMIT and len(offer.id.encode()) <= 64 for offer in found)
        if isinstance(reply, Answered):
            riders = [rider.says for one in reply.stated[:MOST_OFFERS] for rider in one.riders]
            inserted = " ".join(offer.html for offer in found)
            assert [says for says in riders if says not in inserted] == []
            assert all(catalogue.messages.disclaimer in offer.html for offer in found)


def test_telegram_can_read_the_markup_of_every_example(engine: Engine) -> None:
    for offer in offers(engine, ""):
        assert as_sent(formatted(offer.html, "HTML", None)).text


async def test_offers_are_for_one_person_for_a_short_time_and_lead_back_to_the_bot(
    chidi: Person, world: TelegramWorld
) -> None:
    answer = await chidi.sees_answer_to(await chidi.asks_inline("amilol dose"))
    (result,) = answer["results"]
    assert (answer["is_personal"], answer["cache_time"]) == (True, 10)
    assert result["type"] == "article"
    assert result["input_message_content"]["parse_mode"] == "HTML"
    ((button,),) = result["reply_markup"]["inline_keyboard"]
    assert button["url"] == "https://t.me/rounds_test_bot?start=a-dose-amilol"


def test_what_is_inserted_for_a_group_of_patients_leads_back_to_the_answer_for_that_group(engine: Engine) -> None:
    (offer,) = offers(engine, "thal dose in children")
    assert offer.payload == "a-dose-thalidomide-children"


async def test_where_there_is_no_answer_the_bot_itself_is_offered(chidi: Person, world: TelegramWorld) -> None:
    answer = await chidi.sees_answer_to(await chidi.asks_inline("zzz"))
    assert answer["results"] == []
    (call,) = world.calls_of("answerInlineQuery")
    button = json.loads(call.values["button"])
    assert button == {"text": "No answer to that: ask the bot itself", "start_parameter": "inline"}


async def test_what_is_typed_elsewhere_does_not_change_what_is_spoken_of_here(chidi: Person) -> None:
    await chidi.says("amilol dose")
    await chidi.hears()
    await chidi.sees_answer_to(await chidi.asks_inline("bemilol response"))
    await chidi.says("and bemilol?")
    assert "Bemilol · dose" in (await chidi.hears()).text
