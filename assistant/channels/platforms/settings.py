"""Which platforms are on: those whose secrets stand in the environment. Nothing is asked over a network."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.channels.platforms.messenger import Messenger
from assistant.channels.platforms.platform import Platform
from assistant.channels.platforms.slack import Slack
from assistant.channels.platforms.telegram import Telegram
from assistant.channels.platforms.twilio import Sms, WhatsApp

PLATFORMS: Sequence[type[Platform]] = (Telegram, Messenger, Slack, WhatsApp, Sms)

__all__ = ["PLATFORMS", "Platform", "State", "state", "states"]


@dataclass(frozen=True)
class State:
    """What the environment makes of one platform: on, off for a `reason`, or not asked for."""

    kind: type[Platform]
    values: Mapping[str, str]
    reason: str = ""
    is_asked: bool = True

    def open(self) -> Platform | None:
        """Return the platform, None where it is off."""
        return self.kind(self.values) if self.is_asked and not self.reason else None


def states(environment: Mapping[str, str] = os.environ) -> list[State]:
    """Return the state of every platform."""
    return [state(kind, environment) for kind in PLATFORMS]


def state(kind: type[Platform], environment: Mapping[str, str] = os.environ) -> State:
    """Return what the environment makes of one platform; the reason never repeats a value."""
    given = {name: value.strip() for name, value in environment.items() if value.strip()}
    names = {kind.api[0], *(setting.name for setting in kind.settings)}
    values = {name: value for name, value in given.items() if name in names}
    if not kind.is_asked(given):
        return State(kind, values, is_asked=False)
    missing = [setting.name for setting in kind.settings if setting.name not in values and not setting.optional]
    wrong = [setting for setting in kind.settings if setting.name in values and not setting.fits(values[setting.name])]
    reasons = [f"{name} is missing" for name in missing]
    reasons += [f"{setting.name} does not look like {setting.what}" for setting in wrong]
    return State(kind, values, "; ".join(reasons))
