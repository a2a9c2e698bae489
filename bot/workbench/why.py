"""Why an answer was given, laid out for the eye."""

from __future__ import annotations

from dataclasses import dataclass
from typing import assert_never

from bot.domain.catalogue import Catalogue, Located
from bot.domain.finding import Citation, Statement
from bot.domain.interpretation import Asked, Declined, Interpretation, Mention, Nothing, Talk, Trace, Unsure
from bot.domain.place import Place
from bot.domain.reply import Answered, Library, NotReported, Reply
from bot.rendering import figures
from bot.rendering.data import outcome
from bot.rendering.page import CHECKED
from bot.workbench.chat import Exchange


@dataclass(frozen=True, slots=True)
class Bar:
    """A topic with its score from 0 to 1."""

    title: str
    score: float
    is_best: bool


@dataclass(frozen=True, slots=True)
class Ranking:
    """The bars, best first; what the best must reach, and what the second must stay below."""

    bars: tuple[Bar, ...]
    threshold: float
    margin: float

    @property
    def too_close(self) -> float:
        """The score from which the second lies too near to the best."""
        return self.bars[0].score * (1 - self.margin) if self.bars else 0.0


@dataclass(frozen=True, slots=True)
class Evidence:
    """A finding that the answer states: where it stands in the files, and in the literature."""

    id: str
    place: Place
    figure: str
    says: str
    kind: str
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Why:
    """Everything of one turn that an editor may want to know."""

    outcome: str
    reading: str
    reason: str
    asked: tuple[str, ...]
    carried: tuple[str, ...]
    trace: Trace
    mentions: tuple[tuple[Mention, str], ...]
    """Each with the names of what it may mean."""
    ranking: Ranking | None
    findings: tuple[Evidence, ...]


def why(exchange: Exchange) -> Why | None:
    """None where no question was answered."""
    if exchange.turn is None:
        return None
    reply, engine = exchange.turn.reply, exchange.engine
    interpretation = exchange.turn.interpretation
    trace = getattr(interpretation, "trace", Trace())
    return Why(
        outcome=outcome(reply).replace("_", " "),
        reading=_reading(interpretation),
        reason=trace.reason,
        asked=_asked(interpretation, reply, engine.catalogue),
        carried=interpretation.carried if isinstance(interpretation, Asked) else (),
        trace=trace,
        mentions=tuple((mention, " or ".join(map(_words, mention.keys))) for mention in trace.mentions),
        ranking=_ranking(trace, engine.catalogue),
        findings=tuple(_evidence(found, engine.library) for found in _stated(reply)),
    )


def _reading(interpretation: Interpretation | None) -> str:
    """What came of the question, in a few words."""
    match interpretation:
        case Asked(how="chosen"):
            return "chosen with a button, a command or a link: nothing had to be read"
        case Asked():
            return "understood, and sure enough to answer"
        case Unsure(doubt=doubt):
            return f"more than one reading: asks back ({_words(doubt)})"
        case Declined():
            return "known, and not covered here"
        case Talk():
            return "talk beside the subject"
        case Nothing(why=why):
            return f"nothing understood: {_words(why)}"
        case None:
            return "not read: the button belongs to older content"
        case _:
            assert_never(interpretation)


def _asked(interpretation: Interpretation | None, reply: Reply, catalogue: Catalogue) -> tuple[str, ...]:
    """Topics, drugs and group, by their names."""
    understood = reply.understood
    topics = [catalogue.topics[key].title for key in understood.topics if key in catalogue.topics]
    drugs = [catalogue.drugs[key].name for key in understood.drugs if key in catalogue.drugs]
    group = catalogue.populations.get(understood.population or "")
    aspect = catalogue.aspects.get(getattr(interpretation, "aspect", None) or "")
    return (*topics, *drugs, *(one.name for one in (group, aspect) if one))


def _ranking(trace: Trace, catalogue: Catalogue) -> Ranking | None:
    if not trace.ranking:
        return None
    titles = {key: topic.title for key, topic in catalogue.topics.items()}
    named = [(titles.get(one.label, f"Small talk: {_words(one.label)}"), one.score) for one in trace.ranking]
    bars = (Bar(title, score, place == 0) for place, (title, score) in enumerate(named))
    return Ranking(tuple(bars), trace.threshold, trace.margin)


def _words(key: str) -> str:
    """A key in words, without the list that it stands in."""
    return key.rpartition(":")[2].rpartition(".")[2].replace("_", " ")


def _stated(reply: Reply) -> tuple[Located, ...]:
    stated = reply.stated if isinstance(reply, Answered | NotReported) else ()
    return tuple({found.id: found for one in stated for found in one.findings}.values())


def _evidence(found: Located, library: Library) -> Evidence:
    is_statement = isinstance(found.finding, Statement)
    return Evidence(
        id=found.id,
        place=found.place,
        figure="" if is_statement else figures.figure(found),
        says=found.finding.says,
        kind=" · ".join(filter(None, (figures.kind(found), figures.basis(found), found.design))),
        sources=tuple(dict.fromkeys(_source(citation, library) for citation in found.citations)),
    )


def _source(citation: Citation, library: Library) -> str:
    """Who says so, where, and what was read of it."""
    tag = library.references[citation.reference].tag
    teller = f", told by {library.references[citation.told_by].tag}" if citation.told_by else ""
    return f"{tag}, {citation.locator}{teller} ({CHECKED[citation.checked]})"
