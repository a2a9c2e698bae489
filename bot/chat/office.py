"""Commands of editors and owners: invitations, members, and how the program does."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

from bot.chat.members import VALID, Members, Role
from bot.chat.page import Page
from bot.chat.state import State
from bot.live import Answers

DAYS = f"{VALID / 86_400:g}"


class Office:
    """Each makes a page for a person out of the words behind the command."""

    def __init__(self, members: Members, link: Callable[[], str], look: Callable[[], State]) -> None:
        """`link` is the bot's address, t.me/NAME, known once it is connected; `look` sees how the program does."""
        self._members = members
        self._link = link
        self._look = look

    @property
    def address(self) -> str:
        """The bot's."""
        return self._link()

    def invite(self, engine: Answers, user: int, words: str) -> Page:
        """/invite, or /invite editor for owners: a link for one person."""
        messages = engine.catalogue.messages
        wanted = Role.EDITOR if words.strip().lower() == "editor" else Role.USER
        if wanted is Role.EDITOR and self._members.role(user) < Role.OWNER:
            return Page.saying(messages.owners_only)
        payload = self._members.invite(wanted)
        if payload is None:
            return Page.saying(messages.no_invitations)
        return Page.saying(messages.invitation.format(link=f"{self.address}?start={payload}", days=DAYS))

    def members(self, engine: Answers, user: int, words: str) -> Page:
        """/members: who came with an invitation; /members dismiss NUMBER, for owners, takes one back."""
        messages = engine.catalogue.messages
        match words.split():
            case ["dismiss", number] if self._members.role(user) >= Role.OWNER:
                gone = number.isdecimal() and self._members.dismiss(int(number))
                return Page.saying((messages.dismissed if gone else messages.no_member).format(number=number))
            case ["dismiss", *_]:
                return Page.saying(messages.owners_only)
        lines = [messages.members.format(number=len(self._members.admitted))]
        for one in self._members.admitted[-50:]:
            since = datetime.fromtimestamp(one.since, UTC)
            lines.append(f"{one.user} · {Role(one.role).name.lower()} · {since:%d %b %Y}")
        return Page.saying("\n".join(lines))

    def status(self, engine: Answers, _: int, __: str) -> Page:
        """/status: how the program does, and what keeps newer content out."""
        return self._look().page(engine.catalogue.messages)
