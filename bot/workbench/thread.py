"""What a page carries of its conversation, so that the workbench has nothing to remember."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self

from pydantic import TypeAdapter, ValidationError

from bot.chat.page import Page
from bot.domain.catalogue import Catalogue
from bot.domain.context import Context

_CONTEXT = TypeAdapter(Context)
BLANK = Context()


@dataclass(frozen=True, slots=True)
class Ask:
    """Words that were typed, or the data of a button with its label."""

    words: str = ""
    data: str = ""
    label: str = ""

    @property
    def said(self) -> str:
        """What the person's bubble shows."""
        return self.label if self.data else self.words


@dataclass(frozen=True, slots=True)
class Thread:
    """The context now; and what was asked last, in which context, and which answer it got."""

    context: Context = BLANK
    last: Ask | None = None
    before: Context = BLANK
    shown: str = ""
    """A name for exactly the page that the last answer was."""

    @classmethod
    def of(cls, fields: Mapping[str, str]) -> Self:
        """Read from a form. What is no thread is an empty one: a page of another version may have written it."""
        ask = Ask(*(fields.get(f"last_{name}", "") for name in ("words", "data", "label")))
        context, before = (_context(fields.get(name, "")) for name in ("context", "before"))
        return cls(context, ask if ask.said or ask.data else None, before, fields.get("shown", ""))

    def about(self, catalogue: Catalogue) -> tuple[str, ...]:
        """What was last spoken of, by name."""
        topics = [catalogue.topics[key].title for key in self.context.topics if key in catalogue.topics]
        drugs = [catalogue.drugs[key].name for key in self.context.drugs if key in catalogue.drugs]
        group = catalogue.populations.get(self.context.population or "")
        return (*topics, *drugs, *([group.name] if group else []))

    @property
    def fields(self) -> dict[str, str]:
        """Written for a form."""
        last = self.last or Ask()
        return {
            "context": _CONTEXT.dump_json(self.context).decode(),
            "before": _CONTEXT.dump_json(self.before).decode(),
            "last_words": last.words,
            "last_data": last.data,
            "last_label": last.label,
            "shown": self.shown,
        }


def name_of(page: Page) -> str:
    """A name for exactly this page."""
    return hashlib.sha256(repr(page).encode()).hexdigest()[:16]


def _context(text: str) -> Context:
    try:
        return _CONTEXT.validate_json(text)
    except ValidationError:
        return BLANK
