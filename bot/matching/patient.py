"""Is the question about what to do for one patient? Then the answer carries a notice.

Too many notices do no harm; a missing one does: any of the signs is enough.
"""

from __future__ import annotations

import re

_PERSON = (
    r"(?:her|him|she|he|my (?:patient|pt|wife|husband|mother|father|son|daughter)|this (?:patient|lady|man|woman))"
)
_DOING = r"(?:start|stop|give|switch|put|prescribe|continue|restart|increase|reduce|change|keep|try|use|take|wait|hold)"
_SIGNS = tuple(
    re.compile(sign)
    for sign in (
        rf"\b(?:should|shall|can|could|would|do|may|must) (?:i|we|you|she|he|they)\b.*\b{_DOING}\b.*\b{_PERSON}\b",
        rf"\b{_PERSON}\b.*\b(?:should|shall|can|could|would|do|may|must) (?:i|we|you|she|he)\b",
        rf"\bfor {_PERSON}\b",
        rf"\b(?:i|we) (?:can|should|must|may) {_DOING}\b",
        rf"\b(?:do|should|can|must|shall) (?:i|we) {_DOING}\b.*\b(?:now|today|tomorrow|tonight|or)\b",
        r"\bmy (?:patient|pt|wife|husband|mother|father|son|daughter|own)\b",
        r"\bi am (?:a )?patient\b",
        r"\bi (?:take|have been taking|am taking|am on)\b",
        r"\b\d{1,3} (?:f|m|yo|yr|year|years)\b",
        r"\b(?:woman|man|lady|gentleman|girl|boy|male|female) (?:of |aged? )?\d{1,3}\b",
        rf"\bwould you {_DOING}\b",
    )
)


def is_patient_specific(text: str) -> bool:
    """Whether a normalised question asks about one patient."""
    return any(sign.search(text) for sign in _SIGNS)
