"""The served page, the widget and the real server together."""

from __future__ import annotations

from urllib.parse import urlsplit

from playwright.sync_api import ConsoleMessage, Page, expect

OF_THE_PAGE = ["", "icon.svg", "page.css", "page.js", "widget.js"]


def test_a_whole_conversation_needs_nothing_but_the_keyboard(page: Page, served: str) -> None:
    page.goto(f"{served}/chat/")
    launcher = page.locator("guide-chat .launcher")
    for _ in range(40):
        page.keyboard.press("Tab")
        if launcher.evaluate("node => node.getRootNode().activeElement === node"):
            break
    page.keyboard.press("Enter")
    expect(page.locator("guide-chat textarea")).to_be_focused()
    expect(page.locator("guide-chat .bot")).to_have_count(1)
    page.keyboard.type("What are milia?")
    page.keyboard.press("Shift+Enter")
    page.keyboard.type("I am curious")
    expect(page.locator("guide-chat textarea")).to_have_value("What are milia?\nI am curious")
    page.keyboard.press("Enter")
    expect(page.locator("guide-chat .bot").nth(1)).to_be_visible()
    expect(page.locator("guide-chat textarea")).to_be_focused()
    expect(page.locator("guide-chat .fault")).to_have_count(0)
    page.keyboard.press("Escape")
    expect(page.locator("guide-chat dialog")).to_be_hidden()
    expect(launcher).to_be_focused()


def test_a_reload_keeps_the_talk(page: Page, served: str) -> None:
    page.goto(f"{served}/chat/")
    page.get_by_role("button", name="What are milia?").click()
    expect(page.locator("guide-chat .bot").nth(1)).to_be_visible()
    said = page.locator("guide-chat .bot .bubble p").all_inner_texts()
    page.reload()
    page.locator("guide-chat .launcher").click()
    expect(page.locator("guide-chat .you")).to_have_count(1)
    expect(page.locator("guide-chat .notice")).to_have_count(1)
    assert page.locator("guide-chat .bot .bubble p").all_inner_texts() == said


def test_erasing_asks_first_and_leaves_nothing_behind(page: Page, served: str) -> None:
    page.goto(f"{served}/chat/")
    page.get_by_role("button", name="What are milia?").click()
    expect(page.locator("guide-chat .bot").nth(1)).to_be_visible()
    more, erase = page.locator("guide-chat summary.tool"), page.locator("guide-chat .menu button").last
    more.click()
    erase.click()
    page.keyboard.press("Escape")
    expect(more).to_be_focused()
    expect(page.locator("guide-chat .you")).to_have_count(1)
    token = page.evaluate("JSON.parse(Object.values(localStorage)[0]).token")
    more.click()
    erase.click()
    page.locator("guide-chat .ask .full").click()
    expect(page.locator("guide-chat .you")).to_have_count(0)
    assert page.evaluate("localStorage.length") == 0
    old = page.request.get(f"{served}/chat/history", headers={"Authorization": f"Bearer {token}"})
    assert old.status == 401


def test_no_other_host_is_asked_and_no_session_begins_before_the_chat_is_opened(page: Page, served: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{served}/chat/")
    page.wait_for_load_state("networkidle")
    page.locator("guide-chat .launcher").hover()
    assert sorted(urlsplit(url).path for url in asked) == [f"/chat/{name}" for name in OF_THE_PAGE]
    assert page.evaluate("localStorage.length") == 0
    page.get_by_role("button", name="What are milia?").click()
    expect(page.locator("guide-chat .bot").nth(1)).to_be_visible()
    assert {urlsplit(url).netloc for url in asked} == {urlsplit(served).netloc}


def test_the_page_and_the_widget_break_no_rule_of_the_content_policy(page: Page, served: str) -> None:
    complaints: list[str] = []

    def _note(line: ConsoleMessage) -> None:
        if line.type in ("error", "warning"):
            complaints.append(line.text)

    page.on("console", _note)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(f"{served}/chat/")
    page.get_by_role("button", name="What are milia?").click()
    expect(page.locator("guide-chat .bot").nth(1)).to_be_visible()
    assert complaints == []
