"""The demonstration page: an article with the widget, how it can look, and the code for another page."""

from __future__ import annotations

from playwright.sync_api import Page, Route, expect

from assistant.channels.pages import POLICY
from tests.browser.faked import Faked
from tests.browser.states import widget


def test_the_looks_change_at_once(page: Page, served: str, faked: Faked) -> None:
    page.goto(f"{served}/chat/")
    page.get_by_role("button", name="Open it").click()
    expect(page.locator(widget(".bot"))).to_have_count(1)
    page.get_by_label("Color").fill("#7a1f5c")
    expect(page.locator(widget(".header"))).to_have_css("background-color", "rgb(122, 31, 92)")
    page.get_by_label("Theme").select_option("Dark")
    expect(page.locator(widget(".panel"))).to_have_css("background-color", "rgb(20, 25, 29)")
    page.get_by_label("Corner").select_option("Left")
    box = page.locator(widget(".panel")).bounding_box()
    assert box is not None and box["x"] < 100
    page.get_by_label("Its own words").focus()
    page.get_by_label("Its own words").select_option("Español")
    expect(page.locator(widget("textarea"))).to_have_attribute("placeholder", "Su pregunta, en inglés")
    expect(page.get_by_label("Its own words")).to_be_focused()
    page.get_by_label("Corner").select_option("Right")
    assert page.locator("guide-chat").get_attribute("position") is None


def test_the_code_that_is_copied_shows_the_same_on_another_page(page: Page, served: str, faked: Faked) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(f"{served}/chat/")
    page.get_by_label("Color").fill("#7a1f5c")
    page.get_by_label("Corner").select_option("Left")
    page.get_by_role("button", name="Copy the code").click()
    expect(page.locator("#copied")).to_have_text("Copied")
    code = page.evaluate("navigator.clipboard.readText()")
    assert code == page.locator("#code").inner_text()

    def other(route: Route) -> None:
        html = f'<!doctype html><html lang="en"><title>x</title><body>{code}'
        route.fulfill(body=html, headers={"Content-Security-Policy": POLICY, "Content-Type": "text/html"})

    page.route("**/another", other)
    page.goto(f"{served}/another")
    box = page.locator(widget(".launcher")).bounding_box()
    assert box is not None and box["x"] < 100
    expect(page.locator(widget(".launcher"))).to_have_css("background-color", "rgb(122, 31, 92)")


def test_nothing_of_the_page_is_cut_off_on_a_narrow_screen(page: Page, served: str) -> None:
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(f"{served}/chat/")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
