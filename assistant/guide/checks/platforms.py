"""The narrowest that each platform is, for one message with choices.

A longer message is cut by the channels all the same; what is checked here never has to be.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Platform:
    """Limits of one platform. Lengths are in characters, `payload` in bytes; None where it has no such limit.

    `numbered` says that choices are part of the text, one numbered line each, as the platform has no buttons.
    """

    name: str
    text: int
    choices: int | None = None
    title: int | None = None
    payload: int | None = None
    numbered: bool = False


PLATFORMS = (
    # Messenger Platform, Send API: `text` 2,000 characters. Quick Replies: at most 13, title 20 characters.
    Platform("Messenger", text=2000, choices=13, title=20),
    # WhatsApp Business Platform, interactive reply buttons: body 1,024 characters, 3 buttons, title 20 characters.
    Platform("WhatsApp", text=1024, choices=3, title=20),
    # Telegram Bot API: sendMessage `text` 4,096 characters; InlineKeyboardButton `callback_data` 64 bytes.
    Platform("Telegram", text=4096, payload=64),
    # Slack Block Kit: section text 3,000 characters, actions block 25 elements, button text 75 characters.
    Platform("Slack", text=3000, choices=25, title=75),
    # Twilio Messages API: `Body` 1,600 characters (errors 21617 and 21658 above it).
    Platform("SMS", text=1600, numbered=True),
)
