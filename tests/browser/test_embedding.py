"""What the owner of a page can set, and that the page's own style stays out."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.faked import Faked
from tests.browser.states import ask, widget

Show = Callable[[str], None]


@pytest.fixture
def show(page: Page, served: str, faked: Faked) -> Show:
    """Return a function that shows a page with this body."""

    def _show(body: str) -> None:
        script = '<script src="/chat/widget.js" defer></script>'
        html = f'<!doctype html><html lang="en"><title>x</title><body>{script}{body}'
        page.route("**/shown", lambda route: route.fulfill(body=html, content_type="text/html"))
        page.goto(f"{served}/shown")

    return _show


def test_attributes_set_name_label_greeting_privacy_and_color(page: Page, show: Show) -> None:
    show(
        '<guide-chat name="Ask Dr. Bot" label="Skin questions?" greeting="Welcome to our clinic." privacy="/privacy" '
        'accent="rgb(122, 31, 92)"></guide-chat>'
    )
    expect(page.locator(widget(".launcher"))).to_have_text("Skin questions?")
    page.locator(widget(".launcher")).click()
    expect(page.locator(widget("h2"))).to_have_text("Ask Dr. Bot")
    expect(page.locator(widget(".bot"))).to_contain_text("Welcome to our clinic.")
    expect(page.locator(widget(".notice a"))).to_have_attribute("href", "/privacy")
    expect(page.locator(widget(".header"))).to_have_css("background-color", "rgb(122, 31, 92)")


def test_the_sites_name_comes_with_the_opening(page: Page, show: Show) -> None:
    show("<guide-chat></guide-chat>")
    page.locator(widget(".launcher")).click()
    expect(page.locator(widget("h2"))).to_have_text("Milia guide")


def test_another_endpoint_is_asked(page: Page, show: Show) -> None:
    show('<guide-chat endpoint="/talk"></guide-chat>')
    with page.expect_request("**/talk/sessions"):
        page.locator(widget(".launcher")).click()


def test_properties_set_before_the_script_ran_count(page: Page, show: Show) -> None:
    early = "chat.name = 'Early'; chat.accent = '#7a1f5c';"
    show(f"<script>const chat = document.createElement('guide-chat'); {early} document.body.append(chat);</script>")
    page.locator(widget(".launcher")).click()
    expect(page.locator(widget("h2"))).to_have_text("Early")
    assert page.evaluate("document.querySelector('guide-chat').getAttribute('accent')") == "#7a1f5c"
    page.evaluate("document.querySelector('guide-chat').name = 'Late'")
    expect(page.locator(widget("h2"))).to_have_text("Late")


def test_a_script_opens_closes_and_asks(page: Page, show: Show, faked: Faked) -> None:
    show("<button id=own>own</button><guide-chat></guide-chat>")
    chat = page.locator("guide-chat")
    page.locator("#own").focus()
    chat.evaluate("chat => chat.open()")
    expect(page.locator(widget("textarea"))).to_be_focused()
    chat.evaluate("chat => chat.close()")
    expect(page.locator(widget(".panel"))).to_be_hidden()
    expect(page.locator("#own")).to_be_focused()
    chat.evaluate("chat => chat.ask('What are milia?')")
    expect(page.locator(widget(".bot"))).to_have_count(2)
    assert faked.sent[0]["text"] == "What are milia?"


def test_anything_on_the_page_can_open_it(page: Page, show: Show) -> None:
    show('<p class="help"><b>Need help?</b></p><guide-chat open-on=".help"></guide-chat>')
    page.locator("b").click()
    expect(page.locator(widget(".panel"))).to_be_visible()


@pytest.mark.parametrize(
    ("theme", "system", "dark"),
    [("", "dark", True), ("", "light", False), ("light", "dark", False), ("dark", "light", True)],
)
def test_the_theme_follows_the_system_unless_it_is_set(
    page: Page, show: Show, theme: str, system: str, dark: bool
) -> None:
    page.emulate_media(color_scheme="dark" if system == "dark" else "light")
    show(f'<guide-chat theme="{theme}"></guide-chat>')
    page.locator(widget(".launcher")).click()
    color = page.locator(widget(".panel")).evaluate("panel => getComputedStyle(panel).backgroundColor")
    assert (color != "rgb(255, 255, 255)") == dark


def test_the_launcher_can_stand_left_and_be_dismissed(page: Page, show: Show) -> None:
    show('<guide-chat position="left"></guide-chat>')
    box = page.locator(widget(".launcher")).bounding_box()
    assert box is not None and box["x"] < 100
    page.locator(widget(".hide")).click()
    expect(page.locator(widget(".launcher"))).to_be_hidden()
    page.locator("guide-chat").evaluate("chat => chat.open()")
    expect(page.locator(widget(".panel"))).to_be_visible()


@pytest.mark.parametrize(
    "attribute", ['<guide-chat lang="es"></guide-chat>', '<div lang="es-MX"><guide-chat></guide-chat></div>']
)
def test_the_widget_speaks_spanish_and_says_that_answers_are_english(page: Page, show: Show, attribute: str) -> None:
    show(attribute)
    page.locator(widget(".launcher")).click()
    expect(page.locator(widget(".root"))).to_have_attribute("lang", "es")
    expect(page.locator(widget("textarea"))).to_have_attribute("placeholder", "Su pregunta, en inglés")
    expect(page.locator(widget(".bot .text"))).to_have_attribute("lang", "en")


def test_the_language_can_change_while_the_panel_is_open(page: Page, show: Show, faked: Faked) -> None:
    show("<button id=own>own</button><guide-chat></guide-chat>")
    page.locator(widget(".launcher")).click()
    expect(page.locator(widget(".bot"))).to_have_count(1)
    page.locator(widget("textarea")).fill("half a que")
    page.locator("#own").focus()
    page.locator("guide-chat").evaluate("chat => { chat.lang = 'es'; }")
    expect(page.locator(widget(".panel"))).to_be_visible()
    expect(page.locator(widget("textarea"))).to_have_value("half a que")
    expect(page.locator(widget(".bot"))).to_have_count(1)
    expect(page.locator("#own")).to_be_focused()
    assert faked.sessions == 1


def test_custom_properties_and_parts_change_the_looks(page: Page, show: Show) -> None:
    show(
        "<style>guide-chat { --guide-accent: #333; --guide-width: 20em; --guide-radius: 0px; --guide-font: serif; }"
        "guide-chat::part(launcher) { text-transform: uppercase; }</style><guide-chat></guide-chat>"
    )
    expect(page.locator(widget(".launcher"))).to_have_css("text-transform", "uppercase")
    expect(page.locator(widget(".launcher"))).to_have_css("background-color", "rgb(51, 51, 51)")
    page.locator(widget(".launcher")).click()
    expect(page.locator(widget(".panel"))).to_have_css("width", "320px")
    expect(page.locator(widget(".panel"))).to_have_css("font-family", "serif")


def test_the_style_of_the_page_stays_out_and_the_page_keeps_its_own(page: Page, show: Show) -> None:
    show(
        "<style>* { color: red !important; } button, div, p { display: inline !important; font-size: 40px; }</style>"
        "<p id=own>own</p><guide-chat></guide-chat>"
    )
    page.locator(widget(".launcher")).click()
    expect(page.locator(widget(".bot .bubble"))).to_have_css("font-size", "16px")
    expect(page.locator(widget(".bot .bubble"))).to_have_css("color", "rgb(26, 35, 40)")


def test_without_the_script_a_plain_link_stands_in(page: Page, show: Show) -> None:
    page.route("**/widget.js", lambda route: route.abort())
    show('<guide-chat><a href="/help">Ask a question</a></guide-chat>')
    expect(page.get_by_role("link", name="Ask a question")).to_be_visible()


def test_with_the_script_the_plain_link_is_gone(page: Page, show: Show) -> None:
    show('<guide-chat><a href="/help">Ask a question</a></guide-chat>')
    expect(page.locator(widget(".launcher"))).to_be_visible()
    expect(page.get_by_role("link", name="Ask a question")).to_be_hidden()


def test_taking_it_out_of_the_page_ends_it(page: Page, show: Show, faked: Faked) -> None:
    show("<guide-chat></guide-chat>")
    page.locator(widget(".launcher")).click()
    ask(page, "one")
    expect(page.locator(widget(".bot"))).to_have_count(2)
    page.evaluate(
        "() => { window.chat = document.querySelector('guide-chat'); chat.remove(); document.body.append(chat); }"
    )
    expect(page.locator(widget(".panel"))).to_be_visible()
    expect(page.locator(widget(".bot"))).to_have_count(1)  # the history that the test makes is empty
    assert faked.sessions == 1
