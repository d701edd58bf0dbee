"""Sends webhook calls as each platform does, signed with its secret."""

from __future__ import annotations

import hmac
import itertools
import json
import time
from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import parse_qsl, urlencode

from twilio.request_validator import RequestValidator

from tests.channels.simulated import messenger, slack, twilio
from tests.channels.simulated.server import Simulated
from tests.channels.simulated.telegram import BOT, TOKEN, TelegramServer

Post = tuple[bytes, dict[str, str]]
PUBLIC = "https://bot.example.org"


class Sender(ABC):
    """One platform's side of the webhook. Without a `number` each message is a new one."""

    missing: int = 401
    wrong: int = 403

    def __init__(self) -> None:
        self.numbers = itertools.count(1000)

    @abstractmethod
    def server(self) -> Simulated:
        """Return the platform's interface."""

    @abstractmethod
    def environment(self, address: str) -> Mapping[str, str]:
        """Return what has to be set for the bot, with its interface at `address`."""

    @abstractmethod
    def text(self, text: str, who: int = 1, number: int | None = None, **more: Any) -> Post:
        """Return the call for a typed message of one person."""

    @abstractmethod
    def tap(self, key: str, title: str, who: int = 1, number: int | None = None, **more: Any) -> Post:
        """Return the call for a tapped button."""

    @abstractmethod
    def media(self, who: int = 1, number: int | None = None) -> Post:
        """Return the call for a picture without words."""

    @abstractmethod
    def signed(self, body: bytes) -> Post:
        """Return any body, signed."""

    @abstractmethod
    def forged(self) -> list[Post]:
        """Return calls that are signed wrongly in every way."""

    @abstractmethod
    def person(self, who: int) -> str:
        """Return how the interface addresses a person."""


class TelegramSender(Sender):
    SECRET = "a-secret-of-the-webhook"
    HEADER = "X-Telegram-Bot-Api-Secret-Token"

    def server(self) -> Simulated:
        return TelegramServer()

    def environment(self, address: str) -> Mapping[str, str]:
        return {
            "TELEGRAM_BOT_TOKEN": TOKEN,
            "TELEGRAM_WEBHOOK_SECRET": self.SECRET,
            "TELEGRAM_BOT_NAME": "milia_bot",
            "TELEGRAM_API_URL": address,
        }

    def signed(self, body: bytes) -> Post:
        return body, {self.HEADER: self.SECRET, "Content-Type": "application/json"}

    def update(self, **content: Any) -> Post:
        number = content.pop("number", None)
        return self.signed(
            json.dumps({"update_id": next(self.numbers) if number is None else number, **content}).encode()
        )

    def message(self, who: int = 1, chat: Mapping[str, Any] | None = None, **content: Any) -> dict[str, Any]:
        return {
            "message_id": next(self.numbers),
            "date": int(time.time()),
            "from": {"id": 100 + who, "is_bot": False, "first_name": "Anna"},
            "chat": chat or {"id": 100 + who, "type": "private"},
            **content,
        }

    def text(self, text: str, who: int = 1, number: int | None = None, **more: Any) -> Post:
        return self.update(number=number, message=self.message(who, text=text, **more))

    def tap(self, key: str, title: str, who: int = 1, number: int | None = None, **more: Any) -> Post:
        sender = {"id": 100 + who, "is_bot": False}
        message = self.message(who, **more)
        message["from"] = {"id": BOT, "is_bot": True}
        query = {"id": f"query-{next(self.numbers)}", "from": sender, "message": message, "data": key}
        return self.update(number=number, callback_query=query)

    def media(self, who: int = 1, number: int | None = None) -> Post:
        return self.update(number=number, message=self.message(who, photo=[{"file_id": "x"}]))

    def forged(self) -> list[Post]:
        body, _ = self.text("forged")
        wrong = ["", "x", self.SECRET[:-1], self.SECRET + "x", self.SECRET.upper(), f" {self.SECRET}x", "é" * 10]
        return [(body, {self.HEADER: secret}) for secret in wrong]

    def person(self, who: int) -> str:
        return str(100 + who)


