"""Commands of editors and owners: invitations, members, doubted figures, and how the program does."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

from bot.chat.calls import Button
from bot.chat.doubts import Doubts
from bot.chat.keyboard import laid, read, written
from bot.chat.members import VALID, Members, Role
from bot.chat.page import Page
from bot.chat.state import State
from bot.live import Answers

REVOKE = "i1"
"""Begins the data of a button that revokes an invitation."""
MOST_MEMBERS, MOST_INVITATIONS = 50, 20
"""Members, the newest, and invitations that are listed."""
NAMED_BY = 8
"""Letters of an invitation's digest that tell it from the others."""
DAYS = f"{VALID / 86_400:g}"


class Office:
    """Each makes a page for a person out of the words behind the command."""

    def __init__(self, members: Members, doubts: Doubts, link: Callable[[], str], look: Callable[[], State]) -> None:
        """`link` is the bot's address, t.me/NAME, known once it is connected; `look` sees how the program does."""
        self._members = members
        self._doubts = doubts
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
        payload = self._members.invite(wanted, user)
        if payload is None:
            return Page.saying(messages.no_invitations)
        return Page.saying(messages.invitation.format(link=f"{self.address}?start={payload}", days=DAYS))

    def members(self, engine: Answers, user: int, words: str) -> Page:
        """/members: who came with an invitation, and which are open; "dismiss NUMBER", for owners, takes one back."""
        messages = engine.catalogue.messages
        match words.split():
            case ["dismiss", number] if self._members.role(user) >= Role.OWNER:
                gone = number.isdecimal() and self._members.dismiss(int(number))
                return Page.saying((messages.dismissed if gone else messages.no_member).format(number=number))
            case ["dismiss", *_]:
                return Page.saying(messages.owners_only)
        return self._list(engine)

    def revoke(self, engine: Answers, _: int, data: str) -> Page:
        """A tap on an open invitation makes it void; the list as it is then."""
        match read(REVOKE, data, 1):
            case [str(digest)] if self._members.revoke(digest):
                return self._list(engine)
        return Page.saying(engine.catalogue.messages.invitation_used)

    def look_into(self, engine: Answers, _: int, data: str) -> Page:
        """A tap says that somebody has looked into a doubted figure; the others, as they are then."""
        self._doubts.settle(data)
        return self._doubts.page(engine.catalogue)

    def status(self, engine: Answers, _: int, __: str) -> Page:
        """/status: how the program does, what keeps newer content out, and which figures readers doubt."""
        page = self._look().page(engine.catalogue.messages)
        if not self._doubts.number:
            return page
        doubts = self._doubts.page(engine.catalogue)
        return Page((*page.messages, *doubts.messages), doubts.buttons)

    def _list(self, engine: Answers) -> Page:
        messages = engine.catalogue.messages
        lines = [messages.members.format(number=len(self._members.admitted))]
        lines += [f"{one.user} · {_said(one.role, one.since)}" for one in self._members.admitted[-MOST_MEMBERS:]]
        if invitations := self._members.invitations[:MOST_INVITATIONS]:
            lines.append(messages.invitations_open.format(number=len(self._members.invitations)))
        for one in invitations:
            lines.append(f"{one.digest[:NAMED_BY]} · {_said(one.role, one.until)} · {one.by or '-'}")
        label = messages.revoke_label
        names = [one.digest[:NAMED_BY] for one in invitations]
        return Page.saying(
            "\n".join(lines), laid(Button(label.format(name=name), written(REVOKE, name)) for name in names)
        )


def _said(role: int, at: float) -> str:
    """A role, and the day of a moment (Unix seconds)."""
    return f"{Role(role).name.lower()} · {datetime.fromtimestamp(at, UTC):%d %b %Y}"
