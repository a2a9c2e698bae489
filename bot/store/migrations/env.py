"""Alembic's entry: works on the connection that the program has opened."""

from __future__ import annotations

from alembic import context

from bot.store.tables import SCHEMA

context.configure(connection=context.config.attributes["connection"], target_metadata=SCHEMA, render_as_batch=True)
with context.begin_transaction():
    context.run_migrations()