class MessengerSender(Sender):
    SECRET = "0123456789abcdef" * 2
    HEADER = "X-Hub-Signature-256"
    VERIFY = "a-token-of-the-owner"

    def server(self) -> Simulated:
        return messenger.MessengerServer()

    def environment(self, address: str) -> Mapping[str, str]:
        return {
            "MESSENGER_PAGE_TOKEN": messenger.TOKEN,
            "MESSENGER_APP_SECRET": self.SECRET,
            "MESSENGER_VERIFY_TOKEN": self.VERIFY,
            "MESSENGER_API_URL": address,
        }

    def signed(self, body: bytes) -> Post:
        return body, {self.HEADER: f"sha256={hmac.new(self.SECRET.encode(), body, 'sha256').hexdigest()}"}

    def event(self, who: int = 1, number: int | None = None, **content: Any) -> dict[str, Any]:
        mid = f"m_{next(self.numbers) if number is None else number}"
        for kind in ("message", "postback"):
            if kind in content:
                content[kind] = {"mid": mid, **content[kind]}
        now = int(time.time() * 1000)
        return {"sender": {"id": self.person(who)}, "recipient": {"id": messenger.PAGE}, "timestamp": now, **content}

    def batch(self, events: Sequence[Any]) -> Post:
        half = len(events) // 2
        entries = [{"id": messenger.PAGE, "time": 1, "messaging": some} for some in (events[:half], events[half:])]
        return self.signed(json.dumps({"object": "page", "entry": entries}).encode())

    def text(self, text: str, who: int = 1, number: int | None = None, **more: Any) -> Post:
        return self.batch([self.event(who, number, message={"text": text, **more})])

    def tap(self, key: str, title: str, who: int = 1, number: int | None = None, **more: Any) -> Post:
        return self.batch([self.event(who, number, message={"text": title, "quick_reply": {"payload": key}})])

    def media(self, who: int = 1, number: int | None = None) -> Post:
        return self.batch([self.event(who, number, message={"attachments": [{"type": "image", "payload": {}}]})])

    def forged(self) -> list[Post]:
        body, headers = self.text("forged")
        right = headers[self.HEADER]
        sha1 = f"sha1={hmac.new(self.SECRET.encode(), body, 'sha1').hexdigest()}"
        wrong = [
            "",
            "x",
            "sha256=",
            right[:-1] + "g",
            right[7:],
            right.upper(),
            sha1,
            "nosuch=1",
            "sha256=é",
            "md5=" + right,
        ]
        other = f"sha256={hmac.new(b'other', body, 'sha256').hexdigest()}"
        changed = (body.replace(b"forged", b"Forged"), headers)
        return [*((body, {self.HEADER: value}) for value in [*wrong, other]), changed]

    def person(self, who: int) -> str:
        return str(9000 + who)


class SlackSender(Sender):
    SECRET = "fedcba9876543210" * 2

    def server(self) -> Simulated:
        return slack.SlackServer()

    def environment(self, address: str) -> Mapping[str, str]:
        return {"SLACK_BOT_TOKEN": slack.TOKEN, "SLACK_SIGNING_SECRET": self.SECRET, "SLACK_API_URL": address}

    def signed(self, body: bytes, kind: str = "application/json; charset=utf-8", at: int | None = None) -> Post:
        stamp = str(int(time.time()) if at is None else at)
        # What Slack's own library makes of it; a body that is no text it cannot sign.
        signature = "v0=" + hmac.new(self.SECRET.encode(), f"v0:{stamp}:".encode() + body, "sha256").hexdigest()
        return body, {"X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": signature, "Content-Type": kind}

    def event(self, number: int | None = None, event_id: str = "", **event: Any) -> Post:
        found = next(self.numbers) if number is None else number
        event.setdefault("ts", f"{int(time.time())}.{found:06d}")
        envelope = {
            "type": "event_callback",
            "team_id": "T1",
            "event_id": event_id or f"Ev{found}",
            "authorizations": [{"user_id": "UBOT"}],
            "event": event,
        }
        return self.signed(json.dumps(envelope).encode())

    def text(self, text: str, who: int = 1, number: int | None = None, **more: Any) -> Post:
        direct = {"type": "message", "channel_type": "im", "channel": self.person(who), "user": f"U{who}", "text": text}
        return self.event(number, **{**direct, **more})

    def tap(self, key: str, title: str, who: int = 1, number: int | None = None, **more: Any) -> Post:
        found = next(self.numbers) if number is None else number
        payload = {
            "type": "block_actions",
            "user": {"id": f"U{who}"},
            "team": {"id": "T1"},
            "channel": {"id": more.get("channel", self.person(who))},
            "message": {"ts": "1.1", **more.get("message", {})},
            "actions": [{"action_id": "choice_0", "action_ts": f"{int(time.time())}.{found:06d}", "value": key}],
        }
        body = urlencode({"payload": json.dumps(payload)}).encode()
        return self.signed(body, "application/x-www-form-urlencoded")

    def media(self, who: int = 1, number: int | None = None) -> Post:
        return self.text("", who, number, subtype="file_share", files=[{"id": "F1"}])

    def forged(self) -> list[Post]:
        body, headers = self.text("forged")
        right = headers["X-Slack-Signature"]
        wrong = ["", "x", "v0=", right[:-1] + "g", right[3:], right.upper(), "v1=" + right[3:], "é"]
        stamps = ["", "x", "-1", "1e9", "9" * 40, "٣٣"]
        return [
            *((body, {**headers, "X-Slack-Signature": value}) for value in wrong),
            *((body, {**headers, "X-Slack-Request-Timestamp": value}) for value in stamps),
            (body.replace(b"forged", b"Forged"), headers),
            *(self.signed(body, at=int(time.time()) + shift) for shift in (-310, -86_400, 310)),
        ]

    def person(self, who: int) -> str:
        return f"D{who}"


