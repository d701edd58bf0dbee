"""The messaging platforms as one channel in Rasa's sense: a route for each platform that is on."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Coroutine
from functools import partial
from typing import Any

from rasa.core.channels.channel import InputChannel, UserMessage
from sanic import Blueprint, Sanic
from sanic.request import Request
from sanic.response import HTTPResponse, text

from assistant.channels.platforms import settings
from assistant.channels.platforms.answers import Answers
from assistant.channels.platforms.inbound import Inbox
from assistant.channels.platforms.interface import Interface
from assistant.channels.platforms.outbound import Outbox
from assistant.channels.platforms.platform import Platform
from assistant.channels.platforms.public import public_url
from assistant.channels.tokens import secret
from assistant.storage.promises import Promises
from assistant.turn import Conversations, Turns

logger = logging.getLogger(__name__)


class PlatformsInput(InputChannel):
    """The channel at /chat/channels. A platform without its secrets is off, and the others are not touched by it."""

    def __init__(self) -> None:
        self._states = settings.states()
        self._platforms = [platform for platform in (state.open() for state in self._states) if platform]
        self._interface = Interface()
        self._inboxes: dict[str, Inbox] = {}
        self._answers: list[Answers] = []
        self._outboxes: dict[str, Outbox] = {}
        for state in self._states:
            if state.reason:
                logger.warning("The channel %s is off: %s.", state.kind.id, state.reason)

    @classmethod
    def name(cls) -> str:
        """Return the channel's name."""
        return "platforms"

    def url_prefix(self) -> str:
        """Return where the channel is mounted: below the web channel, so that a proxy passes both by one rule."""
        return "/chat/channels"

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        """Return a route for each platform that is on. `on_new_message` is not used: `assistant.turn` runs a turn."""
        routes = Blueprint("platforms")
        for platform in self._platforms:
            routes.add_route(
                self._receiver(platform), f"/{platform.id}", methods=["GET", "POST"], stream=True, name=platform.id
            )
        routes.listener("after_server_start")(partial(self._open))
        routes.listener("before_server_stop")(partial(self._close))
        return routes

    def _receiver(self, platform: Platform) -> Callable[[Request], Coroutine[Any, Any, HTTPResponse]]:
        async def receive(request: Request) -> HTTPResponse:
            inbox = self._inboxes.get(platform.id)
            return await inbox.receive(request, public_url(request)) if inbox else text("", status=503)

        return receive

    async def _open(self, app: Sanic, _: asyncio.AbstractEventLoop) -> None:
        app.ctx.platforms = self.report
        if not self._platforms:
            return
        conversations = Conversations(Turns(app.ctx.agent))
        promises, key = Promises(conversations.store), secret()
        for platform in self._platforms:
            outbox = Outbox(platform, promises, self._interface)
            answers = Answers(conversations.turns, promises, outbox)
            self._outboxes[platform.id] = outbox
            self._answers.append(answers)
            self._inboxes[platform.id] = Inbox(platform, promises, answers, outbox, key)
            outbox.start()
            answers.start()

    async def _close(self, _: Sanic, __: asyncio.AbstractEventLoop) -> None:
        queues = [*self._answers, *self._outboxes.values()]
        await asyncio.gather(*(queue.stop() for queue in queues))
        await self._interface.close()

    def report(self) -> dict[str, str]:
        """Return the state of each platform that somebody has set up: on, failing, or off and why."""
        found = {state.kind.id: f"off: {state.reason}" for state in self._states if state.reason}
        for name, outbox in self._outboxes.items():
            found[name] = "failing" if outbox.is_failing else "on"
        return found
