"""Feedback names whole answers and is looked into, invitations say who made them, and leavers are told to the bot."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.create_table("leavers", sa.Column("user", sa.BigInteger, primary_key=True, autoincrement=False))
    op.add_column("invitations", sa.Column("by", sa.BigInteger))
    op.add_column("feedback", sa.Column("about", sa.Text, nullable=False, server_default=""))
    op.add_column("feedback", sa.Column("is_open", sa.Boolean, nullable=False, server_default=sa.false()))
    op.execute("UPDATE feedback SET about = coalesce(drug, '-') || '/' || coalesce(topic, '-')")
    op.create_index("ix_feedback_said_at", "feedback", ["said_at"])
    with op.batch_alter_table("feedback") as table:
        table.drop_column("topic")
        table.drop_column("drug")
        table.alter_column("about", server_default=None)
        table.alter_column("is_open", server_default=None)
