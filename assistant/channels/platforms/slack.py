"""Slack: signed events and interactions on one address, answers by chat.postMessage with Block Kit.

Signatures are checked here and not by slack_sdk's verifier, which fails on a timestamp or a body that is no text.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import time
from collections.abc import Callable, Mapping
from html import escape, unescape
from typing import Any, ClassVar

from pydantic import BaseModel, StrictStr, ValidationError, constr

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
from assistant.channels.platforms.reading import form, json_object
from assistant.channels.platforms.render import Part

SIGNATURE, TIMESTAMP = "x-slack-signature", "x-slack-request-timestamp"
WINDOW = 300  # seconds that a signature is valid, before and after its time
RETRY, AGAIN = {"ratelimited", "rate_limited"}, {"service_unavailable", "team_added_to_org"}
UNSURE = {"internal_error", "fatal_error", "request_timeout"}
MARKUP = {"invalid_blocks", "invalid_blocks_format", "msg_blocks_too_long", "markdown_text_conflict"}
# Kinds of messages that a person wrote; all others (edited, joined, a bot's) are left alone.
TYPED = ("", "file_share", "thread_broadcast")
_MENTION = re.compile(r"<@([A-Z0-9]+)(?:\|[^>]*)?>")
_LINKED = re.compile(r"<(?:(?:https?://|mailto:|tel:)[^|>]*\|([^>]*)|((?:https?://|mailto:|tel:)[^>]*))>")

# What an answer is addressed with.
ChannelId = constr(regex=r"^[CDG][A-Z0-9]{1,30}$", strict=True)
Stamp = constr(regex=r"^\d{1,12}\.\d{1,6}$", strict=True)


class Event(BaseModel):
    """A message or a mention. `ts` is its time and, with the channel, its name."""

    type: StrictStr
    channel: ChannelId  # type: ignore[valid-type]
    ts: Stamp  # type: ignore[valid-type]
    user: StrictStr = ""
    text: StrictStr = ""
    subtype: StrictStr = ""
    channel_type: StrictStr = ""
    bot_id: StrictStr = ""
    thread_ts: Stamp | None  # type: ignore[valid-type]
    files: list[Any] = []


class Authorization(BaseModel):
    """For whom an event was sent: the bot's own user."""

    user_id: StrictStr = ""


class Envelope(BaseModel):
    """What the Events API sends."""

    event_id: StrictStr
    team_id: StrictStr = ""
    authorizations: list[Authorization] = []
    event: Event


class Named(BaseModel):
    """A user or a team of an interaction."""

    id: StrictStr


class Channel(BaseModel):
    """The channel of an interaction."""

    id: ChannelId  # type: ignore[valid-type]


class Posted(BaseModel):
    """The message that a tapped button stands under."""

    thread_ts: Stamp | None  # type: ignore[valid-type]


class Action(BaseModel):
    """A tapped button."""

    action_ts: StrictStr
    value: StrictStr = ""


class Interaction(BaseModel):
    """What is sent when a button was tapped."""

    type: StrictStr
    user: Named
    channel: Channel
    team: Named | None
    message: Posted | None
    actions: list[Action]


