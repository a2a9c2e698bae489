"""Every difference between two states of the content, typed and in the words of the bot.

The parts that differ come from `leaves`, which leaves nothing out, and each becomes one difference at least: a change
that nobody thought of is still shown, with its file and keys.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from bot.changing.difference import Difference, Sort
from bot.changing.findings import FindingChange
from bot.changing.held import Held, findings_of, held, parts_of
from bot.changing.leaves import ORDER, Leaf, leaves
from bot.changing.lists import of_names, of_sentences
from bot.changing.proposal import is_question_file
from bot.changing.snapshot import Snapshot
from bot.changing.subject import Side, Subjects
from bot.changing.wording import path_words, words
from bot.content.layout import finding_id, kind_of
from bot.domain.catalogue import Catalogue
from bot.domain.place import Place, Steps
from bot.evaluating.questions import Conversation, Single


@dataclass(frozen=True, slots=True)
class Comparison:
    """One file before and after."""

    path: str
    before: Held
    after: Held
    sides: tuple[Side, Side]
    subjects: Subjects

    def differences(self) -> Iterator[Difference]:
        """All of them, in the order of the file."""
        before, after = self.before.data, self.after.data
        if before is None or after is None:
            yield self._whole_file()
            before, after = parts_of(self.path, before), parts_of(self.path, after)
        rest = leaves(before, after, whole=(Single, Conversation))
        findings: dict[str, None] = {}
        for leaf in rest:
            if self._is_of_finding(leaf):
                findings[str(leaf.steps[1])] = None
            else:
                yield from self._of_leaf(leaf)
        for name in findings:
            yield from self._of_finding(name)

    def _is_of_finding(self, leaf: Leaf) -> bool:
        below = leaf.steps[:1] == ("findings",) and len(leaf.steps) > 1 and leaf.steps[1] != ORDER
        return below and self._kind in {"answer", "study"}

    @property
    def _kind(self) -> str:
        kind = kind_of(self.path)
        return kind.name if kind else ""

    def _whole_file(self) -> Difference:
        before, after = (None if side.data is None else self.path for side in (self.before, self.after))
        what = "test questions" if is_question_file(self.path) else self._kind.replace("_", " ") or "file"
        return Difference(Sort.FILE, before, after, f"{what}: {self.subjects.of_file(self.path)}", Place(self.path))

    def _of_finding(self, name: str) -> Iterator[Difference]:
        before: Any = findings_of(self.before.data).get(name)
        after: Any = findings_of(self.after.data).get(name)
        if any(isinstance(one, str | list | dict) for one in (before, after)):
            yield from (self._plainly(leaf) for leaf in leaves(before, after, ("findings", name)))
            return
        key = finding_id(self.path, name)
        about = self.subjects.of_finding(self.path, after or before)
        for sort, old, new, what, keys in FindingChange(key, before, after, self.sides, self.subjects).changes():
            steps: Steps = ("findings", name, *keys)
            named = ", ".join(filter(None, (what, about)))
            yield Difference(sort, old, new, named, self._place(steps), tuple(map(str, steps)), key)

    def _of_leaf(self, leaf: Leaf) -> Iterator[Difference]:
        sort = _sort(self._kind, self.path, leaf)
        if ORDER not in leaf.steps and isinstance(leaf.before, tuple | None) and isinstance(leaf.after, tuple | None):
            compare = of_names if sort in {Sort.PHRASE, Sort.NAME} else of_sentences
            found = [
                self._difference(sort, leaf.steps, old, new)
                for old, new in compare(leaf.before or (), leaf.after or ())
            ]
            yield from found or [self._plainly(leaf)]
        else:
            yield self._plainly(leaf)

    def _plainly(self, leaf: Leaf) -> Difference:
        old, new = words(leaf.before), words(leaf.after)
        if old == new:
            old, new = repr(leaf.before), repr(leaf.after)
        before = None if leaf.before is None else old
        after = None if leaf.after is None else new
        return self._difference(_sort(self._kind, self.path, leaf), leaf.steps, before, after)

    def _difference(self, sort: Sort, steps: Steps, before: str | None, after: str | None) -> Difference:
        about = ", ".join(filter(None, (path_words(steps), self.subjects.of_file(self.path))))
        return Difference(sort, before, after, about, self._place(steps), tuple(map(str, steps)))

    def _place(self, steps: Steps) -> Place:
        document = self.after.document or self.before.document
        return document.place(steps) if document else Place(self.path)


def differences(
    old: Snapshot, new: Snapshot, before: Catalogue | None = None, after: Catalogue | None = None
) -> tuple[Difference, ...]:
    """All of them, by file. The catalogues are those of the two states, where they can go live: they know the names."""
    subjects = Subjects(tuple(one for one in (after, before) if one))
    sides = Side(before), Side(after)
    texts = old.texts, new.texts
    changed = sorted(path for path in {**texts[0], **texts[1]} if texts[0].get(path) != texts[1].get(path))
    found = (Comparison(path, *held(path, texts[0].get(path), texts[1].get(path)), sides, subjects) for path in changed)
    return tuple(one for comparison in found for one in comparison.differences())


_SORTS = {
    "reference": Sort.REFERENCE,
    "limits": Sort.LIMIT,
    "messages": Sort.MESSAGE,
    "abbreviations": Sort.NAME,
    "plain_words": Sort.NAME,
}
_FIELDS = {
    "phrases": Sort.PHRASE,
    "name": Sort.NAME,
    "aliases": Sort.NAME,
    "anaphors": Sort.NAME,
    "adjectives": Sort.NAME,
    "population": Sort.POPULATION,
    "source": Sort.SOURCE,
    **dict.fromkeys(("answer", "details", "disagreements", "says", "summary", "caution", "title"), Sort.SENTENCE),
    **dict.fromkeys(("question", "reply"), Sort.SENTENCE),
}


def _sort(kind: str, path: str, leaf: Leaf) -> Sort:
    """By the kind of file, else by the innermost key that says it."""
    if is_question_file(path):
        return Sort.QUESTION
    fields = (_FIELDS[str(step)] for step in reversed(leaf.steps) if step in _FIELDS)
    return _SORTS.get(kind) or next(fields, Sort.OTHER)
