"""A content many times as large, made by copying studies, topics and answers under new keys."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from bot.content.files import gather
from bot.content.layout import FOLDERS, kind_of

Files = Iterator[tuple[str, str]]


def larger(content: Path, home: Path, times: int) -> Path:
    """Write it into a folder: the content as it is, and so many times less one its studies, topics and answers."""
    for folder in FOLDERS:
        shutil.copytree(content / folder, home / folder)
    for number in range(1, times):
        for path, text in _copies(content, _letters(number)):
            (home / path).write_text(text, encoding="utf-8")
    return home


def _copies(content: Path, mark: str) -> Files:
    for path, text in gather(content).texts.items():
        kind = kind_of(path)
        change = _CHANGES.get(kind.name) if kind else None
        if change:
            data = change(yaml.load(text, yaml.CBaseLoader), mark)
            yield f"{path.removesuffix('.yaml')}_{mark}.yaml", yaml.dump(data, sort_keys=False, allow_unicode=True)


def _study(data: Any, mark: str) -> Any:
    """Under another name: no two may be called the same."""
    return {**{key: part for key, part in data.items() if key != "aliases"}, "name": f"{data['name']} {mark}"}


def _topic(data: Any, mark: str) -> Any:
    """Asked for with a word of its own, so that no phrase is taught for two topics."""
    phrases = [f"{phrase} copy{mark}" for phrase in data["phrases"]]
    near = {key: [f"{topic}_{mark}" for topic in data[key]] for key in ("kin", "next") if key in data}
    only_one = {key: part for key, part in data.items() if key not in {"names_studies", "decision", "overview"}}
    return {**only_one, **near, "title": f"{data['title']} {mark}", "phrases": phrases}


def _answer(data: Any, _: str) -> Any:
    return data


_CHANGES = {"study": _study, "topic": _topic, "answer": _answer}


def _letters(number: int) -> str:
    """A number in letters that no abbreviation is made of: digits could be taken for figures."""
    return "".join("klnprtvwxz"[int(digit)] for digit in str(number))
