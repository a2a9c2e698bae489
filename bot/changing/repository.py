"""The history as commits, where the content lies in a git work tree that tracks it.

A commit is made of exactly the texts that were published, beside whatever else is changed or staged there: it is
built in an index of its own, and becomes the newest one in one move, the renaming of the branch's reference. No hook
runs, and nothing of the user's or the machine's git settings counts.
"""

from __future__ import annotations

import os
import re
import secrets
import subprocess
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from bot.changing.edition import Edition, HistoryError, Replaced, moment
from bot.changing.proposal import QUESTIONS, is_content
from bot.changing.step import Step, Watch, unwatched
from bot.content.journal import Journal, Texts
from bot.content.layout import ENDING, FOLDERS

TOKEN, CORRECTION = "Publication", "Correction"
PATHS = tuple(f":(glob){folder}/**/*{ENDING}" for folder in (*FOLDERS, str(QUESTIONS)))
UNKNOWN = "unknown", "unknown@localhost.invalid"
RECENT = 50
"""Among so many commits a publication is looked for that may have been recorded before a crash."""
PATIENCE = 30
"""Seconds that one git command may take."""
_SETTINGS = ("core.hooksPath=/dev/null", "core.fsmonitor=false", "commit.gpgSign=false", "core.quotePath=false")
_TRAILERS = tuple(f"%(trailers:key={key},valueonly)" for key in (TOKEN, CORRECTION))
_FIELDS = ("%H", "%aI", "%an <%ae>", *_TRAILERS, "%B")
_NAMED = re.compile(r"\s*(?P<name>[^<>]+?)\s*<(?P<mail>[^<>\s]+@[^<>\s]+)>\s*")
_FOUND = "As it was found, changed by hand since the last commit"


class Repository:
    """The git work tree that a folder of content lies in."""

    def __init__(self, root: Path, at_step: Watch = unwatched) -> None:
        self._root = root
        self._at_step = at_step

    @property
    def is_there(self) -> bool:
        """Whether the folder lies in a work tree at all."""
        home = self._root.resolve()
        return any((folder / ".git").exists() for folder in (home, *home.parents))

    @property
    def tracks_content(self) -> bool:
        """Whether its newest commit holds files of the content. Raises HistoryError where git cannot tell."""
        has_commits = self.is_there and self._git("for-each-ref", "--count=1").strip()
        return bool(has_commits) and bool(self._git("ls-tree", "-r", "--name-only", "HEAD", "--", *FOLDERS).strip())

    def record(self, journal: Journal) -> Edition:
        """Commit a publication. What had been changed by hand in its files is committed before it, by itself."""
        if not any(edition.token == journal.token for edition in self.editions(RECENT)):
            self._advance(journal)
        self._git("reset", "--quiet", "--", *journal.after)  # the user's own index learns of these files alone
        return next(edition for edition in self.editions(RECENT) if set(edition.paths) & set(journal.after))

    def _advance(self, journal: Journal) -> None:
        """Let the branch point to new commits. Raises HistoryError where somebody else moves it meanwhile."""
        head = self._git("rev-parse", "HEAD").strip()
        found = self._commit(head, journal.before, _FOUND, UNKNOWN, journal.at)
        made = self._commit(found or head, journal.after, _message(journal), author(journal.by), journal.at)
        self._at_step(Step.PREPARED)
        self._git("update-ref", "-m", "publish", "HEAD", made or found or head, head)
        self._at_step(Step.ENTERED)

    def editions(self, most: int) -> tuple[Edition, ...]:
        """The commits that changed the content, the newest first, whoever made them. Raises HistoryError."""
        start, between = secrets.token_hex(), secrets.token_hex()  # no message can hold what is made up now
        form = start + "".join(field + between for field in _FIELDS)
        wanted = ("--first-parent", "-m", "--relative", "--name-only", "-z", f"-n{most}", f"--format={form}")
        told = self._git("log", *wanted, "HEAD", "--", *PATHS)
        return tuple(_edition(one.split(between)) for one in told.split(start)[1:])

    def replaced(self, edition: Edition) -> Replaced:
        """What the commit changed against its first parent."""
        before = self._texts(f"{edition.id}^", edition.paths) if self._has_parent(edition.id) else {}
        after = self._texts(edition.id, edition.paths)
        return Replaced(*({path: side.get(path) for path in edition.paths} for side in (before, after)))

    def newest(self) -> Mapping[str, str]:
        """The content of the newest commit."""
        return self.at("HEAD")

    def at(self, revision: str) -> Mapping[str, str]:
        """The content of a commit, by whatever name git knows it."""
        if not self.is_there:
            raise HistoryError("the content lies in no git work tree")
        commit = self._git("rev-parse", "--verify", "--end-of-options", f"{revision}^{{commit}}").split()[-1]
        listed = self._git("ls-tree", "-r", "-z", "--name-only", commit, "--", *FOLDERS, str(QUESTIONS))
        return self._texts(commit, [path for path in listed.split("\0") if is_content(path)])

    def _has_parent(self, commit: str) -> bool:
        return len(self._git("rev-list", "--parents", "-n1", commit).split()) > 1

    def _texts(self, commit: str, paths: Sequence[str]) -> dict[str, str]:
        """The text of each path that the commit has."""
        prefix = self._git("rev-parse", "--show-prefix").strip()
        wanted = "".join(f"{commit}:{prefix}{path}\n" for path in paths)
        answer = self._run("cat-file", "--batch", given=wanted.encode())
        return dict(_blobs(answer, paths))

    def _commit(self, parent: str, texts: Texts, message: str, by: tuple[str, str], at: str) -> str | None:
        """The id of a commit that puts texts into the tree of its parent; None where the parent holds them already."""
        with tempfile.TemporaryDirectory() as folder:
            index = {"GIT_INDEX_FILE": str(Path(folder) / "index")}
            self._git("read-tree", parent, more=index)
            prefix = self._git("rev-parse", "--show-prefix").strip()
            lines = "".join(f"{self._entry(text)}\t{prefix}{path}\n" for path, text in texts.items())
            self._run("update-index", "--index-info", given=lines.encode(), more=index)
            tree = self._git("write-tree", more=index).strip()
        if tree == self._git("rev-parse", f"{parent}^{{tree}}").strip():
            return None
        name, mail = by
        who = {"GIT_AUTHOR_NAME": name, "GIT_AUTHOR_EMAIL": mail, "GIT_AUTHOR_DATE": at}
        who |= {key.replace("AUTHOR", "COMMITTER"): value for key, value in who.items()}
        made = self._run("commit-tree", "-p", parent, "-F", "-", tree, given=message.encode(), more=who)
        return made.decode().strip()

    def _entry(self, text: str | None) -> str:
        """A line for the index: mode and blob; a mode of nought takes the file away."""
        if text is None:
            return f"0 {'0' * 40}"
        return f"100644 {self._run('hash-object', '-w', '--stdin', given=text.encode()).decode().strip()}"

    def _git(self, *arguments: str, more: Mapping[str, str] | None = None) -> str:
        return self._run(*arguments, more=more).decode(errors="replace")

    def _run(self, *arguments: str, given: bytes = b"", more: Mapping[str, str] | None = None) -> bytes:
        settings = [word for setting in _SETTINGS for word in ("-c", setting)]
        command = ["git", *settings, "-C", str(self._root), *arguments]
        try:
            done = subprocess.run(  # noqa: S603 - a fixed program with arguments, no shell
                command,
                input=given,
                capture_output=True,
                check=True,
                timeout=PATIENCE,
                env=_environment(more or {}),
            )
        except FileNotFoundError:
            raise HistoryError("git is not installed") from None
        except subprocess.TimeoutExpired:
            raise HistoryError(f"git {arguments[0]} took longer than {PATIENCE} s") from None
        except subprocess.CalledProcessError as error:
            said = error.stderr.decode(errors="replace").strip().splitlines()
            raise HistoryError(f"git {arguments[0]}: {said[-1] if said else 'failed'}") from None
        return done.stdout


