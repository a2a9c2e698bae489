"""Writes the file that a command was asked for."""

from __future__ import annotations

from pathlib import Path

import click

OUTPUT = click.Path(path_type=Path, dir_okay=False)
"""The type of an option that names a file to write."""


def save(file: Path, content: str | bytes) -> None:
    """Write it. What keeps it from being written is one clear line and exit code 1."""
    try:
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
    except OSError as error:
        raise click.ClickException(f"{file} cannot be written: {error.strerror}.") from error
