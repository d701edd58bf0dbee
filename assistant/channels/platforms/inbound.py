"""Takes what platforms send: how much, who signed, what it is, is it new; then it is promised and acknowledged."""

from __future__ import annotations

import hashlib
import hmac
import logging
import time
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import parse_qsl

from sanic.request import Request
from sanic.response import HTTPResponse, text

from assistant.channels.limits import Limit
from assistant.channels.platforms import metrics
from assistant.channels.platforms.answers import Answers
from assistant.channels.platforms.outbound import Outbox
from assistant.channels.platforms.platform import Inbound, Incoming, Platform, Rejected
from assistant.storage.promises import Promise, Promises, digest

logger = logging.getLogger(__name__)

BODY_LIMIT = 1_000_000  # bytes; a hundred of Messenger's events have about a tenth
# A person reads an answer before the next message; twenty a minute are a machine or a fight.
MOST_MESSAGES = 20  # a minute, of one sender
HOUR = 3600.0


class Inbox:
    """The webhook of one bot."""

    def __init__(self, platform: Platform, promises: Promises, answers: Answers, outbox: Outbox, secret: str) -> None:
        self.platform = platform
        self._promises = promises
        self._answers = answers
        self._outbox = outbox
        self._secret = secret.encode()
        self._limit = Limit(MOST_MESSAGES)

    async def receive(self, request: Request, url: str) -> HTTPResponse:
        """Return the answer to a webhook call; it waits for the database alone."""
        with metrics.ACKNOWLEDGED.labels(self.platform.id).time():
            try:
                return await self._receive(request, url)
            except Rejected as refused:
                metrics.RECEIVED.labels(self.platform.id, "refused").inc()
                return text("", status=refused.status)
            except Exception as error:  # the platform will send it again
                logger.error("A call of %s could not be taken: %s", self.platform.id, type(error).__name__)
                return text("", status=503)

    async def _receive(self, request: Request, url: str) -> HTTPResponse:
        inbound = Inbound(request.method, url, _query(request), _headers(request), await _body(request))
        self.platform.verify(inbound)
        reading = self.platform.read(inbound)
        if reading.messages:
            self._take(reading.messages)
        else:
            metrics.RECEIVED.labels(self.platform.id, "ignored").inc()
        return text(reading.reply, content_type=reading.content_type)

    def _take(self, messages: Sequence[Incoming]) -> None:
        known = self._promises.known(key for message in messages for key in message.keys)
        fresh: list[tuple[Sequence[str], Promise | None]] = []
        for message in messages:
            outcome, promise = self._judged(message, known)
            metrics.RECEIVED.labels(self.platform.id, outcome).inc()
            if outcome in ("accepted", "limited"):
                fresh.append((message.keys, promise))
        if fresh:
            self._promises.accept(fresh, self.platform.capabilities.remember * HOUR)
            self._answers.wake()

    def _judged(self, message: Incoming, known: set[str]) -> tuple[str, Promise | None]:
        """Return what becomes of one message, and what is promised to it."""
        if any(key in known for key in message.keys):
            return "duplicate", None
        if message.at is not None and message.at < time.time() - self.platform.capabilities.remember * HOUR:
            return "old", None
        if message.choice and not self._is_theirs(message):
            return "not_theirs", None
        over = self._limit.beyond(message.sender)
        if not over:
            what = {"text": message.text, "choice": message.choice, "media": message.media}
            return "accepted", self._promise(message, what)
        # One sentence a minute says so; more of them would be sent as fast as what they answer.
        return "limited", self._promise(message, {"says": ["too_many"]}) if over == 1 else None

    def _is_theirs(self, message: Incoming) -> bool:
        """Answer a tapped button at once; return False for one that was sent to somebody else in a group."""
        theirs = not message.shared or self._answers.was_offered(self.conversation(message), message.choice)
        if message.tap:
            self._outbox.answer_tap(message.tap, "" if theirs else self._answers.not_yours)
        return theirs

    def _promise(self, message: Incoming, what: Mapping[str, Any]) -> Promise:
        content = {"id": digest(message.keys[0])[:32], "to": message.to, **what}
        return Promise(self._answers.name, self.conversation(message), content)

    def conversation(self, message: Incoming) -> str:
        """Return the conversation of a sender: who knows the database alone cannot tell whose it is."""
        sender = f"{self.platform.id}:{message.sender}".encode("utf-8", "surrogatepass")
        return f"{self.platform.id}-{hmac.new(self._secret, sender, hashlib.sha256).hexdigest()[:32]}"


async def _body(request: Request) -> bytes:
    """Return the body as it arrives; raise Rejected as soon as it is too long."""
    chunks: list[bytes] = []
    length = 0
    stream = request.stream
    while stream is not None and (chunk := await stream.read()) is not None:
        length += len(chunk)
        if length > BODY_LIMIT:
            raise Rejected(413)
        chunks.append(chunk)
    return b"".join(chunks)


def _headers(request: Request) -> Mapping[str, str]:
    return {name.lower(): value for name, value in request.headers.items()}


def _query(request: Request) -> Mapping[str, str]:
    return dict(parse_qsl(request.query_string, keep_blank_values=True))
