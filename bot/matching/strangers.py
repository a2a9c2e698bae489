"""Words that nobody taught the bot: among them are the names of people.

The bot knows its content's words, and some nine thousand of English, nearly all without the names of people. A word
beyond both is a stranger, unless it is a slip for a known word, or built as words of medicine are.
"""

from __future__ import annotations

import re
from enum import StrEnum
from itertools import chain

from rapidfuzz.distance import OSA
from rapidfuzz.process import extractOne

from bot.domain.interpretation import Sort
from bot.matching.index import Index
from bot.matching.namesakes import ALSO_GIVEN, EPONYMS, SHORTHAND
from bot.matching.normal import fold

WORD = re.compile(r"[^\W\d_]+")
SHORTEST = 3
SHORTEST_ALONE = 4
"""A shorter word ("ana") is a name only beside another, or where nothing else stands."""
LONGEST_ACRONYM = 4
SLIPS = ((13, 3), (9, 2), (4, 1))
"""From so many letters on, so many edits make a slip."""


class Mark(StrEnum):
    """What a word is replaced with before the rules look; they read capitals, all other words being in lower case."""

    STRANGER = "NAME"
    """In no dictionary, nor a slip for a word that is."""
    RARE = "RARE"
    """A rare word of English that is not built like a common noun: English films are full of people's names."""
    ODD = "ODD"
    """A rare word of English, built like a common noun or short: a name only beside another."""
    NAMESAKE = "NAMESAKE"
    """An author of the sources, or one after whom a disease is called; a patient may bear the same name."""
    GIVEN = "GIVEN"
    """A word of English that people are also called."""
    DRUG = "DRUG"
    """One of the content's drugs."""


_MEDICAL = re.compile(
    r"(?:itis|osis|oses|a?emia|uria|path(?:y|ies|ic|ie|ia)|algia|ectomy|gra(?:m|phy|phie)|scop[yi]e?|penia|plegia|"
    r"derma|(?:carcin|lymph|melan|sarc|myel|aden|granul|glauc)omas?|oid|toxic|toxicity|trophy|plasia|"
    r"[mc]ab|mib|nib|azole|azone|inil|idem|xime|odone|lukast|virs?|statin|stat|mycin|cillin|floxacin|cycline|solone|sone|sonide|pril|sartan|olol|dipine|prazole|pram|tidine|quine|parin|xaban|gatran|gliptin|"
    r"gliflozin|glutide|triptan|barbital|zepam|zolam|idomide|unomide|zine|prine|platin|taxel|rubicin|trexate|imus|cept|"
    r"kinra|feron|fene|fen|oxone|ium|ase|(?:am|ox|or|az|em|pt|os|op|id|in)ides?|acid|globulin|cytes?|genic|lysis|tropin|"
    r"terol|phylline)$"
)
_ENGLISH = re.compile(
    r"(?:ers?|ors?|ives?|ed|ing|ings|ics?|ical|ous|ists?|ly|ants?|ents?|tions?|sions?|al|als|able|ible|ness|ment|ments|"
    r"ism|ity|ies|ful|less|ary|ory|ates?|ized?|ify|ure|age|ages|ance|ence|ncy|ques|cts|gs|ps|ts|ks)$"
)
_REPEATED = re.compile(r"(.)\1+")
_VOWEL = re.compile(r"[aeiouy]")


def marked(text: str, index: Index) -> str:
    """The text in lower case without accents, each stranger replaced by its mark; signs and numbers stay."""
    shouted = text.isupper()
    marks = {word: _mark(word, index, shouted=shouted) for word in set(WORD.findall(text))}
    return WORD.sub(lambda word: marks[word[0]], text)


def _mark(typed: str, index: Index, *, shouted: bool) -> str:
    word = fold(typed)
    if word in ALSO_GIVEN:
        return Mark.GIVEN
    if (named := index.lexicon.names.get((word,))) and named[0] is Sort.DRUG:
        return Mark.DRUG
    if (len(word) <= LONGEST_ACRONYM and typed.isupper() and not shouted) or _is_known(word, index):
        return word
    if word in EPONYMS or word in index.authors:
        return Mark.NAMESAKE
    return _mark_of_a_stranger(word, index)


def _mark_of_a_stranger(word: str, index: Index) -> str:
    is_english = word in index.english.all
    if word in index.plain or word in index.lexicon.of_studies:
        return word if is_english else Mark.NAMESAKE
    if len(word) < SHORTEST_ALONE or (is_english and _ENGLISH.search(word)):
        return Mark.ODD
    if is_english:
        return Mark.RARE
    return word if _is_slip(word, index) else Mark.STRANGER


def _is_known(word: str, index: Index) -> bool:
    """Whether the content, common English, the wards or the rules of medicine's words account for it."""
    is_listed = word in index.taught or word in index.lexicon.parts or word in index.english.ordinary
    return (
        len(word) < SHORTEST
        or is_listed
        or word in SHORTHAND
        or _VOWEL.search(word) is None
        or _MEDICAL.search(word) is not None
    )


def _is_slip(word: str, index: Index) -> bool:
    """Whether a known word is so near that the word is a misspelling of it."""
    once = _REPEATED.sub(r"\1", word)
    if word[1:] in index.tails or (once != word and (once in index.taught or once in index.english.ordinary)):
        return True
    edits = next((edits for length, edits in SLIPS if len(word) >= length), 0)
    lengths = range(len(word) - edits, len(word) + edits + 1)
    near = chain.from_iterable(index.by_start.get((word[0], length), ()) for length in lengths)
    return extractOne(word, near, scorer=OSA.distance, score_cutoff=edits) is not None
