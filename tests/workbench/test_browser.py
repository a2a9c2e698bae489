"""The workbench in a real browser: what an editor sees and does there."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

ROOT = Path(__file__).parents[2]
CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium")
ARGUMENTS = (
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
)
PATIENCE = 30_000
"""Milliseconds."""
DESK, PHONE = {"width": 1280, "height": 800}, {"width": 360, "height": 640}
AMIRA = ("-c", "user.name=Amira", "-c", "user.email=amira@rounds.example")
FIGURE = "knowledge/amilol/response_rate.yaml"

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium: install it, or name it in CHROMIUM")


@dataclass(frozen=True)
class Desk:
    """A workbench that runs, over content that a test may change."""

    address: str
    content: Path

    def replace(self, old: str, new: str, path: str = FIGURE) -> None:
        """Change a file as an editor does."""
        file = self.content / path
        text = file.read_text()
        assert old in text
        file.write_text(text.replace(old, new))


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield running
        running.close()


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """`python -m bot workbench` as a process of its own; asked to stop, it ends in good order."""
    content = tmp_path_factory.mktemp("desk") / "content"
    shutil.copytree(ROOT / "tests/small", content)
    for arguments in (["init", "--quiet"], ["add", "."], [*AMIRA, "commit", "--quiet", "--message", "What is live"]):
        subprocess.run(["git", "-C", str(content), *arguments], check=True)
    command = [sys.executable, "-m", "bot", "--content", str(content), "workbench", "--port", "0"]
    environment = {name: value for name, value in os.environ.items() if name != "WORKBENCH_TOKEN"}
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, cwd=ROOT, env=environment) as process:
        assert process.stderr is not None
        line = process.stderr.readline()
        try:
            yield Desk(re.findall(r"http://\S+", line)[0], content)
        finally:
            process.send_signal(signal.SIGINT)
            said = process.stderr.read()
            assert process.wait(10) == 0
            assert "Traceback" not in said
            assert "response rate of" not in said  # what was asked stands nowhere


@pytest.fixture
def desk(running: Desk) -> Iterator[Desk]:
    """The same, with the content put back afterwards."""
    before = {path: path.read_text() for path in running.content.rglob("*.yaml")}
    yield running
    for path, text in before.items():
        if path.read_text() != text:
            path.write_text(text)


@pytest.fixture
def page(browser: Browser, desk: Desk) -> Iterator[Page]:
    """A page at a desk. Whatever the browser complains of fails the test: the page's own policy above all."""
    yield from _opened(browser, desk, DESK)


@pytest.fixture
def phone(browser: Browser, desk: Desk) -> Iterator[Page]:
    """The same on the narrowest phone."""
    yield from _opened(browser, desk, PHONE)


