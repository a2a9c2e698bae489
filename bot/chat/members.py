"""Who may ask, who edits, and how somebody new is let in."""

from __future__ import annotations

import hashlib
import secrets
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum, IntEnum, auto
from typing import Protocol

from bot.settings import Access, Settings
from bot.store.store import Invitation, Member, Store

INVITATION = "i"
"""Begins the payload of a link that lets one person in."""
VALID = 7 * 24 * 3600.0
"""Seconds for which an invitation lasts."""


class Role(IntEnum):
    """Each may do what those below it may."""

    STRANGER = 0
    USER = 1
    EDITOR = 2
    OWNER = 3


class Outcome(Enum):
    """What came of a link."""

    NO_INVITATION = auto()
    VOID = auto()
    """It was used, was revoked or has expired."""
    NOT_NEEDED = auto()
    """Whoever opened it may do as much already: it stays open for somebody else."""
    ADMITTED = auto()


@dataclass(frozen=True, slots=True)
class Admission:
    """What came of a link, and the invitation that was used up, where one was."""

    outcome: Outcome
    invitation: Invitation | None = None


class Register(Protocol):
    """Where admissions are kept for the next start."""

    def invite(self, invitation: Invitation) -> None: ...
    def revoke(self, digest: str) -> None: ...
    def revoke_all_of(self, user: int) -> None: ...
    def admit(self, member: Member, digest: str) -> None: ...
    def dismiss(self, user: int) -> None: ...


class Members:
    """Those whom the settings name, and those who came with an invitation.

    Invitations count only where access is by invitation. What is kept of one is the digest of its token, so that
    nobody comes in with what the database holds.
    """

    def __init__(
        self, named: Mapping[int, Role], access: Access, register: Register, clock: Callable[[], float] = time.time
    ) -> None:
        self._named = named
        self._access = access
        self._register = register
        self._clock = clock
        self._admitted: dict[int, Member] = {}
        self._open: dict[str, Invitation] = {}
        self.changed: Callable[[int], None] = lambda _: None
        """Called with whoever was admitted or dismissed."""

    @classmethod
    async def of(cls, settings: Settings, store: Store) -> Members:
        """As set, and as kept. Raises StoreError."""
        ranks = ((settings.users, Role.USER), (settings.editors, Role.EDITOR), (settings.owners, Role.OWNER))
        members = cls({user: role for users, role in ranks for user in users}, settings.access, store)
        members._admitted = {one.user: one for one in await store.members()}
        members._open = {one.digest: one for one in await store.invitations()}
        return members

    def role(self, user: int) -> Role:
        """The highest that anything gives."""
        admitted = self._admitted.get(user) if self._access == "invited" else None
        return max(
            self._named.get(user, Role.STRANGER),
            Role(admitted.role) if admitted else Role.STRANGER,
            Role.USER if self._access == "open" else Role.STRANGER,
        )

    @property
    def editors(self) -> tuple[int, ...]:
        """Editors and owners."""
        return tuple(user for user in {**self._named, **self._admitted} if self.role(user) >= Role.EDITOR)

    @property
    def admitted(self) -> tuple[Member, ...]:
        """Those who came with an invitation, longest ago first."""
        return tuple(sorted(self._admitted.values(), key=lambda one: one.since))

    @property
    def invitations(self) -> tuple[Invitation, ...]:
        """Those that may still be used, the first to expire first."""
        valid = (one for one in self._open.values() if one.until >= self._clock())
        return tuple(sorted(valid, key=lambda one: one.until))

    def invite(self, role: Role, by: int) -> str | None:
        """The payload of a link that lets one person in, once; None where access is not by invitation."""
        if self._access != "invited":
            return None
        token = secrets.token_urlsafe(24)
        invitation = Invitation(_digest(token), role, self._clock() + VALID, by)
        self._open[invitation.digest] = invitation
        self._register.invite(invitation)
        return f"{INVITATION}-{token}"

    def revoke(self, digest: str) -> bool:
        """Make an invitation void; False where it is so already. Its first letters are enough to name it."""
        found = next((one for one in self._open if digest and one.startswith(digest)), None)
        if found is None:
            return False
        del self._open[found]
        self._register.revoke(found)
        return True

    def redeem(self, payload: str, user: int) -> Admission:
        """Let a person in as what the invitation says, and as no more, whatever else they are."""
        kind, _, token = payload.partition("-")
        if kind != INVITATION or self._access != "invited":
            return Admission(Outcome.NO_INVITATION)
        invitation = self._open.get(_digest(token))
        if invitation is None or invitation.until < self._clock():
            return Admission(Outcome.VOID)
        if self.role(user) >= invitation.role:
            return Admission(Outcome.NOT_NEEDED)
        return self._admit(user, invitation)

    def dismiss(self, user: int) -> bool:
        """Take an admission back, and the invitations that this person made; False where there is no admission."""
        if theirs := [digest for digest, one in self._open.items() if one.by == user]:
            self._open = {digest: one for digest, one in self._open.items() if digest not in theirs}
            self._register.revoke_all_of(user)
        if self._admitted.pop(user, None) is None:
            return False
        self._register.dismiss(user)
        self.changed(user)
        return True

    def _admit(self, user: int, invitation: Invitation) -> Admission:
        del self._open[invitation.digest]
        member = Member(user, invitation.role, self._clock())
        self._admitted[user] = member
        self._register.admit(member, invitation.digest)
        self.changed(user)
        return Admission(Outcome.ADMITTED, invitation)


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
