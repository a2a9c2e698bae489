"""Who is let in, and what another site's page cannot do."""

from __future__ import annotations

import socket

import httpx
import pytest
from pydantic import SecretStr
from starlette.types import Receive, Scope, Send

from bot.settings import Settings
from bot.workbench.guard import COOKIE, MOST_BYTES, Guard
from bot.workbench.serving import LOCAL, Address
from bot.workbench.site import Site
from tests.workbench.conftest import HERE, OWN, visitor

TOKEN = "a-token-of-some-length"
ELSEWHERE = "http://192.0.2.7:8765"


@pytest.mark.parametrize("host", ["127.0.0.1:8765", "localhost:8765", "[::1]:8765"])
async def test_on_this_machine_it_answers_to_the_names_of_this_machine(site: Site, host: str) -> None:
    async with visitor(site.app(LOCAL)) as browser:
        assert (await browser.get("/", headers={"host": host})).status_code == 200


@pytest.mark.parametrize("host", ["evil.example", "evil.example:8765", "127.0.0.1.evil.example", ""])
async def test_a_name_of_another_site_that_leads_here_is_refused(site: Site, host: str) -> None:
    """Else a page of that site could read the workbench (DNS rebinding)."""
    async with visitor(site.app(LOCAL)) as browser:
        assert (await browser.get("/", headers={"host": host})).status_code == 400


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"sec-fetch-site": "same-origin"}, 200),
        ({"origin": HERE}, 200),
        ({"sec-fetch-site": "cross-site", "origin": HERE}, 403),
        ({"sec-fetch-site": "same-site"}, 403),
        ({"sec-fetch-site": "none"}, 403),
        ({"origin": "http://evil.example"}, 403),
        ({"origin": "null"}, 403),
        ({"origin": "http://127.0.0.1:9999"}, 403),
        ({}, 403),
    ],
)
async def test_only_a_page_of_the_workbench_may_post(site: Site, headers: dict[str, str], status: int) -> None:
    async with visitor(site.app(LOCAL)) as browser:
        assert (await browser.post("/chat", data={"words": "dose"}, headers=headers)).status_code == status


async def test_elsewhere_the_link_opens_it_and_a_cookie_keeps_it_open(site: Site) -> None:
    async with visitor(site.app(("*",), TOKEN), ELSEWHERE) as browser:
        assert (await browser.get("/")).status_code == 401
        assert (await browser.get("/?token=another-token")).status_code == 401
        admitted = await browser.get(f"/?token={TOKEN}")
        assert (admitted.status_code, admitted.headers["location"]) == (303, "/")
        cookie = admitted.headers["set-cookie"]
        assert "HttpOnly" in cookie
        assert "SameSite=strict" in cookie
        assert (await browser.get("/")).status_code == 200
        assert (await browser.post("/chat", data={"words": "dose"}, headers=OWN)).status_code == 200


@pytest.mark.parametrize("path", ["/", "/status", "/events", "/chart/response/amilol", "/static/htmx.js", "/nothing"])
async def test_without_the_token_nothing_is_shown(site: Site, path: str) -> None:
    async with visitor(site.app(("*",), TOKEN), ELSEWHERE) as browser:
        for cookie in (b"", f"{COOKIE}=\u00e9".encode(), f"{COOKIE}={TOKEN[:-1]}".encode()):
            assert (await browser.get(path, headers=[(b"cookie", cookie)])).status_code == 401


async def test_every_response_forbids_what_is_not_its_own(site: Site) -> None:
    async with visitor(site.app(LOCAL, TOKEN)) as browser:
        for path in ("/", "/nothing", f"/?token={TOKEN}"):
            headers = (await browser.get(path)).headers
            policy = headers["content-security-policy"]
            assert "default-src 'none'" in policy
            assert "unsafe" not in policy
            assert headers["cache-control"] == "no-store"
            assert headers["x-content-type-options"] == "nosniff"


async def test_what_is_too_long_is_not_read(site: Site) -> None:
    async with visitor(site.app(LOCAL)) as browser:
        assert (await browser.post("/chat", data={"words": "x" * MOST_BYTES}, headers=OWN)).status_code == 413


async def test_a_page_that_fails_says_so_and_the_log_holds_no_word_of_it(caplog: pytest.LogCaptureFixture) -> None:
    async def fails(scope: Scope, receive: Receive, send: Send) -> None:
        raise ValueError("the words of a question")

    transport = httpx.ASGITransport(Guard(fails))
    async with httpx.AsyncClient(transport=transport, base_url=HERE) as browser:
        response = await browser.get("/")
    assert (response.status_code, response.text) == (500, "Something went wrong here.\n")
    assert "ValueError at test_guard.py" in caplog.text
    assert "words" not in caplog.text


def test_a_token_is_asked_for_where_others_can_reach_it() -> None:
    unset = Settings(_env_file=None)
    assert Address.of("127.0.0.1", 8765, unset).link == "http://127.0.0.1:8765/"
    assert Address.of("::1", 8765, unset).link == "http://[::1]:8765/"
    assert Address.of("127.0.0.1", 8765, unset).hosts == LOCAL
    first, second = (Address.of("0.0.0.0", 80, unset) for _ in range(2))
    assert first.token != second.token
    assert len(first.token or "") >= 32
    assert first.link == f"http://{socket.gethostname()}:80/?token={first.token}"
    chosen = Settings(_env_file=None, workbench_token=SecretStr(TOKEN))
    assert Address.of("rounds.example", 80, chosen).token == TOKEN
