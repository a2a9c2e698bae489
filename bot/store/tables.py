"""The tables as they are now. The migrations say how they came to be; a test holds the two together."""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Column, Float, Integer, LargeBinary, MetaData, String, Table, Text

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

MEMBERS = Table(
    "members",
    SCHEMA,
    Column("user", BigInteger, primary_key=True, autoincrement=False),
    Column("role", Integer, nullable=False),
    Column("since", Float, nullable=False),  # Unix seconds
)
"""Who came with an invitation."""

INVITATIONS = Table(
    "invitations",
    SCHEMA,
    Column("digest", String(64), primary_key=True),
    Column("role", Integer, nullable=False),
    Column("until", Float, nullable=False),  # Unix seconds
    Column("by", BigInteger),  # the account of whoever made it; nothing in those of older versions
)
"""Links that let one person in; what is kept is the digest of their token."""

FEEDBACK = Table(
    "feedback",
    SCHEMA,
    Column("number", BigInteger, primary_key=True, autoincrement=False),  # of the update that said it
    Column("verdict", String(16), nullable=False),
    Column("about", Text, nullable=False),  # the names of the answers, or the kind of the reply
    Column("content_version", Text, nullable=False),
    Column("said_at", Float, nullable=False, index=True),  # Unix seconds
    Column("is_open", Boolean, nullable=False),  # a doubt that no editor has looked into yet
)
"""What people thought of replies: not who, nor what they had asked."""

MISSED = Table(
    "missed",
    SCHEMA,
    Column("number", BigInteger, primary_key=True, autoincrement=False),  # of the update that asked it
    Column("who", String(32), nullable=False, index=True),  # a pseudonym
    Column("outcome", String(16), nullable=False),
    Column("question", Text, nullable=False),
    Column("asked_at", Float, nullable=False, index=True),  # Unix seconds
)
"""Questions that were not understood, if the operator keeps them."""

FIGURES = Table(
    "figures",
    SCHEMA,
    Column("answer", String(32), primary_key=True),  # a digest of what is held
    Column("held", Text, nullable=False),  # the findings of an answer, each with a digest of how it was printed
)
"""What answers held that were shown lately, once for all who saw the same. Nothing of people."""

SHOWN = Table(
    "shown",
    SCHEMA,
    Column("key", String(32), primary_key=True),  # the same for a chat, an answer and a day, and only there
    Column("who", String(32), nullable=False, index=True),  # a pseudonym of the chat
    Column("seal", LargeBinary, nullable=False),  # where it is; opens only with the bot's token
    Column("answer", String(32), nullable=False, index=True),
    Column("shown_at", Float, nullable=False, index=True),  # Unix seconds
)
"""In which chats answers were shown, if the operator has corrections sent."""

NOTICES = Table(
    "notices",
    SCHEMA,
    Column("number", BigInteger, primary_key=True, autoincrement=False),  # below zero, unlike that of any update
    Column("who", String(32), nullable=False, index=True),
    Column("seal", LargeBinary, nullable=False),
    Column("call", Text, nullable=False),  # the message, to nobody yet
    Column("owed_since", Float, nullable=False),  # Unix seconds
)
"""Corrections that have not been handed over for sending yet."""

WISHES = Table(
    "wishes",
    SCHEMA,
    Column("who", String(32), primary_key=True),  # a pseudonym of the chat
    Column("corrections", Boolean, nullable=False),  # whether they are wanted
)
"""Who wants no corrections, or wants them again."""

MARKS = Table(
    "marks",
    SCHEMA,
    Column("name", String(100), primary_key=True),
    Column("at", Float, nullable=False),  # Unix seconds
)
"""What must be done once: an edition that was announced, the latest weekly digest."""

LEAVERS = Table(
    "leavers",
    SCHEMA,
    Column("user", BigInteger, primary_key=True, autoincrement=False),
)
"""Whom an operator has just had forgotten: gone as soon as the bot has forgotten them as well."""

PROPOSALS = Table(
    "proposals",
    SCHEMA,
    Column("id", String(16), primary_key=True),
    Column("by", BigInteger, nullable=False, index=True),  # the editor's account
    Column("body", Text, nullable=False),
    Column("made_at", Float, nullable=False, index=True),  # Unix seconds
)
"""What editors have in hand: changes that are not published yet, and questions that they were asked about them."""
