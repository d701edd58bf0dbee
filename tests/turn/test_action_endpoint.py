from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest
from jsonschema import ValidationError
from rasa.core.actions.action import RemoteAction
from rasa.utils.endpoints import ClientResponseError, EndpointConfig

from assistant.turn import action_endpoint
from assistant.turn.action_endpoint import ActionEndpoint, check_answers_with_one_validator


class Server:
    """A tiny action server: answers every call with `status` and `body`, and counts connections."""

    def __init__(self) -> None:
        self.status, self.body, self.silent = 200, b'{"events": [], "responses": []}', False
        self.connections = 0
        self.requests: list[tuple[bytes, bytes]] = []
        self.address = ""

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        try:
            while head := await reader.readuntil(b"\r\n\r\n"):
                (length,) = [
                    int(line[16:]) for line in head.split(b"\r\n") if line.lower().startswith(b"content-length:")
                ]
                self.requests.append((head, await reader.readexactly(length)))
                if not self.silent:
                    kind = b"Content-Type: application/json\r\n"
                    writer.write(b"HTTP/1.1 %d X\r\n%sContent-Length: %d\r\n\r\n" % (self.status, kind, len(self.body)))
                    writer.write(self.body)
        except asyncio.IncompleteReadError:
            writer.close()


@pytest.fixture
async def server() -> AsyncIterator[Server]:
    made = Server()
    listening = await asyncio.start_server(made.serve, "127.0.0.1", 0)
    made.address = f"http://127.0.0.1:{listening.sockets[0].getsockname()[1]}/webhook"
    yield made
    listening.close()
    await listening.wait_closed()


@pytest.fixture
async def endpoint(server: Server) -> AsyncIterator[ActionEndpoint]:
    given = EndpointConfig(server.address, headers={"Authorization": "Bearer s"}, enable_selective_domain=True)
    made = ActionEndpoint(given)
    yield made
    await made.close()


async def test_many_calls_share_one_connection(server: Server, endpoint: ActionEndpoint) -> None:
    for number in range(5):
        assert await endpoint.request(json={"number": number}, timeout=300) == {"events": [], "responses": []}
    assert server.connections == 1
    assert [json.loads(body) for _, body in server.requests] == [{"number": number} for number in range(5)]


async def test_the_secret_goes_with_every_call(server: Server, endpoint: ActionEndpoint) -> None:
    await endpoint.request(json={})
    assert b"authorization: bearer s\r\n" in server.requests[0][0].lower()


async def test_what_rasa_knew_of_the_server_stays_known(endpoint: ActionEndpoint) -> None:
    assert endpoint.kwargs == {"enable_selective_domain": True}


async def test_an_error_status_is_an_error_with_its_body(server: Server, endpoint: ActionEndpoint) -> None:
    server.status, server.body = 400, b'{"error": "rejected"}'
    with pytest.raises(ClientResponseError) as raised:
        await endpoint.request(json={})
    assert (raised.value.status, raised.value.text) == (400, '{"error": "rejected"}')


async def test_a_server_that_keeps_silent_is_given_up_at_the_deadline_and_not_at_rasas(
    server: Server, endpoint: ActionEndpoint, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(action_endpoint, "ACTION_DEADLINE", 0.05)
    server.silent = True
    with pytest.raises(asyncio.TimeoutError):
        await endpoint.request(json={}, timeout=300)


def test_the_deadline_is_the_contracts() -> None:
    assert action_endpoint.ACTION_DEADLINE == 3.0


async def test_after_closing_it_connects_anew(server: Server, endpoint: ActionEndpoint) -> None:
    await endpoint.request(json={})
    await endpoint.close()
    await endpoint.request(json={})
    assert server.connections == 2


async def test_a_server_that_is_gone_is_a_connection_error() -> None:
    endpoint = ActionEndpoint(EndpointConfig("http://127.0.0.1:1/webhook"))
    with pytest.raises(aiohttp.ClientConnectionError):
        await endpoint.request(json={})
    await endpoint.close()


@pytest.mark.parametrize("result", [{"events": "none"}, {"responses": [3]}, [], {"events": [{"event": 3}]}])
def test_an_answer_that_is_none_is_still_refused(monkeypatch: pytest.MonkeyPatch, result: Any) -> None:
    monkeypatch.setattr(RemoteAction, "_validate_action_result", None)
    check_answers_with_one_validator()
    with pytest.raises(ValidationError):
        RemoteAction("action_x", None)._validate_action_result(result)


def test_an_answer_of_ours_is_let_through(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(RemoteAction, "_validate_action_result", None)
    check_answers_with_one_validator()
    answer = {"events": [{"event": "slot", "name": "topic", "value": "causes", "timestamp": None}], "responses": [{}]}
    assert RemoteAction("action_x", None)._validate_action_result(answer) is True
