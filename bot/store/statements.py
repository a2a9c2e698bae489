"""Everything that is ever written. Each says the same when it is said twice, so a failed commit can be repeated."""

from __future__ import annotations

from sqlalchemy import bindparam, delete, select, update
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.sql.dml import Delete, Insert, Update

from bot.store.tables import (
    FEEDBACK,
    FIGURES,
    INVITATIONS,
    LEAVERS,
    LETTERS,
    MARKS,
    MEMBERS,
    MISSED,
    NOTICES,
    PROPOSALS,
    SHOWN,
    THREADS,
    UPDATES,
    WISHES,
)

Statement = Insert | Update | Delete

_numbered = UPDATES.c.number == bindparam("of")
_thread = insert(THREADS)
_member = insert(MEMBERS)
_wish = insert(WISHES)
_mark = insert(MARKS)
_proposal = insert(PROPOSALS)

TAKE_IN = insert(UPDATES).on_conflict_do_nothing()
BEGIN = update(UPDATES).where(_numbered).values(attempts=UPDATES.c.attempts + 1)
ANSWER = update(UPDATES).where(_numbered).values(state="answered", raw=None)
POST = insert(LETTERS).on_conflict_do_nothing()
SENT = delete(LETTERS).where(LETTERS.c.number == bindparam("of"), LETTERS.c.part == bindparam("nth"))
REMEMBER = _thread.on_conflict_do_update(
    index_elements=["user", "chat"],
    set_={"context": _thread.excluded.context, "kept_at": _thread.excluded.kept_at},
)
INVITE = insert(INVITATIONS).on_conflict_do_nothing()
ADMIT = _member.on_conflict_do_update(
    index_elements=["user"], set_={"role": _member.excluded.role, "since": _member.excluded.since}
)
USED = delete(INVITATIONS).where(INVITATIONS.c.digest == bindparam("of"))
DISMISS = delete(MEMBERS).where(MEMBERS.c.user == bindparam("of"))
REVOKE_ALL_OF = delete(INVITATIONS).where(INVITATIONS.c.by == bindparam("of"))
JUDGE = insert(FEEDBACK).on_conflict_do_nothing()
LOOK_INTO = update(FEEDBACK).where(FEEDBACK.c.number == bindparam("of")).values(is_open=False)
FORGET_FEEDBACK = delete(FEEDBACK).where(FEEDBACK.c.said_at < bindparam("before"))
LEAVE = insert(LEAVERS).on_conflict_do_nothing()
LEFT = delete(LEAVERS).where(LEAVERS.c.user == bindparam("of"))
MISS = insert(MISSED).on_conflict_do_nothing()
HOLD = insert(FIGURES).on_conflict_do_nothing()
SHOW = insert(SHOWN).on_conflict_do_nothing()
OWE = insert(NOTICES).on_conflict_do_nothing()
HANDED_OVER = delete(NOTICES).where(NOTICES.c.number == bindparam("of"))
WISH = _wish.on_conflict_do_update(index_elements=["who"], set_={"corrections": _wish.excluded.corrections})
MARK = _mark.on_conflict_do_update(index_elements=["name"], set_={"at": _mark.excluded.at})
FORGET_SHOWN_TO = delete(SHOWN).where(SHOWN.c.who == bindparam("of"))
FORGET_NOTICES_TO = delete(NOTICES).where(NOTICES.c.who == bindparam("of"))
FORGET_SHOWN = delete(SHOWN).where(SHOWN.c.shown_at < bindparam("before"))
FORGET_NOTICES = delete(NOTICES).where(NOTICES.c.owed_since < bindparam("before"))
FORGET_FIGURES = delete(FIGURES).where(FIGURES.c.answer.not_in(select(SHOWN.c.answer)))
LEARNT = delete(MISSED).where(MISSED.c.number == bindparam("of"))
PROPOSE = _proposal.on_conflict_do_update(index_elements=["id"], set_={"body": _proposal.excluded.body})
SETTLE = delete(PROPOSALS).where(PROPOSALS.c.id == bindparam("of"))
FORGET_THREADS_OF = delete(THREADS).where(THREADS.c.user == bindparam("of"))
FORGET_MISSED_OF = delete(MISSED).where(MISSED.c.who == bindparam("of"))
FORGET_PROPOSALS_OF = delete(PROPOSALS).where(PROPOSALS.c.by == bindparam("of"))
FORGET_PROPOSALS = delete(PROPOSALS).where(PROPOSALS.c.made_at < bindparam("before"))
FORGET_MISSED = delete(MISSED).where(MISSED.c.asked_at < bindparam("before"))
FORGET_INVITATIONS = delete(INVITATIONS).where(INVITATIONS.c.until < bindparam("before"))
FORGET_UPDATES = delete(UPDATES).where(UPDATES.c.state == "answered", UPDATES.c.taken_at < bindparam("before"))
FORGET_THREADS = delete(THREADS).where(THREADS.c.kept_at < bindparam("before"))

IN_ORDER: tuple[Statement, ...] = (
    *(TAKE_IN, BEGIN, ANSWER, POST, SENT, REMEMBER),
    *(INVITE, ADMIT, USED, DISMISS, REVOKE_ALL_OF, JUDGE, LOOK_INTO, MISS, LEARNT, PROPOSE, SETTLE),
    *(HOLD, SHOW, OWE, HANDED_OVER, WISH, MARK),
    *(FORGET_SHOWN_TO, FORGET_NOTICES_TO, FORGET_SHOWN, FORGET_NOTICES, FORGET_FIGURES),
    *(FORGET_THREADS_OF, FORGET_MISSED_OF, FORGET_PROPOSALS_OF, FORGET_PROPOSALS),
    *(LEAVE, LEFT, FORGET_FEEDBACK),
    *(FORGET_MISSED, FORGET_INVITATIONS, FORGET_UPDATES, FORGET_THREADS),
)
"""The life of an update, what people said and may do, and what is forgotten.

Within one commit all rows of a statement go together, in this order of statements.
"""