class TwilioSender(Sender):
    prefix = ""
    channel = "sms"
    variable = "TWILIO_SMS_NUMBER"
    HEADER = "X-Twilio-Signature"

    def server(self) -> Simulated:
        return twilio.TwilioServer(prefix=self.prefix)

    def environment(self, address: str) -> Mapping[str, str]:
        return {
            "TWILIO_ACCOUNT_SID": twilio.ACCOUNT,
            "TWILIO_AUTH_TOKEN": twilio.TOKEN,
            self.variable: twilio.NUMBER,
            self.variable.replace("NUMBER", "API_URL"): address,
            "PUBLIC_URL": PUBLIC,
        }

    @property
    def url(self) -> str:
        return f"{PUBLIC}/chat/channels/{self.channel}"

    def signed(self, body: bytes, url: str = "") -> Post:
        fields = dict(parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True))
        signature = RequestValidator(twilio.TOKEN).compute_signature(url or self.url, fields)
        return body, {self.HEADER: signature, "Content-Type": "application/x-www-form-urlencoded"}

    def fields(self, who: int = 1, number: int | None = None, **fields: Any) -> dict[str, Any]:
        return {
            "MessageSid": f"SM{next(self.numbers) if number is None else number:032d}",
            "AccountSid": twilio.ACCOUNT,
            "From": self.person(who),
            "To": self.prefix + twilio.NUMBER,
            "NumMedia": "0",
            "FromCity": "",
            **fields,
        }

    def text(self, text: str, who: int = 1, number: int | None = None, **more: Any) -> Post:
        return self.signed(urlencode(self.fields(who, number, Body=text, **more)).encode())

    def tap(self, key: str, title: str, who: int = 1, number: int | None = None, **more: Any) -> Post:
        return self.text(title, who, number)

    def media(self, who: int = 1, number: int | None = None) -> Post:
        fields = self.fields(
            who, number, NumMedia="1", MediaUrl0="https://example.org/x", MediaContentType0="image/jpeg"
        )
        return self.signed(urlencode(fields).encode())

    def forged(self) -> list[Post]:
        body, headers = self.text("forged")
        right = headers[self.HEADER]
        wrong = ["", "x", right[:-2] + "A=", right.lower(), right + "=", "é" * 14]
        other = RequestValidator("0" * 32).compute_signature(self.url, dict(parse_qsl(body.decode())))
        return [
            *((body, {**headers, self.HEADER: value}) for value in [*wrong, other]),
            (body.replace(b"forged", b"Forged"), headers),
            (body + b"&Extra=1", headers),
            self.signed(body, "https://elsewhere.example.org/chat/channels/sms"),
            self.signed(body, self.url + "?x=1"),
        ]

    def person(self, who: int) -> str:
        return f"{self.prefix}+1555{1_000_000 + who}"


class WhatsAppSender(TwilioSender):
    prefix = "whatsapp:"
    channel = "whatsapp"
    variable = "TWILIO_WHATSAPP_NUMBER"


SENDERS: dict[str, type[Sender]] = {
    "telegram": TelegramSender,
    "messenger": MessengerSender,
    "slack": SlackSender,
    "whatsapp": WhatsAppSender,
    "sms": TwilioSender,
}
