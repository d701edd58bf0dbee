"""The web channel as Rasa serves it, on a free loopback port, over an agent without a model."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from rasa.core.channels.channel import InputChannel
from rasa.core.run import configure_app
from rasa.shared.core.domain import Domain
from sanic import Sanic

from assistant.channels import tokens
from assistant.channels.tokens import Tokens
from assistant.channels.web import WebInput
from assistant.serving.actions import free_port
from assistant.storage import ConversationStore
from tests.turn.fakes import FakeProcessor, agent, pipeline, response

SECRET = "a secret of more than sixty-four characters, so that any algorithm may sign with it"
CHOICES = {"duration": "How long they last"}


@dataclass(frozen=True)
class Reply:
    """What the server answered."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)

    @property
    def error(self) -> str:
        """The code of an error, which must have the form of the contracts and a sentence."""
        assert set(self.json) == {"error"}
        assert set(self.json["error"]) == {"code", "message"}
        assert len(self.json["error"]["message"]) > 10
        assert "{" not in self.json["error"]["message"]
        return str(self.json["error"]["code"])


class Served:
    """A running channel, the agent behind it, and a visitor's browser."""

    def __init__(self, address: str, app: Sanic, client: aiohttp.ClientSession) -> None:
        self.address = address
        self.app = app
        self.agent = app.ctx.agent
        self._client = client

    @property
    def processor(self) -> FakeProcessor:
        found = self.agent.processor
        assert isinstance(found, FakeProcessor)
        return found

    @property
    def store(self) -> ConversationStore:
        found = self.agent.tracker_store
        assert isinstance(found, ConversationStore)
        return found

    async def call(self, method: str, path: str, body: Any = None, token: str | None = None, **headers: str) -> Reply:
        """Send one request; `body` is bytes, or what is sent as JSON."""
        if token is not None:
            headers["Authorization"] = f"Bearer {token}"
        data = body if isinstance(body, bytes) or body is None else json.dumps(body).encode()
        address = f"{self.address}{path}"
        async with self._client.request(method, address, data=data, headers=headers) as answer:
            return Reply(answer.status, answer.headers, await answer.read())

    async def raw(self, method: str, path: str, header: bytes) -> bytes:
        """Send a request with one header as it stands, which need not be text; return the answer's first line."""
        host, port = self.address.removeprefix("http://").split(":")
        reader, writer = await asyncio.open_connection(host, int(port))
        lines = [f"{method} {path} HTTP/1.1".encode(), f"Host: {host}:{port}".encode(), b"Connection: close", header]
        writer.write(b"\r\n".join([*lines, b"", b""]))
        line = await reader.readline()
        writer.close()
        return line

    async def token(self) -> str:
        """Open a session and return its token."""
        return str((await self.call("POST", "/chat/sessions")).json["token"])

    async def say(self, token: str | None, identity: Any = "1", **content: Any) -> Reply:
        content = content or {"text": "how long do they last"}
        return await self.call("POST", "/chat/messages", {"id": identity, **content}, token)


def aged(seconds: float, conversation: str = "web-0123456789abcdef") -> str:
    """Return a token that was issued so many seconds ago, with the server's secret."""
    return Tokens(SECRET, clock=lambda: time.time() - seconds).issue(conversation).token


@asynccontextmanager
async def running(
    folder: Path, channels: Sequence[InputChannel], choices: Mapping[str, str]
) -> AsyncIterator[tuple[str, Sanic, aiohttp.ClientSession]]:
    """Serve `channels` for the length of the block, over an agent that offers `choices`: (address, app, client).

    Conversations are kept in `folder`.
    """
    store = ConversationStore(Domain.empty(), dialect="sqlite", db=str(folder / "conversations.db"))
    app = configure_app(input_channels=list(channels), enable_api=False)
    app.ctx.agent = agent(lambda _: [response(choices=choices)], store)
    port = free_port()
    server = await app.create_server("127.0.0.1", port, return_asyncio_server=True)
    await server.startup()
    await server.before_start()
    await server.after_start()
    async with aiohttp.ClientSession() as client:
        yield f"http://127.0.0.1:{port}", app, client
    await server.before_stop()
    await server.close()
    store.engine.dispose()


@asynccontextmanager
async def serving(folder: Path) -> AsyncIterator[Served]:
    """Serve the web channel for the length of the block; conversations are kept in `folder`."""
    async with running(folder, [WebInput()], CHOICES) as (address, app, client):
        yield Served(address, app, client)


def prepared(monkeypatch: pytest.MonkeyPatch, result: Any = None) -> list[str]:
    """Set what the channel reads of its environment, and what the pipeline says; return the texts it is asked for."""
    monkeypatch.setenv(tokens.SECRET, SECRET)
    monkeypatch.setattr(Sanic, "test_mode", True)
    return pipeline(monkeypatch, result)


@pytest.fixture
async def served(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> AsyncIterator[Served]:
    prepared(monkeypatch)
    async with serving(tmp_path) as found:
        yield found
