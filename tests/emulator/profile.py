"""Methods about the bot itself, its chats and its files."""

from __future__ import annotations

import json

from . import rules
from .arguments import Arguments
from .refusals import Json, bad_request
from .world import TelegramWorld

CAPABILITIES = {
    "can_join_groups": True,
    "can_read_all_group_messages": False,
    "supports_inline_queries": True,
    "can_connect_to_business": False,
    "has_main_web_app": False,
}
GIFTS = ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels")


def get_me(world: TelegramWorld, call: Arguments) -> Json:
    return world.bot | CAPABILITIES


def get_chat(world: TelegramWorld, call: Arguments) -> Json:
    full = {"accent_color_id": 0, "max_reaction_count": 11, "accepted_gift_types": dict.fromkeys(GIFTS, False)}
    return world.chat(call.text("chat_id")).wire | full


def get_file(world: TelegramWorld, call: Arguments) -> Json:
    file = world.files.get(call.text("file_id"))
    if file is None:
        raise bad_request("invalid file_id")
    if file.size > rules.MAX_DOWNLOAD_BYTES:
        raise bad_request("file is too big")
    return file.wire() | {"file_path": file.path}


def set_my_commands(world: TelegramWorld, call: Arguments) -> bool:
    commands = rules.checked_commands(call.json("commands"))
    world.profile["commands", _audience(world, call)] = commands
    return True


def get_my_commands(world: TelegramWorld, call: Arguments) -> list[Json]:
    commands: list[Json] = world.profile.get(("commands", _audience(world, call)), [])
    return commands


def delete_my_commands(world: TelegramWorld, call: Arguments) -> bool:
    world.profile.pop(("commands", _audience(world, call)), None)
    return True


def set_my_description(world: TelegramWorld, call: Arguments) -> bool:
    return _describe(world, call, "description", 512, "DESCRIPTION_TOO_LONG")


def set_my_short_description(world: TelegramWorld, call: Arguments) -> bool:
    return _describe(world, call, "short_description", 120, "ABOUT_TOO_LONG")


def _describe(world: TelegramWorld, call: Arguments, field: str, longest: int, refusal: str) -> bool:
    rules.check_language(call.text("language_code"))
    if len(call.text(field)) > longest:
        raise bad_request(refusal)
    world.profile[field, call.text("language_code")] = call.text(field)
    return True


def _audience(world: TelegramWorld, call: Arguments) -> str:
    """Commands are kept apart by scope and language. A chat that is not there has none."""
    rules.check_language(call.text("language_code"))
    scope = call.json("scope") or {"type": "default"}
    if scope["type"] == "chat":
        world.chat(str(scope["chat_id"]))
    return json.dumps([scope, call.text("language_code")], sort_keys=True)
