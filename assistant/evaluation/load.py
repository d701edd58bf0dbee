"""Talks to a served assistant as its visitors do, a counted number of turns, on loopback only."""

from __future__ import annotations

import asyncio
import statistics
import time
import uuid
from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import aiohttp

from assistant import guide, site

# A visitor asks a handful of questions; longer conversations are measured on their own.
TURNS_A_CONVERSATION = 5
REQUEST_DEADLINE = 60.0  # seconds; stock Rasa is slow right after its start
POLL = 0.1  # seconds between two tries to get the first answer


class NotAnswered(Exception):
    """A turn came back without an answer, so its time means nothing."""


class Client(ABC):
    """One visitor at a time of one side. `http` is shared by all of them and keeps connections open."""

    def __init__(self, http: aiohttp.ClientSession, address: str) -> None:
        self._http = http
        self._address = address

    @abstractmethod
    async def start(self) -> Any:
        """Begin a conversation and return what the next calls need of it."""

    @abstractmethod
    async def ask(self, conversation: Any, text: str) -> bool:
        """Send one message; return whether an action answered it."""

    async def _post(self, path: str, body: Any, headers: dict[str, str]) -> Any:
        async with self._http.post(self._address + path, json=body, headers=headers) as answer:
            answer.raise_for_status()
            return await answer.json()


class WebClient(Client):
    """Our own channel: a session of the server, then messages with its token."""

    async def start(self) -> dict[str, str]:
        """Return the header that carries the token."""
        session = await self._post("/chat/sessions", {}, {})
        return {"Authorization": f"Bearer {session['token']}"}

    async def ask(self, conversation: dict[str, str], text: str) -> bool:
        """Return whether something else than the apology of a failed turn was said."""
        reply = await self._post("/chat/messages", {"id": uuid.uuid4().hex, "text": text}, conversation)
        apology = guide.fill(guide.load().system["unavailable"], site.load().words)
        return any(apology not in message["text"] for message in reply["messages"])


class RestClient(Client):
    """Rasa's own REST channel, where the client makes up the conversation."""

    async def start(self) -> str:
        """Return a new sender."""
        return uuid.uuid4().hex

    async def ask(self, conversation: str, text: str) -> bool:
        """Return whether anything was said: a failed turn is an empty list there."""
        reply = await self._post("/webhooks/rest/webhook", {"sender": conversation, "message": text}, {})
        return any(message.get("text") for message in reply)


@dataclass(frozen=True)
class Burst:
    """What some clients measured together: the seconds of every turn, and of the whole."""

    turns: tuple[float, ...]
    wall: float

    @property
    def median(self) -> float:
        """Return the median time of a turn in seconds."""
        return statistics.median(self.turns)

    @property
    def rate(self) -> float:
        """Return turns per second."""
        return len(self.turns) / self.wall


def session() -> aiohttp.ClientSession:
    """Return the connection pool of a bench."""
    return aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=REQUEST_DEADLINE))


async def first_answer(
    client: Client, text: str, deadline: float, begin: float, check: Callable[[], None] = lambda: None
) -> float:
    """Ask until somebody answers; return the seconds since `begin` (monotonic).

    `check` is called between tries and may raise. Raises NotAnswered after `deadline` seconds.
    """
    while time.monotonic() - begin < deadline:
        check()
        try:
            if await client.ask(await client.start(), text):
                return time.monotonic() - begin
        except (aiohttp.ClientError, asyncio.TimeoutError):
            pass
        await asyncio.sleep(POLL)
    raise NotAnswered(f"no answer within {deadline:.0f} s")


async def burst(client: Client, texts: Sequence[str], clients: int, turns: int) -> Burst:
    """Let `clients` visitors send `turns` messages each, all at the same time; raise NotAnswered."""
    begin = time.monotonic()
    times = await asyncio.gather(*(_visit(client, texts, number, turns) for number in range(clients)))
    return Burst(tuple(seconds for own in times for seconds in own), time.monotonic() - begin)


async def conversation(client: Client, text: str, turns: int) -> list[float]:
    """Send `text` again and again in one conversation; return the seconds of each turn. Raises NotAnswered."""
    opened = await client.start()
    return [await _timed(client, opened, text) for _ in range(turns)]


async def _visit(client: Client, texts: Sequence[str], number: int, turns: int) -> list[float]:
    times = []
    opened = None
    for turn in range(turns):
        if turn % TURNS_A_CONVERSATION == 0:
            opened = await client.start()
        times.append(await _timed(client, opened, texts[(number * turns + turn) % len(texts)]))
    return times


async def _timed(client: Client, opened: Any, text: str) -> float:
    begin = time.perf_counter()
    if not await client.ask(opened, text):
        raise NotAnswered("a turn came back without an answer")
    return time.perf_counter() - begin
