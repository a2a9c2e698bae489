"""How each kind of call is said in the Bot API."""

from __future__ import annotations

from typing import Any

from telegram import (
    Bot,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQueryResultArticle,
    InlineQueryResultsButton,
    InputTextMessageContent,
    LinkPreviewOptions,
    ReplyParameters,
)
from telegram.constants import ParseMode
from telegram.error import BadRequest

from bot.chat.calls import AnswerInline, ChangeButtons, Offer, Rows, Say, SendFile, ShowChart
from bot.chat.charts import caption
from bot.chat.transport import said
from bot.drawing.chart import Chart

NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
CACHED = 10
"""Seconds for which Telegram may show one person the same offers again."""


async def say(bot: Bot, call: Say | ShowChart, text: str, parse_mode: str | None) -> None:
    """A message, said without the library's objects.

    Most calls are one, and making and reading those objects costs as much as the rest of the call.
    """
    fields = {
        "chat_id": call.chat,
        "text": text,
        "parse_mode": parse_mode,
        "message_thread_id": call.thread,
        "reply_parameters": _quoted(call),
        "reply_markup": _keyboard(call.buttons),
        "link_preview_options": {"is_disabled": True},
    }
    await bot.request.post(f"{bot.base_url}/sendMessage", said(fields))


async def show_chart(bot: Bot, call: ShowChart, chart: Chart) -> None:
    """A picture; where the chat takes none, what would have stood below it."""
    words = caption(chart.caption, chart.alt)
    try:
        await bot.send_photo(
            call.chat,
            chart.png,
            words,
            message_thread_id=call.thread,
            reply_parameters=_reply(call),
            reply_markup=_markup(call.buttons),
            filename=f"{call.name}.png",
        )
    except BadRequest as error:
        if "photo" not in error.message.lower() and "image" not in error.message.lower():
            raise
        await say(bot, call, words, None)


async def send_file(bot: Bot, call: SendFile) -> None:
    """A document."""
    await bot.send_document(
        call.chat,
        call.text.encode(),
        call.caption or None,
        message_thread_id=call.thread,
        reply_parameters=_reply(call),
        reply_markup=_markup(call.buttons),
        filename=call.name,
    )


async def change_buttons(bot: Bot, call: ChangeButtons) -> None:
    """Other buttons under a message; that they are there already is as good."""
    try:
        await bot.edit_message_reply_markup(call.chat, call.message, reply_markup=_markup(call.buttons))
    except BadRequest as error:
        if "not modified" not in error.message:
            raise


async def answer_inline(bot: Bot, call: AnswerInline) -> None:
    """The offers, for this person alone; with none, a way to the bot."""
    await bot.answer_inline_query(
        call.query,
        [_article(bot, offer) for offer in call.offers],
        cache_time=CACHED,
        is_personal=True,
        button=None if call.offers else InlineQueryResultsButton(call.otherwise, start_parameter="inline"),
    )


def _article(bot: Bot, offer: Offer) -> InlineQueryResultArticle:
    opens = InlineKeyboardButton(offer.label, url=f"{bot.link}?start={offer.payload or 'inline'}")
    return InlineQueryResultArticle(
        offer.id,
        offer.title,
        InputTextMessageContent(offer.html, ParseMode.HTML, link_preview_options=NO_PREVIEW),
        reply_markup=InlineKeyboardMarkup([[opens]]),
        description=offer.description,
    )


def _quoted(call: Say | ShowChart | SendFile) -> dict[str, Any] | None:
    return {"message_id": call.reply_to, "allow_sending_without_reply": True} if call.reply_to else None


def _keyboard(rows: Rows) -> dict[str, Any] | None:
    shown = [[{"text": button.label, "callback_data": button.data} for button in row] for row in rows]
    return {"inline_keyboard": shown} if shown else None


def _reply(call: ShowChart | SendFile) -> ReplyParameters | None:
    quoted = _quoted(call)
    return ReplyParameters.de_json(quoted) if quoted else None


def _markup(rows: Rows) -> InlineKeyboardMarkup | None:
    keyboard = _keyboard(rows)
    return InlineKeyboardMarkup.de_json(keyboard) if keyboard else None
