"""Twilio's SMS and WhatsApp: signed forms in, the Messages resource out, choices as a numbered list.

Signatures are checked here and not by twilio's RequestValidator, which takes one value a field and compares in a time
that tells the length; what it computes is what the tests sign with.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Mapping
from typing import Any, ClassVar
from urllib.parse import parse_qsl, urlsplit

from pydantic import BaseModel, ValidationError, constr

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
from assistant.channels.platforms.public import URL
from assistant.channels.platforms.reading import FIELDS, form
from assistant.channels.platforms.render import Part
from assistant.text import normalise

API = "https://api.twilio.com"
HEADER = "x-twilio-signature"
EMPTY = '<?xml version="1.0" encoding="UTF-8"?><Response></Response>'
TOO_MANY = 20429  # Twilio's own code beside status 429

Id = constr(regex=r"^[A-Z]{2}[0-9a-zA-Z]{32}$")
Number = constr(regex=r"^(whatsapp:)?\+?[0-9]{3,15}$")


class Message(BaseModel):
    """The fields of a message that are read here."""

    MessageSid: Id  # type: ignore[valid-type]
    AccountSid: Id  # type: ignore[valid-type]
    From: Number  # type: ignore[valid-type]
    To: Number  # type: ignore[valid-type]
    Body: str = ""
    NumMedia: constr(regex=r"^\d{0,2}$") = "0"  # type: ignore[valid-type]
    OptOutType: str = ""
    Latitude: str = ""


class Twilio(Platform):
    """What SMS and WhatsApp share. `prefix` stands before a number, `number` is the setting with the bot's own."""

    prefix: ClassVar[str] = ""
    number: ClassVar[str]
    siblings: ClassVar[tuple[str, ...]]

    @classmethod
    def is_asked(cls, given: Mapping[str, str]) -> bool:
        """Return whether this number is set, or the account without any number."""
        return cls.number in given or (super().is_asked(given) and not any(name in given for name in cls.siblings))

    def verify(self, request: Inbound) -> None:
        """Compare the signature of the public address and the form's fields."""
        given = request.headers.get(HEADER)
        if given is None:
            raise Rejected(401)
        fields = _fields(request.body)
        if not any(same(given, self._signature(url, fields)) for url in _spellings(request.url)):
            raise Rejected(403)

    def _signature(self, url: str, fields: Mapping[str, list[str]]) -> str:
        signed = url + "".join(name + value for name in sorted(fields) for value in sorted(set(fields[name])))
        token = self.values["TWILIO_AUTH_TOKEN"].encode()
        digest = hmac.new(token, signed.encode("utf-8", "surrogatepass"), hashlib.sha1).digest()
        return base64.b64encode(digest).decode()

    def read(self, request: Inbound) -> Reading:
        """Return the message; nothing for a word that the network itself answers, or for another account's."""
        nothing = Reading(reply=EMPTY, content_type="text/xml")
        try:
            message = Message.parse_obj(form(request.body))
        except ValidationError:
            return nothing
        prefix = "whatsapp:" if str(message.From).startswith("whatsapp:") else ""
        mine = message.AccountSid == self.values["TWILIO_ACCOUNT_SID"] and prefix == self.prefix
        if not mine or message.OptOutType or normalise(message.Body).lower() in self.capabilities.ignored:
            return nothing
        incoming = Incoming(
            [f"{self.id}:{message.MessageSid}"],
            f"{message.To}:{message.From}",
            {"number": message.From},
            text=message.Body,
            media=int(message.NumMedia or 0) > 0 or bool(message.Latitude),
        )
        return Reading([incoming], EMPTY, "text/xml")

    def send(self, to: Mapping[str, Any], part: Part, plain: bool) -> Call:
        """Return the call that creates a message."""
        body = {"From": self.prefix + self.values[self.number], "To": to["number"], "Body": part.text}
        return self._call("Messages.json", form=body)

    def judge(self, answer: Answer) -> Judgement:
        """Read Twilio's own code of too many calls, which may come with another status."""
        if answer.said.get("code") == TOO_MANY:
            return Judgement(Verdict.LATER, retry_after(answer))
        return by_status(answer)

    def ask(self, path: str) -> Call:
        """Return the call that reads `path` below the account."""
        return self._call(path, method="GET")

    def set_webhook(self, phone: str, url: str) -> Call:
        """Return the call that has messages to the number with the id `phone` sent to `url`."""
        return self._call(f"IncomingPhoneNumbers/{phone}.json", form={"SmsUrl": url, "SmsMethod": "POST"})

    def _call(self, path: str, **how: Any) -> Call:
        account = self.values["TWILIO_ACCOUNT_SID"]
        secret = base64.b64encode(f"{account}:{self.values['TWILIO_AUTH_TOKEN']}".encode()).decode()
        address = f"{self.base}/2010-04-01/Accounts/{account}"
        return Call(
            f"{address}/{path}" if path else f"{address}.json", headers={"Authorization": f"Basic {secret}"}, **how
        )


_ACCOUNT = Setting("TWILIO_ACCOUNT_SID", r"AC[0-9a-f]{32}", "an account SID, AC and 32 hexadecimal digits")
_TOKEN = Setting("TWILIO_AUTH_TOKEN", r"[0-9a-f]{32}", "an auth token of 32 hexadecimal digits")
_URL = Setting(URL, r"https?://[^/\s]+/?", "an address such as https://bot.example.org, without a path", optional=True)


class Sms(Twilio):
    """One telephone number for SMS."""

    id = "sms"
    api = ("TWILIO_SMS_API_URL", API)
    number = "TWILIO_SMS_NUMBER"
    siblings = ("TWILIO_WHATSAPP_NUMBER",)
    settings = (_ACCOUNT, _TOKEN, Setting(number, r"\+[1-9]\d{6,14}", "a number with + and the country's code"), _URL)


class WhatsApp(Twilio):
    """One telephone number for WhatsApp."""

    id = "whatsapp"
    prefix = "whatsapp:"
    api = ("TWILIO_WHATSAPP_API_URL", API)
    number = "TWILIO_WHATSAPP_NUMBER"
    siblings = ("TWILIO_SMS_NUMBER",)
    settings = (_ACCOUNT, _TOKEN, Setting(number, r"\+[1-9]\d{6,14}", "a number with + and the country's code"), _URL)


def _fields(body: bytes) -> dict[str, list[str]]:
    """Return every value of every field of a form; a body that is none has no fields, and no valid signature."""
    fields: dict[str, list[str]] = {}
    try:
        pairs = parse_qsl(body.decode("utf-8"), keep_blank_values=True, max_num_fields=FIELDS)
    except ValueError:
        return {}
    for name, value in pairs:
        fields.setdefault(name, []).append(value)
    return fields


def _spellings(url: str) -> list[str]:
    """Return the address with and without its port: Twilio signs either."""
    try:
        found = urlsplit(url)
        port = found.port or (443 if found.scheme == "https" else 80)
    except ValueError:
        return [url]
    host = found.hostname or ""
    # The host keeps its letters as they were sent.
    host = found.netloc.rpartition(":")[0] if found.port else found.netloc or host
    return [found._replace(netloc=host).geturl(), found._replace(netloc=f"{host}:{port}").geturl()]
