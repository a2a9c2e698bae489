"""Keys: the words by which the files call one another, each the name of a file or of a part of one."""

from __future__ import annotations

import re
from unicodedata import normalize

KEY = re.compile(r"[a-z][a-z0-9]*(?:_[a-z0-9]+)*")
LONGEST = 40
"""Letters of a key: it names a file, and stands in the data of buttons."""
ADVICE = "use small letters, digits and single underscores"


def is_key(word: str) -> bool:
    """Whether this may be called so."""
    return len(word) <= LONGEST and KEY.fullmatch(word) is not None


def key_of(words: str) -> str | None:
    """The nearest key; None for words without a Latin letter."""
    plain = normalize("NFKD", words.casefold()).encode("ascii", "ignore").decode()
    found = KEY.search("_".join(re.findall(r"[a-z0-9]+", plain)))
    return found[0][:LONGEST].rstrip("_") if found else None
