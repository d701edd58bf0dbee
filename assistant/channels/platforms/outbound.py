"""Sends what was promised: in order for each recipient, no faster than the platform takes it, and no message twice.

A message is sent again only where the platform cannot have taken it: no connection was made, or the platform itself
said so. Where nobody knows (the answer did not come) it is left: twice is worse than once in doubt. A claim that a
process left by being killed is sent again, since an answer that was lost would be worse: the window is from the
platform's taking a message to the note of it in the database, some milliseconds.
"""

from __future__ import annotations

import asyncio
import logging
import random
import time
from typing import Any

import aiohttp

from assistant.channels.platforms import metrics
from assistant.channels.platforms.interface import TOTAL, Interface, NotConnected
from assistant.channels.platforms.platform import Call, Judgement, Platform, Verdict
from assistant.channels.platforms.queues import Queue
from assistant.channels.platforms.render import Button, Part
from assistant.storage.promises import Claimed, Promise, Promises

logger = logging.getLogger(__name__)

AT_ONCE = 16
# Two tries (with and without markup), the gap to the message before, and something to spare.
LEASE = 2 * TOTAL + 6.0
LONGEST_PAUSE = 30.0  # seconds between two tries of a platform that is down
LONGEST_WAIT = 900.0  # seconds that a platform's own wish to wait is followed
# After so many failures in a row a platform counts as failing.
FAILING = 3


class Pace:
    """A token bucket of one second's worth, and the gap between two messages to one recipient."""

    def __init__(self, per_second: float, gap: float) -> None:
        self._per_second = per_second
        self._gap = gap
        self._left = per_second
        self._filled = time.monotonic()
        self._next: dict[str, float] = {}

    async def wait(self, lane: str) -> None:
        """Return when a message to `lane` may be sent."""
        now = time.monotonic()
        if len(self._next) > 10_000:
            self._next = {name: moment for name, moment in self._next.items() if moment > now}
        turn = max(now, self._next.get(lane, now))
        self._next[lane] = turn + self._gap
        self._left = min(self._per_second, self._left + (now - self._filled) * self._per_second)
        self._filled = now
        self._left -= 1
        debt = max(0.0, -self._left) / self._per_second
        await asyncio.sleep(max(turn - now, debt))


class Outbox(Queue):
    """The messages that one bot has to send."""

    def __init__(self, platform: Platform, promises: Promises, interface: Interface) -> None:
        # What is begun waits for its turn with its lease running.
        at_once = max(1, min(AT_ONCE, int(2 * platform.capabilities.rate.per_second)))
        super().__init__(platform.id, "out", promises, at_once, LEASE)
        self.platform = platform
        self.failures = 0
        self._interface = interface
        self._pace = Pace(platform.capabilities.rate.per_second, platform.capabilities.rate.recipient_gap)
        self._held_until = 0.0
        self._taps: set[asyncio.Task[None]] = set()

    def promise(self, lane: str, to: Any, part: Part) -> Promise:
        """Return the promise to send `part`."""
        buttons = [[button.title, button.key] for button in part.buttons]
        content = {"to": to, "text": part.text, "plain": part.plain, "buttons": buttons}
        return Promise(self.name, lane, content)

    def is_held(self) -> bool:
        """Return whether the platform is to be left alone for a while."""
        return time.monotonic() < self._held_until

    @property
    def is_failing(self) -> bool:
        """Return whether the platform has not been reached for several tries."""
        return self.failures >= FAILING

    async def work(self, item: Claimed) -> None:
        """Send one message, and keep, put off or give up what was promised."""
        if time.time() - item.at > self.platform.capabilities.reply_window * 3600:
            self._give_up(item, "late")
            return
        await self._pace.wait(item.lane)
        if self.is_held() or item.until - time.time() < 2 * TOTAL:
            self.promises.put_off(item, max(0.0, self._held_until - time.monotonic()))
            return
        part = Part(item.content["text"], item.content["plain"], [Button(*one) for one in item.content["buttons"]])
        judgement = await self._send(item, part, plain=False)
        if judgement.verdict is Verdict.MARKUP:
            judgement = await self._send(item, part, plain=True)
        self._conclude(item, judgement)

    async def _send(self, item: Claimed, part: Part, plain: bool) -> Judgement:
        try:
            judgement = self.platform.judge(
                await self._interface.call(self.platform.send(item.content["to"], part, plain))
            )
        except NotConnected:
            judgement = Judgement(Verdict.AGAIN)
        except (aiohttp.ClientError, asyncio.TimeoutError):
            judgement = Judgement(Verdict.UNSURE)
        outcome = "plain" if plain and judgement.verdict is Verdict.SENT else judgement.verdict.value
        metrics.SENT.labels(self.platform.id, outcome).inc()
        return judgement

    def _conclude(self, item: Claimed, judgement: Judgement) -> None:
        verdict = judgement.verdict
        if verdict is Verdict.AGAIN:
            self.failures += 1
            self._hold(item, min(LONGEST_PAUSE, 2.0 ** min(self.failures, 5) / 2) * random.uniform(0.5, 1.0))
        elif verdict is Verdict.LATER:
            self._hold(item, min(LONGEST_WAIT, judgement.wait))
        elif verdict in (Verdict.REFUSED, Verdict.MARKUP):
            self.failures = 0
            self._give_up(item, "refused")
        elif verdict is Verdict.UNSURE:
            self.failures += 1
            self._give_up(item, "unsure")
        else:
            self.failures = 0
            self.promises.keep(item)

    def _hold(self, item: Claimed, seconds: float) -> None:
        self._held_until = max(self._held_until, time.monotonic() + seconds)
        self.promises.put_off(item, seconds)

    def _give_up(self, item: Claimed, reason: str) -> None:
        metrics.DEAD.labels(self.platform.id, reason).inc()
        logger.warning("An answer on %s was given up: %s", self.platform.id, reason)
        self.promises.keep(item)

    def answer_tap(self, tap: str, notice: str) -> None:
        """End a tapped button's waiting, beside the queue: it is for the eye only, and never tried again."""
        call = self.platform.answer_tap(tap, notice)
        if call is not None:
            task = asyncio.create_task(self._answer_tap(call))
            self._taps.add(task)
            task.add_done_callback(self._taps.discard)

    async def _answer_tap(self, call: Call) -> None:
        try:
            await self._interface.call(call)
        except (NotConnected, aiohttp.ClientError, asyncio.TimeoutError) as error:
            logger.info("A tapped button on %s was not answered: %s", self.platform.id, type(error).__name__)
