"""Runs turns: takes what a visitor sent, gives back what the assistant says, whatever fails on the way."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Coroutine
from typing import Any

from rasa.core.agent import Agent
from rasa.core.channels.channel import UserMessage
from rasa.core.tracker_store import InMemoryTrackerStore
from rasa.shared.core.events import BotUttered
from rasa.shared.core.trackers import DialogueStateTracker

from assistant import guide, referral, site, storage
from assistant.ingredients import Checked
from assistant.text import normalise
from assistant.turn import labels, memory, metrics, nlu, triage
from assistant.turn.action_endpoint import ActionEndpoint, check_answers_with_one_validator
from assistant.turn.message import ERASE, FAILED, Collector, Message, from_event, new_id
from assistant.turn.understanding import LABEL_INTENT, NOTHING_BEFORE, Context, Understanding, chosen, understand

logger = logging.getLogger(__name__)

TURN_DEADLINE = 8.0  # seconds; the contracts' limit for a whole turn
# A choice may be tapped as long as it is among the last messages; older ones are inert in every channel.
OFFERS_KEPT = 10

Turn = Coroutine[Any, Any, list[Message]]


class ChoiceGone(Exception):
    """A choice was sent that this conversation was not offered, or not lately."""


class TurnFailed(Exception):
    """A turn ended without a reply: the model is missing, or the action server did not answer."""


class Turns:
    """The assistant as its channels see it. One instance serves every conversation of a process."""

    def __init__(self, agent: Agent, deadline: float = TURN_DEADLINE) -> None:
        """Serve with the model, the stores and the action server of `agent`; `deadline` is in seconds."""
        self.agent = agent
        self._deadline = deadline
        check_answers_with_one_validator()
        # The web channel and the platforms have an instance each, over one agent.
        if agent.processor and not isinstance(agent.processor.action_endpoint, ActionEndpoint | None):
            agent.processor.action_endpoint = ActionEndpoint(agent.processor.action_endpoint)

    async def take(self, conversation: str, text: str, message_id: str | None = None) -> list[Message]:
        """Return what is said to the typed `text` of one conversation: at least one message, always.

        `message_id` is the client's own name for the message, under which the conversation stores it.
        """
        text = normalise(text)
        return await self._always(text, self._typed(conversation, text, message_id))

    async def choose(self, conversation: str, choice: str, message_id: str | None = None) -> list[Message]:
        """Return what is said to a tapped choice; raise ChoiceGone where it was not offered."""
        return await self._always("", self._tapped(conversation, choice, message_id))

    async def understand(self, text: str, context: Context = NOTHING_BEFORE) -> Understanding:
        """Return what `text` is in its context, without an answer."""
        # In the loop's own thread: a message has at most a thousand characters and takes five milliseconds, to which
        # waking another thread would add three (docs/architecture.md).
        return understand(normalise(text), self._parse, context)

    async def probe(self) -> None:
        """Answer a canned question with the loaded model and the action server; raise what prevents it."""
        conversation = f"probe-{new_id()}"
        question = next(iter(guide.load().topics.values())).asks
        try:
            await asyncio.wait_for(self._typed(conversation, question), self._deadline)
        finally:
            self._forget(conversation)

    async def close(self) -> None:
        """Let go of the connection to the action server."""
        if self.agent.processor and isinstance(self.agent.processor.action_endpoint, ActionEndpoint):
            await self.agent.processor.action_endpoint.close()

    async def _always(self, text: str, turn: Turn) -> list[Message]:
        with metrics.SECONDS.time():
            try:
                messages = await asyncio.wait_for(turn, self._deadline)
            except ChoiceGone:
                raise
            except Exception as error:  # whatever it is, the visitor reads a sentence
                logger.error("A turn failed: %s", type(error).__name__)
                messages = [apology(text)]
        metrics.count(messages)
        return messages

    async def _typed(self, conversation: str, text: str, message_id: str | None = None) -> list[Message]:
        async with self.agent.lock_store.lock(conversation):
            tracker = await self.agent.tracker_store.retrieve(conversation)
            understood = await self.understand(text, self._context(tracker))
            return await self._run(conversation, understood, message_id)

    async def _tapped(self, conversation: str, choice: str, message_id: str | None) -> list[Message]:
        async with self.agent.lock_store.lock(conversation):
            tracker = await self.agent.tracker_store.retrieve(conversation)
            offered = _offered(tracker)
            if choice not in offered:
                raise ChoiceGone(choice)
            title, topic = offered[choice]
            heard = triage.tapped(choice, topic)
            if triage.is_over(heard, self._context(tracker).form_asks):
                raise ChoiceGone(choice)
            return await self._run(conversation, chosen(title, topic, heard, labels.tapped(choice)), message_id)

    def _context(self, tracker: DialogueStateTracker | None) -> Context:
        """Return what this session has spoken of so far."""
        processor = self.agent.processor
        # Rasa begins a new session, with nothing carried over, only once it has the message.
        if tracker is None or processor is None or processor._has_session_expired(tracker):
            return NOTHING_BEFORE
        topic, checked = tracker.get_slot("topic"), Checked.of(tracker.get_slot("label"))
        return Context(
            before=memory.before(tracker),
            audience=tracker.get_slot("audience"),
            checked=checked if topic == LABEL_INTENT else checked.aside(),
            form_asks=triage.open_question(tracker),
        )

    async def _run(self, conversation: str, understood: Understanding, message_id: str | None) -> list[Message]:
        """Hand the understood message to Rasa; to be called while holding the conversation's lock."""
        if not self.agent.is_ready():
            raise TurnFailed("no model is loaded")
        if understood.urgency == "emergency":
            await triage.end(self.agent.tracker_store, conversation)
        collector = Collector()
        message = UserMessage(
            understood.text,
            output_channel=collector,
            sender_id=conversation,
            parse_data=understood.parse_data(),
            input_channel=Collector.name(),
            message_id=message_id,
        )
        await self.agent.processor.handle_message(message)
        if not collector.messages:
            raise TurnFailed("no action answered")
        if any(said.effect == ERASE for said in collector.messages):
            self._forget(conversation)
        return collector.messages

    def _parse(self, text: str) -> dict[str, Any]:
        if not self.agent.is_ready():
            raise TurnFailed("no model is loaded")
        return nlu.parse(self.agent.processor, text)

    def _forget(self, conversation: str) -> None:
        store = storage.own(self.agent.tracker_store)
        if store:
            store.forget(conversation)
        else:
            inner = getattr(self.agent.tracker_store, "_tracker_store", self.agent.tracker_store)
            assert isinstance(inner, InMemoryTrackerStore)
            inner.store.pop(conversation, None)


def _offered(tracker: DialogueStateTracker | None) -> dict[str, tuple[str, str]]:
    """Return the choices that are open: id to (title, topic)."""
    events = [event for event in tracker.events if isinstance(event, BotUttered)] if tracker else []
    messages = [from_event(event) for event in events[-OFFERS_KEPT:]]
    return {choice["id"]: (choice["title"], choice["topic"]) for said in messages for choice in said.choices}


def apology(text: str) -> Message:
    """Return what is said when a turn failed: whom to call first, where the message held an urgent sign."""
    words = site.load().words
    finding = referral.detect(text)
    advice = referral.advice(finding, words)
    sentence = guide.fill(guide.load().system["unavailable"], words)
    if advice is None:
        return Message(new_id(), sentence, effect=FAILED)
    cited = guide.cite(guide.load(), advice.sources)
    text = f"{advice.text}\n\n{sentence}"
    return Message(new_id(), text, sources=cited, urgency=finding.urgency, effect=FAILED)
