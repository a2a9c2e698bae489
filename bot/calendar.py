"""The day it is: asked for here, passed in everywhere else."""

from __future__ import annotations

from datetime import UTC, date, datetime


def current_day() -> date:
    """Today by Greenwich: figures past their last day are withheld from the next morning on."""
    return datetime.now(UTC).date()
