"""How the bot introduces itself in Telegram's own menus."""

from __future__ import annotations

import logging

from telegram import Bot
from telegram.error import TelegramError

log = logging.getLogger(__name__)
COMMANDS = (
    ("start", "What it covers, with examples"),
    ("topics", "What can be asked"),
    ("source", "The review behind the answers"),
    ("help", "How to ask"),
)
SHORT_DESCRIPTION = "Answers from a curated, cited knowledge base. No patient data, please."


async def introduce(bot: Bot) -> None:
    """Set the menu and the description. They are a courtesy: a failure is logged and changes nothing else."""
    try:
        await bot.set_my_commands(COMMANDS)
        await bot.set_my_short_description(SHORT_DESCRIPTION)
    except (TelegramError, KeyError) as error:
        log.warning("the menu of commands could not be set (%s)", type(error).__name__)
