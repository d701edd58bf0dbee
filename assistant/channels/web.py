"""The website's channel: sessions, messages, history, feedback, erasure, health, and the page with the widget."""

from __future__ import annotations

import asyncio
import logging
import math
import time
from collections.abc import Awaitable, Callable, Coroutine
from functools import partial
from typing import Any

from rasa.core.channels.channel import InputChannel, UserMessage
from sanic import Blueprint, Sanic
from sanic.exceptions import SanicException
from sanic.request import Request
from sanic.response import HTTPResponse, empty, json, redirect

from assistant import guide, site
from assistant.channels import origins, pages, requests
from assistant.channels.errors import Refused, unauthorised, wrong_method
from assistant.channels.labels import Labels
from assistant.channels.tokens import InvalidToken, Tokens, secret
from assistant.storage import retention
from assistant.turn import ChoiceGone, Conversations, Erased, Message, OtherContent, Turns
from assistant.turn.message import new_id

logger = logging.getLogger(__name__)

# A probe is a whole turn; probes that come faster than this share one.
PROBE_KEPT = 5.0  # seconds
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")

Handler = Callable[[Request], Coroutine[Any, Any, HTTPResponse]]


class WebInput(InputChannel):
    """The channel at /chat. It makes the conversations' identities itself; a client can choose none."""

    def __init__(self) -> None:
        """Raise ValueError where the secret is short, or where Rasa would log what visitors type."""
        if logging.getLogger("rasa").isEnabledFor(logging.DEBUG):
            raise ValueError("LOG_LEVEL must be INFO or higher: below it Rasa logs what visitors type.")
        self._tokens = Tokens(secret())
        self._conversations: Conversations | None = None
        self._expiring: asyncio.Task[None] | None = None
        self._probing = asyncio.Lock()
        self._probed: tuple[float, str] = (-math.inf, "")

    @classmethod
    def name(cls) -> str:
        """Return the channel's name."""
        return "chat"

    def url_prefix(self) -> str:
        """Return where the channel is mounted; the slash takes it out of Rasa's /webhooks."""
        return "/chat"

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        """Return the routes of the contracts. `on_new_message` is not used: a turn is run by `assistant.turn`."""
        routes = Blueprint("chat")
        for handler, address, method in (
            (self._start, "/sessions", "POST"),
            (self._answer, "/messages", "POST"),
            (self._history, "/history", "GET"),
            (self._keep_feedback, "/feedback", "POST"),
            (self._erase, "/sessions/current", "DELETE"),
            (self._live, "/health/live", "GET"),
            (self._ready, "/health/ready", "GET"),
        ):
            routes.add_route(_function(handler), address, methods=[method, "OPTIONS"], name=handler.__name__)
            others = [other for other in METHODS if other not in (method, "OPTIONS")]
            routes.add_route(_wrong_method, address, methods=others, name=f"{handler.__name__}_wrongly")
        pages.add_routes(routes)
        Labels().add_routes(routes)
        routes.middleware(origins.check, "request")
        routes.middleware(origins.allow, "response")
        # Sanic takes the address without its slash for "/", and the folder itself for the path below.
        routes.add_route(_to_folder, "/", methods=["GET", "OPTIONS"])
        routes.add_route(_page_or_nothing, "/<path:path>", methods=METHODS)
        routes.exception(Exception)(_refuse)
        routes.listener("after_server_start")(partial(self._open))
        routes.listener("before_server_stop")(partial(self._close))
        return routes

    async def _open(self, app: Sanic, _: asyncio.AbstractEventLoop) -> None:
        self._conversations = Conversations(Turns(app.ctx.agent))
        expiring = retention.keep_expiring(self._conversations.store, site.load().retention_days)
        self._expiring = asyncio.create_task(expiring)

    async def _close(self, _: Sanic, __: asyncio.AbstractEventLoop) -> None:
        if self._expiring is not None:
            self._expiring.cancel()
        if self._conversations is not None:
            await self._conversations.turns.close()

    @property
    def _open_conversations(self) -> Conversations:
        if self._conversations is None:
            raise Refused(503, "starting", "unavailable")
        return self._conversations

    def _conversation(self, request: Request) -> str:
        """Return the conversation that the request's token is for; raise Refused."""
        try:
            conversation = self._tokens.conversation(requests.bearer(request))
        except InvalidToken as error:
            raise unauthorised() from error
        if self._open_conversations.store.is_erased(conversation):
            raise unauthorised()
        return conversation

    async def _start(self, _: Request) -> HTTPResponse:
        words, system = site.load().words, guide.load().system
        greeting = Message(new_id(), guide.fill(system["greeting"], words)).as_dict()
        notice = guide.fill(system["notice"], words)
        return json({**self._tokens.start().as_dict(), "greeting": greeting, "notice": notice}, status=201)

    async def _answer(self, request: Request) -> HTTPResponse:
        conversation = self._conversation(request)
        identity, content = requests.message(request)
        try:
            messages = await self._open_conversations.answer(conversation, identity, content)
        except Erased as error:
            raise unauthorised() from error
        except OtherContent as error:
            raise Refused(409, "conflict", "conflict") from error
        except ChoiceGone as error:
            raise Refused(400, "choice_gone", "choice_gone") from error
        renewed = self._tokens.renewed(requests.bearer(request))
        return json({"messages": messages, **(renewed.as_dict() if renewed else {})})

    async def _history(self, request: Request) -> HTTPResponse:
        return json({"messages": self._open_conversations.history(self._conversation(request))})

    async def _keep_feedback(self, request: Request) -> HTTPResponse:
        conversation = self._conversation(request)
        self._open_conversations.store.keep_feedback(conversation, *requests.feedback(request))
        return empty()

    async def _erase(self, request: Request) -> HTTPResponse:
        self._open_conversations.erase(self._conversation(request))
        return empty()

    async def _live(self, _: Request) -> HTTPResponse:
        return json({"status": "live"})

    async def _ready(self, request: Request) -> HTTPResponse:
        async with self._probing:
            when, reason = self._probed
            if time.monotonic() - when > PROBE_KEPT:
                reason = await self._probe()
                self._probed = (time.monotonic(), reason)
        platforms: dict[str, str] = getattr(request.app.ctx, "platforms", dict)()
        more = {"channels": platforms} if platforms else {}
        if reason:
            return json({"status": "not ready", "reason": reason, **more}, status=503)
        return json({"status": "ready", **more})

    async def _probe(self) -> str:
        """Return why a canned question could not be answered; nothing where it was."""
        if self._conversations is None:
            return "starting"
        try:
            await self._conversations.turns.probe()
        except Exception as error:  # whatever it is, operators read what kind
            return f"{type(error).__name__}: {error}"
        return ""


async def _to_folder(request: Request) -> HTTPResponse:
    return redirect(f"{request.path}/")


async def _page_or_nothing(request: Request, path: str) -> HTTPResponse:
    if not path and request.method == "GET":
        return pages.page()
    raise Refused(404, "not_found", "not_found")


async def _wrong_method(_: Request) -> HTTPResponse:
    raise wrong_method()


async def _refuse(_: Request, error: Exception) -> HTTPResponse:
    """Answer what was refused, and what failed, in the form of the contracts; a log gets no word of a request."""
    if isinstance(error, Refused):
        return error.response()
    if isinstance(error, SanicException) and error.status_code < 500:
        return Refused(error.status_code, "bad_request", "bad_request").response()
    logger.error("A request failed: %s", type(error).__name__)
    return Refused(500, "failed", "unavailable").response()


def _function(handler: Handler) -> Handler:
    """Return `handler` as a plain function: Sanic writes attributes on it, which a bound method does not take."""

    async def call(request: Request) -> HTTPResponse:
        return await handler(request)

    return call
