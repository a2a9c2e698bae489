"""The emulated Telegram agrees with what others wrote: TDLib, aiogram's types and python-telegram-bot's types."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import aiogram.methods
import aiogram.types
import pytest
import telegram
from pydantic import BaseModel, TypeAdapter
from telegram.constants import ChatAction, ReactionEmoji

from tests.emulator import Person, TelegramWorld
from tests.emulator.arguments import Arguments, Upload
from tests.emulator.files import ONE_PIXEL
from tests.emulator.formatting import parsed
from tests.emulator.methods import METHODS, PARAMETERS, perform
from tests.emulator.refusals import Json, bad_request
from tests.emulator.rules import CHAT_ACTIONS, REACTIONS

GOLDEN = [
    json.loads(line)
    for line in Path(__file__).with_name("emulator").joinpath("formatting.jsonl").read_text("utf-8").splitlines()
]
KEYBOARD = {
    "inline_keyboard": [[{"text": "More", "callback_data": "m"}, {"text": "DOI", "url": "https://doi.org/10.1/x"}]]
}
HTML = '<b>6 months</b> (<a href="https://doi.org/10.1/x">Yuki 2021</a>)<blockquote expandable>Range 1–12</blockquote>'
ARTICLE = {"type": "article", "id": "1", "title": "Dose", "input_message_content": {"message_text": "100 mg"}}
PTB_RESULTS: dict[str, Any] = {
    "getMe": telegram.User,
    "getChat": telegram.ChatFullInfo,
    "getFile": telegram.File,
    "getMyCommands": telegram.BotCommand,
    "getUpdates": telegram.Update,
    "getWebhookInfo": telegram.WebhookInfo,
    **dict.fromkeys(("sendMessage", "sendPhoto", "sendDocument"), telegram.Message),
    **dict.fromkeys(("editMessageText", "editMessageReplyMarkup"), telegram.Message),
}


@pytest.mark.parametrize("case", GOLDEN, ids=lambda case: f"{case['parse_mode']}: {case['text'][:30]}")
def test_markup_is_judged_as_the_recorded_tdlib_judged_it(case: Json) -> None:
    answer = parsed(case["text"], case["parse_mode"].lower())
    if "error" in case:
        assert bad_request(answer["message"]).description == case["error"]
        return
    entities = [
        [e["type"]["@type"].removeprefix("textEntityType"), e["offset"], e["length"], _beside_the_type(e)]
        for e in answer["entities"]
    ]
    assert (answer["text"], entities) == (case["plain"], case["entities"])


@pytest.mark.parametrize("case", GOLDEN, ids=lambda case: f"{case['parse_mode']}: {case['text'][:30]}")
async def test_a_message_shows_the_text_without_markup_or_is_refused_in_the_recorded_words(case: Json) -> None:
    world = TelegramWorld()
    amira = Person(world)
    call = Arguments.of(chat_id=amira.chat.chat_id, text=case["text"], parse_mode=case["parse_mode"])
    _, envelope = await perform(world, "sendMessage", call)
    if "error" in case:
        assert envelope["description"] == case["error"]
    elif case["plain"].strip():
        assert envelope["result"]["text"].strip() == case["plain"].strip()
        assert len(envelope["result"].get("entities", [])) <= 100
    else:
        assert envelope["description"] == "Bad Request: text must be non-empty"


async def test_every_answer_is_what_aiogram_and_python_telegram_bot_expect_of_the_method() -> None:
    answers = await tour(TelegramWorld())
    assert {method for method, _ in answers} == set(METHODS)
    for method, result in answers:
        returning = _aiogram_method(method).__returning__
        assert invented(TypeAdapter(returning).validate_python(result)) == [], method
        if method in PTB_RESULTS:
            assert unknown_to_ptb(PTB_RESULTS[method], result) == [], method


async def test_every_update_is_what_aiogram_and_python_telegram_bot_understand() -> None:
    world = TelegramWorld()
    await everything_people_do(world)
    kinds = {pending.kind for pending in world.updates}
    assert kinds == {"message", "edited_message", "callback_query", "inline_query", "my_chat_member"}
    for pending in world.updates:
        assert invented(aiogram.types.Update.model_validate(pending.body)) == []
        assert unknown_to_ptb(telegram.Update, pending.body) == []


def test_a_message_both_libraries_do_not_know_is_noticed() -> None:
    """The two checks above can fail."""
    made_up = {"id": 1, "is_bot": False, "first_name": "A", "shoe_size": 42}
    assert invented(aiogram.types.User.model_validate(made_up)) == ["shoe_size"]
    assert unknown_to_ptb(telegram.User, made_up) == ["shoe_size"]


def test_the_parameters_a_method_knows_are_those_of_aiograms_schema() -> None:
    schema = {name: frozenset(_aiogram_method(name).model_fields) for name in METHODS}
    assert schema == PARAMETERS


def test_the_reactions_and_chat_actions_are_those_python_telegram_bot_lists() -> None:
    assert {emoji.value.replace("\ufe0f", "") for emoji in ReactionEmoji} == set(REACTIONS.split())
    assert {action.value for action in ChatAction} <= set(CHAT_ACTIONS.split())


async def tour(world: TelegramWorld) -> list[tuple[str, Any]]:
    """Every method once, with all that shows in its answer; every call is accepted."""
    amira, bo = Person(world, "Amira"), Person(world, "Bo")
    question = await amira.says("dose of thalidomide?")
    await everything_people_do(world)
    chat = {"chat_id": amira.chat.chat_id}
    answers: list[tuple[str, Any]] = []

    async def go(method: str, call: Arguments | None = None, /, **values: Any) -> Any:
        _, envelope = await perform(world, method, call or Arguments.of(**values))
        assert envelope["ok"], envelope
        answers.append((method, envelope["result"]))
        return envelope["result"]

    quoting = {"reply_parameters": {"message_id": question.message_id}}
    preview = {"link_preview_options": {"is_disabled": True}}
    sent = await go("sendMessage", **chat, **quoting, **preview, text=HTML, parse_mode="HTML", reply_markup=KEYBOARD)
    this = chat | {"message_id": sent["message_id"]}
    for kind, content in (("photo", ONE_PIXEL), ("document", b"%PDF-1.7")):
        upload = Upload(f"figure.{kind}", content, "application/octet-stream")
        values = {"chat_id": str(amira.chat.chat_id), "caption": "<i>Figure</i>", "parse_mode": "HTML"}
        file = await go(f"send{kind.capitalize()}", Arguments(values, {kind: upload}))
    await go("getFile", file_id=file["document"]["file_id"])
    await go("editMessageText", **this, text="<i>12 months</i>", parse_mode="HTML")
    await go("editMessageReplyMarkup", **this, reply_markup=KEYBOARD)
    await go("answerCallbackQuery", callback_query_id=await amira.presses("More"), text="Coming")
    await go("answerInlineQuery", inline_query_id=await bo.asks_inline("dose"), results=[ARTICLE])
    await go("setMessageReaction", **this, reaction=[{"type": "emoji", "emoji": "👍"}])
    await go("sendChatAction", **chat, action="typing")
    await go("deleteMessage", **this)
    await go("getUpdates", allowed_updates=["message", "callback_query"])
    await go("setMyCommands", commands=[{"command": "/help", "description": "What it can do"}])
    assert await go("getMyCommands") == [{"command": "help", "description": "What it can do"}]
    await go("deleteMyCommands")
    await go("setMyDescription", description="Answers from the literature")
    await go("setMyShortDescription", short_description="Ward rounds")
    await go("getChat", **chat)
    await go("getMe")
    await go("setWebhook", url="https://ward.example/hook", secret_token="s3cret")
    await go("getWebhookInfo")
    await go("deleteWebhook")
    assert world.lint == []
    return answers


async def everything_people_do(world: TelegramWorld) -> None:
    cleo = Person(world, "Cleo")
    await cleo.starts("ward7")
    question = await cleo.says("/dose@rounds_test_bot see https://nhs.uk 👍")
    await cleo.edits(question, "another question")
    await cleo.sends_photo("what is this?")
    await cleo.sends_document("protocol.pdf", b"%PDF-1.7", "with a caption of nhs.uk")
    await cleo.sends_sticker()
    await cleo.forwards("can you look at this?")
    await cleo.presses_old("v0:gone")
    await cleo.asks_inline("dose")
    call = Arguments.of(chat_id=cleo.chat.chat_id, text=HTML, parse_mode="HTML", reply_markup=KEYBOARD)
    await perform(world, "sendMessage", call)
    await cleo.presses("More")
    await cleo.says("more of what?", to=await cleo.hears())
    await cleo.blocks_the_bot()
    dan = Person(world, "Dan")
    dan.enters(world.new_group("Ward 7"))
    await dan.says("/dose")


def invented(value: Any) -> list[str]:
    """Names of fields in a parsed aiogram value that aiogram has no field for, at any depth."""
    if isinstance(value, list | tuple):
        return [name for item in value for name in invented(item)]
    if not isinstance(value, BaseModel):
        return []
    inside = [name for field in type(value).model_fields for name in invented(getattr(value, field))]
    return [*(value.model_extra or {}), *inside]


def unknown_to_ptb(kind: Any, wire: Any) -> list[str]:
    """The same for python-telegram-bot."""
    parsed_ones = kind.de_list(wire, None) if isinstance(wire, list) else (kind.de_json(wire, None),)
    return [name for one in parsed_ones for name in _api_kwargs(one)]


def _api_kwargs(value: Any) -> Iterator[str]:
    if isinstance(value, tuple | list):
        for item in value:
            yield from _api_kwargs(item)
    elif isinstance(value, telegram.TelegramObject):
        yield from value.api_kwargs
        for name in value._get_attrs_names(include_private=False):
            yield from _api_kwargs(getattr(value, name, None))


def _aiogram_method(name: str) -> Any:
    return getattr(aiogram.methods, name[0].upper() + name[1:])


def _beside_the_type(entity: Json) -> Json:
    return {key: value for key, value in entity["type"].items() if key != "@type"}
