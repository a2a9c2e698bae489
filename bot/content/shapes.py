"""What may stand at a place of a file, read off the JSON Schema of its kind."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from bot.domain.place import Steps

Schema = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Shape:
    """What a place is for, the fields that may stand there, and the words, where only some may."""

    meaning: str = ""
    fields: tuple[str, ...] = ()
    words: tuple[str, ...] = ()

    @property
    def choice(self) -> str:
        """The words to choose from, where only some may stand there."""
        return f"Use one of {', '.join(f'`{word}`' for word in self.words)}." if self.words else ""


def shape_of(whole: Schema, steps: Steps) -> Shape:
    """The shape in a schema at the place that the steps of a fault lead to; an empty one where nothing may stand."""
    node, meaning = _followed(whole, whole), ""
    for step in steps:
        below = _below(node, step)
        meaning = below.get("description", meaning if isinstance(step, int) else "")
        node = _followed(below, whole)
    words = node.get("enum", [node["const"]] if "const" in node else [])
    return Shape(meaning.replace("\n", " "), tuple(node.get("properties", ())), tuple(map(str, words)))


def _below(node: Schema, step: str | int) -> Schema:
    """One step down: into a kind of finding, a field, an entry, or an item of a list."""
    if "discriminator" in node:
        kinds = node["discriminator"]["mapping"]
        if step == node["discriminator"]["propertyName"]:
            return {"enum": list(kinds)}
        return {"$ref": kinds[step]} if step in kinds else {}
    for part in (node.get("properties", {}).get(step), *_of_any(node)):
        if isinstance(part, Mapping):
            return part
    return {}


def _of_any(node: Schema) -> Iterator[Any]:
    """What holds for every entry or item."""
    yield node.get("additionalProperties")
    yield node.get("items")


def _followed(node: Schema, whole: Schema) -> Schema:
    """The node itself, where a reference or "this or nothing" stands in its place."""
    if "$ref" in node:
        return _followed(whole["$defs"][node["$ref"].rsplit("/", 1)[-1]], whole)
    if "anyOf" in node:
        return _followed(node["anyOf"][0], whole)
    return node
