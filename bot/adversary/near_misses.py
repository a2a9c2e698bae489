"""The kinds of near miss. Each takes a world and a source of chance, and makes one probe."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from random import Random

from bot.adversary.bases import Base
from bot.adversary.names import LONG, Names
from bot.adversary.slips import doubled, mistyped, slipped
from bot.adversary.world import Probe, World, picked
from bot.matching.ordinary import English

_JOINS = ("{base} in {word}", "{base} {word}", "{word}: {base}", "{base} with {word}", "{word} {base}")
_EXCLUSIONS = ("anything but {drug}", "drugs other than {drug}", "alternatives to {drug}", "everything except {drug}")
# Opposites that keep the subject: whoever asks for the one is told by the figure for the other.
_OPPOSITES = {
    "safe": "unsafe",
    "common": "rare",
    "raise": "lower",
    "raises": "lowers",
    "increase": "decrease",
    "cause": "prevent",
    "causes": "prevents",
    "respond": "fail to respond",
    "works": "fails",
    "relapse": "stay clear",
    "permanent": "temporary",
}

Kind = Callable[[World, Random], Probe]


def _named(world: World, rng: Random, typed: str) -> Probe:
    """A question about whatever a typed name may be read as."""
    base = picked(rng, world.bases)
    return Probe((base.about(typed),), base.topic, world.names.readable_as(typed.replace(" ", "")) | base.others)


def _misspelt(edits: int) -> Kind:
    return lambda world, rng: _named(world, rng, slipped(picked(rng, world.names.alike), edits, rng))


def _dictated(world: World, rng: Random) -> Probe:
    name = picked(rng, world.names.alike)
    cuts = sorted(rng.sample(range(2, len(name) - 1), picked(rng, (1, 1, 2))))
    pieces = (name[start:end] for start, end in zip((0, *cuts), (*cuts, len(name)), strict=True))
    return _named(world, rng, " ".join(pieces))


def _other_name(world: World, rng: Random) -> Probe:
    return _named(world, rng, picked(rng, world.names.ours[picked(rng, tuple(world.names.ours))]))


def _foreign_drug(world: World, rng: Random) -> Probe:
    base = picked(rng, world.bases)
    typed = picked(rng, world.names.foreign[picked(rng, tuple(world.names.foreign))])
    return Probe((base.about(typed),), base.topic, base.others)


def _foreign_misspelt(world: World, rng: Random) -> Probe:
    key = picked(rng, tuple(world.names.foreign))
    return _named(world, rng, slipped(picked(rng, _long(world.names.foreign[key])), 1, rng))


def _rather(world: World, rng: Random) -> Probe:
    base = picked(rng, world.bases)
    meant, other = world.name(base.drug), world.name(world.other(base.drug))
    asked = picked(rng, (f"{base.about(meant)} not {other}", f"not {other}. {base.about(meant)}"))
    return Probe((asked,), base.topic, base.others | {base.drug})


def _excluded(world: World, rng: Random) -> Probe:
    base = picked(rng, [base for base in world.bases if not base.others])
    typed = picked(rng, _EXCLUSIONS).format(drug=world.name(base.drug))
    return Probe((base.about(typed),), base.topic, frozenset(world.catalogue.drugs) - {base.drug})


def _negated(world: World, rng: Random) -> Probe:
    base = picked(rng, world.bases)
    plain = base.about(world.name(base.drug))
    verb = re.compile(r"\b(does|do|is|are|can|will|should|would)\b", re.I)
    negated = verb.sub(r"\1 not", plain, count=1) if verb.search(plain) else f"not {plain}"
    return Probe((negated,), base.topic, base.others | {base.drug}, as_plain=plain)


def _turned(world: World, rng: Random) -> Probe:
    """An opposite in place of a word, where the question holds one that has an opposite."""
    fitting = [base for base in world.bases if _OPPOSITES.keys() & set(base.text.split())]
    base = picked(rng, fitting)
    plain = base.about(world.name(base.drug))
    turned = " ".join(_OPPOSITES.get(word, word) for word in plain.split())
    return Probe((turned,), base.topic, base.others | {base.drug}, as_plain=plain)


def _with_group(typed: Callable[[str, Random], str]) -> Kind:
    def kind(world: World, rng: Random) -> Probe:
        base, key = picked(rng, world.bases), picked(rng, tuple(world.names.populations))
        asked = _joined(base, world, typed(picked(rng, world.names.populations[key]), rng), rng)
        return Probe((asked,), base.topic, base.others | {base.drug}, population=key)

    return kind


def _with_word(names: Callable[[Names], Mapping[str, tuple[str, ...]]], typed: Callable[[str, Random], str]) -> Kind:
    """A question with a word that makes it one without an answer."""

    def kind(world: World, rng: Random) -> Probe:
        base, listed = picked(rng, world.bases), names(world.names)
        word = picked(rng, listed[picked(rng, tuple(listed))])
        return Probe((_joined(base, world, typed(word, rng), rng),), base.topic, frozenset())

    return kind


def _joined(base: Base, world: World, word: str, rng: Random) -> str:
    return picked(rng, _JOINS).format(base=base.about(world.name(base.drug)).rstrip("?"), word=word)


def _as_it_stands(word: str, rng: Random) -> str:
    return word


def _with_a_slip(words: str, rng: Random) -> str:
    """One slip in the longest word, if it is long enough to stay recognisable and does not become another word."""
    longest = max(words.split(), key=len)
    typed = slipped(longest, 1, rng)
    return words if len(longest) <= LONG or typed in English.read().ordinary else words.replace(longest, typed)


def _then(follow_up: Callable[[World, Random, Base], tuple[str, frozenset[str], str | None]]) -> Kind:
    """A plain question, and one that builds on it."""

    def kind(world: World, rng: Random) -> Probe:
        base = picked(rng, [base for base in world.bases if not base.others])
        text, drugs, population = follow_up(world, rng, base)
        return Probe((base.about(world.name(base.drug)), text), base.topic, drugs, population)

    return kind


def _then_other_drug(world: World, rng: Random, base: Base) -> tuple[str, frozenset[str], str | None]:
    other = world.other(base.drug)
    typed = picked(rng, world.names.ours[other])
    return picked(rng, ("and {0}?", "and for {0}?", "what about {0}", "{0}?")).format(typed), frozenset({other}), None


def _then_group(world: World, rng: Random, base: Base) -> tuple[str, frozenset[str], str | None]:
    key = picked(rng, tuple(world.names.populations))
    word = picked(rng, world.names.populations[key])
    return picked(rng, ("and in {0}?", "what about {0}", "{0}?")).format(word), frozenset({base.drug}), key


def _then_foreign(world: World, rng: Random, base: Base) -> tuple[str, frozenset[str], str | None]:
    listed = picked(rng, (world.names.diseases, world.names.aspects))
    word = picked(rng, listed[picked(rng, tuple(listed))])
    return picked(rng, ("and in {0}?", "what about {0}", "{0}?")).format(word), frozenset(), None


def _mistyped_words(slip: Callable[[str, int, Random], str], every: int) -> Kind:
    """Slips in about one letter of so many, anywhere but in the name."""

    def kind(world: World, rng: Random) -> Probe:
        base = picked(rng, world.bases)
        words = base.text.split()
        for _ in range(max(1, len(base.text) // every)):
            at = rng.randrange(len(words))
            if words[at].isalpha() and not base.others & {words[at]}:
                words[at] = slip(words[at], rng.randrange(len(words[at])), rng)
        text = " ".join(words).replace("{drug}", world.name(base.drug))
        return Probe((text,), base.topic, base.others | {base.drug})

    return kind


def _shuffled(world: World, rng: Random) -> Probe:
    base = picked(rng, world.bases)
    words = base.about(world.name(base.drug)).rstrip("?").split()
    rng.shuffle(words)
    return Probe((" ".join(words),), base.topic, base.others | {base.drug})


def _plain(world: World, rng: Random) -> Probe:
    base = picked(rng, world.bases)
    return Probe((base.about(world.name(base.drug)),), base.topic, base.others | {base.drug})


def _long(names: tuple[str, ...]) -> list[str]:
    return [name for name in names if len(name) > LONG] or list(names)


KINDS: dict[str, Kind] = {
    "plain question": _plain,
    "drug name, one slip": _misspelt(1),
    "drug name, two slips": _misspelt(2),
    "drug name, three slips": _misspelt(3),
    "drug name in pieces": _dictated,
    "another name of the drug": _other_name,
    "a drug not covered": _foreign_drug,
    "a drug not covered, one slip": _foreign_misspelt,
    "this drug, not that": _rather,
    "anything but this drug": _excluded,
    "negated": _negated,
    "turned into its opposite": _turned,
    "a group without figures": _with_group(_as_it_stands),
    "the group, one slip": _with_group(_with_a_slip),
    "an aspect without figures": _with_word(lambda names: names.aspects, _as_it_stands),
    "the aspect, one slip": _with_word(lambda names: names.aspects, _with_a_slip),
    "a disease not covered": _with_word(lambda names: names.diseases, _as_it_stands),
    "the disease, one slip": _with_word(lambda names: names.diseases, _with_a_slip),
    "then the other drug": _then(_then_other_drug),
    "then a group without figures": _then(_then_group),
    "then an aspect or disease": _then(_then_foreign),
    "keyboard slips": _mistyped_words(mistyped, every=8),
    "doubled letters": _mistyped_words(doubled, every=8),
    "word order": _shuffled,
}
