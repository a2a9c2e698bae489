"""Texts as hashes of their grams: one text at a time for a question, many at once for a lesson.

Grams of characters have two to four letters and do not run over a word's edge, which is a character itself. Grams of
words are single words, pairs of neighbours, and pairs with one word between.
"""

import re
import zlib
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

_PRIVATE_USE = 0xE000, 6_400
_SPACE = ord(" ")
_MIX = np.uint64(0x9E3779B97F4A7C15)
_BASE = np.uint64(1_000_003)
_SKIP = np.uint64(7_919)

TOKEN = re.compile(r"\{\w+\}|\w+(?:['’]\w+)*")

Hashes = NDArray[np.uint64]
Numbers = NDArray[np.int64]
Texts = Sequence[Sequence[str]]


def tokens_of(text: str) -> list[str]:
    """The words of `text` in lower case; a placeholder such as `{drug}` is one word."""
    return TOKEN.findall(text.casefold())


def is_placeholder(token: str) -> bool:
    """Whether `token` stands for a masked mention."""
    return token.startswith("{")


def character_grams(tokens: Sequence[str]) -> Hashes:
    """Of one text, each as often as it occurs."""
    text = " ".join(["", *(_placeholder_letter(t) if is_placeholder(t) else t for t in tokens), ""])
    codes = np.frombuffer(text.encode("utf-32-le"), dtype=np.uint32).astype(np.uint64)
    inner = codes != _SPACE
    pairs = codes[:-1] * _BASE + codes[1:]
    triples = pairs[:-1] * _BASE + codes[2:]
    fours = triples[:-1] * _BASE + codes[3:]
    return np.concatenate([pairs, triples[inner[1:-1]], fours[inner[1:-2] & inner[2:-1]]]) * _MIX


def _placeholder_letter(token: str) -> str:
    """One letter of the private use area, so that no gram shows the inside of a placeholder."""
    first, size = _PRIVATE_USE
    return chr(first + zlib.crc32(token.encode()) % size)


def word_grams(tokens: Sequence[str]) -> Hashes:
    """Of one text, each as often as it occurs."""
    words = _words(tokens)
    return np.concatenate([words, words[:-1] * _BASE + words[1:], words[:-2] * _SKIP + words[2:]])


def _words(tokens: Sequence[str]) -> Hashes:
    words = np.fromiter((zlib.crc32(token.encode()) for token in tokens), dtype=np.uint64, count=len(tokens))
    return (words + np.uint64(1 << 40)) * _MIX


@dataclass(frozen=True, slots=True)
class Grams:
    """Grams of many texts, each gram of a text once: by text in order, and by hash within one."""

    owners: Numbers
    hashes: Hashes
    counts: Numbers

    @classmethod
    def counted(cls, owners: Numbers, hashes: Hashes) -> "Grams":
        """Count how often each of `hashes` stands in the text that owns it."""
        order = np.lexsort((hashes, owners))
        owners, hashes = owners[order], hashes[order]
        is_first = np.ones(len(hashes), bool)
        is_first[1:] = (hashes[1:] != hashes[:-1]) | (owners[1:] != owners[:-1])
        firsts = np.flatnonzero(is_first)
        return cls(owners[firsts], hashes[firsts], np.diff(firsts, append=len(hashes)))

    @classmethod
    def of_characters(cls, texts: Texts) -> "Grams":
        """The same grams as `character_grams` gives text by text: none runs over a word's edge, so words repeat."""
        known = {token: character_grams([token]) for token in {token for tokens in texts for token in tokens}}
        lengths = [sum(len(known[token]) for token in tokens) for tokens in texts]
        hashes = [known[token] for tokens in texts for token in tokens]
        return cls.counted(np.repeat(np.arange(len(texts)), lengths), np.concatenate([np.empty(0, np.uint64), *hashes]))

    @classmethod
    def of_words(cls, texts: Texts) -> "Grams":
        """The same grams as `word_grams` gives text by text."""
        words = _words([token for tokens in texts for token in tokens])
        owners = np.repeat(np.arange(len(texts)), [len(tokens) for tokens in texts])
        near, far = owners[1:] == owners[:-1], owners[2:] == owners[:-2]
        pairs = (words[:-1] * _BASE + words[1:])[near]
        skips = (words[:-2] * _SKIP + words[2:])[far]
        return cls.counted(
            np.concatenate([owners, owners[1:][near], owners[2:][far]]), np.concatenate([words, pairs, skips])
        )

    @classmethod
    def of(cls, texts: Texts) -> "Grams":
        """Both kinds."""
        both = cls.of_characters(texts), cls.of_words(texts)
        return cls.counted(np.concatenate([one.owners for one in both]), np.concatenate([one.hashes for one in both]))
