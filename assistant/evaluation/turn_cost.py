"""Where the time of one of our turns goes: runs turns in this process, with a clock at every station.

python -m assistant.evaluation.turn_cost MODEL TURNS    (in the environment of a served side; prints JSON)
"""

from __future__ import annotations

import asyncio
import json
import statistics
import sys
import time
import uuid
from collections import defaultdict
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from assistant import runtime
from assistant.files import ROOT

TOTAL = "total"
OTHER = "other"
# Turns that only warm caches and connections.
WARM_UP = 10


class Clock:
    """Sums, for each station, the seconds that a turn spends in it."""

    def __init__(self) -> None:
        self._turns: dict[str, list[float]] = defaultdict(list)
        self._current: dict[str, float] = defaultdict(float)

    def watch(self, owner: Any, name: str, station: str) -> None:
        """Have the coroutine function `owner.name` counted for `station`."""
        original = getattr(owner, name)

        async def watched(*arguments: Any, **options: Any) -> Any:
            begin = time.perf_counter()
            try:
                return await original(*arguments, **options)
            finally:
                self._current[station] += time.perf_counter() - begin

        setattr(owner, name, watched)

    def watch_plain(self, owner: Any, name: str, station: str) -> None:
        """Have the plain function `owner.name` counted for `station`."""
        original: Callable[..., Any] = getattr(owner, name)

        def watched(*arguments: Any, **options: Any) -> Any:
            begin = time.perf_counter()
            try:
                return original(*arguments, **options)
            finally:
                self._current[station] += time.perf_counter() - begin

        setattr(owner, name, watched)

    def end_turn(self, total: float) -> None:
        """Close a turn that took `total` seconds in all; what no station took is `other`."""
        other = total - sum(self._current.values())
        for station, seconds in {**self._current, OTHER: other, TOTAL: total}.items():
            self._turns[station].append(seconds)
        self._current.clear()

    def restart(self) -> None:
        """Forget the turns so far."""
        self._turns.clear()

    def medians(self) -> dict[str, float]:
        """Return the median seconds of each station and of the whole turn."""
        return {station: statistics.median(times) for station, times in self._turns.items()}


async def measure(model: Path, texts: Sequence[str], turns: int) -> dict[str, float]:
    """Return the median seconds of each station, from `turns` turns over the conversations of endpoints.yml."""
    from rasa.core.agent import load_agent
    from rasa.core.utils import AvailableEndpoints

    from assistant.turn import Conversations, Turns

    endpoints = AvailableEndpoints.read_endpoints(str(ROOT / "endpoints.yml"))
    agent = await load_agent(model_path=str(model), endpoints=endpoints)
    conversations = Conversations(Turns(agent))
    clock = _watched(conversations)
    opened = ""
    for turn in range(WARM_UP + turns):
        if turn % 5 == 0:
            opened = f"bench-{uuid.uuid4().hex}"
        begin = time.perf_counter()
        await conversations.answer(opened, uuid.uuid4().hex, {"text": texts[turn % len(texts)]})
        clock.end_turn(time.perf_counter() - begin)
        if turn == WARM_UP - 1:
            clock.restart()
    await conversations.turns.close()
    return clock.medians()


def _watched(conversations: Any) -> Clock:
    clock, agent = Clock(), conversations.turns.agent
    clock.watch(conversations.turns, "understand", "parse")
    for name in ("retrieve", "save"):
        clock.watch(agent.tracker_store, name, "tracker store")
    for name in ("given_reply", "keep_reply"):
        clock.watch_plain(conversations.store, name, "tracker store")
    clock.watch_plain(agent.processor, "_predict_next_with_tracker", "policies")
    clock.watch(agent.processor.action_endpoint, "request", "action")
    return clock


def main(arguments: Sequence[str]) -> None:
    """Read the messages as a JSON list on standard input, print the medians as JSON."""
    runtime.prepare()
    print(json.dumps(asyncio.run(measure(Path(arguments[0]), json.load(sys.stdin), int(arguments[1])))))


if __name__ == "__main__":
    main(sys.argv[1:])
