"""Is the question about what to do for one patient? Then the answer carries a notice.

Too many notices do no harm; a missing one does: any of the signs is enough.
"""

from __future__ import annotations

import re

_ONE = (
    "(?:patient|woman|man|lady|gentleman|chap|guy|bloke|girl|boy|lad|lass|teenager|wife|husband|mother|father|son|"
    "daughter)"
)
_ACT = (
    "(?:start|restart|stop|give|switch|swap|put|prescribe|continue|carry on|increase|reduce|change|choose|keep|try|use|"
    "hold|suspend|quit|move|begin|recommend|safe|okay?|right decision|or not|yes or no|do i|do we|should|must|can i|"
    "can we)"
)
_SIGNS = tuple(
    re.compile(sign)
    for sign in (
        rf"\b(?:my|this|our|one|a|the|young|got a|had a|have a|on a) {_ONE}\b.*\b{_ACT}\b",
        rf"\b{_ACT}\b.*\b(?:my|this|our|for a|young) {_ONE}\b",
        rf"^(?:{_ONE}|{_ONE} (?:on|with|in|of)) .*\b{_ACT}\b",
        r"\b(?:her|him|his|she|he|mine)\b",
        r"\bmy (?:patient|wife|husband|mother|father|son|daughter|own|lupus|skin|rash|hands?|feet|face|doctor)\b",
        r"\bi am (?:a )?patient\b",
        r"\b(?:i|i'm|i've been|i am|i have been) (?:take|taking|on)\b",
        r"\b(?:i|we) (?:can|should|must|may) (?:stop|start|take|continue|give)\b",
        r"\b\d{1,3} (?:f|m|yo|y o|years? old)\b",
        r"\b(?:woman|man|lady|gentleman|girl|boy|male|female) (?:of |aged? )?\d{1,3}\b",
        r"\bwould you (?:start|give|switch|use|recommend|put|stop|continue)\b",
    )
)
"""A person who is spoken of as one, by pronoun, age or kin, or next to something to be done now."""


_DECISION = re.compile(rf"\b{_ACT}\b|\bwhat\b|\bwhich\b|\bhow\b|\badvi[cs]e\b|\bor\b")
"""Something to be done, or a question of any kind."""


def asks_what_to_do(text: str) -> bool:
    """Whether a normalised question leaves something to be decided, and does not only tell what is the case."""
    return _DECISION.search(text) is not None


def is_patient_specific(text: str) -> bool:
    """Whether a normalised question asks about one patient."""
    return any(sign.search(text) for sign in _SIGNS)
