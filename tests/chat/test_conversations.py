"""What people in Telegram see, with an engine that says what it was asked and what it remembered."""

from __future__ import annotations

import threading
from collections.abc import Awaitable, Callable

import pytest

from tests.chat.fakes import EchoEngine
from tests.emulator import Person, TelegramWorld

Deed = Callable[[Person], Awaitable[object]]


async def test_a_question_is_answered_with_buttons_and_without_a_link_preview(
    amira: Person, world: TelegramWorld
) -> None:
    await amira.says("dose?")
    reply = await amira.hears()
    assert (reply.text, reply.labels) == ("dose? |", ["Lenalidomide: relapse"])
    call = world.calls_of("sendMessage")[-1]
    assert call.values["parse_mode"] == "HTML"
    assert call.values["link_preview_options"] == '{"is_disabled": true}'


async def test_a_follow_up_knows_what_was_spoken_of_before(amira: Person) -> None:
    await amira.says("dose?")
    await amira.hears()
    await amira.says("and len?")
    assert (await amira.hears()).text == "and len? | dose?"


async def test_a_tap_is_acknowledged_and_asks_what_the_button_says(amira: Person) -> None:
    await amira.says("relapse?")
    await amira.hears()
    query = await amira.presses("Lenalidomide: relapse")
    assert await amira.sees_answer_to(query)
    assert (await amira.hears()).text == "relapse_rate of lenalidomide in None | relapse?"


@pytest.mark.parametrize("data", ["v0|dose|thalidomide|", "v1|dose", "v1|a|b|c|d", "nonsense"])
async def test_a_button_of_another_version_is_acknowledged_and_said_to_have_expired(amira: Person, data: str) -> None:
    assert await amira.sees_answer_to(await amira.presses_old(data))
    assert (await amira.hears()).text == "<expired>"


async def test_a_tap_that_telegram_no_longer_waits_for_is_still_answered(amira: Person) -> None:
    await amira.presses_old("v1|dose|thalidomide|lupus", age=149.9)
    assert (await amira.hears()).text == "dose of thalidomide in lupus |"


@pytest.mark.parametrize("command", ["/start", "/start payload", "/nonsense", "/start@rounds_test_bot"])
async def test_start_and_unknown_commands_show_what_can_be_asked_with_examples(amira: Person, command: str) -> None:
    await amira.says(command)
    reply = await amira.hears()
    assert (reply.text, reply.labels) == ("<start>", ["one?", "two?", "three?"])


async def test_help_explains_how_to_ask(amira: Person) -> None:
    await amira.says("/help")
    reply = await amira.hears()
    assert (reply.text, reply.labels) == ("<help>", ["one?", "two?", "three?"])


async def test_topics_stand_by_subject_and_their_buttons_in_the_same_order(amira: Person) -> None:
    await amira.says("/topics")
    reply = await amira.hears()
    assert reply.text.splitlines() == ["<topics>", "Efficacy: relapse", "Dosing: dose, length"]
    assert [[button.label for button in row] for row in reply.rows] == [["Relapse"], ["Dose", "Length"]]


async def test_source_asks_the_engine(amira: Person) -> None:
    await amira.says("/source")
    assert (await amira.hears()).text == "source of None in None |"


@pytest.mark.parametrize(
    "send",
    [Person.sends_photo, Person.sends_sticker, lambda person: person.sends_document("a.pdf", b"%PDF-1.4")],
    ids=["photo", "sticker", "document"],
)
async def test_what_is_not_text_is_not_read(amira: Person, send: Deed) -> None:
    await send(amira)
    assert (await amira.hears()).text == "<not_text>"


async def test_a_caption_is_not_read(amira: Person) -> None:
    await amira.sends_photo("dose?")
    assert (await amira.hears()).text == "<not_text>"


async def test_a_forwarded_message_is_answered_like_a_question(amira: Person) -> None:
    await amira.forwards("dose?")
    assert (await amira.hears()).text == "dose? |"


async def test_an_edit_of_the_words_is_answered_below_the_question(amira: Person) -> None:
    question = await amira.says("dsoe?")
    await amira.hears()
    await amira.edits(question, "dose?")
    reply = await amira.hears()
    assert reply.text == "dose? | dsoe?"
    assert reply.wire["reply_to_message"]["message_id"] == question.message_id


