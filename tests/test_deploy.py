"""What an operator copies fits the program."""

from __future__ import annotations

import json
import re
from pathlib import Path
from subprocess import run

import yaml
from prometheus_client import CollectorRegistry
from prometheus_client.parser import text_string_to_metric_families

from bot.changing.proposal import QUESTIONS
from bot.changing.snapshot import Snapshot
from bot.chat import serving
from bot.chat.metrics import Metrics
from bot.cli import main
from bot.content.layout import FOLDERS
from bot.errors import ExitCode
from bot.settings import Settings
from tests.chat.test_metrics import STATE

ROOT = Path(__file__).parent.parent
DEPLOY = ROOT / "deploy"
DOCKERFILE = (DEPLOY / "Dockerfile").read_text()
UNIT = (DEPLOY / "rounds.service").read_text()
COMPOSE = yaml.safe_load((DEPLOY / "compose.yaml").read_text())["services"]["bot"]
RUNBOOK = (DEPLOY / "RUNBOOK.md").read_text()
EXAMPLE = dict(re.findall(r"^#?([A-Z_]+)=(.*)$", (DEPLOY / "example.env").read_text(), re.MULTILINE))
LONGEST_STOP = 10


def test_the_example_names_every_setting_and_no_other() -> None:
    assert list(EXAMPLE) == [name.upper() for name in Settings.model_fields]


def test_the_example_shows_the_defaults() -> None:
    shown = {name.lower(): value for name, value in EXAMPLE.items() if value}
    assert Settings(_env_file=None, **shown) == Settings(_env_file=None)


def test_the_image_copies_what_exists_and_the_program_needs() -> None:
    copied = re.findall(r"^COPY (?!--from)(\S+) ", DOCKERFILE, re.MULTILINE)
    assert {"bot", "knowledge", "intents", "tests/questions", "deploy/requirements.txt"} == set(copied)
    assert all((ROOT / path).exists() for path in copied)
    let_through = (DEPLOY / "Dockerfile.dockerignore").read_text().splitlines()
    assert {f"!{path}" for path in copied} <= set(let_through)


def test_the_image_does_not_run_as_root() -> None:
    *_, last_user = re.findall(r"^USER (\S+)$", DOCKERFILE, re.MULTILINE)
    assert last_user == "rounds"
    assert DOCKERFILE.index("\nUSER ") < DOCKERFILE.index("\nENTRYPOINT ")


def test_the_image_installs_only_what_the_lock_file_pins() -> None:
    assert "--require-hashes --no-deps -r requirements.txt" in DOCKERFILE


def test_compose_builds_this_image_and_mounts_the_content_so_that_editors_can_change_it() -> None:
    context = (DEPLOY / COMPOSE["build"]["context"]).resolve()
    assert context == ROOT
    assert (context / COMPOSE["build"]["dockerfile"]).is_file()
    *content, state = COMPOSE["volumes"]
    for volume in content:
        here, there = volume.split(":")
        assert (DEPLOY / here).resolve().is_dir()
        assert there == f"/rounds/{here.removeprefix('../')}"
    assert [volume.partition(":")[0] for volume in content] == [f"../{path}" for path in (*FOLDERS, QUESTIONS)]
    name, folder = state.split(":")
    assert name in yaml.safe_load((DEPLOY / "compose.yaml").read_text())["volumes"]
    assert f"VOLUME {folder}\n" in DOCKERFILE
    assert f"--owner=rounds --mode=0700 {folder}\n" in DOCKERFILE
    assert Settings(_env_file=None).database_url == f"sqlite+aiosqlite:///{ROOT / Path(folder).name}/rounds.db"


def test_the_unit_keeps_its_database_where_systemd_lets_it_write() -> None:
    assert f"Environment=DATABASE_URL=sqlite+aiosqlite:////var/lib/{_of_unit('StateDirectory')}/rounds.db\n" in UNIT


def test_a_start_is_kept_for_the_next_one_where_it_may_be_written() -> None:
    """Neither has a home of its own, and everything but these folders is read-only."""
    assert f"Environment=XDG_CACHE_HOME=/var/cache/{_of_unit('CacheDirectory')}\n" in UNIT
    assert _of_unit("CacheDirectoryMode") == "0700"
    (volume,) = re.findall(r"^VOLUME (.*)$", DOCKERFILE, re.MULTILINE)
    assert f"ENV XDG_CACHE_HOME={volume}/cache\n" in DOCKERFILE
    assert COMPOSE["read_only"]


