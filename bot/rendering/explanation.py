"""How a question was understood, in plain lines: for editors and for whoever doubts an answer."""

from __future__ import annotations

from collections.abc import Iterator

from bot.domain.interpretation import Asked, Interpretation, Nothing, Trace, Unsure
from bot.domain.reply import Answered, NotReported, Reply
from bot.rendering.data import outcome


def explanation(interpretation: Interpretation, reply: Reply) -> str:
    """What was understood and why, step by step, with file and line of every finding used."""
    return "\n".join([*_steps(interpretation.trace), *_decision(interpretation, reply), *_findings(reply)])


def _steps(trace: Trace) -> Iterator[str]:
    yield f"normalised   {trace.normalised}"
    for mention in trace.mentions:
        yield f'mention      "{mention.text}" is {mention.sort}: {" or ".join(mention.keys)} ({mention.how})'
    for part in trace.masked:
        yield f"masked       {part}"
    for place, scored in enumerate(trace.ranking, start=1):
        yield f"ranking {place}    {scored.score:.3f} {scored.label}"
    if trace.threshold:
        yield f"threshold    {trace.threshold:.2f}, margin {trace.margin:.2f}"
    if trace.unexplained:
        yield f"unexplained  {', '.join(trace.unexplained)}"


def _decision(interpretation: Interpretation, reply: Reply) -> Iterator[str]:
    reason = interpretation.trace.reason
    yield f"reading      {type(interpretation).__name__.lower()}{f': {reason}' if reason else ''}"
    match interpretation:
        case Asked():
            yield f"asked        {', '.join(interpretation.topics)} of {', '.join(interpretation.drugs) or 'no drug'}"
            if interpretation.carried:
                yield f"carried      {', '.join(interpretation.carried)}"
        case Unsure(doubt=doubt):
            yield f"doubt        {doubt}"
        case Nothing(why=why):
            yield f"why          {why}"
        case _:
            pass
    yield f"reply        {outcome(reply)}"


def _findings(reply: Reply) -> Iterator[str]:
    stated = reply.stated if isinstance(reply, Answered | NotReported) else ()
    for one in stated:
        for found in one.findings:
            yield f"finding      {found.id} at {found.place}"
