"""Facebook Messenger: signed webhooks that may hold many events, answers by the Send API with quick replies.

Rasa brings fbmessenger, which checks SHA-1 signatures and calls the interface with blocking requests; neither is used.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping
from typing import Any, ClassVar

from pydantic import BaseModel, Field, StrictBool, StrictInt, StrictStr, ValidationError

from assistant.channels.platforms.platform import (
    Answer,
    Call,
    Inbound,
    Incoming,
    Judgement,
    Platform,
    Reading,
    Rejected,
    Setting,
    Verdict,
    by_status,
    same,
)
from assistant.channels.platforms.reading import json_object
from assistant.channels.platforms.render import Part

HEADER = "x-hub-signature-256"
# Graph API error codes: 4, 17, 32, 613 and 80006 are limits; 1, 2 and 1200 are passing faults of its own.
LIMITS = {4, 17, 32, 613, 80006}
PASSING = {1, 2, 1200}
LIMIT_WAIT = 30.0  # seconds; the interface names none


class Page(BaseModel):
    """Who wrote, or to whom."""

    id: StrictStr


class QuickReply(BaseModel):
    """The key of a tapped quick reply."""

    payload: StrictStr


class Message(BaseModel):
    """A message; an echo is one of the page's own."""

    mid: StrictStr
    text: StrictStr = ""
    quick_reply: QuickReply | None
    attachments: list[Any] = []
    is_echo: StrictBool = False


class Postback(BaseModel):
    """A tapped button, that which starts a conversation among them."""

    mid: StrictStr
    title: StrictStr = ""
    payload: StrictStr = ""


class Event(BaseModel):
    """One event; others than these two kinds (read, delivered, typing) are left alone."""

    writer: Page = Field(alias="sender")
    page: Page = Field(alias="recipient")
    timestamp: StrictInt | None
    message: Message | None
    postback: Postback | None


class Messenger(Platform):
    """One page on Messenger."""

    id = "messenger"
    settings = (
        Setting("MESSENGER_PAGE_TOKEN", r"[A-Za-z0-9_-]{20,}", "the page's access token"),
        Setting("MESSENGER_APP_SECRET", r"[0-9a-f]{32}", "the app's secret of 32 hexadecimal digits"),
        Setting("MESSENGER_VERIFY_TOKEN", r"\S{8,}", "8 characters or more of your own, without spaces"),
    )
    api: ClassVar = ("MESSENGER_API_URL", "https://graph.facebook.com/v25.0")
    fields: ClassVar = "messages,messaging_postbacks"

    def verify(self, request: Inbound) -> None:
        """Compare the SHA-256 signature of the body; the GET that registers an address has a token instead."""
        if request.method == "GET":
            given = request.query.get("hub.verify_token")
            right = self.values["MESSENGER_VERIFY_TOKEN"]
        else:
            given = request.headers.get(HEADER)
            digest = hmac.new(self.values["MESSENGER_APP_SECRET"].encode(), request.body, hashlib.sha256).hexdigest()
            right = f"sha256={digest}"
        if given is None:
            raise Rejected(401)
        if not same(given, right):
            raise Rejected(403)

    def read(self, request: Inbound) -> Reading:
        """Return every message of every entry; an event that cannot be read keeps no other from being read."""
        if request.method == "GET":
            return Reading(reply=request.query.get("hub.challenge", ""))
        found = json_object(request.body)
        if found.get("object") != "page":
            return Reading()
        events = [event for entry in _list(found.get("entry")) for event in _list(_get(entry, "messaging"))]
        return Reading([message for message in map(_message, events) if message is not None])

    def send(self, to: Mapping[str, Any], part: Part, plain: bool) -> Call:
        """Return the call of the Send API, as a reply within the window that a visitor's message opens."""
        message: dict[str, Any] = {"text": part.plain if plain else part.text}
        if part.buttons:
            message["quick_replies"] = [
                {"content_type": "text", "title": button.title, "payload": button.key} for button in part.buttons
            ]
        body = {"recipient": {"id": to["person"]}, "messaging_type": "RESPONSE", "message": message}
        return Call(f"{self.base}/me/messages", json=body, headers=self._bearer())

    def judge(self, answer: Answer) -> Judgement:
        """Read the Graph API's own codes of limits and passing faults, which come with any status."""
        error = answer.said.get("error")
        code = error.get("code") if isinstance(error, Mapping) else None
        if isinstance(code, int) and code in LIMITS:
            return Judgement(Verdict.LATER, LIMIT_WAIT)
        if isinstance(code, int) and code in PASSING and answer.status in (400, 500, 503):
            return Judgement(Verdict.AGAIN)
        return by_status(answer)

    def subscribe(self) -> Call:
        """Return the call that has the page's messages sent to the app."""
        return Call(f"{self.base}/me/subscribed_apps", form={"subscribed_fields": self.fields}, headers=self._bearer())

    def ask(self, path: str) -> Call:
        """Return the call that reads `path`."""
        return Call(f"{self.base}/{path}", headers=self._bearer(), method="GET")

    def _bearer(self) -> dict[str, str]:
        # In the address, where the interface takes it as well, it would stand in logs.
        return {"Authorization": f"Bearer {self.values['MESSENGER_PAGE_TOKEN']}"}


def _message(found: Any) -> Incoming | None:
    try:
        event = Event.parse_obj(found)
    except ValidationError:
        return None
    at = event.timestamp / 1000 if event.timestamp is not None else None
    sender, to = f"{event.page.id}:{event.writer.id}", {"person": event.writer.id}
    if event.message is not None and not event.message.is_echo:
        message = event.message
        key = message.quick_reply.payload if message.quick_reply else ""
        if not (message.text or message.attachments):
            return None
        media = bool(message.attachments)
        return Incoming([f"messenger:{message.mid}"], sender, to, message.text, key, media, at)
    if event.postback is not None:
        # What starts a conversation has a payload of the page's own setting; its title is what was tapped.
        return Incoming([f"messenger:{event.postback.mid}"], sender, to, event.postback.title, at=at)
    return None


def _list(found: Any) -> list[Any]:
    return found if isinstance(found, list) else []


def _get(found: Any, name: str) -> Any:
    return found.get(name) if isinstance(found, dict) else None
