"""A real browser before the page that is served; `ASSISTANT_URL` says where, for example http://127.0.0.1:5005."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.faked import Faked

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
    page = context.new_page()
    yield page
    page.unroute_all(behavior="ignoreErrors")
    context.close()


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
