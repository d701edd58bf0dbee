from __future__ import annotations

import base64
import hashlib
import re
from pathlib import Path

import pytest

from assistant import site
from assistant.channels.pages import SCRIPT, WIDGET
from tests.channels.served import Served

LARGEST = 12_000  # bytes; widget/build.mjs holds the same limit
KINDS = {".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml"}
FILES = [SCRIPT, *sorted(path for path in WIDGET.iterdir() if path.suffix in KINDS)]


async def test_the_page_is_served(served: Served) -> None:
    reply = await served.call("GET", "/chat/")
    assert reply.status == 200
    assert reply.headers["Content-Type"] == "text/html; charset=utf-8"
    assert b"widget.js" in reply.body


async def test_the_address_without_its_slash_leads_to_the_page(served: Served) -> None:
    assert (await served.call("GET", "/chat")).body == (await served.call("GET", "/chat/")).body


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
async def test_a_file_of_the_widget_is_served_as_what_it_is(served: Served, path: Path) -> None:
    reply = await served.call("GET", f"/chat/{path.name}")
    assert reply.status == 200
    assert reply.body == path.read_bytes()
    assert reply.headers["Content-Type"] == f"{KINDS[path.suffix]}; charset=utf-8"


async def test_the_widget_travels_packed_and_small(served: Served) -> None:
    reply = await served.call("GET", "/chat/widget.js", **{"Accept-Encoding": "gzip"})
    assert reply.headers["Content-Encoding"] == "gzip"
    assert reply.headers["Vary"] == "Origin, Accept-Encoding"
    assert int(reply.headers["Content-Length"]) <= LARGEST
    assert reply.body == SCRIPT.read_bytes()
    plain = await served.call("GET", "/chat/widget.js", **{"Accept-Encoding": "identity"})
    assert "Content-Encoding" not in plain.headers


def test_the_published_hash_is_the_widgets() -> None:
    digest = base64.b64encode(hashlib.sha384(SCRIPT.read_bytes()).digest()).decode()
    assert (SCRIPT.parent / "integrity.txt").read_text(encoding="utf-8") == f"sha384-{digest}\n"


@pytest.mark.parametrize("path", ["/chat/", "/chat/check/", "/chat/widget.js", "/chat/check.js", "/chat/page.css"])
async def test_a_page_may_load_nothing_from_anywhere_else(served: Served, path: str) -> None:
    reply = await served.call("GET", path)
    policy = dict(part.strip().split(" ", 1) for part in reply.headers["Content-Security-Policy"].split(";"))
    assert policy["default-src"] == "'none'"
    assert {policy[name] for name in ("script-src", "style-src", "connect-src", "img-src")} == {"'self'"}
    assert "unsafe" not in str(policy)
    assert reply.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("path", ["/chat/", "/chat/check/"])
async def test_a_page_holds_nothing_that_its_policy_forbids(served: Served, path: str) -> None:
    page = (await served.call("GET", path)).body.decode()
    assert not re.search(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son[a-z]+=|javascript:", page)
    assert not re.search(r"""<(?:script|link|img|iframe)[^>]*(?:src|href)=["']?(?:https?:)?//""", page)


@pytest.mark.parametrize("path", ["/chat/%2e%2e/site.yml", "/chat/..%2fsite.yml", "/chat/page.js/x"])
async def test_no_other_file_is_served(served: Served, path: str) -> None:
    reply = await served.call("GET", path)
    assert reply.status in {404, 400}
    assert b"region" not in reply.body


async def test_the_widget_learns_the_sites_name_color_and_emergency_number_and_no_more(served: Served) -> None:
    reply = await served.call("GET", "/chat/site.json")
    settings = site.load()
    emergency = settings.words["emergency_number"]
    assert reply.json == {"name": settings.name, "accent": settings.colors.accent, "emergency": emergency}
