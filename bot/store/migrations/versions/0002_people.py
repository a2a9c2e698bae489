"""Members and invitations, feedback, and questions that were missed."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.create_table(
        "members",
        sa.Column("user", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("role", sa.Integer, nullable=False),
        sa.Column("since", sa.Float, nullable=False),
    )
    op.create_table(
        "invitations",
        sa.Column("digest", sa.String(64), primary_key=True),
        sa.Column("role", sa.Integer, nullable=False),
        sa.Column("until", sa.Float, nullable=False),
    )
    op.create_table(
        "feedback",
        sa.Column("number", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("verdict", sa.String(16), nullable=False),
        sa.Column("topic", sa.Text),
        sa.Column("drug", sa.Text),
        sa.Column("content_version", sa.Text, nullable=False),
        sa.Column("said_at", sa.Float, nullable=False),
    )
    op.create_table(
        "missed",
        sa.Column("number", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("who", sa.String(32), nullable=False),
        sa.Column("outcome", sa.String(16), nullable=False),
        sa.Column("question", sa.Text, nullable=False),
        sa.Column("asked_at", sa.Float, nullable=False),
    )
    op.create_index("ix_missed_who", "missed", ["who"])
    op.create_index("ix_missed_asked_at", "missed", ["asked_at"])
