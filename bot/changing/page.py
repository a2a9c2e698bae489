"""A review for the terminal: at most 100 columns, and every sign a word."""

from __future__ import annotations

from collections.abc import Iterator
from textwrap import wrap

from bot.changing.comparison import changed_pairs
from bot.changing.review import Review

COLUMNS = 100


def page(review: Review) -> str:
    """The parts that hold something, one below another, and the verdict last."""
    parts = (_problems, _differences, _answers, _questions, _taught, _adversary, _verdict)
    return "\n\n".join(filter(None, ("\n".join(_headed(part(review))) for part in parts)))


def _headed(lines: Iterator[str]) -> Iterator[str]:
    for line in lines:
        indent = " " * (len(line) - len(line.lstrip()))
        yield from wrap(line, COLUMNS, subsequent_indent=f"{indent}    ", break_on_hyphens=False) or [""]


def _problems(review: Review) -> Iterator[str]:
    if review.problems:
        yield f"PROBLEMS ({len(review.problems)}, errors {len(review.errors)})"
    for problem in review.problems:
        yield from (f"  {line}" for line in str(problem).splitlines())


def _differences(review: Review) -> Iterator[str]:
    yield f"DIFFERENCES ({len(review.differences)})"
    for one in review.differences:
        yield f"  {one.text}"
        yield f"      {one.place}"


def _answers(review: Review) -> Iterator[str]:
    if review.answers:
        yield f"ANSWERS THAT CHANGE ({len(review.answers)})"
    for one in review.answers:
        yield f"  {one.title}{' (new)' if one.before is None else ' (gone)' if one.after is None else ''}"
        for before, after in changed_pairs(one.before or "", one.after or ""):
            yield from (f"    {sign} {line}" for sign, line in (("was:", before), ("is: ", after)) if line is not None)


def _questions(review: Review) -> Iterator[str]:
    if review.questions:
        yield f"TEST QUESTIONS WITH ANOTHER OUTCOME ({len(review.questions)}, worse {len(review.worse)})"
    for one in review.questions:
        yield f"  {one.fate.upper() if one.is_worse else one.fate}: {one.text}"
        yield f"      {one.before or 'not asked before'} → {one.after}"


def _taught(review: Review) -> Iterator[str]:
    if review.taught:
        yield f"TEST QUESTIONS AMONG THE TRAINING PHRASES ({len(review.taught)})"
    yield from (f"  {one}" for one in review.taught)


def _adversary(review: Review) -> Iterator[str]:
    if review.adversary:
        yield f"ADVERSARY: {review.adversary.text}"
        yield from (f"  {one}" for one in review.adversary.new)


def _verdict(review: Review) -> Iterator[str]:
    yield "This may go live." if review.may_go_live else "THIS MAY NOT GO LIVE until what is named above is mended."
