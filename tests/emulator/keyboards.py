"""Checks on `reply_markup`, in the order and words of the Bot API."""

from __future__ import annotations

import json
from typing import Any

from .arguments import Arguments
from .formatting import link_target
from .refusals import Json, bad_request

MAX_BUTTONS = 100
MAX_MARKUP_BYTES = 10_000
MAX_CALLBACK_BYTES = 64
STRING_ACTIONS = ("url", "callback_data")
OTHER_ACTIONS = (
    *("web_app", "login_url", "switch_inline_query", "switch_inline_query_current_chat"),
    *("switch_inline_query_chosen_chat", "copy_text", "callback_game", "pay"),
)


def reply_markup(arguments: Arguments) -> Json | None:
    """The inline keyboard a message will show; None without one (other keyboards are not shown back)."""
    if not arguments.text("reply_markup"):
        return None
    markup = arguments.json("reply_markup")
    if markup is None:
        raise bad_request("can't parse reply keyboard markup JSON object")
    if not isinstance(markup, dict):
        raise bad_request("object expected as reply markup")
    return _inline(markup["inline_keyboard"]) if "inline_keyboard" in markup else None


def check_sendable(keyboard: Json | None) -> None:
    """What only Telegram's data centre refuses: too many buttons, too long callback data."""
    if keyboard is None:
        return
    buttons = [button for row in keyboard["inline_keyboard"] for button in row]
    if len(buttons) > MAX_BUTTONS or len(json.dumps(keyboard).encode()) > MAX_MARKUP_BYTES:
        raise bad_request("reply markup is too long")
    if any(len(button.get("callback_data", "").encode()) > MAX_CALLBACK_BYTES for button in buttons):
        raise bad_request("BUTTON_DATA_INVALID")


def _inline(rows: Any) -> Json | None:
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise bad_request('field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays')
    shown = [[_button(button) for button in row] for row in rows if row]
    return {"inline_keyboard": shown} if shown else None


def _button(button: Any) -> Json:
    if not isinstance(button, dict):
        raise _unparsable("InlineKeyboardButton must be an Object")
    if "text" not in button:
        raise _unparsable('Can\'t find field "text"')
    for name in ("text", *STRING_ACTIONS):
        if not isinstance(button.get(name, ""), str):
            raise _unparsable(f'Field "{name}" must be of type String')
    return {"text": button["text"]} | _action(button)


def _action(button: Json) -> Json:
    """The first action that is not empty; the others are ignored."""
    if button.get("url"):
        return {"url": _checked_url(button["url"])}
    if button.get("callback_data"):
        return {"callback_data": button["callback_data"]}
    for name in OTHER_ACTIONS:
        if name in button:
            return {name: button[name]}
    raise _unparsable("Text buttons are unallowed in the inline keyboard")


def _checked_url(url: str) -> str:
    target = link_target(url)
    if target is None:
        reason = "Unsupported URL protocol" if "://" in url else "Wrong HTTP URL"
        raise bad_request(f"inline keyboard button URL '{url}' is invalid: {reason}")
    return target


def _unparsable(reason: str) -> Exception:
    return bad_request(f"can't parse inline keyboard button: {reason}")
