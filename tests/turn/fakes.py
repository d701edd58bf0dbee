"""An agent without a model: its processor says what a test wants, and records what it was handed."""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import Callable, Mapping
from types import SimpleNamespace
from typing import Any

from rasa.core.channels.channel import UserMessage
from rasa.core.tracker_store import InMemoryTrackerStore, TrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import BotUttered, UserUttered

from assistant.storage.lock_store import FairLockStore
from assistant.turn import nlu

Response = Mapping[str, Any]
Says = Callable[[UserMessage], list[Response]]


def response(text: str = "An answer.", choices: Mapping[str, str] | None = None, **custom: Any) -> dict[str, Any]:
    """Return what an action utters; `choices` is topic to title."""
    buttons = [{"title": title, "payload": f"topic.{topic}|{topic}"} for topic, title in (choices or {}).items()]
    return {"text": text, "buttons": buttons, "custom": {"id": uuid.uuid4().hex, **custom}}


def answers(_: UserMessage) -> list[Response]:
    return [response()]


class FakeProcessor:
    """Stands in for Rasa's processor: utters what `says` returns and stores both sides of the turn.

    `handed` is every message that arrived; `hold` keeps turns waiting until it is set.
    """

    def __init__(self, store: TrackerStore, says: Says) -> None:
        self.store = store
        self.says = says
        self.action_endpoint = None
        self.handed: list[UserMessage] = []
        self.at_once = 0
        self.most_at_once = 0
        self.hold = asyncio.Event()
        self.hold.set()

    def _has_session_expired(self, _: object) -> bool:
        return False

    async def handle_message(self, message: UserMessage) -> None:
        self.handed.append(message)
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        try:
            await self.hold.wait()
            await asyncio.sleep(0)
            await self._utter(message)
        finally:
            self.at_once -= 1

    async def _utter(self, message: UserMessage) -> None:
        tracker = await self.store.get_or_create_tracker(message.sender_id)
        parsed = message.parse_data
        tracker.update(
            UserUttered(message.text, parsed["intent"], parsed["entities"], parsed, message_id=message.message_id)
        )
        for said in self.says(message):
            await message.output_channel.send_response(message.sender_id, dict(said))
            data = {name: said.get(name) for name in ("buttons", "custom")}
            tracker.update(BotUttered(said["text"], data))
        await self.store.save(tracker)


def agent(says: Says = answers, store: TrackerStore | None = None, ready: bool = True) -> Any:
    """Return what `Turns` needs of a Rasa agent."""
    store = InMemoryTrackerStore(Domain.empty()) if store is None else store
    processor = FakeProcessor(store, says) if ready else None
    return SimpleNamespace(tracker_store=store, lock_store=FairLockStore(), processor=processor, is_ready=lambda: ready)


def parsed(intent: str | None = "duration", confidence: float = 0.9, entities: Any = (), ranking: Any = None) -> Any:
    """Return what the pipeline makes of a message."""
    ranking = [{"name": intent, "confidence": confidence}] if ranking is None else ranking
    found = {"name": intent, "confidence": confidence}
    return {"intent": found, "intent_ranking": ranking, "entities": list(entities)}


def pipeline(monkeypatch: Any, result: Any = None) -> list[str]:
    """Replace the model's pipeline; return the list of texts that it will have been asked for."""
    asked: list[str] = []

    def parse(_: object, text: str) -> Any:
        asked.append(text)
        return result or parsed()

    monkeypatch.setattr(nlu, "parse", parse)
    return asked
