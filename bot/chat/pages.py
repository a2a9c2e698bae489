"""What is shown without having been asked: pages made of the content's own sentences."""

from __future__ import annotations

from bot.domain.reply import Refused, Reply, SmallTalk, Understood
from bot.live import Answers

CHOSEN = Understood("chosen", confidence=1.0)


def welcome(engine: Answers) -> Reply:
    """/start and /help: what is covered and what not, with examples to tap."""
    return SmallTalk(CHOSEN, engine.catalogue.messages.start, engine.examples())


def topics(engine: Answers) -> Reply:
    """/topics: what can be asked, each a button."""
    return SmallTalk(CHOSEN, engine.catalogue.messages.topics, engine.topic_options())


def not_text(engine: Answers) -> Reply:
    """A photo, a sticker, a voice message: nothing of it was looked at."""
    return Refused(CHOSEN, engine.catalogue.messages.not_text)


def expired(engine: Answers) -> Reply:
    """A button that another version of the bot made."""
    return Refused(CHOSEN, engine.catalogue.messages.expired)