async def test_an_edit_that_leaves_the_words_is_not_answered(amira: Person) -> None:
    question = await amira.says("dose?")
    await amira.hears()
    await amira.edits(question, "dose?")
    await amira.says("next?")
    assert (await amira.hears()).text == "next? | dose?"


async def test_in_a_group_only_what_is_said_to_the_bot_is_answered(amira: Person, world: TelegramWorld) -> None:
    amira.enters(world.new_group("Ward 5"))
    await amira.says("dose?")
    await amira.says("/nonsense")
    await amira.says("/start@another_bot")
    await amira.sends_photo()
    mentioned = await amira.says("@rounds_test_bot dose?")
    reply = await amira.hears()
    assert reply.text == "dose? |"
    assert reply.wire["reply_to_message"]["message_id"] == mentioned.message_id


async def test_what_bots_and_channels_write_is_ignored(amira: Person, world: TelegramWorld) -> None:
    robot = {"id": 99, "is_bot": True, "first_name": "Robot"}
    posted = world.post(amira.chat, robot, {"text": "dose?"})
    world.notify("message", posted.wire)
    world.notify("channel_post", posted.wire)
    await amira.says("mine?")
    assert (await amira.hears()).text == "mine? |"


async def test_answers_of_a_chat_come_in_the_order_of_its_questions(amira: Person) -> None:
    for number in range(20):
        await amira.says(str(number))
    assert [(await amira.hears()).text.split(" |")[0] for _ in range(20)] == [str(number) for number in range(20)]


async def test_html_in_a_question_stays_text(amira: Person) -> None:
    await amira.says("<b>dose</b> & <script>")
    assert (await amira.hears()).text == "<b>dose</b> & <script> |"


async def test_a_failure_is_apologised_for_and_logged_without_the_question(
    amira: Person, echo: EchoEngine, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(question: str) -> None:
        raise KeyError(question)

    echo.before = fail
    await amira.says("secret words")
    assert (await amira.hears()).text == "<failed>"
    assert "KeyError at test_conversations.py:" in caplog.text
    assert "secret words" not in caplog.text


async def test_a_slow_answer_shows_typing_and_keeps_no_other_chat_waiting(
    amira: Person, world: TelegramWorld, echo: EchoEngine
) -> None:
    released = threading.Event()
    echo.before = lambda question: None if question == "quick?" else assert_set(released.wait(10))
    await amira.says("slow?")
    bao = Person(world, "Bao")
    await bao.says("quick?")
    assert (await bao.hears()).text == "quick? |"
    typing = await world.bell.until("calls", lambda: world.calls_of("sendChatAction"), 5)
    released.set()
    assert typing is not None
    assert (await amira.hears()).text == "slow? |"
    assert (amira.chat.actions, bao.chat.actions) == (["typing"], [])


async def test_an_update_that_nobody_can_read_holds_up_nobody(
    amira: Person, world: TelegramWorld, caplog: pytest.LogCaptureFixture
) -> None:
    broken = {"message_id": 1, "chat": {"id": amira.chat.chat_id, "first_name": "secret"}, "date": "yesterday"}
    world.notify("message", broken)
    world.notify("message", {"chat": "secret"})
    await amira.says("dose?")
    assert (await amira.hears()).text == "dose? |"
    assert caplog.text.count("cannot be read and is set aside") == 2
    assert "secret" not in caplog.text


async def test_the_same_update_delivered_twice_is_answered_once(amira: Person, world: TelegramWorld) -> None:
    await amira.says("dose?")
    first = next(iter(world.updates)).body
    await amira.hears()
    world.updates.deliver_again(first)
    await amira.says("next?")
    assert (await amira.hears()).text == "next? | dose?"


async def test_a_person_who_blocked_the_bot_costs_nobody_else_an_answer(amira: Person, world: TelegramWorld) -> None:
    bao = Person(world, "Bao")
    await bao.says("dose?")
    await bao.blocks_the_bot()
    await amira.says("dose?")
    assert (await amira.hears()).text == "dose? |"


async def test_the_menu_of_commands_is_registered(amira: Person, world: TelegramWorld) -> None:
    await world.bell.until("calls", lambda: world.calls_of("setMyShortDescription"), 5)
    assert '"start"' in world.calls_of("setMyCommands")[0].values["commands"]


def assert_set(was_set: bool) -> None:
    assert was_set
