"""The talk itself: kept over pages and tabs, taken along, begun anew, judged; and how fast it is shown."""

from __future__ import annotations

import statistics

from playwright.sync_api import Page, Route, expect

from tests.browser.faked import Faked
from tests.browser.states import LABEL, SOURCES, ask, until, widget

OVERHEAD = 50.0  # milliseconds of the widget's own, from the reply to its picture
SAID = [
    {"id": "1", "from": "visitor", "at": 1, "text": "hmm"},
    {
        "id": "2",
        "from": "assistant",
        "at": 2,
        "text": "Which one?",
        "choices": [{"id": "c1", "title": "Removal"}, {"id": "c2", "title": "Causes"}],
        "topics": ["x"],
        "sources": SOURCES,
        "urgency": "none",
    },
    {"id": "3", "from": "visitor", "at": 3, "text": "Removal"},
    {"id": "4", "from": "assistant", "at": 4, "text": "Lifted out.", "choices": [{"id": "c3", "title": "More"}, None]},
]


def _menu(page: Page, at: int) -> None:
    page.locator(widget("summary.tool")).click()
    page.locator(widget(".menu button")).nth(at).click()


def test_history_is_rebuilt_and_its_choices_are_inert(opened: Page, faked: Faked) -> None:
    faked.said = SAID
    opened.reload()
    opened.locator(widget(".launcher")).click()
    expect(opened.locator(widget(".msg"))).to_have_count(5)
    choices = opened.locator(widget(".choices button"))
    assert choices.evaluate_all("all => all.map((one) => one.disabled)") == [True] * 3
    expect(opened.locator(widget(".chosen"))).to_have_text(["Removal, chosen"])
    assert faked.sessions == 1


def test_another_page_of_the_site_goes_on_with_the_talk(opened: Page, served: str, faked: Faked) -> None:
    faked.said = SAID
    opened.route(
        "**/other", lambda route: route.fulfill(body=_page("<guide-chat></guide-chat>"), content_type="text/html")
    )
    opened.goto(f"{served}/other")
    opened.locator(widget(".launcher")).click()
    expect(opened.locator(widget(".msg"))).to_have_count(5)
    assert faked.sessions == 1


def _page(body: str) -> str:
    return f'<!doctype html><html lang="en"><title>x</title><script src="/chat/widget.js" defer></script>{body}'


def test_two_tabs_show_one_talk(opened: Page, served: str, faked: Faked) -> None:
    second = opened.context.new_page()
    other = Faked(second)
    second.goto(f"{served}/chat/")
    second.locator(widget(".launcher")).click()
    expect(second.locator(widget(".bot"))).to_have_count(1)
    assert (faked.sessions, other.sessions) == (1, 0)
    other.said = SAID
    ask(opened, "hmm")
    expect(second.locator(widget(".msg"))).to_have_count(5)
    expect(second.locator(widget(".bot")).last).to_contain_text("Lifted out.")
    other.said = []
    _menu(opened, 3)
    opened.locator(widget(".ask .full")).click()
    expect(second.locator(widget(".you"))).to_have_count(0)


def test_two_widgets_on_a_page_share_the_talk_and_open_apart(page: Page, served: str, faked: Faked) -> None:
    body = _page(
        '<guide-chat id="one"></guide-chat><guide-chat id="two" position="left" accent="#7a1f5c"></guide-chat>'
    )
    page.route("**/two", lambda route: route.fulfill(body=body, content_type="text/html"))
    page.goto(f"{served}/two")
    page.locator("#one .launcher").click()
    expect(page.locator("#one .bot")).to_have_count(1)
    page.locator("#two .launcher").click()
    expect(page.locator("#two .bot")).to_have_count(1)
    faked.said = SAID
    ask_in = page.locator("#one textarea")
    ask_in.fill("hmm")
    ask_in.press("Enter")
    expect(page.locator("#two .msg")).to_have_count(5)
    assert faked.sessions == 1
    left, right = page.locator("#two .panel").bounding_box(), page.locator("#one .panel").bounding_box()
    assert left is not None and right is not None and left["x"] + left["width"] <= right["x"]


