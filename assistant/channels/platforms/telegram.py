"""Telegram's Bot API: updates by webhook, answers by sendMessage, buttons by callback queries.

Rasa brings aiogram 2, which is no longer maintained and waits for Telegram at start; the few calls are made plainly.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from pydantic import BaseModel, Field, StrictInt, StrictStr, ValidationError

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
    retry_after,
    same,
)
from assistant.channels.platforms.reading import json_object
from assistant.channels.platforms.render import Part

HEADER = "x-telegram-bot-api-secret-token"
# What may stand in a message in place of a text.
MEDIA = (
    *("animation", "audio", "contact", "dice", "document", "game", "location", "paid_media", "photo", "poll"),
    *("sticker", "story", "venue", "video", "video_note", "voice"),
)
_COMMAND = re.compile(r"(/\w+)@(\w+)")


class Person(BaseModel):
    """Who wrote."""

    id: StrictInt
    is_bot: bool = False


class Chat(BaseModel):
    """Where it was written."""

    id: StrictInt
    type: StrictStr


class Entity(BaseModel):
    """What a part of a text is; `offset` and `length` count UTF-16 units."""

    type: str
    offset: int
    length: int
    user: Person | None


class Replied(BaseModel):
    """The message that is replied to."""

    writer: Person | None = Field(None, alias="from")


class Message(BaseModel):
    """A message, of which media are read elsewhere."""

    message_id: StrictInt
    date: StrictInt
    chat: Chat
    writer: Person | None = Field(None, alias="from")
    text: StrictStr = ""
    caption: StrictStr = ""
    entities: list[Entity] = []
    caption_entities: list[Entity] = []
    reply_to_message: Replied | None
    message_thread_id: StrictInt | None
    is_topic_message: bool = False


class Query(BaseModel):
    """A tapped button. `message` is missing where it is too old."""

    id: StrictStr
    writer: Person = Field(alias="from")
    message: Message | None
    data: StrictStr = ""


class Update(BaseModel):
    """What a webhook call holds; other kinds of it are left alone."""

    update_id: StrictInt
    message: Message | None
    callback_query: Query | None


class Telegram(Platform):
    """One bot on Telegram."""

    id = "telegram"
    settings = (
        Setting("TELEGRAM_BOT_TOKEN", r"\d{3,20}:[A-Za-z0-9_-]{30,}", "the token that @BotFather gave"),
        Setting("TELEGRAM_WEBHOOK_SECRET", r"[A-Za-z0-9_-]{16,256}", "16 to 256 letters, digits, _ and - of your own"),
        Setting("TELEGRAM_BOT_NAME", r"\w{5,32}", "the bot's user name without @, for groups", optional=True),
    )
    api: ClassVar = ("TELEGRAM_API_URL", "https://api.telegram.org")
    updates: ClassVar = ("message", "callback_query")

    def __init__(self, values: Mapping[str, str]) -> None:
        super().__init__(values)
        token = values["TELEGRAM_BOT_TOKEN"]
        self._bot = int(token.partition(":")[0])
        self._name = values.get("TELEGRAM_BOT_NAME", "").lower()
        self._address = f"{self.base}/bot{token}"

    def verify(self, request: Inbound) -> None:
        """Compare the secret that the webhook was registered with."""
        given = request.headers.get(HEADER)
        if given is None:
            raise Rejected(401)
        if not same(given, self.values["TELEGRAM_WEBHOOK_SECRET"]):
            raise Rejected(403)

    def read(self, request: Inbound) -> Reading:
        """Return the message or the tap; nothing for an edited message and for kinds that are unknown here."""
        found = json_object(request.body)
        try:
            update = Update.parse_obj(found)
        except ValidationError:
            return Reading()
        key = f"telegram:{self._bot}:{update.update_id}"
        if update.message is not None:
            message = self._message(key, update.message, any(name in found["message"] for name in MEDIA))
            return Reading([message] if message else [])
        if update.callback_query is not None and update.callback_query.message is not None:
            return Reading([self._tap(key, update.callback_query, update.callback_query.message)])
        return Reading()

    def _message(self, key: str, message: Message, media: bool) -> Incoming | None:
        if message.writer is None or message.writer.is_bot:
            return None
        text = message.text or message.caption
        if message.chat.type != "private":
            if message.chat.type not in ("group", "supergroup") or not self._is_meant(message):
                return None
            text = self._without_name(text)
        elif not text and not media:
            return None  # somebody joined, a message was pinned
        return self._incoming(key, message, message.writer, text=text, media=media, at=float(message.date))

    def _tap(self, key: str, query: Query, message: Message) -> Incoming:
        return self._incoming(key, message, query.writer, choice=query.data, tap=query.id)

    def _incoming(self, key: str, message: Message, writer: Person, **what: Any) -> Incoming:
        shared = message.chat.type != "private"
        to: dict[str, Any] = {"chat": message.chat.id}
        if shared:
            to["reply"] = message.message_id
            if message.is_topic_message and message.message_thread_id:
                to["thread"] = message.message_thread_id
        # In a group each member speaks in a conversation of their own.
        return Incoming([key], f"{self._bot}:{message.chat.id}:{writer.id}", to, shared=shared, **what)

    def _is_meant(self, message: Message) -> bool:
        replied = message.reply_to_message
        if replied and replied.writer and replied.writer.id == self._bot:
            return True
        text, entities = message.text or message.caption, [*message.entities, *message.caption_entities]
        return any(self._names_bot(text, entity) for entity in entities)

    def _names_bot(self, text: str, entity: Entity) -> bool:
        if entity.type == "text_mention":
            return entity.user is not None and entity.user.id == self._bot
        if not self._name or entity.offset < 0 or entity.length < 0:
            return False
        units = text.encode("utf-16-le", "surrogatepass")[entity.offset * 2 : (entity.offset + entity.length) * 2]
        named = units.decode("utf-16-le", "replace").lower()
        if entity.type == "mention":
            return named == f"@{self._name}"
        return entity.type == "bot_command" and named.endswith(f"@{self._name}")

    def _without_name(self, text: str) -> str:
        text = _COMMAND.sub(lambda found: found[1] if found[2].lower() == self._name else found[0], text)
        return re.sub(rf"@{self._name}\b", " ", text, flags=re.IGNORECASE) if self._name else text

    def send(self, to: Mapping[str, Any], part: Part, plain: bool) -> Call:
        """Return the call of sendMessage; in a group it replies, so that everybody sees to whom."""
        body: dict[str, Any] = {"chat_id": to["chat"], "text": part.plain if plain else part.text}
        body["link_preview_options"] = {"is_disabled": True}
        if not plain:
            body["parse_mode"] = "HTML"
        if part.buttons:
            rows = [[{"text": button.title, "callback_data": button.key}] for button in part.buttons]
            body["reply_markup"] = {"inline_keyboard": rows}
        if "reply" in to:
            body["reply_parameters"] = {"message_id": to["reply"], "allow_sending_without_reply": True}
        if "thread" in to:
            body["message_thread_id"] = to["thread"]
        return Call(f"{self._address}/sendMessage", json=body)

    def judge(self, answer: Answer) -> Judgement:
        """Read Telegram's own seconds to wait, and what it says of markup that it cannot read."""
        if answer.status == 429:
            parameters = answer.said.get("parameters")
            wait = parameters.get("retry_after") if isinstance(parameters, Mapping) else None
            return Judgement(Verdict.LATER, float(wait) if isinstance(wait, int) else retry_after(answer))
        if answer.status == 400 and "parse entities" in str(answer.said.get("description")):
            return Judgement(Verdict.MARKUP)
        return by_status(answer)

    def answer_tap(self, tap: str, notice: str) -> Call | None:
        """Return the call that ends the button's progress bar."""
        body = {"callback_query_id": tap, **({"text": notice, "show_alert": False} if notice else {})}
        return Call(f"{self._address}/answerCallbackQuery", json=body)

    def webhook(self, url: str) -> Call:
        """Return the call that registers `url`, with the secret that it will be called with."""
        body: dict[str, Any] = {"url": url, "secret_token": self.values["TELEGRAM_WEBHOOK_SECRET"]}
        kinds: Sequence[str] = self.updates
        return Call(f"{self._address}/setWebhook", json={**body, "allowed_updates": list(kinds)})

    def ask(self, method: str) -> Call:
        """Return the call of a method without parameters."""
        return Call(f"{self._address}/{method}", json={})
