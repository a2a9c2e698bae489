"""What an operator sets: environment variables, or the same names in a file `.env` in the working directory."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, BeforeValidator, Field, SecretStr, ValidationError, ValidationInfo, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from bot.errors import SettingsError

HERE = Path(__file__).resolve().parent.parent


def _token(value: SecretStr) -> SecretStr:
    """The number, a colon and the secret that BotFather gives out: nothing else may become part of an address."""
    number, _, secret = value.get_secret_value().partition(":")
    if not number.isdecimal() or not secret.replace("-", "").replace("_", "").isalnum():
        raise ValueError("this does not look like a token of BotFather: digits, a colon, letters and digits")
    return value


def _webhook_secret(value: SecretStr) -> SecretStr:
    """What Telegram takes as a secret."""
    if not re.fullmatch(r"[A-Za-z0-9_-]{16,256}", value.get_secret_value()):
        raise ValueError("a secret has 16 to 256 letters, digits, _ and -")
    return value


def _numbers(value: object) -> object:
    """What commas separate."""
    return [part.strip() for part in value.split(",")] if isinstance(value, str) else value


People = Annotated[frozenset[int], NoDecode, BeforeValidator(_numbers)]
"""Numbers of Telegram accounts, with commas between them."""
Access = Literal["open", "listed", "invited"]
Weekday = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "never"]


class ContentSettings(BaseSettings):
    """Where the content lies: all that most commands need, so that no other setting keeps them from running."""

    model_config = SettingsConfigDict(
        env_file=".env",
        env_ignore_empty=True,
        extra="ignore",
        frozen=True,
        hide_input_in_errors=True,
        use_attribute_docstrings=True,
    )

    content: Path = HERE
    """The folder that holds knowledge/ and intents/. It is watched, and read again when a file changes."""


class Settings(ContentSettings):
    """Each field is an environment variable of the same name in capitals; an empty one counts as not set."""

    telegram_bot_token: Annotated[SecretStr, AfterValidator(_token)] | None = None
    """The bot's token from @BotFather. Without one, the bot answers in the terminal."""
    telegram_api_url: str = Field("https://api.telegram.org", pattern=r"^https?://\S+[^/\s]$")
    """Address of the Bot API server, without a slash at the end."""
    access: Access = "open"
    """Who may ask: everyone; those listed below; or also whoever an editor has invited with a link."""
    owners: People = frozenset()
    """Those who may invite editors and dismiss members: numbers of Telegram accounts, with commas between them."""
    editors: People = frozenset()
    """Those who may invite, and who are told when a figure looks wrong."""
    users: People = frozenset()
    """Those who may ask."""
    two_person: bool = False
    """Whether a change that one editor proposes in the chat is published by another, owners included."""
    contact: str = Field("", max_length=100)
    """Whom a person who may not ask should turn to, as it is to be read."""
    questions_a_minute: int = Field(20, gt=0, le=600)
    """How much one person may ask and tap in a minute; a group three times as much."""
    keep_missed_days: int = Field(0, ge=0, le=90)
    """For how many days the words of a question that was not understood are kept for the editors; 0: not at all."""
    feedback_days: int = Field(365, gt=0, le=3650)
    """For how many days feedback is kept."""
    correction_days: int = Field(14, ge=0, le=60)
    """For how many days it is kept which figures were shown where, so that a correction reaches those who saw a wrong
    one; 0: it is not kept, and no correction is sent."""
    digest_weekday: Weekday = "monday"
    """On which day of the week the editors are told what wants a look; never: not at all."""
    digest_hour: int = Field(8, ge=0, le=23)
    """At which hour of that day, by Greenwich."""
    context_minutes: float = Field(30, gt=0, le=24 * 60)
    """For how many minutes a follow-up question ("and for lenalidomide?") knows what was spoken of."""
    database_url: str = Field(f"sqlite+aiosqlite:///{HERE / 'var/rounds.db'}", pattern=r"^sqlite\+aiosqlite:///[^?]+$")
    """Where it is kept what was asked and not answered yet: a SQLite file. One file belongs to one bot."""
    webhook_url: str | None = Field(None, pattern=r"^https?://[^/\s?#]+/[^\s?#]*$")
    """Where Telegram posts updates, with a path. Without it the bot asks for them, and needs no port."""
    webhook_secret: Annotated[SecretStr, AfterValidator(_webhook_secret)] | None = None
    """What Telegram proves itself with: letters, digits, _ and -. By default a new one at every start."""
    webhook_host: str = "127.0.0.1"
    """The address to listen on for the reverse proxy."""
    webhook_port: int = Field(8080, gt=0, lt=65536)
    """The port to listen on. /healthz and /readyz are there too."""
    health_host: str = "127.0.0.1"
    """The address to listen on for whoever watches over the program."""
    health_port: int | None = Field(None, gt=0, lt=65536)
    """The port for them, with /healthz, /readyz and /metrics. Without one, there is none."""
    workbench_token: SecretStr | None = Field(None, min_length=16)
    """What opens the workbench where others can reach it. By default a new one at every start, printed as a link."""
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"
    """How much is logged. No level logs a question or the token."""
    log_format: Literal["text", "json"] = "text"
    """How it is logged: lines for people, or a JSON object a line."""

    @field_validator("health_port")
    @classmethod
    def _not_the_webhooks(cls, port: int | None, info: ValidationInfo) -> int | None:
        """Metrics must not stand where a reverse proxy passes on what the world asks."""
        if info.data.get("webhook_url") and port == info.data.get("webhook_port"):
            raise ValueError("this is the port of the webhook: choose another")
        return port


def read_settings() -> Settings:
    """The settings of this process. Raises SettingsError, one line a fault."""
    try:
        return Settings()
    except ValidationError as error:
        faults = (f"{str(fault['loc'][0]).upper()}: {fault['msg']}" for fault in error.errors())
        raise SettingsError("\n".join(faults)) from None
