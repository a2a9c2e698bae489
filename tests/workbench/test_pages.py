"""What each address shows, with and without scripts."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import httpx
import pytest

from bot.chat.entry import Entry
from bot.checking.check import check_content
from bot.live import LiveEngine
from bot.workbench.site import Site
from tests.workbench.conftest import HTMX

INJECTED = "<img src=x onerror=alert(1)>\"&'"
ANSWER = "Amilol · response"


def fields_of(page: str) -> dict[str, str]:
    """What the page carries of its conversation."""
    (thread,) = re.findall(r'<div id="thread".*?</div>', page, re.DOTALL)
    return {name: unescape(value) for name, value in re.findall(r'name="(\w+)" value="([^"]*)"', thread)}


async def asked(browser: httpx.AsyncClient, words: str, **fields: str) -> str:
    response = await browser.post("/chat", data={"words": words, **fields}, headers=HTMX)
    assert response.status_code == 200
    return response.text


async def test_the_page_begins_with_what_start_says_and_loads_nothing_from_elsewhere(
    browser: httpx.AsyncClient, site: Site
) -> None:
    page = (await browser.get("/")).text
    assert site.live.engine.catalogue.messages.start.splitlines()[0] in page
    loaded = re.findall(r'(?:src|href)="([^"]+)"', page)
    assert all(address.startswith(("/", "#")) and not address.startswith("//") for address in loaded)
    for address in re.findall(r'"(/static/[^"]+)"', page):
        assert (await browser.get(address)).status_code == 200


def test_no_style_and_no_script_stands_in_the_page() -> None:
    """The policy of the page forbids both: what stood there would not work."""
    templates = (Path(__file__).parents[2] / "bot/workbench/templates").glob("*.html")
    assert not [
        path.name for path in templates if re.search(r"\sstyle=|<style|\son\w+=|hx-on|<script>", path.read_text())
    ]


async def test_an_answer_comes_with_its_buttons_and_why_it_was_given(browser: httpx.AsyncClient) -> None:
    page = await asked(browser, "response rate of ami")
    for words in (ANSWER, "71%", "<summary>", "Bemilol: response", "Chart", "Share", "Feedback"):
        assert words in page
    for words in ("sure enough to answer", "<q>ami</q> is drug <strong>amilol</strong>", "0.", "trial.response"):
        assert words in page
    assert "/file/knowledge/studies/trial.yaml?line=" in page
    assert "Review 2020, Efficacy, item 1 (full text read)" in page


async def test_the_bars_have_the_numbers_of_the_reading(browser: httpx.AsyncClient, site: Site) -> None:
    """Each score is drawn as long as it is, with the threshold across."""
    page = await asked(browser, "response rate of amilol")
    turn = site.live.engine.reply_to("response rate of amilol")
    assert turn.interpretation is not None
    trace = turn.interpretation.trace
    drawn = re.findall(r'class="bar" width="([\d.]+)"', page)
    assert drawn == [f"{one.score * 100:.2f}" for one in trace.ranking]
    assert f'class="threshold" x1="{trace.threshold * 100:.2f}"' in page
    assert f"{trace.ranking[0].score:.2f}" in page


async def test_a_follow_up_takes_the_drug_from_the_thread_that_the_page_carries(browser: httpx.AsyncClient) -> None:
    first = await asked(browser, "response rate of amilol")
    assert "Bemilol · response" in await asked(browser, "and bemilol?", **fields_of(first))
    assert "Bemilol · response" not in await asked(browser, "and bemilol?")


@pytest.mark.parametrize(
    ("data", "shown"),
    [
        ("v1|response_rate|bemilol|", "Bemilol · response"),
        ("s1|amilol||", "Trial 2019"),
        ("c1|response|amilol", 'src="/chart/response/amilol'),
        (f"l2|{Entry('response_rate', 'amilol').code}", "http://127.0.0.1:8765/?start=a-response_rate-amilol"),
        ("v0|of|old", "older version"),
    ],
)
async def test_a_tap_shows_what_it_does_in_telegram(browser: httpx.AsyncClient, data: str, shown: str) -> None:
    response = await browser.post("/chat", data={"data": data, "label": "The label"}, headers=HTMX)
    assert shown in response.text
    assert "The label" in response.text
    why = await browser.post("/why", data=fields_of(response.text), headers=HTMX)
    assert ("no question had to be read" in why.text) == (not data.startswith("v"))


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("/studies amilol", "Trial 2019"),
        ("/coverage", "pairs of drug and topic"),
        ("/topics", "Choose a topic"),
        ("/privacy", "For 30 minutes"),
        ("/source", "Two drugs for headache"),
        ("/START a-response_rate-amilol", ANSWER),
        ("/invite", "refractory"),
    ],
)
async def test_commands_do_what_they_do_in_telegram(browser: httpx.AsyncClient, words: str, shown: str) -> None:
    """Those of editors and owners are no commands here: there is nobody to invite."""
    assert shown in await asked(browser, words)


async def test_a_shared_link_opens_its_answer(browser: httpx.AsyncClient) -> None:
    assert ANSWER in (await browser.get("/?start=a-response_rate-amilol")).text


async def test_a_chart_is_a_picture_with_words(browser: httpx.AsyncClient) -> None:
    page = (await browser.post("/chat", data={"data": "c1|response|amilol"}, headers=HTMX)).text
    address = re.findall(r'<img src="([^"]+)" alt="[^"]{20,}"', page)[0]
    picture = await browser.get(address)
    assert (picture.headers["content-type"], picture.content[:4]) == ("image/png", b"\x89PNG")
    assert (await browser.get("/chart/nonsense/amilol")).status_code == 404


async def test_feedback_unfolds_and_thanks_and_nothing_is_kept(browser: httpx.AsyncClient) -> None:
    page = await asked(browser, "response rate of amilol")
    buttons = unescape(re.findall(r'name="buttons" value="([^"]*)"', page)[0])
    (data,) = re.findall(r'value="(f2\|[^"]*)"', page)
    unfolded = (await browser.post("/feedback", data={"data": data, "buttons": buttons}, headers=HTMX)).text
    assert "Useful" in unfolded
    assert "Bemilol: response" in unfolded
    useful = data.replace("f2|answer||", "f2|answer|useful|")
    assert (
        "nothing is kept"
        in (await browser.post("/feedback", data={"data": useful, "buttons": buttons}, headers=HTMX)).text
    )
    assert (await browser.post("/feedback", data={"data": data, "buttons": "[1]"}, headers=HTMX)).status_code == 400


@pytest.mark.parametrize("field", ["words", "label", "last_words", "context", "buttons"])
async def test_whatever_is_sent_comes_back_as_words_and_never_as_tags(browser: httpx.AsyncClient, field: str) -> None:
    """Also in what the page carries."""
    data = "v1|response_rate|amilol|" if field == "label" else ""
    for address in ("/chat", "/again", "/why"):
        response = await browser.post(address, data={"data": data, field: INJECTED}, headers=HTMX)
        assert response.status_code < 500
        assert "<img src=x" not in response.text
    assert "<img src=x" not in (await browser.get("/booklet", params={"words": INJECTED})).text


async def test_what_stands_in_a_file_comes_as_words_too(browser: httpx.AsyncClient, small: Path) -> None:
    answer = small / "knowledge/amilol/response_rate.yaml"
    answer.write_text(answer.read_text() + f"# {INJECTED}\n")
    page = (await browser.get("/file/knowledge/amilol/response_rate.yaml?line=2")).text
    assert "&lt;img src=x" in page
    assert "<img src=x" not in page
    assert re.search(r'<li class="here"[^>]*><code>details:', page)


@pytest.mark.parametrize("path", ["../pyproject.toml", "knowledge/../../x", "knowledge/nothing.yaml", "%2e%2e/x", ""])
async def test_only_files_of_the_content_are_shown(browser: httpx.AsyncClient, path: str) -> None:
    assert (await browser.get(f"/file/{path}")).status_code == 404


async def test_the_coverage_names_every_cell_and_each_is_a_button(browser: httpx.AsyncClient) -> None:
    page = (await browser.get("/coverage")).text
    assert page.count("Amilol: response: reported") == 1
    assert 'value="v1|response_rate|amilol|"' in page
    assert 'value="v1|source||"' in page


async def test_the_booklet_finds_the_answers_that_hold_every_word(browser: httpx.AsyncClient) -> None:
    everything = (await browser.get("/booklet")).text
    found = (await browser.get("/booklet", params={"words": "CLUSTER amilol"})).text
    assert everything.count('<details class="entry"') > found.count('<details class="entry"') > 0
    assert "Amilol · cluster headache" in found
    part = await browser.get("/booklet", params={"words": "zzz"}, headers={**HTMX, "hx-target": "entries"})
    assert part.text.strip().startswith('<div id="entries">')
    assert "No answer holds" in part.text


async def test_problems_are_the_same_text_as_in_the_terminal(browser: httpx.AsyncClient, small: Path) -> None:
    assert "Nothing to mend" in (await browser.get("/problems")).text
    broken = small / "knowledge/amilol/response_rate.yaml"
    broken.write_text(broken.read_text().replace("percent: 71", "percnt: 71"))
    page = unescape((await browser.get("/problems")).text)
    (problem,) = check_content(small)
    assert str(problem) in page
    assert f"/file/{problem.place.path}?line={problem.place.line}" in page


async def test_each_address_is_a_whole_page_without_scripts_and_a_part_for_htmx(browser: httpx.AsyncClient) -> None:
    for address in ("/coverage", "/booklet", "/problems", "/changes", "/file/knowledge/drugs.yaml"):
        whole, part = await browser.get(address), await browser.get(address, headers=HTMX)
        assert "<!doctype html>" in whole.text
        assert "<!doctype html>" not in part.text
        assert part.text.strip().startswith('<div class="view"')
    whole = await browser.post("/chat", data={"words": "response rate of amilol"})
    assert "<!doctype html>" in whole.text
    assert ANSWER in whole.text


async def test_after_a_change_the_last_question_is_answered_anew(
    browser: httpx.AsyncClient, live: LiveEngine, small: Path
) -> None:
    """Where the answer is the same, nothing on the page moves."""
    fields = fields_of(await asked(browser, "response rate of amilol"))
    same = await browser.post("/again", data=fields, headers=HTMX)
    assert same.headers["hx-reswap"] == "none"
    assert 'class="turn' not in same.text
    changed = small / "knowledge/amilol/response_rate.yaml"
    changed.write_text(changed.read_text().replace("percent: 71", "percent: 70"))
    await live.renew()
    anew = await browser.post("/again", data=fields, headers=HTMX)
    assert "The content has changed" in anew.text
    assert "70%" in anew.text
    assert "hx-reswap" not in anew.headers
    elsewhere = {**HTMX, "hx-current-url": "http://127.0.0.1:8765/coverage"}
    assert 'id="panel"' not in (await browser.post("/again", data=fields, headers=elsewhere)).text


async def test_nothing_was_asked_so_nothing_is_asked_anew(browser: httpx.AsyncClient) -> None:
    assert (await browser.post("/again", data={}, headers=HTMX)).status_code == 204


async def test_content_that_cannot_go_live_is_said_at_the_top_and_the_last_good_one_answers(
    browser: httpx.AsyncClient, live: LiveEngine, small: Path
) -> None:
    broken = small / "knowledge/amilol/response_rate.yaml"
    broken.write_text(broken.read_text().replace("percent: 71", "percnt: 71"))
    await live.renew()
    status = (await browser.get("/status")).text
    assert "Not live." in status
    assert "1 to mend" in status
    assert "71%" in await asked(browser, "response rate of amilol")


async def test_a_thread_outlives_what_it_was_about(browser: httpx.AsyncClient) -> None:
    """An editor has taken the topic and the drug away meanwhile."""
    gone = '{"topics": ["gone"], "drugs": ["gone"], "population": "gone"}'
    assert "Bemilol" in await asked(browser, "and bemilol?", context=gone)
    assert ANSWER in await asked(browser, "response rate of amilol", context=gone)
    assert ANSWER in await asked(browser, "response rate of amilol", context="no context at all")
