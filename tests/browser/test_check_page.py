"""The label page in a real browser: what it shows of a label, what its links carry, and what it never does."""

from __future__ import annotations

import base64
import json
import zlib
from collections.abc import Callable
from typing import Any
from urllib.parse import quote, urlsplit

import pytest
from playwright.sync_api import Browser, Page, Route, expect

BALM = "Night Balm\nIngredients: Petrolatum, Isopropyl Myristate, Squalane, Glurbium Oxide, Parfum"
GEL = "Renewing Gel\nIngredients: Aqua, Glycerin, Retinol, Phenoxyethanol"
# The words that are heard only, and the sign, are no part of the pasted text.
PLAIN = """raw => { const copy = raw.cloneNode(true);
  copy.querySelectorAll('.sr, .sign').forEach((node) => node.remove()); return copy.textContent; }"""
CONTRASTS = """() => {
  const rgb = (color) => color.match(/[\\d.]+/g).slice(0, 3).map((part) => { const c = part / 255;
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4; });
  const light = (color) => { const [r, g, b] = rgb(color); return 0.2126 * r + 0.7152 * g + 0.0722 * b; };
  const ground = (node) => { const color = getComputedStyle(node).backgroundColor;
    return color === 'rgba(0, 0, 0, 0)' ? ground(node.parentElement) : color; };
  return [...document.querySelectorAll('#result *, form *, h1, .lead')]
    .filter((node) => node.childNodes.length && node.checkVisibility()).map((node) => {
      const [dark, bright] = [light(getComputedStyle(node).color), light(ground(node))].sort((a, b) => a - b);
      return [`${node.tagName}.${node.className}`, (bright + 0.05) / (dark + 0.05)]; }); }"""


@pytest.fixture
def opened(page: Page, served: str) -> Page:
    page.goto(f"{served}/chat/check/")
    return page


def check(page: Page, text: str) -> None:
    page.get_by_label("Ingredient list").fill(text)
    page.get_by_role("button", name="Check the label").click()


def answering(page: Page, answer: Callable[[Route], None]) -> list[Any]:
    """Let the test answer the page's call; return what was sent."""
    sent: list[Any] = []

    def _answer(route: Route) -> None:
        sent.append(route.request.post_data_json)
        answer(route)

    page.route("**/chat/check", _answer)
    return sent


def packed(text: bytes) -> str:
    deflate = zlib.compressobj(9, zlib.DEFLATED, -15)
    return base64.urlsafe_b64encode(deflate.compress(text) + deflate.flush()).decode().rstrip("=")


