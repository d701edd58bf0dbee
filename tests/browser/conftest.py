"""A real browser before the page that is served; `ASSISTANT_URL` says where, for example http://127.0.0.1:5005."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Route, sync_playwright

Answer = dict[str, Any]
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def served() -> str:
    """Return the address of the running assistant, without a slash at its end."""
    address = os.environ.get("ASSISTANT_URL", "")
    if not address:
        pytest.fail("Set ASSISTANT_URL to a running assistant, or use `make test-browser`.", pytrace=False)
    return address.rstrip("/")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Start Chromium once: the system's where there is one, otherwise playwright's own."""
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        yield started
        started.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """Open an empty page with a storage of its own."""
    context = browser.new_context(viewport={"width": 1280, "height": 800}, reduced_motion="reduce")
    context.set_default_timeout(15_000)
    yield context.new_page()
    context.close()


class Faked:
    """Stands in for the server's answers and keeps what the widget sent.

    `replies` are given one a message, the last one again and again: messages, or (status, error text).
    """

    def __init__(self, page: Page) -> None:
        self.sent: list[Answer] = []
        self.tokens: list[str] = []
        self.sessions = 0
        self.erased = 0
        self.renewed = ""
        self.replies: list[Any] = [[self.message("An answer.")]]
        page.route("**/chat/sessions", self._open)
        page.route("**/chat/sessions/current", self._erase)
        page.route("**/chat/messages", self._reply)
        page.route("**/chat/history", lambda route: _give(route, 200, {"messages": []}))

    @staticmethod
    def message(text: str, **more: Any) -> Answer:
        """Return one message of a reply as the server words it."""
        plain = {"choices": [], "sources": [], "urgency": "none", "topics": [], "assumed": {}}
        return {"id": f"m-{abs(hash(text))}", "text": text, **plain, **more}

    def _open(self, route: Route) -> None:
        self.sessions += 1
        greeting = self.message("Hello, what would you like to know?", id="greeting")
        opened = {"token": f"token-{self.sessions}", "expires_at": "2999-01-01T00:00:00Z"}
        _give(route, 201, {**opened, "greeting": greeting, "notice": "Messages are kept for a while."})

    def _erase(self, route: Route) -> None:
        self.erased += 1
        _give(route, 200, {})

    def _reply(self, route: Route) -> None:
        self.sent.append(json.loads(route.request.post_data or "{}"))
        self.tokens.append(route.request.headers["authorization"])
        reply = self.replies.pop(0) if len(self.replies) > 1 else self.replies[0]
        if isinstance(reply, list):
            fresh = {"token": self.renewed, "expires_at": "2999-01-01T00:00:00Z"} if self.renewed else {}
            _give(route, 200, {"messages": reply, **fresh})
        else:
            _give(route, reply[0], {"error": {"code": "any", "message": reply[1]}})


def _give(route: Route, status: int, body: Answer) -> None:
    route.fulfill(status=status, content_type="application/json", body=json.dumps(body))


@pytest.fixture
def faked(page: Page) -> Faked:
    """Answer the widget's calls in the test itself."""
    return Faked(page)


@pytest.fixture
def ask(page: Page) -> Callable[[str], None]:
    """Return a function that types a question into the open chat and sends it."""

    def _ask(text: str) -> None:
        page.locator("guide-chat textarea").fill(text)
        page.locator("guide-chat textarea").press("Enter")

    return _ask


@pytest.fixture
def opened(page: Page, served: str, faked: Faked) -> Page:
    """Open the panel on the demonstration page, with faked answers, and wait for the greeting."""
    page.goto(f"{served}/chat/")
    page.locator("guide-chat .launcher").click()
    page.locator("guide-chat .bot").first.wait_for()
    return page
