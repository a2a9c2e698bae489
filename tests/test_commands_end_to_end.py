"""Commands, pictures, links, inline mode and feedback in the program as it runs, over the shipped content."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from tests.chat.program import Program
from tests.emulator import Person, TelegramWorld, incoming
from tests.emulator.files import picture_size
from tests.test_end_to_end import REVIEW, hears, rounds

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest.fixture(scope="module")
def world() -> TelegramWorld:
    return TelegramWorld()


@pytest_asyncio.fixture(scope="module", loop_scope="module", autouse=True)
async def running(world: TelegramWorld, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Program]:
    """The program, started once for all of them."""
    directory: Path = tmp_path_factory.mktemp("somewhere")
    async with rounds(world, directory) as running:
        yield running


@pytest.fixture
def amira(world: TelegramWorld) -> Person:
    return Person(world, "Amira")


async def test_studies_are_listed_largest_first_and_narrowed_by_patients_and_dose(amira: Person) -> None:
    await amira.says("/studies len dle")
    listing = await amira.hears()
    assert listing.text.splitlines()[:6] == [
        "Lenalidomide, discoid lupus: 2 studies",
        "",
        "Mayo Clinic series 2016",
        "9 patients · case series",
        "cutaneous lupus · 2.5 to 10 mg daily",
        "response 7 of 9",
    ]
    await amira.presses(listing.labels[0], on=listing)
    assert (await amira.hears()).text.startswith("Thalidomide, discoid lupus: ")
    await amira.says("/studies thal 50")
    assert (await amira.hears()).text.startswith("Thalidomide, 50 mg daily: ")


async def test_an_answer_leads_to_its_picture_and_back_to_the_other_drug(amira: Person, world: TelegramWorld) -> None:
    await amira.says("thal relapse after stopping?")
    answer = await amira.hears()
    assert answer.rows[-1][0].label == "Chart"
    assert await amira.sees_answer_to(await amira.presses("Chart", on=answer))
    photo = await amira.hears()
    stored = world.files.get(photo.wire["photo"][-1]["file_id"])
    assert stored is not None
    width, height = picture_size(stored.upload.content) or (0, 0)
    assert min(width, height) > 500
    assert photo.text.startswith("Thalidomide, relapse rate: ")
    words = await amira.hears()
    assert "26 of 39" in words.marked("expandable_blockquote")[0]
    await amira.presses("Relapse: lenalidomide", on=words)
    other = await amira.hears()
    assert "photo" in other.wire
    assert "Lenalidomide: relapse rate" in other.text


async def test_a_chart_without_words_offers_what_can_be_drawn(amira: Person) -> None:
    await amira.says("/chart")
    offered = await amira.hears()
    await amira.presses("Comparison", on=offered)
    assert "no comparison of the drugs" in (await amira.hears()).text


@pytest.mark.parametrize(
    ("command", "words"),
    [
        ("/privacy", "For 30 minutes the bot remembers"),
        ("/about", "Nobody has reviewed this content clinically"),
        ("/coverage", "Lenalidomide, not reported\n• Place in treatment\n• Neuropathy monitoring"),
        ("/source", REVIEW),
    ],
)
async def test_commands_tell_what_the_bot_is_and_keeps(amira: Person, command: str, words: str) -> None:
    await amira.says(command)
    await hears(amira, words)


async def test_a_link_opens_an_answer_and_any_other_start_is_a_welcome(amira: Person) -> None:
    await amira.starts("a-dose-thalidomide")
    await hears(amira, "Thalidomide · Dose")
    await amira.starts("canary-zebra")
    await hears(amira, "Send no patient data")


async def test_an_answer_is_inserted_in_another_chat(amira: Person) -> None:
    answer = await amira.sees_answer_to(await amira.asks_inline("thal relapse"))
    (result,) = answer["results"]
    assert result["title"] == "Thalidomide: more than 50% of patients flared after stopping, in most reports"
    assert REVIEW in result["input_message_content"]["message_text"]
    assert (await amira.sees_answer_to(await amira.asks_inline("canary zebra quagga")))["results"] == []


async def test_in_a_topic_of_a_forum_a_question_to_the_bot_gets_one_answer_there(
    amira: Person, world: TelegramWorld
) -> None:
    amira.enters(world.new_group("Ward 5"))
    topic = {"message_thread_id": 77, "is_topic_message": True}
    for words in ("what about zebra?", "@rounds_test_bot thal relapse after stopping?"):
        asked = world.post(amira.chat, amira.user, incoming.text(words) | topic)
        world.notify("message", asked.wire)
    reply = await amira.hears()
    assert reply.text.startswith("Thalidomide · Relapse rate")
    assert reply.wire["reply_to_message"]["message_id"] == asked.message_id
    sent = [call for call in world.calls_of("sendMessage") if call.values["chat_id"] == str(amira.chat.chat_id)]
    assert [call.values["message_thread_id"] for call in sent] == ["77"]


async def test_a_figure_that_looks_wrong_is_logged_with_the_answers_ids_alone(amira: Person, running: Program) -> None:
    await amira.says("how many relapse on thal, zebra?")
    await amira.hears()
    await amira.says("relapse rate on thal")
    await amira.presses("Feedback", on=await hears(amira, "Thalidomide · Relapse rate"))
    await amira.presses("Figure looks wrong", on=await amira.hears())
    await running.writes("a figure looks wrong: ")
    assert str(amira.user["id"]) not in running.output


async def test_telegrams_menus_are_set_for_private_chats_and_groups(world: TelegramWorld) -> None:
    await world.bell.until("calls", lambda: world.calls_of("setMyShortDescription"), 5)
    scopes = [call.values["scope"] for call in world.calls_of("setMyCommands")]
    assert ["all_group_chats" in scope for scope in scopes] == [False, False, True]
