"""New files to be filled in: every field that must be there, with a word on what belongs in it.

What is still to be written is a placeholder that `check` refuses, so that a half-filled file never goes live.
"""

from __future__ import annotations

from collections.abc import Mapping

from bot.content.layout import path_of
from bot.content.placeholders import FIRST_LINE
from bot.writing.house_style import headed
from bot.writing.key import ADVICE, is_key, key_of
from bot.writing.text import WritingError

_EXAMPLE = "relapse_rate"
_FOLDERS = {"references", "studies", "schemas"}

_STUDY = """\
name: ???           # as an answer names it: "Cuadrado 2005"
drug: ???           # a key of drugs.yaml
design: ???         # prospective series, case series, randomised trial, ...
population: ???     # who was studied: a key of populations.yaml
patients: ???       # how many; without this line where the source does not say
from: {{reference: {key}, locator: "???", checked: "???"}}   # where in it ("Abstract, Results"), and what was read
summary: "???"      # one sentence with {{slots}} for the findings below: "{{response}} responded."
findings:
  response:         # a name of your own: answers call it {{{key}.response}}
    says: ???       # what it is about, in a few words without digits
    kind: share_of_patients
    value: {{count: "???", of: "???"}}
"""
_REFERENCE = """\
tag: ???            # the short name behind a figure: "Yuki 2021"
kind: ???           # study, review, meta_analysis, guideline, label, ...
title: "???"        # as published
authors: "???"      # as published; without this line where they could not be confirmed
journal: ???        # or the publisher
year: ???           # of the issue
doi: ???            # without https://doi.org/; or pmid, or url
review_by: ???      # when somebody should look again: year-month-day
"""
_TOPIC = """\
title: ???          # heads the answer and names the button: "Relapse rate"
question: "???"     # an example, with {{drug}} where the drug stands: "How many relapse after {{drug}}?"
next: []            # topics that people ask next, by their file names
phrases:            # how people ask: lower case; {{drug}}, {{population}}, {{companion}} where a name stands
  - "???"
  - "???"
  - "???"
"""
_ANSWER = """\
answer: "???"       # the figure first, without digits: "{{share}} of patients relapsed."
details: []         # further sentences, each with {{slots}}
findings:
  share:            # a name of your own, for the slot
    says: ???       # what it is about, in a few words without digits
    kind: ???       # share_of_patients, usual_range, median, count, advice, ...
    value: {{percent: "???"}}   # or {{count: 3, of: 9}}; {{low: 8, high: 10, unit: week}}; none for advice
    from: {{reference: "???", locator: "???", checked: "???"}}  # a file of references/, where in it, what was read
"""
_TEMPLATES: Mapping[str, str] = {"study": _STUDY, "reference": _REFERENCE, "topic": _TOPIC, "answer": _ANSWER}


def scaffold(kind: str, *keys: str) -> tuple[str, str]:
    """Path, from the content's folder, and text of a new study, reference or topic, or of an answer (drug, topic).

    Raises WritingError for a key that is none.
    """
    for key in keys:
        if not is_key(key):
            raise WritingError(f"`{key}` is no key: {ADVICE}, as in {key_of(key) or _EXAMPLE}")
    if kind == "answer" and keys[0] in _FOLDERS:
        raise WritingError(f"`{keys[0]}` is a folder of another kind, and no drug")
    path = path_of(kind, *keys)
    return path, headed(f"{FIRST_LINE}\n{_TEMPLATES[kind].format(key=keys[0])}", path)
