"""What an operator can set."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.errors import SettingsError
from bot.settings import HERE, Settings, read_settings


@pytest.fixture(autouse=True)
def nothing_is_set(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A working directory without a `.env`, and none of our variables."""
    monkeypatch.chdir(tmp_path)
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)


def test_without_any_setting_the_bot_answers_in_the_terminal_from_the_content_beside_it() -> None:
    settings = read_settings()
    assert settings.telegram_bot_token is None
    assert settings.content == HERE
    assert settings.telegram_api_url == "https://api.telegram.org"


def test_an_empty_variable_counts_as_not_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", "")
    monkeypatch.setenv("CONTEXT_MINUTES", "")
    assert read_settings() == Settings(_env_file=None)


def test_a_file_in_the_working_directory_holds_settings_and_the_environment_wins(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / ".env").write_text("CONTEXT_MINUTES=5\nLOG_LEVEL=DEBUG\nSOMEONE_ELSES=1\n")
    monkeypatch.setenv("LOG_LEVEL", "ERROR")
    settings = read_settings()
    assert (settings.context_minutes, settings.log_level) == (5, "ERROR")


def test_the_token_is_never_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", "123456789:AAcanary")
    assert "canary" not in repr(read_settings())


def test_metrics_cannot_stand_on_the_port_that_a_proxy_passes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in (("WEBHOOK_URL", "https://hospital.example/hook"), ("HEALTH_PORT", "8080")):
        monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError, match=r"HEALTH_PORT: .* port of the webhook"):
        read_settings()
    monkeypatch.delenv("WEBHOOK_URL")
    assert read_settings().health_port == 8080


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("TELEGRAM_BOT_TOKEN", "canary"),
        ("TELEGRAM_BOT_TOKEN", "123456789:AA/../canary"),
        ("TELEGRAM_BOT_TOKEN", "canary:AAAA"),
        ("TELEGRAM_API_URL", "canary.example"),
        ("TELEGRAM_API_URL", "https://canary.example/"),
        ("CONTEXT_MINUTES", "0"),
        ("WEBHOOK_URL", "canary.example/hook"),
        ("WEBHOOK_URL", "https://canary.example"),
        ("WEBHOOK_SECRET", "canary, and not sixteen"),
        ("WEBHOOK_PORT", "65536"),
        ("DATABASE_URL", "postgresql://canary"),
        ("DATABASE_URL", "sqlite+aiosqlite:///"),
        ("LOG_LEVEL", "canary"),
        ("LOG_FORMAT", "canary"),
        ("HEALTH_PORT", "canary"),
    ],
)
def test_a_value_that_cannot_be_is_refused_by_name_without_showing_it(
    name: str, value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError, match=name) as caught:
        read_settings()
    assert "canary" not in str(caught.value)
    assert "\n" not in str(caught.value)
