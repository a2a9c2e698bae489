"""What readers see: every answer of the shipped content, rendered and looked at."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest

from bot.answering.engine import Engine
from bot.answering.stating import PRESENT, Cell, Statements
from bot.domain.answer import State
from bot.domain.catalogue import Located
from bot.domain.figure import Bound, Interval95, Point, Range, Schedule, Share, Tally, Unit
from bot.domain.finding import Citation, PointFinding, RangeFinding, ScheduleFinding, ShareFinding
from bot.domain.place import Place
from bot.domain.reply import Answered, Passage, Reply, Stated, Understood
from bot.domain.template import Slot, pieces
from bot.rendering import figures, html, plain
from bot.rendering.page import Block, Run
from tests.emulator.formatting import parsed

SOURCE = Citation.model_validate({"reference": "r", "locator": "p", "checked": "abstract"})
NUMBER = re.compile(r"\d[\d.,]*\d|\d")


def located(finding: object) -> Located:
    """A finding as a catalogue would hold it."""
    return Located("a.b", finding, Place("f.yaml"))  # type: ignore[arg-type]


def share(**value: object) -> Located:
    return located(
        ShareFinding.model_validate(
            {"says": "x", "kind": "share_of_patients", "value": Share.model_validate(value), "from": SOURCE}
        )
    )


def range_(**value: object) -> Located:
    return located(
        RangeFinding.model_validate(
            {"says": "x", "kind": "full_range", "value": Range.model_validate(value), "from": SOURCE}
        )
    )


def point(**value: object) -> Located:
    return located(
        PointFinding.model_validate({"says": "x", "kind": "mean", "value": Point.model_validate(value), "from": SOURCE})
    )


def schedule(**value: object) -> Located:
    return located(
        ScheduleFinding.model_validate(
            {"says": "x", "kind": "interval", "value": Schedule.model_validate(value), "from": SOURCE}
        )
    )


@pytest.mark.parametrize(
    ("found", "part", "words"),
    [
        (share(percent="71", ci={"low": "65", "high": "77"}), "", "71% (95% CI 65 to 77)"),
        (share(percent="71", ci={"low": "65", "high": "77"}), "percent", "71%"),
        (share(percent="71.0"), "", "71%"),
        (share(percent="50", bound="more than"), "", "more than 50%"),
        (share(count="26", of="39", percent="67"), "", "26 of 39 (67%)"),
        (share(count="4", of="24", misprinted="27"), "", "4 of 24 (printed as 27%)"),
        (share(count="9"), "", "9"),
        (range_(low="8", high="10", unit="week"), "", "8 to 10 weeks"),
        (range_(low="1", low_unit="week", high="60", unit="month"), "", "1 week to 60 months"),
        (range_(high="3", unit="month"), "high", "3 months"),
        (range_(high="3", unit="month"), "", "up to 3 months"),
        (range_(low="25", high="75", unit="percent"), "", "25 to 75%"),
        (range_(low="0.10", high="108", unit="month"), "", "0.1 to 108 months"),
        (point(amount="1.0", unit="month"), "", "1 month"),
        (point(amount="1200", unit="mg daily"), "", "1,200 mg daily"),
        (point(amount="12", unit="month", low="6", high="18"), "", "12 months (range 6 to 18)"),
        (point(amount="50", unit="mg every other day"), "", "50 mg every other day"),
        (schedule(every="6", unit="month"), "", "every 6 months"),
        (schedule(every="1", unit="week", during="8", during_unit="week"), "", "weekly for 8 weeks"),
        (schedule(every="3", every_high="6", unit="month"), "", "every 3 to 6 months"),
    ],
)
def test_a_figure_is_written_in_the_safe_style(found: Located, part: str, words: str) -> None:
    """No trailing zero, a leading zero, a space before the unit, units written out."""
    assert figures.figure(found, part) == words


def test_a_tally_and_its_bound() -> None:
    """ "Fewer than" is part of the figure."""
    assert figures._words(Tally(number=20, unit=Unit.PATIENT, bound=Bound.LESS_THAN), "") == "less than 20 patients"


def test_an_interval_upside_down_is_refused() -> None:
    """A slip of the editor, not a figure."""
    with pytest.raises(ValueError, match="upside down"):
        Interval95(low=Decimal(9), high=Decimal(3))


def shipped(engine: Engine) -> list[tuple[str, Reply]]:
    """Every answer of the shipped content as a reply."""
    statements = Statements(engine.catalogue)
    cells = [statements.of(Cell(topic, drug)) for drug, topic in engine.catalogue.cells]
    studies = [statements.of_study(key) for key in engine.catalogue.studies]
    return [(f"{one.drug} {one.title}", Answered(Understood("exact"), (one,))) for one in (*cells, *studies)]


def test_every_answer_is_accepted_by_telegram(engine: Engine) -> None:
    """TDLib, the parser that Telegram's own server uses, judges every text: length, tags, and that links survive."""
    for name, reply in shipped(engine):
        for text in html.messages(reply, engine.library):
            judged = parsed(text, "html")
            assert 0 < len(judged["text"]) <= html.LIMIT, (name, judged)
            kinds = [entity["type"]["@type"] for entity in judged["entities"]]
            assert kinds.count("textEntityTypeTextUrl") == text.count("<a href"), name


