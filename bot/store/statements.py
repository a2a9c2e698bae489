"""Everything that is ever written. Each says the same when it is said twice, so a failed commit can be repeated."""

from __future__ import annotations

from sqlalchemy import bindparam, delete, update
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.sql.dml import Delete, Insert, Update

from bot.store.tables import LETTERS, THREADS, UPDATES

Statement = Insert | Update | Delete

_numbered = UPDATES.c.number == bindparam("of")
_thread = insert(THREADS)

TAKE_IN = insert(UPDATES).on_conflict_do_nothing()
BEGIN = update(UPDATES).where(_numbered).values(attempts=UPDATES.c.attempts + 1)
ANSWER = update(UPDATES).where(_numbered).values(state="answered", raw=None)
POST = insert(LETTERS).on_conflict_do_nothing()
SENT = delete(LETTERS).where(LETTERS.c.number == bindparam("of"), LETTERS.c.part == bindparam("nth"))
REMEMBER = _thread.on_conflict_do_update(
    index_elements=["user", "chat"],
    set_={"context": _thread.excluded.context, "kept_at": _thread.excluded.kept_at},
)
FORGET_UPDATES = delete(UPDATES).where(UPDATES.c.state == "answered", UPDATES.c.taken_at < bindparam("before"))
FORGET_THREADS = delete(THREADS).where(THREADS.c.kept_at < bindparam("before"))

IN_ORDER: tuple[Statement, ...] = (TAKE_IN, BEGIN, ANSWER, POST, SENT, REMEMBER, FORGET_UPDATES, FORGET_THREADS)
"""The life of an update. Within one commit all rows of a statement go together, in this order of statements."""
