"""The platforms as Rasa serves them, over an agent without a model, against simulated platforms on loopback."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from sanic import Sanic

from assistant.channels.platforms.input import PlatformsInput
from assistant.channels.platforms.settings import PLATFORMS
from assistant.channels.web import WebInput
from assistant.storage import ConversationStore
from tests.channels.served import prepared, running
from tests.channels.simulated.senders import SENDERS, Sender
from tests.channels.simulated.server import Simulated
from tests.turn.fakes import FakeProcessor

CHOICES = {"duration": "How long they last", "causes": "What causes them"}


@dataclass
class Bots:
    """A running server, the agent behind it, and every platform with a way to send as it does."""

    address: str
    app: Sanic
    client: aiohttp.ClientSession
    simulated: Mapping[str, Simulated]
    senders: Mapping[str, Sender]
    folder: Path

    @property
    def processor(self) -> FakeProcessor:
        found = self.app.ctx.agent.processor
        assert isinstance(found, FakeProcessor)
        return found

    @property
    def store(self) -> ConversationStore:
        found = self.app.ctx.agent.tracker_store
        assert isinstance(found, ConversationStore)
        return found

    @property
    def texts(self) -> list[str]:
        """What reached the agent, in order."""
        return [handed.text for handed in self.processor.handed]

    async def post(self, channel: str, body: bytes, headers: Mapping[str, str], query: str = "") -> tuple[int, str]:
        url = f"{self.address}/chat/channels/{channel}{query}"
        async with self.client.post(url, data=body, headers=headers) as answer:
            return answer.status, await answer.text()

    async def say(self, channel: str, text: str, /, who: int = 1, number: int | None = None, **more: Any) -> int:
        """Send one typed message as the platform would; return the status of the answer."""
        sender = self.senders[channel]
        return (await self.post(channel, *sender.text(text, who, number, **more)))[0]

    async def tap(self, channel: str, key: str, /, title: str = "", who: int = 1, **more: Any) -> int:
        return (await self.post(channel, *self.senders[channel].tap(key, title, who, **more)))[0]

    async def ready(self) -> Any:
        async with self.client.get(f"{self.address}/chat/health/ready") as answer:
            return json.loads(await answer.text())

    def report(self) -> dict[str, str]:
        """What `ready` says of the channels."""
        found: dict[str, str] = self.app.ctx.platforms()
        return found

    async def until(self, condition: Callable[[], bool], within: float = 30.0) -> None:
        """Return once `condition` holds; fail where it does not for so many seconds."""
        end = time.monotonic() + within
        while time.monotonic() < end:
            if condition():
                return
            await asyncio.sleep(0.01)
        raise AssertionError("It did not come to that.")

    async def settled(self, within: float = 30.0) -> None:
        """Return once nothing is left to be done."""
        from assistant.storage.promises import Promises

        promises = Promises(self.store)
        names = [f"{kind}:{channel}" for kind in ("in", "out") for channel in self.senders]
        await self.until(lambda: not any(promises.waiting(name) for name in names), within)


@asynccontextmanager
async def serving(
    folder: Path, simulated: Mapping[str, Simulated], senders: Mapping[str, Sender]
) -> AsyncIterator[Bots]:
    """Serve for the length of the block; conversations are kept in `folder`."""
    async with running(folder, [WebInput(), PlatformsInput()], CHOICES) as (address, app, client):
        yield Bots(address, app, client, simulated, senders, folder)


def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take the gaps between messages to one person out of the tests, which are about something else."""
    from assistant.channels.platforms import answers, capabilities, outbound

    fast = capabilities.Rate(per_second=10_000, recipient_gap=0)
    loaded = {name: one.copy(update={"rate": fast}) for name, one in capabilities.load().items()}
    monkeypatch.setattr("assistant.channels.platforms.platform.load", lambda: loaded)
    monkeypatch.setattr(outbound, "LONGEST_PAUSE", 0.2)
    monkeypatch.setattr(answers, "SECOND_TRY", 0.05)


@pytest.fixture
async def bots(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> AsyncIterator[Bots]:
    """Every platform, each with a simulated server that answers at once."""
    prepared(monkeypatch)
    quick(monkeypatch)
    senders = {platform.id: SENDERS[platform.id]() for platform in PLATFORMS}
    simulated: dict[str, Simulated] = {}
    for name, sender in senders.items():
        simulated[name] = sender.server()
        await simulated[name].start()
        for variable, value in sender.environment(simulated[name].address).items():
            monkeypatch.setenv(variable, value)
    async with serving(tmp_path, simulated, senders) as found:
        yield found
    for server in simulated.values():
        await server.stop()