def test_html_and_plain_text_say_the_same(engine: Engine) -> None:
    """Formatting adds nothing but the headings of further messages, and loses nothing."""
    for name, reply in shipped(engine):
        first, *more = [parsed(text, "html")["text"] for text in html.messages(reply, engine.library)]
        assert all(text.splitlines()[0].endswith("(continued)") for text in more), name
        told = " ".join([first, *(text.partition("\n")[2] for text in more)])
        assert told.split() == plain.text(reply, engine.library).split(), name


def test_no_digit_is_shown_that_no_finding_gave(engine: Engine) -> None:
    """Numbers in an answer's sentences come out of its findings, and nowhere else."""
    for name, reply in shipped(engine):
        assert isinstance(reply, Answered)
        for passage in passages(reply.stated[0]):
            given = " ".join(figures.figure(found, part) for found in passage.findings for part in figures.PARTS)
            text = "".join(str(piece) for piece in sentence(passage))
            assert set(NUMBER.findall(text)) <= set(NUMBER.findall(given)), name


def passages(stated: Stated) -> list[Passage]:
    """Every sentence of an answer but the bibliographic record of the source topic."""
    sides = [side for contrast in stated.contrasts for side in contrast.sides]
    every = [stated.lead, *stated.details, *sides]
    return [passage for passage in every if "{reference:" not in passage.template]


def sentence(passage: Passage) -> list[str]:
    """A sentence with its figures filled in, in pieces."""
    return [
        figures.figure(passage.scope[piece.name], piece.part) if isinstance(piece, Slot) else piece
        for piece in pieces(passage.template)
    ]


def test_an_answer_names_its_source_where_it_states_anything(engine: Engine) -> None:
    """A figure without a source is no answer; an absence needs none."""
    for name, reply in shipped(engine):
        assert isinstance(reply, Answered)
        stated = reply.stated[0]
        if stated.state in PRESENT and stated.drug:
            assert stated.lead.findings, name
            assert stated.citations, name


def test_every_answer_says_that_nobody_reviewed_it(engine: Engine) -> None:
    """In four words, until a named clinician has."""
    disclaimer = engine.catalogue.messages.disclaimer
    assert len(disclaimer.split()) == 4
    for name, reply in shipped(engine):
        assert isinstance(reply, Answered)
        if reply.stated[0].state in {State.REPORTED, State.REPORTED_NONE}:
            assert disclaimer in plain.text(reply, engine.library), name


def test_an_answer_that_fits_as_telegram_counts_is_one_message(engine: Engine) -> None:
    """Of what is read, without tags and addresses: four answers were cut in two although they fit."""
    for name, reply in shipped(engine):
        sent = html.messages(reply, engine.library)
        judged = [parsed(text, "html") for text in sent]
        whole = "\n".join(one["text"] for one in judged)
        entities = sum(len(one["entities"]) for one in judged)
        assert len(sent) == 1 or len(whole) > html.LIMIT or entities > html.MOST_ENTITIES, name
        assert all(len(one["entities"]) <= html.MOST_ENTITIES for one in judged), name


@pytest.mark.parametrize("words", ["x" * 300, "&" * 300, "\U0001f600" * 300])
def test_a_long_reply_is_cut_between_lines_and_each_further_message_has_a_heading(words: str) -> None:
    """Each message stands alone: its tags are closed, and it says what it goes on with."""
    lines = tuple((Run(f"line {number} {words}"),) for number in range(40))
    block = Block(((Run("Title", bold=True),),), lines, (Run("Title (continued)", bold=True),))
    first, *more = html.packed([block])
    assert more
    for text in (first, *more):
        assert len(parsed(text, "html")["text"]) <= html.LIMIT
        assert text.count("<blockquote expandable>") == text.count("</blockquote>") == 1
    assert all(text.startswith("<b>Title (continued)</b>") for text in more)
    assert "".join((first, *more)).count("line ") == len(lines)


def test_no_message_has_more_entities_than_telegram_shows() -> None:
    """Those beyond are dropped, and nothing says so."""
    lines = tuple((Run(str(number), bold=True), Run(" and "), Run("x", italic=True)) for number in range(120))
    for text in html.packed([Block((), lines)]):
        assert len(parsed(text, "html")["entities"]) <= html.MOST_ENTITIES


def test_a_gap_says_as_well_that_nobody_reviewed_it(engine: Engine) -> None:
    """That the sources are silent is a claim like any other."""
    reply = engine.reply_to("lenalidomide neuropathy monitoring").reply
    assert engine.catalogue.messages.disclaimer in plain.text(reply, engine.library)


def test_what_a_user_or_editor_wrote_cannot_become_markup() -> None:
    """Everything is escaped at the last step."""
    assert html._run(Run('<b>&"', link='https://e.x/?a="<')) == (
        '<a href="https://e.x/?a=&quot;&lt;">&lt;b&gt;&amp;"</a>'
    )
