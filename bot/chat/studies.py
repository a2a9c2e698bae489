"""/studies: the list of studies, of a drug, of a group of patients, of a dose."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from bot.chat.calls import Button, Rows
from bot.chat.entry import Entry
from bot.chat.feedback import Subject
from bot.chat.keyboard import laid, read, written
from bot.chat.page import Page
from bot.domain.catalogue import Catalogue
from bot.domain.figure import Unit
from bot.domain.reply import Answered, Reply
from bot.live import Answers
from bot.rendering import html
from bot.rendering.figures import quantity
from bot.rendering.page import Block, Line, Run
from bot.studies.listing import StudyLine, is_listed, listed

TAP = "s1"
GAP: Line = ()
"""An empty line between studies."""
SEEN_AT_ONCE = 4
"""How many studies, the largest, are seen before the list is unfolded."""
_NUMBER = re.compile(r"[0-9]{1,4}(?:\.[0-9]{1,3})?")
_DOSE = re.compile(rf"(?<![\w.,])({_NUMBER.pattern})(?:\s*mg\b(?:\s*(?:daily|a day|/\s*d(?:ay)?)\b)?)?(?![\w.,])")


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which studies; None leaves it open. The dose is in mg daily."""

    drug: str | None = None
    population: str | None = None
    dose: Decimal | None = None

    def heading(self, catalogue: Catalogue) -> str:
        """Which they are, in words."""
        drugs = [drug.name for key, drug in catalogue.drugs.items() if self.drug in {None, key}]
        group = [catalogue.populations[self.population].name] if self.population else []
        dose = [quantity(self.dose, Unit.MG_DAILY)] if self.dose is not None else []
        said = ", ".join([" and ".join(drugs), *group, *dose])
        return said[0].upper() + said[1:]

    @property
    def button(self) -> str:
        """The data of a button that asks for them."""
        return written(TAP, self.drug, self.population, None if self.dose is None else str(self.dose))


def asked(engine: Answers, words: str) -> Page:
    """The studies that the words name; a named study by itself; where they name nothing, a choice of drugs."""
    dose = _DOSE.search(words)
    named = engine.named(_DOSE.sub(" ", words))
    if named.studies:
        return Page.of(engine.reply_to(words).reply, engine)
    messages, drugs = engine.catalogue.messages, _by_drug(engine.catalogue, Wanted())
    if named.unknown:
        return Page.saying(messages.unknown_word.format(word=named.unknown[0]), drugs)
    drug, population = next(iter(named.drugs), None), next(iter(named.populations), None)
    wanted = Wanted(drug if len(named.drugs) == 1 else None, population, Decimal(dose[1]) if dose else None)
    if wanted == Wanted() and not named.drugs:
        return Page.saying(messages.which_studies, drugs)
    return _list(engine, wanted)


def tapped(engine: Answers, data: str) -> Page:
    """What a button asks for; one of another version, or with what is no longer known, has expired."""
    catalogue = engine.catalogue
    match read(TAP, data, 3):
        case [drug, population, dose] if (
            drug in {None, *catalogue.drugs}
            and population in {None, *catalogue.populations}
            and (dose is None or _NUMBER.fullmatch(dose))
        ):
            return _list(engine, Wanted(drug, population, Decimal(dose) if dose else None))
    return Page.saying(catalogue.messages.expired)


def under(reply: Reply, catalogue: Catalogue) -> Iterator[Button]:
    """Buttons for the studies behind an answer. They name their drug only where there are several."""
    stated = reply.stated if isinstance(reply, Answered) else ()
    wanted = dict.fromkeys(Wanted(one.drug, one.population) for one in stated if one.drug)
    found = [one for one in wanted if is_listed(catalogue, one.drug, one.population)]
    for one in found:
        label = catalogue.messages.studies_label
        yield Button(label if len(found) == 1 else f"{label}: {one.heading(catalogue).lower()}", one.button)


def _list(engine: Answers, wanted: Wanted) -> Page:
    catalogue, heading = engine.catalogue, wanted.heading(engine.catalogue)
    lines = listed(catalogue, wanted.drug, wanted.population, wanted.dose)
    others = _by_drug(catalogue, wanted)
    if not lines:
        return Page.saying(catalogue.messages.no_studies.format(what=heading), others)
    number = quantity(len(lines), Unit.STUDY)
    title = catalogue.messages.studies.format(what=heading, number=number)
    seen = [line for study in lines[:SEEN_AT_ONCE] for line in (GAP, *_study(study))]
    more = [line for study in lines[SEEN_AT_ONCE:] for line in (*_study(study), GAP)]
    footer: Line = (Run(engine.library.disclaimer, italic=True),)
    about = Entry(catalogue.study_topic, wanted.drug, wanted.population)
    feedback = Subject("studies", (about,), catalogue.version).button(catalogue)
    further = (Run(catalogue.messages.continued.format(title=title), bold=True),)
    page = html.packed([Block(((Run(title, bold=True),), *seen), (*more, footer), further)])
    return Page(page, (*others, *laid([feedback])))


def _study(study: StudyLine) -> Iterator[Line]:
    """Its name, who was studied and how, what they took, and what was found: each a line that a phone has room for."""
    size = quantity(study.patients, Unit.PATIENT) if study.patients else "size not given"
    response = f"response {study.response}" if study.response else None
    relapse = f"relapse {study.relapse}" if study.relapse else None
    yield (Run(study.name, bold=True),)
    for parts in ([size, study.design], [study.population, study.dose], [response, relapse]):
        if said := " · ".join(filter(None, parts)):
            yield (Run(said),)
    if study.same_patients_as:
        yield (Run(f"same patients as {study.same_patients_as}"),)


def _by_drug(catalogue: Catalogue, wanted: Wanted) -> Rows:
    """The same list for each other drug, with how many studies it holds."""
    others = (replace(wanted, drug=drug) for drug in catalogue.drugs if drug != wanted.drug)
    counted = ((one, len(listed(catalogue, one.drug, one.population, one.dose))) for one in others)
    return laid(Button(f"{one.heading(catalogue)} ({number})", one.button) for one, number in counted if number)
