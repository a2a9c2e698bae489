"""A Telegram for tests: the Bot API on the loopback, people to talk to the bot, and faults on demand.

from tests.emulator import Person, TelegramWorld, serve
world = TelegramWorld()
async with serve(world) as base_url:          # bots call {base_url}/bot{world.token}/{method}
    amira = Person(world, "Amira")
    await amira.says("thal relapse?")
    assert "months" in (await amira.hears()).text
assert world.lint == []                       # no parameter that Telegram would have ignored

`faults` holds the menu of what can go wrong. `test_emulator_*.py` keep the emulator honest with what others
wrote: TDLib parses the markup, aiogram and python-telegram-bot parse and use what it says.
"""

from .conversation import Person, Silence
from .reply import Button, Reply
from .server import serve
from .world import TelegramWorld

__all__ = ["Button", "Person", "Reply", "Silence", "TelegramWorld", "serve"]
