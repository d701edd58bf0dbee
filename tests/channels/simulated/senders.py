"""Sends webhook calls as each platform does, signed with its secret."""

from __future__ import annotations

import itertools
import json
import time
from abc import ABC, abstractmethod
from collections.abc import Mapping
from typing import Any

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


SENDERS: dict[str, type[Sender]] = {"telegram": TelegramSender}
