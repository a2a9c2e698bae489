"""Rules on headlines: read alone, behind the name of a drug, they must not be read as something else."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from bot.content.layout import path_of_answer
from bot.domain.answer import Answer, Special
from bot.domain.catalogue import Catalogue, Located
from bot.domain.figure import Unit
from bot.domain.finding import ShareFinding
from bot.domain.place import Place, Problem, Steps
from bot.domain.reply import Passage
from bot.domain.template import Slot, pieces
from bot.rendering.figures import figure

LONGEST = 76
"""Letters, with the figures: what a phone shows in two lines behind the name of a drug."""
_STUDIES = r"(?:studies|study|reports?|series|trials?)"
_PEOPLE = r"(?:patients|people|women|men|children|adolescents|adults)"
_ANYBODY = f"(?:{_STUDIES}|{_PEOPLE})"
_WHOLE = {"share_of_studies": _STUDIES, "share_of_patients": _PEOPLE}
_BETWEEN = r"^ (?:of )?(?:the |all )?(?:[a-z-]+ )?"
"""What may stand between a share and its whole: "of the", "of all", "of treated"."""


@dataclass(frozen=True, slots=True)
class Headline:
    """A headline with the drug that it stands behind, the sentence that it stands for, and its place."""

    drug: str | None
    passage: Passage
    answer: Passage
    place: Place

    @property
    def text(self) -> str:
        """With its figures."""
        return "".join(
            figure(self.passage.scope[piece.name], piece.part) if isinstance(piece, Slot) else piece
            for piece in pieces(self.passage.template)
        )

    @property
    def followed(self) -> Iterator[tuple[Located, str, str]]:
        """Each figure: its finding, how it is printed, and the words behind it."""
        for piece, behind in pairwise((*pieces(self.passage.template), "")):
            if isinstance(piece, Slot):
                found = self.passage.scope[piece.name]
                yield found, figure(found, piece.part), behind if isinstance(behind, str) else ""


def share_without_whole(catalogue: Catalogue) -> Iterator[Problem]:
    """A share in a headline that does not say of what: of studies, or of patients."""
    for headline in _headlines(catalogue):
        for found, printed, behind in headline.followed:
            whole = _WHOLE.get(found.finding.kind, _ANYBODY)
            if _is_share(found, printed) and not re.match(f"{_BETWEEN}{whole}\\b", behind):
                what = {"share_of_studies": "studies", "share_of_patients": "patients"}.get(
                    found.finding.kind, "patients, or of studies"
                )
                yield Problem(
                    headline.place,
                    "share-without-whole",
                    f"behind {printed} the headline does not say that it is a share of {what}",
                    f"Write it right behind the figure, as in {{name}} of {what.split(',')[0]}.",
                )


def _is_share(found: Located, printed: str) -> bool:
    value = getattr(found.finding, "value", None)
    return isinstance(found.finding, ShareFinding) or getattr(value, "unit", None) is Unit.PERCENT or "%" in printed


def headline_beyond_answer(catalogue: Catalogue) -> Iterator[Problem]:
    """A figure that stands in a headline and not in the sentence that the headline is for."""
    for headline in _headlines(catalogue):
        said = {found.id for found in headline.answer.findings}
        for found in headline.passage.findings:
            if found.id not in said:
                yield Problem(
                    headline.place,
                    "headline-beyond-answer",
                    f"the headline names `{found.id}`, which the answer's own sentence does not",
                    "Name in a headline what the answer begins with, or leave the headline out.",
                )


def headline_of_another(catalogue: Catalogue) -> Iterator[Problem]:
    """A figure of another drug behind the name of this one."""
    for headline in _headlines(catalogue):
        for found in headline.passage.findings:
            if other := _other_drug(catalogue, headline.drug, found):
                yield Problem(
                    headline.place,
                    "headline-of-another-drug",
                    f"`{found.id}` is about {other}, and the headline stands behind another name",
                    "Leave it out of the headline: the answer's own sentence can say whose figure it is.",
                )


def _other_drug(catalogue: Catalogue, drug: str | None, found: Located) -> str:
    """A drug that a finding is about and the answer is not; empty where there is none."""
    owner = catalogue.studies[found.study].drug if found.study else found.id.split(".")[0]
    if owner in catalogue.drugs and owner != drug:
        return catalogue.drugs[owner].name
    named = _names(catalogue, drug).search(found.finding.says)
    return named.group() if named else ""


@lru_cache(maxsize=4)
def _names(catalogue: Catalogue, drug: str | None) -> re.Pattern[str]:
    """The names of all drugs but this one: covered ones, and those that are known and not covered."""
    covered = [known for key, known in catalogue.drugs.items() if key != drug]
    foreign = [one for key, listed in catalogue.foreign.items() if key == "drugs" for one in listed.entries.values()]
    names = {re.escape(one.name) for one in (*covered, *foreign)}
    return re.compile(rf"\b(?:{'|'.join(sorted(names)) or '(?!)'})\b", re.IGNORECASE)


def headline_too_long(catalogue: Catalogue) -> Iterator[Problem]:
    """A headline of which a phone would cut the end."""
    for headline in _headlines(catalogue):
        if len(headline.text) > LONGEST:
            yield Problem(
                headline.place,
                "headline-too-long",
                f"the headline has {len(headline.text)} characters, more than {LONGEST}",
                "Say in it what the topic asks, and nothing else.",
            )


def _headlines(catalogue: Catalogue) -> Iterator[Headline]:
    for (drug, topic), answer in catalogue.answers.items():
        path, scope = path_of_answer(drug, topic), catalogue.scope(drug, topic)
        said: list[tuple[Answer | Special, Steps]] = [(answer, ())]
        said += [(special, ("populations", key)) for key, special in answer.populations.items()]
        for one, steps in said:
            if one.headline:
                place = catalogue.place(path, *steps, "headline")
                yield Headline(drug, Passage(one.headline, scope), Passage(one.answer, scope), place)