def test_starting_over_leaves_nothing_on_the_screen_and_opens_another_chat(opened: Page, faked: Faked) -> None:
    ask(opened, "one")
    expect(opened.locator(widget(".bot"))).to_have_count(2)
    _menu(opened, 2)
    expect(opened.locator(widget(".ask button")).first).to_be_focused()
    opened.locator(widget(".ask .full")).click()
    expect(opened.locator(widget(".bot"))).to_have_count(1)
    expect(opened.locator(widget(".you"))).to_have_count(0)
    assert faked.sessions == 2


def test_a_late_reply_to_an_erased_chat_is_never_shown(opened: Page, faked: Faked) -> None:
    held: list[Route] = []
    faked.replies = [held.append]
    ask(opened, "one")
    expect(opened.locator(widget(".typing"))).to_be_visible()
    _menu(opened, 3)
    opened.locator(widget(".ask .full")).click()
    expect(opened.locator(widget(".line"))).to_contain_text("erased")
    held[0].fulfill(
        json={"messages": [faked.message("Too late.")], "token": "old", "expires_at": "2999-01-01T00:00:00Z"}
    )
    opened.wait_for_timeout(300)
    assert opened.evaluate("localStorage.length") == 0
    faked.replies = [[faked.message("Anew.")]]
    ask(opened, "two")
    expect(opened.locator(widget(".bot")).last).to_contain_text("Anew.")
    expect(opened.get_by_text("Too late.")).to_have_count(0)
    assert (faked.erased, faked.sessions) == (1, 2)


def test_the_talk_can_be_copied_as_text(opened: Page, faked: Faked) -> None:
    opened.context.grant_permissions(["clipboard-read", "clipboard-write"])
    choices = [{"id": "1", "title": "A choice"}]
    faked.replies = [
        [faked.message("**Milia** are:\n\n- small\n- firm", sources=SOURCES, choices=choices, topics=["x"])]
    ]
    ask(opened, "What are milia?")
    expect(opened.locator(widget(".bot"))).to_have_count(2)
    _menu(opened, 0)
    expect(opened.locator(widget(".line"))).to_contain_text("Copied")
    text = opened.evaluate("navigator.clipboard.readText()")
    for part in ("You:", "What are milia?", "Assistant:", "Milia are:", "small", SOURCES[0]["url"]):
        assert part in text
    assert "**" not in text and "A choice" not in text
    expect(opened.locator("iframe")).to_have_count(0)


def test_a_copy_that_is_not_allowed_says_so(opened: Page) -> None:
    opened.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject(new Error('not allowed')); }")
    _menu(opened, 0)
    expect(opened.locator(widget(".line"))).to_contain_text("did not work")


def test_the_talk_alone_is_printed(page: Page, served: str, faked: Faked) -> None:
    page.add_init_script("window.print = () => { top.printed = document.body.innerText; };")
    page.goto(f"{served}/chat/")
    page.locator(widget(".launcher")).click()
    faked.replies = [[faked.message("Firm beads.", sources=SOURCES)]]
    ask(page, "What are milia?")
    expect(page.locator(widget(".bot"))).to_have_count(2)
    _menu(page, 1)
    until(page, "!!window.printed")
    printed = page.evaluate("printed")
    assert "What are milia?" in printed and "Firm beads." in printed and SOURCES[1]["url"] in printed
    assert "Keratin is the tough" not in printed  # the article around it


def test_thumbs_take_one_of_a_few_reasons(opened: Page, faked: Faked) -> None:
    faked.replies = [[faked.message("Beads.", id="m7", topics=["about"])]]
    ask(opened, "What are milia?")
    up, down = opened.locator(widget(".thumb")).first, opened.locator(widget(".thumb")).last
    up.click()
    expect(opened.locator(widget(".under"))).to_contain_text("Thank you")
    expect(up).to_have_attribute("aria-pressed", "true")
    down.click()
    expect(up).to_have_attribute("aria-pressed", "false")
    opened.get_by_role("button", name="Hard to understand").click()
    expect(opened.locator(widget(".under"))).to_contain_text("Thank you")
    expect(opened.locator(widget(".why"))).to_have_count(0)
    expect(down).to_be_focused()
    assert faked.rated == [
        {"message_id": "m7", "helpful": True},
        {"message_id": "m7", "helpful": False},
        {"message_id": "m7", "helpful": False, "reason": "unclear"},
    ]


