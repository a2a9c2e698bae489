"""What is wrong with a record, in words for people who do not program."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from bot.content.document import Document
from bot.content.layout import Kind
from bot.content.meanings import COMPARE, HOW, MEANINGS
from bot.content.shapes import Shape, shape_of
from bot.content.slips import slip_in_a_name, slips
from bot.domain.place import Problem, Steps

_LONGEST_INPUT = 60
_HANDED = {"from", "population"}
"""What a study hands down to its findings."""

_WITHOUT_INPUT = {"missing", "union_tag_not_found", "extra_forbidden", "too_short", "string_too_short", "value_error"}


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that does not fit: what kind, where, what stands there, and what may stand there."""

    type: str
    steps: Steps
    input: Any
    context: Mapping[str, Any]
    shape: Shape
    before: Any = None
    """For a field that does not belong there: the value of the field before it."""

    @property
    def rule(self) -> str:
        """The rule that is broken."""
        return MEANINGS[self.type][0]

    @property
    def message(self) -> str:
        """What is wrong, with the place and what stands there."""
        words = MEANINGS[self.type][1].format(**self.context)
        if self.type == "value_error":
            return f"{in_words(self.steps)}: {words}"
        given = "" if self.type in _WITHOUT_INPUT else self._given
        return f"{in_words(self.steps)} {given}{words}"

    @property
    def _given(self) -> str:
        match self.input:
            case str():
                return f'says "{self.input[:_LONGEST_INPUT]}", and ' if self.input else "says nothing, and "
            case list():
                return "is a list, and "
            case dict():
                return "is a group of fields, and "
        return ""

    @property
    def remedy(self) -> str:
        """How to mend it."""
        if self.type == "extra_forbidden":
            return self._right_field()
        if self.shape.words:
            return self._right_word()
        if slip := next(slips(self.type, self.input, *self.steps[-1:]), None):
            return slip
        how = HOW.get(MEANINGS[self.type], "")
        if how.startswith(COMPARE):
            return how
        return " ".join(filter(None, (how, self.shape.meaning))) or "Look at a neighbouring file for how it is written."

    @property
    def meant(self) -> str | None:
        """The field that a misspelt name most likely stands for."""
        if self.type != "extra_forbidden":
            return None
        name = str(self.steps[-1]).casefold().strip()
        return next(iter(get_close_matches(name, self.shape.fields, n=1, cutoff=0.7)), None)

    def _right_field(self) -> str:
        fields = ", ".join(f"`{name}`" for name in self.shape.fields)
        if self.meant:
            return f"Did you mean `{self.meant}`?"
        if slip := slip_in_a_name(str(self.steps[-1]), self.before, self.shape.fields):
            return slip
        if "value" in self.steps:
            return f"Remove it, or choose another `kind` of finding: with this one may stand {fields}."
        return f"Remove it, or move it: here may stand {fields}."

    def _right_word(self) -> str:
        given = self.input if isinstance(self.input, str) else ""
        if near := get_close_matches(_unquoted(given).casefold(), self.shape.words, n=1):
            return f"Did you mean `{near[0]}`?"
        return self.shape.choice


def _unquoted(text: str) -> str:
    """Without quotes of a word processor, which belong to the text as YAML reads it."""
    return text.strip("“”„‘’«» ")


def explained(
    error: ValidationError, document: Document, kind: Kind, known: Collection[Steps] = ()
) -> Iterator[Problem]:
    """A problem for everything that pydantic found, at the line where it stands; not at places that are known already.

    A field that is missing because its name is misspelt is no problem of its own, nor is the other end of a range that
    does not belong there.
    """
    everything = error.errors(include_url=False)
    found = [one for one in everything if not _is_handed_down(one["loc"], kind, document)]
    faults = [_fault(one, document, kind) for one in found or everything]
    meant = {(*fault.steps[:-1], fault.meant) for fault in faults}
    strange = {fault.steps for fault in faults if fault.type == "extra_forbidden"}
    for fault in faults:
        follows = (fault.rule == "missing" and fault.steps in meant) or _is_other_end(fault, strange)
        if fault.steps not in known and not follows:
            yield Problem(document.place(fault.steps), fault.rule, fault.message, fault.remedy)


def _is_other_end(fault: Fault, strange: Collection[Steps]) -> bool:
    return fault.steps in strange and fault.steps[-1] == "high" and (*fault.steps[:-1], "low") in strange


def _fault(found: ErrorDetails, document: Document, kind: Kind) -> Fault:
    steps, context, given = found["loc"], found.get("ctx", {}), found["input"]
    if tag := str(context.get("discriminator", "")).strip("'"):
        steps = (*steps, tag)
        given = given.get(tag) if isinstance(given, dict) else given
    shape = shape_of(kind.schema, steps[:-1] if found["type"] == "extra_forbidden" else steps)
    written = _written(steps, document)
    return Fault(found["type"], written, given, context, shape, _value_before(written, document.data))


def _value_before(steps: Steps, data: Any) -> Any:
    """The value of the field before this one, in the same group; None for the first, and in a list."""
    for step in steps[:-1]:
        data = data[step]
    names = list(data) if steps and isinstance(data, dict) else []
    place = names.index(steps[-1]) if steps and steps[-1] in names else 0
    return data[names[place - 1]] if place else None


def named(found: ErrorDetails, document: Document) -> str:
    """What pydantic found, without what stands there: for files whose text nobody may repeat."""
    words = MEANINGS[found["type"]][1].format(**found.get("ctx", {}))
    return f"{in_words(_written(found['loc'], document))} {words}"


def in_words(steps: Steps) -> str:
    """The steps as they are shown: `findings.share.value`, or `details #1` for the first of a list."""
    names = "".join(f" #{step + 1}" if isinstance(step, int) else f".{step}" for step in steps)
    return f"`{names.lstrip('. ')}`" if steps else "the file"


def _written(steps: Steps, document: Document) -> Steps:
    """The steps as an editor wrote them: pydantic puts the kind of a finding between them."""
    written: Steps = ()
    for step in steps[:-1]:
        if (*written, step) in document.lines:
            written = (*written, step)
    return (*written, *steps[-1:])


def _is_handed_down(steps: Steps, kind: Kind, document: Document) -> bool:
    """Whether a finding takes it over from its study, where it is reported already."""
    if kind.name != "study" or steps[:1] != ("findings",):
        return False
    return any(step in _HANDED and (*steps[:2], step) not in document.lines for step in steps[2:])
