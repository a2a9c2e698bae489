"""Who may ask: everyone, those who are listed, or those who were invited."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager as Serving
from pathlib import Path

import pytest

from bot.chat import gate
from bot.chat.gate import INLINE_SHARE
from bot.chat.members import VALID, Admission, Members, Outcome, Role
from bot.chat.windows import Windows
from bot.settings import Access
from bot.store.store import Invitation, Member
from tests.chat.conftest import serving
from tests.chat.fakes import Clock, EchoEngine
from tests.emulator import Person, TelegramWorld

Serve = Callable[..., Serving[None]]
OWNER, EDITOR, USER, STRANGER = 1, 2, 3, 4
NAMED = {OWNER: Role.OWNER, EDITOR: Role.EDITOR, USER: Role.USER}


class Noted:
    """Keeps what a register would write."""

    def __init__(self) -> None:
        self.lines: list[str] = []

    def invite(self, invitation: Invitation) -> None:
        self.lines.append(f"invite {invitation.role}")

    def admit(self, member: Member, digest: str) -> None:
        self.lines.append(f"admit {member.user} {member.role}")

    def dismiss(self, user: int) -> None:
        self.lines.append(f"dismiss {user}")

    def revoke(self, digest: str) -> None:
        self.lines.append(f"revoke {digest[:4]}")

    def revoke_all_of(self, user: int) -> None:
        self.lines.append(f"revoke all of {user}")


@pytest.fixture
def register() -> Noted:
    return Noted()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def members(register: Noted, clock: Clock) -> Members:
    """By invitation."""
    return Members(NAMED, "invited", register, clock)


@pytest.mark.parametrize(
    ("access", "stranger"), [("open", Role.USER), ("listed", Role.STRANGER), ("invited", Role.STRANGER)]
)
def test_the_settings_say_who_is_who(access: Access, stranger: Role, register: Noted) -> None:
    members = Members(NAMED, access, register)
    assert {user: members.role(user) for user in (*NAMED, STRANGER)} == NAMED | {STRANGER: stranger}
    assert members.editors == (OWNER, EDITOR)


def test_an_invitation_lets_one_person_in_once(members: Members, register: Noted) -> None:
    payload = members.invite(Role.USER, EDITOR)
    assert payload is not None
    assert members.redeem(payload, STRANGER).outcome is Outcome.ADMITTED
    assert members.role(STRANGER) is Role.USER
    assert members.redeem(payload, 5).outcome is Outcome.VOID
    assert members.role(5) is Role.STRANGER
    assert register.lines == ["invite 1", "admit 4 1"]


def test_an_invitation_expires(members: Members, clock: Clock) -> None:
    payload = members.invite(Role.USER, EDITOR)
    clock.now += VALID + 1
    assert payload is not None
    assert members.redeem(payload, STRANGER).outcome is Outcome.VOID
    assert members.invitations == ()


def test_who_may_do_as_much_already_uses_up_nobody_elses_invitation(members: Members, register: Noted) -> None:
    """Neither somebody whom the settings name, nor somebody who was let in before."""
    first, second = members.invite(Role.USER, OWNER), members.invite(Role.USER, OWNER)
    assert first is not None
    assert second is not None
    assert members.redeem(first, OWNER).outcome is Outcome.NOT_NEEDED
    assert members.redeem(first, 5).outcome is Outcome.ADMITTED
    assert members.redeem(second, 5).outcome is Outcome.NOT_NEEDED
    assert members.redeem(second, 6).outcome is Outcome.ADMITTED
    assert register.lines[2:] == ["admit 5 1", "admit 6 1"]


def test_an_admission_gives_what_the_invitation_gives_and_outlives_no_setting(register: Noted) -> None:
    """Somebody who opens an editor's link while the settings call them a user is an editor; taken out of the settings,

    they are what they were let in as, and an owner who tried a link out is nobody.
    """
    members = Members(NAMED, "invited", register)
    payload, tried = members.invite(Role.EDITOR, OWNER), members.invite(Role.USER, OWNER)
    assert payload is not None
    assert tried is not None
    members.redeem(payload, USER)
    members.redeem(tried, OWNER)
    assert register.lines[2:] == [f"admit {USER} {Role.EDITOR}"]


def test_open_invitations_are_known_with_who_made_them_and_can_be_revoked(members: Members, register: Noted) -> None:
    payload = members.invite(Role.EDITOR, OWNER)
    assert payload is not None
    (invitation,) = members.invitations
    assert (invitation.role, invitation.by) == (Role.EDITOR, OWNER)
    assert members.revoke(invitation.digest[:8])
    assert (members.revoke(invitation.digest[:8]), members.revoke(""), members.invitations) == (False, False, ())
    assert members.redeem(payload, STRANGER) == Admission(Outcome.VOID)
    assert register.lines[1:] == [f"revoke {invitation.digest[:4]}"]


def test_with_an_editor_go_the_invitations_that_they_made(members: Members, register: Noted) -> None:
    """Else a link of theirs would let them in again."""
    theirs = members.invite(Role.EDITOR, OWNER)
    assert theirs is not None
    members.redeem(theirs, STRANGER)
    kept = members.invite(Role.USER, STRANGER)
    assert kept is not None
    members.dismiss(STRANGER)
    assert members.redeem(kept, STRANGER).outcome is Outcome.VOID
    assert register.lines[-2:] == [f"revoke all of {STRANGER}", f"dismiss {STRANGER}"]


def test_a_number_that_nobody_has_changes_nothing(members: Members, register: Noted) -> None:
    """However long: it could not be written."""
    assert not members.dismiss(10**30)
    assert register.lines == []


@pytest.mark.parametrize("payload", ["", "a-dose", "inline"])
def test_any_other_link_is_no_invitation(members: Members, payload: str) -> None:
    assert members.redeem(payload, STRANGER) == Admission(Outcome.NO_INVITATION)


@pytest.mark.parametrize("access", ["open", "listed"])
def test_where_access_is_not_by_invitation_none_is_made_and_none_counts(access: Access, register: Noted) -> None:
    members = Members(NAMED, access, register)
    assert members.invite(Role.USER, EDITOR) is None
    assert members.redeem("i-token", STRANGER) == Admission(Outcome.NO_INVITATION)


def test_a_member_can_be_dismissed_once(members: Members, register: Noted) -> None:
    changed: list[int] = []
    members.changed = changed.append
    payload = members.invite(Role.EDITOR, OWNER)
    assert payload is not None
    members.redeem(payload, STRANGER)
    assert STRANGER in members.editors
    assert members.dismiss(STRANGER)
    assert (members.dismiss(STRANGER), members.role(STRANGER)) == (False, Role.STRANGER)
    assert f"dismiss {STRANGER}" in register.lines
    assert changed == [STRANGER, STRANGER]


@pytest.fixture
async def serve(world: TelegramWorld, echo: EchoEngine, tmp_path: Path) -> Serve:
    """Start a bot that only the invited may ask."""
    return lambda **settings: serving(world, echo, tmp_path, **({"access": "invited"} | settings))


@pytest.fixture
def bao(world: TelegramWorld) -> Person:
    return Person(world, "Bao")


@pytest.fixture
def dana(world: TelegramWorld) -> Person:
    """An owner, once the settings say so."""
    return Person(world, "Dana")


async def link_from(editor: Person, command: str = "/invite") -> str:
    """The payload of the link that an editor is given."""
    await editor.says(command)
    return (await editor.hears()).text


async def test_a_stranger_is_refused_politely_and_once_and_nothing_of_the_question_is_logged(
    serve: Serve, bao: Person, echo: EchoEngine, caplog: pytest.LogCaptureFixture
) -> None:
    asked: list[str] = []
    echo.before = asked.append
    async with serve():
        for _ in range(3):
            await bao.says("zebra dose")
        assert (await bao.hears()).text == "<members_only>"
        await bao.says("/topics")
    assert asked == []
    assert "zebra" not in caplog.text
    assert len(bao.world.calls_of("sendMessage")) == 1


async def test_a_strangers_tap_is_answered_with_the_reason(serve: Serve, bao: Person) -> None:
    async with serve():
        notice = await bao.sees_answer_to(await bao.presses_old("v1|dose|amilol|"))
        assert notice["text"] == "<members_only>"


def offered_instead(world: TelegramWorld) -> str:
    """What the latest inline query was offered where there was no answer."""
    button = world.calls_of("answerInlineQuery")[-1].values.get("button", "{}")
    return str(json.loads(button).get("text", ""))


async def test_a_stranger_is_offered_nothing_in_other_chats_and_told_why(
    serve: Serve, bao: Person, world: TelegramWorld
) -> None:
    async with serve():
        answer = await bao.sees_answer_to(await bao.asks_inline("thal relapse"))
    assert answer["results"] == []
    assert offered_instead(world) == "<inline_members_only>"


async def test_a_stranger_is_answered_again_after_a_few_minutes(
    serve: Serve, bao: Person, world: TelegramWorld, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Silence for an hour looks like a bot that is broken."""
    monkeypatch.setattr(gate, "Windows", lambda: Windows(clock))
    async with serve():
        for minutes in (0, 1, 5):
            clock.now = 60.0 * minutes + 1
            await bao.says("dose?")
            await bao.sees_answer_to(await bao.presses_old("v0|"))  # by then the question was handled, too
    assert len(world.calls_of("sendMessage")) == 2


