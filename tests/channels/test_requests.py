from __future__ import annotations

import json
from contextlib import suppress
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.channels import requests
from assistant.channels.errors import Refused
from assistant.channels.requests import BODY_LIMIT, LABEL_LIMIT, MESSAGE_LIMIT
from tests.channels.served import Served

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)
NAMED = st.fixed_dictionaries({}, optional=dict.fromkeys(("id", "text", "choice", "message_id", "helpful"), JSON))


def request(body: Any) -> Any:
    data = body if isinstance(body, bytes) else json.dumps(body).encode()
    return SimpleNamespace(body=data, headers={})


def label(length: int) -> str:
    """Return a label of so many characters."""
    names = "Ingredients: Aqua, Glycerin, Petrolatum, Cetearyl Alcohol, Lanolin, Phenoxyethanol, Dimethicone, "
    return (names + "Glycerin, Dimethicone, " * (length // 20))[: length - 1] + "n"


class TestLengths:
    """Counted in characters, as the contracts have it: 1 to 1,000, and a label up to 8,000."""

    @pytest.mark.parametrize(
        "text",
        ["a", "é" * MESSAGE_LIMIT, "𝒜" * MESSAGE_LIMIT, " " * 500 + "a" * MESSAGE_LIMIT, label(LABEL_LIMIT)],
    )
    async def test_what_fits_is_taken(self, served: Served, text: str) -> None:
        assert (await served.say(await served.token(), text=text)).status == 200
        assert len(served.processor.handed) == 1

    @pytest.mark.parametrize(
        "text", ["a" * (MESSAGE_LIMIT + 1), "word, " * 400, label(LABEL_LIMIT + 1), "𝒜" * (LABEL_LIMIT + 1)]
    )
    async def test_what_is_too_long_is_refused(self, served: Served, text: str) -> None:
        reply = await served.say(await served.token(), text=text)
        assert (reply.status, reply.error) == (413, "too_long")
        assert served.processor.handed == []

    @pytest.mark.parametrize("text", ["", " ", "\n\t \r\n", "\u200b\ufeff", "\x00\x01", "\ud800"])
    async def test_what_holds_no_words_is_refused(self, served: Served, text: str) -> None:
        reply = await served.say(await served.token(), text=text)
        assert (reply.status, reply.error) == (400, "empty")
        assert served.processor.handed == []

    async def test_a_body_that_no_message_needs_is_refused_whatever_it_holds(self, served: Served) -> None:
        token = await served.token()
        for body in (b" " * (BODY_LIMIT + 1), b"[" * (BODY_LIMIT + 1)):
            reply = await served.call("POST", "/chat/messages", body, token)
            assert (reply.status, reply.error) == (413, "too_long")

    async def test_a_body_that_the_server_does_not_even_read_is_refused_in_json(self, served: Served) -> None:
        served.app.config.REQUEST_MAX_SIZE = 1_000
        reply = await served.call("POST", "/chat/messages", b" " * 2_000, await served.token())
        assert (reply.status, reply.error) == (413, "bad_request")


class TestJson:
    @pytest.mark.parametrize(
        "body",
        [
            b"",
            b"{",
            b"null",
            b"3",
            b'"text"',
            b"[]",
            b"\xff\xfe\x00",
            b"{'id': '1'}",
            b"id=1&text=hi",
            b"[" * 20_000,
            b'{"id": "1", "text": ' + b"[" * 20_000,
            b'{"id": "1", "text": "a"} x',
            b'{"id": "1", "text": "\xff"}',
        ],
    )
    async def test_that_is_none_or_no_object_is_refused(self, served: Served, body: bytes) -> None:
        reply = await served.call("POST", "/chat/messages", body, await served.token())
        assert (reply.status, reply.error) == (400, "bad_request")

    @pytest.mark.parametrize(
        "content",
        [
            {},
            {"text": "a", "choice": "b"},
            {"text": None},
            {"text": 3},
            {"text": ["a"]},
            {"choice": None},
            {"choice": {}},
            {"text": True},
            {"texts": "a"},
            {"Text": "a"},
            {"text": "a", "choice": None},
        ],
    )
    def test_without_exactly_one_text_or_choice_is_refused(self, content: dict[str, Any]) -> None:
        with pytest.raises(Refused, match="bad_request"):
            requests.message(request({"id": "1", **content}))

    @pytest.mark.parametrize(
        "identity", [None, 1, 1.5, True, [], {}, "", " ", "a b", "é", "a/b", "a\n", "\x00", "x" * 65, "<b>", "a;b"]
    )
    def test_with_an_id_that_is_none_is_refused(self, identity: Any) -> None:
        with pytest.raises(Refused, match="bad_request"):
            requests.message(request({"id": identity, "text": "a"}))

    @pytest.mark.parametrize("identity", ["1", "x" * 64, "3f2b-11ee", "a_b.c:d", "m-9"])
    def test_with_an_id_of_the_clients_own_is_taken(self, identity: str) -> None:
        assert requests.message(request({"id": identity, "text": "a"})) == (identity, {"text": "a"})

    def test_may_hold_more_than_was_asked_for(self) -> None:
        given = {"id": "1", "choice": "topic.x", "sender": "somebody", "metadata": {"x": 1}}
        assert requests.message(request(given)) == ("1", {"choice": "topic.x"})

    @given(st.binary(max_size=200))
    def test_any_bytes_are_read_or_refused_and_nothing_worse(self, data: bytes) -> None:
        _read_or_refused(data)

    @given(JSON | NAMED)
    def test_any_json_is_read_or_refused_and_nothing_worse(self, value: Any) -> None:
        _read_or_refused(value)

    @given(NAMED, st.text(alphabet='{}[]",:\\ntrue0123456789', max_size=30))
    def test_broken_json_is_read_or_refused_and_nothing_worse(self, value: Any, dirt: str) -> None:
        text = json.dumps(value)
        _read_or_refused((text[: len(text) // 2] + dirt + text[len(text) // 2 :]).encode())


def _read_or_refused(body: Any) -> None:
    for read in (requests.message, requests.feedback):
        with suppress(Refused):
            identity, content = read(request(body))
            assert isinstance(identity, str)
            assert isinstance(content, bool) or all(isinstance(value, str) for value in content.values())


@pytest.mark.parametrize(
    ("header", "token"),
    [("Bearer x.y", "x.y"), ("bearer  x", "x"), ("Basic x", ""), ("x", ""), ("", ""), ("Bearer", ""), ("Bearer ", "")],
)
def test_the_token_is_read_of_the_header(header: str, token: str) -> None:
    assert requests.bearer(SimpleNamespace(headers={"Authorization": header})) == token  # type: ignore[arg-type]


def test_no_header_is_no_token() -> None:
    assert requests.bearer(request({})) == ""
