"""YAML written on behalf of editors: from text to text, and nothing changes but what was asked for.

Comments, order, quotes, `{low: 8, high: 10}` on one line and long lines stay as they are. Every function raises
WritingError where what it should change is not there, or where a file cannot be read; the error never repeats what
people ask.

    formatted(text)                                         # the house style; a second time changes nothing
    headed(text, "intents/dose.yaml")                       # with the line at the top that leads to its schema
    in_house_style(text, "intents/dose.yaml")               # both, for a file that is begun
    with_phrase(topic, "does it come back after {drug}")    # a way of asking, the last of its topic
    with_question(questions, "len relapse?", Label(Expected.ANSWER, topics=("relapse_rate",), drugs=("lenalidomide",)),
                  prefix="q-relapse-rate")                  # a labelled test question; "" begins a file
    with_figure(answer, "range", Range(low=25, high=70, unit="percent"))    # another value for a finding
    with_entry(drugs, ("entries",), "aspirin", "{name: aspirin}")           # the last of the entries that stand there
    scaffold("study", "doe_2024")                           # path and text of a new file to be filled in

A figure that an editor types is read by `figures.figure`, and shown as it would be typed by `typed.typed`; `key` says
what may be a key.
"""

from bot.writing.amendments import with_entry, with_figure, with_phrase
from bot.writing.house_style import formatted, headed, in_house_style
from bot.writing.questions import Label, with_question
from bot.writing.scaffolds import scaffold
from bot.writing.text import WritingError

__all__ = [
    "Label",
    "WritingError",
    "formatted",
    "headed",
    "in_house_style",
    "scaffold",
    "with_entry",
    "with_figure",
    "with_phrase",
    "with_question",
]
