"""A change of the content that somebody proposes: whole new texts of files, and why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from bot.content import layout
from bot.content.layout import ENDING, FOLDERS

QUESTIONS = layout.QUESTIONS.folder
"""Where the content's own test questions stand, from the content's folder."""


class ProposalError(ValueError):
    """What is proposed can be no change of the content. Says why in a sentence for editors."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """The whole new text of each file by its path from the content's folder; None removes the file.

    `correction` says that what stood there was wrong, not merely older. Ends of lines become "\\n", and the reason one
    line, so that nothing in it passes for what the history is read by. Raises ProposalError for a path that leads
    elsewhere, for text that is no UTF-8, and where nothing is proposed.
    """

    edits: Mapping[str, str | None] = field(repr=False)
    why: str
    correction: bool = False

    def __post_init__(self) -> None:
        if not self.edits:
            raise ProposalError("Nothing is proposed: no file is named.")
        for path in self.edits:
            if not is_content(path):
                raise ProposalError(f"{path!r} is no file of the content: name one as knowledge/…{ENDING}.")
        object.__setattr__(self, "why", " ".join(self.why.split()))
        object.__setattr__(self, "edits", {path: _text(path, text) for path, text in self.edits.items()})


def is_question_file(path: str) -> bool:
    """Whether test questions belong at a path."""
    return PurePosixPath(path).parent == QUESTIONS


def is_content(path: str) -> bool:
    """Whether a path is a plain path of a YAML file in one of the folders."""
    plain = PurePosixPath(path)
    if str(plain) != path or ".." in plain.parts or not path.isprintable() or plain.suffix != ENDING:
        return False
    return (len(plain.parts) > 1 and plain.parts[0] in FOLDERS) or is_question_file(path)


def _text(path: str, text: str | None) -> str | None:
    if text is None:
        return None
    try:
        text.encode()
    except UnicodeEncodeError:
        raise ProposalError(f"The text for {path} holds a character that cannot be written as UTF-8.") from None
    return text.replace("\r\n", "\n").replace("\r", "\n")
