"""What a part of the content is called: the topic's title, the drug's name, the study's."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePosixPath

from bot.content.layout import cell_of, kind_of
from bot.domain.catalogue import Catalogue, Located
from bot.domain.finding import DerivedFinding, Finding, Statement
from bot.domain.place import Place
from bot.rendering.figures import figure


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two states that are compared; without a catalogue where it cannot go live."""

    catalogue: Catalogue | None

    def figure(self, key: str, finding: Finding) -> str:
        """The finding's figure as the bot prints it, whether or not it may be shown today."""
        parts: tuple[Located, ...] = ()
        if isinstance(finding, DerivedFinding):
            known = self.catalogue.findings if self.catalogue else {}
            parts = tuple(known[part] for part in finding.of if part in known)
            if len(parts) < len(finding.of):
                return f"{finding.kind} of {', '.join(finding.of)}"
        return figure(Located(key, finding, Place(""), parts=parts))


@dataclass(frozen=True, slots=True)
class Subjects:
    """Names by key, from whichever state has them."""

    sides: tuple[Catalogue, ...]

    def of_finding(self, path: str, finding: Finding) -> str:
        """ "relapse rate, lenalidomide"; for a study's: what it is about, and the study."""
        if _kind(path) == "study" and not isinstance(finding, Statement):
            return f"{finding.says}, {self.of_file(path)}"
        return self.of_file(path)

    def of_file(self, path: str) -> str:
        """What a file is about."""
        stem = PurePosixPath(path).stem
        match _kind(path):
            case "answer":
                drug, topic = cell_of(path)
                return ", ".join([self.topic(topic), *([self.drug(drug)] if drug else [])])
            case "study":
                return next((side.studies[stem].name for side in self.sides if stem in side.studies), _words(stem))
            case "reference":
                return self.reference(stem)
            case "topic":
                return self.topic(stem)
            case _:
                return _words(stem)

    def topic(self, key: str) -> str:
        """The topic's title, as it stands within a sentence."""
        title = next((side.topics[key].title for side in self.sides if key in side.topics), _words(key))
        return title if title[:2].isupper() else title[:1].lower() + title[1:]

    def drug(self, key: str) -> str:
        """The drug's name."""
        return next((side.drugs[key].name for side in self.sides if key in side.drugs), _words(key))

    def reference(self, key: str) -> str:
        """The source's tag."""
        return next((side.references[key].tag for side in self.sides if key in side.references), _words(key))

    def population(self, key: object) -> str:
        """The group's name; of none, that of the whole subject."""
        for side in self.sides:
            wanted = next(iter(side.populations)) if key is None else str(key)
            if wanted in side.populations:
                return side.populations[wanted].name
        return "everybody" if key is None else _words(str(key))


def _kind(path: str) -> str:
    kind = kind_of(path)
    return kind.name if kind else ""


def _words(key: str) -> str:
    return key.replace("_", " ")
