"""How often one address may call what needs no session. Addresses are held in memory, for a minute at most."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable

from sanic.request import Request

from assistant.channels.errors import Refused

WINDOW = 60.0  # seconds


class Limit:
    """Counts calls in windows of a minute, each beginning with the first call after the last one ended."""

    def __init__(self, most: int, clock: Callable[[], float] = time.monotonic) -> None:
        """Let `most` calls of one address through in a window; `clock` counts in seconds."""
        self.most = most
        self._clock = clock
        self._ends = 0.0
        self._calls: Counter[str] = Counter()

    def count(self, request: Request) -> None:
        """Count a call; raise Refused, with status 429, where its address has made too many."""
        now = self._clock()
        if now >= self._ends:
            self._ends = now + WINDOW
            self._calls.clear()
        # The address that a proxy forwards, where the owner has told Sanic of the proxy (docs/operations.md).
        address = str(request.remote_addr or request.ip)
        self._calls[address] += 1
        if self._calls[address] > self.most:
            raise Refused(429, "too_many", "too_many")
