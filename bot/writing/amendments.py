"""Single changes of a content file that an editor asked for in some other way than by writing YAML."""

from __future__ import annotations

from ruamel.yaml.nodes import MappingNode, SequenceNode

from bot.domain.place import Steps
from bot.writing.scalars import scalar
from bot.writing.text import Text, WritingError

PHRASES = ("phrases",)


def with_phrase(text: str, phrase: str) -> str:
    """A topic, or small talk, with one more way of asking, the last. Raises WritingError for one that is there."""
    topic = Text(text)
    if _number(topic, phrase) is not None:
        raise WritingError("this phrase is there already")
    return topic.appended(topic.list_at(PHRASES), phrase)


def without_phrase(text: str, phrase: str) -> str:
    """A topic, or small talk, without a way of asking. Raises WritingError for one that is not there."""
    topic = Text(text)
    number = _number(topic, phrase)
    if number is None:
        raise WritingError("this phrase is not there")
    if len(topic.list_at(PHRASES).value) == 1:
        raise WritingError("the last phrase of a topic cannot be taken out")
    return topic.without(topic.list_at(PHRASES), number)


def _number(topic: Text, phrase: str) -> int | None:
    """Which of the phrases says the same, whatever its case and spacing."""
    wanted = _folded(phrase)
    return next(
        (number for number, node in enumerate(topic.list_at(PHRASES).value) if _folded(node.value) == wanted), None
    )


def _folded(phrase: str) -> str:
    return " ".join(phrase.casefold().split())


def with_scalar(text: str, steps: Steps, new: str) -> str:
    """A file with another single value where the steps lead. Raises WritingError where none stands."""
    file = Text(text)
    return file.replaced(file.scalar_at(steps), new)


def with_value(text: str, finding: str, field: str, new: str) -> str:
    """A study or an answer with one figure changed.

    `field` is a field of the finding's value, as `percent` or, deeper, `ci.low`. Raises WritingError where the
    finding, its value or the field is not there.
    """
    return with_scalar(text, ("findings", finding, "value", *field.split(".")), new)


def with_name(text: str, steps: Steps, name: str) -> str:
    """A file in which the entity that the steps lead to has one more name; no steps are the whole file, a study.

    Raises WritingError where no entity stands, or where it is called so already.
    """
    file = Text(text)
    entity = file.at(steps)
    if not isinstance(entity, MappingNode) or not (called := file.find((*steps, "name"))):
        raise WritingError(f"nothing with a name stands at `{'.'.join(map(str, steps)) or 'the top'}`")
    aliases = file.find((*steps, "aliases"))
    others = aliases.value if isinstance(aliases, SequenceNode) else []
    if _folded(name) in {_folded(node.value) for node in (called, *others)}:
        raise WritingError("it is called so already")
    if isinstance(aliases, SequenceNode):
        return file.appended(aliases, name)
    return file.with_entry(entity, f"aliases: [{scalar(name)}]", after="name")
