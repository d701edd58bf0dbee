"""The one way in: every message of every channel becomes a turn here."""

from assistant.turn.message import Message
from assistant.turn.turns import Turns
from assistant.turn.understanding import Understanding

__all__ = ["Message", "Turns", "Understanding"]
