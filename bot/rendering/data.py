"""A reply as JSON-ready data: the public interface of `ask --json`."""

from __future__ import annotations

from typing import Any, assert_never

from bot.domain.reply import (
    Answered,
    Clarification,
    Library,
    NotReported,
    NotUnderstood,
    Option,
    OutOfScope,
    Refused,
    Reply,
    SmallTalk,
    Stated,
)
from bot.rendering import age, html, plain


def data(reply: Reply, library: Library, content_version: str) -> dict[str, Any]:
    """The fields of a reply. Fields may be added, never renamed."""
    understood = reply.understood
    stated = reply.stated if isinstance(reply, Answered | NotReported) else ()
    nearby = reply.nearby if isinstance(reply, NotReported) else ()
    return {
        "outcome": outcome(reply),
        "answers": [_answer(one, library) for one in stated],
        "nearby": [_answer(one, library) for one in nearby],
        "options": [_option(option) for option in reply.options if option.topic],
        "patient_specific": bool(getattr(reply, "notice", None)),
        "understood": {
            "how": understood.how,
            "topic": understood.topics[0] if understood.topics else None,
            "drug": understood.drugs[0] if understood.drugs else None,
            "topics": list(understood.topics),
            "drugs": list(understood.drugs),
            "population": understood.population,
        },
        "confidence": round(understood.confidence, 3),
        "text": plain.text(reply, library),
        "html": "\n\n".join(html.messages(reply, library)),
        "content_version": content_version,
    }


def outcome(reply: Reply) -> str:
    """The kind of a reply, as the interface names it."""
    match reply:
        case Answered():
            return "answer"
        case NotReported():
            return "not_reported"
        case Clarification():
            return "clarification"
        case OutOfScope():
            return "out_of_scope"
        case NotUnderstood():
            return "not_understood"
        case SmallTalk():
            return "small_talk"
        case Refused():
            return "refused"
        case _:
            assert_never(reply)


def _answer(stated: Stated, library: Library) -> dict[str, Any]:
    checked = age.last_checked(stated, library)
    return {
        "topic": stated.topic,
        "drug": stated.drug,
        "population": stated.population,
        "state": str(stated.state),
        "findings": [found.id for found in stated.findings],
        "citations": [{"reference": c.reference, "locator": c.locator} for c in stated.citations],
        "literature_to": age.literature_to(stated, library),
        "last_checked": checked.isoformat() if checked else None,
        "withheld": list(age.withheld(stated)),
    }


def _option(option: Option) -> dict[str, Any]:
    return {"label": option.label, "topic": option.topic, "drug": option.drug}
