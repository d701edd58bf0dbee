"""Slack's Web API as far as it is called: auth.test and chat.postMessage with Block Kit."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from html import unescape
from typing import Any

from aiohttp import web

from tests.channels.simulated.server import Simulated, Taken, need, parsed, utf16

TOKEN = "xoxb-1234567890-abcdefghij"
ALLOWED = {"channel", "text", "blocks", "thread_ts", "unfurl_links", "unfurl_media"}


@dataclass
class SlackServer(Simulated):
    """Refuses as Slack does: with status 200 and the reason in `error`."""

    def take(self, request: web.Request, body: bytes) -> Mapping[str, Any]:
        need(request.headers.get("Authorization") == f"Bearer {TOKEN}", "invalid_auth")
        if request.path == "/auth.test":
            return {"ok": True, "user_id": "UBOT", "team": "Milia", "team_id": "T1"}
        need(request.path == "/chat.postMessage", "unknown_method")
        need(request.content_type == "application/json", "invalid_post_type")
        given = parsed(body)
        need(set(given) <= ALLOWED, "invalid_arguments")  # as_user among them, which new apps may not use
        need(re.fullmatch(r"[CDG][A-Z0-9]+", given.get("channel", "")), "channel_not_found")
        need(given.get("text", "").strip() and utf16(given["text"]) <= 40_000, "no_text")
        need(re.fullmatch(r"\d+\.\d+", given.get("thread_ts", "1.1")), "invalid_thread_ts")
        shown, choices, keys = unescape(given["text"]), [], set()
        check_mrkdwn(given["text"])
        if "blocks" in given:
            need(not self.no_markup, "invalid_blocks")
            need(1 <= len(given["blocks"]) <= 50, "invalid_blocks")
            sections = [block for block in given["blocks"] if block["type"] == "section"]
            need(len(sections) == 1, "invalid_blocks")
            text = sections[0]["text"]
            need(text["type"] == "mrkdwn" and 0 < utf16(text["text"]) <= 3000, "invalid_blocks")
            shown = check_mrkdwn(text["text"])
            for block in given["blocks"]:
                need(block["type"] in ("section", "actions"), "invalid_blocks")
                need(1 <= len(block.get("elements", [0])) <= 25, "invalid_blocks")
                for button in block.get("elements", []):
                    need(button["type"] == "button" and button["text"]["type"] == "plain_text", "invalid_blocks")
                    need(0 < utf16(button["text"]["text"]) <= 75, "invalid_blocks")
                    need(0 < len(button["value"]) <= 2000 and 0 < len(button["action_id"]) <= 255, "invalid_blocks")
                    need(button["action_id"] not in keys, "invalid_blocks")
                    keys.add(button["action_id"])
                    choices.append((button["text"]["text"], button["value"]))
        self.taken.append(Taken(given["channel"], shown, choices, given, plain="blocks" not in given))
        return {"ok": True, "ts": f"{len(self.taken)}.0001"}

    def invalid(self, why: str) -> web.Response:
        return web.json_response({"ok": False, "error": why})

    def too_many(self) -> web.Response:
        return web.json_response(
            {"ok": False, "error": "ratelimited"}, status=429, headers={"Retry-After": str(self.wait)}
        )


def check_mrkdwn(text: str) -> str:
    """Return what is shown; fail where a sign is not escaped or an angle bracket makes no link."""
    linked = re.sub(r"<(https://|mailto:|tel:)[^<>|]*\|([^<>|]*)>", r"\2", text)
    need("<" not in linked and ">" not in linked, "invalid_blocks")
    need(not re.search(r"&(?!amp;|lt;|gt;)", linked), "invalid_blocks")
    return unescape(linked)
