"""The assistant as it runs, with its model and real actions, as a process that can be killed."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import aiohttp

from assistant.files import ROOT
from assistant.serving.actions import ActionServer, free_port
from assistant.serving.service import _rasa
from tests.channels.simulated.senders import SENDERS, Sender
from tests.channels.simulated.server import Simulated

START = 150.0  # seconds until it must be ready; it takes ten on an idle machine


@dataclass
class Running:
    """One server that can be killed and started again over the same database."""

    environment: Mapping[str, str]
    simulated: Mapping[str, Simulated]
    senders: Mapping[str, Sender]
    client: aiohttp.ClientSession
    port: int = field(default_factory=free_port)
    process: subprocess.Popen[bytes] | None = None

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    async def start(self) -> Any:
        """Start it and return what `ready` says."""
        self.process = subprocess.Popen(
            _rasa("127.0.0.1", self.port), cwd=ROOT, env={**os.environ, **self.environment}, stdout=sys.stderr
        )
        for _ in range(int(START / 0.25)):
            assert self.process.poll() is None, "the server ended"
            try:
                async with self.client.get(f"{self.address}/chat/health/ready") as answer:
                    if answer.status == 200:
                        return await answer.json()
            except aiohttp.ClientError:
                pass
            await asyncio.sleep(0.25)
        raise AssertionError("The server did not become ready.")

    async def kill(self) -> None:
        """End it as `kill -9` does."""
        assert self.process is not None
        self.process.send_signal(signal.SIGKILL)
        await asyncio.get_running_loop().run_in_executor(None, self.process.wait)

    async def post(self, channel: str, body: bytes, headers: Mapping[str, str]) -> int:
        url = f"{self.address}/chat/channels/{channel}"
        async with self.client.post(url, data=body, headers=headers) as answer:
            return answer.status

    async def say(self, channel: str, text: str, who: int = 1) -> None:
        assert await self.post(channel, *self.senders[channel].text(text, who)) == 200


@asynccontextmanager
async def running(database: str = "") -> AsyncIterator[Running]:
    """Run the action server and prepare the rest; `database` is an address, a file of its own by default."""
    senders = {name: kind() for name, kind in SENDERS.items()}
    simulated = {name: sender.server() for name, sender in senders.items()}
    environment: dict[str, str] = {}
    for name, server in simulated.items():
        await server.start()
        environment.update(senders[name].environment(server.address))
    with ActionServer() as actions, tempfile.TemporaryDirectory() as folder:
        secret = actions.endpoint().headers["Authorization"].removeprefix("Bearer ")
        port = actions.endpoint().url.rpartition(":")[2].partition("/")[0]
        environment |= {"ASSISTANT_ACTION_PORT": port, "ASSISTANT_ACTION_SECRET": secret}
        environment |= {"ASSISTANT_DATABASE": database or f"sqlite:///{folder}/conversations.db"}
        environment |= {"ASSISTANT_SECRET": "a secret of the service tests, long enough", "PYTHONUNBUFFERED": "1"}
        async with aiohttp.ClientSession() as client:
            found = Running(environment, simulated, senders, client)
            try:
                yield found
            finally:
                if found.process is not None and found.process.poll() is None:
                    await found.kill()
                for server in simulated.values():
                    await server.stop()
