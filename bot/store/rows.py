"""What is kept, as the rest of the program sees it: plain values."""

from __future__ import annotations

from dataclasses import dataclass, field

from bot.domain.context import Context


@dataclass(frozen=True, slots=True)
class Waiting:
    """An update that was taken in and not answered; `attempts` counts the restarts that tried."""

    number: int
    raw: str
    attempts: int


@dataclass(frozen=True, slots=True)
class Letter:
    """Part of an answer, not sent yet."""

    number: int
    part: int
    call: str


@dataclass(frozen=True, slots=True)
class Thread:
    """What a person spoke of in a chat, `age` seconds ago."""

    user: int
    chat: int
    context: Context
    age: float


@dataclass(frozen=True, slots=True)
class Member:
    """Who came with an invitation, and when (Unix seconds)."""

    user: int
    role: int
    since: float


@dataclass(frozen=True, slots=True)
class Invitation:
    """Lets one person in until then (Unix seconds); named by the digest of its token."""

    digest: str
    role: int
    until: float
    by: int | None = None
    """The account of whoever made it; None for one that an older version kept."""


@dataclass(frozen=True, slots=True)
class Opinion:
    """What somebody thought of a reply. `about` names the answers, or else what kind of reply it was."""

    verdict: str
    about: str
    content_version: str


@dataclass(frozen=True, slots=True)
class Missed:
    """A question that was not understood, and who asked, under a pseudonym."""

    who: str
    outcome: str
    question: str


@dataclass(frozen=True, slots=True)
class Proposed:
    """What the editor of this account has in hand since then (Unix seconds)."""

    id: str
    by: int
    body: str = field(repr=False)
    made_at: float


@dataclass(frozen=True, slots=True)
class Lasting:
    """For how many seconds what is kept."""

    threads: float
    missed: float
    shown: float
    feedback: float
