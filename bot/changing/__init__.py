"""What a change of the content means, and how it goes live.

now = Snapshot.of(root)                                          # what lies in the folder
proposal = Proposal({"intents/dose.yaml": text}, why="…")        # whole new texts by path; None removes a file
found = review(now, now.changed_by(proposal), today)             # problems, differences, answers, questions …
found.differences[0].text                                        # "25 to 75% → 25 to 70%, relapse rate, …"
found.answers[0].title, found.answers[0].before, found.answers[0].after
found.questions[0].text, found.questions[0].is_worse             # test questions whose outcome changes
found.may_go_live, page(found)                                   # the verdict; everything, for a terminal
press = Press(root)
edition = press.publish(proposal, "Ada <ada@example.org>", over=now.digest)   # raises PressError
press.history(10); press.undo("Ada", edition.id); press.live(); press.recover()
"""

from bot.changing.answers import ChangedAnswer
from bot.changing.difference import Difference, Sort
from bot.changing.edition import Edition, HistoryError
from bot.changing.outcomes import ChangedQuestion, Fate
from bot.changing.press import BusyError, OutdatedError, Press, PressError, RefusedError
from bot.changing.proposal import Proposal, ProposalError
from bot.changing.review import Review, review
from bot.changing.snapshot import Snapshot
from bot.changing.step import Step
from bot.changing.trial import Trial

__all__ = [
    "BusyError",
    "ChangedAnswer",
    "ChangedQuestion",
    "Difference",
    "Edition",
    "Fate",
    "HistoryError",
    "OutdatedError",
    "Press",
    "PressError",
    "Proposal",
    "ProposalError",
    "RefusedError",
    "Review",
    "Snapshot",
    "Sort",
    "Step",
    "Trial",
    "review",
]
