"""Inline mode: answers to insert in another chat."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from itertools import chain

from bot.answering.engine import Engine
from bot.answering.stating import Cell, Statements
from bot.chat.inline import MOST_OFFERS, offers, titled
from bot.domain.answer import State
from bot.domain.reply import Answered
from bot.rendering.html import LIMIT
from bot.rendering.page import abridged
from tests.emulator import Person, TelegramWorld
from tests.emulator.formatting import as_sent, formatted


def test_the_title_has_the_drug_and_the_figure_with_its_whole(engine: Engine) -> None:
    (offer,) = offers(engine, "thal relapse")
    assert offer.title == "Thalidomide: more than 50% of patients flared after stopping, in most reports"
    assert offer.description.startswith("After stopping, more than 50% of patients")
    assert "doi.org/10.1097/RHU.0000000000001160" in offer.html


def test_a_question_that_leaves_the_drug_open_offers_each(engine: Engine) -> None:
    assert [offer.title.split(":")[0] for offer in offers(engine, "dose")] == ["Thalidomide", "Lenalidomide"]


def test_a_gap_is_offered_as_a_gap(engine: Engine) -> None:
    (offer,) = offers(engine, "len neuropathy monitoring")
    assert offer.title == "Lenalidomide · Neuropathy monitoring (not reported)"


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
        assert all(
            len(as_sent(formatted(offer.html, "HTML", None)).text) <= LIMIT and len(offer.id.encode()) <= 64
            for offer in found
        )
        if isinstance(reply, Answered):
            riders = [rider.says for one in reply.stated[:MOST_OFFERS] for rider in one.riders]
            inserted = " ".join(offer.html for offer in found)
            assert [says for says in riders if says not in inserted] == []
            assert all(catalogue.messages.disclaimer in offer.html for offer in found)


SHARE = re.compile(r"(?:\d%|\d of \d+(?: \([\d.]+%\))?)(.*)")
WHOLE = re.compile(r" (?:of )?(?:the )?(?:studies|patients)\b")


def titles(engine: Engine) -> Iterator[tuple[str | None, str, str]]:
    """The title of every cell, for all patients and for each group."""
    statements, catalogue = Statements(engine.catalogue), engine.catalogue
    for drug, topic in catalogue.cells:
        for group in (None, *catalogue.populations):
            yield drug, topic, titled(statements.of(Cell(topic, drug, group)), engine)


def test_a_share_in_a_title_names_its_whole_right_behind_it(engine: Engine) -> None:
    """A share of studies was read as one of patients: "Thalidomide: 85% · Response rate"."""
    shares = [(title, SHARE.search(title)) for _, _, title in titles(engine)]
    assert [title for title, share in shares if share and not WHOLE.match(share[1])] == []
    assert sum(share is not None for _, share in shares) > 10


def test_no_figure_of_another_drug_stands_behind_the_name_of_ours(engine: Engine) -> None:
    """ "Lenalidomide: 23.5 mg daily" was prednisone: a dose stands only where the dose is asked for."""
    doses = [(drug, topic, title) for drug, topic, title in titles(engine) if " mg" in title]
    assert {topic for _, topic, _ in doses} == {"dose"}
    statements = Statements(engine.catalogue)
    for drug, topic in engine.catalogue.cells:
        headline = statements.of(Cell(topic, drug)).headline
        for found in headline.findings if headline else ():
            owner = engine.catalogue.studies[found.study].drug if found.study else found.id.split(".")[0]
            assert owner == drug


def test_a_title_is_no_bare_figure(engine: Engine) -> None:
    """Behind the drug stand words that say what the figure is."""
    for _, _, title in titles(engine):
        said = title.partition(": ")[2]
        assert not said or len(re.findall(r"[a-z]{3,}", said)) >= 3, title


def test_for_another_group_than_the_figure_was_given_for_the_title_has_none(engine: Engine) -> None:
    (offer,) = offers(engine, "thal relapse rate in chilblain lupus")
    assert offer.title == "Thalidomide · Relapse rate · chilblain lupus"
    assert offer.description.startswith("Not a figure for chilblain lupus alone")


def test_where_sources_differ_the_offer_says_so_and_the_answer_shows_both_sides(engine: Engine) -> None:
    (offer,) = offers(engine, "thal response rate")
    assert offer.description.startswith("Sources differ.")
    assert "Sources differ: " in offer.html
    assert "Caution: " in offer.html


def test_an_answer_that_is_shortened_says_so_and_leads_to_the_whole(engine: Engine) -> None:
    (offer,) = offers(engine, "thal dose")
    assert engine.catalogue.messages.shortened in offer.html
    assert offer.payload == "a-dose-thalidomide"


def test_a_description_never_ends_in_a_figure(engine: Engine) -> None:
    """Its unit, or what it is of, may be what was cut off."""
    statements = Statements(engine.catalogue)
    for drug, topic in engine.catalogue.cells:
        said = abridged(statements.of(Cell(topic, drug)), engine.library, 100)
        assert len(said) <= 100
        assert not re.search(r"\d\S*…$", said), said


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
