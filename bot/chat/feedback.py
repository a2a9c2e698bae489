"""What people think of a reply: the buttons to say so."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from bot.chat.calls import Button, Rows
from bot.chat.keyboard import laid, read, written
from bot.domain.catalogue import Catalogue
from bot.domain.reply import Refused, Reply, SmallTalk

TAP, NAMING = "f1", "n1"
_VERSION = re.compile(r"[0-9A-Za-z.-]{1,40}")


class Verdict(StrEnum):
    """What can be said of a reply. The words are short because a button's data is."""

    USEFUL = "useful"
    WRONG_DRUG = "drug"
    WRONG_TOPIC = "topic"
    WRONG_FIGURE = "figure"
    TOO_LONG = "long"


@dataclass(frozen=True, slots=True)
class Subject:
    """Which reply is meant: what it was about, None for a reply about nothing, and the version of the content."""

    topic: str | None
    drug: str | None
    content_version: str

    def is_known(self, catalogue: Catalogue) -> bool:
        """Whether it may be kept and logged: what a button sends back can be forged."""
        known = self.topic in {None, *catalogue.topics} and self.drug in {None, *catalogue.drugs}
        return known and _VERSION.fullmatch(self.content_version) is not None

    def button(self, catalogue: Catalogue) -> Button:
        """The one button that unfolds the five."""
        return Button(catalogue.messages.feedback_label, self._data(None))

    def buttons(self, catalogue: Catalogue) -> Rows:
        """The five."""
        messages = catalogue.messages
        labels = {
            Verdict.USEFUL: messages.useful_label,
            Verdict.WRONG_DRUG: messages.wrong_drug_label,
            Verdict.WRONG_TOPIC: messages.wrong_topic_label,
            Verdict.TOO_LONG: messages.too_long_label,
            Verdict.WRONG_FIGURE: messages.wrong_figure_label,
        }
        return laid(Button(label, self._data(verdict)) for verdict, label in labels.items())

    def _data(self, verdict: Verdict | None) -> str:
        return written(TAP, verdict, self.topic, self.drug, self.content_version)


def subject_of(reply: Reply, catalogue: Catalogue) -> Subject | None:
    """What feedback on a reply is about; None for talk and for what was not read, which say nothing of the subject."""
    if isinstance(reply, SmallTalk | Refused):
        return None
    understood = reply.understood
    topic, drug = next(iter(understood.topics), None), next(iter(understood.drugs), None)
    return Subject(topic, drug, catalogue.version)


def naming(subject: Subject, catalogue: Catalogue) -> Button:
    """The button with which a reader lets the editors know who they are."""
    return Button(
        catalogue.messages.name_me_label, written(NAMING, subject.topic, subject.drug, subject.content_version)
    )


def named(data: str) -> Subject | None:
    """Of which reply somebody lets the editors know who they are."""
    match read(NAMING, data, 3):
        case [topic, drug, str(version)]:
            return Subject(topic, drug, version)
    return None


def tapped(data: str) -> tuple[Verdict | None, Subject] | None:
    """What a button says, and of which reply; no verdict for the one that unfolds the others."""
    match read(TAP, data, 4):
        case [verdict, topic, drug, str(version)] if verdict is None or verdict in set(Verdict):
            return Verdict(verdict) if verdict else None, Subject(topic, drug, version)
    return None


def follow_up(said: tuple[Verdict | None, Subject] | None, catalogue: Catalogue) -> tuple[Rows, str]:
    """The buttons that a tap leads to, and the words that show for a moment."""
    match said:
        case (None, subject) if subject.is_known(catalogue):
            return subject.buttons(catalogue), ""
        case (_, subject) if subject.is_known(catalogue):
            return (), catalogue.messages.feedback_thanks
    return (), catalogue.messages.expired


def without(buttons: Rows) -> Rows:
    """The other buttons under a message."""
    ours = (f"{TAP}|", f"{NAMING}|")
    left = (tuple(button for button in row if not button.data.startswith(ours)) for row in buttons)
    return tuple(row for row in left if row)
