"""A platform's interface on loopback: takes calls, checks them as the real one does, and can be slow, down or refusing.

`taken` is what it has accepted, in order; `refused` what it has not, and why: the tests expect nothing there.
"""

from __future__ import annotations

import asyncio
import json
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web


@dataclass(frozen=True)
class Taken:
    """A message that the platform accepted. `shown` is what a person reads, `choices` pairs titles and keys."""

    to: str
    shown: str
    choices: list[tuple[str, str]]
    raw: Mapping[str, Any]
    plain: bool = False


class Invalid(Exception):
    """The platform would refuse this; the text says why."""


@dataclass
class Simulated(ABC):
    """One platform. `delay` is in seconds; `limited` answers so many calls with 429; `failing` is a status for all."""

    taken: list[Taken] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    calls: list[tuple[str, Mapping[str, Any]]] = field(default_factory=list)
    delay: float = 0.0
    limited: int = 0
    wait: int = 1
    failing: int = 0
    no_markup: bool = False
    drops: int = 0
    arrived: asyncio.Event = field(default_factory=asyncio.Event)
    _runner: web.AppRunner | None = None
    port: int = 0

    async def start(self, port: int = 0) -> None:
        """Listen on loopback, on the same port again after `stop`."""
        app = web.Application()
        app.router.add_route("*", "/{path:.*}", self._handle)
        self._runner = web.AppRunner(app, access_log=None)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", port or self.port, reuse_address=True)
        await site.start()
        self.port = int(self._runner.addresses[0][1])

    async def stop(self) -> None:
        """Be down: connections are refused."""
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    async def messages(self, count: int, within: float = 20.0) -> list[Taken]:
        """Return what was accepted once there are so many messages."""
        await self.until(lambda: len(self.taken) >= count, within)
        return list(self.taken)

    async def until(self, condition: Callable[[], bool], within: float = 20.0) -> None:
        """Return once a call has made `condition` true."""

        async def wait() -> None:
            while not condition():
                self.arrived.clear()
                await self.arrived.wait()

        await asyncio.wait_for(wait(), within)

    async def _handle(self, request: web.Request) -> web.StreamResponse:
        body = await request.read()
        if self.drops:
            self.drops -= 1
            assert request.transport is not None
            request.transport.abort()
            return web.Response()
        if self.failing:
            return web.json_response({}, status=self.failing)
        if self.limited:
            self.limited -= 1
            return self.too_many()
        self.calls.append((request.path, {}))
        try:
            answer = self.take(request, body)
        except Invalid as error:
            self.refused.append(str(error))
            return self.invalid(str(error))
        self.arrived.set()
        await asyncio.sleep(self.delay)
        return web.json_response(answer)

    @abstractmethod
    def take(self, request: web.Request, body: bytes) -> Mapping[str, Any]:
        """Check one call and return its answer; raise Invalid."""

    @abstractmethod
    def invalid(self, why: str) -> web.Response:
        """Return how the platform refuses."""

    def too_many(self) -> web.Response:
        """Return how the platform asks to wait."""
        return web.json_response({}, status=429, headers={"Retry-After": str(self.wait)})


def need(condition: object, why: str) -> None:
    """Raise Invalid where a rule of the platform is broken."""
    if not condition:
        raise Invalid(why)


def parsed(body: bytes) -> dict[str, Any]:
    """Return the JSON object of a call."""
    found = json.loads(body)
    assert isinstance(found, dict)
    return found


def utf16(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2
