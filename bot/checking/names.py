"""Rules on names: each names one thing, and no abbreviation stands in its way."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import chain

from bot.content.layout import path_of
from bot.domain.catalogue import Catalogue
from bot.domain.entity import Entity
from bot.domain.place import Place, Problem, Steps
from bot.domain.reference import Study
from bot.matching.normal import fold, words

Name = tuple[str, ...]


def name_in_two_lists(catalogue: Catalogue) -> Iterator[Problem]:
    """A name of two things: a question that holds it would be read as the one whose list comes first."""
    for name, owners in _owners(catalogue).items():
        (first, _), *others = owners.items()
        for owner, place in others:
            yield Problem(
                place,
                "name-in-two-lists",
                f'"{" ".join(name)}" names {owner}, and {first} too',
                "Keep it where a reader would look for it, and take it out of the other.",
            )


def abbreviation_shadows_name(catalogue: Catalogue) -> Iterator[Problem]:
    """An abbreviation that is a name already, or that puts a drug's name into a question that holds none."""
    owners = _owners(catalogue)
    drugs = {_name(name): drug.name for drug in catalogue.drugs.values() for name in (drug.name, *drug.aliases)}
    for short, meaning in catalogue.abbreviations.items():
        place = catalogue.place(path_of("abbreviations"), short)
        if taken := owners.get(_name(short)):
            said = f"`{short}` is a name of {next(iter(taken))}, and would be rewritten before it is looked up"
            yield Problem(place, "abbreviation-shadows-name", said, "Keep one of the two.")
        elif hidden := next((drug for name, drug in drugs.items() if _holds(_name(meaning), name)), None):
            said = f"`{short}` is written out as a name of {hidden}"
            remedy = f"Make `{short}` an alias of {hidden}, so that replies say how it was read."
            yield Problem(place, "abbreviation-shadows-name", said, remedy)


def _owners(catalogue: Catalogue) -> dict[Name, dict[str, Place]]:
    """Who bears each name, and where it is written."""
    owners: dict[Name, dict[str, Place]] = defaultdict(dict)
    for path, steps, entity in entities(catalogue):
        owner = f"{'/'.join(map(str, steps)) or path.rsplit('/', 1)[-1].removesuffix('.yaml')} ({path})"
        owners[_name(entity.name)].setdefault(owner, catalogue.place(path, *steps, "name"))
        for number, alias in enumerate(entity.aliases):
            owners[_name(alias)].setdefault(owner, catalogue.place(path, *steps, "aliases", number))
    owners.pop((), None)
    return owners


def entities(catalogue: Catalogue) -> Iterator[tuple[str, Steps, Entity | Study]]:
    """Everything that a question can name: file, path in the file, record."""
    lists = (
        (path_of("drugs"), ("drugs",), catalogue.drugs),
        (path_of("drugs"), ("classes",), catalogue.classes),
        (path_of("populations"), (), catalogue.populations),
        (path_of("aspects"), (), catalogue.aspects),
    )
    foreign = ((path_of("out_of_scope", key), ("entries",), one.entries) for key, one in catalogue.foreign.items())
    for path, steps, records in chain(lists, foreign):
        yield from ((path, (*steps, key), record) for key, record in records.items())
    for key, study in catalogue.studies.items():
        yield path_of("study", key), (), study


def _name(text: str) -> Name:
    return tuple(words(fold(text)))


def _holds(text: Name, name: Name) -> bool:
    return any(text[start : start + len(name)] == name for start in range(len(text)))
