"""YAML written on behalf of editors: from text to text, and nothing changes but what was asked for.

Comments, order, quotes, `{low: 8, high: 10}` on one line and long lines stay as they are. Every function raises
WritingError where what it should change is not there, or where a file cannot be read; the error never repeats what
people ask.

    formatted(text)                                         # the house style; a second time changes nothing
    with_phrase(topic, "does it come back after {drug}")    # a way of asking, the last of its topic
    without_phrase(topic, "does it come back after {drug}")
    with_question(questions, "len relapse?", Label("answer", topics=("relapse_rate",), drugs=("lenalidomide",)),
                  prefix="q-relapse-rate")                  # a labelled test question; "" begins a file
    with_value(answer, "range", "high", "70")               # one scalar of a finding's value: 25-75% is 25-70%
    with_value(study, "response", "ci.low", "61")           # a scalar within it
    with_scalar(answer, ("populations", "dle", "answer"), "In discoid lupus {share} responded.")   # any other scalar
    with_name(drugs, ("drugs", "lenalidomide"), "lenalid")  # another name of what stands there
"""

from bot.writing.amendments import with_name, with_phrase, with_scalar, with_value, without_phrase
from bot.writing.house_style import formatted
from bot.writing.questions import Label, with_question
from bot.writing.text import WritingError

__all__ = [
    "Label",
    "WritingError",
    "formatted",
    "with_name",
    "with_phrase",
    "with_question",
    "with_scalar",
    "with_value",
    "without_phrase",
]
