"""The house keeps its shape: who may import whom, and where libraries with side effects live."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Collection, Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

BOT = Path(__file__).parent.parent / "bot"
MODULES = sorted(BOT.rglob("*.py"))

MAY_IMPORT = {
    "domain": set(),
    "content": {"domain"},
    "matching": {"domain"},
    "answering": {"domain", "matching"},
    "rendering": {"domain"},
    "store": {"domain"},
    "studies": {"domain", "rendering"},
    "drawing": {"domain", "rendering", "studies"},
    "writing": {"domain", "content"},
    "checking": {"domain", "content", "matching", "answering", "rendering"},
    "evaluating": {"domain", "content", "matching", "answering"},
    "reviewing": {"domain", "content", "checking", "answering", "rendering"},
    "adversary": {"domain", "matching", "answering"},
    "changing": {
        *("domain", "content", "checking", "answering", "rendering", "evaluating", "reviewing", "adversary"),
        *("assembly", "cache", "calendar"),
    },
}
"""What each package may import of ours. Those at the edge (chat, commands) may import everything."""

WAITING = {"store"}
"""Packages in this list that wait for a disk; all others are pure."""

AT_HOME = {
    "telegram": {"chat"},
    "yaml": {"content"},
    "ruamel": {"writing"},
    "rapidfuzz": {"matching", "adversary"},  # the adversary judges names by a yardstick of its own
    "numpy": {"matching"},
    "click": {"commands", "cli.py"},
    "watchfiles": {"live.py"},
    "sqlalchemy": {"store"},
    "alembic": {"store"},
    "aiohttp": {"chat"},
    "matplotlib": {"drawing"},
    "prometheus_client": {"chat"},
    "starlette": {"workbench"},
    "uvicorn": {"workbench"},
    "jinja2": {"workbench"},
    "markupsafe": {"workbench"},
    "django_htmx": {"workbench"},
    "cryptography": {"chat"},
    "fcntl": {"changing"},
    "subprocess": {"changing"},
}
"""Where a library may be imported."""

BANNED_NAMES = {"utils", "util", "helpers", "helper", "common", "core", "manager", "misc"}


def module(path: Path) -> str:
    """The dotted name of a module or a package."""
    return ".".join(path.relative_to(BOT.parent).with_suffix("").parts).removesuffix(".__init__")


def imports(path: Path) -> Iterator[str]:
    """The dotted names that a module imports."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


def home(path: Path) -> str:
    """The package of a module, or its file name where it stands alone."""
    return path.relative_to(BOT).parts[0]


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(BOT)))
def test_a_package_imports_only_what_lies_below_it(path: Path) -> None:
    """Nouns know nothing of files, files nothing of matching, and nothing pure knows the chat."""
    allowed = MAY_IMPORT.get(home(path))
    if allowed is None:
        return
    ours = {name.split(".")[1] for name in imports(path) if name.startswith("bot.")}
    assert ours <= {*allowed, home(path)}


def test_no_modules_import_one_another_in_a_circle() -> None:
    """Nor for their types alone: one of the two knows what is none of its business."""
    named = {module(path): path for path in MODULES}
    TopologicalSorter({name: {*wanted(path, named.keys())} - {name} for name, path in named.items()}).prepare()


def wanted(path: Path, known: Collection[str]) -> Iterator[str]:
    """Those of the known modules that one imports, where it imports them out of a package too."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            inner = (f"{node.module}.{alias.name}" for alias in node.names)
            yield from (name if name in known else node.module for name in inner if node.module in known)
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name in known)


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(BOT)))
def test_a_library_is_imported_at_home(path: Path) -> None:
    """So that it can be replaced, and its side effects stay in one place."""
    for name in imports(path):
        library = name.split(".")[0]
        if library in AT_HOME:
            assert home(path) in AT_HOME[library]


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(BOT)))
def test_pure_packages_wait_for_nothing(path: Path) -> None:
    """Matching, answering and rendering are synchronous: asyncio lives at the edge."""
    if home(path) in MAY_IMPORT.keys() - WAITING:
        tree = ast.parse(path.read_text(encoding="utf-8"))
        assert not [node for node in ast.walk(tree) if isinstance(node, ast.AsyncFunctionDef)]


def test_the_workbench_needs_no_telegram() -> None:
    """An editor's machine need not reach it, nor load what speaks to it."""
    loaded = "import sys, bot.workbench.serving; print(*{name.split('.')[0] for name in sys.modules})"
    names = subprocess.run([sys.executable, "-c", loaded], capture_output=True, text=True, check=True, cwd=BOT.parent)
    assert "starlette" in names.stdout.split()
    assert not {"telegram", "django"} & set(names.stdout.split())


def test_modules_are_named_after_nouns_of_the_field() -> None:
    """A drawer called utils is where things get lost."""
    assert not [path for path in MODULES if BANNED_NAMES & set(path.relative_to(BOT).with_suffix("").parts)]
