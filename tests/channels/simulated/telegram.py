"""Telegram's Bot API as far as it is called: getMe, setWebhook, getWebhookInfo, sendMessage, answerCallbackQuery."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

from aiohttp import web

from tests.channels.simulated.server import Invalid, Simulated, Taken, need, parsed, utf16

TOKEN = "123456:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
BOT = 123456
# https://core.telegram.org/bots/api#html-style
TAGS = {"b", "strong", "i", "em", "u", "ins", "s", "strike", "del", "code", "pre", "a", "blockquote", "tg-spoiler"}
ENTITIES = {"lt", "gt", "amp", "quot"}


@dataclass
class TelegramServer(Simulated):
    """`webhook` is what was registered, `taps` the callback queries that were answered and with what."""

    webhook: dict[str, Any] = field(default_factory=dict)
    taps: list[tuple[str, str]] = field(default_factory=list)

    def take(self, request: web.Request, body: bytes) -> Mapping[str, Any]:
        found = re.fullmatch(r"/bot([^/]+)/(\w+)", request.path)
        need(found and found[1] == TOKEN, "Unauthorized")
        assert found is not None
        method, given = found[2], parsed(body) if body else {}
        if method == "getMe":
            return {"ok": True, "result": {"id": BOT, "is_bot": True, "username": "milia_bot"}}
        if method == "getWebhookInfo":
            return {"ok": True, "result": {"url": self.webhook.get("url", ""), "pending_update_count": 0}}
        if method == "setWebhook":
            need(str(given.get("url")).startswith("https://"), "bad webhook: An HTTPS URL must be provided")
            need(re.fullmatch(r"[A-Za-z0-9_-]{1,256}", given.get("secret_token", "")), "secret token")
            self.webhook = given
            return {"ok": True, "result": True}
        if method == "answerCallbackQuery":
            need(isinstance(given.get("callback_query_id"), str), "query is too old")
            need(utf16(given.get("text", "")) <= 200, "MESSAGE_TOO_LONG")
            self.taps.append((given["callback_query_id"], given.get("text", "")))
            return {"ok": True, "result": True}
        need(method == "sendMessage", "Not Found")
        return self._message(given)

    def _message(self, given: Mapping[str, Any]) -> Mapping[str, Any]:
        need(isinstance(given.get("chat_id"), int), "chat not found")
        text = given.get("text")
        need(isinstance(text, str) and text.strip(), "message text is empty")
        assert isinstance(text, str)
        mode = given.get("parse_mode")
        if mode is not None:
            need(mode == "HTML" and not self.no_markup, "can't parse entities: unsupported")
        shown = parsed_html(text) if mode else text
        need(utf16(shown) <= 4096, "message is too long")
        choices = []
        for row in given.get("reply_markup", {}).get("inline_keyboard", []):
            for button in row:
                need(button.get("text"), "Text buttons are unallowed in the inline keyboard")
                need(1 <= len(button.get("callback_data", "").encode()) <= 64, "BUTTON_DATA_INVALID")
                choices.append((button["text"], button["callback_data"]))
        self.taken.append(Taken(str(given["chat_id"]), shown, choices, given, plain=mode is None))
        return {"ok": True, "result": {"message_id": len(self.taken)}}

    def invalid(self, why: str) -> web.Response:
        status = 401 if why == "Unauthorized" else 400
        return web.json_response(
            {"ok": False, "error_code": status, "description": f"Bad Request: {why}"}, status=status
        )

    def too_many(self) -> web.Response:
        said = {"ok": False, "error_code": 429, "parameters": {"retry_after": self.wait}}
        return web.json_response(said, status=429)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.shown: list[str] = []
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        if tag not in TAGS:
            raise Invalid(f'can\'t parse entities: Unsupported start tag "{tag}"')
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            raise Invalid(f'can\'t parse entities: Unmatched end tag "{tag}"')

    def handle_data(self, data: str) -> None:
        self.shown.append(data)


def parsed_html(text: str) -> str:
    """Return what is shown of Telegram's HTML; raise Invalid where it cannot be parsed."""
    for entity in re.findall(r"&(\w*;?)", text):
        if entity.rstrip(";") not in ENTITIES or not entity.endswith(";"):
            raise Invalid(f'can\'t parse entities: Unsupported entity "{entity}"')
    if re.search(r"<(?![/a-z])", text):
        raise Invalid("can't parse entities: Unsupported start tag")
    reader = _Reader()
    reader.feed(text)
    reader.close()
    if reader.open:
        raise Invalid(f"can't parse entities: Can't find end tag corresponding to start tag \"{reader.open[-1]}\"")
    return "".join(reader.shown)
