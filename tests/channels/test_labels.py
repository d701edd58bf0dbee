"""The page that reads labels, and the call behind it: what it takes, what it gives, and that nothing of it stays."""

from __future__ import annotations

import gzip
import logging
import re
from typing import Any

import pytest

from assistant.channels import labels
from assistant.channels.pages import WIDGET
from assistant.channels.requests import BODY_LIMIT, LABEL_LIMIT
from tests.channels.served import Reply, Served

LABEL = "Night Balm\nIngredients: Petrolatum, Glurbium Oxide, Squalane\n\nGel\nIngredients: Aqua, Glycerin, Retinol"
PRIVATE = "Glurbium of Mrs Privately"
LONGEST = 6_000  # bytes of the page's script as it is sent


async def check(served: Served, text: Any, **headers: str) -> Reply:
    return await served.call("POST", "/chat/check", {"text": text}, **headers)


class TestTheCall:
    async def test_needs_no_session_and_gives_the_contracts_result_and_more(self, served: Served) -> None:
        reply = await check(served, LABEL)
        assert reply.status == 200
        assert {"kind", "products", "summary", "caveat"} <= set(reply.json)
        assert reply.json["kind"] == "label"
        assert [product["title"] for product in reply.json["products"]] == ["Night Balm", "Gel"]
        first = reply.json["products"][0]["ingredients"][0]
        assert (first["inci"], first["position"], first["total"], first["relation"]) == (
            "Petrolatum",
            1,
            3,
            "associated",
        )
        start, end = first["span"]
        assert LABEL[start:end] == "Petrolatum"

    async def test_says_where_a_list_is_found_when_there_is_none(self, served: Served) -> None:
        reply = await check(served, "the nicest cream I ever had")
        assert (reply.json["kind"], reply.json["products"]) == ("no_list", [])
        assert 'Look for the word "Ingredients"' in reply.json["summary"]

    @pytest.mark.parametrize("text", ["a" * LABEL_LIMIT, "𝒜" * LABEL_LIMIT])
    async def test_takes_as_many_characters_as_a_label_may_have(self, served: Served, text: str) -> None:
        assert (await check(served, text)).status == 200
        reply = await check(served, f"{text}a")
        assert (reply.status, reply.error) == (413, "too_long")

    @pytest.mark.parametrize("body", [b" " * (BODY_LIMIT + 1), b'{"text": "' + b"a" * BODY_LIMIT + b'"}'])
    async def test_refuses_a_body_that_no_label_needs(self, served: Served, body: bytes) -> None:
        reply = await served.call("POST", "/chat/check", body)
        assert (reply.status, reply.error) == (413, "too_long")

    @pytest.mark.parametrize("body", [b"", b"{", b"[]", b"null", {}, {"text": None}, {"text": 3}, {"text": ["a"]}])
    async def test_refuses_what_holds_no_text(self, served: Served, body: Any) -> None:
        reply = await served.call("POST", "/chat/check", body)
        assert (reply.status, reply.error) == (400, "bad_request")

    @pytest.mark.parametrize("text", ["", " \n", "\u200b", "\ud800"])
    async def test_refuses_what_holds_no_words(self, served: Served, text: str) -> None:
        reply = await check(served, text)
        assert (reply.status, reply.error) == (400, "empty")

    async def test_is_closed_to_other_sites_pages(self, served: Served) -> None:
        reply = await check(served, LABEL, Origin="https://elsewhere.example")
        assert (reply.status, reply.error) == (403, "not_allowed")
        assert "Access-Control-Allow-Origin" not in reply.headers
        assert (await check(served, LABEL, Origin=served.address)).status == 200

    @pytest.mark.parametrize(
        ("method", "path"),
        [("PUT", "/chat/check"), ("DELETE", "/chat/check"), ("POST", "/chat/check/"), ("PATCH", "/chat/check/")],
    )
    async def test_a_wrong_method_is_said_in_json(self, served: Served, method: str, path: str) -> None:
        reply = await served.call(method, path, {"text": LABEL})
        assert (reply.status, reply.error) == (405, "wrong_method")

    async def test_is_refused_when_it_comes_too_often(self, served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
        replies = [await check(served, "a") for _ in range(labels.MOST_CHECKS + 1)]
        assert {reply.status for reply in replies[:-1]} == {200}
        assert (replies[-1].status, replies[-1].error) == (429, "too_many")
        assert (await served.call("GET", "/chat/check/")).status == 200

    async def test_leaves_nothing_behind(self, served: Served, caplog: pytest.LogCaptureFixture) -> None:
        caplog.set_level(logging.DEBUG)
        replies = [await check(served, f"Ingredients: Aqua, {PRIVATE}"), await check(served, PRIVATE)]
        replies.append(await check(served, PRIVATE * 1_000))
        assert [reply.status for reply in replies] == [200, 200, 413]
        assert PRIVATE not in caplog.text
        assert served.processor.handed == []
        kept = served.store.engine.url.database
        with open(kept, "rb") as file:  # noqa: PTH123
            assert PRIVATE.encode() not in file.read()
        for reply in replies:
            assert reply.headers["Cache-Control"] == "no-store"
            assert "Set-Cookie" not in reply.headers

    async def test_that_breaks_says_so_and_no_log_tells_of_the_label(
        self, served: Served, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
    ) -> None:
        def fail(text: str) -> Any:
            raise RuntimeError(text)

        monkeypatch.setattr(labels.ingredients, "details", fail)
        reply = await check(served, PRIVATE)
        assert (reply.status, reply.error) == (500, "failed")
        assert PRIVATE not in caplog.text


class TestThePage:
    async def test_is_served(self, served: Served) -> None:
        reply = await served.call("GET", "/chat/check/")
        assert (reply.status, reply.headers["Content-Type"]) == (200, "text/html; charset=utf-8")
        assert b"../check.js" in reply.body

    async def test_the_address_without_its_slash_leads_to_it(self, served: Served) -> None:
        assert (await served.call("GET", "/chat/check")).body == (await served.call("GET", "/chat/check/")).body

    async def test_the_demonstration_page_leads_to_it(self, served: Served) -> None:
        assert b'href="check/"' in (await served.call("GET", "/chat/")).body

    def test_its_script_is_small_and_makes_nothing_of_markup(self) -> None:
        script = (WIDGET / "check.js").read_bytes()
        assert len(gzip.compress(script, 9)) < LONGEST
        assert not re.search(
            rb"innerHTML|outerHTML|insertAdjacent|document\.write|eval\(|new Function|https?://[a-z]", script
        )
