"""The states of the widget that are looked at: by the accessibility check, and in the pictures of the documents."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.faked import Faked

SOURCES = [
    {
        "title": "Milia",
        "publisher": "Cleveland Clinic",
        "url": "https://my.clevelandclinic.org/health/diseases/17868-milia",
    },
    {"title": "Milia", "publisher": "healthdirect Australia", "url": "https://www.healthdirect.gov.au/milia"},
]
NEXT = ["How long do they last?", "How are they removed?", "Is my eye cream a problem?"]
ANSWER = """**Milia** are tiny cysts just under the skin, filled with keratin.

- They are harmless.
- They are not acne, and squeezing does not help.

Most are left alone."""
URGENT = """A swollen eye together with fever can be an infection that has to be treated at once. \
Please call emergency services, or go to an emergency room."""
LABEL = "Ingredients: Aqua, Petrolatum, Glycerin, Cetyl Alcohol, Lanolin, Squalane, Dimethicone, Tocopherol, Parfum"


def widget(inside: str) -> str:
    """Return the selector of what is inside the widget."""
    return f"guide-chat {inside}"


def ask(page: Page, text: str) -> None:
    """Type `text` and send it."""
    page.locator(widget("textarea")).fill(text)
    page.locator(widget(".send")).click()


def until(page: Page, script: str) -> None:
    """Wait until `script` is true; playwright's own way needs `eval`, which the policy of the page forbids."""
    for _ in range(200):
        if page.evaluate(script):
            return
        page.wait_for_timeout(50)
    raise AssertionError(f"It never came true: {script}")


def closed(page: Page, faked: Faked) -> None:
    """Only the launcher."""
    expect(page.locator(widget(".launcher"))).to_be_visible()


def opened(page: Page, faked: Faked) -> None:
    """Notice and greeting."""
    page.locator(widget(".launcher")).click()
    expect(page.locator(widget(".bot"))).to_have_count(1)


def typing(page: Page, faked: Faked) -> None:
    """A question on its way."""
    opened(page, faked)
    faked.replies = [lambda route: None]
    ask(page, "What are these white bumps?")
    expect(page.locator(widget(".typing"))).to_be_visible()


def answer(page: Page, faked: Faked) -> None:
    """An answer with sources, thumbs and choices; one choice was used."""
    opened(page, faked)
    choices = [{"id": str(at), "title": title} for at, title in enumerate(NEXT)]
    faked.replies = [
        [faked.message(ANSWER, sources=SOURCES, topics=["about"], choices=choices)],
        [faked.message("A trained person can lift each bead out. It is quick.", sources=SOURCES, topics=["removal"])],
    ]
    ask(page, "What are these white bumps?")
    page.locator(widget(".choices button")).nth(1).click()
    expect(page.locator(widget(".bot"))).to_have_count(3)
    page.locator(widget(".bubble summary")).last.click()
    page.locator(widget(".down")).last.click()
    expect(page.locator(widget(".why"))).to_be_visible()


def urgent(page: Page, faked: Faked) -> None:
    """Advice that cannot wait."""
    opened(page, faked)
    today = "Pain, warmth or pus should be seen today. Please go to an urgent care clinic."
    faked.replies = [[faked.message(today, urgency="today")], [faked.message(URGENT, urgency="emergency")]]
    ask(page, "One of them is warm and hurts")
    expect(page.locator(widget(".today"))).to_be_visible()
    ask(page, "Now my eye is swollen and I have a fever")
    expect(page.locator(widget(".emergency"))).to_be_visible()


def label(page: Page, faked: Faked) -> None:
    """A pasted label before it is sent."""
    opened(page, faked)
    page.locator(widget("textarea")).fill(LABEL)
    expect(page.locator(widget(".preview"))).to_contain_text("9")


def offline(page: Page, faked: Faked) -> None:
    """A message that waits for the network."""
    opened(page, faked)
    page.unroute("**/chat/messages")  # an answer that is made here would come through
    page.context.set_offline(True)
    ask(page, "How are they removed?")
    expect(page.locator(widget(".fault"))).to_be_visible()


def error(page: Page, faked: Faked) -> None:
    """A message that the server would not take."""
    opened(page, faked)
    faked.replies = [(429, "That was a lot of messages in a short time. Please wait a minute, then go on.")]
    ask(page, "How are they removed?")
    expect(page.locator(widget(".fault"))).to_be_visible()


def erase(page: Page, faked: Faked) -> None:
    """The question before everything is erased."""
    opened(page, faked)
    page.locator(widget("summary.tool")).click()
    page.locator(widget(".menu button")).last.click()
    expect(page.locator(widget(".ask"))).to_be_visible()


STATES: list[Callable[[Page, Faked], None]] = [closed, opened, typing, answer, urgent, label, offline, error, erase]
