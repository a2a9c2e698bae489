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
from bot.chat.desk.edits import Edit, NewForeign, NewPhrase, NewTopic, Proof
from bot.chat.desk.proposals import Proposals
from bot.chat.desk.room import Room
from bot.chat.keyboard import laid
from bot.chat.visit import Visit
from bot.domain.case import Expected
from bot.domain.catalogue import Catalogue
from bot.live import Answers
from bot.matching.clusters import Cluster, Wording
from bot.writing import Label
from bot.writing.key import KEY, is_key, key_of

OFFERED = 3
"""Topics on a card."""
LONGEST = 200
"""Letters of a wording that are shown."""
SHOWN = 5
"""Other wordings on a card, or words to choose from."""
FEWEST_LINES = 4
"""Key and title, a question, another way of asking, and the test question."""
_FIRST_LINE = re.compile(rf"({KEY.pattern}):\s*(\S.*)")
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
        card = Card(first.numbers, _topics(first.typical, room.catalogue))
        item = room.drawer.put(editor, card)
        text = self._text(first, len(clusters), kept[first.numbers[-1]].outcome)
        await room.says(visit, text, laid(self._on_card(item, card)))

    def _text(self, cluster: Cluster, cards: int, outcome: str) -> str:
        """What a card says: the commonest wording, what the bot made of it, and a few of the others."""
        words, asked = self._room.words, [one.asked[:LONGEST] for one in cluster.wordings]
        card = words.card.format(number=len(cluster.numbers), left=cards, asked=asked[0], outcome=outcome)
        others = [f"• {one}" for one in asked[1 : 1 + SHOWN]]
        return "\n".join([card, *([words.card_wordings, *others] if others else [])])

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
        test = await asyncio.to_thread(_other, found, phrase, self._room.catalogue)
        if test:
            await self._learn(visit, editor, lesson, phrase, test)
        else:
            await self._ask(visit, editor, lesson, self._room.words.other_wording.format(phrase=phrase))

    async def reworded(self, visit: Visit, editor: Editor, lesson: Lesson, said: str) -> None:
        """Another wording was given."""
        found = await self._wordings(visit, lesson.card)
        if not found:
            return
        test, phrase = await asyncio.to_thread(self._room.engine.wording, said), found[0].masked
        if not test.words or test.repeats(phrase, self._room.catalogue):
            await self._room.says(visit, self._room.words.same_wording)
            return
        await self._learn(visit, editor, lesson, phrase, test)

    async def _learn(self, visit: Visit, editor: Editor, lesson: Lesson, phrase: str, test: Wording) -> None:
        topic = lesson.topic
        edit = NewPhrase(topic, phrase, Proof(topic, test.asked, label_of(test, topic, self._room.catalogue)))
        what = self._room.words.as_phrase.format(topic=topic)
        await self._proposals.consider(visit, editor, self._change(lesson.card, edit, what))

    async def found(self, visit: Visit, editor: Editor, card: Card) -> None:
        """A topic of their own: its names are asked for."""
        await self._ask(visit, editor, Founding(card), self._room.words.new_topic.format(drug=_SLOT))

    async def founded(self, visit: Visit, editor: Editor, founding: Founding, said: str) -> None:
        """Key, title, question and wordings were given, a line each; the last wording becomes the test question."""
        first, *lines = [line.strip() for line in said.splitlines() if line.strip()] or [""]
        named = _FIRST_LINE.fullmatch(first)
        if not named or not is_key(named[1]) or len(lines) < FEWEST_LINES - 1:
            await self._room.says(visit, self._room.words.new_topic_form)
            return
        found = await self._wordings(visit, founding.card)
        if not found:
            return
        masked = [one.masked for one in found]
        edit = await asyncio.to_thread(_topic, self._room.engine, named[1], named[2], masked, lines)
        what = self._room.words.as_topic.format(topic=named[1])
        await self._proposals.consider(visit, editor, self._change(founding.card, edit, what))

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
        if not key_of(word):
            await self._room.says(visit, self._room.words.no_key.format(word=word[:LONGEST]))
            return
        named = replace(declining, word=" ".join(word.casefold().split()))
        question = self._room.words.which_list.format(word=named.word)
        await self._ask(visit, editor, named, question, tuple(self._room.catalogue.foreign))

    async def _listed(self, visit: Visit, editor: Editor, declining: Declining, list_name: str | None) -> None:
        """The list is known too."""
        found = await self._wordings(visit, declining.card)
        key = key_of(declining.word)
        if not list_name or not found or not key:
            await self._room.says(visit, self._room.words.gone)
            return
        test = Proof(Expected.OUT_OF_DOMAIN, found[0].asked, Label(Expected.OUT_OF_DOMAIN))
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
        return Label(Expected.ANSWER, (topic,))
    if not wording.drugs:
        return Label(Expected.CLARIFY_OR_BOTH, (topic,), population=wording.populations)
    others = tuple(drug for drug in catalogue.drugs if drug not in wording.drugs)
    return Label(Expected.ANSWER, (topic,), wording.drugs, others, wording.populations)


def _other(wordings: Sequence[Wording], phrase: str, catalogue: Catalogue) -> Wording | None:
    """The first that is more than this phrase."""
    return next((one for one in wordings[1:] if not one.repeats(phrase, catalogue)), None)


def _topic(engine: Answers, key: str, title: str, masked: Sequence[str], lines: Sequence[str]) -> NewTopic:
    """A topic asked in these masked wordings and these lines, of which the last becomes the test question.

    A line that has slots already is taught as it stands, another with names masked.
    """
    question, *ways, test = lines
    phrases = (line if _SLOT in line else engine.wording(line).masked for line in (question, *ways))
    proof = Proof(key, test, Label(Expected.NOT_REPORTED, (key,), engine.wording(test).drugs))
    return NewTopic(key, title, question, tuple(dict.fromkeys((*masked, *phrases))), proof)


def _telling(wording: Wording) -> tuple[str, ...]:
    """The words that may name what is not covered: those that nobody placed, then the longest."""
    return tuple(dict.fromkeys((*wording.unknown, *sorted(wording.words, key=len, reverse=True))))[:SHOWN]


def _topics(wording: Wording, catalogue: Catalogue) -> tuple[str, ...]:
    """All of them, those that come near first."""
    return tuple(dict.fromkeys((*wording.topics, *catalogue.topics)))
