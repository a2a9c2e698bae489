"""What editors propose, until it is published, discarded or a week old."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.create_table(
        "proposals",
        sa.Column("id", sa.String(16), primary_key=True),
        sa.Column("by", sa.BigInteger, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("made_at", sa.Float, nullable=False),
    )
    op.create_index("ix_proposals_by", "proposals", ["by"])
    op.create_index("ix_proposals_made_at", "proposals", ["made_at"])
