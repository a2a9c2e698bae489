"""How the bot introduces itself in Telegram's own menus."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from contextlib import suppress

from telegram import (
    Bot,
    BotCommandScope,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
)
from telegram.constants import BotCommandScopeType
from telegram.error import BadRequest, Forbidden, TelegramError

log = logging.getLogger(__name__)
COMMANDS = {
    "start": "What it covers, with examples",
    "help": "How to ask",
    "topics": "What can be asked",
    "studies": "The studies: /studies thal, /studies len dle",
    "chart": "A picture: /chart relapse thal",
    "source": "The review behind the answers",
    "coverage": "What is known, and what is missing",
    "corrections": "Whether you are told of a figure that was wrong",
    "privacy": "What is kept of you, and for how long",
    "about": "What it is, and what it rests on",
}
"""In a private chat."""
FOR_EDITORS = {
    "invite": "Let somebody in: a link for one person",
    "members": "Who came with an invitation",
    "edit": "Change an answer: /edit relapse len",
    "fix": "In reply to an answer: correct a figure",
    "missed": "Questions that were not understood, to learn from",
    "history": "What was published, by whom and why",
    "undo": "Undo what was published last",
    "status": "How the bot does, and what keeps newer content out",
}
IN_GROUPS = ("help", "topics", "studies", "chart", "source", "corrections", "privacy")
SCOPES: dict[BotCommandScope, tuple[str, ...]] = {
    BotCommandScope(BotCommandScopeType.DEFAULT): tuple(COMMANDS),
    BotCommandScopeAllPrivateChats(): tuple(COMMANDS),
    BotCommandScopeAllGroupChats(): IN_GROUPS,
}
SHORT_DESCRIPTION = "Answers from a curated, cited knowledge base. No patient data, please."
DESCRIPTION = (
    "Thalidomide and lenalidomide in refractory lupus: ask in a few words and get the figure first, with its source. "
    "When the literature does not say, it says so.\n\n"
    "Send no patient data. The content has not been reviewed clinically, and it is no advice for one patient."
)


async def introduce(bot: Bot, editors: Iterable[int] = ()) -> None:
    """Set the menus and the descriptions. They are a courtesy: a failure is logged and changes nothing else."""
    try:
        for scope, names in SCOPES.items():
            await bot.set_my_commands([(name, COMMANDS[name]) for name in names], scope)
        await bot.set_my_description(DESCRIPTION)
        await bot.set_my_short_description(SHORT_DESCRIPTION)
    except (TelegramError, KeyError) as error:
        log.warning("the menu of commands could not be set (%s)", type(error).__name__)
        return
    for editor in editors:
        with suppress(BadRequest, Forbidden, KeyError):  # who has not spoken to the bot yet
            commands = [*COMMANDS.items(), *FOR_EDITORS.items()]
            await bot.set_my_commands(commands, BotCommandScopeChat(editor))
