"""How the bot introduces itself in Telegram's own menus."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Collection, Iterator, Mapping
from functools import partial
from typing import Any

from telegram import (
    Bot,
    BotCommandScope,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
)
from telegram.constants import BotCommandScopeType
from telegram.error import BadRequest, Forbidden, RetryAfter, TelegramError

from bot.chat.connection import Sleep, seconds

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
    "feedback": "Say what you think of the bot",
    "privacy": "What is kept of you, and for how long",
    "about": "What it is, and what it rests on",
}
"""In a private chat."""
FOR_EDITORS = {
    "invite": "Let somebody in: a link for one person",
    "members": "Who came with an invitation, and open ones",
    "edit": "Change an answer: /edit relapse len",
    "fix": "In reply to an answer: correct a figure",
    "missed": "Questions that were not understood, to learn from",
    "history": "What was published, by whom and why",
    "undo": "Undo what was published last",
    "status": "How the bot does, and what keeps newer content out",
}
IN_GROUPS = ("help", "topics", "studies", "chart", "source", "corrections", "feedback", "privacy")
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

PAUSES = (1.0, 5.0, 30.0, 120.0, 600.0)
"""Seconds before each further round over what could not be set."""
TOLD = {
    True: (logging.WARNING, "%s could not be set (%s)"),
    False: (logging.INFO, "%s could not be set yet (%s): trying again"),
}
"""What the log says of a failure, the last of all or another."""
Put = Callable[[], Awaitable[Any]]


class Profile:
    """Menus and descriptions are a courtesy: what fails is tried again for a while, and then costs nothing else."""

    def __init__(self, bot: Bot, editors: Callable[[], Collection[int]], sleep: Sleep = asyncio.sleep) -> None:
        self._bot = bot
        self._editors = editors
        self._sleep = sleep
        self._changed: asyncio.Queue[int] = asyncio.Queue()

    def changed(self, user: int) -> None:
        """Somebody has become an editor, or is none any more: their menu will follow."""
        self._changed.put_nowait(user)

    async def run(self) -> None:
        """Introduce the bot, and keep the menus of those who come and go true. Until cancelled."""
        async with asyncio.TaskGroup() as both:
            both.create_task(self.introduce())
            both.create_task(self._follow())

    async def _follow(self) -> None:
        while True:
            user = await self._changed.get()
            await self._insist({_named(user): self._menu_of(user)})

    async def introduce(self) -> None:
        """To everybody, and to each editor."""
        menus = {_named(user): self._menu_of(user) for user in self._editors()}
        await self._insist(dict(self._for_all()) | menus)

    def _for_all(self) -> Iterator[tuple[str, Put]]:
        for scope, names in SCOPES.items():
            commands = [(name, COMMANDS[name]) for name in names]
            yield f"the menu of commands ({scope.type})", partial(self._bot.set_my_commands, commands, scope)
        yield "the description", partial(self._bot.set_my_description, DESCRIPTION)
        yield "the short description", partial(self._bot.set_my_short_description, SHORT_DESCRIPTION)

    def _menu_of(self, user: int) -> Put:
        """That of editors; for anybody else the one that everybody has."""
        scope = BotCommandScopeChat(user)
        if user not in self._editors():
            return partial(self._bot.delete_my_commands, scope)
        return partial(self._bot.set_my_commands, [*COMMANDS.items(), *FOR_EDITORS.items()], scope)

    async def _insist(self, wanted: Mapping[str, Put]) -> None:
        """Each by itself: one that fails keeps no other back."""
        for pause in (*PAUSES, None):
            failed: dict[str, float] = {}
            for what, put in wanted.items():
                wait = await self._attempt(what, put, last=pause is None)
                if wait is not None:
                    failed[what] = wait
            if not failed or pause is None:
                return
            await self._sleep(max(pause, *failed.values()))
            wanted = {what: wanted[what] for what in failed}

    async def _attempt(self, what: str, put: Put, *, last: bool) -> float | None:
        """Seconds that Telegram wants to be left alone before another attempt; None where none is needed or use."""
        try:
            await put()
        except (BadRequest, Forbidden) as error:
            log.warning("%s cannot be set (%s)", what, type(error).__name__)
        except (TelegramError, KeyError) as error:  # KeyError: an answer without a result
            log.log(*TOLD[last], what, type(error).__name__)
            return seconds(error) if isinstance(error, RetryAfter) else 0.0
        return None


def _named(user: int) -> str:
    """For the log: the number is what an operator put into the settings."""
    return f"the menu of account {user}, which must press Start before it gets menus and alerts,"