class TestTheResult:
    def test_needs_nothing_but_the_keyboard(self, opened: Page) -> None:
        for _ in range(10):
            opened.keyboard.press("Tab")
            if opened.evaluate("document.activeElement.id") == "label":
                break
        opened.keyboard.type("Ingredients: Aqua, Lanolin, Retinol")
        opened.keyboard.press("Tab")
        opened.keyboard.press("Enter")
        expect(opened.get_by_role("heading", name="Result")).to_be_focused()
        expect(opened.locator(".verdict")).to_have_text("1 of 3 names is linked with milia.")
        expect(opened.get_by_role("status").first).to_contain_text("1 of 3 names is linked with milia.")
        opened.keyboard.press("Tab")
        expect(opened.get_by_role("button", name="Copy a link to this result")).to_be_focused()

    def test_control_and_enter_check_too(self, opened: Page) -> None:
        opened.get_by_label("Ingredient list").fill(BALM)
        opened.keyboard.press("Control+Enter")
        expect(opened.locator(".verdict")).to_be_visible()

    def test_tells_products_apart_and_each_says_what_why_and_how_firm(self, opened: Page) -> None:
        check(opened, f"{BALM}\n\n{GEL}")
        balm, gel = (opened.locator("article").nth(place) for place in (0, 1))
        expect(balm.get_by_role("heading", level=3)).to_have_text("Night Balm")
        expect(gel.get_by_role("heading", level=3)).to_have_text("Renewing Gel")
        expect(balm.locator(".verdict")).to_have_text("1 of 5 names is linked with milia.")
        expect(gel.locator(".verdict")).to_have_text("No name on this list is linked with milia.")
        petrolatum = balm.locator(".names > li").filter(has_text="petrolatum").first
        expect(petrolatum).to_contain_text("1st of 5")
        expect(petrolatum.locator(".facts")).to_contain_text("Evidence: ")
        petrolatum.locator("summary").click()
        assert petrolatum.locator("a[rel='noopener noreferrer']").count() > 0
        expect(balm.get_by_role("heading", name="Rated high for clogging pores")).to_be_visible()
        expect(balm.get_by_role("heading", name="Lighter kind")).to_be_visible()
        expect(gel.get_by_role("heading", name="Used to help prevent milia")).to_be_visible()
        expect(gel).to_contain_text("Retinoids are not advised in pregnancy.")
        expect(opened.locator(".caveat")).to_have_text("A list cannot tell how a product will act on your skin.")

    def test_counts_what_is_neutral_and_lists_what_is_not_known_with_its_place(self, opened: Page) -> None:
        check(opened, BALM)
        unknown = opened.locator("details").filter(has_text="1 name was not recognised")
        unknown.locator("summary").click()
        expect(unknown.locator("li")).to_have_text("Glurbium Oxide4th of 5")
        expect(opened.locator("summary").filter(has_text="1 more name with no known link")).to_be_visible()

    def test_a_text_without_a_list_is_told_where_lists_are_found(self, opened: Page) -> None:
        check(opened, "the nicest cream I ever had")
        expect(opened.locator("#result")).to_contain_text('Look for the word "Ingredients"')
        expect(opened.locator("mark, .verdict")).to_have_count(0)

    def test_a_question_is_answered_without_a_verdict_on_a_list(self, opened: Page) -> None:
        check(opened, "is shea butter linked with milia?")
        expect(opened.locator(".summary")).to_contain_text(
            "shea butter is linked with milia in some people", ignore_case=True
        )
        expect(opened.locator(".names > li")).to_contain_text("shea butter")
        expect(opened.locator(".verdict")).to_have_count(0)
        expect(opened.locator("article")).not_to_contain_text("1st")

    def test_a_list_of_which_nothing_is_known_is_not_judged(self, opened: Page) -> None:
        check(opened, "Ingredients: Glurbium Oxide, Zorkum Extract, Sodium Zorkate, Glurbyl Alcohol")
        expect(opened.locator(".verdict")).to_have_text(
            "None of these names is known here, so the list cannot be judged."
        )

    def test_a_new_check_takes_the_place_of_the_last_one(self, opened: Page) -> None:
        check(opened, BALM)
        expect(opened.locator("article")).to_have_count(1)
        check(opened, GEL)
        expect(opened.locator("article h3")).to_have_text("Renewing Gel")


class TestTheMarks:
    def test_the_text_stays_as_it_was_pasted(self, opened: Page) -> None:
        text = f"\u200b 𝒜𝒜 \u2026 caf\u00e9 \u2014\n\n\n{BALM}\n\n  {GEL}"
        check(opened, text)
        raw = opened.locator(".raw")
        assert raw.evaluate(PLAIN) == text
        marked = raw.locator("mark").evaluate_all("marks => marks.map((mark) => mark.firstChild.data)")
        assert {"Petrolatum", "Glurbium Oxide", "Retinol"} <= set(marked)

    def test_each_says_what_it_is_by_more_than_color(self, opened: Page) -> None:
        check(opened, f"{BALM}\n\n{GEL}")
        marks = opened.locator(".raw mark")
        said = dict(
            marks.evaluate_all(
                "marks => marks.map((mark) => [mark.firstChild.data, mark.querySelector('.sr').textContent])"
            )
        )
        assert said["Petrolatum"] == " (Linked with milia)"
        assert said["Isopropyl Myristate"] == " (Rated high for clogging pores)"
        assert said["Squalane"] == " (Lighter kind)"
        assert said["Retinol"] == " (Used to help prevent milia)"
        assert said["Glycerin"] == " (No known link)"
        assert said["Glurbium Oxide"] == " (Not recognised)"
        lines = marks.evaluate_all("marks => marks.map((mark) => getComputedStyle(mark).textDecorationLine)")
        assert set(lines) == {"underline"}
        signs = opened.locator(".raw .sign").all_inner_texts()
        assert len(set(signs)) == 5
        assert len(opened.locator(".legend li").all()) == 6

    @pytest.mark.parametrize("scheme", ["light", "dark"])
    def test_everything_can_be_read_in_light_and_in_dark(self, opened: Page, scheme: Any) -> None:
        opened.emulate_media(color_scheme=scheme)
        check(opened, f"{BALM}, Hydrocortisone\n\n{GEL}")
        expect(opened.locator("mark.steroid").first).to_be_visible()
        contrasts = opened.evaluate(CONTRASTS)
        assert len(contrasts) > 60
        assert [pair for pair in contrasts if pair[1] < 4.5] == []

    def test_a_phone_shows_it_without_scrolling_sideways(self, opened: Page) -> None:
        opened.set_viewport_size({"width": 320, "height": 640})
        check(opened, f"{BALM}, {'Glurbium' * 20}")
        expect(opened.locator(".verdict")).to_be_visible()
        assert opened.evaluate("document.documentElement.scrollWidth") <= 320


