"""Whatever is typed: a reply comes, it is valid HTML within Telegram's limits, and figures need a drug."""

from __future__ import annotations

from html.parser import HTMLParser

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from bot.answering.engine import BLANK, Engine
from bot.domain.context import Context
from bot.domain.interpretation import Sort
from bot.domain.reply import Answered
from bot.rendering import html, plain
from bot.rendering.data import data

FEW = settings(max_examples=150, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
TAGS = {"a", "b", "i", "blockquote"}
WORDS = st.sampled_from(
    (
        *(
            "thal",
            "len",
            "lenalidomide",
            "thalidomide",
            "pomalidomide",
            "dose",
            "relapse",
            "how many",
            "in",
            "what about",
        ),
        *("children", "kidney", "pregnant", "myeloma", "dle", "neuropathy", "clots", "9 yo", "not", "and", "without"),
        *("is", "safe", "the", "it", "source", "thanks", "100 mg", "?", ".", "/", ","),
    )
)
SENTENCES = st.lists(WORDS, max_size=14).map(" ".join)
TEXTS = st.one_of(
    st.text(max_size=300), SENTENCES, st.lists(SENTENCES | st.text(max_size=20), max_size=4).map("\n".join)
)


class Tags(HTMLParser):
    """Follows the tags that are open, and fails at one that Telegram does not know or that closes another."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.read = ""

    def handle_data(self, data: str) -> None:
        """What Telegram counts."""
        self.read += data

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Only what Telegram knows."""
        assert tag in TAGS
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """The last that was opened."""
        assert self.open.pop() == tag


@FEW
@given(text=TEXTS)
@example(text="What dose of thalidnod is used?")
@example(text="\u202ethal dose\u0000")
@example(text="𝓽𝓱𝓪𝓵 dose ½")
def test_any_text_gets_a_reply_that_telegram_can_show(engine: Engine, text: str) -> None:
    """Every tag is known and closed, and no message is too long or empty."""
    reply = engine.reply_to(text).reply
    messages = html.messages(reply, engine.library)
    assert messages
    for message in messages:
        tags = Tags()
        tags.feed(message)
        tags.close()
        assert not tags.open
        assert 0 < len(tags.read) <= html.LIMIT
        assert len(message.encode()) <= html.MOST_BYTES
    assert plain.text(reply, engine.library).strip()
    assert 0 <= data(reply, engine.library, "any")["confidence"] <= 1


@FEW
@given(text=TEXTS)
def test_figures_need_a_drug_in_the_question(engine: Engine, text: str) -> None:
    """Where nothing in the text is read as one of our drugs and nothing came before, no figure of one stands."""
    if _names_one_of_ours(engine, text):
        return
    reply = engine.reply_to(text).reply
    stated = reply.stated if isinstance(reply, Answered) else ()
    single = {topic for topic in engine.catalogue.topics if len(engine.catalogue.drugs_of(topic)) == 1}
    assert not [one for one in stated if one.drug and one.topic not in single | {"studies"}]


@FEW
@given(first=TEXTS, second=TEXTS)
def test_a_conversation_of_any_texts_goes_on(engine: Engine, first: str, second: str) -> None:
    """What one turn leaves behind never breaks the next, and its options can be tapped."""
    turn = engine.reply_to(first)
    later = engine.reply_to(second, turn.context)
    for option in (*turn.reply.options, *later.reply.options):
        assert html.messages(engine.reply_to_option(option, later.context).reply, engine.library)


@FEW
@given(text=TEXTS)
def test_the_same_question_gets_the_same_reply(engine: Engine, text: str) -> None:
    """Nothing but the text and the context decides."""
    context = Context()
    assert engine.reply_to(text, context) == engine.reply_to(text, BLANK)


def _names_one_of_ours(engine: Engine, text: str) -> bool:
    """Whether anything in the text was read as a name of one of our drugs, or of both."""
    mentions = engine.interpret(text).trace.mentions
    return any(mention.sort in {Sort.DRUG, Sort.DRUG_CLASS} for mention in mentions)
