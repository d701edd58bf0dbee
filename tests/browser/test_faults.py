"""Whatever fails, a sentence and a way on are there within 20 seconds."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, Route, expect

from tests.browser.faked import Faked
from tests.browser.states import ask, widget

WITHIN = 20.0  # seconds


def _held(route: Route) -> None:
    """Answer never."""


def _raw(body: str, status: int = 200) -> Callable[[Route], None]:
    return lambda route: route.fulfill(status=status, content_type="application/json", body=body)


FAULTS: dict[str, Any] = {
    "no network": lambda route: route.abort("connectionrefused"),
    "connection reset": lambda route: route.abort("connectionreset"),
    "timeout": _held,
    "400": (400, "I could not read that."),
    "401": (401, "This chat has ended."),
    "403": (403, "Not from this website."),
    "404": (404, "Nothing here."),
    "409": (409, "Sent before."),
    "413": (413, "Too long."),
    "429": (429, "Too many."),
    "429 without words": _raw("", 429),
    "500": (500, "Our side."),
    "502 of a proxy": _raw("<html>Bad gateway</html>", 502),
    "503": (503, "Busy."),
    "a page in place of JSON": _raw("<!doctype html><p>Sign in</p>"),
    "half of a JSON": _raw('{"messages": [{"id": "1", "te'),
    "null": _raw("null"),
    "a number": _raw("7"),
    "a list": _raw("[]"),
    "nothing": _raw(""),
    "no messages": _raw('{"messages": []}'),
    "messages that are none": _raw('{"messages": "hello", "token": 5, "greeting": 1, "notice": {}}'),
    "messages of the wrong kind": _raw(
        '{"messages": [null, 1, [], {"text": 5}, {"text": " ", "choices": [{"id": 1}, null]}]}'
    ),
}


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("at", ["message", "opening"])
def test_there_is_always_a_sentence_and_a_way_on(page: Page, served: str, faked: Faked, at: str, fault: str) -> None:
    page.goto(f"{served}/chat/")
    if at == "opening":
        faked.opening = FAULTS[fault]
    else:
        faked.replies = [FAULTS[fault]]
    start = time.monotonic()
    page.locator(widget(".launcher")).click()
    if at == "message":
        expect(page.locator(widget(".bot"))).to_have_count(1)
        start = time.monotonic()
    ask(page, "What are milia?")
    problem = page.locator(widget(".fault"))
    expect(problem).to_have_count(1, timeout=WITHIN * 1000)
    took = time.monotonic() - start
    assert took < WITHIN
    words = problem.locator(".text").inner_text()
    assert len(words) > 4 and "undefined" not in words and "[object" not in words
    expect(problem).to_contain_text("Call")  # a person to turn to
    expect(problem).to_be_in_viewport()
    faked.opening, faked.replies = None, [[faked.message("Now it works.")]]
    problem.get_by_role("button", name="Try again").click()
    expect(page.locator(widget(".bot")).last).to_contain_text("Now it works.")
    expect(problem).to_have_count(0)
    expect(page.locator(widget(".you"))).to_have_count(1)
    if at == "message" and fault != "409":
        assert len({sent["id"] for sent in faked.sent}) == 1


def test_opening_alone_says_what_failed_too(page: Page, served: str, faked: Faked) -> None:
    faked.opening = (503, "Busy.")
    page.goto(f"{served}/chat/")
    page.locator(widget(".launcher")).click()
    expect(page.locator(widget(".fault"))).to_contain_text("Busy.")
    faked.opening = None
    page.get_by_role("button", name="Try again").click()
    expect(page.locator(widget(".bot"))).to_have_count(1)
    expect(page.locator(widget(".fault"))).to_have_count(0)


def test_a_slow_server_is_waited_for_and_said_to_be_slow(opened: Page, faked: Faked) -> None:
    held: list[Route] = []
    faked.replies = [held.append]
    ask(opened, "What are milia?")
    expect(opened.locator(widget(".typing"))).to_contain_text("Looking that up")
    expect(opened.locator(widget(".typing"))).to_contain_text("longer than usual", timeout=8000)
    held[0].fulfill(json={"messages": [faked.message("At last.")]})
    expect(opened.locator(widget(".bot")).last).to_contain_text("At last.")
    expect(opened.locator(widget(".typing"))).to_have_count(0)


def test_messages_wait_while_offline_and_are_sent_in_their_order_once(opened: Page, faked: Faked) -> None:
    context: BrowserContext = opened.context
    faked.replies = [[faked.message("The first.")], [faked.message("The second.")]]
    opened.route("**/chat/messages", lambda route: route.abort("internetdisconnected"))
    context.set_offline(True)
    ask(opened, "one")
    expect(opened.locator(widget(".fault"))).to_contain_text("offline")
    ask(opened, "two")
    expect(opened.locator(widget(".fault"))).to_have_count(1)
    expect(opened.locator(widget(".you"))).to_have_count(2)
    opened.unroute("**/chat/messages")
    opened.route("**/chat/messages", faked.reply)
    context.set_offline(False)
    expect(opened.locator(widget(".bot"))).to_have_count(3)
    assert [sent["text"] for sent in faked.sent] == ["one", "two"]
    order = opened.locator(widget(".msg .bubble")).all_inner_texts()
    assert order[1:] == ["one", "The first.", "two", "The second."]
    expect(opened.locator(widget(".fault"))).to_have_count(0)


def test_what_waits_survives_leaving_the_page_and_keeps_its_id(opened: Page, served: str, faked: Faked) -> None:
    faked.replies = [(503, "Busy.")]
    ask(opened, "one")
    expect(opened.locator(widget(".fault"))).to_be_visible()
    first = faked.sent[0]["id"]
    faked.sent.clear()
    faked.replies = [[faked.message("An answer.")]]
    opened.reload()
    opened.locator(widget(".launcher")).click()
    expect(opened.locator(widget(".bot")).last).to_contain_text("An answer.")
    assert [(sent["id"], sent["text"]) for sent in faked.sent] == [(first, "one")]


def test_what_failed_can_be_put_back_into_the_text_box(opened: Page, faked: Faked) -> None:
    faked.replies = [(413, "Too long."), [faked.message("Better.")]]
    ask(opened, "What are milia?")
    opened.get_by_role("button", name="Edit").click()
    expect(opened.locator(widget("textarea"))).to_have_value("What are milia?")
    expect(opened.locator(widget("textarea"))).to_be_focused()
    expect(opened.locator(widget(".you"))).to_have_count(0)
    ask(opened, "Milia?")
    expect(opened.locator(widget(".bot")).last).to_contain_text("Better.")


def test_a_choice_of_an_ended_chat_goes_on_as_its_words(opened: Page, faked: Faked) -> None:
    faked.replies = [
        [faked.message("Which?", choices=[{"id": "c1", "title": "Removal"}])],
        (401, "No such session."),
        [faked.message("Still here.")],
    ]
    ask(opened, "hmm")
    opened.locator(widget(".choices button")).click()
    expect(opened.locator(widget(".bot")).last).to_contain_text("Still here.")
    assert faked.sent[2]["text"] == "Removal" and "choice" not in faked.sent[2]
    expect(opened.locator(widget(".line"))).to_contain_text("This is a new one")


def test_an_erasure_that_fails_says_so_and_keeps_the_talk(opened: Page, faked: Faked) -> None:
    ask(opened, "one")
    expect(opened.locator(widget(".bot"))).to_have_count(2)
    opened.route("**/chat/sessions/current", lambda route: route.fulfill(status=503, json={}))
    opened.locator(widget("summary.tool")).click()
    opened.locator(widget(".menu button")).last.click()
    opened.locator(widget(".ask .full")).click()
    expect(opened.locator(widget(".fault"))).to_contain_text("did not work", timeout=WITHIN * 1000)
    expect(opened.locator(widget(".bot"))).to_have_count(2)
    opened.unroute("**/chat/sessions/current")
    opened.get_by_role("button", name="Try again").click()
    expect(opened.locator(widget(".you"))).to_have_count(0)
