"""What people think of a reply: the buttons to say so."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from bot.chat.calls import Button, Rows
from bot.chat.entry import Entry, coded, decoded, entries_of
from bot.chat.keyboard import laid, read, written
from bot.domain.catalogue import Catalogue
from bot.domain.context import Turn
from bot.domain.interpretation import Nothing, Talk, Unclear
from bot.domain.reply import Refused, SmallTalk
from bot.rendering.data import outcome

TAP, NAMING = "f2", "n2"
_VERSION = re.compile(r"[0-9A-Za-z.-]{1,12}")


class Verdict(StrEnum):
    """What can be said of a reply. The words are short because a button's data is."""

    USEFUL = "useful"
    USELESS = "not"
    WRONG_DRUG = "drug"
    WRONG_TOPIC = "topic"
    WRONG_FIGURE = "figure"
    TOO_LONG = "long"
    MISSED = "missed"


_ANSWER = (Verdict.USEFUL, Verdict.WRONG_DRUG, Verdict.WRONG_TOPIC, Verdict.TOO_LONG, Verdict.WRONG_FIGURE)
_NO_ANSWER = (Verdict.USEFUL, Verdict.TOO_LONG, Verdict.MISSED)
_GENERAL = (Verdict.USEFUL, Verdict.USELESS)
VERDICTS = {
    "answer": _ANSWER,
    "not_reported": (*_ANSWER, Verdict.MISSED),
    "studies": _ANSWER,
    "chart": _ANSWER,
    "coverage": (*_GENERAL, Verdict.TOO_LONG),
    "clarification": (Verdict.USEFUL, Verdict.WRONG_DRUG, Verdict.WRONG_TOPIC, Verdict.TOO_LONG, Verdict.MISSED),
    "out_of_scope": (Verdict.USEFUL, Verdict.WRONG_DRUG, Verdict.WRONG_TOPIC, Verdict.TOO_LONG, Verdict.MISSED),
    "not_understood": _NO_ANSWER,
    "small_talk": _NO_ANSWER,
    "too_long": _NO_ANSWER,
    "too_many": _NO_ANSWER,
    "identifier": _NO_ANSWER,
    "bot": _GENERAL,
}
"""What fits which kind of reply: only where there are figures can one look wrong."""


@dataclass(frozen=True, slots=True)
class Subject:
    """Which reply is meant: its kind, what it was about, and the version of the content."""

    kind: str
    about: tuple[Entry, ...]
    content_version: str

    @property
    def name(self) -> str:
        """As editors know it: the answers, or else what kind of reply it was."""
        kind = [] if self.about and self.kind in {"answer", "not_reported"} else [self.kind.replace("_", " ")]
        return " ".join([*kind, ", ".join(one.name for one in self.about)]).strip()

    def button(self, catalogue: Catalogue) -> Button:
        """The one button that unfolds the others."""
        return Button(catalogue.messages.feedback_label, self._data(None))

    def buttons(self, catalogue: Catalogue) -> Rows:
        """The verdicts that fit."""
        labels = _labels(catalogue)
        return laid(Button(labels[verdict], self._data(verdict)) for verdict in VERDICTS[self.kind])

    def naming(self, seal: str, catalogue: Catalogue) -> Button:
        """The button with which the reader of this seal, and nobody else, lets the editors know who they are."""
        data = written(NAMING, self.kind, coded(self.about), self.content_version, seal)
        return Button(catalogue.messages.name_me_label, data)

    def _data(self, verdict: Verdict | None) -> str:
        return written(TAP, self.kind, verdict, coded(self.about), self.content_version)


def subject_of(turn: Turn, catalogue: Catalogue) -> Subject | None:
    """What feedback on a reply is about; None for greetings and the like, and for a button that has expired.

    Of what was refused unread, nothing but that it was refused and for which kind of reason.
    """
    match turn.reply, turn.interpretation:
        case SmallTalk(), Talk(key=key) if catalogue.small_talk[key].judged:
            return Subject("small_talk", (), catalogue.version)
        case Refused(), Nothing(why=why) if why is not Unclear.EMPTY:
            return Subject(why, (), catalogue.version)
        case SmallTalk() | Refused(), _:
            return None
    return Subject(outcome(turn.reply), entries_of(turn.reply), catalogue.version)


def named(data: str, catalogue: Catalogue) -> tuple[Subject, str] | None:
    """Of which reply somebody lets the editors know who they are, and the seal of who may."""
    match read(NAMING, data, 4):
        case [str(kind), codes, str(version), str(seal)] if subject := _subject(kind, codes, version, catalogue):
            return subject, seal
    return None


def tapped(data: str, catalogue: Catalogue) -> tuple[Verdict | None, Subject] | None:
    """What a button says, and of which reply; no verdict for the one that unfolds the others.

    None for data of another version, and for what this content does not know, which is neither kept nor logged.
    """
    match read(TAP, data, 4):
        case [str(kind), verdict, codes, str(version)] if subject := _subject(kind, codes, version, catalogue):
            if verdict in {None, *VERDICTS[kind]}:
                return Verdict(verdict) if verdict else None, subject
    return None


def follow_up(said: tuple[Verdict | None, Subject] | None, catalogue: Catalogue) -> tuple[Rows, str]:
    """The buttons that a tap leads to, and the words that show for a moment."""
    match said:
        case None:
            return (), catalogue.messages.expired
        case (None, subject):
            return subject.buttons(catalogue), ""
    return (), catalogue.messages.feedback_thanks


def without(buttons: Rows, *kinds: str) -> Rows:
    """The buttons under a message, but for those of feedback: of these kinds, or all."""
    ours = tuple(f"{kind}|" for kind in kinds or (TAP, NAMING))
    left = (tuple(button for button in row if not button.data.startswith(ours)) for row in buttons)
    return tuple(row for row in left if row)


def _subject(kind: str, codes: str | None, version: str, catalogue: Catalogue) -> Subject | None:
    about = decoded(codes or "", catalogue)
    known = about is not None and kind in VERDICTS and _VERSION.fullmatch(version)
    return Subject(kind, about, version) if about is not None and known else None


def _labels(catalogue: Catalogue) -> dict[Verdict, str]:
    messages = catalogue.messages
    return {
        Verdict.USEFUL: messages.useful_label,
        Verdict.USELESS: messages.useless_label,
        Verdict.WRONG_DRUG: messages.wrong_drug_label,
        Verdict.WRONG_TOPIC: messages.wrong_topic_label,
        Verdict.TOO_LONG: messages.too_long_label,
        Verdict.WRONG_FIGURE: messages.wrong_figure_label,
        Verdict.MISSED: messages.should_answer_label,
    }