async def test_a_stranger_may_read_what_is_kept_of_them(serve: Serve, bao: Person) -> None:
    async with serve():
        await bao.says("/privacy")
        assert (await bao.hears()).text == "<privacy>"


async def test_the_newcomer_is_greeted_the_inviter_told_and_the_list_names_what_is_open(
    serve: Serve, bao: Person, dana: Person, world: TelegramWorld
) -> None:
    async with serve(owners={dana.user["id"]}):
        await dana.says("/invite editor")
        await dana.hears()
        await dana.says("/members")
        listed = await dana.hears()
        (line,) = listed.text.splitlines()[2:]
        name, role, _, by = line.split(" · ")
        assert (role, by) == ("editor", str(dana.user["id"]))
        await dana.presses(listed.labels[0], on=listed)
        assert (await dana.hears()).text == "<members>"
        await dana.presses(listed.labels[0], on=listed)
        assert (await dana.hears()).text == "<invitation_used>"
        assert name not in str(world.calls_of("sendMessage")[-1].values)


async def test_a_button_of_editors_has_expired_for_anybody_else(serve: Serve, bao: Person) -> None:
    async with serve(users={bao.user["id"]}):
        for data in ("i1|abcdef12", "w1|7"):
            await bao.presses_old(data)
            assert (await bao.hears()).text == "<expired>"


