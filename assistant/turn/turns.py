"""Runs turns: takes what a visitor sent, gives back what the assistant says, whatever fails on the way."""

from __future__ import annotations

import asyncio
import logging
from concurrent.futures import ThreadPoolExecutor
from functools import partial

from rasa.core.agent import Agent
from rasa.core.channels.channel import UserMessage
from rasa.shared.core.events import BotUttered

from assistant import guide, referral, site
from assistant.text import normalise
from assistant.turn import nlu
from assistant.turn.message import Collector, Message, from_event, new_id
from assistant.turn.understanding import Understanding, chosen, understand

logger = logging.getLogger(__name__)

TURN_DEADLINE = 8.0  # seconds; the contracts' limit for a whole turn
# A choice may be tapped as long as it is among the last messages; older ones are inert in every channel.
OFFERS_KEPT = 10


class ChoiceGone(Exception):
    """A choice was sent that this conversation was not offered, or not lately."""


class Turns:
    """The assistant as its channels see it. One instance serves every conversation of a process."""

    def __init__(self, agent: Agent, deadline: float = TURN_DEADLINE) -> None:
        """Serve with the model, the stores and the action server of `agent`; `deadline` is in seconds."""
        self._agent = agent
        self._deadline = deadline
        # The pipeline computes for milliseconds; in a thread of its own it does not hold up the other visitors' turns.
        self._pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="nlu")

    async def take(self, conversation: str, text: str) -> list[Message]:
        """Return what is said to the typed `text` of one conversation: at least one message, always."""
        text = normalise(text)
        return await self._within_deadline(conversation, text, self._typed(conversation, text))

    async def choose(self, conversation: str, choice: str) -> list[Message]:
        """Return what is said to a tapped choice; raise ChoiceGone where it was not offered."""
        return await self._within_deadline(conversation, "", self._tapped(conversation, choice))

    async def understand(self, text: str) -> Understanding:
        """Return what `text` is, without a conversation and without an answer."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._pool, understand, text, self._parse)

    async def offered(self, conversation: str) -> dict[str, tuple[str, str]]:
        """Return the choices that are open in a conversation: id to (title, topic)."""
        tracker = await self._agent.tracker_store.retrieve(conversation)
        said = [event for event in tracker.events if isinstance(event, BotUttered)] if tracker else []
        messages = [from_event(event) for event in said[-OFFERS_KEPT:]]
        return {choice["id"]: (choice["title"], choice["topic"]) for said in messages for choice in said.choices}

    async def _within_deadline(self, conversation: str, text: str, turn: asyncio.Future[list[Message]]) -> list[Message]:  # type: ignore[type-arg]
        try:
            return await asyncio.wait_for(turn, self._deadline) or [self._apology(text)]
        except ChoiceGone:
            raise
        except Exception as error:  # whatever it is, the visitor reads a sentence
            logger.error("A turn failed: %s", type(error).__name__)
            return [self._apology(text)]

    async def _typed(self, conversation: str, text: str) -> list[Message]:
        return await self._run(conversation, await self.understand(text))

    async def _tapped(self, conversation: str, choice: str) -> list[Message]:
        offered = await self.offered(conversation)
        if choice not in offered:
            raise ChoiceGone(choice)
        return await self._run(conversation, chosen(*offered[choice]))

    async def _run(self, conversation: str, understood: Understanding) -> list[Message]:
        collector = Collector()
        message = UserMessage(
            understood.text,
            output_channel=collector,
            sender_id=conversation,
            parse_data=understood.parse_data(),
            input_channel=Collector.name(),
        )
        await self._agent.handle_message(message)
        return collector.messages

    def _parse(self, text: str) -> dict[str, object]:
        return nlu.parse(self._agent.processor, text)

    def _apology(self, text: str) -> Message:
        """Return what is said when the turn failed: whom to call first, where the message held an urgent sign."""
        words = site.load().words
        advice = referral.advice(referral.detect(text), words)
        system = guide.load().system
        sentence = guide.fill(system["unavailable"], words)
        if advice is None:
            return Message(new_id(), sentence)
        return Message(new_id(), f"{advice.text}\n\n{sentence}", sources=guide.cite(guide.load(), advice.sources), urgency=advice.level)
