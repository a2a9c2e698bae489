"""A reply laid out in lines, before it becomes HTML or plain text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import assert_never

from bot.domain.answer import State
from bot.domain.finding import Checked, Citation, Statement
from bot.domain.reference import Reference
from bot.domain.reply import (
    Answered,
    Clarification,
    Contrast,
    Library,
    NotReported,
    NotUnderstood,
    OutOfScope,
    Passage,
    Refused,
    Reply,
    SmallTalk,
    Stated,
)
from bot.domain.template import REFERENCE_SLOT, Slot, pieces
from bot.rendering import age, figures

CHECKED = {
    Checked.FULL_TEXT: "full text read",
    Checked.ABSTRACT: "abstract read",
    Checked.LABEL: "label read",
    Checked.SECONDARY: "as told by others",
}
MOST_TAGS = 3
"""How many source tags stand behind one sentence; the rest is in the list of sources."""


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text in one style; `link` is a web address."""

    text: str
    bold: bool = False
    italic: bool = False
    link: str | None = None


Line = tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Block:
    """What is seen at once, and what unfolds below it."""

    first: tuple[Line, ...]
    more: tuple[Line, ...] = ()
    continued: Line = ()
    """Heads a further message, where one message does not hold it all."""


def blocks(reply: Reply, library: Library) -> tuple[Block, ...]:
    """A reply as blocks: one for each answer, in order."""
    return tuple(block(part, library) if isinstance(part, Stated) else part for part in parts(reply))


def parts(reply: Reply) -> tuple[Stated | Block, ...]:
    """A reply from above to below: answers that are not laid out yet, and what stands around them."""
    match reply:
        case Answered(stated=stated, notice=notice):
            return (*_notice(reply), *stated, *_say(notice))
        case NotReported(stated=stated, nearby=nearby, nearby_heading=heading_text, notice=notice):
            above = (Block(((Run(heading_text, italic=True),),)),) if nearby else ()
            return (*_notice(reply), *stated, *above, *nearby, *_say(notice))
        case Clarification(text=text, notice=notice):
            return (*_notice(reply), *_say(text), *_say(notice))
        case OutOfScope(text=text) | NotUnderstood(text=text) | SmallTalk(text=text) | Refused(text=text):
            return tuple(_say(text))
        case _:
            assert_never(reply)


def _say(text: str | None) -> Iterator[Block]:
    if text:
        yield Block(tuple((Run(line),) for line in text.splitlines()))


def _notice(reply: Answered | NotReported | Clarification) -> Iterator[Block]:
    """How the question was read, where that was not word for word."""
    if reply.understood.notes:
        yield Block(tuple((Run(note, italic=True),) for note in reply.understood.notes))


def block(stated: Stated, library: Library) -> Block:
    """An answer laid out."""
    lead = stated.lead.findings
    missing = [library.withheld] if any(found.withheld for found in lead) else []
    notes = ((Run(note, italic=True),) for note in (*stated.notes, *missing))
    first = [_title(stated), *notes, sentence(stated.lead, library)]
    if lead:
        first += [_kind_and_basis(stated, library), *_lead_sources(stated.lead, library)]
    continued = (Run(library.continued.format(title=heading(stated)), bold=True),)
    return Block(tuple(first), tuple(_more(stated, library)), continued)


def first_screen(stated: Stated, library: Library) -> str:
    """What is seen of an answer before anything is unfolded, as plain text."""
    return "\n".join(words(line) for line in block(stated, library).first)


def abridged(stated: Stated, library: Library, most: int) -> str:
    """The answer's sentence, with what must be known before it, in at most so many letters.

    Cut behind a word, and never in a figure or right behind one, where its unit may stand.
    """
    notes: Line = tuple(Run(f"{note} ") for note in stated.notes)
    runs = (*notes, *sentence(stated.lead, library))
    if len(words(runs)) <= most:
        return words(runs)
    return f"{_cut(runs, most - 1)}…"


def _cut(runs: Line, most: int) -> str:
    said, kept = "", ""
    for run in runs:
        for part in [run.text] if run.bold else re.split(r"(?<=\s)", run.text):
            said += part
            if len(said.rstrip()) > most:
                return kept.rstrip(" ,;:(")
            if not run.bold and any(letter.isalpha() for letter in part):
                kept = said
    return kept


def words(line: Line) -> str:
    """A line without its styles."""
    return "".join(run.text for run in line)


def heading(stated: Stated) -> str:
    """Drug, topic and group of an answer."""
    named = [stated.drug_name.capitalize()] if stated.drug_name else []
    title = " · ".join([*named, stated.title, *([stated.population_name] if stated.population_name else [])])
    return title[0].upper() + title[1:]


def _title(stated: Stated) -> Line:
    return (Run(heading(stated), bold=True),)


def sentence(passage: Passage, library: Library) -> Line:
    """A sentence with its figures, each a bold run of its own.

    Figures withheld in a row are said to be so once.
    """
    kept: list[Run] = []
    for run in (run for piece in pieces(passage.template) for run in _runs(piece, passage, library)):
        said = [one.text for one in kept if one.text.strip()]
        if run.text == figures.WITHHELD and said[-1:] == [run.text]:  # in a row it is said once
            while not kept[-1].text.strip():
                kept.pop()
        else:
            kept.append(run)
    return tuple(kept)


def _runs(piece: str | Slot, passage: Passage, library: Library) -> Line:
    if isinstance(piece, str):
        return (Run(piece),)
    if piece.name == REFERENCE_SLOT:
        reference = library.references[piece.part]
        return (Run(f"{record(reference)} "), *_link(reference))
    located = passage.scope[piece.name]
    return (Run(figures.figure(located, piece.part), bold=not isinstance(located.finding, Statement)),)


