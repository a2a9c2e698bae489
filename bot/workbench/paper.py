"""What the templates are filled with the help of."""

from __future__ import annotations

from urllib.parse import quote

from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.templating import Jinja2Templates

from bot.changing.comparison import changed_lines
from bot.chat import feedback
from bot.chat.calls import Button
from bot.domain.place import Place
from bot.workbench.bubbles import bubble
from bot.workbench.buttons import written


def link_to(place: Place) -> str:
    """The address of a line of a file."""
    return f"/file/{quote(place.path)}?line={place.line}"


def is_opinion(button: Button) -> bool:
    """Whether it takes feedback, and so changes the buttons instead of asking something."""
    return button.data.partition("|")[0] in {feedback.TAP, feedback.NAMING}


def _environment() -> Environment:
    """Everything is escaped but what says that it is HTML; a name that is not there is an error."""
    environment = Environment(
        loader=PackageLoader("bot.workbench"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"bubble": bubble, "link_to": link_to, "rows": written}
    environment.tests |= {"opinion": is_opinion}
    environment.globals |= {"changed_lines": changed_lines}
    return environment


TEMPLATES = Jinja2Templates(env=_environment())
"""The templates in the folder beside this file."""
