"""Takes docs/images/widget anew: each state on a desktop and on a phone. Run it by `make screenshots`."""

from __future__ import annotations

import os
import shutil
from io import BytesIO
from typing import Any

from PIL import Image
from playwright.sync_api import Browser, sync_playwright

from assistant.files import ROOT
from tests.browser import states
from tests.browser.conftest import FLAGS
from tests.browser.faked import Faked

FOLDER = ROOT / "docs" / "images" / "widget"
SHOWN = [state for state in states.STATES if state is not states.error]
SCREENS: dict[str, dict[str, Any]] = {
    "desktop": {"viewport": {"width": 960, "height": 720}, "color_scheme": "light"},
    "phone": {
        "viewport": {"width": 390, "height": 760},
        "color_scheme": "dark",
        "has_touch": True,
        "is_mobile": True,
    },
}
COLORS = 128  # of a picture; more cannot be told apart here


def take(browser: Browser, served: str, screen: str, state: Any) -> None:
    """Take one picture; raise where the state is not reached."""
    context = browser.new_context(reduced_motion="reduce", **SCREENS[screen])
    page = context.new_page()
    faked = Faked(page)
    faked.notice = "Messages here are stored for up to 30 days, so please write no names. In an emergency call 911."
    page.goto(f"{served}/chat/")
    state(page, faked)
    page.wait_for_timeout(300)
    picture = Image.open(BytesIO(page.screenshot()))
    page.unroute_all(behavior="ignoreErrors")
    context.close()
    picture.convert("RGB").quantize(COLORS).save(FOLDER / f"{state.__name__}-{screen}.png", optimize=True)


def main() -> None:
    """Take all of them."""
    served = os.environ["ASSISTANT_URL"].rstrip("/")
    FOLDER.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        for screen in SCREENS:
            for state in SHOWN:
                take(browser, served, screen, state)
        browser.close()


if __name__ == "__main__":
    main()
