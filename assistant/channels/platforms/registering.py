"""Registers a bot's webhook, and says what is wrong with a bot; both ask the platform over the network."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

import aiohttp

from assistant.channels.platforms.interface import Interface, NotConnected
from assistant.channels.platforms.messenger import Messenger
from assistant.channels.platforms.platform import Answer, Call, Platform
from assistant.channels.platforms.slack import Slack
from assistant.channels.platforms.telegram import Telegram
from assistant.channels.platforms.twilio import Sms, Twilio, WhatsApp


class Problem(Exception):
    """Something is wrong; the message says what, in a sentence."""


def address(platform: Platform, url: str) -> str:
    """Return where a platform has to send to; raise Problem where `url` is no public address."""
    if not url.startswith("https://"):
        raise Problem("Platforms call https addresses only: give --url https://... or set PUBLIC_URL.")
    return f"{url.rstrip('/')}/chat/channels/{platform.id}"


async def register(platform: Platform, url: str, interface: Interface) -> str:
    """Register the webhook below `url`; return what was done and what is left to do by hand. Raises Problem."""
    target = address(platform, url)
    if isinstance(platform, Telegram):
        await _asked(platform, interface, platform.webhook(target))
        return f"Telegram sends messages to {target} from now on."
    if isinstance(platform, Messenger):
        await _asked(platform, interface, platform.subscribe())
        return (
            "The page's messages are subscribed to. In the app's settings, under Messenger and Webhooks, enter the "
            f"callback {target} and the verify token of MESSENGER_VERIFY_TOKEN."
        )
    if isinstance(platform, Sms):
        await _asked(platform, interface, platform.set_webhook(await _number(platform, interface), target))
        return f"Twilio sends messages to this number to {target} from now on."
    where = {
        "slack": f"Event Subscriptions and under Interactivity, enter {target} as request address",
        "whatsapp": f"WhatsApp senders, enter {target} as the webhook for incoming messages",
    }
    return f"{platform.capabilities.name} takes this by hand: in its console, under {where[platform.id]}."


async def problems(platform: Platform, url: str, interface: Interface) -> list[str]:
    """Return what is wrong with a bot whose secrets are set, one sentence a problem; `url` may be empty."""
    checks: Mapping[type[Platform], Callable[[Any, str, Interface], Awaitable[None]]] = {
        Telegram: _check_telegram,
        Messenger: _check_messenger,
        Slack: _check_slack,
        Sms: _check_sms,
        WhatsApp: _check_whatsapp,
    }
    try:
        await checks[type(platform)](platform, address(platform, url) if url else "", interface)
    except Problem as problem:
        return [str(problem)]
    return []


async def _check_telegram(platform: Telegram, target: str, interface: Interface) -> None:
    await _asked(platform, interface, platform.ask("getMe"))
    found = (await _asked(platform, interface, platform.ask("getWebhookInfo"))).said.get("result")
    found = found if isinstance(found, Mapping) else {}
    if not found.get("url"):
        raise Problem("No webhook is registered: run `python -m assistant channels register telegram`.")
    if target and found["url"] != target:
        raise Problem(f"Telegram sends to another address than {target}: register it anew.")
    if found.get("last_error_message"):
        raise Problem(f"Telegram could not deliver lately, and says: {found['last_error_message']}")


async def _check_messenger(platform: Messenger, target: str, interface: Interface) -> None:
    await _asked(platform, interface, platform.ask("me"))
    found = (await _asked(platform, interface, platform.ask("me/subscribed_apps"))).said.get("data")
    fields = {field for app in found or [] for field in app.get("subscribed_fields", [])}
    if not set(platform.fields.split(",")) <= fields:
        raise Problem(
            "The page's messages are not subscribed to: run `python -m assistant channels register messenger`."
        )


async def _check_slack(platform: Slack, target: str, interface: Interface) -> None:
    answer = await _asked(platform, interface, platform.ask("auth.test"))
    if answer.said.get("ok") is not True:
        raise Problem(f"Slack refuses the bot token, and says: {answer.said.get('error')}")


async def _check_sms(platform: Sms, target: str, interface: Interface) -> None:
    await _check_account(platform, target, interface)
    await _number(platform, interface, target)


async def _check_whatsapp(platform: WhatsApp, target: str, interface: Interface) -> None:
    await _check_account(platform, target, interface)


async def _check_account(platform: Twilio, target: str, interface: Interface) -> None:
    if not target:
        raise Problem("PUBLIC_URL is not set, and Twilio's signatures are of the public address.")
    status = (await _asked(platform, interface, platform.ask(""))).said.get("status")
    if status != "active":
        raise Problem(f"The Twilio account is {status} and not active.")


async def _number(platform: Twilio, interface: Interface, target: str = "") -> str:
    """Return Twilio's own id of the bot's number; raise Problem where it is another's or leads elsewhere."""
    number = platform.values[platform.number]
    path = f"IncomingPhoneNumbers.json?PhoneNumber={number.replace('+', '%2B')}"
    found = (await _asked(platform, interface, platform.ask(path))).said.get("incoming_phone_numbers")
    if not found:
        raise Problem(f"The number in {platform.number} is none of this Twilio account.")
    if target and found[0].get("sms_url") != target:
        raise Problem("Messages to the number go elsewhere: run `python -m assistant channels register sms`.")
    return str(found[0]["sid"])


async def _asked(platform: Platform, interface: Interface, call: Call) -> Answer:
    """Return the answer to a call; raise Problem, which repeats no address, as it may hold a secret."""
    name = platform.capabilities.name
    try:
        answer = await interface.call(call)
    except (NotConnected, aiohttp.ClientError, asyncio.TimeoutError) as error:
        raise Problem(f"{name} cannot be reached from here ({type(error.__cause__ or error).__name__}).") from error
    if answer.status in (401, 403, 404) or "OAuth" in str(answer.said):
        raise Problem(f"{name} does not know these secrets (status {answer.status}).")
    if answer.status >= 400:
        raise Problem(f"{name} refuses, with status {answer.status}.")
    return answer