class TestALink:
    def test_holds_the_text_and_shows_its_result_at_once(self, browser: Browser, served: str) -> None:
        context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
        first = context.new_page()
        first.goto(f"{served}/chat/check/")
        check(first, f"{BALM} 𝒜é")
        first.get_by_role("button", name="Copy a link to this result").click()
        expect(first.get_by_text("Link copied.")).to_be_visible()
        link = first.evaluate("navigator.clipboard.readText()")
        assert link.startswith(f"{served}/chat/check/#z=")
        second = context.new_page()
        asked: list[str] = []
        second.on("request", lambda request: asked.append(request.url))
        second.goto(link)
        expect(second.locator(".verdict")).to_be_visible()
        expect(second.get_by_label("Ingredient list")).to_have_value(f"{BALM} 𝒜é")
        assert all(link.partition("#")[2] not in url and "Petrolatum" not in url for url in asked)
        context.close()

    def test_of_the_longest_label_is_short_enough_to_send(self, browser: Browser, served: str) -> None:
        context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
        page = context.new_page()
        page.goto(f"{served}/chat/check/")
        names = ", ".join(f"Glurbium-{n} Oxide" for n in range(1_000))
        check(page, f"Ingredients: Aqua, Lanolin, {names}"[:8_000])
        page.get_by_role("button", name="Copy a link to this result").click()
        expect(page.get_by_text("Link copied.")).to_be_visible()
        assert len(page.evaluate("navigator.clipboard.readText()")) < 8_000
        context.close()

    def test_can_be_copied_by_hand_where_the_clipboard_is_closed(self, opened: Page) -> None:
        opened.add_init_script("delete window.CompressionStream; delete Navigator.prototype.clipboard;")
        opened.reload()
        check(opened, BALM)
        opened.get_by_role("button", name="Copy a link to this result").click()
        link = opened.get_by_label("Copy this link:").input_value()
        assert urlsplit(link).fragment == f"t={quote(BALM, safe='')}"

    def test_may_be_written_by_a_shop_and_followed_within_the_page(self, opened: Page) -> None:
        opened.evaluate("hash => { location.hash = hash; }", f"t={quote(GEL)}")
        expect(opened.locator("article h3")).to_have_text("Renewing Gel")
        opened.evaluate("hash => { location.hash = hash; }", f"z={packed(BALM.encode())}")
        expect(opened.locator("article h3")).to_have_text("Night Balm")

    @pytest.mark.parametrize(
        "fragment",
        ["z=", "z=!!!", "z=AAAA", "t=%E0%A4", f"z={packed(bytes([255, 254]))}", f"z={packed(bytes(50_000_000))}"],
        ids=["empty", "no base64", "no deflate", "no percents", "no text", "a bomb"],
    )
    def test_that_is_damaged_says_so(self, page: Page, served: str, fragment: str) -> None:
        sent = answering(page, lambda route: route.abort())
        page.goto(f"{served}/chat/check/#{fragment}")
        expect(page.get_by_role("alert")).to_contain_text("This link is damaged")
        assert sent == []

    def test_to_a_heading_of_another_page_is_no_label(self, page: Page, served: str) -> None:
        page.goto(f"{served}/chat/check/#prevention")
        expect(page.get_by_label("Ingredient list")).to_have_value("")
        expect(page.get_by_role("alert")).to_be_hidden()