def _opened(browser: Browser, desk: Desk, size: dict[str, int]) -> Iterator[Page]:
    complaints: list[str] = []
    context = browser.new_context(viewport=size)  # type: ignore[arg-type]
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    expect.set_options(timeout=PATIENCE)
    page.on("console", lambda said: complaints.append(said.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    with page.expect_request("**/events*"):
        page.goto(desk.address)
    yield page
    context.close()
    assert complaints == []


def ask(page: Page, words: str) -> None:
    page.get_by_label("Your question").fill(words)
    page.keyboard.press("Enter")


def last(page: Page) -> str:
    """The last answer in the chat."""
    return page.locator("#log .turn").last.inner_text()


def test_a_question_is_answered_and_explained_beside_it(page: Page) -> None:
    ask(page, "response rate of ami")
    expect(page.locator("#log")).to_contain_text("71% (95% CI 65 to 77)")
    expect(page.locator("#panel")).to_contain_text("ami is drug amilol")
    expect(page.get_by_label("Your question")).to_have_value("")
    expect(page.locator("#log .turn").last.locator("blockquote")).to_be_hidden()
    page.get_by_text("Show more").click()
    expect(page.locator("#log .turn").last.locator("blockquote")).to_be_visible()


def test_a_tap_asks_in_the_thread(page: Page) -> None:
    ask(page, "response rate of amilol")
    page.get_by_role("button", name="Bemilol: response").click()
    expect(page.locator("#log .turn").last).to_contain_text("Bemilol · response")
    expect(page.locator("#log .tapped")).to_have_text("You tapped: Bemilol: response")
    expect(page.locator("#thread")).to_contain_text("bemilol")
    ask(page, "and ami?")
    expect(page.locator("#log .turn").last).to_contain_text("Amilol · response")


def test_a_chart_and_feedback_are_shown_as_in_telegram(page: Page) -> None:
    ask(page, "response rate of amilol")
    page.get_by_role("button", name="Feedback").click()
    expect(page.get_by_role("button", name="Useful")).to_be_focused()
    page.get_by_role("button", name="Useful").click()
    expect(page.locator("#log .turn").last).to_contain_text("nothing is kept")
    page.get_by_role("button", name="Chart").click()
    picture = page.locator("#log img")
    expect(picture).to_have_attribute("alt", re.compile("Amilol"))
    assert picture.evaluate("image => image.decode().then(() => image.naturalWidth)") > 100


def test_words_that_look_like_tags_are_words(page: Page) -> None:
    ask(page, "<img src=x onerror=alert(1)> dose of amilol")
    expect(page.locator("#log .mine")).to_have_text(re.compile(r"<img src=x"))
    assert page.locator("#log img").count() == 0


def test_everything_can_be_done_from_the_keyboard(page: Page) -> None:
    """From the top of the page: the link past the menu, the question, the answer's button, another view."""
    page.keyboard.press("Tab")
    expect(page.get_by_text("Skip to the question")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_label("Your question")).to_be_focused()
    page.keyboard.type("response rate of amilol")
    page.keyboard.press("Enter")
    expect(page.locator("#log .turn").last).to_contain_text("Amilol · response")
    wanted = page.get_by_role("button", name="Bemilol: response")
    for _ in range(20):
        page.keyboard.press("Shift+Tab")
        if wanted.evaluate("button => button === document.activeElement"):
            break
    outline = wanted.evaluate("button => getComputedStyle(button).outlineWidth")
    assert outline == "3px"
    page.keyboard.press("Enter")
    expect(page.locator("#log .turn").last).to_contain_text("Bemilol · response")
    page.locator("#tab-coverage").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#panel h1")).to_have_text("Coverage")
    expect(page.locator("#tab-coverage")).to_be_focused()
    page.keyboard.press("/")
    expect(page.get_by_label("Your question")).to_be_focused()
    page.keyboard.type("/topics")
    expect(page.get_by_label("Your question")).to_have_value("/topics")


def test_a_changed_file_changes_the_page_without_a_reload(page: Page, desk: Desk) -> None:
    ask(page, "response rate of amilol")
    expect(page.locator("#log .turn").last).to_contain_text("71%")
    page.evaluate("window.here = true")
    desk.replace("percent: 71", "percent: 70")
    expect(page.locator("#log .turn").last).to_contain_text("70%")
    expect(page.locator("#panel")).to_contain_text("70% (95% CI 65 to 77)")
    assert page.evaluate("window.here")


def test_a_broken_file_is_said_at_the_top_and_the_old_answer_stays(page: Page, desk: Desk) -> None:
    ask(page, "response rate of amilol")
    desk.replace("percent: 71", "percnt: 71")
    expect(page.locator("#status")).to_contain_text("Not live.")
    expect(page.locator("#status")).to_contain_text(FIGURE)
    ask(page, "response rate of amilol")
    expect(page.locator("#log .turn")).to_have_count(3)
    assert "71%" in last(page)
    page.locator("#status a").click()
    page.locator("#panel .error .place a").click()
    expect(page.locator("#panel .here")).to_contain_text("percnt")
    desk.replace("percnt: 71", "percent: 71")
    expect(page.locator("#status")).not_to_contain_text("Not live.")


def test_the_difference_shows_a_figure_before_and_now(page: Page, desk: Desk) -> None:
    page.locator("#tab-changes").click()
    expect(page.locator("#panel")).to_contain_text("Nothing differs")
    desk.replace("percent: 71", "percent: 70")
    expect(page.locator("#panel del").first).to_contain_text("71%")
    expect(page.locator("#panel ins").first).to_contain_text("70%")
    expect(page.locator("#panel")).to_contain_text("Amilol · response")


def test_a_workbench_that_is_gone_is_said_to_be(browser: Browser, desk: Desk) -> None:
    context = browser.new_context(viewport=DESK)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(desk.address)
    expect(page.locator("#fault")).to_be_hidden()
    context.set_offline(True)
    ask(page, "response rate of amilol")
    expect(page.locator("#fault")).to_contain_text("Is the workbench still running?")
    context.set_offline(False)
    ask(page, "response rate of amilol")
    expect(page.locator("#fault")).to_be_hidden()
    context.close()


def test_the_booklet_is_searched_while_one_types_and_a_cell_is_asked(page: Page) -> None:
    page.locator("#tab-booklet").click()
    page.get_by_label("Search all answers").press_sequentially("cluster")
    expect(page.locator("#entries")).to_contain_text("Amilol · cluster headache")
    expect(page.get_by_label("Search all answers")).to_be_focused()
    page.locator("#tab-coverage").click()
    page.get_by_role("button", name="Bemilol: response").click()
    expect(page.locator("#log .turn").last).to_contain_text("You tapped: Bemilol: response")
    expect(page.locator("#tab-why")).to_have_attribute("aria-current", "page")


def test_a_phone_shows_one_column_without_sideways_scrolling(phone: Page) -> None:
    """And what is to be tapped is large enough for a thumb."""
    ask(phone, "response rate of amilol")
    expect(phone.locator("#log .turn")).to_have_count(2)
    for view in ("why", "coverage", "booklet", "problems", "changes"):
        phone.locator(f"#tab-{view}").click()
        expect(phone.locator("#panel .view")).to_have_attribute("data-view", view)
        assert phone.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
        expect(phone.locator("#chat")).to_be_visible(visible=view == "why")
        assert small_targets(phone) == []
    phone.locator("#tab-why").click()
    phone.locator("#panel .place a").first.click()
    expect(phone.locator("#panel .here")).to_be_in_viewport()


def small_targets(page: Page) -> list[str]:
    """What is to be tapped by itself, and is lower than 44 pixels. Links within a sentence may be."""
    found: list[str] = page.evaluate(
        """() => [...document.querySelectorAll("button, nav a, summary, input:not([type=hidden]), .place a, #thread a")]
            .filter((one) => one.checkVisibility() && one.getBoundingClientRect().height < 43.5)
            .map((one) => one.outerHTML)"""
    )
    return found


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_word_can_be_read_in_light_and_in_dark(browser: Browser, desk: Desk, scheme: str) -> None:
    """Contrast of at least 4.5 to 1, of each text against what lies behind it (WCAG AA)."""
    context = browser.new_context(viewport=DESK, color_scheme=scheme)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(desk.address)
    ask(page, "response rate of amilol")
    expect(page.locator("#log .turn")).to_have_count(2)
    for view in ("why", "coverage", "booklet", "problems"):
        page.locator(f"#tab-{view}").click()
        expect(page.locator("#panel .view")).to_have_attribute("data-view", view)
        assert page.evaluate(FAINT) == []
    context.close()


FAINT = """() => {
  const numbers = (colour) => colour.match(/[\\d.]+/g).map(Number);
  const light = (part) => { part /= 255; return part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4; };
  const luminance = ([r, g, b]) => 0.2126 * light(r) + 0.7152 * light(g) + 0.0722 * light(b);
  const behind = (one) => {
    for (; one; one = one.parentElement) {
      const colour = numbers(getComputedStyle(one).backgroundColor);
      if (colour.length === 3 || colour[3] > 0) return colour;
    }
    return [255, 255, 255];
  };
  const faint = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const one = walker.currentNode.parentElement;
    if (!walker.currentNode.data.trim() || !one.checkVisibility() || one.closest("script, datalist")) continue;
    const [a, b] = [luminance(numbers(getComputedStyle(one).color)), luminance(behind(one))].sort((x, y) => y - x);
    if ((a + 0.05) / (b + 0.05) < 4.5) faint.push(`${one.tagName} ${walker.currentNode.data.trim()}`);
  }
  return faint;
}"""
