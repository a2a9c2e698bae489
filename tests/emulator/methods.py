"""The methods the emulator answers, by the name the Bot API gives them."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from . import intake, messages, profile, queries
from .arguments import Arguments
from .refusals import Json, Refusal
from .world import TelegramWorld

Method = Callable[[TelegramWorld, Arguments], Any | Awaitable[Any]]

METHODS: dict[str, Method] = {
    "getMe": profile.get_me,
    "getChat": profile.get_chat,
    "getFile": profile.get_file,
    "setMyCommands": profile.set_my_commands,
    "getMyCommands": profile.get_my_commands,
    "deleteMyCommands": profile.delete_my_commands,
    "setMyDescription": profile.set_my_description,
    "setMyShortDescription": profile.set_my_short_description,
    "getUpdates": intake.get_updates,
    "setWebhook": intake.set_webhook,
    "deleteWebhook": intake.delete_webhook,
    "getWebhookInfo": intake.get_webhook_info,
    "sendMessage": messages.send_message,
    "sendPhoto": messages.send_photo,
    "sendDocument": messages.send_document,
    "sendChatAction": messages.send_chat_action,
    "editMessageText": messages.edit_message_text,
    "editMessageReplyMarkup": messages.edit_message_reply_markup,
    "deleteMessage": messages.delete_message,
    "setMessageReaction": messages.set_message_reaction,
    "answerCallbackQuery": queries.answer_callback_query,
    "answerInlineQuery": queries.answer_inline_query,
}
NAMES = {name.lower(): name for name in METHODS}
# What each method may be asked with, by the Bot API's own schema.
PARAMETERS: dict[str, frozenset[str]] = {
    row["method"]: frozenset(row["parameters"])
    for row in map(json.loads, Path(__file__).with_name("parameters.jsonl").read_text("utf-8").splitlines())
}


async def perform(world: TelegramWorld, name: str, call: Arguments) -> tuple[int, Json]:
    """The HTTP status and the envelope that one call is answered with."""
    method = METHODS.get(name)
    if method is None:
        return 404, Refusal(404, "Not Found: method not found").envelope()
    _lint(world, name, call)
    try:
        result = method(world, call)
        return 200, {"ok": True, "result": await result if isinstance(result, Awaitable) else result}
    except Refusal as refusal:
        return refusal.code, refusal.envelope()


def _lint(world: TelegramWorld, name: str, call: Arguments) -> None:
    """Telegram ignores a parameter it does not know; a test wants to hear of it."""
    unknown = sorted(call.names() - PARAMETERS[name] - _attached(call))
    world.lint += [f"{name} knows no parameter {parameter!r}" for parameter in unknown]


def _attached(call: Arguments) -> set[str]:
    """Names of parts that another parameter refers to."""
    values = " ".join(call.values.values())
    return {name for name in call.uploads if f"attach://{name}" in values}
