"""Conversations as a channel needs them: each message answered once, the talk so far, feedback, erasure."""

from __future__ import annotations

import asyncio
import hashlib
import json
from collections.abc import Mapping
from typing import Any

from assistant import storage
from assistant.turn.message import FAILED, from_response
from assistant.turn.turns import Turns

Reply = list[dict[str, Any]]


class OtherContent(Exception):
    """A message id was used again for other words."""


class Erased(Exception):
    """The conversation was erased while its message was being answered."""


class Conversations:
    """Answers messages once each, however often a client sends them, and keeps what belongs to a conversation."""

    def __init__(self, turns: Turns) -> None:
        """Serve over `turns`, whose agent must keep its conversations in our store; raise TypeError otherwise."""
        store = storage.own(turns.agent.tracker_store)
        if store is None:
            raise TypeError("endpoints.yml must name assistant.storage.ConversationStore as tracker store")
        self.store = store
        self.turns = turns
        self._running: dict[tuple[str, str], tuple[str, asyncio.Task[Reply]]] = {}

    async def answer(self, conversation: str, message_id: str, content: Mapping[str, str]) -> Reply:
        """Return the reply to {"text"} or {"choice"}: the same one to the same message, run once.

        Raises OtherContent where the id was used for other words, ChoiceGone where a choice is not open, Erased where
        the conversation is erased meanwhile.
        """
        digest = hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()
        given = self.store.given_reply(conversation, message_id)
        running = self._running.get((conversation, message_id))
        if (given or running or (digest,))[0] != digest:
            raise OtherContent(message_id)
        if given:
            return list(given[1])
        if running is None:
            task = asyncio.ensure_future(self._run(conversation, message_id, digest, content))
            running = self._running[conversation, message_id] = (digest, task)
        try:
            # A client that hangs up must not stop the turn that its retry will ask for.
            return await asyncio.shield(running[1])
        except asyncio.CancelledError:
            if running[1].cancelled():
                raise Erased(conversation) from None
            raise

    async def _run(self, conversation: str, message_id: str, digest: str, content: Mapping[str, str]) -> Reply:
        try:
            if "choice" in content:
                messages = await self.turns.choose(conversation, content["choice"], message_id)
            else:
                messages = await self.turns.take(conversation, content["text"], message_id)
            reply = [message.as_dict() for message in messages]
            # An apology is not kept: the retry it asks for is a new try.
            if not any(message.effect == FAILED for message in messages):
                self.store.keep_reply(conversation, message_id, digest, reply)
            return reply
        finally:
            self._running.pop((conversation, message_id), None)

    def history(self, conversation: str) -> list[dict[str, Any]]:
        """Return everything that was said, in order, as the HTTP history of the contracts shows it."""
        return [_said(event) for event in self.store.said(conversation) if event.get("text")]

    def erase(self, conversation: str) -> None:
        """Forget the conversation everywhere; its token is void from now on."""
        for key in [key for key in self._running if key[0] == conversation]:
            self._running.pop(key)[1].cancel()
        self.store.erase(conversation)


def _said(event: Mapping[str, Any]) -> dict[str, Any]:
    if event["event"] == "user":
        return {"id": event["message_id"], "from": "visitor", "at": event["timestamp"], "text": event["text"]}
    message = from_response({"text": event["text"], **event["data"]})
    return {**message.as_dict(), "from": "assistant", "at": event["timestamp"]}
