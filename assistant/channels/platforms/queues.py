"""Works through a queue of promises: so many at once, those of a lane in order, for as long as the server runs."""

from __future__ import annotations

import asyncio
import logging
from abc import ABC, abstractmethod

from assistant.channels.platforms import metrics
from assistant.storage.promises import Claimed, Promises

logger = logging.getLogger(__name__)

# How often a queue is looked into unasked: for what is due later, and for what another process left.
POLL = 0.5  # seconds
# What fails by itself at its fifth try or later would fail for ever, and keep its conversation waiting.
MOST_TRIES = 5
STOP = 3.0  # seconds in which what was begun may end when the server stops


class Queue(ABC):
    """One queue of one platform."""

    def __init__(self, channel: str, kind: str, promises: Promises, at_once: int, lease: float) -> None:
        """Work on `at_once` promises of the queue `kind`; a claim is another's after `lease` seconds."""
        self.name = f"{kind}:{channel}"
        self.channel = channel
        self.promises = promises
        self._gauge = metrics.WAITING.labels(channel, kind)
        self._at_once = at_once
        self._lease = lease
        self._news = asyncio.Event()
        self._working: set[asyncio.Task[None]] = set()
        self._runner: asyncio.Task[None] | None = None

    @abstractmethod
    async def work(self, item: Claimed) -> None:
        """Do what was promised, and keep it or put it off."""

    def start(self) -> None:
        """Begin in the running event loop."""
        self._runner = asyncio.create_task(self._run())

    def wake(self) -> None:
        """Look into the queue at once: something was promised."""
        self._news.set()

    async def stop(self) -> None:
        """Begin nothing more, and let what was begun end; what does not stays promised."""
        if self._runner is not None:
            self._runner.cancel()
        if self._working:
            _, late = await asyncio.wait(self._working, timeout=STOP)
            for task in late:
                task.cancel()

    def is_held(self) -> bool:
        """Return whether nothing may be begun now."""
        return False

    async def _run(self) -> None:
        while True:
            self._news.clear()
            try:
                begun = 0 if self.is_held() else self._begin()
                if not begun:
                    self._gauge.set(self.promises.waiting(self.name))
            except Exception as error:  # the database may be there again in a moment
                logger.error("The queue %s could not be read: %s", self.name, type(error).__name__)
                begun = 0
            if not begun:
                await self._wait()
            # Others want their turn of the loop, too.
            await asyncio.sleep(0)

    def _begin(self) -> int:
        free = self._at_once - len(self._working)
        items = self.promises.claim(self.name, free, self._lease) if free > 0 else []
        for item in items:
            task = asyncio.create_task(self._tried(item))
            self._working.add(task)
            task.add_done_callback(self._ended)
        return len(items)

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._working.discard(task)
        self._news.set()

    async def _tried(self, item: Claimed) -> None:
        try:
            await self.work(item)
        except Exception as error:  # the claim ends by itself, and the promise is taken up again
            logger.error("What %s holds could not be done: %s", self.name, type(error).__name__)
            if item.tries >= MOST_TRIES and self.promises.keep(item):
                metrics.DEAD.labels(self.channel, "failed").inc()

    async def _wait(self) -> None:
        try:
            await asyncio.wait_for(self._news.wait(), POLL)
        except asyncio.TimeoutError:
            return
