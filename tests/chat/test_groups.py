"""Groups: who is answered, to what, and where."""

from __future__ import annotations

from typing import Any

import pytest

from tests.emulator import Person, TelegramWorld, incoming


@pytest.fixture
async def ward(amira: Person, world: TelegramWorld) -> Person:
    """Amira, in a group."""
    amira.enters(world.new_group("Ward 5"))
    return amira


def sends(person: Person, words: str, **fields: Any) -> dict[str, Any]:
    """A message with fields that people's apps add by themselves."""
    message = person.world.post(person.chat, person.user, incoming.text(words) | fields)
    person.world.notify("message", message.wire)
    return message.wire


async def test_a_reply_to_the_bot_is_answered_without_its_name(ward: Person, world: TelegramWorld) -> None:
    theirs = world.post(ward.chat, world.bot, {"text": "an answer"})
    await ward.hears()
    asked = sends(ward, "and len?", reply_to_message=theirs.wire)
    reply = await ward.hears()
    assert reply.text == "and len? |"
    assert reply.wire["reply_to_message"]["message_id"] == asked["message_id"]


async def test_a_reply_to_another_person_is_left_alone(ward: Person, world: TelegramWorld) -> None:
    other = world.post(ward.chat, world.new_user("Bao"), {"text": "I think 50"})
    sends(ward, "dose?", reply_to_message=other.wire)
    await ward.says("@rounds_test_bot mine?")
    assert (await ward.hears()).text == "mine? |"


@pytest.mark.parametrize("command", ["/topics", "/topics@rounds_test_bot", "/topics@Rounds_Test_Bot"])
async def test_a_command_is_answered_as_a_reply_to_it(ward: Person, command: str) -> None:
    asked = await ward.says(command)
    reply = await ward.hears()
    assert reply.text.startswith("<topics>")
    assert reply.wire["reply_to_message"]["message_id"] == asked.message_id


async def test_a_command_to_another_bot_is_left_alone_in_groups_and_in_private(
    amira: Person, world: TelegramWorld
) -> None:
    for chat in (amira.chat, world.new_group("Ward 5")):
        amira.enters(chat)
        await amira.says("/topics@another_bot")
        await amira.says("/nonsense@another_bot")
        await amira.says("/topics")
        assert (await amira.hears()).text.startswith("<topics>")


async def test_bots_and_whoever_writes_as_the_group_are_left_alone(ward: Person, world: TelegramWorld) -> None:
    robot = {"id": 99, "is_bot": True, "first_name": "Robot"}
    for sender, fields in ((robot, {}), (ward.user, {"sender_chat": ward.chat.wire}), (ward.user, {"via_bot": robot})):
        posted = world.post(ward.chat, sender, {"text": "/topics"} | fields)
        world.notify("message", posted.wire)
    await ward.says("@rounds_test_bot mine?")
    assert (await ward.hears()).text == "mine? |"


async def test_in_a_topic_of_a_forum_the_answer_stays_in_the_topic(ward: Person, world: TelegramWorld) -> None:
    asked = sends(ward, "/topics", message_thread_id=77, is_topic_message=True)
    await ward.hears()
    call = world.calls_of("sendMessage")[-1]
    assert call.values["message_thread_id"] == "77"
    assert f'"message_id": {asked["message_id"]}' in call.values["reply_parameters"]


async def test_a_thread_of_replies_is_not_a_topic(ward: Person, world: TelegramWorld) -> None:
    sends(ward, "/topics", message_thread_id=77)
    await ward.hears()
    assert "message_thread_id" not in world.calls_of("sendMessage")[-1].values


async def test_one_question_gets_one_reply(ward: Person, world: TelegramWorld) -> None:
    await ward.says("@rounds_test_bot dose? @rounds_test_bot")
    await ward.hears()
    await ward.says("/topics")
    assert (await ward.hears()).text.startswith("<topics>")