class Slack(Platform):
    """One app in one workspace."""

    id = "slack"
    settings = (
        Setting("SLACK_BOT_TOKEN", r"xoxb-[A-Za-z0-9-]{10,}", "a bot token, which begins with xoxb-"),
        Setting("SLACK_SIGNING_SECRET", r"[0-9a-f]{32}", "the app's signing secret of 32 hexadecimal digits"),
    )
    api: ClassVar = ("SLACK_API_URL", "https://slack.com/api")

    def __init__(self, values: Mapping[str, str], clock: Callable[[], float] = time.time) -> None:
        super().__init__(values)
        self._clock = clock

    def verify(self, request: Inbound) -> None:
        """Compare the v0 signature of time and body, which is valid for five minutes."""
        given, at = request.headers.get(SIGNATURE), request.headers.get(TIMESTAMP)
        if given is None or at is None:
            raise Rejected(401)
        if not re.fullmatch(r"[0-9]{1,12}", at) or abs(self._clock() - int(at)) > WINDOW:
            raise Rejected(403)
        signed = b"v0:" + at.encode() + b":" + request.body
        digest = hmac.new(self.values["SLACK_SIGNING_SECRET"].encode(), signed, hashlib.sha256).hexdigest()
        if not same(given, f"v0={digest}"):
            raise Rejected(403)

    def read(self, request: Inbound) -> Reading:
        """Return the message, mention or tap; the challenge of an address that is being registered is answered."""
        if request.headers.get("content-type", "").partition(";")[0].strip().lower().endswith("urlencoded"):
            fields = form(request.body)
            return _interaction(json_object(fields["payload"])) if "payload" in fields else Reading()
        found = json_object(request.body)
        if found.get("type") == "url_verification":
            return Reading(reply=str(found.get("challenge", ""))[:1000])
        try:
            envelope = Envelope.parse_obj(found)
        except ValidationError:
            return Reading()
        message = _event(envelope)
        return Reading([message] if message else [])

    def send(self, to: Mapping[str, Any], part: Part, plain: bool) -> Call:
        """Return the call of chat.postMessage: a section and its buttons, or the text alone where `plain`."""
        body: dict[str, Any] = {"channel": to["channel"], "text": escape(part.plain, quote=False)}
        body.update(unfurl_links=False, unfurl_media=False)
        if plain:
            lines = [f"{number}. {escape(one.title, quote=False)}" for number, one in enumerate(part.buttons, start=1)]
            body["text"] = "\n".join([body["text"], *lines])
        else:
            body["blocks"] = _blocks(part)
        if to.get("thread"):
            body["thread_ts"] = to["thread"]
        return Call(f"{self.base}/chat.postMessage", json=body, headers=self._bearer())

    def judge(self, answer: Answer) -> Judgement:
        """Read what Slack says with status 200, too."""
        error = str(answer.said.get("error", ""))
        if answer.status == 200 and answer.said.get("ok") is not True:
            if error in RETRY:
                return Judgement(Verdict.LATER, retry_after(answer))
            if error in AGAIN:
                return Judgement(Verdict.AGAIN)
            if error in MARKUP:
                return Judgement(Verdict.MARKUP)
            return Judgement(Verdict.UNSURE if error in UNSURE else Verdict.REFUSED)
        return by_status(answer)

    def ask(self, method: str) -> Call:
        """Return the call of a method without parameters."""
        return Call(f"{self.base}/{method}", json={}, headers=self._bearer())

    def _bearer(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.values['SLACK_BOT_TOKEN']}"}


def _blocks(part: Part) -> list[dict[str, Any]]:
    blocks: list[dict[str, Any]] = [{"type": "section", "text": {"type": "mrkdwn", "text": part.text}}]
    if part.buttons:
        buttons = [
            {
                "type": "button",
                "action_id": f"choice_{number}",
                "text": {"type": "plain_text", "text": button.title},
                "value": button.key,
            }
            for number, button in enumerate(part.buttons)
        ]
        blocks.append({"type": "actions", "elements": buttons})
    return blocks


def _event(envelope: Envelope) -> Incoming | None:
    event = envelope.event
    direct = event.channel_type == "im" or str(event.channel).startswith("D")
    # In a channel the app is spoken to by a mention only; in a direct message by everything.
    if event.type != ("message" if direct else "app_mention"):
        return None
    own = {one.user_id for one in envelope.authorizations}
    if event.bot_id or not event.user or event.user in own or event.subtype not in TYPED:
        return None
    keys = [f"slack:{envelope.team_id}:{envelope.event_id}", f"slack:{envelope.team_id}:{event.channel}:{event.ts}"]
    thread = event.thread_ts or ("" if direct else event.ts)
    return Incoming(
        keys,
        f"{envelope.team_id}:{event.channel}:{event.user}",
        {"channel": event.channel, "thread": thread},
        text=_typed(event.text, own),
        media=bool(event.files),
        at=_seconds(event.ts),
        shared=not direct,
    )


def _interaction(found: dict[str, Any]) -> Reading:
    try:
        tapped = Interaction.parse_obj(found)
    except ValidationError:
        return Reading()
    if tapped.type != "block_actions" or not tapped.actions:
        return Reading()
    action, team = tapped.actions[0], tapped.team.id if tapped.team else ""
    direct = str(tapped.channel.id).startswith("D")
    return Reading(
        [
            Incoming(
                [f"slack:{team}:{tapped.channel.id}:{tapped.user.id}:{action.action_ts}"],
                f"{team}:{tapped.channel.id}:{tapped.user.id}",
                {"channel": tapped.channel.id, "thread": tapped.message.thread_ts if tapped.message else None},
                choice=action.value,
                at=_seconds(action.action_ts),
                shared=not direct,
            )
        ]
        if action.value
        else []
    )


def _typed(text: str, own: set[str]) -> str:
    """Return what a person typed: without the bot's name, links as they read, signs unescaped."""
    first = _MENTION.match(text.lstrip())
    known = own - {""} or ({first[1]} if first else set())
    text = _MENTION.sub(lambda found: " " if found[1] in known else found[0], text)
    return unescape(_LINKED.sub(lambda found: found[1] or found[2], text)).strip()


def _seconds(ts: str) -> float | None:
    return float(ts) if re.fullmatch(r"\d{1,12}(\.\d{1,6})?", ts) else None
