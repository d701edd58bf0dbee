"""The server's answers, made in a test."""

from __future__ import annotations

import json
from typing import Any

from playwright.sync_api import Page, Route

Answer = dict[str, Any]


class Faked:
    """Stands in for the server's answers and keeps what the widget sent.

    `replies` are given one a message, the last one again and again: messages, (status, error text), or a function that
    does what it likes with the route. `opening` is the same for a new session, None where it simply opens.
    """

    def __init__(self, page: Page) -> None:
        self.sent: list[Answer] = []
        self.rated: list[Answer] = []
        self.said: list[Answer] = []
        self.opening: Any = None
        self.tokens: list[str] = []
        self.sessions = 0
        self.erased = 0
        self.renewed = ""
        self.notice = "Messages are kept for a while."
        self.replies: list[Any] = [[self.message("An answer.")]]
        page.route("**/chat/sessions", self._open)
        page.route("**/chat/sessions/current", self._erase)
        page.route("**/chat/messages", self.reply)
        page.route("**/chat/history", lambda route: give(route, 200, {"messages": self.said}))
        page.route("**/chat/feedback", self._rate)

    @staticmethod
    def message(text: str, **more: Any) -> Answer:
        """Return one message of a reply as the server words it."""
        plain = {"choices": [], "sources": [], "urgency": "none", "topics": [], "assumed": {}}
        return {"id": f"m-{abs(hash(text))}", "text": text, **plain, **more}

    def _rate(self, route: Route) -> None:
        self.rated.append(json.loads(route.request.post_data or "{}"))
        route.fulfill(status=204)

    def _open(self, route: Route) -> None:
        if self.opening is not None:
            _answer(route, self.opening)
            return
        self.sessions += 1
        greeting = self.message("Hello, what would you like to know?", id="greeting")
        opened = {"token": f"token-{self.sessions}", "expires_at": "2999-01-01T00:00:00Z"}
        give(route, 201, {**opened, "greeting": greeting, "notice": self.notice})

    def _erase(self, route: Route) -> None:
        self.erased += 1
        give(route, 200, {})

    def reply(self, route: Route) -> None:
        """Answer a message."""
        self.sent.append(json.loads(route.request.post_data or "{}"))
        self.tokens.append(route.request.headers["authorization"])
        reply = self.replies.pop(0) if len(self.replies) > 1 else self.replies[0]
        fresh = {"token": self.renewed, "expires_at": "2999-01-01T00:00:00Z"} if self.renewed else {}
        _answer(route, reply, fresh)


def give(route: Route, status: int, body: Answer) -> None:
    route.fulfill(status=status, content_type="application/json", body=json.dumps(body))


def _answer(route: Route, reply: Any, more: Answer | None = None) -> None:
    if callable(reply):
        reply(route)
    elif isinstance(reply, list):
        give(route, 200, {"messages": reply, **(more or {})})
    else:
        give(route, reply[0], {"error": {"code": "any", "message": reply[1]}})