async def test_an_invited_person_asks_and_still_may_after_a_restart(
    serve: Serve, bao: Person, dana: Person, echo: EchoEngine
) -> None:
    owners = {dana.user["id"]}
    # The sentence of the stand-in has no slots: the real one has the link.
    messages = echo.catalogue.messages.model_copy(update={"invitation": "{link}"})
    object.__setattr__(echo.catalogue, "messages", messages)
    async with serve(owners=owners):
        link = await link_from(dana)
        assert link.startswith("https://t.me/rounds_test_bot?start=i-")
        await bao.says(f"/start {link.partition('=')[2]}")
        assert [(await bao.hears()).text for _ in range(2)] == ["<admitted>", "<start>"]
        assert (await dana.hears()).text == "<came_in>"
    async with serve(owners=owners):
        await bao.says("dose?")
        assert (await bao.hears()).text == "dose? |"
        await bao.says(f"/start {link.partition('=')[2]}")
        assert (await bao.hears()).text == "<start>"
        eve = Person(bao.world, "Eve")
        await eve.says(f"/start {link.partition('=')[2]}")
        assert (await eve.hears()).text == "<invitation_used>"
        await dana.says(f"/members dismiss {bao.user['id']}")
        assert (await dana.hears()).text == "<dismissed>"
        await bao.says("and now?")
        assert (await bao.hears()).text == "<members_only>"


@pytest.mark.parametrize(
    ("role", "command", "said"),
    [
        ("editors", "/invite", "<invitation>"),
        ("editors", "/invite editor", "<owners_only>"),
        ("owners", "/invite editor", "<invitation>"),
        ("editors", "/members dismiss 5", "<owners_only>"),
        ("owners", "/members dismiss 5", "<no_member>"),
        ("owners", "/members dismiss somebody", "<no_member>"),
        ("editors", "/members", "<members>"),
        ("users", "/invite", "<start>"),
        ("users", "/members", "<start>"),
    ],
)
async def test_each_role_may_do_its_own(serve: Serve, dana: Person, role: str, command: str, said: str) -> None:
    """To somebody who may not, it is no command at all."""
    async with serve(**{role: {dana.user["id"]}}):
        await dana.says(command)
        assert (await dana.hears()).text == said


async def test_where_access_is_open_an_editor_is_told_that_there_are_no_invitations(serve: Serve, dana: Person) -> None:
    async with serve(access="open", editors={dana.user["id"]}):
        await dana.says("/invite")
        assert (await dana.hears()).text == "<no_invitations>"


@pytest.fixture
async def hasty(serve: Serve, bao: Person) -> AsyncIterator[Person]:
    """May ask three times a minute."""
    async with serve(access="open", questions_a_minute=3):
        yield bao


async def test_what_is_typed_in_other_chats_has_a_larger_window_of_its_own(hasty: Person, world: TelegramWorld) -> None:
    """Each keystroke is a query; beyond that the refusal says what it is, and questions are not touched by it."""
    labels = []
    for number in range(3 * INLINE_SHARE + 1):
        await hasty.sees_answer_to(await hasty.asks_inline("thal"[: 1 + number % 4]))
        labels.append(offered_instead(world))
    assert [labels.index("<inline_slow_down>"), labels.count("<inline_slow_down>")] == [3 * INLINE_SHARE, 1]
    await hasty.says("mine?")
    assert (await hasty.hears()).text == "mine? |"


async def test_who_asks_too_much_is_told_once_and_then_not_answered(hasty: Person, world: TelegramWorld) -> None:
    for number in range(8):
        await hasty.says(f"{number}?")
    assert [(await hasty.hears()).text for _ in range(4)] == ["0? |", "1? | 0?", "2? | 1?", "<slow_down>"]
    other = Person(world, "Chen")
    await other.says("mine?")
    assert (await other.hears()).text == "mine? |"
    assert len(world.calls_of("sendMessage")) == 5


async def test_taps_count_and_each_is_answered(hasty: Person) -> None:
    said = [(await hasty.sees_answer_to(await hasty.presses_old("v0|"))).get("text") for _ in range(5)]
    assert said[3:] == ["<slow_down>"] * 2
