"""The tables as they are now. The migrations say how they came to be; a test holds the two together."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Float, Integer, MetaData, String, Table, Text

SCHEMA = MetaData()

UPDATES = Table(
    "updates",
    SCHEMA,
    Column("number", BigInteger, primary_key=True, autoincrement=False),
    Column("state", String(8), nullable=False),  # waiting, answered
    Column("raw", Text),  # as Telegram sent it; nothing once it is answered
    Column("attempts", Integer, nullable=False),  # how often a restarted program has begun to answer it
    Column("taken_at", Float, nullable=False, index=True),  # Unix seconds
)
"""Every update of the last two days. Those answered keep their number alone, so that none is answered twice."""

LETTERS = Table(
    "letters",
    SCHEMA,
    Column("number", BigInteger, primary_key=True, autoincrement=False),
    Column("part", Integer, primary_key=True, autoincrement=False),
    Column("call", Text, nullable=False),
)
"""What answers an update and has not been sent yet: its first call is part 0."""

THREADS = Table(
    "threads",
    SCHEMA,
    Column("user", BigInteger, primary_key=True, autoincrement=False),
    Column("chat", BigInteger, primary_key=True, autoincrement=False),
    Column("context", Text, nullable=False),
    Column("kept_at", Float, nullable=False, index=True),  # Unix seconds
)
"""What was last spoken of, without a word of any question."""
