"""Nothing that is said becomes script, and nothing is asked of, or left with, anybody else."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, Route, expect

from assistant.channels.pages import POLICY
from assistant.files import ROOT
from tests.browser.faked import Faked
from tests.browser.payloads import payloads
from tests.browser.states import ask, widget

PAYLOADS = 10_000
SLOW = 30_000  # milliseconds; a reply of hundreds of messages
AT_ONCE = 250
FOUND = """chat => {
  const { shadowRoot } = chat;
  return {
    shown: shadowRoot.querySelectorAll('.bot').length,
    hacked: 'hacked' in window,
    elements: [...new Set([...shadowRoot.querySelectorAll('.log *')].map((node) => node.localName))],
    protocols: [...new Set([...shadowRoot.querySelectorAll('[href], [src]')].map((node) => node.protocol))],
    handlers: [...shadowRoot.querySelectorAll('.log *')].flatMap((node) => node.getAttributeNames())
      .filter((name) => /^on|^style$|^src/.test(name)).length,
  };
}"""
ALLOWED = {*["a", "b", "br", "button", "details", "div", "li", "p", "path", "span", "strong", "summary", "svg", "ul"]}


def test_ten_thousand_payloads_run_nothing_and_link_nowhere_odd(page: Page, served: str, faked: Faked) -> None:
    complaints: list[str] = []
    page.on("dialog", lambda dialog: complaints.append(dialog.message))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda line: complaints.append(line.text) if line.type == "error" else None)
    page.on("popup", lambda popup: complaints.append(popup.url))
    page.goto(f"{served}/chat/")
    texts = list(payloads(PAYLOADS))
    faked.replies = [
        [
            faked.message(
                text,
                id=f"m{start}-{at}",
                topics=["any"],
                sources=[{"title": text, "publisher": text, "url": text}],
                choices=[{"id": text, "title": text}],
            )
            for at, text in enumerate(texts[start : start + AT_ONCE])
        ]
        for start in range(0, PAYLOADS, AT_ONCE)
    ]
    page.locator(widget(".launcher")).click()
    shown = 0
    for start in range(0, PAYLOADS, AT_ONCE):
        expect(page.locator(widget(".bot"))).to_have_count(1)
        ask(page, texts[start % len(texts)].strip()[:900] or "anything")
        expect(page.locator(widget(".bot")).nth(1)).to_be_attached(timeout=SLOW)
        found = page.locator("guide-chat").evaluate(FOUND)
        shown += found["shown"] - 1
        assert set(found["elements"]) <= ALLOWED
        assert set(found["protocols"]) <= {"https:", "tel:", "mailto:"}
        assert (found["hacked"], found["handlers"]) == (False, 0)
        page.locator(widget(".menu button")).nth(2).evaluate("button => button.click()")
        page.locator(widget(".ask .full")).evaluate("button => button.click()")
        expect(page.locator(widget(".you"))).to_have_count(0)
    assert shown >= 0.97 * PAYLOADS  # what is only white space is no message
    assert complaints == []


def test_the_policy_of_the_document_is_the_one_that_is_served_and_holds(page: Page, served: str) -> None:
    text = (ROOT / "docs" / "embedding.md").read_text(encoding="utf-8")
    documented = re.search(r"```\n(default-src[^`]+)```", text)
    assert documented is not None
    assert " ".join(documented[1].split()) == POLICY
    answer = page.goto(f"{served}/chat/")
    assert answer is not None and answer.headers["content-security-policy"] == POLICY
    with pytest.raises(Exception, match="TrustedHTML"):
        page.evaluate("document.body.innerHTML = '<b>x</b>'")


def test_the_document_policy_lets_the_whole_widget_work_on_any_page(page: Page, served: str, faked: Faked) -> None:
    """The same on a page of another owner, with the policy as the document words it."""
    complaints: list[str] = []
    page.on("console", lambda line: complaints.append(line.text) if line.type in ("error", "warning") else None)
    script = '<script src="/chat/widget.js" defer></script>'
    body = f'<!doctype html><html lang="en"><title>x</title>{script}<guide-chat></guide-chat>'

    def other(route: Route) -> None:
        route.fulfill(body=body, headers={"Content-Security-Policy": POLICY, "Content-Type": "text/html"})

    page.route("**/elsewhere", other)
    page.goto(f"{served}/elsewhere")
    page.locator(widget(".launcher")).click()
    ask(page, "anything")
    expect(page.locator(widget(".bot"))).to_have_count(2)
    page.locator(widget("summary.tool")).click()
    page.locator(widget(".menu button")).nth(1).click()  # print builds a page of its own
    assert complaints == []


def test_every_request_goes_home_carries_no_cookie_and_starts_with_the_visitor(page: Page, served: str) -> None:
    asked: list[tuple[str, str]] = []
    page.on("request", lambda request: asked.append((request.method, request.url)))
    page.context.add_cookies([{"name": "site", "value": "own", "url": served}])
    page.goto(f"{served}/chat/")
    page.wait_for_load_state("networkidle")
    before = len(asked)
    with page.expect_request("**/chat/sessions") as opening:
        page.locator(widget(".launcher")).click()
    expect(page.locator(widget(".bot"))).to_have_count(1)
    ask(page, "What are milia?")
    expect(page.locator(widget(".bot"))).to_have_count(2)
    assert {urlsplit(url).netloc for _, url in asked} == {urlsplit(served).netloc}
    calls = sorted((method, urlsplit(url).path) for method, url in asked[before:])
    assert calls == [("GET", "/chat/site.json"), ("POST", "/chat/messages"), ("POST", "/chat/sessions")]
    assert "cookie" not in opening.value.all_headers()
    assert [cookie["name"] for cookie in page.context.cookies()] == ["site"]


def test_the_notice_stands_before_the_first_message_is_sent(page: Page, served: str, faked: Faked) -> None:
    page.goto(f"{served}/chat/")
    noticed: list[bool] = []

    def reply(route: Route) -> None:
        noticed.append(page.locator(widget(".notice")).is_visible())
        route.fulfill(json={"messages": [faked.message("An answer.")]})

    faked.replies = [reply]
    page.locator("guide-chat").evaluate("chat => chat.ask('What are milia?')")
    expect(page.locator(widget(".bot"))).to_have_count(2)
    assert noticed == [True]


def test_only_the_token_and_what_waits_is_kept_in_the_browser(opened: Page) -> None:
    kept = opened.evaluate("JSON.parse(Object.values(localStorage)[0])")
    assert set(kept) == {"token", "expires", "stamp", "greeting", "notice", "outbox", "site"}
    assert kept["outbox"] == []
    assert opened.evaluate("[localStorage.length, sessionStorage.length]") == [1, 0]
