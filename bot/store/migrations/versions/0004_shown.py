"""Which figures were shown where, what is owed to those who saw a wrong one, and what was done once."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.create_table(
        "figures",
        sa.Column("answer", sa.String(32), primary_key=True),
        sa.Column("held", sa.Text, nullable=False),
    )
    op.create_table(
        "shown",
        sa.Column("key", sa.String(32), primary_key=True),
        sa.Column("who", sa.String(32), nullable=False),
        sa.Column("seal", sa.LargeBinary, nullable=False),
        sa.Column("answer", sa.String(32), nullable=False),
        sa.Column("shown_at", sa.Float, nullable=False),
    )
    op.create_index("ix_shown_who", "shown", ["who"])
    op.create_index("ix_shown_answer", "shown", ["answer"])
    op.create_index("ix_shown_shown_at", "shown", ["shown_at"])
    op.create_table(
        "notices",
        sa.Column("number", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("who", sa.String(32), nullable=False),
        sa.Column("seal", sa.LargeBinary, nullable=False),
        sa.Column("call", sa.Text, nullable=False),
        sa.Column("owed_since", sa.Float, nullable=False),
    )
    op.create_index("ix_notices_who", "notices", ["who"])
    op.create_table(
        "wishes",
        sa.Column("who", sa.String(32), primary_key=True),
        sa.Column("corrections", sa.Boolean, nullable=False),
    )
    op.create_table(
        "marks",
        sa.Column("name", sa.String(100), primary_key=True),
        sa.Column("at", sa.Float, nullable=False),
    )