def test_the_unit_keeps_content_that_editors_change_where_systemd_lets_it_write(tmp_path: Path) -> None:
    """Its first start copies what the checkout has, and a later one leaves it as editors made it."""
    assert f"Environment=CONTENT=/var/lib/{_of_unit('StateDirectory')}/content\n" in UNIT
    (script,) = re.findall(r"^ExecStartPre=/bin/sh -ec '(.*?)'$", UNIT, re.MULTILINE | re.DOTALL)
    here = script.replace("\\\n", "").replace("/var/lib/rounds", str(tmp_path)).replace("/opt/rounds", str(ROOT))
    run(["/bin/sh", "-ec", here], check=True)
    changed = tmp_path / "content/knowledge/drugs.yaml"
    assert Snapshot.of(tmp_path / "content").digest == Snapshot.of(ROOT).digest
    changed.write_text("drugs: {}\n")
    run(["/bin/sh", "-ec", here], check=True)
    assert changed.read_text() == "drugs: {}\n"


def test_the_unit_starts_the_program_where_make_sets_it_up() -> None:
    directory = _of_unit("WorkingDirectory")
    assert _of_unit("ExecStart") == f"{directory}/.venv/bin/python -m bot run"
    assert "VENV   := .venv" in (ROOT / "Makefile").read_text()
    assert _of_unit("DynamicUser") == "yes"


def test_the_image_asks_the_program_how_it_does() -> None:
    (check,) = re.findall(r"^ CMD (\[.*\])$", DOCKERFILE, re.MULTILINE)
    *_, command = json.loads(check)
    assert command in main.commands
    (port,) = re.findall(r"^ENV HEALTH_PORT=(\d+)$", DOCKERFILE, re.MULTILINE)
    assert Settings(_env_file=None, health_port=port).health_host == "127.0.0.1"


def test_the_runbook_names_metrics_that_there_are() -> None:
    kept = {family.name for family in text_string_to_metric_families(metrics_of_a_start())}
    named = set(re.findall(r"`(rounds_[a-z_]+?)(?:_total)?(?:\{[^}]*\})?`", RUNBOOK))
    assert len(named) == 10
    assert named <= kept


def test_supervisors_leave_more_time_than_stopping_takes() -> None:
    assert serving.GRACE < LONGEST_STOP < int(_of_unit("TimeoutStopSec"))
    assert int(COMPOSE["stop_grace_period"].removesuffix("s")) > LONGEST_STOP


def test_the_unit_does_not_start_again_what_a_person_must_mend() -> None:
    listed = {ExitCode(int(code)) for code in _of_unit("RestartPreventExitStatus").split()}
    assert listed == {ExitCode.TOKEN, ExitCode.CONTENT, ExitCode.SETTINGS, ExitCode.STORE}


def test_the_runbook_explains_every_exit_code() -> None:
    explained = [int(code) for code in re.findall(r"^\| (\d) \|", RUNBOOK, re.MULTILINE)]
    assert explained == list(ExitCode)


def test_the_runbook_quotes_the_log_as_it_is() -> None:
    program = "".join(path.read_text() for path in (ROOT / "bot").rglob("*.py"))
    table, *_ = RUNBOOK.partition("| the log says |")[2].split("\n\n")
    quoted = re.findall(r"^\| `([^`]+)` \|", table, re.MULTILINE)
    assert len(quoted) == 18
    for line in quoted:
        assert all(part.strip(" ();:") in program for part in line.split("…") if part.strip(" ();:"))


def metrics_of_a_start() -> str:
    """What Prometheus reads before anything has happened."""
    metrics = Metrics(CollectorRegistry())
    metrics.watch(lambda: STATE)
    return metrics.exposition()[1].decode()


def _of_unit(name: str) -> str:
    """The value of a line of the unit; fails when it stands there twice, or not at all."""
    (value,) = re.findall(rf"^{name}=(.*)$", UNIT, re.MULTILINE)
    return str(value)
