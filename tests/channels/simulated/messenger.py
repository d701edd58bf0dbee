"""Messenger's Send API and what registering asks of the Graph API."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

from tests.channels.simulated.server import Simulated, Taken, need, parsed, utf16

TOKEN = "EAAB" + "x" * 40
PAGE = "424242"


@dataclass
class MessengerServer(Simulated):
    """`subscribed` is what the page's events are subscribed to."""

    subscribed: list[str] = field(default_factory=list)

    def take(self, request: web.Request, body: bytes) -> Mapping[str, Any]:
        need(request.headers.get("Authorization") == f"Bearer {TOKEN}", "Invalid OAuth access token")
        if request.path == "/me" and request.method == "GET":
            return {"id": PAGE, "name": "Milia"}
        if request.path == "/me/subscribed_apps":
            if request.method == "POST":
                self.subscribed = body.decode().partition("subscribed_fields=")[2].replace("%2C", ",").split(",")
                return {"success": True}
            return {"data": [{"id": "1", "subscribed_fields": self.subscribed}] if self.subscribed else []}
        need(request.path == "/me/messages" and request.method == "POST", "Unknown path components")
        given = parsed(body)
        need(set(given) == {"recipient", "messaging_type", "message"}, "fields")
        need(set(given["recipient"]) == {"id"} and isinstance(given["recipient"]["id"], str), "recipient")
        need(given["messaging_type"] == "RESPONSE", "messaging_type")
        message = given["message"]
        need(set(message) <= {"text", "quick_replies"}, "message")
        need(isinstance(message.get("text"), str) and message["text"].strip(), "text must be UTF-8 and not empty")
        need(utf16(message["text"]) <= 2000, "Length of param message[text] must be less than or equal to 2000")
        replies = message.get("quick_replies", [])
        need(len(replies) <= 13, "Too many elements: quick_replies")
        need("quick_replies" not in message or replies, "quick_replies is empty")
        for reply in replies:
            need(set(reply) == {"content_type", "title", "payload"} and reply["content_type"] == "text", "reply")
            need(0 < utf16(reply["title"]) <= 20, "title is over 20")
            need(0 < len(reply["payload"]) <= 1000, "payload is over 1000")
        choices = [(reply["title"], reply["payload"]) for reply in replies]
        self.taken.append(Taken(given["recipient"]["id"], message["text"], choices, given))
        return {"recipient_id": given["recipient"]["id"], "message_id": f"m_{len(self.taken)}"}

    def invalid(self, why: str) -> web.Response:
        code = 190 if "OAuth" in why else 100
        return web.json_response({"error": {"message": f"(#{code}) {why}", "code": code}}, status=400)

    def too_many(self) -> web.Response:
        return web.json_response({"error": {"message": "(#613) too many", "code": 613}}, status=400)
