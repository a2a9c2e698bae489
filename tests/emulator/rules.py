"""Limits of the Bot API and the words it refuses with. Lengths are code points unless a name says bytes."""

from __future__ import annotations

import re
from typing import Any

from .formatting import FormattedText
from .refusals import Json, bad_request

MAX_TEXT = 4096
MAX_CAPTION = 1024
MAX_TOAST = 200
MAX_INLINE_RESULTS = 50
MAX_RESULT_ID_BYTES = 64
MAX_OFFSET_BYTES = 64
MAX_COMMANDS = 100
MAX_COMMAND = 32
MAX_COMMAND_DESCRIPTION = 256
MAX_DOWNLOAD_BYTES = 20 << 20
MAX_UPLOAD_BYTES = 50 << 20
MAX_PHOTO_BYTES = 10 << 20
MAX_PHOTO_SIDES = 10_000
BLANKS = " \n\t\r\u200b\u2063"
NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same "
    "as a current content and reply markup of the message"
)
QUERY_TOO_OLD = "query is too old and response timeout expired or query ID is invalid"
CHAT_ACTIONS = """
    typing upload_photo record_video upload_video record_voice upload_voice record_audio upload_audio upload_document
    find_location pick_up_location record_video_note upload_video_note choose_sticker cancel
"""
REACTIONS = """
    👍 👎 ❤ 🔥 🥰 👏 😁 🤔 🤯 😱 🤬 😢 🎉 🤩 🤮 💩 🙏 👌 🕊 🤡 🥱 🥴 😍 🐳 ❤‍🔥 🌚 🌭 💯 🤣 ⚡ 🍌 🏆 💔 🤨 😐 🍓 🍾 💋 🖕
    😈 😴 😭 🤓 👻 👨‍💻 👀 🎃 🙈 😇 😨 🤝 ✍ 🤗 🫡 🎅 🎄 ☃ 💅 🤪 🗿 🆒 💘 🙉 🦄 😘 💊 🙊 😎 👾 🤷‍♂ 🤷 🤷‍♀ 😡
"""


def check_text(message: FormattedText) -> None:
    if not message.text.strip(BLANKS):
        raise bad_request("text must be non-empty")
    if len(message.text) > MAX_TEXT:
        raise bad_request("message is too long")


def check_caption(caption: FormattedText) -> None:
    if len(caption.text) > MAX_CAPTION:
        raise bad_request("message caption is too long")


def check_chat_action(action: str) -> None:
    if action.strip().lower() not in CHAT_ACTIONS.split():
        raise bad_request("wrong parameter action in request")


def check_reactions(reactions: list[Json]) -> None:
    """A bot sets at most one reaction, of the fixed list (emoji presentation selectors do not count)."""
    if len(reactions) > 1:
        raise bad_request("REACTIONS_TOO_MANY")
    emoji = [r.get("emoji", "").replace("\ufe0f", "") for r in reactions if r.get("type") == "emoji"]
    if any(one not in REACTIONS.split() for one in emoji):
        raise bad_request("REACTION_INVALID")


def check_inline_results(results: Any, next_offset: str) -> list[Json]:
    if not isinstance(results, list):
        raise bad_request("expected an Array of InlineQueryResult")
    if len(results) > MAX_INLINE_RESULTS:
        raise bad_request("too many inline query results specified")
    ids = [str(result.get("id", "")) for result in results]
    if any(not 1 <= len(one.encode()) <= MAX_RESULT_ID_BYTES for one in ids):
        raise bad_request("RESULT_ID_INVALID")
    if len(set(ids)) < len(ids):
        raise bad_request("RESULT_ID_DUPLICATE")
    if len(next_offset.encode()) > MAX_OFFSET_BYTES:
        raise bad_request("NEXT_OFFSET_INVALID")
    return results


def checked_commands(commands: Any) -> list[Json]:
    """The list as kept: a leading slash and blanks around are dropped."""
    if not isinstance(commands, list):
        raise bad_request("expected an Array of BotCommand")
    if len(commands) > MAX_COMMANDS:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    return [_checked_command(command) for command in commands]


def _checked_command(command: Json) -> Json:
    name = command.get("command", "").strip().removeprefix("/")
    description = command.get("description", "").strip()
    if not name:
        raise bad_request("command must be non-empty")
    if len(name) > MAX_COMMAND:
        raise bad_request(f"command length must not exceed {MAX_COMMAND}")
    if not description:
        raise bad_request("command description must be non-empty")
    if len(description) > MAX_COMMAND_DESCRIPTION:
        raise bad_request(f"command description length must not exceed {MAX_COMMAND_DESCRIPTION}")
    if not re.fullmatch(r"[a-z0-9_]+", name):
        raise bad_request("BOT_COMMAND_INVALID")
    return {"command": name, "description": description}


def check_language(code: str) -> None:
    if code and not re.fullmatch(r"[a-z]{2}", code):
        raise bad_request("invalid language code specified")


def check_secret(secret: str) -> None:
    if len(secret) > 256:
        raise bad_request("secret token is too long")
    if not re.fullmatch(r"[A-Za-z0-9_-]*", secret):
        raise bad_request("secret token contains unallowed characters")