def test_the_real_server_takes_the_feedback(page: Page, served: str) -> None:
    page.goto(f"{served}/chat/")
    page.get_by_role("button", name="What are milia?").click()
    page.locator(widget(".down")).click()
    with page.expect_response("**/chat/feedback") as taken:
        page.get_by_role("button", name="Not what I asked").click()
    assert taken.value.status == 204


def test_sources_are_folded_and_open_in_a_new_tab(opened: Page, faked: Faked) -> None:
    faked.replies = [[faked.message("Beads.", sources=SOURCES)]]
    ask(opened, "What are milia?")
    link = opened.locator(widget(".bubble a")).first
    expect(link).to_be_hidden()
    opened.locator(widget(".bubble summary")).click()
    expect(link).to_be_visible()
    expect(link).to_have_attribute("target", "_blank")
    expect(link).to_have_attribute("rel", "noopener noreferrer")
    expect(opened.locator(widget(".bubble li")).first).to_contain_text("Cleveland Clinic")


def test_urgent_advice_has_icon_word_border_and_the_sites_number(opened: Page, faked: Faked) -> None:
    faked.replies = [
        [faked.message("Go today.", urgency="today", topics=["x"])],
        [faked.message("Call now.", urgency="emergency", topics=["x"])],
        [faked.message("Call [988](tel:988).", urgency="emergency")],
    ]
    for count in range(3):
        ask(opened, "help")
        expect(opened.locator(widget(".urgent"))).to_have_count(count + 1)
    for at, number in enumerate(("tel:911", "tel:911", "tel:988")):
        row = opened.locator(widget(".urgent")).nth(at)
        expect(row.locator(".word svg")).to_have_count(1)
        expect(row.locator("a").first).to_have_attribute("href", number)
        width = row.locator(".bubble").evaluate("node => parseFloat(getComputedStyle(node).borderInlineStartWidth)")
        assert width >= 6
    expect(opened.locator(widget(".emergency .thumb"))).to_have_count(0)


def test_a_pasted_label_is_previewed_before_it_is_sent(opened: Page, faked: Faked) -> None:
    box = opened.locator(widget("textarea"))
    box.fill("Is glycerin, or a cream with it, a problem for me?")
    expect(opened.locator(widget(".preview"))).to_be_empty()
    box.fill(LABEL)
    expect(opened.locator(widget(".preview"))).to_contain_text("Ingredient list, 9 names")
    expect(opened.locator(widget(".preview"))).to_contain_text("Aqua, Petrolatum, Glycerin")
    box.press("Enter")
    expect(opened.locator(widget(".you .word"))).to_contain_text("Ingredient list, 9 names")
    expect(opened.locator(widget(".preview"))).to_be_empty()
    assert faked.sent[0]["text"] == LABEL


def test_characters_are_counted_near_the_limit(opened: Page) -> None:
    box = opened.locator(widget("textarea"))
    count = opened.locator(widget(".count"))
    box.fill("a" * 600)
    expect(count).to_be_empty()
    box.fill("🙂" * 900)
    expect(count).to_have_text("900 of 1,000 characters")
    box.fill("a" * 1001)
    expect(count).to_have_text("1 characters too long")
    expect(opened.locator(widget(".send"))).to_have_attribute("aria-disabled", "true")


def test_a_reply_is_painted_within_50_ms_of_its_arrival(opened: Page, faked: Faked) -> None:
    text = "**Milia** are small.\n\n- one\n- two [link](https://example.org/)\n\n" * 6
    choices = [{"id": str(at), "title": f"Choice {at}"} for at in range(4)]
    faked.replies = [[faked.message(text, sources=SOURCES, topics=["x"], choices=choices)]]
    for count in range(20):
        ask(opened, "What are milia?")
        expect(opened.locator(widget(".bot"))).to_have_count(count + 2)
    until(opened, "performance.getEntriesByName('guide-chat reply').length === 20")
    took = opened.evaluate("performance.getEntriesByName('guide-chat reply').map(({ duration }) => duration)")
    print(f"from reply to paint: median {statistics.median(took):.1f} ms, worst {max(took):.1f} ms")
    assert statistics.median(took) <= OVERHEAD
