"""A review as JSON-ready fields, for programs."""

from __future__ import annotations

from typing import Any

from bot.changing.review import Review
from bot.domain.place import Place


def data(review: Review) -> dict[str, Any]:
    """Every part of it, also where it is empty; `adversary` is null where no engine could be built."""
    trial = review.adversary
    return {
        "may_go_live": review.may_go_live,
        "problems": [
            {
                **_placed(one.place),
                "severity": str(one.severity),
                "rule": one.rule,
                "message": one.message,
                "remedy": one.remedy,
            }
            for one in review.problems
        ],
        "differences": [
            {
                **_placed(one.place),
                "sort": str(one.sort),
                "text": one.text,
                "before": one.before,
                "after": one.after,
                "about": one.about,
                "keys": list(one.keys),
                "finding": one.finding,
            }
            for one in review.differences
        ],
        "answers": [{"title": one.title, "before": one.before, "after": one.after} for one in review.answers],
        "questions": [
            {
                "name": one.name,
                "text": one.text,
                "before": one.before,
                "after": one.after,
                "fate": str(one.fate),
            }
            for one in review.questions
        ],
        "taught": list(review.taught),
        "adversary": trial and {"probes": trial.probes, "failures": trial.failures, "new": list(trial.new)},
    }


def _placed(place: Place) -> dict[str, Any]:
    return {"path": place.path, "line": place.line}
