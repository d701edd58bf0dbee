"""Answers what was promised an answer: a turn a message, in order for each conversation, its parts to the outbox."""

from __future__ import annotations

import secrets
import time
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from assistant import guide, site
from assistant.channels.limits import Limit
from assistant.channels.platforms.choices import chosen
from assistant.channels.platforms.outbound import Outbox
from assistant.channels.platforms.queues import Queue
from assistant.channels.platforms.render import Button, render, texts
from assistant.channels.requests import LABEL_LIMIT, MESSAGE_LIMIT
from assistant.files import DATA, read_yaml
from assistant.ingredients import looks_like_label
from assistant.storage.promises import Claimed, Promise, Promises
from assistant.text import normalise
from assistant.turn import ChoiceGone, Message, Turns
from assistant.turn.message import FAILED, from_response, new_id

# A turn is work for two cores at most; more of them at once only come nearer to their deadline together.
AT_ONCE = 4
# A turn has eight seconds (assistant/turn); after these another process may take it for lost.
LEASE = 14.0
# Nobody holds a connection open here, so what failed is tried once more before the visitor is asked to do so.
SECOND_TRY = 2.0  # seconds
OFFERS_KEPT = 10  # messages with choices whose buttons work; a turn keeps as many open
TYPED_FOR = 1800.0  # seconds in which a number or a title chooses
KEY_BYTES = 8


class Answers(Queue):
    """The messages of one bot that wait for an answer."""

    def __init__(self, turns: Turns, promises: Promises, outbox: Outbox) -> None:
        super().__init__(outbox.platform.id, "in", promises, AT_ONCE, LEASE)
        self._turns = turns
        self._outbox = outbox
        self._told = Limit(1)

    @property
    def not_yours(self) -> str:
        """Return what is said to a tap on somebody else's button."""
        return texts()["not_yours"]

    def was_offered(self, conversation: str, key: str) -> bool:
        """Return whether a button of this key was sent to the conversation."""
        return self._choice(self.promises.offers(conversation) or [], key) is not None

    async def work(self, item: Claimed) -> None:
        """Run the turn of one message, once, and promise its answer; what was said before is not said again."""
        offers = self.promises.offers(item.lane)
        messages = self._said_before(item) or await self._answer(item, offers or [])
        if item.tries == 1 and any(said.effect == FAILED and said.urgency == "none" for said in messages):
            self.promises.put_off(item, SECOND_TRY)
            return
        if offers is None and "says" not in item.content:
            messages = _with_notice(messages)
        # An erased conversation has no offers any more.
        offers = self.promises.offers(item.lane) or []
        parts, offered = self._rendered(item, messages)
        if self.promises.keep(item, parts, (item.lane, [*offers, *offered][-OFFERS_KEPT:])):
            self._outbox.wake()

    def _said_before(self, item: Claimed) -> list[Message]:
        """Return the answer of a turn that was run before its process ended."""
        if item.tries == 1:
            return []
        events = self.promises.said_to(item.lane, item.content["id"])
        return [from_response({"text": event["text"], **event["data"]}) for event in events if event.get("text")]

    def _rendered(self, item: Claimed, messages: Sequence[Message]) -> tuple[list[Promise], list[Any]]:
        parts: list[Promise] = []
        offered: list[Any] = []
        for message in messages:
            choices = [(secrets.token_hex(KEY_BYTES), choice["id"], choice["title"]) for choice in message.choices]
            buttons = [Button(title, key) for key, _, title in choices]
            rendered = render(self._outbox.platform.capabilities, message.text, buttons)
            parts += [self._outbox.promise(item.lane, item.content["to"], part) for part in rendered]
            if choices:
                offered.append({"at": time.time(), "choices": choices})
        return parts, offered

    async def _answer(self, item: Claimed, offers: Sequence[Any]) -> list[Message]:
        content, conversation = item.content, item.lane
        if "says" in content:
            return [_prepared(name) for name in content["says"]]
        if content["choice"]:
            choice = self._choice(offers, content["choice"])
            return await self._tapped(conversation, choice, content["id"])
        text = normalise(content["text"])
        before = [Message(new_id(), texts()["only_text"])] if self._is_told(content["media"], conversation) else []
        if not text:
            return before if content["media"] else [_prepared("empty")]
        return [*before, *await self._typed(conversation, text, content["id"], offers)]

    async def _typed(self, conversation: str, text: str, message_id: str, offers: Sequence[Any]) -> list[Message]:
        command = commands().get(text.lower().removeprefix("/")) if text.startswith("/") else None
        if command and "says" in command:
            return [_prepared(name) for name in command["says"]]
        if command:
            return await self._turns.take(conversation, command["asks"], message_id)
        if len(text) > LABEL_LIMIT or (len(text) > MESSAGE_LIMIT and not looks_like_label(text)):
            return [_prepared("too_long")]
        choice = _named(text, offers)
        if choice is not None:
            try:
                return await self._turns.choose(conversation, choice, message_id)
            except ChoiceGone:
                pass  # then it is only what was typed
        return await self._turns.take(conversation, text, message_id)

    async def _tapped(self, conversation: str, choice: str | None, message_id: str) -> list[Message]:
        if choice is None:
            return [_prepared("choice_gone")]
        try:
            return await self._turns.choose(conversation, choice, message_id)
        except ChoiceGone:
            return [_prepared("choice_gone")]

    def _is_told(self, media: bool, conversation: str) -> bool:
        # Ten pictures sent at once are ten messages, and one sentence is enough for them.
        return media and not self._told.beyond(conversation)

    @staticmethod
    def _choice(offers: Sequence[Any], key: str) -> str | None:
        found = [choice for offer in offers for known, choice, _ in offer["choices"] if known == key]
        return str(found[0]) if found else None


def _named(text: str, offers: Sequence[Any]) -> str | None:
    """Return the choice that `text` names of those offered last, lately."""
    if not offers or offers[-1]["at"] < time.time() - TYPED_FOR:
        return None
    place = chosen(text, [title for _, _, title in offers[-1]["choices"]])
    return None if place is None else str(offers[-1]["choices"][place][1])


def _with_notice(messages: list[Message]) -> list[Message]:
    """Return `messages` with what is to be known of a new chat ahead of them, unless they are urgent or say it."""
    notice = _prepared("notice")
    if any(message.urgency != "none" or message.text == notice.text for message in messages):
        return messages
    return [notice, *messages]


def _prepared(name: str) -> Message:
    return Message(new_id(), guide.fill(guide.load().system[name], site.load().words))


@cache
def commands() -> Mapping[str, Mapping[str, Any]]:
    """Return what a typed command says or asks, by its name."""
    found: Mapping[str, Mapping[str, Any]] = read_yaml(DATA / "channels" / "commands.yml")
    return found
