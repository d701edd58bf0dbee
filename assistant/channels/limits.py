"""How often one address or one sender may call. Who called is held in memory, for a minute at most."""

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
        # The address that a proxy forwards, where the owner has told Sanic of the proxy (docs/operations.md).
        if self.beyond(str(request.remote_addr or request.ip)):
            raise Refused(429, "too_many", "too_many")

    def beyond(self, who: str) -> int:
        """Count a call of `who`; return by how many it is over the limit, 0 where it is not."""
        now = self._clock()
        if now >= self._ends:
            self._ends = now + WINDOW
            self._calls.clear()
        self._calls[who] += 1
        return max(0, self._calls[who] - self.most)
