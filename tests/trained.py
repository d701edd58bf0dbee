"""The trained model and the real actions, for the suites that talk to them."""

from __future__ import annotations

import asyncio
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest

from assistant import runtime

runtime.set_environment()

if TYPE_CHECKING:
    from assistant.turn import Message, Turns, Understanding


@dataclass(frozen=True)
class Trained:
    """The trained model with an action server of its own, and the event loop that its locks belong to."""

    turns: Turns
    loop: asyncio.AbstractEventLoop

    def say(self, conversation: str, text: str) -> list[Message]:
        return self.loop.run_until_complete(self.turns.take(conversation, text))

    def tap(self, conversation: str, choice: str) -> list[Message]:
        return self.loop.run_until_complete(self.turns.choose(conversation, choice))

    def understand(self, text: str) -> Understanding:
        return self.loop.run_until_complete(self.turns.understand(text))

    def events(self, conversation: str) -> list[Any]:
        tracker = self.loop.run_until_complete(self.turns.agent.tracker_store.retrieve(conversation))
        return list(tracker.events) if tracker else []


@contextmanager
def loaded() -> Iterator[Trained]:
    """Load the model and run the action server for the length of the block; without a model the test fails."""
    from assistant.build import MODEL
    from assistant.serving.actions import ActionServer
    from assistant.serving.model import load
    from assistant.turn import Turns

    if not MODEL.is_file():
        pytest.fail(f"There is no {MODEL.name} in models: run `make train` before these tests.", pytrace=False)
    loop = asyncio.new_event_loop()

    async def started(endpoint: Any) -> Turns:
        return Turns(load(endpoint))

    # What the libraries warn of while they are loaded is not what is tested here.
    with warnings.catch_warnings(), ActionServer() as actions:
        warnings.simplefilter("ignore")
        turns = loop.run_until_complete(started(actions.endpoint()))
        yield Trained(turns, loop)
        loop.run_until_complete(turns.close())
    loop.close()