def _message(journal: Journal) -> str:
    """Why, and below it what the history is read by."""
    lines = [journal.why.strip() or "Published", "", f"{TOKEN}: {journal.token}"]
    return "\n".join([*lines, f"{CORRECTION}: yes"] if journal.correction else lines)


def author(by: str) -> tuple[str, str]:
    """Name and address of whoever published; a name without an address gets one that leads nowhere."""
    if named := _NAMED.fullmatch(by):
        return named["name"], named["mail"]
    name = " ".join(re.sub(r"[<>\x00-\x1f]", " ", by).split()) or "editor"
    slug = re.sub(r"[^a-z0-9]+", ".", name.casefold()).strip(".") or "editor"
    return name, f"{slug}@localhost.invalid"


def _environment(more: Mapping[str, str]) -> dict[str, str]:
    """All that git sees of the environment: where programs are, and what is added here."""
    return {
        "PATH": os.environ.get("PATH", os.defpath),
        "LC_ALL": "C.UTF-8",
        "HOME": os.devnull,
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_TERMINAL_PROMPT": "0",
        "GIT_NO_REPLACE_OBJECTS": "1",
        "GIT_COMMITTER_NAME": "rounds",
        "GIT_COMMITTER_EMAIL": "rounds@localhost.invalid",
        **more,
    }


def _edition(told: Sequence[str]) -> Edition:
    commit, at, by, token, correction, message, names = told
    paths = tuple(sorted(name.strip("\n") for name in names.split("\0") if is_content(name.strip("\n"))))
    subject, _, rest = message.partition("\n")
    why = subject + "\n" + re.sub(rf"^({TOKEN}|{CORRECTION}): \w+$", "", rest, flags=re.M)
    try:
        when = moment(at)
    except ValueError:
        raise HistoryError(f"the commit {commit[:12]} has no date that can be read") from None
    return Edition(commit[:12], when, by, why.strip(), paths, bool(correction.strip()), token.strip())


def _blobs(answer: bytes, paths: Sequence[str]) -> Iterator[tuple[str, str]]:
    """The texts in what `git cat-file --batch` says to so many paths, with line ends as they are read elsewhere."""
    for path in paths:
        head, _, answer = answer.partition(b"\n")
        if head.endswith(b" missing"):
            continue
        size = int(head.rsplit(b" ", 1)[1])
        text, answer = answer[:size], answer[size + 1 :]
        yield path, text.decode(errors="replace").replace("\r\n", "\n").replace("\r", "\n")
