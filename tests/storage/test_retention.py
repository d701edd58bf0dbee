from __future__ import annotations

import asyncio
import logging
from typing import Any

import pytest

from assistant.storage.retention import keep_expiring

# Far more than three rounds without a pause need.
PATIENCE = 5.0


class FailingStore:
    """Fails in its first round and has one silent conversation in each later one."""

    def __init__(self, enough: asyncio.Event) -> None:
        self.rounds = 0
        self.forgotten: list[str] = []
        self._loop, self._enough = asyncio.get_running_loop(), enough

    def silent_since(self, moment: float) -> list[str]:
        self.rounds += 1
        if self.rounds == 1:
            raise ConnectionError("database at db.example with password secret")
        return [f"conversation {self.rounds}"]

    def forget(self, conversation: str) -> None:
        self.forgotten.append(conversation)

    def drop_before(self, **moments: float) -> None:
        if self.rounds == 3:
            self._loop.call_soon_threadsafe(self._enough.set)


async def test_a_failed_round_is_said_and_the_next_one_runs(caplog: pytest.LogCaptureFixture) -> None:
    enough = asyncio.Event()
    store: Any = FailingStore(enough)
    with caplog.at_level(logging.INFO, logger="assistant.storage.retention"):
        task = asyncio.ensure_future(keep_expiring(store, days=30, pause=0))
        await asyncio.wait_for(enough.wait(), PATIENCE)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
    assert store.forgotten[:2] == ["conversation 2", "conversation 3"]
    assert "Could not expire conversations: ConnectionError" in caplog.text
    assert "secret" not in caplog.text
    assert "Erased 1 conversations that were silent for 30 days" in caplog.text
