"""Nobody is left out: axe in every state and look, what is read out, the keyboard, zoom."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from assistant.files import ROOT
from tests.browser.faked import Faked
from tests.browser.states import ANSWER, NEXT, SOURCES, STATES, ask, widget

AXE = ROOT / "widget" / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
LOOKS: dict[str, dict[str, Any]] = {
    "light": {"color_scheme": "light"},
    "dark": {"color_scheme": "dark"},
    "forced colors": {"forced_colors": "active"},
    "right to left": {"color_scheme": "light"},
    "phone": {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True},
}
LISTEN = """chat => {
  window.heard = [];
  new MutationObserver((changes) => changes.forEach(({ addedNodes }) =>
    addedNodes.forEach((node) => window.heard.push(node.textContent))))
    .observe(chat.shadowRoot.querySelector('[aria-live=polite]'), { childList: true });
}"""
CUT_OFF = """chat => [...chat.shadowRoot.querySelectorAll('.log *')].filter((node) => !node.closest('.sr, svg'))
  .filter((node) => node.getBoundingClientRect().right > innerWidth
    || (node.scrollWidth > node.clientWidth + 1 && getComputedStyle(node).display !== 'inline'))
  .map((node) => node.className || node.tagName)"""
SMALL = """chat => [...chat.shadowRoot.querySelectorAll('.panel button:not(.send), .panel summary.tool')]
  .filter((node) => node.checkVisibility()).map((node) => node.getBoundingClientRect())
  .filter(({ width, height }) => width < 44 || height < 44).length"""


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("state", STATES, ids=lambda state: state.__name__)
def test_axe_finds_nothing(browser: Browser, served: str, state: Callable[[Page, Faked], None], look: str) -> None:
    context = browser.new_context(
        **{"viewport": {"width": 1280, "height": 800}, "reduced_motion": "reduce", **LOOKS[look]}
    )
    context.add_init_script(path=AXE)
    page = context.new_page()
    faked = Faked(page)
    page.goto(f"{served}/chat/")
    if look == "right to left":
        page.evaluate("document.documentElement.dir = 'rtl'")
    state(page, faked)
    found = page.evaluate("rules => axe.run(document, { runOnly: rules })", RULES)
    page.unroute_all(behavior="ignoreErrors")
    context.close()
    assert len(found["passes"]) > 10
    assert [(one["id"], [node["html"] for node in one["nodes"]]) for one in found["violations"]] == []


def test_the_visible_talk_is_a_log_that_is_not_live(opened: Page) -> None:
    log = opened.locator(widget("[role=log]"))
    expect(log).to_have_attribute("aria-live", "off")
    live = opened.locator("guide-chat").evaluate(
        """chat => [...chat.shadowRoot.querySelectorAll('[aria-live]:not([aria-live=off])')]
          .map((node) => node.className)"""
    )
    assert live == ["sr"]


def test_each_reply_is_announced_once_and_history_never(page: Page, served: str, faked: Faked) -> None:
    page.goto(f"{served}/chat/")
    page.locator("guide-chat").evaluate(LISTEN)
    page.locator(widget(".launcher")).click()
    expect(page.locator(widget(".bot"))).to_have_count(1)
    faked.replies = [[faked.message(ANSWER, sources=SOURCES)], [faked.message("The second.")]]
    for count, text in enumerate(("first", "second")):
        ask(page, text)
        expect(page.locator(widget(".bot"))).to_have_count(count + 2)
    heard = page.evaluate("heard")
    assert heard[0] == "Hello, what would you like to know? Please note: Messages are kept for a while."
    assert heard[1].startswith("Milia are tiny cysts") and "**" not in heard[1]
    assert heard[2:] == ["The second."]
    expect(page.locator(widget("[aria-live=polite] > div"))).to_have_count(0)
    faked.said = [
        {"id": "1", "from": "visitor", "at": 1, "text": "first"},
        {**faked.message("An old answer."), "from": "assistant", "at": 2},
    ]
    page.reload()
    page.locator("guide-chat").evaluate(LISTEN)
    page.locator(widget(".launcher")).click()
    expect(page.locator(widget(".bot"))).to_have_count(2)
    assert page.evaluate("heard") == []


def test_a_whole_conversation_by_keyboard_alone(page: Page, served: str, faked: Faked) -> None:
    choices = [{"id": str(at), "title": title} for at, title in enumerate(NEXT)]
    faked.replies = [
        [faked.message(ANSWER, choices=choices, topics=["about"], sources=SOURCES)],
        [faked.message("It takes minutes.")],
    ]
    page.goto(f"{served}/chat/")
    _tab_to(page, "launcher")
    page.keyboard.press("Enter")
    expect(page.locator(widget("textarea"))).to_be_focused()
    page.keyboard.type("What are milia?")
    page.keyboard.press("Enter")
    expect(page.locator(widget(".bot"))).to_have_count(2)
    expect(page.locator(widget("textarea"))).to_be_focused()  # a message that comes moves no focus
    for back in ("pill", "thumb down", "thumb", ""):  # choices, thumbs, sources
        _tab_to(page, back, backwards=True)
    page.keyboard.press("Enter")
    expect(page.locator(widget(".bubble details[open]"))).to_have_count(1)
    _tab_to(page, "pill")
    page.keyboard.press("Enter")
    expect(page.locator(widget(".bot"))).to_have_count(3)
    expect(page.locator(widget("textarea"))).to_be_focused()
    _tab_to(page, "tool", backwards=True)
    _tab_to(page, "tool", backwards=True)
    page.keyboard.press("Enter")
    expect(page.locator(widget(".menu"))).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator(widget(".menu"))).to_be_hidden()
    expect(page.locator(widget(".panel"))).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator(widget(".panel"))).to_be_hidden()
    expect(page.locator(widget(".launcher"))).to_be_focused()


def _tab_to(page: Page, name: str, backwards: bool = False) -> None:
    for _ in range(60):
        page.keyboard.press("Shift+Tab" if backwards else "Tab")
        if page.evaluate("document.querySelector('guide-chat').shadowRoot.activeElement?.className") == name:
            return
    pytest.fail(f"The keyboard does not reach {name!r}.", pytrace=False)


def test_the_page_stays_usable_beside_the_open_panel(opened: Page) -> None:
    opened.get_by_role("link", name="Removal").click()
    expect(opened.locator(widget(".panel"))).to_be_visible()
    assert not opened.locator(widget(".panel")).evaluate("panel => panel.matches(':modal')")


@pytest.mark.parametrize(
    ("width", "height"), [(320, 640), (640, 400), (1280, 800)]
)  # a narrow phone, 200% zoom, a desktop
def test_nothing_is_cut_off(page: Page, served: str, faked: Faked, width: int, height: int) -> None:
    page.set_viewport_size({"width": width, "height": height})
    page.goto(f"{served}/chat/")
    long = "https://example.org/" + "a" * 90
    faked.replies = [
        [
            faked.message(
                f"{ANSWER} {'x' * 120} [{'y' * 90}]({long})",
                topics=["a"],
                urgency="today",
                choices=[{"id": "1", "title": "z" * 80}],
            )
        ]
    ]
    page.locator(widget(".launcher")).click()
    ask(page, "w" * 200)
    expect(page.locator(widget(".bot"))).to_have_count(2)
    outside = page.locator("guide-chat").evaluate(CUT_OFF)
    assert outside == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    panel = page.locator(widget(".panel"))
    box = panel.bounding_box()
    assert box is not None and box["height"] <= height
    assert panel.evaluate("panel => panel.matches(':modal')") == (width == 320 or height == 400)


def test_a_screen_for_fingers_has_targets_of_44_pixels(browser: Browser, served: str) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 780}, has_touch=True, is_mobile=True)
    page = context.new_page()
    faked = Faked(page)
    page.goto(f"{served}/chat/")
    STATES[3](page, faked)
    small = page.locator("guide-chat").evaluate(SMALL)
    context.close()
    assert small == 0  # the send button's field, 50 pixels high, is not counted


def test_motion_stops_for_those_who_ask_for_that(opened: Page, faked: Faked) -> None:
    faked.replies = [lambda route: None]
    ask(opened, "anything")
    moving = opened.evaluate("document.getAnimations({ subtree: true }).length")
    inside = opened.locator("guide-chat").evaluate("chat => chat.shadowRoot.getAnimations().length")
    assert (moving, inside) == (0, 0)


def test_right_to_left_the_launcher_and_the_send_button_change_sides(opened: Page) -> None:
    send = opened.locator(widget(".send"))
    before = send.bounding_box()
    opened.evaluate("document.documentElement.dir = 'rtl'")
    after = send.bounding_box()
    assert before is not None and after is not None and before["x"] > 640 > after["x"]
