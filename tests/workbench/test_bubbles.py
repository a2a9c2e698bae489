"""Messages of the chat as HTML of a page."""

from __future__ import annotations

from bot.workbench.bubbles import bubble


def test_a_message_unfolds_and_its_links_open_apart() -> None:
    message = 'first\n<blockquote expandable>more &lt;b&gt; <a href="https://a.example/1">a</a></blockquote>\n\nlast'
    assert bubble(message) == (
        'first<details class="more"><summary>Show more</summary><blockquote>more &lt;b&gt; '
        '<a rel="noreferrer" target="_blank" href="https://a.example/1">a</a></blockquote></details>last'
    )


def test_an_address_in_the_words_is_a_link_as_in_telegram() -> None:
    assert 'href="http://127.0.0.1:8765/?start=a-b&amp;c"' in bubble("see:\nhttp://127.0.0.1:8765/?start=a-b&amp;c")