def _kind_and_basis(stated: Stated, library: Library) -> Line:
    """What kind of number the first figure is, who stands behind it, and how new the literature is."""
    lead = stated.lead.findings[0]
    known = (figures.kind(lead), figures.basis(lead), lead.design, age.literature(stated, library))
    text = " · ".join(filter(None, known))
    return (Run(text[0].upper() + text[1:]),)


def _lead_sources(passage: Passage, library: Library) -> Iterator[Line]:
    citations = _each_once(citation for found in passage.findings for citation in found.citations)
    shown = [f"{_tag(citation, library)}, {_where(citation)}" for citation in citations[:1]]
    shown += [_tag(citation, library) for citation in citations[1:MOST_TAGS]]
    if len(citations) > MOST_TAGS:
        shown.append(f"and {len(citations) - MOST_TAGS} more")
    yield (Run("; ".join(shown)),)
    for citation in citations[:1]:
        if link := _link(library.references[citation.reference]):
            yield link


def _each_once(citations: Iterable[Citation]) -> list[Citation]:
    """The first citation of each source, in order."""
    first: dict[str, Citation] = {}
    for citation in citations:
        first.setdefault(citation.reference, citation)
    return list(first.values())


def _tag(citation: Citation, library: Library) -> str:
    return library.references[citation.reference].tag


def _link(reference: Reference) -> Line:
    if reference.doi:
        return (Run(f"doi.org/{reference.doi}", link=f"https://doi.org/{reference.doi}"),)
    if reference.pmid:
        return (Run(f"PubMed {reference.pmid}", link=f"https://pubmed.ncbi.nlm.nih.gov/{reference.pmid}/"),)
    return ()


def _more(stated: Stated, library: Library) -> Iterator[Line]:
    for detail in stated.details:
        yield (Run("• "), *sentence(detail, library), *_tags(detail, library))
    for contrast in stated.contrasts:
        yield from _contrast(contrast, library)
    for rider in stated.riders:
        yield (Run("Safety: ", bold=True), Run(f"{rider.says} [{_tag(rider.citation, library)}]"))
    yield from _cautions(stated)
    if set(age.withheld(stated)) - {found.id for found in stated.lead.findings}:
        yield (Run(library.withheld, italic=True),)
    if stated.is_shortened:
        yield (Run(library.shortened, italic=True),)
    if stated.citations:
        yield (Run("Sources", bold=True),)
        yield from (_source(citations, library) for citations in _by_source(stated.citations))
    if stated.state is not State.NOT_CURATED:  # that the sources are silent is a claim as well
        yield (Run(library.disclaimer, italic=True),)


def _contrast(contrast: Contrast, library: Library) -> Iterator[Line]:
    yield (Run("Sources differ: ", bold=True), Run(contrast.about))
    for side in contrast.sides:
        yield (Run("– "), *sentence(side, library), *_tags(side, library, with_basis=True))
    if contrast.note:
        yield (Run(contrast.note, italic=True),)


def _cautions(stated: Stated) -> Iterator[Line]:
    cautions = (found.finding.caution for found in stated.lead.findings)
    for caution in dict.fromkeys(filter(None, cautions)):
        yield (Run("Caution: ", bold=True), Run(caution))


def _tags(passage: Passage, library: Library, *, with_basis: bool = False) -> Line:
    """Who says so, behind a sentence."""
    named: dict[str, str] = {}
    for found in passage.findings:
        for citation in found.citations[: MOST_TAGS + 1]:
            extra = ", ".join(filter(None, (figures.basis(found), found.design))) if with_basis else ""
            named.setdefault(_tag(citation, library), extra)
    shown = [f"{tag}, {extra}" if extra else tag for tag, extra in list(named.items())[:MOST_TAGS]]
    shown += ["and others"] if len(named) > MOST_TAGS else []
    return (Run(f" [{'; '.join(shown)}]"),) if shown else ()


def _by_source(citations: Iterable[Citation]) -> list[list[Citation]]:
    """The citations of each source together, in the order of their first."""
    groups: dict[str, list[Citation]] = {}
    for citation in citations:
        groups.setdefault(citation.reference, []).append(citation)
    return list(groups.values())


def _source(citations: list[Citation], library: Library) -> Line:
    """One source with every place in it that is cited."""
    reference = library.references[citations[0].reference]
    places = "; ".join(dict.fromkeys(_where(citation) for citation in citations))
    numbers = sorted({number for citation in citations for number in citation.cites})
    cites = f", citing its references {', '.join(map(str, numbers))}" if numbers else ""
    tellers = dict.fromkeys(citation.told_by for citation in citations if citation.told_by)
    told = "".join(f", told by {library.references[key].tag}" for key in tellers)
    named = reference.tag if _link(reference) else record(reference).removesuffix(".")
    return (Run(f"{named}, {places}{told}{cites}. "), *_link(reference))


def _where(citation: Citation) -> str:
    """The locator, and what was read unless the locator says it."""
    if citation.checked is Checked.ABSTRACT and citation.locator.casefold().startswith("abstract"):
        return citation.locator
    return f"{citation.locator} ({CHECKED[citation.checked]})"


def record(reference: Reference) -> str:
    """A bibliographic record in one line; the link comes behind it."""
    parts = [reference.authors or reference.tag, reference.title, _journal(reference), reference.section]
    return " ".join(f"{part.rstrip('.')}." for part in parts if part)


def _journal(reference: Reference) -> str | None:
    issue = ";".join(filter(None, (str(reference.year or ""), reference.pages)))
    return " ".join(filter(None, (reference.journal, issue))) or None
