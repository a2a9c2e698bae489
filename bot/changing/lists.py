"""Two lists compared: what was added, removed, put in another place, and which sentence took the place of which."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from difflib import SequenceMatcher

from bot.changing.wording import words

Step = tuple[str | None, str | None]
"""What stood and what stands: one of them is None where something was removed or added."""


def of_names(before: tuple[object, ...], after: tuple[object, ...]) -> Iterator[Step]:
    """Of names and phrases, each for itself; another order of the same ones is one step."""
    old, new = [words(one) for one in before], [words(one) for one in after]
    gone, come = Counter(old) - Counter(new), Counter(new) - Counter(old)
    yield from ((one, None) for one in gone.elements())
    yield from ((None, one) for one in come.elements())
    kept = [one for one in old if not gone[one]], [one for one in new if not come[one]]
    if kept[0] != kept[1]:
        yield f"in the order {', '.join(kept[0])}", f"in the order {', '.join(kept[1])}"


def of_sentences(before: tuple[object, ...], after: tuple[object, ...]) -> Iterator[Step]:
    """Of sentences, one below another: one that was reworded takes the place of the one before."""
    old, new = [words(one) for one in before], [words(one) for one in after]
    for what, start, end, first, last in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if what == "replace" and end - start == last - first:
            yield from zip(old[start:end], new[first:last], strict=True)
        elif what != "equal":
            yield from ((one, None) for one in old[start:end])
            yield from ((None, one) for one in new[first:last])
