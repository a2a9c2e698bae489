"""/missed: questions that were not understood, as cards; what becomes of each is for an editor to say.

What is learnt is written twice: as a phrase, or a name, and as a permanent test question. The two are never the same
wording, so where everybody asked in the same words, the editor is asked for others.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from bot.chat.calls import Button
from bot.chat.desk.buttons import Verb, button
from bot.chat.desk.drawer import Card, Change, Declining, Editor, Founding, Item, Lesson
from bot.chat.desk.edits import Edit, NewForeign, NewPhrase, NewTopic, Taught
from bot.chat.desk.proposals import Proposals
from bot.chat.desk.room import Room
from bot.chat.keyboard import laid
from bot.chat.visit import Visit
from bot.domain.catalogue import Catalogue
from bot.matching.clusters import Wording
from bot.writing import Label

OFFERED = 3
"""Topics on a card."""
LONGEST = 200
"""Letters of a wording that are shown."""
SHOWN = 5
"""Other wordings on a card, or words to choose from."""
FEWEST_LINES = 4
"""Key and title, a question, another way of asking, and the test question."""
NOT_COVERED = "out_of_domain"
_FIRST_LINE = re.compile(r"([a-z][a-z0-9_]{2,40}):\s*(\S.*)")
_SLOT = "{drug}"


class Lessons:
    """Nothing is learnt without an editor, and nothing that makes another test question fail."""

    def __init__(self, room: Room, proposals: Proposals) -> None:
        self._room = room
        self._proposals = proposals

    async def missed(self, visit: Visit, editor: Editor) -> None:
        """/missed: the card of what was asked most."""
        room, words = self._room, self._room.words
        kept = await room.missed.missed()
        asked = {number: one.question for number, one in kept.items()}
        clusters = await asyncio.to_thread(room.engine.clusters, asked)
        if not clusters:
            await room.says(visit, words.no_missed if room.keeps_missed else words.missed_off)
            return
        first = clusters[0]
        wordings = tuple(one.asked for one in first.wordings)
        card = Card(first.numbers, _topics(first.typical, room.catalogue))
        item = room.drawer.put(editor, card)
        outcome = kept[first.numbers[-1]].outcome
        text = words.card.format(
            number=len(first.numbers), left=len(clusters), asked=wordings[0][:LONGEST], outcome=outcome
        )
        others = [f"• {one[:LONGEST]}" for one in wordings[1 : 1 + SHOWN]]
        below = [words.card_wordings, *others] if others else []
        await room.says(visit, "\n".join([text, *below]), laid(self._on_card(item, card)))

    def _on_card(self, item: Item, card: Card) -> Iterator[Button]:
        words, titles = self._room.words, self._titles(card)
        for number, title in enumerate(titles[:OFFERED]):
            yield button(words.teach_label.format(topic=title), item, Verb.TEACH, number)
        yield button(words.more_label, item, Verb.MORE)
        yield button(words.found_label, item, Verb.FOUND)
        yield button(words.decline_label, item, Verb.DECLINE)
        yield button(words.forget_label, item, Verb.FORGET)

    def _titles(self, card: Card) -> list[str]:
        topics = self._room.catalogue.topics
        return [topics[key].title if key in topics else key for key in card.topics]

    async def more(self, visit: Visit, item: Item, card: Card) -> None:
        """Every topic, those that come near first."""
        titles = enumerate(self._titles(card))
        rows = laid(button(title, item, Verb.TEACH, number) for number, title in titles)
        await self._room.says(visit, self._room.words.which_topic, rows)

    async def forget(self, visit: Visit, editor: Editor, item: Item, card: Card) -> None:
        """The questions are deleted, and the next card is shown."""
        self._room.missed.learnt(card.numbers)
        self._room.drawer.drop(item)
        await self._room.missed.settled()
        await self._room.says(visit, self._room.words.forgotten.format(number=len(card.numbers)))
        await self.missed(visit, editor)

    async def teach(self, visit: Visit, editor: Editor, card: Card, topic: str) -> None:
        """The commonest wording becomes a phrase of the topic; another one the test question, or one is asked for."""
        found = await self._wordings(visit, card)
        if not found:
            return
        lesson, phrase = Lesson(card, topic), found[0].masked
        test = next((one for one in found[1:] if not one.repeats(phrase, self._room.catalogue)), None)
        if test:
            await self._learn(visit, editor, lesson, phrase, test)
        else:
            await self._ask(visit, editor, lesson, self._room.words.other_wording.format(phrase=phrase))

    async def reworded(self, visit: Visit, editor: Editor, lesson: Lesson, said: str) -> None:
        """Another wording was given."""
        found, test = await self._wordings(visit, lesson.card), self._room.engine.wording(said)
        if not found:
            return
        if not test.words or test.repeats(found[0].masked, self._room.catalogue):
            await self._room.says(visit, self._room.words.same_wording)
            return
        await self._learn(visit, editor, lesson, found[0].masked, test)

    async def _learn(self, visit: Visit, editor: Editor, lesson: Lesson, phrase: str, test: Wording) -> None:
        topic = lesson.topic
        edit = NewPhrase(topic, phrase, Taught(topic, test.asked, label_of(test, topic, self._room.catalogue)))
        what = self._room.words.as_phrase.format(topic=topic)
        await self._proposals.consider(visit, editor, self._change(lesson.card, edit, what))

    async def found(self, visit: Visit, editor: Editor, card: Card) -> None:
        """A topic of their own: its names are asked for."""
        await self._ask(visit, editor, Founding(card), self._room.words.new_topic.format(drug=_SLOT))

    async def founded(self, visit: Visit, editor: Editor, founding: Founding, said: str) -> None:
        """Key, title, question and wordings were given, a line each; the last wording becomes the test question."""
        first, *lines = [line.strip() for line in said.splitlines() if line.strip()] or [""]
        named = _FIRST_LINE.fullmatch(first)
        if not named or len(lines) < FEWEST_LINES - 1:
            await self._room.says(visit, self._room.words.new_topic_form)
            return
        found = await self._wordings(visit, founding.card)
        if not found:
            return
        question, *ways, test = lines
        phrases = dict.fromkeys((*(one.masked for one in found), *map(self._phrase, (question, *ways))))
        drugs = self._room.engine.wording(test).drugs
        taught = Taught(named[1], test, Label("not_reported", (named[1],), drugs))
        edit = NewTopic(named[1], named[2], question, tuple(phrases), taught)
        what = self._room.words.as_topic.format(topic=named[1])
        await self._proposals.consider(visit, editor, self._change(founding.card, edit, what))

    def _phrase(self, line: str) -> str:
        """A way of asking as it is taught: as it stands where it has slots already, else with names masked."""
        return line if _SLOT in line else self._room.engine.wording(line).masked

    async def decline(self, visit: Visit, editor: Editor, card: Card) -> None:
        """They name something that is not covered: which word it is, is asked for."""
        if found := await self._wordings(visit, card):
            await self._ask(visit, editor, Declining(card), self._room.words.which_word, _telling(found[0]))

    async def chosen(self, visit: Visit, editor: Editor, declining: Declining, number: int) -> None:
        """A word was chosen, or a list where the word is known."""
        if declining.word:
            await self._listed(visit, editor, declining, dict(enumerate(self._room.catalogue.foreign)).get(number))
        elif found := await self._wordings(visit, declining.card):
            await self.declined(visit, editor, declining, dict(enumerate(_telling(found[0]))).get(number))

    async def declined(self, visit: Visit, editor: Editor, declining: Declining, word: str | None) -> None:
        """The word is known: in which list it belongs is asked for."""
        if not word:
            await self._room.says(visit, self._room.words.gone)
            return
        named = replace(declining, word=" ".join(word.casefold().split()))
        question = self._room.words.which_list.format(word=named.word)
        await self._ask(visit, editor, named, question, tuple(self._room.catalogue.foreign))

    async def _listed(self, visit: Visit, editor: Editor, declining: Declining, list_name: str | None) -> None:
        """The list is known too."""
        found = await self._wordings(visit, declining.card)
        if not list_name or not found:
            await self._room.says(visit, self._room.words.gone)
            return
        key = "_".join(re.findall(r"[a-z0-9]+", declining.word)).lstrip("0123456789_")
        test = Taught(NOT_COVERED, found[0].asked, Label(NOT_COVERED))
        what = self._room.words.as_foreign.format(name=declining.word)
        edit = NewForeign(list_name, key, declining.word, test)
        await self._proposals.consider(visit, editor, self._change(declining.card, edit, what))

    async def _wordings(self, visit: Visit, card: Card) -> tuple[Wording, ...]:
        """The wordings of a card, the commonest first; none, which the editor is told, where they are gone by now."""
        kept = await self._room.missed.missed()
        asked = {number: kept[number].question for number in card.numbers if number in kept}
        clusters = await asyncio.to_thread(self._room.engine.clusters, asked)
        if not clusters:
            await self._room.says(visit, self._room.words.gone)
        return tuple(one for cluster in clusters for one in cluster.wordings)

    async def _ask(
        self,
        visit: Visit,
        editor: Editor,
        matter: Founding | Declining | Lesson,
        text: str,
        choices: Sequence[str] = (),
    ) -> None:
        item = self._room.drawer.put(editor, matter)
        self._room.asks(editor.user, item)
        buttons = [button(label, item, Verb.CHOOSE, number) for number, label in enumerate(choices)]
        await self._room.says(visit, text, laid([*buttons, button(self._room.words.drop_label, item, Verb.DROP)]))

    def _change(self, card: Card, edit: Edit, what: str) -> Change:
        """With its reason, and the questions that it answers: they are forgotten when it is published."""
        why = self._room.words.lesson_why.format(number=len(card.numbers), what=what)
        return Change(edit, "", why, card.numbers)


def label_of(wording: Wording, topic: str, catalogue: Catalogue) -> Label:
    """What a clinician would expect of the reply: the topic for the drugs that are named, or a question back."""
    if not catalogue.drugs_of(topic):
        return Label("answer", (topic,))
    if not wording.drugs:
        return Label("clarify_or_both", (topic,), population=wording.populations)
    others = tuple(drug for drug in catalogue.drugs if drug not in wording.drugs)
    return Label("answer", (topic,), wording.drugs, others, wording.populations)


def _telling(wording: Wording) -> tuple[str, ...]:
    """The words that may name what is not covered: those that nobody placed, then the longest."""
    return tuple(dict.fromkeys((*wording.unknown, *sorted(wording.words, key=len, reverse=True))))[:SHOWN]


def _topics(wording: Wording, catalogue: Catalogue) -> tuple[str, ...]:
    """All of them, those that come near first."""
    return tuple(dict.fromkeys((*wording.topics, *catalogue.topics)))
