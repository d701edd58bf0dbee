"""The one way in: every message of every channel becomes a turn here."""

from assistant.turn.conversations import Conversations, Erased, OtherContent
from assistant.turn.message import Message
from assistant.turn.turns import ChoiceGone, Turns
from assistant.turn.understanding import Understanding

__all__ = ["ChoiceGone", "Conversations", "Erased", "Message", "OtherContent", "Turns", "Understanding"]
