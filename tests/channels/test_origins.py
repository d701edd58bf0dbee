from __future__ import annotations

import pytest

from assistant import site
from tests.channels.served import Served

LISTED = "https://clinic.example.org"
STRANGE = [
    "https://evil.example.org",
    "http://clinic.example.org",
    "https://clinic.example.org:444",
    "https://clinic.example.org.evil.example",
    "https://sub.clinic.example.org",
    "null",
    "http://[",
    "file://",
]
CALLS = [("POST", "/chat/sessions"), ("GET", "/chat/history"), ("POST", "/chat/messages"), ("GET", "/chat/site.json")]


@pytest.fixture(autouse=True)
def listed(monkeypatch: pytest.MonkeyPatch) -> None:
    settings = site.load().copy(update={"allowed_origins": [LISTED]})
    monkeypatch.setattr(site, "load", lambda: settings)


@pytest.mark.parametrize("origin", STRANGE)
async def test_a_page_of_a_strange_origin_is_refused(served: Served, origin: str) -> None:
    for method, path in CALLS:
        reply = await served.call(method, path, Origin=origin)
        assert (reply.status, reply.error) == (403, "not_allowed")
        assert "Access-Control-Allow-Origin" not in reply.headers


async def test_an_origin_that_is_no_text_is_refused(served: Served) -> None:
    assert (await served.raw("POST", "/chat/sessions", b"Origin: http://\xff[\xfe")).startswith(b"HTTP/1.1 403 ")


async def test_a_listed_origin_may_call_and_read(served: Served) -> None:
    reply = await served.call("POST", "/chat/sessions", Origin=LISTED)
    assert reply.status == 201
    assert reply.headers["Access-Control-Allow-Origin"] == LISTED
    assert reply.headers["Vary"] == "Origin"


async def test_a_listed_origin_may_read_refusals_too(served: Served) -> None:
    for path in ("/chat/history", "/chat/nothing"):
        reply = await served.call("GET", path, Origin=LISTED)
        assert reply.status in {401, 404}
        assert reply.headers["Access-Control-Allow-Origin"] == LISTED


async def test_the_own_page_may_call(served: Served) -> None:
    reply = await served.call("POST", "/chat/sessions", Origin=served.address)
    assert (reply.status, reply.headers["Access-Control-Allow-Origin"]) == (201, served.address)


async def test_a_program_that_names_no_origin_may_call(served: Served) -> None:
    reply = await served.call("POST", "/chat/sessions")
    assert reply.status == 201
    assert "Access-Control-Allow-Origin" not in reply.headers


@pytest.mark.parametrize("path", ["/chat/messages", "/chat/sessions/current", "/chat/feedback", "/chat/history"])
async def test_a_browsers_question_before_a_call_is_answered(served: Served, path: str) -> None:
    asked = {"Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "authorization"}
    reply = await served.call("OPTIONS", path, Origin=LISTED, **asked)
    assert reply.status in {200, 204}
    assert reply.body == b""
    assert reply.headers["Access-Control-Allow-Origin"] == LISTED
    assert set(reply.headers["Access-Control-Allow-Methods"].split(", ")) == {"GET", "POST", "DELETE"}
    allowed = {name.lower() for name in reply.headers["Access-Control-Allow-Headers"].split(", ")}
    assert allowed == {"authorization", "content-type"}


@pytest.mark.parametrize("origin", STRANGE)
async def test_a_strange_browsers_question_gets_no_leave(served: Served, origin: str) -> None:
    reply = await served.call("OPTIONS", "/chat/messages", Origin=origin)
    assert "Access-Control-Allow-Origin" not in reply.headers


async def test_nobody_gets_leave_to_send_cookies_or_a_wildcard(served: Served) -> None:
    for origin in (LISTED, served.address):
        reply = await served.call("POST", "/chat/sessions", Origin=origin)
        assert "Access-Control-Allow-Credentials" not in reply.headers
        assert reply.headers["Access-Control-Allow-Origin"] != "*"


async def test_nothing_of_a_conversation_is_kept_by_a_browser_or_a_proxy(served: Served) -> None:
    reply = await served.say(await served.token())
    assert reply.headers["Cache-Control"] == "no-store"
    assert reply.headers["X-Content-Type-Options"] == "nosniff"
    assert reply.headers["Referrer-Policy"] == "no-referrer"