class TestWhatFails:
    def test_what_is_empty_or_too_long_is_not_sent(self, opened: Page) -> None:
        sent = answering(opened, lambda route: route.abort())
        check(opened, "  \n ")
        expect(opened.get_by_role("alert")).to_have_text("Please paste an ingredient list first.")
        check(opened, "𝒜" * 8_001)
        expect(opened.get_by_role("alert")).to_have_text("1 characters too long")
        assert sent == []

    @pytest.mark.parametrize("status", [400, 413, 429, 500])
    def test_an_error_of_the_server_is_said_in_its_own_words(self, opened: Page, status: int) -> None:
        body = json.dumps({"error": {"code": "any", "message": f"A sentence on {status}."}})
        answering(opened, lambda route: route.fulfill(status=status, content_type="application/json", body=body))
        check(opened, BALM)
        expect(opened.get_by_role("alert")).to_have_text(f"A sentence on {status}.")
        expect(opened.locator("#result")).to_be_hidden()

    def test_an_answer_that_is_none_is_said_in_a_sentence(self, opened: Page) -> None:
        answering(opened, lambda route: route.fulfill(status=200, content_type="text/html", body="<p>proxy</p>"))
        check(opened, BALM)
        expect(opened.get_by_role("alert")).to_have_text("Something failed on our side. Please try again.")

    def test_a_server_that_is_away_and_a_network_that_is_away_are_told_apart(self, opened: Page) -> None:
        answering(opened, lambda route: route.abort())
        check(opened, BALM)
        expect(opened.get_by_role("alert")).to_have_text("The server could not be reached. Please try again.")
        opened.context.set_offline(True)
        check(opened, BALM)
        expect(opened.get_by_role("alert")).to_contain_text("You seem to be offline.")

    def test_a_server_that_never_answers_is_given_up(self, page: Page, served: str) -> None:
        page.clock.install()
        page.goto(f"{served}/chat/check/")
        answering(page, lambda route: None)
        check(page, BALM)
        expect(page.locator("form[aria-busy]")).to_have_count(1)
        page.clock.fast_forward(12_500)
        expect(page.get_by_role("alert")).to_have_text("No answer came in time. Please try again.")


@pytest.mark.parametrize("real", [True, False], ids=["pasted", "answered"])
def test_no_text_becomes_script_or_markup(opened: Page, real: bool) -> None:
    harm = "<img src=x onerror=hacked=1><script>hacked=1</script>"
    if not real:
        name = {
            "as_written": harm,
            "name": harm,
            "inci": harm,
            "relation": "associated",
            "evidence": harm,
            "note": harm,
        }
        name |= {"listed_as": "ingredient", "position": 1, "total": 1, "percent": None, "guide": harm, "span": [0, 5]}
        name |= {"weak": False, "exact": False, "rating": None}
        name["sources"] = [{"title": harm, "publisher": harm, "year": 1, "url": "javascript:hacked=1"}]
        product = {"title": harm, "ingredients": [name], "unknown": [name], "cautions": [harm], "lighter": harm}
        found = {"kind": "label", "products": [product], "summary": harm, "caveat": harm}
        answering(opened, lambda route: route.fulfill(json=found))
    check(opened, f"{harm}\nIngredients: Aqua, {harm}, Lanolin, <b>Petrolatum</b>")
    expect(opened.locator("#result")).to_be_visible()
    assert opened.evaluate("document.querySelectorAll('#result :is(img, script, b, [onerror])').length") == 0
    assert set(opened.locator("#result a").evaluate_all("links => links.map((link) => link.protocol)")) <= {
        "https:",
        "http:",
    }
    assert opened.evaluate("typeof window.hacked") == "undefined"


def test_it_breaks_no_rule_asks_no_other_host_and_keeps_nothing(page: Page, served: str) -> None:
    complaints: list[str] = []
    asked: list[str] = []
    page.on("console", lambda line: complaints.append(line.text) if line.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("request", lambda request: asked.append(f"{request.method} {request.url}"))
    page.goto(f"{served}/chat/check/")
    page.wait_for_load_state("networkidle")
    assert not [call for call in asked if call.startswith("POST")]
    check(page, BALM)
    expect(page.locator(".verdict")).to_be_visible()
    assert [call for call in asked if call.startswith("POST")] == [f"POST {served}/chat/check"]
    assert {urlsplit(call.split(" ")[1]).netloc for call in asked} == {urlsplit(served).netloc}
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0
    assert page.context.cookies() == []
    assert complaints == []


def test_the_demonstration_page_leads_to_it(page: Page, served: str) -> None:
    page.goto(f"{served}/chat/")
    page.get_by_role("link", name="Check a label").first.click()
    expect(page.get_by_label("Ingredient list")).to_be_visible()
    page.get_by_role("button", name="Show an example").click()
    expect(page.locator("article")).to_have_count(2)
    page.get_by_role("link", name="Milia, explained").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Milia: the small white bumps, explained")
