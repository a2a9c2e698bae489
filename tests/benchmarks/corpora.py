"""The public questions, keyboard errors in them, and larger sets made from them."""

import csv
import json
import random
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

Phrase = tuple[str, str]

ERROR_RATE = 1 / 8
NEIGHBOURS = {
    "q": "wa", "w": "qes", "e": "wrd", "r": "etf", "t": "ryg", "y": "tuh", "u": "yij", "i": "uok", "o": "ipl",
    "p": "ol", "a": "qsz", "s": "awdx", "d": "sefc", "f": "drgv", "g": "fthb", "h": "gyjn", "j": "hukm",
    "k": "jil", "l": "kop", "z": "asx", "x": "zsdc", "c": "xdfv", "v": "cfgb", "b": "vghn", "n": "bhjm",
    "m": "njk",
}  # fmt: skip
CARRIERS = (
    "hi {}", "please {}", "{} please", "hello, {}", "quick question: {}", "{} thanks", "can you help, {}",
    "i need to know {}", "ok {}", "hey there {}", "so {}", "tell me {}", "{} right now", "{} today", "um {}",
    "one more thing, {}", "sorry, {}", "{} if you can", "just wondering, {}", "and {}",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Corpus:
    """Labelled training phrases and test questions, and test questions that belong to no label.

    `elsewhere` are the training questions that belong to no label, for whom they are of use.
    """

    name: str
    phrases: tuple[Phrase, ...]
    questions: tuple[Phrase, ...]
    outside: tuple[str, ...] = ()
    elsewhere: tuple[str, ...] = ()


def clinc150(folder: Path) -> Corpus:
    """CLINC150, full: 150 labels with 100 phrases each, 4,500 test questions and 1,000 from outside."""
    data = json.loads((folder / "clinc150" / "data_full.json").read_text(encoding="utf-8"))
    phrases, questions = (tuple((text, label) for text, label in data[part]) for part in ("train", "test"))
    outside, elsewhere = (tuple(text for text, _ in data[part]) for part in ("oos_test", "oos_train"))
    return Corpus("CLINC150", phrases, questions, outside, elsewhere)


def banking77(folder: Path) -> Corpus:
    """BANKING77: 77 labels of one domain, 10,003 phrases, 3,080 test questions."""
    files = folder / "banking77"
    return Corpus("BANKING77", _rows(files / "train.csv"), _rows(files / "test.csv"))


def _rows(path: Path) -> tuple[Phrase, ...]:
    with path.open(encoding="utf-8", newline="") as file:
        return tuple((row["text"], row["category"]) for row in csv.DictReader(file))


def few(corpus: Corpus, each: int, seed: int) -> Corpus:
    """The corpus with `each` phrases drawn for every label."""
    chance = random.Random(seed)
    by_label: defaultdict[str, list[Phrase]] = defaultdict(list)
    for phrase in corpus.phrases:
        by_label[phrase[1]].append(phrase)
    drawn = (phrase for label in sorted(by_label) for phrase in chance.sample(by_label[label], each))
    return replace(corpus, name=f"{corpus.name}, {each} phrases an intent, draw {seed}", phrases=tuple(drawn))


def grown(corpora: Sequence[Corpus], size: int, seed: int) -> Corpus:
    """`size` phrases drawn from all corpora; past their number, phrases said with other words around them."""
    chance = random.Random(seed)
    pool = [phrase for corpus in corpora for phrase in corpus.phrases]
    phrases = chance.sample(pool, min(size, len(pool)))
    phrases += [_said_otherwise(phrase, chance) for phrase in chance.choices(pool, k=size - len(phrases))]
    questions = tuple(question for corpus in corpora for question in corpus.questions)
    return Corpus(f"{size:,} phrases", tuple(phrases), questions)


def _said_otherwise(phrase: Phrase, chance: random.Random) -> Phrase:
    """The phrase without one of its words, in a carrier."""
    words = phrase[0].split()
    if len(words) > 3:
        del words[chance.randrange(len(words))]
    return chance.choice(CARRIERS).format(" ".join(words)), phrase[1]


def mistyped(text: str, chance: random.Random) -> str:
    """`text` with an error in about one letter of eight: a neighbouring key, a letter dropped, doubled or swapped."""
    letters, typed, at = list(text), [], 0
    while at < len(letters):
        letter = letters[at]
        wrong = letter.lower() in NEIGHBOURS and chance.random() < ERROR_RATE
        error = chance.choice(("neighbour", "drop", "double", "swap")) if wrong else "none"
        following = letters[at + 1] if at + 1 < len(letters) else ""
        if error == "swap" and not following.isalpha():
            error = "drop"
        typed.append(_typed(letter, following, error, chance))
        at += 2 if error == "swap" else 1
    return "".join(typed)


def _typed(letter: str, following: str, error: str, chance: random.Random) -> str:
    match error:
        case "neighbour":
            return chance.choice(NEIGHBOURS[letter.lower()])
        case "drop":
            return ""
        case "double":
            return letter * 2
        case "swap":
            return following + letter
        case _:
            return letter


def with_typos(corpus: Corpus, seed: int) -> Corpus:
    """The corpus with keyboard errors in its test questions, not in its phrases."""
    chance = random.Random(seed)
    questions = tuple((mistyped(text, chance), label) for text, label in corpus.questions)
    return replace(corpus, name=f"{corpus.name}, typos", questions=questions)
