"""One conversation, held by an aiogram bot and by a python-telegram-bot bot: the emulator is shaped to neither."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any, Protocol

import aiogram
import pytest
import telegram.ext
from aiogram import F
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.filters import CommandStart

from tests.emulator import Person, TelegramWorld, serve

GREETING = "<b>Hello</b> <blockquote expandable>I answer.</blockquote>"
KEYBOARD = {"inline_keyboard": [[{"text": "More", "callback_data": "more"}]]}
COMMAND = {"command": "start", "description": "Begin"}


class Bot(Protocol):
    """A bot that greets, says more when asked to, echoes text after typing, sends documents back, ignores stickers."""

    def __call__(self, base_url: str, token: str) -> AbstractAsyncContextManager[None]: ...


@asynccontextmanager
async def aiogram_bot(base_url: str, token: str) -> AsyncIterator[None]:
    session = AiohttpSession(api=TelegramAPIServer.from_base(base_url))
    bot = aiogram.Bot(token, session=session)
    dispatcher = aiogram.Dispatcher()

    @dispatcher.message(CommandStart())
    async def greet(message: aiogram.types.Message) -> None:
        keyboard = aiogram.types.InlineKeyboardMarkup.model_validate(KEYBOARD)
        await message.answer(GREETING, parse_mode="HTML", reply_markup=keyboard)

    @dispatcher.callback_query()
    async def more(query: aiogram.types.CallbackQuery) -> None:
        await query.answer("Coming")
        assert isinstance(query.message, aiogram.types.Message)
        await query.message.edit_text(f"pressed {query.data}")

    @dispatcher.message(F.text)
    async def echo(message: aiogram.types.Message) -> None:
        await bot.send_chat_action(message.chat.id, "typing")
        await message.reply(message.text or "")

    @dispatcher.message(F.document)
    async def send_back(message: aiogram.types.Message) -> None:
        assert message.document
        content = await bot.download(message.document)
        assert content
        await message.answer_document(aiogram.types.BufferedInputFile(content.read(), "copy.pdf"), caption="a copy")

    await bot.set_my_commands([aiogram.types.BotCommand.model_validate(COMMAND)])
    polling = asyncio.create_task(dispatcher.start_polling(bot, handle_signals=False, polling_timeout=1))
    yield
    await dispatcher.stop_polling()
    await polling


@asynccontextmanager
async def ptb_bot(base_url: str, token: str) -> AsyncIterator[None]:
    async def greet(update: telegram.Update, context: Any) -> None:
        assert update.message
        keyboard = telegram.InlineKeyboardMarkup.de_json(KEYBOARD, None)
        await update.message.reply_html(GREETING, reply_markup=keyboard)

    async def more(update: telegram.Update, context: Any) -> None:
        assert update.callback_query
        await update.callback_query.answer("Coming")
        await update.callback_query.edit_message_text(f"pressed {update.callback_query.data}")

    async def echo(update: telegram.Update, context: Any) -> None:
        assert update.message
        assert update.message.text
        await update.message.reply_chat_action("typing")
        await update.message.reply_text(update.message.text, do_quote=True)

    async def send_back(update: telegram.Update, context: Any) -> None:
        assert update.message
        assert update.message.document
        content = await (await update.message.document.get_file()).download_as_bytearray()
        await update.message.reply_document(bytes(content), filename="copy.pdf", caption="a copy")

    builder = telegram.ext.Application.builder().token(token)
    application = builder.base_url(f"{base_url}/bot").base_file_url(f"{base_url}/file/bot").build()
    application.add_handler(telegram.ext.CommandHandler("start", greet))
    application.add_handler(telegram.ext.CallbackQueryHandler(more))
    application.add_handler(telegram.ext.MessageHandler(telegram.ext.filters.TEXT, echo))
    application.add_handler(telegram.ext.MessageHandler(telegram.ext.filters.Document.ALL, send_back))
    async with application:
        await application.bot.set_my_commands([telegram.BotCommand(COMMAND["command"], COMMAND["description"])])
        assert application.updater
        await application.updater.start_polling(timeout=1)
        await application.start()
        yield
        await application.updater.stop()
        await application.stop()


@pytest.mark.parametrize("bot", [aiogram_bot, ptb_bot], ids=["aiogram", "python-telegram-bot"])
async def test_a_conversation_goes_the_same_way_with_either_library(bot: Bot) -> None:
    world = TelegramWorld()
    amira, bo = Person(world, "Amira"), Person(world, "Bo")
    async with serve(world) as base_url, bot(base_url, world.token):
        await amira.starts()
        greeting = await amira.hears()
        assert (greeting.text, greeting.marked("bold")) == ("Hello I answer.", ["Hello"])
        assert greeting.marked("expandable_blockquote") == ["I answer."]

        query = await amira.presses("More")
        assert (await amira.sees_answer_to(query))["text"] == "Coming"
        edited = await amira.hears()
        assert (edited.text, edited.edited, edited.labels) == ("pressed more", True, [])
        assert edited.message_id == greeting.message_id

        await bo.sends_sticker()
        question = await bo.says("What about <b>thalidomide</b> & lupus? 😀")
        echo = await bo.hears()
        assert echo.text == question.wire["text"]
        assert echo.wire["reply_to_message"]["message_id"] == question.message_id
        assert bo.chat.actions == ["typing"]

        await bo.sends_document("protocol.pdf", b"%PDF-1.7")
        copy = await bo.hears()
        assert (copy.text, copy.wire["document"]["file_name"]) == ("a copy", "copy.pdf")
        stored = world.files.get(copy.wire["document"]["file_id"])
        assert stored is not None
        assert stored.upload.content == b"%PDF-1.7"
    assert world.lint == []
    assert {call.status for call in world.calls} == {200}
    assert [call.method for call in world.calls_of("setMyCommands")] == ["setMyCommands"]
