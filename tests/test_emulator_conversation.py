"""People in the emulated Telegram: what they see, and what they say when the bot disappoints them."""

from __future__ import annotations

import struct

import pytest

from tests.emulator import Person, Silence, TelegramWorld
from tests.emulator.arguments import Arguments
from tests.emulator.files import picture_size
from tests.emulator.methods import perform
from tests.emulator.refusals import Json

MORE = {"text": "More", "callback_data": "more"}


async def bot_says(world: TelegramWorld, person: Person, text: str, *row: Json) -> None:
    keyboard = {"inline_keyboard": [list(row)]} if row else ""
    call = Arguments.of(chat_id=person.chat.chat_id, text=text, parse_mode="HTML", reply_markup=keyboard)
    status, _ = await perform(world, "sendMessage", call)
    assert status == 200


@pytest.fixture
def world() -> TelegramWorld:
    return TelegramWorld()


async def test_a_reply_shows_its_formatting_links_and_buttons(world: TelegramWorld) -> None:
    amira = Person(world)
    html = '\n<b>😀</b> <a href="https://doi.org/10.1/x">DOI</a> nhs.uk <blockquote expandable>Range 1–12</blockquote>'
    await bot_says(world, amira, html, MORE, {"text": "Source", "url": "https://nhs.uk"})
    reply = await amira.hears()
    assert (reply.text, reply.html) == ("😀 DOI nhs.uk Range 1–12", html)
    assert (reply.marked("bold"), reply.marked("expandable_blockquote")) == (["😀"], ["Range 1–12"])
    assert [e["type"] for e in reply.entities] == ["bold", "text_link", "url", "expandable_blockquote"]
    assert reply.links == ["https://doi.org/10.1/x", "nhs.uk"]
    assert [(b.label, b.data, b.url) for b in reply.buttons] == [
        ("More", "more", ""),
        ("Source", "", "https://nhs.uk/"),
    ]


async def test_a_document_sent_before_is_sent_again_by_its_id(world: TelegramWorld) -> None:
    amira = Person(world)
    file_id = (await amira.sends_document("protocol.pdf", b"%PDF-1.7")).wire["document"]["file_id"]
    copy_button = {"text": "Copy DOI", "copy_text": {"text": "10.1/x"}}
    keyboard = {"inline_keyboard": [[copy_button]]}
    call = Arguments.of(chat_id=amira.chat.chat_id, document=file_id, reply_markup=keyboard)
    await perform(world, "sendDocument", call)
    reply = await amira.hears()
    assert (reply.wire["document"]["file_name"], reply.labels) == ("protocol.pdf", ["Copy DOI"])


async def test_a_person_sends_a_document_with_a_caption_and_replies_to_a_message_with_buttons(
    world: TelegramWorld,
) -> None:
    """What is replied to comes along as it stands now, with its buttons and without what that one replied to."""
    amira = Person(world)
    await bot_says(world, amira, "choose", MORE)
    question = await amira.hears()
    await amira.sends_document("dose.yaml", b"answer: none", "see nhs.uk")
    await amira.says("70%", to=question)
    sent, replied = (pending.body["message"] for pending in world.updates)
    assert (sent["document"]["file_name"], sent["document"]["file_size"]) == ("dose.yaml", 12)
    assert (sent["caption"], sent["caption_entities"][0]["type"]) == ("see nhs.uk", "url")
    assert replied["reply_to_message"] == question.wire
    assert replied["reply_to_message"]["reply_markup"]["inline_keyboard"] == [[MORE]]
    await bot_says(world, amira, "and then")
    nested = await amira.says("80%", to=await amira.hears())
    assert "reply_to_message" not in nested.wire["reply_to_message"]


async def test_replies_are_heard_one_by_one_as_they_stood_when_they_appeared(world: TelegramWorld) -> None:
    amira = Person(world)
    await bot_says(world, amira, "one")
    edit = Arguments.of(chat_id=amira.chat.chat_id, message_id=1, text="two")
    await perform(world, "editMessageText", edit)
    heard = [await amira.hears(), await amira.hears()]
    assert [(reply.text, reply.edited) for reply in heard] == [("one", False), ("two", True)]


async def test_the_newest_button_of_a_label_is_pressed_unless_a_reply_is_named(world: TelegramWorld) -> None:
    amira = Person(world)
    await bot_says(world, amira, "first", MORE)
    await bot_says(world, amira, "second", MORE)
    first = await amira.hears()
    await amira.presses("More")
    await amira.presses("More", on=first)
    pressed = [pending.body["callback_query"]["message"]["text"] for pending in world.updates]
    assert pressed == ["second", "first"]


async def test_a_press_on_a_deleted_message_comes_without_it(world: TelegramWorld) -> None:
    amira = Person(world)
    await bot_says(world, amira, "gone soon", MORE)
    reply = await amira.hears()
    del amira.chat.messages[reply.message_id]
    await amira.presses("More", on=reply)
    (pending,) = world.updates
    assert pending.body["callback_query"]["message"]["date"] == 0


async def test_an_answer_to_an_inline_query_is_seen_with_its_privacy(world: TelegramWorld) -> None:
    query_id = await Person(world).asks_inline("dose")
    call = Arguments.of(inline_query_id=query_id, results=[], is_personal=True, cache_time=0)
    await perform(world, "answerInlineQuery", call)
    answer = await Person(world).sees_answer_to(query_id)
    assert (answer["is_personal"], answer["cache_time"]) == (True, 0)


async def test_who_hears_nothing_tells_what_the_bot_did_last_but_not_what_was_said(world: TelegramWorld) -> None:
    amira = Person(world, "Amira")
    await amira.says("a private matter")
    with pytest.raises(Silence, match=r"^Amira heard nothing for 0 s; the bot's latest calls: none$"):
        await amira.hears(patience=0)
    query_id = await amira.presses_old("v0")
    with pytest.raises(Silence, match=r"^the callback_query stayed unanswered for 0 s"):
        await amira.sees_answer_to(query_id, patience=0)


async def test_a_button_that_is_not_there_cannot_be_pressed(world: TelegramWorld) -> None:
    amira = Person(world)
    await bot_says(world, amira, "choose", MORE)
    with pytest.raises(Silence, match="no message of the bot shows the button 'Less'"):
        await amira.presses("Less")
    with pytest.raises(Silence, match=r"the message shows \['More'\], not 'Less'"):
        await amira.presses("Less", on=await amira.hears())


async def test_nobody_can_type_more_than_4096_characters_into_one_message(world: TelegramWorld) -> None:
    with pytest.raises(ValueError, match="1 to 4096 characters, not 4097"):
        await Person(world).says("x" * 4097)


async def test_in_a_group_everybody_hears_what_the_bot_says_from_then_on(world: TelegramWorld) -> None:
    ward = world.new_group("Ward 7")
    amira, bo = Person(world, "Amira"), Person(world, "Bo")
    amira.enters(ward)
    await bot_says(world, amira, "hello Amira")
    bo.enters(ward)
    await bot_says(world, amira, "hello both")
    assert [(await amira.hears()).text, (await amira.hears()).text] == ["hello Amira", "hello both"]
    assert (await bo.hears()).text == "hello both"


def test_the_size_of_a_jpeg_stands_in_its_first_frame() -> None:
    comment = b"\xff\xfe" + struct.pack(">H", 6) + b"note"
    frame = b"\xff\xc0" + struct.pack(">HBHH", 11, 8, 480, 640) + bytes(4)
    assert picture_size(b"\xff\xd8" + comment + frame) == (640, 480)
    assert picture_size(b"\xff\xd8" + comment) is None
