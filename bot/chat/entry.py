"""Which answer is meant: topic, drug and group of patients, and a code for it so short that a button holds several."""

from __future__ import annotations

import base64
import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import product

from bot.domain.catalogue import Catalogue
from bot.domain.reply import Answered, NotReported, Option, Reply

CODE = 6
"""Letters of a code, each of 64: no two answers of a content have the same, or neither has one."""
MOST = 4
"""Answers that a button names: the first of a reply."""


@dataclass(frozen=True, slots=True)
class Entry:
    """Keys; None for what is left open, or is not about any."""

    topic: str | None
    drug: str | None = None
    population: str | None = None

    @property
    def code(self) -> str:
        """Letters, digits, `-` and `_`; the same in every version of the content."""
        keys = "|".join(key or "" for key in (self.topic, self.drug, self.population))
        return base64.urlsafe_b64encode(hashlib.sha256(keys.encode()).digest())[:CODE].decode()

    @property
    def name(self) -> str:
        """As editors know it: drug and topic, as its file is called, and then the group."""
        return "/".join([self.drug or "-", self.topic or "-", *filter(None, [self.population])])

    def title(self, catalogue: Catalogue) -> str:
        """As readers know it."""
        drug = [catalogue.drugs[self.drug].name.capitalize()] if self.drug else []
        topic = [catalogue.topics[self.topic].title] if self.topic else []
        group = [catalogue.populations[self.population].name] if self.population else []
        return " · ".join([*drug, *topic, *group])

    def option(self, catalogue: Catalogue) -> Option:
        """What a tap would ask to see it."""
        return Option(self.title(catalogue), self.topic, self.drug, self.population)


def entries_of(reply: Reply) -> tuple[Entry, ...]:
    """What a reply is about: what it states, or else what it understood."""
    if isinstance(reply, Answered | NotReported):
        found = [Entry(one.topic, one.drug, one.population) for one in reply.stated]
    else:
        asked = reply.understood
        pairs = product(asked.topics or (None,), asked.drugs or (None,))
        found = [Entry(topic, drug, asked.population) for topic, drug in pairs]
    return tuple(one for one in dict.fromkeys(found) if one != Entry(None))[:MOST]


def coded(entries: Iterable[Entry]) -> str:
    """The codes of these, one after another."""
    return "".join(one.code for one in entries)


def decoded(codes: str, catalogue: Catalogue) -> tuple[Entry, ...] | None:
    """The entries of these codes; None where one is not of this content: what a button sends back can be forged."""
    known = _entries(catalogue)
    found = [known.get(codes[at : at + CODE]) for at in range(0, len(codes), CODE)]
    entries = tuple(filter(None, found))
    return entries if len(entries) == len(found) <= MOST else None


@lru_cache(maxsize=2)
def _entries(catalogue: Catalogue) -> Mapping[str, Entry]:
    """Everything that a code may mean."""
    keys = product((None, *catalogue.topics), (None, *catalogue.drugs), (None, *catalogue.populations))
    entries = [(one.code, one) for one in (Entry(*three) for three in keys)]
    counted = Counter(code for code, _ in entries)
    return {code: one for code, one in entries if counted[code] == 1}
