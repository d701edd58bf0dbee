"""What the widget does with what the server says; the answers are made here."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

Ask = Callable[[str], None]
Faked = Any  # conftest.Faked; the test folders are no packages
THREE = [{"id": "c1", "title": "How long they last"}, {"id": "c2", "title": "Removal"}, None, {"id": "c3"}]


def test_a_choice_sends_its_id_and_stays_visible_but_inert(opened: Page, faked: Faked, ask: Ask) -> None:
    faked.replies = [[faked.message("Which one?", choices=THREE)], [faked.message("They last a while.")]]
    ask("hmm")
    choices = opened.locator("guide-chat .choices button")
    expect(choices).to_have_count(2)
    choices.first.click()
    expect(opened.get_by_text("They last a while.").first).to_be_visible()
    assert "text" not in faked.sent[1] and faked.sent[1]["choice"] == "c1"
    expect(choices.first).to_be_disabled()
    expect(choices.nth(1)).to_be_disabled()
    expect(opened.locator("guide-chat .choices .chosen")).to_contain_text("How long they last")
    expect(opened.locator("guide-chat .you").nth(1)).to_contain_text("How long they last")


@pytest.mark.parametrize(
    "text",
    [
        "<img src=x onerror=hacked=1><script>hacked=1</script>",
        "[tap](javascript:hacked=1) [tap](JaVaScRiPt:hacked=1) [tap](data:text/html,<b>x</b>)",
        '**<svg onload=hacked=1>** [<b>x</b>](https://example.org/"onmouseover=hacked=1)',
        "- <iframe srcdoc='<script>parent.hacked=1</script>'>\n- [x](vbscript:hacked)",
    ],
)
def test_no_message_text_becomes_script_or_markup(opened: Page, faked: Faked, ask: Ask, text: str) -> None:
    harm = [{"title": text, "publisher": text, "url": "javascript:hacked=1"}]
    faked.replies = [[faked.message(text, sources=harm, choices=[{"id": "c", "title": text}])], (429, text)]
    ask(text)
    expect(opened.locator("guide-chat .bot")).to_have_count(2)
    ask(text)
    expect(opened.locator("guide-chat .fault")).to_have_count(1)
    made = opened.locator("guide-chat").evaluate(
        "chat => chat.shadowRoot.querySelectorAll('script, img, iframe, b, [onload], [onmouseover]').length"
    )
    links = opened.locator("guide-chat a").evaluate_all("links => links.map((link) => link.protocol)")
    assert made == 0
    assert set(links) <= {"https:", "tel:", "mailto:"}
    assert opened.evaluate("typeof window.hacked") == "undefined"


def test_markdown_becomes_paragraphs_lists_strong_and_links(opened: Page, faked: Faked, ask: Ask) -> None:
    faked.replies = [[faked.message("One **two**.\n\n- [three](tel:911)\n- [four](https://example.org/)\n\nFive.")]]
    ask("anything")
    bubble = opened.locator("guide-chat .bot .bubble").nth(1)
    expect(bubble.locator("p")).to_have_count(2)
    expect(bubble.locator("li")).to_have_count(2)
    expect(bubble.locator("strong")).to_have_text("two")
    expect(bubble.locator("a").nth(1)).to_have_attribute("rel", "noopener noreferrer")


def test_each_reply_is_announced_once_and_in_plain_words(opened: Page, faked: Faked, ask: Ask) -> None:
    opened.locator("guide-chat").evaluate(
        """chat => {
          window.heard = [];
          new MutationObserver((changes) => changes.forEach(({ addedNodes }) =>
            addedNodes.forEach((node) => window.heard.push(node.textContent))))
            .observe(chat.shadowRoot.querySelector('[aria-live=polite]'), { childList: true });
        }"""
    )
    more = [{"id": "c", "title": "More"}]
    faked.replies = [
        [faked.message("Call **now**.", urgency="today"), faked.message("- one\n- two", choices=more)],
        [faked.message("The second.")],
    ]
    ask("first")
    expect(opened.locator("guide-chat .bot")).to_have_count(3)
    ask("second")
    expect(opened.locator("guide-chat .bot")).to_have_count(4)
    heard = opened.evaluate("heard")
    assert len(heard) == 2
    assert heard[0].startswith("Get help today. Call now.") and heard[0].endswith("one two Choices: More.")
    assert heard[1] == "The second."
    expect(opened.locator("guide-chat [role=log]")).to_have_attribute("aria-live", "off")


@pytest.mark.parametrize("urgency", ["soon", "today", "emergency"])
def test_urgent_advice_has_an_icon_and_a_word(opened: Page, faked: Faked, ask: Ask, urgency: str) -> None:
    faked.replies = [[faked.message("Please go.", urgency=urgency)]]
    ask("anything")
    head = opened.locator(f"guide-chat .urgent.{urgency} .word")
    expect(head).not_to_be_empty()
    expect(head.locator("svg")).to_have_count(1)


def test_a_retry_uses_the_same_id_until_an_answer_comes(opened: Page, faked: Faked, ask: Ask) -> None:
    faked.replies = [(503, "Busy."), (503, "Busy."), [faked.message("Here it is.")]]
    ask("anything")
    expect(opened.get_by_text("Here it is.").first).to_be_visible()
    assert len(faked.sent) == 3 and len({sent["id"] for sent in faked.sent}) == 1


@pytest.mark.parametrize("status", [400, 409, 413, 429, 503])
def test_an_error_shows_the_servers_words_and_a_way_to_try_again(
    opened: Page, faked: Faked, ask: Ask, status: int
) -> None:
    tries = 3 if status >= 500 else 1
    faked.replies = [*[(status, "The reason why.")] * tries, [faked.message("Now it works.")]]
    ask("anything")
    expect(opened.locator("guide-chat .fault")).to_contain_text("The reason why.")
    opened.get_by_role("button", name="Try again").click()
    expect(opened.get_by_text("Now it works.").first).to_be_visible()
    expect(opened.locator("guide-chat .fault")).to_have_count(0)
    assert (faked.sent[0]["id"] == faked.sent[-1]["id"]) == (status != 409)


def test_an_empty_answer_is_never_shown_as_nothing(opened: Page, faked: Faked, ask: Ask) -> None:
    faked.replies = [[]]
    ask("anything")
    expect(opened.locator("guide-chat .fault")).to_contain_text("Something failed on our side")
    expect(opened.get_by_role("button", name="Try again")).to_be_visible()


def test_being_offline_has_its_own_sentence(opened: Page, ask: Ask) -> None:
    context: BrowserContext = opened.context
    opened.unroute("**/chat/messages")
    context.set_offline(True)
    ask("anything")
    expect(opened.locator("guide-chat .fault")).to_contain_text("offline")


def test_an_ended_session_is_renewed_and_the_message_sent_again(opened: Page, faked: Faked, ask: Ask) -> None:
    faked.replies = [(401, "No such session."), [faked.message("Still here.")]]
    ask("anything")
    expect(opened.get_by_text("Still here.").first).to_be_visible()
    assert faked.sessions == 2 and faked.tokens == ["Bearer token-1", "Bearer token-2"]
    assert faked.sent[0] == faked.sent[1]


def test_a_question_ends_at_1000_characters_and_a_label_at_8000(opened: Page, faked: Faked, ask: Ask) -> None:
    ask("word " * 201)
    expect(opened.locator("guide-chat .count")).to_contain_text("4 characters too long")
    assert faked.sent == []
    ask(", ".join(["Glycerin", "Cetyl Alcohol"] * 100))
    expect(opened.locator("guide-chat .bot")).to_have_count(2)
    assert len(faked.sent[0]["text"]) > 1000


def test_blocked_storage_does_not_stop_the_chat(page: Page, served: str, faked: Faked, ask: Ask) -> None:
    page.add_init_script("Object.defineProperty(window, 'localStorage', { get() { throw new Error('blocked'); } })")
    page.goto(f"{served}/chat/")
    page.locator("guide-chat .launcher").click()
    ask("anything")
    expect(page.get_by_text("An answer.").first).to_be_visible()
    ask("more")
    expect(page.locator("guide-chat .bot")).to_have_count(3)
    assert faked.sessions == 1


def test_an_input_method_may_use_enter_for_itself(opened: Page, faked: Faked) -> None:
    box = opened.locator("guide-chat textarea")
    box.fill("ミリア")
    box.dispatch_event("keydown", {"key": "Enter", "isComposing": True})
    expect(box).to_have_value("ミリア")
    assert faked.sent == []


@pytest.mark.parametrize("accent", ["#ffe14d", "#0b6e6e", "#101010", "#e36a8d"])
def test_any_accent_keeps_text_readable(opened: Page, accent: str) -> None:
    opened.locator("guide-chat").evaluate("(chat, accent) => chat.setAttribute('accent', accent)", accent)
    ratio = opened.locator("guide-chat").evaluate(
        """chat => {
          const part = (c) => (c /= 255) <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
          const light = (css) => { const [r, g, b] = css.match(/[\\d.]+/g).map(Number).map(part);
            return 0.2126 * r + 0.7152 * g + 0.0722 * b; };
          const head = getComputedStyle(chat.shadowRoot.querySelector('.header'));
          const [low, high] = [light(head.color), light(head.backgroundColor)].sort((a, b) => a - b);
          return (high + 0.05) / (low + 0.05);
        }"""
    )
    assert ratio >= 4.5


def test_a_small_screen_is_filled_by_the_panel(opened: Page) -> None:
    opened.set_viewport_size({"width": 390, "height": 844})
    box = opened.locator("guide-chat dialog").bounding_box()
    assert box is not None and (box["width"], box["height"]) == (390, 844)


def test_a_renewed_token_is_used_from_then_on(opened: Page, faked: Faked, ask: Ask) -> None:
    faked.renewed = "token-renewed"
    faked.replies = [[faked.message("The first.")], [faked.message("The second.")]]
    ask("first")
    expect(opened.locator("guide-chat .bot")).to_have_count(2)
    ask("second")
    expect(opened.locator("guide-chat .bot")).to_have_count(3)
    assert faked.tokens == ["Bearer token-1", "Bearer token-renewed"]
