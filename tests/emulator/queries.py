"""Methods that answer a pressed button or an inline query."""

from __future__ import annotations

from . import rules
from .arguments import Arguments
from .refusals import bad_request
from .world import TelegramWorld


def answer_callback_query(world: TelegramWorld, call: Arguments) -> bool:
    text = call.text("text")
    if len(text) > rules.MAX_TOAST:
        raise bad_request("MESSAGE_TOO_LONG")
    answer = {"text": text, "show_alert": call.flag("show_alert"), "url": call.text("url")}
    world.answer_query("callback_query", call.text("callback_query_id"), answer)
    return True


def answer_inline_query(world: TelegramWorld, call: Arguments) -> bool:
    next_offset = call.text("next_offset")
    answer = {
        "results": rules.check_inline_results(call.json("results"), next_offset),
        "cache_time": call.integer("cache_time", 300, low=0),
        "is_personal": call.flag("is_personal"),
        "next_offset": next_offset,
    }
    world.answer_query("inline_query", call.text("inline_query_id"), answer)
    return True
