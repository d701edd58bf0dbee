"""Twilio's Messages resource, for SMS and WhatsApp."""

from __future__ import annotations

import base64
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs

from aiohttp import web

from tests.channels.simulated.server import Simulated, Taken, need

ACCOUNT = "AC" + "0123456789abcdef" * 2
TOKEN = "fedcba9876543210" * 2
NUMBER = "+15550009999"


@dataclass
class TwilioServer(Simulated):
    """`prefix` stands before both numbers; `webhook` is the address that was set for the number."""

    prefix: str = ""
    webhook: dict[str, str] = field(default_factory=dict)

    def take(self, request: web.Request, body: bytes) -> Mapping[str, Any]:
        secret = base64.b64encode(f"{ACCOUNT}:{TOKEN}".encode()).decode()
        need(request.headers.get("Authorization") == f"Basic {secret}", "Authenticate")
        base = f"/2010-04-01/Accounts/{ACCOUNT}"
        if request.path == f"{base}.json":
            return {"sid": ACCOUNT, "status": "active"}
        if request.path == f"{base}/IncomingPhoneNumbers.json":
            asked = request.query.get("PhoneNumber")
            found = {"sid": "PN" + "1" * 32, "phone_number": NUMBER, "sms_url": self.webhook.get("SmsUrl", "")}
            return {"incoming_phone_numbers": [found] if asked in (None, NUMBER) else []}
        if request.path.startswith(f"{base}/IncomingPhoneNumbers/PN"):
            self.webhook = _form(body)
            return {"sid": "PN" + "1" * 32}
        need(request.path == f"{base}/Messages.json" and request.method == "POST", "not found")
        given = _form(body)
        need(set(given) == {"From", "To", "Body"}, "fields")
        need(given["From"] == self.prefix + NUMBER, "21606 the From number is not yours")
        need(re.fullmatch(re.escape(self.prefix) + r"\+?\d{3,15}", given["To"]), "21211 invalid To")
        need(given["Body"].strip(), "21602 Message body is required")
        need(len(given["Body"].encode("utf-16-le")) // 2 <= 1600, "21617 exceeds the 1600 character limit")
        self.taken.append(Taken(given["To"], given["Body"], [], given, plain=True))
        return {"sid": f"SM{len(self.taken):032d}", "status": "queued"}

    def invalid(self, why: str) -> web.Response:
        status = 401 if why == "Authenticate" else 400
        return web.json_response(
            {"code": int((re.findall(r"\d+", why) or ["20003"])[0]), "message": why}, status=status
        )

    def too_many(self) -> web.Response:
        return web.json_response(
            {"code": 20429, "message": "Too many"}, status=429, headers={"Retry-After": str(self.wait)}
        )


def _form(body: bytes) -> dict[str, str]:
    return {name: values[-1] for name, values in parse_qs(body.decode(), keep_blank_values=True).items()}
